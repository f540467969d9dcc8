package editor

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget/input"
)

// Names of variables are completed as in a field: from "{{" on, while they are typed.

// maxName is how much of a line before the cursor is looked at, in bytes: no name is longer.
const maxName = 256

// Suggest sets the function that completes what begins with "{{"; nil takes it away. It is called after each key that
// changes the text, from the event loop, and must not block.
func (e *Editor) Suggest(offers func(text string, at int) []input.Offer) { e.names.Suggest(offers) }

// begun returns the column where the reference begins in which the cursor is; ok is false for none.
func (e *Editor) begun() (column int, ok bool) {
	c := e.cursor
	from := max(c.col-maxName, 0)
	i := strings.LastIndex(e.text.lines[c.line].text[from:c.col], "{{")
	return from + i, i >= 0
}

// complete offers names for what is typed.
func (e *Editor) complete() {
	from, ok := e.begun()
	if !ok {
		return
	}
	e.names.Focus()
	e.names.SetValue(e.text.lines[e.cursor.line].text[from:e.cursor.col])
	e.names.Complete()
}

// choose takes the keys of the names that are offered.
func (e *Editor) choose(msg tea.KeyPressMsg) (answer tui.Intent, mine bool) {
	from, ok := e.begun()
	if !ok || !e.names.Choosing(msg) {
		return nil, false
	}
	said, _ := e.names.Update(msg)
	if got, ok := said.(input.Changed); ok {
		e.names.Blur()
		to := e.cursor
		if strings.HasPrefix(e.text.lines[to.line].text[to.col:], "}}") {
			to.col += len("}}")
		}
		e.past.apart()
		e.edit(pos{e.cursor.line, from}, to, split(got.Value))
		e.past.apart()
		return Changed{}, true
	}
	return nil, true
}

// offered is the number of the name that is drawn in place of row y; ok is false for none. They stand below the cursor,
// or above it where there is no room below.
func (e *Editor) offered(y int) (i int, ok bool) {
	n, row := e.names.Offers(), e.cursor.line-e.top
	first := row + 1
	if first+n > e.page() && row >= n {
		first = row - n
	}
	return y - first, y >= first && y < first+n
}

// Offering reports whether names are offered: esc closes them.
func (e *Editor) Offering() bool { return e.names.Offers() > 0 }

// naming are the bindings while names are offered.
func naming() []key.Binding {
	k := input.DefaultKeyMap()
	return []key.Binding{k.Accept, k.NextOffer, k.PrevOffer, keys.As(k.Cancel, "close")}
}
