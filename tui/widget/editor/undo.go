package editor

import "culprit/tui"

const (
	// maxSteps is how many steps can be undone.
	maxSteps = 1000
	// maxStepBytes bounds what the steps hold together.
	maxStepBytes = 64 << 20
)

// A step is one edit: the text old at from was replaced by what ends at to.
type step struct {
	from, to pos // what is there now
	old      []line
	before   pos // the cursor before the edit
}

// A history holds the steps back and forth.
type history struct {
	back, forth []step
	bytes       int
	open        bool // the last step is a run of typing that goes on
}

// apart ends the run of typing.
func (h *history) apart() { h.open = false }

// edit puts with in place of the text between from and to and remembers how to go back.
func (e *Editor) edit(from, to pos, with []line) {
	h := &e.past
	old := e.text.slice(from, to)
	before := e.cursor
	end := e.text.replace(from, to, with)
	typed := from == to && len(with) == 1
	if n := len(h.back); h.open && typed && n > 0 && h.back[n-1].to == from {
		h.back[n-1].to = end
	} else {
		h.back = append(h.back, step{from, end, old, before})
		h.bytes += sizeOf(old)
	}
	for len(h.back) > maxSteps || len(h.back) > 1 && h.bytes > maxStepBytes {
		h.bytes -= sizeOf(h.back[0].old)
		h.back = h.back[1:]
	}
	h.forth, h.open = nil, typed
	e.cursor, e.marked, e.pinned, e.goal = end, false, false, -1
	e.changed()
}

// undo goes one step back.
func (e *Editor) undo() tui.Intent { return e.travel(&e.past.back, &e.past.forth) }

// redo goes one step forth.
func (e *Editor) redo() tui.Intent { return e.travel(&e.past.forth, &e.past.back) }

func (e *Editor) travel(from, to *[]step) tui.Intent {
	e.past.apart()
	n := len(*from) - 1
	if n < 0 {
		return nil
	}
	s := (*from)[n]
	*from = (*from)[:n]
	gone := e.text.slice(s.from, s.to)
	end := e.text.replace(s.from, s.to, s.old)
	*to = append(*to, step{s.from, end, gone, e.cursor})
	e.past.bytes = 0
	for _, b := range e.past.back {
		e.past.bytes += sizeOf(b.old)
	}
	e.cursor, e.marked, e.goal = s.before, false, -1
	e.changed()
	return Changed{}
}
