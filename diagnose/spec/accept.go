package spec

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// accept checks that something documented satisfies Accept (H8). One that culprit sent by itself takes all.
func (i *inspection) accept() {
	e, ok := i.x.Get("header:Accept")
	if !ok || e.Default {
		return
	}
	offered := i.op.offered()
	if len(offered) == 0 || slices.ContainsFunc(offered, func(t string) bool { return takes(e.Text, t) }) {
		return
	}
	var edits []diagnose.Edit
	for k, t := range offered[:min(len(offered), 2)] {
		edits = append(edits, edit("header:Accept", diagnose.Set, t, repair/float64(k+1), "a documented type"))
	}
	i.add(diagnose.Evidence{Cause: "not_acceptable", Element: "header:Accept", Allowed: offered, Ratio: likely,
		Text: "the document offers " + strings.Join(offered, ", ") + ", and Accept takes none of them"}, edits...)
}

// offered are the media types of the documented successes, JSON first.
func (m match) offered() []string {
	var out []string
	if m.op.Responses == nil {
		return nil
	}
	for status, r := range m.op.Responses.Map() {
		if r == nil || r.Value == nil || !strings.HasPrefix(status, "2") && status != "default" {
			continue
		}
		for t := range r.Value.Content {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		if request.IsJSON(a) != request.IsJSON(b) {
			if request.IsJSON(a) {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	return out
}

// takes reports whether an Accept header takes a type (RFC 9110 §12.5.1); a weight of 0 refuses.
func takes(accept, t string) bool {
	t = request.Essence(t)
	class, _, _ := strings.Cut(t, "/")
	for r := range strings.SplitSeq(accept, ",") {
		_, params, _ := strings.Cut(r, ";")
		if q := strings.ReplaceAll(params, " ", ""); q == "q=0" || q == "q=0.0" {
			continue
		}
		switch request.Essence(r) {
		case t, class + "/*", "*/*", "*":
			return true
		}
		if strings.Contains(t, "*") {
			return true
		}
	}
	return strings.TrimSpace(accept) == ""
}

// headersKept are headers of the original that a generated request has too: they say who asks, not what.
var headersKept = []string{"Authorization", "User-Agent", "Accept-Encoding", "Cookie", "Host", "Idempotency-Key", "Accept"}

// kept returns the headers that a generated request takes over.
func (i *inspection) kept() []request.Field {
	keys := i.spec.keys("header")
	var out []request.Field
	for _, h := range i.x.Request.Header {
		is := func(name string) bool { return strings.EqualFold(name, h.Name) }
		switch {
		case is("Accept") && !h.Default && !slices.ContainsFunc(i.op.offered(), func(t string) bool { return takes(h.Value, t) }):
		case h.Default && !is("Content-Type") || slices.ContainsFunc(headersKept, is) || slices.ContainsFunc(keys, is):
			out = append(out, h)
		}
	}
	return out
}
