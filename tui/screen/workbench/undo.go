package workbench

import "culprit/collections"

// past are the steps of one request that can be taken back. What is typed in one cell is one step.
type past struct {
	undo, redo []collections.Saved
	open       bool // what is typed now belongs to the last step
}

// maxSteps bounds the steps of one request; a body of 16 MiB shares its text between steps.
const maxSteps = 100

// remember keeps was as a step, unless it belongs to the one before.
func (p *past) remember(was collections.Saved, typing bool) {
	if !p.open {
		p.undo = append(p.undo, was)
		p.undo = p.undo[max(len(p.undo)-maxSteps, 0):]
	}
	p.redo, p.open = nil, typing
}

// step goes one step along from, and keeps now in to.
func step(from, to *[]collections.Saved, now collections.Saved) (collections.Saved, bool) {
	n := len(*from) - 1
	if n < 0 {
		return now, false
	}
	was := (*from)[n]
	*from, *to = (*from)[:n], append(*to, now)
	return was, true
}

// history returns the steps of the request that is open.
func (e *composer) history() *past {
	p := e.past[e.entry.Path]
	if p == nil {
		p = &past{}
		e.past[e.entry.Path] = p
	}
	return p
}

// travel takes the last step back, or goes forward again; it reports whether there was one.
func (e *composer) travel(back bool) (changed bool) {
	p := e.history()
	from, to := &p.undo, &p.redo
	if !back {
		from, to = to, from
	}
	was, ok := step(from, to, e.saved)
	if !ok {
		e.wish = Say(map[bool]string{true: "Nothing to undo here.", false: "Nothing to redo here."}[back])
		return false
	}
	p.open = false
	e.saved = was
	e.refresh()
	return true
}
