package viewer

import (
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
)

// Mouse scrolls with the wheel, puts the cursor where one clicks, and folds on a click on the fold sign or on
// the line of the cursor.
func (v *Viewer) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	m := msg.Mouse()
	var answer tui.Intent
	switch msg.(type) {
	case tea.MouseWheelMsg:
		switch m.Button {
		case tea.MouseWheelUp:
			v.scroll(-widget.WheelRows)
		case tea.MouseWheelDown:
			v.scroll(widget.WheelRows)
		case tea.MouseWheelLeft:
			v.left = max(0, v.left-sideways)
		case tea.MouseWheelRight:
			v.left += sideways
		}
	case tea.MouseClickMsg:
		if m.Button != tea.MouseLeft || m.Y < 0 || m.Y >= len(v.rows) {
			return tui.Pass{}, nil
		}
		r := v.rows[m.Y]
		again := r.place == v.cursor
		v.cursor = r.place
		if v.mode == pretty && (m.X < v.gutter() || again) && (r.open || r.folded > 0) {
			answer = v.toggle()
		}
	default:
		return tui.Pass{}, nil
	}
	v.arrange()
	if answer == nil {
		answer = v.colour()
	}
	return answer, nil
}

// scroll moves the window by n rows and takes the cursor along when it would leave it.
func (v *Viewer) scroll(n int) {
	page := v.pageRows()
	if n < 0 {
		v.top = v.back(v.top, -n)
		if bottom := v.forth(v.top, page-1); bottom.before(v.cursor) {
			v.cursor = bottom
		}
		return
	}
	if len(v.rows) < page {
		return
	}
	v.top = v.forth(v.top, n)
	if v.cursor.before(v.top) {
		v.cursor = v.top
	}
}
