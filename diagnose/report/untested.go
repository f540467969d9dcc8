package report

import (
	"slices"
	"strings"

	"culprit/diagnose"
)

// unseen is what a ticket says that nobody looked at: what the diagnosis left out, and what it never looks at in such a run.
func unseen(r diagnose.Report) []string {
	out := slices.Clone(r.Untested)
	if f := r.Verdict.Repair; f != nil && !f.Verified {
		out = append(out, "the repaired request: it was not sent")
	}
	if r.Cost.Wrote > 0 {
		out = append(out, "what a success does at the server: only its answer was read")
	}
	var times []string
	varied := false
	for _, p := range r.Probes {
		if p.At != "" {
			times = append(times, p.At)
		}
		varied = varied || p.Question != nil && slices.ContainsFunc(p.Question.Edits, otherWay)
	}
	if len(times) > 0 && !varied {
		out = append(out, "other clients, other connections and other places: every probe went out in the same way, from here")
	}
	if len(times) > 0 {
		out = append(out, "other times than "+span(slices.Min(times), slices.Max(times))+" UTC")
	}
	if len(out) == 0 {
		return []string{"anything: nothing was sent"}
	}
	return out
}

// span is the time of day of one moment, or of the first and the last of several, in RFC 3339.
func span(first, last string) string {
	clock := func(at string) string {
		_, t, _ := strings.Cut(strings.TrimSuffix(at, "Z"), "T")
		return t
	}
	if first == last {
		return clock(first)
	}
	return "from " + clock(first) + " to " + clock(last)
}

// otherWay reports an edit of how a request goes out, and not of what is sent.
func otherWay(e diagnose.Edit) bool {
	switch e.Element {
	case "client", "place", "http_version", "ip_family", "proxy":
		return true
	}
	return false
}
