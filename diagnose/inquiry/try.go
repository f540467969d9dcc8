package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/ladder"
	"culprit/request"
)

// try sends the failing request with edits. A pass leads to the proof; another failure that no longer
// concerns what was edited peels a layer.
func (d *detective) try(edits []diagnose.Edit, kind diagnose.Kind, why string) progress {
	x, out, n := d.vary(edits, kind, why)
	if out == diagnose.Pass && (d.astray(edits) || d.pageInstead(edits, x)) {
		return nothing
	}
	switch out {
	case diagnose.Pass:
		d.board.narrow(edits)
		if d.isItem(edits) || d.packed(edits) || len(edits) == 1 && edits[0].Op == diagnose.Rename {
			if p := d.descend(edits); p != nothing {
				return p
			}
		}
		d.prove(edits, x, n, nil)
		return solved
	case diagnose.Other:
		if p := d.refine(x, edits); p != nothing {
			return p
		}
		if p := d.anew(x, edits); p != nothing {
			return p
		}
		if d.behind(x, edits) {
			d.peel(edits, x, n)
			return deeper
		}
		if mended := d.partly(x, edits); len(mended) > 0 {
			return d.onlyThese(mended)
		}
		d.board.clear(edits)
	case diagnose.Same:
		if p := d.refine(x, edits); p != nothing {
			return p
		}
		d.deny(x, edits)
		d.board.clear(edits)
	}
	return nothing
}

// mend tries one repair.
func (d *detective) mend(e diagnose.Edit) progress {
	return d.try([]diagnose.Edit{e}, diagnose.Repair, e.Why)
}

// mendOne tries repairs one by one, as many as there are tries, until one brings something.
func (d *detective) mendOne(repairs []diagnose.Edit, tries int) progress {
	for _, e := range repairs[:max(0, min(tries, len(repairs)))] {
		if p := d.mend(e); p != nothing {
			return p
		}
	}
	return nothing
}

// partly returns the edits whose elements the answer named before and no longer names, when it still names
// some of the others.
func (f *failure) partly(x *request.Exchange, edits []diagnose.Edit) []diagnose.Edit {
	r, err := element.Apply(f.base, edits)
	if err != nil || len(edits) < 2 {
		return nil
	}
	still := f.read(scene{index: element.Of(r), exchange: x})
	mended := slices.DeleteFunc(slices.Clone(edits), func(e diagnose.Edit) bool { return namedIn(still, e.Element) })
	if len(mended) == len(edits) || !slices.ContainsFunc(mended, func(e diagnose.Edit) bool { return namedIn(f.scene.evidence, e.Element) }) {
		return nil // what was never named is not mended
	}
	return mended
}

// namedIn reports that an answer names id.
func namedIn(said []diagnose.Evidence, id diagnose.ElementID) bool {
	return slices.ContainsFunc(said, func(e diagnose.Evidence) bool { return e.Element == id && e.Ratio >= namedRatio })
}

// onlyThese goes on from the request with the edits that helped.
func (d *detective) onlyThese(edits []diagnose.Edit) progress {
	x, out, n := d.vary(edits, diagnose.Repair, "what of this helped: "+list(edits))
	switch {
	case out == diagnose.Pass:
		d.prove(edits, x, n, nil)
		return solved
	case out == diagnose.Other:
		d.peel(edits, x, n)
		return deeper
	}
	return nothing
}

// vary sends the failing request with edits, and again after a pause when the answer says nothing.
func (a *asker) vary(edits []diagnose.Edit, kind diagnose.Kind, why string) (*request.Exchange, diagnose.Outcome, int) {
	r, err := element.Apply(a.base, edits)
	if err != nil {
		return nil, diagnose.Refused, 0
	}
	p := ladder.Probe{Kind: kind, Step: diagnose.Isolation, Edits: append(slices.Clone(a.peeled), edits...), Why: why, Pass: "this change is the fix, or part of it", Again: a.ladder.Noise.Seen()}
	return a.settle(r, p)
}

// behind reports whether x is a failure that stood behind the one that edits mended: what they touch is no
// longer named, and the answer is of a later stage or names something new.
func (f *failure) behind(x *request.Exchange, edits []diagnose.Edit) bool {
	r, err := element.Apply(f.base, edits)
	if err != nil || x.Response() == nil {
		return false
	}
	after := scene{index: element.Of(r), exchange: x}
	after.evidence = f.read(after)
	touched := map[diagnose.ElementID]bool{}
	for _, e := range edits {
		touched[e.Element] = true
	}
	if f.strayed(x, edits) || f.missedAgain(x, edits) || f.negotiatesInstead(x, edits) || f.onlyEchoes(x, edits) {
		return false
	}
	fresh, spoiled := false, false
	for _, e := range after.evidence {
		if e.Ratio < namedRatio || e.Element == "" {
			continue
		}
		if touched[e.Element] {
			return false
		}
		if caused(e, edits) {
			spoiled = spoiled || within(edits, e.Element)
			continue
		}
		if !slices.ContainsFunc(f.scene.evidence, func(o diagnose.Evidence) bool { return o.Element == e.Element && o.Ratio >= namedRatio }) {
			fresh = true
		}
	}
	if f.conditionHolds(x, edits) || f.nothingMissed(x, edits) {
		return true
	}
	if !fresh && slices.ContainsFunc(edits, func(e diagnose.Edit) bool {
		return e.Op == diagnose.Remove && !f.ownType(e) || e.Op == diagnose.Rename && e.Source != "server"
	}) && !f.anotherComplaint(x, after.evidence) {
		return false // what is left out, or away under another name, cannot be complained about; that is no progress
	}
	if spoiled && !fresh {
		return false // another item of the same list, say: what was put in does not go with the rest
	}
	if !fresh && f.oracle.exchange.Status() == 500 {
		return false // what is refused may never have come to what throws
	}
	was := len(f.accused()) > 0
	if was && x.Status()/100 == 4 && beforeReading[f.accused()[0].Cause] && x.Status() != f.oracle.exchange.Status() {
		return true
	}
	return fresh || was && stage(x.Status()) >= stage(f.oracle.exchange.Status()) || stage(x.Status()) > stage(f.oracle.exchange.Status())
}

// negotiatesInstead reports that without some of its data the request is refused for the form of its answer or body, which the
// server had accepted before it read that data: something else answers now, a page to fill in for one.
func (f *failure) negotiatesInstead(x *request.Exchange, edits []diagnose.Edit) bool {
	if st := x.Status(); st != 406 && st != 415 || stage(f.oracle.exchange.Status()) <= stage(st) {
		return false
	}
	return slices.ContainsFunc(edits, func(e diagnose.Edit) bool { return e.Op == diagnose.Remove && data(e.Element) })
}

// beforeReading are causes that a server sees before it reads what it is asked: every other refusal stands behind them.
var beforeReading = map[diagnose.CauseID]bool{"request_header_too_large": true, "uri_too_long": true}

// anotherComplaint reports that x says in words of its own what is wrong, other ones than before, and not that something is
// missing: without what was left out it came further.
func (f *failure) anotherComplaint(x *request.Exchange, said []diagnose.Evidence) bool {
	before, after := f.oracle.sig.Template, evidence.Sign(x, f.scene.index.Elements).Template
	return x.Status() == f.oracle.exchange.Status() && x.Status()/100 == 4 && len(f.accused()) > 0 && strings.Contains(string(f.accused()[0].Element), ":") && after != "" && after != before &&
		!lacking.MatchString(after) && !slices.ContainsFunc(said, func(e diagnose.Evidence) bool { return e.Missing || data(e.Element) })
}

// stage orders statuses by how far a request usually got (routing, credentials, negotiation, parsing,
// schema, state); a server error is no progress.
func stage(status int) int {
	switch status {
	case 404, 405, 301, 302, 307, 308, 421:
		return 1
	case 401, 407:
		return 2
	case 403:
		return 3
	case 406, 415, 411, 413, 414, 431:
		return 4
	case 400:
		return 5
	case 422:
		return 6
	case 409, 412, 428, 402:
		return 7
	}
	return 0
}

func (a *asker) peel(edits []diagnose.Edit, x *request.Exchange, n int) {
	r, err := element.Apply(a.base, edits)
	if err != nil {
		return
	}
	a.remember(slices.DeleteFunc(slices.Clone(edits), func(e diagnose.Edit) bool { _, known := a.then[e.Element]; return known }), a.scene)
	a.base, a.peeled = r, append(a.peeled, edits...)
	a.oracle.set(x, r, n)
	a.notes.finding(diagnose.Isolation, "one fault is mended, another one stands behind it: "+outcomeText(x))
}

// list names the elements of edits.
func list(edits []diagnose.Edit) string {
	names := make([]string, len(edits))
	for i, e := range edits {
		names[i] = string(e.Element)
	}
	return strings.Join(names, ", ")
}
