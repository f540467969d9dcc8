package inquiry

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/isolate"
	"culprit/diagnose/repair"
	"culprit/request"
)

const (
	// singlesTried is how many strong suspicions are tried one by one (§2, stage 8b).
	singlesTried = 3
	// singlesLast is how many of the weaker ones are tried after everything in bulk.
	singlesLast = 5
	// worthTrying is the weight below which a repair is not tried on its own (§2, stage 8e).
	worthTrying = 1.5
	// believedTried is how many requests that should pass are compared with: when the most trusted fail, the others
	// are seldom better.
	believedTried = 5
	// required is the share of elements believed to be required, for the size of deletion groups (§14.2).
	required = 0.3
	// blindly is how many members of a body are left out one by one when nothing speaks against them: most are
	// required, and then no probe of this kind can pass.
	blindly = 5
	// fewParameters is how many parameters of a query are left out one by one: with one that is required among them, no
	// group passes.
	fewParameters = 4
)

// suspicious tries what the static checks find most suspicious, the likeliest alone (§2, stage 8b). Where several are
// alike and a pass changes nothing, they are tried at once: that all of them are innocent takes one probe to see. A
// server error that stays without all that may be left out has no suspects.
func (d *detective) suspicious() progress {
	if d.oracle.exchange.Status() >= 500 {
		if p := d.control(); p != nothing || d.failsBare() {
			return p
		}
	}
	suspects := d.suspects(strong)
	if weak := d.suspects(noticed); d.base.Safe() && d.share(weak) > worthFirst {
		suspects = weak
	}
	for i, e := range suspects[:min(singlesTried, len(suspects))] {
		if rest := repair.Together(suspects[i:]); d.base.Safe() && len(rest) > 2 && !outstanding(rest) {
			x, out, n := d.vary(rest, diagnose.Repair, fmt.Sprintf("%d things that look wrong, at once", len(rest)))
			switch out {
			case diagnose.Pass:
				d.board.narrow(rest)
				return d.bisect(rest, x, n)
			case diagnose.Same:
				d.board.clear(rest)
				return nothing
			}
		}
		if p := d.try([]diagnose.Edit{e}, diagnose.Repair, e.Why); p != nothing {
			return p
		}
	}
	return nothing
}

// Odds from which a check is listed (§11), and the share of all suspicion from which such checks go before the control in
// a read: it finds more, and leaves more to search.
const noticed, worthFirst = 10, 0.4

// suspects are the repairs of at least these odds that can mend the failure at hand.
func (d *detective) suspects(odds float64) (out []diagnose.Edit) {
	for _, e := range d.scene.repairs {
		if e.Weight >= odds && e.Source != "deletion" && !e.Widens && d.relevant(e.Element) {
			out = append(out, e)
		}
	}
	return out
}

// share is how much of the suspicion lies on the elements of edits, when every other one that somebody wrote has odds of 1.
func (d *detective) share(edits []diagnose.Edit) float64 {
	odds := map[diagnose.ElementID]float64{}
	for _, e := range d.scene.index.Elements {
		if !e.Default && d.relevant(e.ID) {
			odds[e.ID] = 1
		}
	}
	all, theirs := 0.0, 0.0
	for _, e := range edits {
		odds[e.Element] = max(odds[e.Element], e.Weight)
	}
	for _, o := range odds {
		all += o
	}
	for _, e := range repair.Together(edits) {
		theirs += odds[e.Element]
	}
	return theirs / max(all, 1)
}

// outstanding reports that the first of edits is likelier than all others together.
func outstanding(edits []diagnose.Edit) bool {
	others := 0.0
	for _, e := range edits[1:] {
		others += e.Weight
	}
	return edits[0].Weight > others
}

// relevant reports whether an element can be the cause of the failure at hand, as far as its status tells
// which layer refused it.
func (d *detective) relevant(id diagnose.ElementID) bool {
	kind, name, _ := strings.Cut(string(id), ":")
	header := func(names ...string) bool {
		return kind == "header" && slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
	}
	url := strings.HasPrefix(kind, "url") || kind == "method"
	switch d.oracle.exchange.Status() {
	case 0:
		return !d.unsent() || kind != "body" && kind != "form" && kind != "multipart" && kind != "cookie" && kind != "query" && kind != "auth" && !(kind == "header" && !header("Host", "Proxy-Authorization"))
	case 401, 407:
		return kind == "auth" || kind == "cookie" || kind == "header" && !header("Accept", "Content-Type") || kind == "query" || url
	case 403:
		return kind != "body" && kind != "form" && kind != "multipart" || d.scene.exchange.Request.Safe()
	case 404, 410:
		return url || kind == "query" || kind == "header"
	case 409: // the state that the request is about
		return kind != "cookie" && (kind != "header" || header("If-Match", "If-Unmodified-Since", "Idempotency-Key"))
	case 405, 501:
		return url
	case 406:
		return header("Accept", "Accept-Language", "Accept-Encoding", "Accept-Charset")
	case 415:
		return header("Content-Type", "Content-Encoding", "Accept") || id == "body"
	}
	return true
}

// baseline compares with requests that are known to work and bisects the differences (§2, stage 8c).
func (d *detective) baseline() progress {
	believed := d.believed()
	for _, good := range believed[:min(len(believed), believedTried)] {
		edits := element.Diff(d.base, good.Request)
		if len(edits) == 0 {
			d.failed(good, diagnose.Same)
			continue
		}
		refused, last := false, diagnose.Outcome("") // of the request with all differences gone
		for _, set := range [][]diagnose.Edit{d.asItems(edits, element.Of(good.Request)), edits} {
			if len(set) == 0 {
				continue
			}
			d.weigh(set)
			for i := range set {
				set[i].Why = "as in " + good.Label
			}
			whole := func() (seen, bool) {
				x, out, n := d.vary(set, diagnose.Baseline, fmt.Sprintf("does %s work now? %d differences", good.Label, len(set)))
				refused, last = out == diagnose.Refused, out
				return seen{x, n}, out == diagnose.Pass
			}
			refused = true
			if p := d.among(set, good.Worked(), whole); p != nothing || d.result.done() {
				return p
			}
		}
		if !refused {
			d.failed(good, last)
		}
	}
	return nothing
}

// odds is how suspicious an element is before the search.
func (d *detective) odds(id diagnose.ElementID) float64 {
	odds := 1.0
	if d.off.prior {
		return odds
	}
	for _, h := range d.scene.hits {
		if h.Element == id {
			odds = max(odds, h.Odds)
		}
	}
	for _, e := range d.scene.evidence {
		if e.Element == id {
			odds = max(odds, e.Ratio)
		}
	}
	return odds
}

// A seen is a pass: what came back, and as which probe.
type seen struct {
	exchange *request.Exchange
	n        int
}

var errStopped = errors.New("no more probes")

// bisect narrows edits, all of which together pass (seen as probe n), to the ones that are needed.
func (d *detective) bisect(edits []diagnose.Edit, x *request.Exchange, n int) progress {
	return d.among(edits, false, func() (seen, bool) { return seen{x, n}, true })
}

// unsure is how likely it must have become that the first parts of the differences do not pass, if all of them do, for all
// to be tried together. A request that is known to work mostly does: to ask that first costs a probe every time, and of
// a write one more that passes.
const unsure = 1. / 3

// among narrows edits to the ones that are needed. whole tells whether all of them together pass: where that is trusted,
// and a single answer is, it is asked only when the search cannot do without.
func (d *detective) among(edits []diagnose.Edit, trusted bool, whole func() (seen, bool)) progress {
	var at seen // the last pass
	fails, together := 0, false
	asked := func() bool {
		if !together {
			x, ok := whole()
			if !ok {
				return false
			}
			together = true
			if at.n == 0 {
				at = x
			}
			d.board.narrow(edits)
		}
		return true
	}
	trial := func(set []diagnose.Edit) (bool, error) {
		why := fmt.Sprintf("is the cause among these %d?", len(set))
		if len(set) == 1 {
			why = "is this the cause?"
		}
		x, out, n := d.vary(set, diagnose.Bisect, why)
		switch out {
		case diagnose.Pass:
			at = seen{x, n}
			d.board.narrow(set)
			return true, nil
		case diagnose.Refused:
			return false, errStopped
		case diagnose.Unresolved:
			return false, isolate.Unresolved
		}
		if fails++; at.n == 0 && len(set) != len(edits)-1 && math.Pow(1-d.passing(), float64(fails)) < unsure && !asked() {
			return false, errStopped
		}
		return false, nil
	}
	if trusted = trusted && !d.ladder.noise.seen() && !unstable(d.oracle.exchange) && len(edits) > 2; !trusted && !asked() {
		return nothing
	}
	if d.ladder.noise.seen() {
		return d.bisectNoisy(edits, trial, &at)
	}
	// The likeliest first, and not in the groups of §7.4: where what differs says how likely it is, that finds it with
	// fewer probes, and of a write with fewer that pass.
	likeliest := slices.SortedStableFunc(slices.Values(edits), func(a, b diagnose.Edit) int { return cmp.Compare(b.Weight, a.Weight) })
	pick, err := isolate.Skewed(len(likeliest), func(i int) float64 { return likeliest[i].Weight }, d.passing(), func(set []int) (bool, error) {
		return trial(pickEdits(likeliest, set))
	})
	found := pickEdits(likeliest, pick)
	switch {
	case at.n == 0:
		return nothing // nothing passed
	case err != nil:
		return d.unfinished(found, at.exchange, at.n)
	}
	if found, at = d.needed(found, at); d.ladder.stopped != "" && len(found) > 1 {
		return d.unfinished(found, at.exchange, at.n)
	}
	var others []diagnose.Edit
	if edits[0].Source == "baseline" {
		others = slices.DeleteFunc(slices.Clone(edits), func(e diagnose.Edit) bool {
			return slices.ContainsFunc(found, func(f diagnose.Edit) bool { return f.Element == e.Element })
		})
	}
	if p := d.descend(found); p != nothing {
		return p
	}
	d.prove(found, at.exchange, at.n, others)
	return solved
}

// seldom is the share of the trials of a search that pass where a pass changes data: with a cost of 1 + 10·P(pass) for each
// (§9.1), between a fifth and a third of them cost the least for what they tell.
const seldom = 0.25

// passing is the share of its trials that a search wants to pass.
func (d *detective) passing() float64 {
	if d.base.Safe() {
		return 0.5
	}
	return seldom
}

// needed takes away again, one by one, what a search found to be needed together: a failure that strayed in keeps an
// edit that nobody needs. It does so where asking twice hurts nobody.
func (d *detective) needed(found []diagnose.Edit, at seen) ([]diagnose.Edit, seen) {
	for i := 0; d.base.Safe() && len(found) > 1 && i < len(found); {
		less := slices.Delete(slices.Clone(found), i, i+1)
		x, out, n := d.settle(d.mended(less), probe{kind: diagnose.Bisect, step: diagnose.Isolation, edits: less, why: "is " + string(found[i].Element) + " needed, too?", again: true})
		switch out {
		case diagnose.Pass:
			found, at = less, seen{x, n}
		case diagnose.Refused:
			return found, at
		default:
			if out == diagnose.Other {
				d.alone(found[i], d.mended(less), x)
			}
			i++
		}
	}
	return found, at
}

// unfinished keeps what a search knows when it has to stop: a set of edits that passes, not yet the smallest.
func (d *detective) unfinished(edits []diagnose.Edit, x *request.Exchange, n int) progress {
	if len(edits) == 1 {
		d.prove(edits, x, n, nil)
		return solved
	}
	d.result.fix, d.result.fixed, d.result.verified = append(slices.Clone(d.peeled), edits...), x.Status(), true
	d.hint(fmt.Sprintf("the cause is among %s; more probes would tell which", list(edits)))
	return nothing
}

func pickEdits(edits []diagnose.Edit, set []int) []diagnose.Edit {
	out := make([]diagnose.Edit, len(set))
	for i, n := range set {
		out[i] = edits[n]
	}
	return out
}

// bundle tries all harmless repairs as one probe and bisects them when it passes (§2, stage 8d).
func (d *detective) bundle() progress {
	edits := d.harmless()
	if len(edits) < 2 {
		return nothing
	}
	x, out, n := d.vary(edits, diagnose.Repair, fmt.Sprintf("%d harmless repairs at once", len(edits)))
	if out == diagnose.Pass {
		d.board.narrow(edits)
		return d.bisect(edits, x, n)
	}
	if out == diagnose.Same {
		d.board.clear(edits)
	}
	return nothing
}

// singles tries the remaining repairs one by one, likeliest first (§2, stage 8e).
func (d *detective) singles() progress {
	tried := 0
	for _, e := range d.scene.repairs {
		if e.Weight < worthTrying || e.Source == "deletion" || e.Widens || !d.relevant(e.Element) || d.combined && data(e.Element) {
			continue
		}
		if tried++; tried > singlesLast {
			break
		}
		if p := d.try([]diagnose.Edit{e}, diagnose.Repair, e.Why); p != nothing {
			return p
		}
		if d.ladder.stopped != "" {
			break
		}
	}
	return nothing
}

// deletions leaves out what may be optional, one by one where most is required (a body), in small groups
// elsewhere; only a pass counts (§2, stage 8f).
func (d *detective) deletions() progress {
	if d.unchanged {
		return nothing
	}
	var single, grouped, query []diagnose.Edit
	for _, e := range d.scene.repairs {
		switch {
		case e.Source != "deletion" || !d.relevant(e.Element) || d.isDefault(e.Element) || d.combined && data(e.Element):
		case strings.HasPrefix(string(e.Element), "body:") || strings.HasPrefix(string(e.Element), "form:"):
			single = append(single, e)
		case strings.HasPrefix(string(e.Element), "query:"):
			query = append(query, e)
		default:
			grouped = append(grouped, e)
		}
	}
	size := max(1, int(math.Floor(-1/math.Log(1-required))))
	slices.Reverse(single) // what was added last stands last
	slices.SortStableFunc(single, func(a, b diagnose.Edit) int { return cmp.Compare(b.Weight, a.Weight) })
	single = single[:min(len(single), blindly)]
	if slices.Reverse(query); len(query) <= fewParameters {
		single = append(query, single...)
	} else {
		grouped = append(query, grouped...)
	}
	for group := range chunks(grouped, size, single) {
		x, out, n := d.vary(group, diagnose.Deletion, "does it work without "+list(group)+"?")
		switch {
		case out == diagnose.Pass && len(group) == 1:
			if p := d.descend(group); p != nothing {
				return p
			}
			d.prove(group, x, n, nil)
			return solved
		case out == diagnose.Pass:
			d.board.narrow(group)
			return d.bisect(group, x, n)
		case d.ladder.stopped != "":
			return nothing
		}
	}
	return nothing
}

// data reports an element of the body, a form or the query.
func data(id diagnose.ElementID) bool {
	kind, _, _ := strings.Cut(string(id), ":")
	return kind == "body" || kind == "form" || kind == "query"
}

// isDefault reports an element that nobody wrote: the client adds it to requests that work, too.
func (d *detective) isDefault(id diagnose.ElementID) bool {
	e, ok := d.scene.index.Get(id)
	return ok && e.Default
}

// chunks yields groups of size, then each of singles.
func chunks(groups []diagnose.Edit, size int, singles []diagnose.Edit) func(func([]diagnose.Edit) bool) {
	return func(yield func([]diagnose.Edit) bool) {
		for g := range slices.Chunk(groups, size) {
			if !yield(g) {
				return
			}
		}
		for g := range slices.Chunk(singles, 1) {
			if !yield(g) {
				return
			}
		}
	}
}

// moved tries the place that a redirect points at when it is this one in another spelling.
func (d *detective) moved() progress {
	e, ok := nearby(d.oracle.exchange)
	if !ok {
		return nothing
	}
	return d.try([]diagnose.Edit{e}, diagnose.Repair, e.Why)
}
