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

// editor opens text in the person's editor: $VISUAL, $EDITOR, vi. The text lies in a file of mode 0600 that is
// removed afterwards; when the editor fails, the text is as it was.
func editor(getenv func(string) string, screen *screenio.Screen) func(text, suffix string, done func(string, error) tea.Msg) tea.Cmd {
	return func(text, suffix string, done func(string, error) tea.Msg) tea.Cmd {
		failed := func(err error) tea.Cmd { return func() tea.Msg { return done(text, err) } }
		command := getenv("VISUAL")
		if command == "" {
			command = getenv("EDITOR")
		}
		if command == "" {
			command = "vi"
		}
		words, err := shell.Fields(command, getenv)
		if err != nil || len(words) == 0 {
			return failed(errors.New("$EDITOR cannot be read: " + command))
		}
		f, err := os.CreateTemp("", "culprit-*"+suffix)
		if err != nil {
			return failed(err)
		}
		_, err = f.WriteString(text)
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(f.Name())
			return failed(err)
		}
		cmd := exec.Command(words[0], append(words[1:], f.Name())...)
		return screen.Exec(cmd, func(err error) tea.Msg {
			defer os.Remove(f.Name())
			if err != nil {
				return done(text, fmt.Errorf("%s: %w", words[0], err))
			}
			b, err := os.ReadFile(f.Name())
			if err != nil {
				return done(text, err)
			}
			return done(string(b), nil)
		})
	}
}

// pager shows a body in $PAGER, by default less. The body lies in a file of mode 0600 that is removed afterwards;
// -R is not given: escape sequences of a server stay text.
func pager(getenv func(string) string, screen *screenio.Screen) func(*request.Content, string, func(error) tea.Msg) tea.Cmd {
	return func(body *request.Content, suffix string, done func(error) tea.Msg) tea.Cmd {
		failed := func(err error) tea.Cmd { return func() tea.Msg { return done(err) } }
		command := getenv("PAGER")
		if command == "" {
			command = "less"
		}
		words, err := shell.Fields(command, getenv)
		if err != nil || len(words) == 0 {
			return failed(errors.New("$PAGER cannot be read: " + command))
		}
		f, err := os.CreateTemp("", "culprit-*"+suffix)
		if err != nil {
			return failed(err)
		}
		_, err = io.Copy(f, body.Reader())
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(f.Name())
			return failed(err)
		}
		cmd := exec.Command(words[0], append(words[1:], f.Name())...)
		return screen.Exec(cmd, func(err error) tea.Msg {
			os.Remove(f.Name())
			return done(err)
		})
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
