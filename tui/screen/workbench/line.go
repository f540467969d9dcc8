package workbench

import (
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// line is one line of text being edited.
type line struct{ field *input.Field }

func newLine(looks *widget.Styles, text string) *line {
	f := input.New(looks)
	f.SetValue(text)
	f.Focus()
	return &line{f}
}

func (l *line) value() string { return l.field.Value() }

func (l *line) insert(text string) { l.field.Update(tea.PasteMsg{Content: text}) }

// press takes a key; false means that it is not one of editing.
func (l *line) press(k tea.KeyPressMsg) bool {
	intent, _ := l.field.Update(k)
	_, passed := intent.(tui.Pass)
	return !passed
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
