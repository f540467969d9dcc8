package table

import (
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
)

const (
	// mark is the cells of the cursor sign and the switch: "› [x] ".
	mark = 6
	// noteFrom is the width below which the notes have no room.
	noteFrom = 60
	// usualNames is how wide the names are at least where there is room: most names of header fields have less.
	usualNames = 24
	// masked stands for a secret value; its length says nothing.
	masked = "••••••••"
)

// cell returns where a column begins and how wide it is; no width for a column without room.
func (t *Table) cell(column int) (x, w int) {
	room := max(0, t.width-mark-1)
	name, note := room*2/5, 0
	if t.width >= noteFrom && t.noted() {
		name, note = room*3/10, room/4
	}
	name = min(name, max(usualNames, t.longest+2)) // a value stands near its name
	value := room - name - note - 1                // a blank at the right, as between the columns
	if note > 0 {
		value--
	}
	switch column {
	case Name:
		return mark, name
	case Value:
		return mark + name + 1, max(0, value)
	}
	if note == 0 { // a note that is edited takes the place of the value
		return t.cell(Value)
	}
	return mark + name + 1 + value + 1, note
}

// Column returns the cell in which a column begins.
func (t *Table) Column(column int) int {
	x, _ := t.cell(column)
	return x
}

// Cursor returns the place of the cursor in the cell that is edited, or nil.
func (t *Table) Cursor() *tea.Cursor {
	if !t.editing {
		return nil
	}
	c := t.field.Cursor()
	if c == nil {
		return nil
	}
	x, _ := t.cell(t.column)
	c.X += x
	c.Y += t.window.At - t.window.Top
	if c.X >= t.width || c.Y >= t.height {
		return nil
	}
	return c
}

// View draws the visible rows.
func (t *Table) View() string {
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
		p.Begin(&t.ink, out, t.width)
		n := t.window.Top + y
		switch {
		case t.editing && y > t.window.At-t.window.Top && y <= t.window.At-t.window.Top+t.field.Offers():
			t.drawOffer(p, y-(t.window.At-t.window.Top)-1)
		case n < len(t.rows):
			t.drawRow(p, n)
		case n == 0:
			p.Put(widget.Muted, []byte(t.empty))
		}
		out = p.End()
	}
	t.view = string(out)
	return t.view
}

func (t *Table) drawRow(p *widget.Pen, n int) {
	r := &t.rows[n]
	here := n == t.window.At
	if here && t.focus && !t.editing {
		p.Base(widget.Rest)
	}
	sign, box := "  ", "[x] "
	if here && t.focus {
		sign = t.ink.Sign("› ", "> ")
	}
	if r.Off {
		box = "[ ] "
	}
	p.Word(widget.Accent, sign)
	p.Word(widget.Muted, box)
	for c := range columns {
		x, w := t.cell(c)
		if c == Note && !t.noted() {
			continue
		}
		if c == Note && t.width < noteFrom && !(here && t.editing && t.column == Note) {
			continue
		}
		if c == Value && here && t.editing && t.column == Note && t.width < noteFrom {
			continue
		}
		p.Spaces(widget.Text, x-(t.width-p.Left()))
		t.drawCell(p, r, c, w, here)
	}
}

func (t *Table) drawCell(p *widget.Pen, r *Row, column, w int, here bool) {
	until := p.Left() - w
	role := [columns]widget.Role{widget.Key, widget.Text, widget.Muted}[column]
	text := []byte(*r.of(column))
	switch {
	case here && t.editing && column == t.column:
		p.Within(w, func(in *widget.Pen) { t.field.Draw(in) })
		p.Spaces(widget.Text, p.Left()-until)
		return
	case here && t.focus && column == t.column:
		role = widget.Selection
	case r.Off:
		role = widget.Muted
	}
	if r.Secret && column == Value && len(text) > 0 {
		text = []byte(t.ink.Sign(masked, "********"))
	}
	put := func(in *widget.Pen) {
		if role == widget.Text {
			widget.PutVariables(in, role, text)
		} else {
			in.Put(role, text)
		}
	}
	p.Within(w, func(in *widget.Pen) {
		in.Brief(w, text, put)
		if role == widget.Selection { // the whole cell is marked, so that an empty one is seen too
			in.Spaces(role, in.Left())
		}
	})
	p.Spaces(widget.Text, p.Left()-until)
}

// drawOffer draws a suggestion below the cell that is edited.
func (t *Table) drawOffer(p *widget.Pen, i int) {
	x, _ := t.cell(t.column)
	p.Spaces(widget.Text, x)
	t.field.DrawOffer(p, i)
}

// Mouse chooses a cell, edits the chosen one, and switches a row by its box.
func (t *Table) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	m := msg.Mouse()
	var answer tui.Intent
	switch msg.(type) {
	case tea.MouseWheelMsg:
		if t.editing {
			return nil, nil
		}
		t.window.Move(widget.Notch(msg), len(t.rows))
	case tea.MouseClickMsg:
		n := t.window.Top + m.Y
		if m.Button != tea.MouseLeft || m.Y < 0 || m.Y >= t.height || n >= len(t.rows) {
			return tui.Pass{}, nil
		}
		if t.editing && t.keep(t.field.Value()) {
			answer = Changed{}
		}
		answer = t.click(m.X, n, answer)
	default:
		return tui.Pass{}, nil
	}
	t.arrange()
	return answer, nil
}

func (t *Table) click(x, n int, answer tui.Intent) tui.Intent {
	column := t.column
	for c := range columns {
		if at, w := t.cell(c); x >= at && x < at+w {
			column = c
			break
		}
	}
	again := n == t.window.At && column == t.column && t.focus
	t.window.At = n
	switch {
	case x >= 2 && x < mark:
		t.rows[n].Off = !t.rows[n].Off
		return Changed{}
	case x >= mark:
		t.column = column
		if again && answer == nil {
			t.edit(false)
		}
	}
	return answer
}

// Scroll returns which of the rows are seen.
func (t *Table) Scroll() widget.Scroll {
	return widget.Scroll{Top: t.window.Top, Seen: t.height, All: len(t.rows)}
}
