//go:build !unix

// Package screenio draws the program on its terminal when something changed; on this system the stock renderer
// does.
package screenio

import (
	"errors"
	"io"
	"os"
	"os/exec"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// Options say where a Screen is.
type Options struct {
	Input   *os.File
	Output  io.Writer
	Environ []string
	Profile *colorprofile.Profile
	FPS     int
	Shown   func()
	Lost    func()
}

// A Screen cannot be made on this system; a nil one stands for the stock renderer.
type Screen struct{}

// New returns an error.
func New(Options) (*Screen, error) { return nil, errors.ErrUnsupported }

// Options returns nothing.
func (s *Screen) Options() []tea.ProgramOption { return nil }

// Open does nothing.
func (s *Screen) Open(func(tea.Msg)) error { return errors.ErrUnsupported }

// Close does nothing.
func (s *Screen) Close() {}

// Model returns m.
func (s *Screen) Model(m tea.Model) tea.Model { return m }

// Exec returns the command that runs c on the terminal.
func (s *Screen) Exec(c *exec.Cmd, done tea.ExecCallback) tea.Cmd {
	own(c)
	return tea.ExecProcess(c, done)
}
