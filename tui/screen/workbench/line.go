package workbench

import (
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// line is one line of text being edited; before is what it was.
type line struct {
	field  *input.Field
	before string
}

func newLine(looks *widget.Styles, text string, suggest func(text string, at int) []input.Offer) *line {
	f := input.New(looks)
	f.SetValue(text)
	f.Suggest(suggest)
	f.Focus()
	return &line{f, text}
}

func (l *line) value() string { return l.field.Value() }

func (l *line) insert(text string) { l.field.Update(tea.PasteMsg{Content: text}) }

// An end says how the editing of a line ended, if it did.
type end int

const (
	goesOn end = iota
	kept
	dropped
	passed // the key is not one of editing
)

// press takes a key.
func (l *line) press(k tea.KeyPressMsg) end {
	intent, _ := l.field.Update(k)
	switch intent.(type) {
	case input.Submitted:
		return kept
	case widget.Cancelled:
		return dropped
	case tui.Pass:
		return passed
	}
	return goesOn
}

// view returns the part around the cursor in w cells, and the cell of the cursor.
func (l *line) view(w int) (string, int) {
	l.field.Resize(max(w, 1), 1)
	x := 0
	if c := l.field.Cursor(); c != nil {
		x = c.X
	}
	return l.field.View(), x
}

// offers returns the open suggestions, w cells wide.
func (l *line) offers(looks *widget.Styles, w int) []string {
	var ink widget.Ink
	ink.Load(looks)
	var p widget.Pen
	var out []string
	for i := range l.field.Offers() {
		p.Begin(&ink, nil, max(w, 0))
		l.field.DrawOffer(&p, i)
		out = append(out, string(p.End()))
	}
	return out
}
