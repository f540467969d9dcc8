package tree

import "culprit/tui/widget"

// deepest is how far rows are indented; what lies deeper is drawn there.
const deepest = 16

const (
	// wide is the width from which a tree shows more of a row: beside nothing else, in a terminal of 80 columns.
	wide = 60
	// apart is the least room between a label and its note.
	apart = 2
)

// View draws the visible rows, and the filter below them.
func (t *Tree) View() string {
	if t.height <= 0 || t.view != "" {
		return t.view
	}
	t.ink.Load(t.styles)
	var out []byte
	p := &t.pen
	for y := range t.height {
		if y > 0 {
			out = append(out, '\n')
		}
		if t.filtering() && y == t.height-1 {
			out = append(out, t.filter.View()...)
			break
		}
		p.Begin(&t.ink, out, t.width)
		n := t.window.Top + y
		switch {
		case n < len(t.seen):
			t.draw(p, &t.rows[t.seen[n]], n == t.window.At)
		case n == 0 && len(t.rows) > 0:
			p.Word(widget.Muted, "Nothing matches.")
		case n == 0:
			p.Put(widget.Muted, []byte("Nothing here yet."))
		}
		out = p.End()
	}
	t.view = string(out)
	return t.view
}

func (t *Tree) draw(p *widget.Pen, r *Row, here bool) {
	t.drawLead(p, r, here)
	sign := t.sign
	if sign > 0 {
		sign += 2 // a space on both sides
	}
	behind, mark := sign, widget.Width([]byte(r.Mark))
	if mark > 0 {
		behind += mark + 1
	}
	room := p.Left() - behind
	if r.Mark+r.Sign == "" {
		room = p.Left() // nothing stands in the columns of the signs
	}
	label, note := []byte(r.Label), []byte(r.Note)
	if t.width >= wide && r.Wide != "" {
		note = []byte(r.Wide)
	}
	noted := widget.Width(note)
	if noted > 0 && (room-noted-apart < 1 || widget.Fit(label, room-noted-apart) < len(label)) {
		noted = 0
	}
	p.Brief(room, label, func(in *widget.Pen) { in.Put(r.Role, label) })
	if noted > 0 {
		p.Spaces(widget.Text, p.Left()-behind-noted)
		p.Put(widget.Muted, note)
	}
	p.Spaces(widget.Text, p.Left()-sign-mark)
	p.Put(r.MarkRole, []byte(r.Mark))
	if sign > 0 {
		p.Spaces(widget.Text, 1)
		p.Put(r.SignRole, []byte(r.Sign))
	}
}

// drawLead draws what stands before the label: the pointer, how deep it lies, the fold and the badge.
func (t *Tree) drawLead(p *widget.Pen, r *Row, here bool) {
	switch {
	case here && t.focus:
		p.Base(widget.Cursor)
	case here:
		p.Base(widget.Rest)
	}
	pointer := " "
	if here {
		pointer = t.ink.Sign("›", ">")
	}
	p.Word(widget.Accent, pointer)
	p.Spaces(widget.Text, 2*min(r.Depth, deepest))
	switch {
	case r.Branch && t.folded[r.ID] && t.filter.Value() == "":
		p.Word(widget.Fold, t.ink.Sign("▸ ", "+ "))
	case r.Branch:
		p.Word(widget.Fold, t.ink.Sign("▾ ", "- "))
	}
	if r.Badge != "" {
		until := p.Left() - t.badge - 1
		p.Put(r.BadgeRole, []byte(r.Badge))
		p.Spaces(widget.Text, p.Left()-until)
	}
}
