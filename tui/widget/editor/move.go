package editor

import (
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
)

// move puts the cursor at to. With selects the text on the way is selected; without, nothing is.
func (e *Editor) move(to pos, selects bool) {
	selects = selects || e.pinned
	if selects && !e.marked {
		e.anchor = e.cursor
	}
	e.marked = selects && (e.marked || to != e.cursor)
	if e.marked && to == e.anchor {
		e.marked = false
	}
	e.cursor = e.text.clamp(to)
	e.past.apart()
}

// target returns where a key moves the cursor, and whether it selects.
func (e *Editor) target(msg tea.KeyPressMsg) (to pos, selects, ok bool) {
	k, c := e.keys, e.cursor
	for _, m := range []struct {
		plain, shift key.Binding
		to           func() pos
	}{
		{k.Left, k.SelectLeft, func() pos { return e.text.left(c) }},
		{k.Right, k.SelectRight, func() pos { return e.text.right(c) }},
		{k.WordLeft, k.SelectWordLeft, func() pos { return e.wordLeft(c) }},
		{k.WordRight, k.SelectWordRight, func() pos { return e.wordRight(c) }},
		{k.Home, k.SelectHome, e.home},
		{k.End, k.SelectEnd, func() pos { return pos{c.line, len(e.text.lines[c.line].text)} }},
		{k.Top, k.SelectTop, func() pos { return pos{} }},
		{k.Bottom, k.SelectBottom, e.text.end},
	} {
		shift := key.Matches(msg, m.shift)
		if shift || key.Matches(msg, m.plain) {
			e.goal = -1
			return m.to(), shift, true
		}
	}
	for _, m := range []struct {
		plain, shift key.Binding
		lines        int
	}{
		{k.Up, k.SelectUp, -1}, {k.Down, k.SelectDown, 1},
		{k.PageUp, key.Binding{}, -e.page()}, {k.PageDown, key.Binding{}, e.page()},
	} {
		shift := key.Matches(msg, m.shift)
		if shift || key.Matches(msg, m.plain) {
			return e.vertical(m.lines), shift, true
		}
	}
	return c, false, false
}

// home returns the first character of the line that is not blank, or the start when the cursor is there.
func (e *Editor) home() pos {
	text := e.text.lines[e.cursor.line].text
	n := 0
	for n < len(text) && (text[n] == ' ' || text[n] == '\t') {
		n++
	}
	if e.cursor.col == n {
		n = 0
	}
	return pos{e.cursor.line, n}
}

// vertical returns the place n lines below, in the column where moving up and down began.
func (e *Editor) vertical(n int) pos {
	if e.goal < 0 {
		e.goal = e.column(e.cursor)
	}
	to := e.cursor.line + n
	switch {
	case to < 0:
		return pos{}
	case to >= len(e.text.lines):
		return e.text.end()
	}
	return e.at(to, e.goal)
}

// column returns the cell that p is drawn at, counted from the start of its line.
func (e *Editor) column(p pos) int { return widget.Width([]byte(e.text.lines[p.line].text[:p.col])) }

// at returns the character that is drawn at cell x of a line, or its end.
func (e *Editor) at(n, x int) pos {
	text := []byte(e.text.lines[n].text)
	col, at := 0, 0
	for at < len(text) {
		size := widget.Cluster(text[at:])
		w := widget.CellsOf(text[at:at+size], col)
		if col+w > x {
			break
		}
		col += w
		at += size
	}
	return pos{n, at}
}

func word(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// wordLeft returns the start of the word before p.
func (e *Editor) wordLeft(p pos) pos {
	if p.col == 0 {
		return e.text.left(p)
	}
	text, in := e.text.lines[p.line].text, false
	for p.col > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:p.col])
		if in && !word(r) {
			break
		}
		in = in || word(r)
		p.col -= n
	}
	return p
}

// wordRight returns the end of the word behind p.
func (e *Editor) wordRight(p pos) pos {
	text, in := e.text.lines[p.line].text, false
	if p.col == len(text) {
		return e.text.right(p)
	}
	for p.col < len(text) {
		r, n := utf8.DecodeRuneInString(text[p.col:])
		if in && !word(r) {
			break
		}
		in = in || word(r)
		p.col += n
	}
	return p
}

// Mouse puts the cursor where one clicks, selects while one drags, and scrolls with the wheel.
func (e *Editor) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	e.names.Blur()
	m := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		e.scroll(widget.Notch(msg) * widget.WheelRows)
		return nil, nil
	case tea.MouseClickMsg:
		if m.Button != tea.MouseLeft || m.Y < 0 || m.Y >= e.page() {
			return tui.Pass{}, nil
		}
		e.move(e.under(m), m.Mod.Contains(tea.ModShift))
	case tea.MouseMotionMsg:
		if m.Button != tea.MouseLeft {
			return tui.Pass{}, nil
		}
		e.move(e.under(m), true)
	default:
		return tui.Pass{}, nil
	}
	e.goal = -1
	e.arrange()
	return nil, nil
}

// under returns the place below the pointer.
func (e *Editor) under(m tea.Mouse) pos {
	n := min(max(0, e.top+m.Y), len(e.text.lines)-1)
	return e.at(n, max(0, e.aside(n)+m.X-e.gutter()))
}

// scroll moves the window and takes the cursor along.
func (e *Editor) scroll(n int) {
	page := e.page()
	e.top = min(max(0, e.top+n), max(0, len(e.text.lines)-page))
	if c := min(max(e.cursor.line, e.top), e.top+page-1); c != e.cursor.line {
		e.cursor, e.marked = e.at(min(c, len(e.text.lines)-1), e.column(e.cursor)), false
	}
	e.arrange()
}
