package shell

import (
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/request"
)

// outline is as much of a saved request as says whether it may change data, with what the folders above it add. No
// variable in it has its value yet.
func outline(e *collections.Entry, saved collections.Saved) request.Request {
	on := func(rows []collections.Row) (out []request.Field) {
		for _, r := range rows {
			if !r.Off {
				out = append(out, request.Field{Name: r.Name, Value: r.Value})
			}
		}
		return out
	}
	r := request.Request{Method: saved.Method, URL: saved.URL, Header: on(saved.Headers)}
	for up := e.Parent; up != nil; up = up.Parent {
		for _, f := range on(up.Saved.Headers) {
			if !request.Has(r.Header, f.Name) {
				r.Header = append(r.Header, f)
			}
		}
	}
	switch b := saved.Body; {
	case len(b.Rows) > 0:
		r.Body = request.Body{Kind: request.FormBody, Fields: on(b.Rows)}
	case len(b.Parts) > 0:
		r.Body.Kind = request.MultipartBody
		for _, p := range b.Parts {
			if !p.Off {
				r.Body.Parts = append(r.Body.Parts, request.Part{Name: p.Name, Value: p.Value})
			}
		}
	case b.Text != "":
		r.Body = request.Body{Kind: request.RawBody, Text: b.Text}
	}
	return r
}

// guard asks before a request that may change data goes to production, or to what may be that.
func guard(s *Shell, e *collections.Entry, saved collections.Saved, then func() tea.Cmd) *dialog {
	url := s.opt.Core.Resolve(e, saved, s.env, s.bench.Revealed()).URL
	env := s.environment()
	title := "Send it?"
	if env.Production {
		title = "Send to production?"
	}
	what := "This request may change data. "
	if by := outline(e, saved).Removes(); by != "" {
		what = "This request deletes data: " + clean(by) + " asks for it. "
	}
	d := s.dialog(title,
		s.asked(saved.Method, url), "",
		what+s.guarded(env.Name, env.Production))
	d.answers = []answer{say("y", "send it", func() tea.Cmd { return s.sendNow(e, saved, then) })}
	return d
}
