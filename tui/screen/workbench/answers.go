package workbench

import (
	"culprit/collections"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/layout"
)

// What comes of a sending, and where it is shown.

// Exchange returns the last exchange of the request that is open, or nil.
func (w *Workbench) Exchange() *request.Exchange { return w.reply.exchange() }

// Sending says that the request at path is on its way.
func (w *Workbench) Sending(path string) {
	old := w.results[path]
	r := &result{running: true, started: w.opt.Now()}
	if old != nil {
		r.exchange, r.before = old.exchange, old.before
	}
	w.results[path] = r
	w.list()
	w.answered(path)
}

// Progress adds an event to what is seen of the request at path. The intent is the work of the viewer on the
// beginning of a body.
func (w *Workbench) Progress(path string, e request.Event) tui.Intent {
	if r := w.results[path]; r != nil && r.running {
		if n := len(r.events); n > 0 && e.Kind == request.BodyProgress && r.events[n-1].Kind == request.BodyProgress {
			r.events = r.events[:n-1]
		}
		if e.Kind == request.BodyHead {
			if r.head == nil {
				w.turnTo(path)
			}
			r.head = &e
		} else {
			r.events = append(r.events, e)
		}
		w.answered(path)
		if path == w.Path() {
			return w.read()
		}
	}
	return nil
}

// An Outcome is what came of a sending.
type Outcome struct {
	Exchange *request.Exchange // nil when nothing was sent
	Checks   []collections.Checked
	Doubt    string // why a success is none after all, untrusted; "" for no doubt
	Said     string // what a failing answer says of its failure, untrusted; "" for nothing
	Note     string // why there is no exchange, in lines
}

// Finished gives the outcome of the request at path. The intent is what a large body needs to be read.
func (w *Workbench) Finished(path string, o Outcome) tui.Intent {
	x := o.Exchange
	r := &result{exchange: x, checks: o.Checks, doubt: o.Doubt, said: o.Said, note: o.Note}
	old := w.results[path]
	if old != nil {
		if r.before = old.exchange; r.before == nil || old.running && r.before == x {
			r.before = old.before
		}
		if old == w.reply.headOf {
			w.reply.headOf = r // the viewer has its beginning
		}
	}
	w.results[path] = r
	w.list()
	w.editor.reresolve() // it may have given a variable its value
	w.answered(path)
	w.turnTo(path)
	return w.read()
}

// turnTo moves from the request to its answer where only one of them is seen; beside the tree it is shown, and the focus
// stays.
func (w *Workbench) turnTo(path string) {
	switch {
	case path != w.Path():
	case w.at.Shape == layout.One, w.at.Shape == layout.Two && w.focus == layout.Request:
		w.Focus(layout.Response)
	case w.focus == layout.Tree:
		w.beside(layout.Response)
	}
}

// Compare shows what differs between the exchange that is open and an earlier one, called name.
func (w *Workbench) Compare(before *request.Exchange, name string) tui.Intent {
	if w.reply.exchange() == nil || w.reply.result.running {
		return nil
	}
	w.reply.result.before, w.reply.result.other = before, name
	w.Focus(layout.Response)
	w.cache[layout.Response] = ""
	return w.grant(w.reply.show(pageDiff))
}

// read gives the body of the request that is open to the viewer, when it has another one.
func (w *Workbench) read() tui.Intent {
	if w.reply.previewing() {
		return w.grant(w.reply.preview())
	}
	x := w.reply.exchange()
	if x == nil || x == w.reply.shown || w.reply.result.running {
		return nil
	}
	work := w.reply.fill(x)
	if w.reply.page == pageDiff {
		more := w.reply.compare()
		w.reply.refresh()
		return Several{w.grant(work), w.grant(more)}
	}
	return w.grant(work)
}

// Busy says what is being done with the body that is seen, and how far it is, from 0 to 1; "" for nothing.
func (w *Workbench) Busy() (what string, part float64) { return w.reply.body.Busy() }

func (w *Workbench) answered(path string) {
	if path == w.Path() {
		w.reply.set(w.results[path])
		w.cache[layout.Response] = ""
	}
}

// Tick draws what runs anew.
func (w *Workbench) Tick() {
	if w.reply.result != nil && w.reply.result.running {
		w.cache[layout.Response] = ""
	}
}
