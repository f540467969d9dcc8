package viewer

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"culprit/tui"
)

// slice is how much a task does between two looks at its context: some milliseconds of work.
const slice = 4 << 20

// indexed brings a piece of an index.
type indexed struct {
	gen  int
	mode mode
	delta
	over bool // the task is over, by its end or because it was cancelled
}

// readAll returns the task that reads the rest of a document, until it is gone.
func readAll(s scanner, gen int, m mode, gone chan struct{}) func(context.Context, func(tea.Msg)) tea.Msg {
	return func(ctx context.Context, emit func(tea.Msg)) tea.Msg {
		budget := slice / 8 // the first pieces are small: the reader is just below the first screen
		for ctx.Err() == nil {
			d := s.scan(budget)
			if d.done {
				return indexed{gen, m, d, true}
			}
			select {
			case <-gone:
				return indexed{gen: gen, mode: m, over: true}
			default:
			}
			emit(indexed{gen, m, d, false})
			budget = slice
		}
		return indexed{gen: gen, mode: m, over: true}
	}
}

// indexed takes a piece of an index.
func (v *Viewer) indexed(d indexed) tui.Intent {
	if d.gen != v.gen {
		return nil
	}
	x := &v.index[d.mode]
	if d.lines > 0 || d.done {
		x.add(d.delta)
	}
	if d.over {
		v.reading[d.mode] = false
		if !d.done {
			v.notice = "reading was stopped: the rest is not shown"
		}
	}
	var work tui.Intent
	if d.mode == pretty && d.done && x.mistake != nil {
		work = v.mistaken(nil)
	}
	if waited := v.settle(d.over && work == nil); work == nil {
		work = waited
	}
	v.arrive()
	if work == nil && d.over {
		work = v.searchOn()
	}
	return work
}

// arrive moves to the place that waited for the index.
func (v *Viewer) arrive() {
	if v.stay != nil {
		return
	}
	if v.follow {
		v.cursor = v.last()
	}
	if v.search.goal >= 0 {
		if goal := v.search.goal; v.moveTo(goal) {
			v.search.goal = -1
		}
	}
}
