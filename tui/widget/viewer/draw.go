package viewer

import (
	"unicode/utf8"

	"culprit/tui/widget"
)

// View draws the visible rows, and the prompt in the last while it is open. It is cached until something changes.
func (v *Viewer) View() string {
	if v.stay != nil {
		return v.stay.view
	}
	if v.view == "" && v.height > 0 {
		v.buf = v.draw(v.buf[:0])
		v.view = string(v.buf)
	}
	return v.view
}

// Restyle draws anew with the styles as they are now; the owner calls it after it overwrote them.
func (v *Viewer) Restyle() { v.view = "" }

// draw appends the whole view to dst. It allocates nothing once its buffers have grown.
func (v *Viewer) draw(dst []byte) []byte {
	v.ink.Load(v.styles)
	page := min(v.pageRows(), v.height)
	if v.asking && page == v.height {
		page-- // of a single row the prompt takes all
	}
	p := &v.pen
	for y := range page {
		if y > 0 {
			dst = append(dst, '\n')
		}
		p.Begin(&v.ink, dst, v.width)
		switch {
		case y < len(v.rows) && (v.wrapped() || v.mode == hex):
			v.drawRow(p, v.rows[y])
		case y < len(v.rows):
			p.Keep()
			v.drawRow(p, v.rows[y])
			p.Edge(widget.Accent, v.ink.Sign("›", ">"))
		case y == 0:
			p.Word(widget.Muted, "The body is empty.")
		}
		dst = p.End()
	}
	if page < v.height {
		if page > 0 {
			dst = append(dst, '\n')
		}
		dst = append(dst, v.prompt.View()...)
	}
	return dst
}

func (v *Viewer) drawRow(p *widget.Pen, r row) {
	here := r.place == v.cursor
	if here && v.focus {
		p.Base(widget.Cursor)
	}
	sign := " "
	if here {
		sign = v.ink.Sign("›", ">")
	}
	p.Word(widget.Accent, sign)
	if v.gutter() > 1 {
		v.drawGutter(p, r)
	}
	p.Scroll(v.left)
	switch {
	case v.mode == hex:
		v.drawHex(p, r)
	case v.mode == text:
		v.drawText(p, r)
	case v.form == formXML:
		v.drawXML(p, r)
	default:
		v.drawJSON(p, r)
	}
}

func (v *Viewer) drawGutter(p *widget.Pen, r row) {
	if v.numbers && v.mode != hex {
		if r.place.off == 0 {
			p.Number(widget.LineNumber, r.line+1, v.digits())
		} else {
			p.Spaces(widget.LineNumber, v.digits())
		}
		p.Spaces(widget.Text, 1)
	}
	if v.mode == pretty {
		sign := "  "
		switch {
		case r.folded > 0:
			sign = v.ink.Sign("▸ ", "+ ")
		case r.open:
			sign = v.ink.Sign("▾ ", "- ")
		}
		p.Word(widget.Fold, sign)
	}
}

// deepest is the widest indent in cells (RELIABILITY R4); what lies deeper says how deep it is.
const deepest = 64

func indent(depth int) int { return min(2*depth, deepest) }

func (v *Viewer) drawIndent(p *widget.Pen, depth int) {
	p.Spaces(widget.Text, indent(depth))
	if 2*depth > deepest {
		p.Number(widget.Muted, depth, 0)
		p.Spaces(widget.Muted, 1)
	}
}

// drawFolded says how many lines are hidden.
func (v *Viewer) drawFolded(p *widget.Pen, lines int) {
	p.Spaces(widget.Muted, 1)
	p.Number(widget.Muted, lines, 0)
	p.Word(widget.Muted, " lines")
}

func (v *Viewer) drawJSON(p *widget.Pen, r row) {
	v.drawIndent(p, r.depth)
	if r.nameEnd > r.start {
		v.put(p, widget.Key, r.start, r.nameEnd)
		p.Word(widget.Punct, ": ")
	}
	switch {
	case r.folded > 0:
		v.put(p, widget.Punct, r.val, r.val+1)
		p.Word(widget.Fold, v.ink.Sign("…", "..."))
		p.Word(widget.Punct, partner(v.data[r.val]))
	case r.open || r.close:
		v.put(p, widget.Punct, r.val, min(r.val+1, r.valEnd))
	case r.val < len(v.data) && (v.data[r.val] == '{' || v.data[r.val] == '['):
		p.Word(widget.Punct, string(rune(v.data[r.val])))
		p.Word(widget.Punct, partner(v.data[r.val]))
	default:
		v.put(p, roleOf(v.data, r.val), r.val, r.valEnd)
	}
	if r.comma {
		p.Word(widget.Punct, ",")
	}
	if r.folded > 0 {
		v.drawFolded(p, r.folded)
	}
}

// partner returns the bracket that closes open.
func partner(open byte) string {
	if open == '{' {
		return "}"
	}
	return "]"
}

// roleOf returns the role of the JSON value that begins at off.
func roleOf(b []byte, off int) widget.Role {
	if off >= len(b) {
		return widget.Text
	}
	switch c := b[off]; {
	case c == '"':
		return widget.String
	case c == '-' || c >= '0' && c <= '9':
		return widget.Number
	case c == 't' || c == 'f' || c == 'n':
		return widget.Literal
	}
	return widget.Punct
}

// put draws the bytes from off to end, with what was found in them marked.
func (v *Viewer) put(p *widget.Pen, role widget.Role, off, end int) {
	off = v.skip(p, off, end)
	if p.Full() {
		p.Put(role, v.data[off:end]) // nothing is seen of it, and the pen notes that
		return
	}
	for off < end && !p.Full() {
		h, current, ok := v.search.hitFrom(off)
		if !ok || h.start >= end {
			p.Put(role, v.data[off:end])
			return
		}
		if h.start > off {
			p.Put(role, v.data[off:h.start])
		}
		mark := widget.Match
		if current {
			mark = widget.MatchCurrent
		}
		stop := min(h.end, end)
		p.Put(mark, v.data[max(off, h.start):stop])
		off = stop
	}
}

// skip leaves out what is far left of the window without reading it: there, a byte counts as a cell.
func (v *Viewer) skip(p *widget.Pen, off, end int) int {
	far := v.left - p.Col()
	if far < segment || end-off < segment {
		return off
	}
	to := min(off+far, end)
	p.Drop(to - off)
	for n := 0; to < end && n < utf8.UTFMax-1 && !utf8.RuneStart(v.data[to]); n++ {
		to++
	}
	return to
}

func (v *Viewer) drawText(p *widget.Pen, r row) {
	off := r.start
	for _, c := range v.colours.on(r.start, r.end) {
		if c.start > off {
			v.put(p, widget.Text, off, c.start)
		}
		v.put(p, c.role, max(off, c.start), min(c.end, r.end))
		off = max(off, min(c.end, r.end))
	}
	v.put(p, widget.Text, off, r.end)
}

// perLine returns how many bytes are on one line of the hex view: 16, or 8 in a narrow window.
func (v *Viewer) perLine() int {
	if v.width < 1+10+16*3+1+16 {
		return 8
	}
	return 16
}

func (v *Viewer) drawHex(p *widget.Pen, r row) {
	const digits = "0123456789abcdef"
	var room [16]byte
	at := room[:8]
	for i, n := 7, r.start; i >= 0; i, n = i-1, n>>4 {
		at[i] = digits[n&15]
	}
	p.Put(widget.LineNumber, at)
	p.Spaces(widget.Text, 2)
	k := v.perLine()
	for i := range k {
		if r.start+i >= r.end {
			p.Spaces(widget.Text, 3)
			continue
		}
		c := v.data[r.start+i]
		room[0], room[1] = digits[c>>4], digits[c&15]
		p.Put(v.hexRole(r.start+i), room[:2])
		p.Spaces(widget.Text, 1)
	}
	p.Spaces(widget.Text, 1)
	for i := r.start; i < r.end; i++ {
		room[0] = v.data[i]
		role := v.hexRole(i)
		if room[0] < 0x20 || room[0] > 0x7e {
			room[0] = '.'
			if role == widget.Text {
				role = widget.Muted
			}
		}
		p.Put(role, room[:1])
	}
}

func (v *Viewer) hexRole(off int) widget.Role {
	h, current, ok := v.search.hitFrom(off)
	switch {
	case !ok || h.start > off:
		return widget.Text
	case current:
		return widget.MatchCurrent
	}
	return widget.Match
}
