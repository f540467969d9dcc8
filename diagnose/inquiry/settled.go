package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// guess leaves out a stage that varies the request blindly when what failed is known well enough: what is left for it
// to find is less likely than one in twenty (§2).
func (a *asker) guess(stage func() progress) func() progress {
	return func() progress {
		if a.settled() {
			return nothing
		}
		return stage()
	}
}

// settled reports that the failure is explained by what no variation of the request mends: the answer gives a cause
// that lies in none of its elements; a check is sure of something that only a person can put right, an expired token, a
// variable without a value; a server error stays when all that may be left out is; what the server missed was put in with a
// value of our own, and that is hardly the right one; no repair passes of what it names in words; something speaks for a fault elsewhere and the likeliest changes of
// the data did not pass.
func (a *asker) settled() bool {
	said := slices.ContainsFunc(a.scene.evidence, func(e diagnose.Evidence) bool {
		return e.Element == "server" && e.Ratio >= namingAlready && (beyond[e.Cause.Cause().Layer] || e.Cause == "business_rule_violation")
	})
	lost := slices.ContainsFunc(a.scene.hits, func(h diagnose.Hit) bool {
		return h.Odds >= sure && len(h.Edits) == 0 && a.relevant(h.Element) && a.decides(h)
	})
	return said || lost || a.failsBare() || a.madeUp() || a.pointed() || a.combined && a.elsewhereShare("") > 0
}

// pointed reports that a refusal names an element in words, and that no repair of it passed. What an error in a success
// names may be a part of the answer.
func (f *failure) pointed() bool {
	a := f.accused()
	return f.scene.tried && f.oracle.exchange.Status()/100 == 4 && len(a) > 0 && a[0].Element != "server" && f.inWords([]diagnose.Edit{{Element: a[0].Element}})
}

// madeUp reports that the failure at hand stands behind data that the server named and speaks of nothing, and that what was
// done about it is our own guess: a value that only the name suggests, for one that was missing; nothing, for one that was
// refused without a word about what is taken instead. To vary the rest would be to look for what the guess has broken. A
// value in the place of another may only be shown in the answer as that one was.
func (f *failure) madeUp() bool {
	if len(f.peeled) == 0 || len(f.accused()) > 0 {
		return false
	}
	last := f.peeled[len(f.peeled)-1]
	before := f.then[last.Element]
	if !data(last.Element) || before.exchange.Status() != f.oracle.exchange.Status() {
		return false
	}
	told := func(e diagnose.Evidence) bool { return e.Element == last.Element && len(e.Allowed) > 0 }
	if last.Op == diagnose.Add {
		return last.Source == "server" && !slices.ContainsFunc(before.evidence, told)
	}
	return last.Op == diagnose.Remove && slices.ContainsFunc(before.evidence, func(e diagnose.Evidence) bool {
		return e.Element == last.Element && e.Ratio >= namedRatio && !e.Missing && refusesValue[e.Cause] && e.Expected == ""
	}) && !slices.ContainsFunc(before.evidence, told)
}

// refusesValue are the causes that are about the value of an element of the data, and not about its being there.
var refusesValue = map[diagnose.CauseID]bool{
	"invalid_body_property_value": true, "invalid_body_property_type": true, "invalid_body_property_format": true, "invalid_request_parameter": true, "resource_not_found": true,
}

// decides reports that what a check found can be what this answer refuses: what is wrong with credentials decides nothing
// when neither the status nor the answer speaks of them. Another refusal came behind them, or asks for none (RFC 9110 §15.5).
// What the clock says is no matter of looks: a time that is past is refused in the words of any status.
func (f *failure) decides(h diagnose.Hit) bool {
	if h.Cause == "expired_token" || h.Cause == "clock_skew" {
		return true
	}
	switch f.oracle.exchange.Status() {
	case 400, 409, 412, 413, 415, 422, 500:
	default:
		return true
	}
	return h.Cause.Cause().Layer != "auth" && h.Element != "auth" && h.Element != f.where() || slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool {
		return e.Cause.Cause().Layer == "auth" && e.Ratio >= challenged
	})
}

// beyond are the layers whose causes are in no element of a request.
var beyond = map[string]bool{"upstream": true, "response": true}

// failsBare reports a server error that a safe request was seen to get without its optional parts, too. A refusal
// would say nothing: there it may be what is left out that is missed.
func (a *asker) failsBare() bool {
	if a.oracle.exchange.Status() < 500 || !a.base.Safe() {
		return false
	}
	bare, err := element.Apply(a.base, a.strippable(a.base))
	m, sent := a.ladder.Sighted(bare)
	return err == nil && sent && m.Outcome == diagnose.Same
}

// withoutOne leaves out the values of a query one by one where a server error stays with all of them gone: the bare
// request may fail because some of them are missed. What stands in front of a server (502 and up) does not look at them.
func (d *detective) withoutOne() progress {
	if d.oracle.exchange.Status() != 500 || !d.failsBare() {
		return nothing
	}
	var query []diagnose.Edit
	for _, e := range d.scene.repairs {
		if e.Source == "deletion" && e.Element.Is("query") {
			query = append(query, e)
		}
	}
	if len(query) < 2 || len(query) > fewParameters {
		return nothing // one alone is what was left out
	}
	slices.Reverse(query)
	for _, e := range query {
		if p := d.inBulk(round{[]diagnose.Edit{e}, "does it work without it?"}); p != nothing || d.ladder.Stopped != "" {
			return p
		}
	}
	return nothing
}
