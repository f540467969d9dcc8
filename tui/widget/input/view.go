package input

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"culprit/tui/widget"
)

// room returns the cells for the text beside the prompt.
func (f *Field) room() int { return max(1, f.width-widget.Width([]byte(f.prompt))) }

// reveal scrolls so that the cursor can be seen.
func (f *Field) reveal() {
	x, room := widget.Width([]byte(f.text[:f.at])), f.room()
	if x < f.first {
		f.first = x
	}
	if x-f.first >= room {
		f.first = x - room + 1
	}
	// no empty space on the right while text is hidden on the left
	if f.first > 0 {
		f.first = min(f.first, max(0, x+widget.Width([]byte(f.text[f.at:]))+1-room))
	}
}

// Cursor returns where the cursor is, nil without the focus.
func (f *Field) Cursor() *tea.Cursor {
	if !f.focus || f.width <= 0 {
		return nil
	}
	x := min(widget.Width([]byte(f.prompt)), f.width-1) + widget.Width([]byte(f.text[:f.at])) - f.first
	return tea.NewCursor(min(max(0, x), f.width-1), 0)
}

// View draws the field on its first row and the suggestions below it.
func (f *Field) View() string {
	if f.height <= 0 {
		return ""
	}
	f.ink.Load(f.styles)
	var p widget.Pen
	var out []byte
	for y := range f.height {
		if y > 0 {
			out = append(out, '\n')
		}
		p.Begin(&f.ink, out, max(0, f.width))
		switch {
		case y == 0:
			f.Draw(&p)
		case y-1 < f.Offers():
			f.DrawOffer(&p, y-1)
		}
		out = p.End()
	}
	return string(out)
}

// Draw draws the field into a row of its owner, where View has no place of its own.
func (f *Field) Draw(p *widget.Pen) {
	if f.prompt != "" {
		p.Put(widget.Accent, []byte(f.prompt))
	}
	if f.text == "" {
		p.Put(widget.Muted, []byte(f.ghost))
		return
	}
	p.Scroll(f.first)
	widget.PutVariables(p, widget.Text, []byte(f.text))
}

// DrawOffer draws row i of the suggestions into a row of its owner.
func (f *Field) DrawOffer(p *widget.Pen, i int) {
	n := f.top + i
	o := f.offers[n]
	role, mark := widget.Rest, "  "
	if n == f.offer {
		role, mark = widget.Selection, "> "
	}
	p.Base(role) // a ground of its own: it lies over other rows
	if p.Left() > 1 {
		p.Keep()
		defer p.Edge(widget.Muted, f.ink.Sign("…", "~"))
	}
	p.Word(role, mark)
	at := p.Col()
	p.Put(role, []byte(o.Text))
	if o.Note != "" {
		p.Spaces(role, max(f.noteColumn()-(p.Col()-at), 0)+2)
		p.Put(widget.Muted, []byte(o.Note))
	}
	if more := len(f.offers) - n - 1; i == maxOffers-1 && more > 0 {
		words := "+" + strconv.Itoa(more) + " "
		p.Spaces(role, p.Left()-len(words))
		p.Word(widget.Muted, words)
	}
}

// noteColumn is how wide the texts are that are offered, so that their notes stand below each other: up to half of the
// field.
func (f *Field) noteColumn() int {
	w := 0
	for i := range f.Offers() {
		w = max(w, widget.Width([]byte(f.offers[f.top+i].Text)))
	}
	return min(w, f.width/2)
}
