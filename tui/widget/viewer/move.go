package viewer

import (
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
)

// lines returns how many lines are known.
func (v *Viewer) lines() int {
	if v.mode == hex {
		return (len(v.data) + v.perLine() - 1) / v.perLine()
	}
	return v.index[v.mode].lines
}

// spanAt returns line n.
func (v *Viewer) spanAt(n int) (span, bool) {
	if v.mode == hex {
		k := v.perLine()
		s := span{start: n * k, end: min(len(v.data), n*k+k), line: n, val: n * k}
		s.valEnd = s.end
		return s, s.start < len(v.data)
	}
	w := v.index[v.mode].at(n)
	return w.next()
}

// offset returns the byte that the cursor's row begins with.
func (v *Viewer) offset() int {
	s, _ := v.spanAt(v.cursor.line)
	return s.start + v.cursor.off
}

// moveTo puts the cursor on the line of the byte at off and unfolds around it; false when the index does not
// know the line yet.
func (v *Viewer) moveTo(off int) bool {
	line, known := off/v.perLine(), true
	if v.mode != hex {
		line, known = v.index[v.mode].lineOf(off)
	}
	if !known {
		return false
	}
	if f, ok := v.folds.at(line); ok && f.line != line && v.mode == pretty {
		v.folds = v.folds.remove(f.line)
	}
	v.cursor = place{line: line}
	s, _ := v.spanAt(line)
	if v.wrapped() {
		v.cursor.off = v.rowStart(s, off-s.start)
	} else {
		v.reveal(s, off)
	}
	if v.cursor.line < v.top.line || v.cursor.line >= v.top.line+v.pageRows() {
		v.top = v.back(v.cursor, v.pageRows()/3)
	}
	return true
}

// reveal scrolls sideways so that the byte at off of line s can be seen.
func (v *Viewer) reveal(s span, off int) {
	if v.mode == hex {
		return
	}
	n := off - s.start
	col := n
	if n < everyBytes {
		col = widget.Width(v.data[s.start:max(s.start, min(off, len(v.data)))])
	}
	if v.mode == pretty {
		col += indent(s.depth)
	}
	if w := v.textWidth(); col < v.left || col >= v.left+w-8 {
		v.left = max(0, col-w/3)
	}
}

// next returns the row below p.
func (v *Viewer) next(p place) (place, bool) {
	if v.wrapped() {
		if s, ok := v.spanAt(p.line); ok {
			if n := v.rowLen(s, p.off); s.start+p.off+n < s.end {
				return place{p.line, p.off + n}, true
			}
		}
	}
	line := p.line + 1
	if v.mode == pretty {
		if f, ok := v.folds.at(p.line); ok {
			line = f.last + 1
		}
	}
	return place{line: line}, line < v.lines()
}

// previous returns the row above p.
func (v *Viewer) previous(p place) (place, bool) {
	if v.wrapped() && p.off > 0 {
		s, _ := v.spanAt(p.line)
		return place{p.line, v.rowStart(s, p.off-1)}, true
	}
	if p.line <= 0 {
		return p, false
	}
	q := place{line: p.line - 1}
	if v.mode == pretty {
		if f, ok := v.folds.at(q.line); ok {
			q.line = f.line
		}
	}
	if v.wrapped() {
		s, _ := v.spanAt(q.line)
		q.off = v.rowStart(s, max(0, s.end-s.start-1))
	}
	return q, true
}

// back returns the row n rows above p, or the first.
func (v *Viewer) back(p place, n int) place {
	for range n {
		q, ok := v.previous(p)
		if !ok {
			break
		}
		p = q
	}
	return p
}

// forth returns the row n rows below p, or the last.
func (v *Viewer) forth(p place, n int) place {
	for range n {
		q, ok := v.next(p)
		if !ok {
			break
		}
		p = q
	}
	return p
}

// last returns the last row.
func (v *Viewer) last() place {
	p := place{line: max(0, v.lines()-1)}
	if v.mode == pretty {
		if f, ok := v.folds.at(p.line); ok {
			p.line = f.line
		}
	}
	if v.wrapped() {
		if s, ok := v.spanAt(p.line); ok {
			p.off = v.rowStart(s, max(0, s.end-s.start-1))
		}
	}
	return p
}

func (p place) before(q place) bool { return p.line < q.line || p.line == q.line && p.off < q.off }

// wrapped reports whether lines are broken at the window.
func (v *Viewer) wrapped() bool { return v.wrap && v.mode == text }

// segment is the grid that wrapping starts from anew, so that a row in the middle of a line without end can
// be found without reading the line from its start.
const segment = 4096

// segmentStart returns the start of the segment of line s that holds its byte off, at a whole character.
func (v *Viewer) segmentStart(s span, off int) int {
	at := off / segment * segment
	return v.aligned(s, at)
}

// aligned moves at, counted from the start of s, to the next start of a character.
func (v *Viewer) aligned(s span, at int) int {
	for n := 0; at > 0 && n < utf8.UTFMax-1 && s.start+at < s.end && !utf8.RuneStart(v.data[s.start+at]); n++ {
		at++
	}
	return at
}

// rowLen returns the bytes on the row of line s that begins at off.
func (v *Viewer) rowLen(s span, off int) int {
	to := min(s.end, s.start+v.aligned(s, (off/segment+1)*segment))
	from := min(s.start+off, s.end)
	if to <= from {
		to = s.end
	}
	return widget.Fit(v.data[from:to], max(1, v.textWidth()))
}

// rowStart returns where the row begins that holds byte off of line s.
func (v *Viewer) rowStart(s span, off int) int {
	at := v.segmentStart(s, off)
	if at > off {
		at = v.segmentStart(s, max(0, at-segment))
	}
	for {
		n := v.rowLen(s, at)
		if n == 0 || at+n > off || s.start+at+n >= s.end {
			return at
		}
		at += n
	}
}

// sideways is how far one key scrolls to the side.
const sideways = 8

// press takes a key.
func (v *Viewer) press(msg tea.KeyPressMsg) tui.Intent {
	if v.asking {
		return v.answerPrompt(msg)
	}
	v.notice = ""
	if v.moved(msg) {
		return nil
	}
	k := v.keys
	switch {
	case key.Matches(msg, k.Find.Search):
		v.ask()
	case key.Matches(msg, k.Find.Next):
		v.jump(1)
	case key.Matches(msg, k.Find.Previous):
		v.jump(-1)
	case key.Matches(msg, k.Look.CopyValue):
		return v.copyValue()
	case key.Matches(msg, k.Look.Wrap) && v.mode == text:
		v.wrap, v.left = !v.wrap, 0
		v.top.off, v.cursor.off = 0, 0
	case key.Matches(msg, k.Look.Wrap) && v.mode == pretty:
		v.wrap = true // a tree has a line for each value: only its text can be broken
		return v.flip(text)
	case key.Matches(msg, k.Look.Hex):
		return v.flip(hex)
	case key.Matches(msg, k.Look.Text):
		return v.flip(text)
	case key.Matches(msg, k.Look.Numbers):
		v.numbers = !v.numbers
	default:
		return v.pressTree(msg)
	}
	return nil
}

// pressTree takes the keys that only mean something where a body is laid out.
func (v *Viewer) pressTree(msg tea.KeyPressMsg) tui.Intent {
	k := v.keys
	if v.mode != pretty {
		return tui.Pass{}
	}
	switch {
	case key.Matches(msg, k.Fold.Toggle):
		return v.toggle()
	case key.Matches(msg, k.Fold.All):
		return v.foldLevel(1)
	case key.Matches(msg, k.Fold.None):
		return v.foldLevel(0)
	case key.Matches(msg, k.Fold.More):
		return v.foldLevel(max(1, v.shownLevels()-1))
	case key.Matches(msg, k.Fold.Less):
		if v.level > 0 {
			return v.foldLevel(v.level + 1)
		}
	case key.Matches(msg, k.Fold.Parent):
		if s, ok := v.parent(); ok {
			v.cursor = place{line: s.line}
		}
	case key.Matches(msg, k.Look.CopyPath):
		jq, _, ok := v.Path()
		if !ok {
			return Notice{Text: "there is no path here"}
		}
		return Copy{What: "path", Text: jq}
	default:
		return tui.Pass{}
	}
	return nil
}

// moved takes the keys that move the cursor or the window.
func (v *Viewer) moved(msg tea.KeyPressMsg) bool {
	k, page := v.keys, v.pageRows()
	switch {
	case key.Matches(msg, k.Move.Up):
		v.cursor = v.back(v.cursor, 1)
	case key.Matches(msg, k.Move.Down):
		v.cursor = v.forth(v.cursor, 1)
	case key.Matches(msg, k.Move.PageUp):
		v.top, v.cursor = v.back(v.top, page), v.back(v.cursor, page)
	case key.Matches(msg, k.Move.PageDown):
		v.top, v.cursor = v.forth(v.top, page), v.forth(v.cursor, page)
	case key.Matches(msg, k.Move.HalfUp):
		v.top, v.cursor = v.back(v.top, page/2), v.back(v.cursor, page/2)
	case key.Matches(msg, k.Move.HalfDown):
		v.top, v.cursor = v.forth(v.top, page/2), v.forth(v.cursor, page/2)
	case key.Matches(msg, k.Move.Top):
		v.cursor = place{}
	case key.Matches(msg, k.Move.Bottom):
		v.cursor = v.last()
		v.follow = v.mode != hex
	case key.Matches(msg, k.Move.Left):
		v.left = max(0, v.left-sideways)
	case key.Matches(msg, k.Move.Right):
		if !v.wrapped() && v.mode != hex {
			v.left += sideways
		}
	case key.Matches(msg, k.Move.LineStart):
		v.left = 0
	default:
		return false
	}
	return true
}

// flip shows the body as m, or back as it was chosen for it; the cursor stays at its byte.
func (v *Viewer) flip(m mode) tui.Intent {
	off := v.offset()
	if v.mode == m {
		m = text
		if v.Lays() {
			m = pretty
		}
	}
	v.mode, v.left, v.chosen = m, 0, true
	work := v.read(m)
	v.top, v.cursor = place{}, place{}
	if !v.moveTo(off) {
		v.search.goal = off
	}
	return work
}

func (v *Viewer) copyValue() tui.Intent {
	raw, whole := v.Value()
	switch {
	case raw == nil:
		return Notice{Text: "there is no value here"}
	case !whole:
		return Notice{Text: "the value is longer than 1 MiB: save it to a file instead"}
	}
	return Copy{What: "value", Text: string(raw)}
}
