// Package drift says in what a success is not as it should be: not as its own header announces it, not as
// earlier answers to the same request were, not as fast.
//
// It is pure and slow to accuse. What an API may do at any time is no drift: a new member, a list that is empty, a
// member that is null. What is said of such changes is a note; what no reader of the old answer could have
// survived, another type, another name, a page where data was, is an accusation. Package spec compares with a
// document; whether the answer says of itself that it failed is evidence.Passed.
package drift

import (
	"cmp"
	"slices"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// The weights of a departure.
const (
	note      = 0.0
	suspicion = 0.6 // it was always there and is gone: optional members exist
	proof     = 1.0
)

// Of returns how the response of x, a success, departs from its own header, from good, the answers of earlier
// passes, best first, and from past, their durations. The gravest come first; nil when there are none. An
// exchange that failed has none. It reads the bodies in full where they are kept whole, and does not change them.
func Of(x *request.Exchange, good []diagnose.Known, past []time.Duration) []diagnose.Departure {
	resp := x.Response()
	if resp == nil || x.Failure != nil || resp.Status/100 != 2 {
		return nil
	}
	out := own(x)
	if k := nearest(x, good); k != nil {
		out = append(out, against(x, *k, good)...)
	}
	out = append(out, slow(x, past)...)
	slices.SortStableFunc(out, func(a, b diagnose.Departure) int { return cmp.Compare(b.Weight, a.Weight) })
	return out
}

// nearest is the first earlier pass of the same request; without one, the first that can be compared with at all.
func nearest(x *request.Exchange, good []diagnose.Known) *diagnose.Known {
	var other *diagnose.Known
	for i := range good {
		switch k := &good[i]; {
		case !comparable(x, k.Exchange):
		case sameRequest(x.Request, k.Request):
			return k
		case other == nil:
			other = k
		}
	}
	return other
}

// comparable reports whether g is a success that x can be compared with.
func comparable(x, g *request.Exchange) bool {
	resp := g.Response()
	return resp != nil && g.Failure == nil && resp.Status/100 == 2 && cmp.Or(g.Request.Method, "GET") == cmp.Or(x.Request.Method, "GET") &&
		resp.Body.Size() > 0 && resp.Body.Cut == ""
}

// Accused returns the departures that accuse: every one but the notes.
func Accused(all []diagnose.Departure) []diagnose.Departure {
	return slices.DeleteFunc(slices.Clone(all), func(d diagnose.Departure) bool { return d.Weight == note })
}
