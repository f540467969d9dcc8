package workbench

import (
	"time"

	"culprit/request"
	"culprit/tui"
)

// A large body is shown before it is there, and so is one that trickles, as a stream of events does: what there is of
// it comes as events, each time with more, and the viewer has it until the exchange is over.

// previewing reports whether the beginning of a body is what is seen.
func (r *reply) previewing() bool {
	return r.result != nil && r.result.running && r.result.head != nil && r.page == pageBody
}

// preview gives the beginning of the body to the viewer.
func (r *reply) preview() tui.Intent {
	head, first := r.result.head, r.headOf != r.result
	if !first && r.headShown == head {
		return nil
	}
	defer r.body.Coming()
	r.headShown = head
	if !first {
		return r.body.Grow(head.Head, head.Text)
	}
	r.headOf, r.shown, r.failed = r.result, nil, nil
	r.refresh()
	return r.body.SetContent(head.Head, head.Text)
}

// arrived says how much of the body has come, and how much there will be; 0 for not known.
func (r *result) arrived() (got, all int64) {
	for _, e := range r.events {
		switch e.Kind {
		case request.BodyProgress:
			got = e.Size
		case request.HeaderRead:
			got, all = 0, e.Size
		}
	}
	if r.head != nil {
		got = max(got, r.head.Size)
	}
	if got > all {
		all = 0
	}
	return got, all
}

// Arrived says how much of its body has come to the request at path, from 0 to 1; 0 also where that is not known.
func (w *Workbench) Arrived(path string) float64 {
	r := w.results[path]
	if r == nil || !r.running {
		return 0
	}
	got, all := r.arrived()
	return float64(got) / float64(max(all, 1))
}

// coming is the head of the pane meanwhile; it is as high as that of an answer that did not fail, so that
// nothing jumps.
func (r *reply) coming(now time.Time) []string {
	s := r.styles
	since := max(now.Sub(r.result.started), 0)
	status := ""
	for _, e := range r.result.events {
		if e.Kind == request.HeaderRead {
			status = e.Text
		}
	}
	got, all := r.result.arrived()
	much := size(got) + " so far"
	if all > 0 {
		much = size(got) + " of " + size(all)
	}
	first := " " + s.State.Busy.Render(s.Glyphs.Spin[int(since/tick)%len(s.Glyphs.Spin)]+" "+clean(status)) + "   " +
		s.Text.Muted.Render(request.Lapse(since)+"  "+much) + "   " + r.cancels()
	return []string{first, ""}
}
