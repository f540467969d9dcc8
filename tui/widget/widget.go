// Package widget holds what the reusable parts of the screen share: styles by role, the pen that draws one
// sanitised row, and the intents that every widget may return.
//
// It knows no domain, no colour and no file. Each child package is one widget that imports this one.
package widget

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// Work asks the owner to run Run as a task (tui.Tasks); its messages come back to the widget's Update.
//
// At most one work of a Name is useful at a time: a newer one replaces the older, whose late messages the
// widget drops by itself. The data a widget was given must stay readable until its works have returned.
type Work struct {
	Name string
	Run  func(ctx context.Context, emit func(tea.Msg)) tea.Msg
}

// Copy asks the owner to put Text on the clipboard.
type Copy struct {
	What string // what it is, for the notice: "path", "value"
	Text string // as it was received, never escaped
}

// Notice is one line for the user that needs no answer.
type Notice struct{ Text string }

// Cancelled is the answer of a field or list that was left with esc.
type Cancelled struct{}

// WheelRows is how many rows a notch of the wheel scrolls: three is what terminals and browsers do.
const WheelRows = 3

// Notch is which way a message turns the wheel: -1 up, 1 down, 0 for any other.
func Notch(m tea.MouseMsg) int {
	return map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelDown: 1}[m.Mouse().Button]
}
