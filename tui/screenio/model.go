//go:build unix

package screenio

import (
	"io"
	"os/exec"
	"reflect"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Model returns m with its frames on the screen.
func (s *Screen) Model(m tea.Model) tea.Model { return &drawn{m, s} }

// drawn is a model that is shown by a Screen.
type drawn struct {
	tea.Model
	screen *Screen
}

// Update implements tea.Model.
func (d *drawn) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer d.restore()
	if m, ok := msg.(tea.WindowSizeMsg); ok {
		d.screen.resize(m.Width, m.Height)
	}
	var cmd tea.Cmd
	d.Model, cmd = d.Model.Update(msg)
	return d, cmd
}

// View implements tea.Model.
func (d *drawn) View() tea.View {
	defer d.restore()
	v := d.Model.View()
	d.screen.show(v)
	return v
}

// restore gives the terminal back before a panic is written to it.
func (d *drawn) restore() {
	if r := recover(); r != nil {
		d.screen.Release()
		panic(r)
	}
}

// Exec returns the command that runs c on the terminal, which is given back meanwhile. It works also for a nil
// Screen. c's streams are those of the process unless it has others.
func (s *Screen) Exec(c *exec.Cmd, done tea.ExecCallback) tea.Cmd {
	own(c)
	if s == nil {
		return tea.ExecProcess(c, done)
	}
	return tea.Exec(&guest{c, s}, done)
}

// guest is a program that has the terminal for a while.
type guest struct {
	*exec.Cmd
	screen *Screen
}

// Run implements tea.ExecCommand.
func (g *guest) Run() error {
	g.screen.Release()
	err := g.Cmd.Run()
	if again := g.screen.Resume(); err == nil {
		err = again
	}
	return err
}

// SetStdin implements tea.ExecCommand.
func (g *guest) SetStdin(r io.Reader) {
	if g.Stdin == nil {
		g.Stdin = r
	}
}

// SetStdout implements tea.ExecCommand.
func (g *guest) SetStdout(w io.Writer) {
	if g.Stdout == nil {
		g.Stdout = w
	}
}

// SetStderr implements tea.ExecCommand.
func (g *guest) SetStderr(w io.Writer) {
	if g.Stderr == nil {
		g.Stderr = w
	}
}

// urgent returns the sequence for a message with which a program asks Bubble Tea to write one; "" for others. The
// types have no names outside, so they are known by an example.
func urgent(msg tea.Msg) string {
	t := reflect.TypeOf(msg)
	switch t {
	case reflect.TypeOf(tea.RequestBackgroundColor()):
		return ansi.RequestBackgroundColor
	case reflect.TypeOf(tea.SetClipboard("")()):
		return ansi.SetSystemClipboard(reflect.ValueOf(msg).String())
	}
	return ""
}
