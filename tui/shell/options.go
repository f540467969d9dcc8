package shell

import (
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"culprit/collections"
	"culprit/tui/keys"
	"culprit/tui/screenio"
	"culprit/tui/theme"
)

// Options say how a shell looks, what it starts with, and where it runs.
type Options struct {
	Core Core
	// Collection is shown at once. Where it is nil, First is asked for it when all else is ready for the first frame, and
	// may wait some milliseconds for what that shows of it; nil gives nothing. What is not whole then, Core.Reload brings
	// after the first frame.
	Collection  *collections.Collection
	First       func() (c *collections.Collection, whole bool)
	Environment string
	// Was is where the person left the collection, taken up where it is still there and Environment is not given.
	Was Place
	// Drafts are those of an earlier run, offered at the start.
	Drafts map[string]collections.Saved
	// Bases are what the files said when the drafts were begun, where that is known.
	Bases map[string]collections.Saved
	// Rivals are drafts of the same requests that other windows left, newest first.
	Rivals []Rival
	// Keys change bindings by name; see keys.New.
	Keys map[string]string
	// Warnings are said in the status line at the start, how many there are of several; the palette shows all.
	Warnings []string
	// Greeting is said in the status line at the start when there is nothing to warn of; "" says nothing.
	Greeting string
	Theme    theme.Choice
	// Themes are those that the palette offers.
	Themes []Look
	// DetectTheme asks the terminal whether its background is light.
	DetectTheme bool
	// PaintGround asks too, and draws a theme on its own background where the terminal's is of the other kind.
	PaintGround bool
	NoMouse     bool
	// NoTitle leaves the title of the terminal's window alone.
	NoTitle bool
	// Wizard makes the screen of a diagnosis; nil is package wizard.
	Wizard func(styles *theme.Styles, bindings *keys.Map, p Problem) Diagnoser

	Terminal
}

// A Place is where somebody is in a collection: the environment in use and the path of the request that is open.
type Place struct{ Environment, Entry string }

// A Look is a theme by its name.
type Look struct {
	Name   string
	Choice theme.Choice
}

// Terminal is where a shell runs. The zero value is the process's own.
type Terminal struct {
	Input         io.Reader // nil: standard input
	Output        io.Writer // nil: standard output
	Width, Height int       // when known, so that the first frame is right; 0 asks the terminal
	Environ       []string  // nil: the process's own
	Profile       *colorprofile.Profile
	Progress      bool             // the terminal shows OSC 9;4, the progress of what runs
	FPS           int              // frames a second at most; 0 is the library's 60
	Screen        *screenio.Screen // draws instead of the stock renderer; nil is the stock one
	Permit        func()           // lets the next clipboard sequence pass the guard before Output; nil for no guard
	HangUp        <-chan struct{}  // closed when the terminal is gone or the process is told to end
	// Attach is called once, with a function that gives the program a message from outside; nil does nothing.
	Attach func(send func(tea.Msg))
}

func (o Options) withDefaults() Options {
	if o.Core.Now == nil {
		o.Core.Now = time.Now
	}
	if o.Wizard == nil {
		o.Wizard = newWizard
	}
	return o
}
