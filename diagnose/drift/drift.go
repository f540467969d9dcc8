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
// passes, newest first, and from past, their durations. The gravest come first; nil when there are none. An
// exchange that failed has none. It reads the bodies in full where they are kept whole, and does not change them.
func Of(x *request.Exchange, good []diagnose.Known, past []time.Duration) []diagnose.Departure {
	resp := x.Response()
	if resp == nil || x.Failure != nil || resp.Status/100 != 2 {
		return nil
	}
	out := slices.Concat(own(x), since(x, good), slow(x, past))
	slices.SortStableFunc(out, func(a, b diagnose.Departure) int { return cmp.Compare(b.Weight, a.Weight) })
	return out
}

// From returns how the body of x, a success, departs from that of k alone, notes too, and whether the two could be compared.
func From(x *request.Exchange, k diagnose.Known) (all []diagnose.Departure, compared bool) {
	if resp := x.Response(); resp == nil || x.Failure != nil || resp.Status/100 != 2 || !comparable(x, k.Exchange) {
		return nil, false
	}
	return against(x, k, nil)
}

// settled is how many of the latest passes may be as x is, and the one before them not, for that to be a change
// still worth an accusation: who sees a wrong answer sends it once or twice more before he asks. What was there
// longer is how it is now.
const settled = 2

// since compares x with the earlier passes, newest first, until one shows a change. What differs between that one
// and still older ones comes and goes, and is no change.
func since(x *request.Exchange, good []diagnose.Known) []diagnose.Departure {
	list := earlier(x, good)
	var first []diagnose.Departure
	for i := range list[:min(len(list), settled+1)] {
		found, _ := against(x, list[i], list[i+1:])
		if len(Accused(found)) > 0 {
			return found
		}
		if i == 0 {
			first = found
		}
	}
	return first
}

// earlier are the passes of the same request; without one, the first that x can be compared with at all.
func earlier(x *request.Exchange, good []diagnose.Known) []diagnose.Known {
	var same, other []diagnose.Known
	for _, k := range good {
		switch {
		case !comparable(x, k.Exchange):
		case sameRequest(x.Request, k.Request):
			same = append(same, k)
		case other == nil:
			other = []diagnose.Known{k}
		}
	}
	if same != nil {
		return same
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
