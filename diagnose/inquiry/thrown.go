package inquiry

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/evidence"
	"culprit/diagnose/ladder"
	"culprit/diagnose/repair"
)

// What a server does with what its author did not expect is no refusal: it throws, and the answer is a 500 that names
// nothing. Where the bare request fails like the whole one, what was left out may be missed, and what cannot be left out,
// a name in the path, may be at fault. This file tries both, and says what is known when none of it helps.

// namesAdded is how many names that such requests usually have are added at once: likeliest first.
const namesAdded = 24

// thrown tries what makes servers throw: a body of another shape; on a request that only reads and fails without its
// optional parts, too, values of the query that look wrong, another resource in the path, names in the query that are missing.
func (d *detective) thrown() progress {
	switch {
	case d.oracle.exchange.Status() != 500 || len(d.accused()) > 0:
		return nothing
	case !d.base.Safe():
		return d.anotherBody()
	case !d.failsBare():
		return nothing
	}
	x, opt := d.scene.index, repair.Options{Now: d.Now}
	values := slices.DeleteFunc(repair.Together(d.suspects(noticed), repair.Fine(x, opt), d.likely(), repair.Usual(x, opt)), func(e diagnose.Edit) bool { return !data(e.Element) })
	for _, stage := range []func() progress{
		func() progress { return d.inBulk(round{values, "usual values in the query"}) },
		d.anotherResource,
		func() progress { return d.inBulk(round{d.lackedByQuery(), "with what such requests usually have"}) },
	} {
		if p := stage(); p != nothing || d.ladder.Stopped != "" {
			return p
		}
	}
	return nothing
}

// anotherResource tries another name in the place of the last one of the path, where that may be one of many: what the
// collection above lists, or else the first number there is.
func (d *detective) anotherResource() progress {
	at, now := d.last()
	if at < 1 {
		return nothing
	}
	n := d.above()
	if len(n.ids) == 0 && (n.passes || strings.ContainsAny(now, "0123456789")) {
		n.ids = []string{"1"}
	}
	return d.sibling(n.ids)
}

// anotherBody tries the body as a whole in another form: one where there is none, the object in a list of one.
func (d *detective) anotherBody() progress {
	bodies := slices.DeleteFunc(slices.Clone(d.scene.repairs), func(e diagnose.Edit) bool {
		return e.Element != "body" || e.Source == "deletion" || e.Weight < worthTrying
	})
	return d.mendOne(bodies, len(bodies))
}

// lackedByQuery are the names that the query of such a request usually has and this one has not, each with a usual value.
func (f *failure) lackedByQuery() []diagnose.Edit {
	lacked := slices.DeleteFunc(repair.Places(f.scene.index, nil, repair.Options{Now: f.Now}), func(p repair.Place) bool {
		_, sent := f.scene.index.Get(p.Element)
		return sent || !p.Element.Is("query") || len(p.Changes) == 0
	})
	slices.SortStableFunc(lacked, func(a, b repair.Place) int { return cmp.Compare(b.Fault, a.Fault) })
	var edits []diagnose.Edit
	for _, p := range lacked[:min(namesAdded, len(lacked))] {
		edits = append(edits, p.Changes[0].Edit)
	}
	return edits
}

// keepsFailing concludes on a server error that nothing mended. The answer names nobody: that it is the server's own fault
// whatever it gets is seen only where a request that has nothing to do with this one fails in the same way.
func (d *detective) keepsFailing() {
	status := d.oracle.exchange.Status()
	tried := d.variations()
	text := fmt.Sprintf("it answered %d to each of %d variations", status, tried)
	switch tried {
	case 0:
		text = fmt.Sprintf("it answered %d, and nothing was varied", status)
	case 1:
		text = fmt.Sprintf("it answered %d to the one variation that was tried", status)
	}
	standing, sure := diagnose.Suspected, 0.6
	if !d.ladder.Skipped[diagnose.Endpoints] {
		switch able, how := d.ableElsewhere(); able {
		case diagnose.Same:
			text, standing, sure = text+", and so it did to "+how, diagnose.Named, 0.9
		case diagnose.Pass, diagnose.Other:
			text += "; it is up, for it does not fail so on " + how
		}
	}
	if standing == diagnose.Suspected {
		text += "; that it fails on something that was not varied is not excluded"
		d.hintBy("--good, --good-curl", "give a request of this operation that works: the differences are bisected")
	}
	if id := evidence.RequestID(d.oracle.exchange); id != "" {
		d.hint("ask the provider for their log of request id " + id)
	}
	d.explain("server_error", "server", text, certainty)
	if c := &d.result.culprits[0]; c.Cause == "server_error" { // and nothing that the answer says better
		c.Standing, c.Confidence = standing, sure
	}
}

// ableElsewhere asks whether the server fails on what has nothing to do with this request: another one of the collection,
// or a path that cannot exist. how names it; the outcome is Refused where neither was sent.
func (a *asker) ableElsewhere() (out diagnose.Outcome, how string) {
	if works, known := a.another(); known {
		if works {
			return diagnose.Pass, "another request of this API"
		}
		return diagnose.Same, "another request of this API"
	}
	out, n := a.nonsensePath()
	if n > 0 && out == diagnose.Same {
		a.oracle.fails = append(a.oracle.fails, n)
	}
	return out, "a path that cannot exist"
}

// variations counts the requests that were sent with something changed and failed as before.
func (a *asker) variations() int {
	seen := map[string]bool{}
	for _, r := range a.ladder.Records {
		if r.Outcome == diagnose.Same && r.Question != nil && r.Question.Request != nil && len(r.Question.Edits) > 0 && r.Kind != diagnose.Confirm {
			seen[ladder.Fingerprint(*r.Question.Request)] = true
		}
	}
	return len(seen)
}
