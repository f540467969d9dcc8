package inquiry

import (
	"slices"
	"sort"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
)

// sure are the odds of a static check that explains a failure by itself when nothing else does (§5: an expired
// token, a text that cannot be parsed).
const sure = 60

// inconclusive says what is left, and what would help. What was peeled on a way that led nowhere is undone.
func (d *detective) inconclusive() {
	behind := d.unsolved()
	if len(d.peeled) > 0 && d.first.exchange != nil {
		d.peeled, d.base, d.scene = nil, d.Request, d.first
		d.oracle.exchange = d.first.exchange
	}
	best := diagnose.Evidence{}
	for _, e := range d.scene.evidence {
		if e.Cause != "" && e.Ratio > best.Ratio {
			best = e
		}
	}
	hit := diagnose.Hit{}
	for _, h := range d.scene.hits {
		if h.Odds > hit.Odds && d.relevant(h.Element) && d.decides(h) {
			hit = h
		}
	}
	switch {
	case d.routed && hit.Odds < sure && d.oracle.exchange.Status() == 404:
		d.servedAndNotFound()
		return
	case best.Cause == "server_error" && hit.Odds < sure:
		d.keepsFailing()
		return
	case best.Ratio >= namingAlready || best.Ratio >= anyEvidence && hit.Odds < sure:
		d.explain(best.Cause, elementOf(best.Cause, d.atStake(best.Cause)), best.Text, anyEvidence)
		d.addBehind(behind)
		d.addSpoilt()
		d.proposeFix()
		return
	case hit.Odds >= sure:
		d.conclude(diagnose.OutcomeExplained, sentence(hit.Cause, hit.Element, hit.Text), diagnose.Culprit{
			Element: hit.Element, Cause: hit.Cause, Standing: diagnose.Suspected, Confidence: 0.7, Explanation: hit.Text, Fix: hit.Cause.Cause().Fix, Evidence: d.oracle.fails,
		})
		d.proposeFix()
		return
	}
	if d.drift() {
		return
	}
	if d.oracle.exchange.Status() >= 500 {
		d.keepsFailing()
		return
	}
	why := "No variation of the request passed."
	if d.ladder.Stopped != "" {
		why = "It stopped before a variation passed: " + d.ladder.Stopped + "."
		switch {
		case len(d.result.fix) > 0:
			why = "A variation passed, and it stopped before what makes the difference was isolated: " + d.ladder.Stopped + "."
		case d.ladder.Ended():
			why = "No variation of the request had passed by then."
		}
	} else if d.ladder.Skipped[diagnose.Isolation] {
		why = "The step that isolates is skipped, so nothing is proved."
	} else if d.ladder.Declines() {
		why = "No variation passed of those that were allowed."
	} else if d.ladder.NoWrites {
		why = "Probes that may change data were not allowed, so nothing is proved."
		if d.ladder.Dry.Trusted() {
			why = "No variation of the request passed in a dry run; for real, none was sent."
		}
		d.hintBy(allowWrites, "allow probes that may change data, on a test system if possible")
	}
	d.suspectsOnly(why)
	if e := d.denied; e.Element != "" && len(d.result.culprits) == 0 {
		d.result.culprits = []diagnose.Culprit{{
			Element: e.Element, Cause: e.Cause, Standing: diagnose.Suspected, Confidence: .3, Explanation: e.Text, Fix: e.Cause.Cause().Fix, Evidence: d.oracle.fails,
		}}
	}
}

// addSpoilt adds a body that is none of its kind to a verdict on something else: whatever the server said first, that it will say.
func (d *detective) addSpoilt() {
	for _, h := range d.ownHits() {
		if h.Odds < sure || h.Cause != "malformed_json" && h.Cause != "malformed_request_body" || slices.ContainsFunc(d.result.culprits, func(c diagnose.Culprit) bool { return c.Element == h.Element }) {
			continue
		}
		d.result.culprits = append(d.result.culprits, diagnose.Culprit{
			Element: h.Element, Cause: h.Cause, Standing: diagnose.Suspected, Confidence: 0.7, Explanation: h.Text, Fix: h.Cause.Cause().Fix, Evidence: d.oracle.fails,
		})
		return
	}
}

// brokenBody is what a check of the body is sure of that breaks its syntax; "" for nothing.
func (f *failure) brokenBody() diagnose.CauseID {
	for _, h := range f.scene.hits {
		if (h.Cause == "malformed_request_body" || h.Cause == "malformed_json") && h.Element == "body" && h.Odds >= 2*strong {
			return h.Cause
		}
	}
	return ""
}

// proposeFix adds the best repair of the named element, unproved.
func (d *detective) proposeFix() {
	if len(d.result.culprits) == 0 || len(d.result.fix) > 0 {
		return
	}
	repairs := d.repairsOf(d.result.culprits[0].Element)
	for _, e := range repairs {
		if r, err := element.Apply(d.base, []diagnose.Edit{e}); err == nil && d.ladder.Tried(r) {
			return // one that was likelier was tried and failed: the others are guesses
		}
	}
	with, ok := d.fixesOf(d.result.culprits[1:])
	if !ok {
		return // with one of several mended it still fails
	}
	for _, e := range repairs {
		if inPath(e.Element) && e.Source != "spec" && !d.says(element.Shown(e)) {
			continue // a guess at a name
		}
		if r, err := element.Apply(d.base, append([]diagnose.Edit{e}, with...)); err == nil && !d.ladder.Tried(r) {
			d.result.fix = append(append(append([]diagnose.Edit(nil), d.peeled...), e), with...)
			d.result.culprits[0].Fix = d.original.Phrase(e)
			return
		}
	}
}

// says reports that the answer has a text in it.
func (f *failure) says(text string) bool {
	r := f.oracle.exchange.Response()
	return text != "" && r != nil && strings.Contains(string(r.Body.Head(headRead)), text)
}

// fixesOf are the best repairs of the other culprits, as far as they are not mended yet; ok is false when one has none.
func (f *failure) fixesOf(culprits []diagnose.Culprit) (edits []diagnose.Edit, ok bool) {
	for _, c := range culprits {
		if slices.ContainsFunc(f.peeled, func(e diagnose.Edit) bool { return e.Element == c.Element }) {
			continue
		}
		r := f.repairsOf(c.Element)
		if len(r) == 0 {
			return nil, false
		}
		edits = append(edits, r[0])
	}
	return edits, true
}

// untried is the best repair of what a check found, when it was not sent: one that failed is none.
func (a *asker) untried(h diagnose.Hit) (diagnose.Edit, bool) {
	if len(h.Edits) == 0 {
		return diagnose.Edit{}, false
	}
	r, err := element.Apply(a.base, h.Edits[:1])
	return h.Edits[0], err == nil && !a.ladder.Tried(r)
}

// suspectOdds are the odds from which a static check is told without a proof.
const suspectOdds = 10

// suspectsShown is how many suspects an inconclusive report lists (§11).
const suspectsShown = 3

// guessed reports a verdict of which nothing is proved.
func (d *detective) guessed() bool {
	return d.result.outcome == diagnose.OutcomeInconclusive || d.result.outcome == ""
}

func (d *detective) suspectsOnly(why string) {
	hits := append([]diagnose.Hit(nil), d.scene.hits...)
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].Odds > hits[j].Odds })
	var culprits []diagnose.Culprit
	for _, h := range hits {
		if h.Odds < suspectOdds {
			break
		}
		d.notes.odd(h)
		if i := slices.IndexFunc(culprits, func(c diagnose.Culprit) bool { return c.Element == h.Element }); i >= 0 {
			culprits[i].Explanation += " " + h.Text
			continue
		}
		if len(culprits) == suspectsShown {
			continue
		}
		c := diagnose.Culprit{Element: h.Element, Cause: h.Cause, Standing: diagnose.Suspected, Confidence: min(0.7, h.Odds/100), Explanation: h.Text, Fix: h.Cause.Cause().Fix}
		if e, ok := d.untried(h); ok {
			c.Fix = element.Phrase(e)
			if len(culprits) == 0 && h.Odds >= strong && len(d.result.fix) == 0 {
				d.result.fix = append(slices.Clone(d.peeled), e)
			}
		}
		culprits = append(culprits, c)
	}
	if !slices.ContainsFunc(d.Good, func(k diagnose.Known) bool { return k.From == diagnose.FromPerson }) {
		d.hintBy("--good, --good-curl", "give a request that works: the differences are bisected")
	}
	if d.oracle.exchange != nil {
		if id := evidence.RequestID(d.oracle.exchange); id != "" {
			d.hint("ask the provider for their log of request id " + id)
		}
	}
	for _, text := range d.unanswered() {
		d.hint(text)
	}
	d.result.outcome, d.result.summary, d.result.culprits = diagnose.OutcomeInconclusive, why, culprits
}

// servedAndNotFound concludes that a path is served which is answered as if it were not there. The last word of one that names
// no single resource is seen to be right: then nobody is accused.
func (d *detective) servedAndNotFound() {
	text := "the path is served by this method: what the request names is not there, or is refused"
	if _, last := d.last(); shapeOf(last) == "word" && len(d.accused()) == 0 {
		d.conclude(diagnose.OutcomeInconclusive, "No variation of the request passed, and "+text+".")
		return
	}
	d.explain("resource_not_found", d.resource(), text, namingAlready)
	d.onlySuspected()
}
