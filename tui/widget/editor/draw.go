package editor

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/tui/widget"
)

// maxLexed is how much of one line is coloured: what lies behind is far outside every window.
const maxLexed = 64 << 10

// maxMarks is how many marks are drawn on one line: more than the widest window holds.
const maxMarks = 512

// findPrompt is the width of "find: ".
const findPrompt = 6

// page returns the rows for the text: all but that of the prompt.
func (e *Editor) page() int {
	if e.asking {
		return max(1, e.height-1)
	}
	return max(1, e.height)
}

func (e *Editor) digits() int { return max(3, len(strconv.Itoa(len(e.text.lines)))) }

// gutter returns the cells left of the text: the mark of a mistake, the line number, a space.
func (e *Editor) gutter() int {
	if n := e.digits() + 2; n <= e.width/2 {
		return n
	}
	return 0
}

// room returns the cells for the text; behind them is one for the sign that there is more.
func (e *Editor) room() int { return max(1, e.width-e.gutter()-1) }

// Cursor returns where the cursor is, nil without the focus.
func (e *Editor) Cursor() *tea.Cursor {
	if !e.focus || e.width <= 0 || e.height <= 0 {
		return nil
	}
	if e.asking {
		c := e.prompt.Cursor()
		if c != nil {
			c.Y += e.height - 1
		}
		return c
	}
	x, y := e.gutter()+e.column(e.cursor)-e.left, e.cursor.line-e.top
	if x < 0 || x >= e.width || y < 0 || y >= e.page() {
		return nil
	}
	return tea.NewCursor(x, y)
}

// View draws the visible lines, and the prompt in the last row while it is open. It is cached until something changes.
func (e *Editor) View() string {
	if e.view == "" && e.height > 0 {
		e.buf = e.draw(e.buf[:0])
		e.view = string(e.buf)
	}
	return e.view
}

func (e *Editor) draw(dst []byte) []byte {
	e.ink.Load(e.styles)
	page := min(e.page(), e.height)
	if e.asking && page == e.height {
		page-- // of a single row the prompt takes all
	}
	p := &e.pen
	for y := range page {
		if y > 0 {
			dst = append(dst, '\n')
		}
		p.Begin(&e.ink, dst, e.width)
		if i, ok := e.offered(y); ok {
			e.names.DrawOffer(p, i)
		} else if n := e.top + y; n < len(e.text.lines) {
			p.Keep()
			e.drawLine(p, n)
			p.Edge(widget.Accent, e.ink.Sign("›", ">"))
		}
		dst = p.End()
	}
	if page < e.height {
		if page > 0 {
			dst = append(dst, '\n')
		}
		dst = e.drawPrompt(p, dst)
	}
	return dst
}

func (e *Editor) drawLine(p *widget.Pen, n int) {
	wrong := e.mistake != nil && e.mistake.at.line == n
	if e.gutter() > 0 {
		role := widget.LineNumber
		switch {
		case wrong:
			role = widget.Bad
			p.Word(role, "!")
		case n == e.cursor.line:
			role = widget.Text
			p.Spaces(role, 1)
		default:
			p.Spaces(role, 1)
		}
		p.Number(role, n+1, e.digits())
		if e.aside(n) > 0 {
			p.Word(widget.Accent, e.ink.Sign("‹", "<"))
		} else {
			p.Spaces(widget.Text, 1)
		}
	}
	p.Scroll(e.aside(n))
	text := []byte(e.text.lines[n].text)
	e.tints = e.tints[:0]
	switch near := e.text.lines[n].text[:min(len(text), maxLexed)]; e.language {
	case JSON:
		e.tints = lex(e.tints, near)
	case XML:
		e.tints = lexXML(e.tints, near)
	}
	over := e.overlay(n, text)
	at, tints := 0, e.tints
	for at < len(text) && !p.Full() {
		role, end := widget.Text, len(text)
		for len(tints) > 0 && tints[0].end <= at {
			tints = tints[1:]
		}
		if len(tints) > 0 && tints[0].start <= at {
			role, end = tints[0].role, tints[0].end
		} else if len(tints) > 0 {
			end = tints[0].start
		}
		for _, o := range over {
			switch {
			case o.start <= at && at < o.end:
				role, end = o.role, min(end, o.end)
			case o.start > at:
				end = min(end, o.start)
			}
		}
		p.Put(role, text[at:end])
		at = end
	}
	if at < len(text) {
		p.Put(widget.Text, text[at:]) // nothing is seen of it, and the pen notes that
	}
	if from, to := e.selection(); e.marked && n >= from.line && n < to.line && !p.Full() {
		p.Spaces(widget.Selection, 1) // the line end is selected too
	}
}

// overlay returns what is drawn over the colours of a line, the most important last.
func (e *Editor) overlay(n int, text []byte) []tint {
	var over []tint
	near := text[:min(len(text), maxLexed)]
	for at := 0; len(over) < maxMarks; {
		a, b := widget.NextVariable(near[at:])
		if a < 0 {
			break
		}
		over = append(over, tint{at + a, at + b, widget.Variable})
		at += b
	}
	if e.asking && e.needle != "" {
		in, what := e.fold(string(near))
		for at := min(len(in), e.aside(n)/widget.TabCells); len(over) < maxMarks; { // no byte is wider than a tab
			i := strings.Index(in[at:], what)
			if i < 0 {
				break
			}
			over = append(over, tint{at + i, at + i + len(what), widget.Match})
			at += i + len(what)
		}
	}
	if e.mistake != nil && e.mistake.at.line == n {
		over = append(over, tint{e.mistake.at.col, e.mistake.at.col + 1, widget.Error})
	}
	if e.paired && e.focus {
		for _, b := range e.pair {
			if b.line == n {
				over = append(over, tint{b.col, b.col + 1, widget.Match})
			}
		}
	}
	if from, to := e.selection(); e.marked && n >= from.line && n <= to.line {
		s := tint{0, len(text), widget.Selection}
		if e.asking {
			s.role = widget.MatchCurrent
		}
		if n == from.line {
			s.start = from.col
		}
		if n == to.line {
			s.end = to.col
		}
		over = append(over, s)
	}
	return over
}

// drawPrompt draws what is searched, and which match of how many is selected.
func (e *Editor) drawPrompt(p *widget.Pen, dst []byte) []byte {
	p.Begin(&e.ink, dst, e.width)
	place := e.place
	if e.width < 2*len(place)+findPrompt {
		place = "" // what is typed goes before
	}
	e.prompt.Resize(e.width-len(place), 1)
	p.Within(e.width-len(place), e.prompt.Draw)
	p.Spaces(widget.Muted, p.Left()-len(place))
	p.Word(widget.Muted, place)
	return p.End()
}

// Foot is what the owner draws below the text: what is wrong with it, "" for nothing, and where the cursor is.
func (e *Editor) Foot() (wrong, place string) {
	at := func(p pos) string { return strconv.Itoa(p.line+1) + ":" + strconv.Itoa(e.column(p)+1) }
	if m := e.mistake; m != nil {
		wrong = at(m.at) + " " + m.what
	}
	return wrong, at(e.cursor)
}

// Scroll returns which lines are seen.
func (e *Editor) Scroll() widget.Scroll {
	return widget.Scroll{Top: e.top, Seen: e.page(), All: len(e.text.lines)}
}
