package start

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"
	"mvdan.cc/sh/v3/shell"

	"culprit/request"
	"culprit/tui/screenio"
)

// copier puts text where a paste finds it, beside the escape sequence that the shell sends: into tmux's buffer,
// which the sequence does not reach by default (TERMINAL.md).
func copier(getenv func(string) string) func(context.Context, string) (string, error) {
	if getenv("TMUX") == "" {
		return nil
	}
	return func(ctx context.Context, text string) (string, error) {
		cmd := exec.CommandContext(ctx, "tmux", "load-buffer", "-w", "-")
		cmd.Stdin = strings.NewReader(text)
		if err := cmd.Run(); err != nil {
			return "", fmt.Errorf("tmux: %w", err)
		}
		return "tmux", nil
	}
}

// editor opens text in the person's editor. When the editor fails, the text is as it was.
func editor(getenv func(string) string, screen *screenio.Screen) func(text, suffix string, done func(string, error) tea.Msg) tea.Cmd {
	return func(text, suffix string, done func(string, error) tea.Msg) tea.Cmd {
		return with(screen, editorOf(getenv), strings.NewReader(text), suffix, func(name string, err error) tea.Msg {
			if err != nil {
				return done(text, err)
			}
			b, err := os.ReadFile(name)
			if err != nil {
				return done(text, err)
			}
			return done(string(b), nil)
		})
	}
}

// reader shows a body in $PAGER, by default less, or in the person's editor, where what is changed is lost. less is
// not told -R: escape sequences of a server stay text.
func reader(getenv func(string) string, screen *screenio.Screen) func(body *request.Content, suffix string, edit bool, done func(error) tea.Msg) tea.Cmd {
	return func(body *request.Content, suffix string, edit bool, done func(error) tea.Msg) tea.Cmd {
		t := editorOf(getenv)
		if !edit {
			t = tool{"PAGER", getenv("PAGER"), getenv}.or("less")
		}
		return with(screen, t, body.Reader(), suffix, func(_ string, err error) tea.Msg { return done(err) })
	}
}

// A tool is a program that a person has chosen by a variable.
type tool struct {
	variable, command string
	getenv            func(string) string
}

func editorOf(getenv func(string) string) tool {
	if command := getenv("VISUAL"); command != "" {
		return tool{"VISUAL", command, getenv}
	}
	return tool{"EDITOR", getenv("EDITOR"), getenv}.or("vi")
}

func (t tool) or(command string) tool {
	if t.command == "" {
		t.command = command
	}
	return t
}

// with opens text in a tool, outside the event loop. The text lies in a file of mode 0600 that is removed after done.
func with(screen *screenio.Screen, t tool, text io.Reader, suffix string, done func(name string, err error) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		words, err := shell.Fields(t.command, t.getenv)
		if err != nil || len(words) == 0 {
			return done("", fmt.Errorf("$%s cannot be read: %s", t.variable, t.command))
		}
		f, err := os.CreateTemp("", "culprit-*"+suffix)
		if err != nil {
			return done("", err)
		}
		_, err = io.Copy(f, text)
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(f.Name())
			return done("", err)
		}
		return screen.Exec(exec.Command(words[0], append(words[1:], f.Name())...), func(err error) tea.Msg {
			defer os.Remove(f.Name())
			if err != nil {
				err = fmt.Errorf("%s: %w", words[0], err)
			}
			return done(f.Name(), err)
		})()
	}
}

// create makes a new file in the working folder, readable only by the person, because what goes into it may be
// data of others. Where there is one of that name already, it is called name-2, name-3 and so on.
func create(name string) (io.WriteCloser, string, error) {
	ext := filepath.Ext(name)
	for n := 1; ; n++ {
		path := name
		if n > 1 {
			path = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), n, ext)
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			return f, path, nil
		}
		if !errors.Is(err, fs.ErrExist) || n == manyNames {
			return nil, "", err
		}
	}
}

// manyNames is where create gives up: nobody keeps that many files of one name.
const manyNames = 1000
