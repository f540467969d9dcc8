// Package tui is the contract of the terminal face: parts, the intents they return, and the tasks that work
// outside the event loop.
//
// Down go method calls. Up go intents, returned synchronously. Sideways goes nothing: no message is ever sent
// to move state inside the program. There is one tea.Model, package shell; everything else is a Part.
package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// A Part is one rectangle of the screen and the state behind it. Only its owner calls it, only from the
// event loop. It changes in place.
type Part interface {
	// Update takes one message; it answers Pass{} when the message is not for it.
	Update(msg tea.Msg) (Intent, tea.Cmd)
	// View draws exactly the size that Resize gave last. It changes nothing and does no input or output.
	View() string
	Resize(width, height int)
	// Keys are the bindings that work now; the help line, the palette and the conflict test read them.
	Keys() []key.Binding
}

// An Intent is a wish that only the owner of a part can grant; nil means handled, nothing more.
type Intent any

// Pass says: not mine, offer it to the next one.
type Pass struct{}

// A Focuser is a part that looks different while it has the focus.
type Focuser interface {
	Focus() tea.Cmd
	Blur()
}

// A Typist is a part that takes plain characters while Typing is true: global single-key bindings then rest.
type Typist interface {
	Typing() bool
	Cursor() *tea.Cursor // nil when there is none; relative to the part
}

// A Mouser takes mouse messages in its own coordinates.
type Mouser interface {
	Mouse(msg tea.MouseMsg) (Intent, tea.Cmd)
}
