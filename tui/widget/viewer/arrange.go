package viewer

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"culprit/tui/widget"
)

// A row is what is drawn on one row of the window: a line, or a part of a wrapped one.
type row struct {
	span
	place  place
	folded int // how many lines are hidden behind it
}

// A Foot is what stands in the border below a body. Its words are untrusted.
type Foot struct {
	Where string // where the cursor is, or what is wrong
	Wrong bool   // the body is
	Tally string // how far the cursor is, and what is done
}

// Foot returns what the owner draws below the body.
func (v *Viewer) Foot() Foot {
	if v.stay != nil {
		return v.stay.foot
	}
	return v.foot
}

// pageRows returns the rows for the body: all but that of the prompt.
func (v *Viewer) pageRows() int {
	if v.asking {
		return max(1, v.height-1)
	}
	return max(1, v.height)
}

// arrange finds what is visible; it is called after every change, so that View only draws.
func (v *Viewer) arrange() {
	v.view = ""
	if n := v.lines(); v.cursor.line >= n {
		v.cursor = place{line: max(0, n-1)}
	}
	if f, ok := v.folds.at(v.cursor.line); ok && v.mode == pretty {
		v.cursor = place{line: f.line}
	}
	if f, ok := v.folds.at(v.top.line); ok && v.mode == pretty {
		v.top = place{line: f.line}
	}
	if v.cursor.before(v.top) || v.top.line >= v.lines() {
		v.top = v.cursor
	}
	v.layout()
	if n := len(v.rows); n > 0 && v.rows[n-1].place.before(v.cursor) {
		v.top = v.back(v.cursor, v.pageRows()-1)
		v.layout()
	}
	v.foot = Foot{v.status(), v.notice == "" && v.complains(), v.tally()}
}

// layout reads the rows from the top on.
func (v *Viewer) layout() {
	v.rows = v.rows[:0]
	page := v.pageRows()
	switch {
	case v.mode == hex:
		for n := v.top.line; len(v.rows) < page; n++ {
			s, ok := v.spanAt(n)
			if !ok {
				return
			}
			v.rows = append(v.rows, row{span: s, place: place{line: n}})
		}
	case v.wrapped():
		v.layoutWrapped(page)
	default:
		w := v.index[v.mode].at(v.top.line)
		for len(v.rows) < page {
			s, ok := w.next()
			if !ok {
				return
			}
			r := row{span: s, place: place{line: s.line}}
			if f, ok := v.folds.at(s.line); ok && v.mode == pretty {
				w.off, w.depth, w.line = f.end, f.depth, f.last
				tail, _ := w.next()
				r.folded, r.comma = f.last-f.line, tail.comma
			}
			v.rows = append(v.rows, r)
		}
	}
}

func (v *Viewer) layoutWrapped(page int) {
	w := v.index[text].at(v.top.line)
	off := v.top.off
	for len(v.rows) < page {
		s, ok := w.next()
		if !ok {
			return
		}
		for len(v.rows) < page {
			n := v.rowLen(s, off)
			r := row{span: s, place: place{s.line, off}}
			r.start, r.end = min(s.start+off, s.end), min(s.start+off+n, s.end)
			v.rows = append(v.rows, r)
			off += n
			if n == 0 || s.start+off >= s.end {
				break
			}
		}
		off = 0
	}
}

// minDigits is the width of line numbers in a short body, so that the text does not jump while one is read.
const minDigits = 4

// gutter returns the cells left of the text: the cursor, the line number, the fold sign.
func (v *Viewer) gutter() int {
	n := 1
	if v.numbers && v.mode != hex {
		n += v.digits() + 1
	}
	if v.mode == pretty {
		n += 2
	}
	if n > v.width/2 {
		return min(1, v.width)
	}
	return n
}

func (v *Viewer) digits() int {
	n := 0
	for last := v.top.line + v.pageRows(); last > 0; last /= 10 {
		n++
	}
	return max(minDigits, n)
}

// textWidth returns the cells for the text.
func (v *Viewer) textWidth() int { return max(1, v.width-v.gutter()) }

// status is what went wrong, or where the cursor is.
func (v *Viewer) status() string {
	if v.notice != "" {
		return v.notice
	}
	if v.complains() {
		m := v.index[pretty].mistake
		return v.placeOf(m.Offset) + ": " + m.What
	}
	if jq, _, ok := v.Path(); ok && jq != "." { // that of the whole says nothing
		return jq
	}
	return ""
}

// complains reports whether the foot says what is wrong with the body: always in the text, in what
// is cut off on its last line.
func (v *Viewer) complains() bool {
	if m := v.index[pretty].mistake; v.coming && m != nil && m.Ends {
		return false
	}
	return v.index[pretty].mistake != nil && (v.mode == text || v.mode == pretty && v.cursor.line == v.lines()-1)
}

// placeOf says where the byte at off is, as an editor would.
func (v *Viewer) placeOf(off int) string {
	x := &v.index[text]
	if line, known := x.lineOf(off); known {
		w := x.at(line)
		if s, ok := w.next(); ok && off-s.start < everyBytes {
			column := 1
			if off > s.start {
				column += utf8.RuneCount(v.data[s.start:min(off, len(v.data))])
			}
			return "line " + strconv.Itoa(line+1) + ", column " + strconv.Itoa(column)
		}
	}
	return "byte " + strconv.Itoa(off)
}

// tally is how far the cursor is, and what is done.
func (v *Viewer) tally() string {
	var parts []string
	if s := v.search.tally(); s != "" {
		parts = append(parts, s)
	}
	if what, part := v.Busy(); what != "" {
		parts = append(parts, what+" "+strconv.Itoa(int(part*100))+"%")
	}
	switch {
	case v.coming:
		parts = append(parts, "so far")
	case v.mode == pretty && v.index[pretty].mistake != nil:
		parts = append(parts, "cut off")
	case v.mode == hex:
		parts = append(parts, "hex")
	case v.mode == text && v.Lays():
		parts = append(parts, "raw")
	}
	if v.wrapped() {
		parts = append(parts, "wrap")
	}
	parts = append(parts, strconv.Itoa(min(v.cursor.line+1, v.lines()))+"/"+strconv.Itoa(v.lines()))
	return strings.Join(parts, "  ")
}

// Scroll returns which lines are seen. Where long lines are wrapped the last one may be seen in part.
func (v *Viewer) Scroll() widget.Scroll {
	n := len(v.rows)
	if n == 0 {
		return widget.Scroll{}
	}
	last := v.rows[n-1]
	return widget.Scroll{Top: v.top.line, Seen: last.place.line + last.folded + 1 - v.top.line, All: v.lines()}
}
