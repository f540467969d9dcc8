package widget

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"culprit/request/safe"
)

const (
	// clusterWindow bounds the search for the end of one character with its marks: a tower of 100,000 marks
	// must not cost more than a screen.
	clusterWindow = 4096
	// TabCells is the distance of tab stops on the screen; safe draws tabs the same way.
	TabCells = 4
)

// A Pen draws one row: styled, sanitised, cut to the window, padded to its width.
//
// The zero value draws rows of no width; Begin starts a row. A row costs what is seen of it, however long the
// text behind it is.
type Pen struct {
	ink     *Ink
	buf     []byte
	width   int
	left    int  // cells that are still free
	skip    int  // cells of the text that are left of the window
	col     int  // cells since Scroll, for tab stops
	on      int  // the role that is switched on; -1 for none
	base    int  // the role under all others, for a row that is marked; -1 for none
	cut     bool // something was left out at the right
	scratch []byte
	measure []byte
}

// Begin starts a row of width cells; what is drawn is appended to dst.
func (p *Pen) Begin(ink *Ink, dst []byte, width int) {
	p.ink, p.buf, p.width, p.left = ink, dst, width, width
	p.skip, p.col, p.on, p.base, p.cut = 0, 0, -1, -1, false
}

// Keep takes a cell away from the end of the row, for Edge.
func (p *Pen) Keep() { p.left = max(p.left-1, 0) }

// Edge fills the cell that Keep took: with sign where something was left out at the right.
func (p *Pen) Edge(role Role, sign string) {
	p.skip = 0
	p.Spaces(Text, p.left)
	p.left = min(p.width, 1)
	if p.cut {
		p.Word(role, sign)
	}
}

// Base puts role under everything that follows on this row.
func (p *Pen) Base(role Role) { p.base = int(role) }

// Scroll leaves out the first cells of what follows: the window was moved to the right.
func (p *Pen) Scroll(cells int) { p.skip, p.col = cells, 0 }

// Left returns how many cells of the row are free.
func (p *Pen) Left() int { return p.left }

// Full reports whether nothing more can be seen on this row.
func (p *Pen) Full() bool { return p.left <= 0 }

// Col returns how many cells were drawn or skipped since Begin or Scroll.
func (p *Pen) Col() int { return p.col }

// Word draws a text of our own or one that is already safe.
func (p *Pen) Word(role Role, s string) {
	for len(s) > 0 && p.left > 0 {
		n := 0
		for n < len(s) && n < p.skip+p.left+1 && s[n] < utf8.RuneSelf {
			n++
		}
		if n > 0 {
			p.scratch = append(p.scratch[:0], s[:n]...)
			p.ascii(role, p.scratch)
		} else {
			_, n = utf8.DecodeRuneInString(s)
			p.scratch = append(p.scratch[:0], s[:n]...)
			var w int
			p.measure, w = safe.AppendLine(p.measure[:0], p.scratch, -1)
			p.put(role, p.scratch, w)
		}
		s = s[n:]
	}
	p.cut = p.cut || len(s) > 0
}

// Spaces draws n blank cells.
func (p *Pen) Spaces(role Role, n int) {
	n -= p.hide(max(0, n))
	n = min(n, p.left)
	if n <= 0 {
		return
	}
	p.use(role)
	p.blank(n)
}

// Put draws untrusted bytes of one line. What is hidden in them is drawn in the role Escape.
func (p *Pen) Put(role Role, raw []byte) {
	for len(raw) > 0 && p.left > 0 {
		n := plain(raw[:min(len(raw), p.skip+p.left+1)])
		if n > 0 && n < len(raw) && raw[n] >= utf8.RuneSelf {
			n-- // the last letter may carry the marks that follow
		}
		if n > 0 {
			p.ascii(role, raw[:n])
			raw = raw[n:]
			continue
		}
		if raw[0] == '\t' {
			p.Spaces(role, TabCells-p.col%TabCells)
			raw = raw[1:]
			continue
		}
		c := raw[:Cluster(raw)]
		var w int
		p.scratch, w = safe.AppendLine(p.scratch[:0], c, -1)
		if bytes.Equal(p.scratch, c) {
			p.put(role, p.scratch, w)
		} else {
			p.put(Escape, p.scratch, w)
		}
		raw = raw[len(c):]
	}
	p.cut = p.cut || len(raw) > 0
}

// End pads the row, switches every role off and returns dst with the row behind it.
func (p *Pen) End() []byte {
	if p.left > 0 {
		if p.base >= 0 {
			p.use(Text)
		} else {
			p.quiet()
		}
		p.blank(p.left)
	}
	p.quiet()
	return p.buf
}

// ascii draws printable ASCII.
func (p *Pen) ascii(role Role, s []byte) {
	s = s[p.hide(len(s)):]
	if len(s) > p.left {
		s, p.cut = s[:p.left], true
	}
	if len(s) == 0 {
		return
	}
	p.use(role)
	p.buf = append(p.buf, s...)
	p.left -= len(s)
	p.col += len(s)
}

// put draws one character of w cells; what is seen only in part is drawn as blanks.
func (p *Pen) put(role Role, s []byte, w int) {
	if w == 0 {
		return
	}
	if gone := p.hide(w); gone > 0 {
		p.Spaces(role, w-gone)
		return
	}
	p.use(role)
	if w > p.left {
		p.cut = true
		if role == Escape { // a note of several cells: as much of it as there is room for
			start := len(p.buf)
			var got int
			p.buf, got = safe.AppendLine(p.buf, s, p.left)
			if got > p.left {
				p.buf, got = p.buf[:start], 0
			}
			p.left -= got
			p.col += got
		}
		p.blank(p.left)
		return
	}
	p.buf = append(p.buf, s...)
	p.left -= w
	p.col += w
}

// hide takes n cells from what is left of the window and returns how many of them were.
func (p *Pen) hide(n int) int {
	gone := min(n, p.skip)
	p.skip -= gone
	p.col += gone
	return gone
}

const blanks = "                                                                "

func (p *Pen) blank(n int) {
	p.left -= n
	p.col += n
	for ; n > len(blanks); n -= len(blanks) {
		p.buf = append(p.buf, blanks...)
	}
	p.buf = append(p.buf, blanks[:n]...)
}

// use switches role on.
func (p *Pen) use(role Role) {
	if p.on == int(role) {
		return
	}
	p.quiet()
	if p.base >= 0 {
		p.buf = append(p.buf, p.ink.on[p.base]...)
	}
	if !(p.ink.plain && (p.base == int(Cursor) || p.base == int(Selection))) {
		p.buf = append(p.buf, p.ink.on[role]...)
	}
	p.on = int(role)
}

// quiet switches the role off that is on.
func (p *Pen) quiet() {
	if p.on < 0 {
		return
	}
	if p.ink.on[p.on] != "" || p.base >= 0 && p.ink.on[p.base] != "" {
		p.buf = append(p.buf, off...)
	}
	p.on = -1
}

// plain returns the length of the run of printable ASCII at the start of s.
func plain(s []byte) int {
	for i, c := range s {
		if c < 0x20 || c > 0x7e {
			return i
		}
	}
	return len(s)
}

// Cluster returns the length of the character that raw begins with: a control character, a bad byte, or a
// grapheme cluster. It is 0 for empty raw, and bounded for hostile text.
func Cluster(raw []byte) int {
	if len(raw) == 0 {
		return 0
	}
	if len(raw) == 1 || raw[0] < 0x20 || raw[0] < 0x7f && raw[1] < utf8.RuneSelf {
		return 1
	}
	r, size := utf8.DecodeRune(raw)
	if r == utf8.RuneError && size == 1 || r == 0x7f {
		return 1
	}
	if len(raw) > clusterWindow {
		raw = raw[:clusterWindow]
		for back := 1; back < utf8.UTFMax; back++ {
			if utf8.RuneStart(raw[len(raw)-back]) {
				raw = raw[:len(raw)-back]
				break
			}
		}
	}
	n := 0
	if it := graphemes.FromBytes(raw); it.Next() {
		n = len(it.Value())
	}
	// A bad byte inside is drawn as one, so the cluster ends before it.
	for i := size; i < n; {
		r, s := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && s == 1 || r < 0x20 {
			return i
		}
		i += s
	}
	return max(n, size)
}

// CellsOf returns how many cells the one character c takes when it starts at column col.
func CellsOf(c []byte, col int) int {
	switch {
	case len(c) == 1 && c[0] >= 0x20 && c[0] < 0x7f:
		return 1
	case len(c) == 1 && c[0] == '\t':
		return TabCells - col%TabCells
	}
	var room [128]byte
	_, w := safe.AppendLine(room[:0], c, -1)
	return w
}

// Width returns the cells that the line raw takes on the screen, tabs included. It looks at all of raw.
func Width(raw []byte) int {
	col := 0
	for len(raw) > 0 {
		if n := plain(raw); n > 1 {
			col += n - 1
			raw = raw[n-1:]
		}
		n := Cluster(raw)
		col += CellsOf(raw[:n], col)
		raw = raw[n:]
	}
	return col
}

// Fit returns how many bytes of raw, whole characters only, fit into width cells. It is at least one
// character for a non-empty raw, so that wrapping always goes on.
func Fit(raw []byte, width int) int {
	col, at := 0, 0
	for at < len(raw) {
		n := Cluster(raw[at:])
		col += CellsOf(raw[at:at+n], col)
		if col > width && at > 0 {
			return at
		}
		at += n
		if col >= width {
			return at
		}
	}
	return at
}

// Drop tells that the first n cells of what follows were left out by the caller.
func (p *Pen) Drop(n int) { p.hide(n) }

// Number draws n, at the right of at least width cells, without allocating.
func (p *Pen) Number(role Role, n, width int) {
	var room [20]byte
	digits := strconv.AppendInt(room[:0], int64(n), 10)
	p.Spaces(role, width-len(digits))
	p.ascii(role, digits)
}

// Brief lets put draw text in w cells at most; where it needs more, a sign in the last one says so.
func (p *Pen) Brief(w int, text []byte, put func(*Pen)) {
	if w > 1 && Fit(text, w) < len(text) {
		p.Within(w-1, put)
		p.Word(Muted, p.ink.Sign("…", "~"))
		return
	}
	p.Within(w, put)
}

// Within lets draw use the next w cells only; what is outside of them stays untouched.
func (p *Pen) Within(w int, draw func(*Pen)) {
	w = min(w, p.left)
	if w <= 0 {
		return
	}
	rest, skip, col := p.left-w, p.skip, p.col
	p.left, p.skip, p.col = w, 0, 0
	draw(p)
	p.col += col
	p.left, p.skip = p.left+rest, skip
}
