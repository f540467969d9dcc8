package history

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/screen"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// Update implements tui.Part: what is typed goes to the search, then the exchange that is read is asked, then the
// list.
func (h *History) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		return h.press(m), nil
	case tea.PasteMsg:
		if h.field.Typing() {
			return h.write(m), nil
		}
		return h.opt.Reader.Update(m)
	}
	return tui.Pass{}, nil
}

func (h *History) press(k tea.KeyPressMsg) tui.Intent {
	b := h.opt.Keys.History
	switch {
	case h.field.Typing():
		if k.Code == tea.KeyUp || k.Code == tea.KeyDown || k.Code == tea.KeyPgDown || k.Code == tea.KeyPgUp {
			return h.travel(k)
		}
		return h.write(k)
	case h.focus && !h.opt.Reader.Typing() && key.Matches(k, b.Turn):
		return h.turn(false)
	case h.focus:
		if intent, _ := h.opt.Reader.Update(k); intent != (tui.Pass{}) {
			return intent
		}
		if key.Matches(k, b.Back) {
			return h.turn(false)
		}
		return h.act(k)
	}
	switch {
	case key.Matches(k, b.Search):
		h.field.Focus()
		return nil
	case key.Matches(k, b.Open, b.Turn):
		if _, ok := h.list.current(); !ok {
			return nil
		}
		return h.turn(true)
	case key.Matches(k, b.Back):
		if h.field.Value() == "" {
			return screen.Leave{}
		}
		h.field.SetValue("")
		return h.find()
	case key.Matches(k, b.All):
		h.all = !h.all
		return h.find()
	}
	if key.Matches(k, h.opt.Keys.Plain.Sent) { // as in the workbench: it turns the page, and the list keeps the focus
		intent, _ := h.opt.Reader.Update(k)
		return intent
	}
	if key.Matches(k, b.Up, b.Down, b.PageUp, b.PageDown, b.Top, b.Bottom) {
		return h.travel(k)
	}
	return h.act(k)
}

// write gives a message to the search; what it finds changes with every letter.
func (h *History) write(msg tea.Msg) tui.Intent {
	intent, _ := h.field.Update(msg)
	switch intent.(type) {
	case input.Changed:
		return h.find()
	case input.Submitted, widget.Cancelled: // the search stays; esc in the list takes it away
		h.field.Blur()
		return nil
	}
	return nil
}

// travel moves in the list; the rows that follow are asked for before they are needed.
func (h *History) travel(k tea.KeyPressMsg) tui.Intent {
	b, l := h.opt.Keys.History, &h.list
	by := 0
	switch {
	case key.Matches(k, b.Up):
		by = -1
	case key.Matches(k, b.Down):
		by = 1
	case key.Matches(k, b.PageUp):
		by = -l.h
	case key.Matches(k, b.PageDown):
		by = l.h
	case key.Matches(k, b.Top):
		by = -len(l.rows)
	case key.Matches(k, b.Bottom):
		by = len(l.rows)
	}
	return h.moved(by)
}

// moved moves the cursor and asks for what is to be seen then.
func (h *History) moved(by int) tui.Intent {
	h.list.move(by)
	both := screen.Several{h.read()}
	if h.list.due() {
		both = append(both, h.page(h.list.rows[len(h.list.rows)-1]))
	}
	return both
}

// act does something with the exchange under the cursor.
func (h *History) act(k tea.KeyPressMsg) tui.Intent {
	b := h.opt.Keys.History
	p, ok := h.list.current()
	if !ok || !key.Matches(k, b.Mark, b.Compare, b.Again, b.Edit, b.Diagnose, b.CopyCurl, b.Export, b.Same) {
		return tui.Pass{}
	}
	switch {
	case key.Matches(k, b.Mark):
		h.mark(p)
		return h.moved(1)
	case key.Matches(k, b.Compare):
		return h.contrast(p)
	case key.Matches(k, b.Again):
		return Replay{p}
	case key.Matches(k, b.Edit):
		return Edit{p}
	case key.Matches(k, b.CopyCurl):
		return Curl{p}
	case key.Matches(k, b.Export):
		return Export{One: p, Marked: slices.Clone(h.marks), Search: h.list.wanted, All: h.all, Count: h.list.count}
	case key.Matches(k, b.Same):
		if p.Entry == "" {
			return screen.Say("It was sent for no saved request.")
		}
		h.field.SetValue("name:" + p.Entry)
		return h.find()
	case p.Passed:
		return screen.Say("It passed; there is nothing to diagnose.")
	}
	return screen.Diagnose{ID: p.ID}
}

// mark marks an exchange, or takes its mark away; a third takes the place of the first.
func (h *History) mark(p collections.Past) {
	if i := h.marked(p); i >= 0 {
		h.marks = slices.Delete(h.marks, i, i+1)
		return
	}
	if h.marks = append(h.marks, p); len(h.marks) > 2 {
		h.marks = h.marks[1:]
	}
}

// marked returns the place of p among the marks, -1 for none.
func (h *History) marked(p collections.Past) int {
	return slices.IndexFunc(h.marks, func(m collections.Past) bool { return m.ID == p.ID })
}

// contrast compares the two that are marked, the marked one with p, or p with the one before of the same request.
func (h *History) contrast(p collections.Past) tui.Intent {
	var a, b collections.Past
	switch {
	case len(h.marks) == 2:
		a, b = h.marks[0], h.marks[1]
	case len(h.marks) == 1 && h.marks[0].ID != p.ID:
		a, b = h.marks[0], p
	default:
		before := slices.IndexFunc(h.list.rows[h.list.at+1:], func(o collections.Past) bool {
			return o.Entry == p.Entry && o.Collection == p.Collection && (p.Entry != "" || o.URL == p.URL)
		})
		if before < 0 {
			return screen.Say("Mark another exchange with space first; = then compares the two.")
		}
		a, b = h.list.rows[h.list.at+1+before], p
	}
	h.look(true)
	return h.compare(a, b)
}

// Mouse implements tui.Mouser: a click chooses, the wheel scrolls what it is over.
func (h *History) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	m := msg.Mouse()
	if r := h.at.Reader; r.Contains(m.X, m.Y) {
		in := r.Inside()
		switch e := msg.(type) {
		case tea.MouseClickMsg:
			h.look(true)
			e.X, e.Y = e.X-in.X, e.Y-in.Y
			return h.opt.Reader.Mouse(e)
		case tea.MouseWheelMsg:
			return h.opt.Reader.Mouse(e)
		}
		return nil, nil
	}
	switch msg.(type) {
	case tea.MouseWheelMsg:
		return h.moved(widget.Notch(msg) * widget.WheelRows), nil
	case tea.MouseClickMsg:
		h.look(false)
		if row := m.Y - h.at.List.Y - 1 - listHead; row >= 0 && h.list.top+row < len(h.list.rows) {
			return h.moved(h.list.top + row - h.list.at), nil
		}
		if m.Y == h.at.List.Y+1 {
			h.field.Focus()
		}
	}
	return nil, nil
}
