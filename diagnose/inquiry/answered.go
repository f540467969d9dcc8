package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/drift"
	"culprit/request"
)

// againstDocument is what a departure that package spec found is compared with.
const againstDocument = "the API's document"

// document names what a departure is compared with, by its file where that is known.
func (f *failure) document() string {
	if n, ok := f.Spec.(interface{ Name() string }); ok && n.Name() != "" {
		return againstDocument + ", " + n.Name()
	}
	return againstDocument
}

// departures says in what an answer that counts as a pass is not as it should be: by its own header, by the earlier
// passes of the request, by the document.
func (f *failure) departures(x *request.Exchange) []diagnose.Departure {
	out := drift.Of(x, f.passed(), f.Past)
	if f.Spec == nil || x.Status()/100 != 2 {
		return out
	}
	var documented []diagnose.Departure
	for _, e := range f.Spec.Response(x) {
		dep := diagnose.Departure{Place: strings.TrimPrefix(e.Source, "response "), Change: "undocumented", Against: f.document(), Cause: e.Cause, Text: e.Text}
		if e.Cause != "" && e.Ratio >= namedRatio {
			dep.Weight = 1
		}
		documented = append(documented, dep)
	}
	// Where the document says how it should be, what it used to be like is only a suspicion that was confirmed.
	out = slices.DeleteFunc(out, func(o diagnose.Departure) bool {
		return slices.ContainsFunc(documented, func(e diagnose.Departure) bool {
			return e.Place == o.Place && e.Cause == o.Cause && o.Weight <= e.Weight
		})
	})
	return slices.SortedStableFunc(slices.Values(slices.Concat(documented, out)), func(a, b diagnose.Departure) int {
		switch {
		case a.Weight > b.Weight:
			return -1
		case a.Weight < b.Weight:
			return 1
		}
		return 0
	})
}

// departs concludes when successes are not as they should be, every time: probes are their numbers. It reports
// whether it did. A note is told in the report and concludes nothing.
func (d *detective) departs(passes []*request.Exchange, probes []int) bool {
	var all []diagnose.Departure
	for i, x := range passes {
		now := d.departures(x)
		if i == 0 {
			all = now
			continue
		}
		all = slices.DeleteFunc(all, func(a diagnose.Departure) bool {
			return a.Weight > 0 && !slices.ContainsFunc(now, func(b diagnose.Departure) bool { return a.Place == b.Place && a.Change == b.Change })
		})
	}
	d.result.answer = all
	accused := drift.Accused(all)
	if len(accused) == 0 {
		return false
	}
	top := accused[0]
	text := top.Text
	var more []string
	for _, a := range accused[1:] {
		if a.Cause == top.Cause && len(more) < otherDepartures {
			more = append(more, a.Text)
		}
	}
	explanation := strings.Join(append([]string{text + " (against " + top.Against + ")"}, more...), "; ")
	standing, confidence := diagnose.Isolated, 0.95
	if top.Weight < 1 {
		standing, confidence = diagnose.Suspected, 0.6
	}
	n := max(1, len(passes))
	d.notes.finding(diagnose.Endpoints, text)
	d.conclude(diagnose.OutcomeExplained, sentence(top.Cause, "server", text), diagnose.Culprit{
		Element: "server", Cause: top.Cause, Standing: standing, Confidence: confidence, Explanation: explanation, Fix: remedy(top),
		Evidence: probes, With: diagnose.Tally{Seen: n, Tried: n},
	})
	return true
}

// remedy is what a person can do about a departure.
func remedy(top diagnose.Departure) string {
	if top.Cause != "response_schema_mismatch" {
		return top.Cause.Cause().Fix
	}
	fix := "report it to the provider, or adapt the reader of the answer: " + top.Place
	if top.Was != "" {
		fix += ", expected " + top.Was
	}
	if top.Is != "" {
		fix += ", got " + top.Is
	}
	return fix
}

// otherDepartures is how many more of the same cause are told in the explanation; all of them are in the report.
const otherDepartures = 4

// recordedDeparts concludes with a recorded success that is not as it should be, when the request cannot be sent again
// without changing data.
func (d *detective) recordedDeparts() bool {
	rec := d.Recorded
	return rec != nil && rec.Failure == nil && rec.Status()/100 == 2 && d.oracle.exchange == nil && d.departs([]*request.Exchange{rec}, nil)
}

// unlike is what departures of a success that is a failure, a page where data was, tell of its cause.
func (f *failure) unlike(x *request.Exchange) []diagnose.Evidence {
	var out []diagnose.Evidence
	for _, a := range drift.Of(x, f.passed(), nil) {
		if a.Weight >= 1 {
			out = append(out, diagnose.Evidence{Kind: "drift", Source: a.Place, Text: a.Text, Cause: a.Cause, Ratio: namedRatio})
		}
	}
	return out
}

// mediaBefore is the media type that this request was answered with when it passed, "" when that is not known or
// was no data: a page may well become another one.
func (f *failure) mediaBefore() string {
	for _, k := range f.passed() {
		r := k.Exchange.Response()
		if r == nil || k.Exchange.Failure != nil || r.Status/100 != 2 || r.Body.Size() == 0 {
			continue
		}
		if t := request.Get(r.Header, "Content-Type"); strings.Contains(t, "json") || strings.Contains(t, "xml") {
			return t
		}
		return ""
	}
	return ""
}

// passed are the earlier passes whose answers are known, newest first.
func (f *failure) passed() []diagnose.Known {
	if len(f.Earlier) > 0 {
		return f.Earlier
	}
	return f.Good
}
