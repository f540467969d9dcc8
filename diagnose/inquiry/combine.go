package inquiry

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/belief"
	"culprit/diagnose/element"
	"culprit/diagnose/repair"
	"culprit/request"
	"culprit/request/jsontext"
)

// hopeless is the chance of a pass below which no further combination is tried: it is what a budget of probes would
// spend on guessing a name or a word that only its makers know.
const hopeless = .012

// hopeful is the same for what lies in a container that the request passes without: there the fault is.
const hopeful = .03

// combinations is how many are tried at most: what they do not find is left to the other questions and to a person.
const combinations = 13

// bold is how much less is worth a try where a pass changes nothing and nothing speaks for a fault elsewhere.
const bold = 3

// reserve is how many probes are left for the questions that come after.
const reserve = 3

// combine varies the data of a request about which the answer says nothing: each time the combination of changes that is
// likeliest to pass, by what is believed of each element and by what has failed. A pass is bisected.
func (d *detective) combine() progress {
	if s := d.oracle.exchange.Status(); d.said.unchanged || s == 404 && !d.routed || s == 405 || s == 401 || d.scene.index == nil || len(d.accused()) > 0 {
		return nothing
	}
	d.combined = true
	return d.combineIn("", hopeless)
}

// combineIn is combine for what lies in a container, "" for everything, until the chance of a pass is below least.
func (d *detective) combineIn(container diagnose.ElementID, least float64) progress {
	h, others := d.hunt(container, nil), d.besides(container)
	if d.base.Safe() && d.elsewhereShare(container) == 0 {
		least /= bold
	}
	for tries := 0; len(h.places) > 0 && tries < combinations && d.ladder.Cost.Probes+reserve < d.Budget.Probes && d.ladder.Stopped == ""; tries++ {
		choices, chance := h.belief.Best()
		for len(others) > 0 && chance < others[0].odds {
			if p := others[0].try(); p != nothing || d.result.done() {
				return p
			}
			others = others[1:]
			h = d.hunt(container, h.belief)
			choices, chance = h.belief.Best()
		}
		if chance < least {
			break
		}
		edits := h.edits(choices)
		x, out, n := d.vary(edits, diagnose.Repair, "the likeliest of what is left")
		if _, err := element.Apply(d.base, edits); out == diagnose.Refused && err == nil {
			if !d.ladder.Declines() {
				return nothing // it was not sent: nothing is learned
			}
			h.belief.Failed(choices) // passed over: the next one may be sent
			continue
		}
		if out != diagnose.Pass {
			h.belief.Failed(choices)
			if p := d.turned(h, edits, x, out); p != nothing {
				return p
			}
			if out == diagnose.Other && len(edits) == 1 && spoils(d.oracle.exchange.Status(), x.Status()) {
				h = d.hunt(container, h.belief)
			}
			continue
		}
		for i := range edits {
			edits[i].Weight = leastWeight + h.fault(edits[i].Element, choices)
		}
		return d.bisect(edits, x, n)
	}
	if d.ladder.Declines() {
		h = d.hunt(container, h.belief) // what was passed over has taught nothing
	}
	if container == "" {
		d.suspect(h)
	}
	return nothing
}

// A byway is a question that comes when no combination is likelier to pass than it is to help.
type byway struct {
	odds float64
	try  func() progress
}

// besides are the questions that lie beside the combinations of a whole request, likeliest first. Their odds are judgement.
func (d *detective) besides(container diagnose.ElementID) []byway {
	if container != "" {
		return nil
	}
	ways := []byway{{.1, d.example}, {.05, d.supplement}, {.03, d.asForm}}
	if gone := d.queryGone(); len(gone) > 0 {
		ways = append(ways, byway{.06, func() progress { return d.inBulk(round{gone, "without the query"}) }})
	}
	for _, e := range repair.Shapes(d.scene.index) {
		ways = append(ways, byway{e.Weight, func() progress { return d.unwrapped(e) }})
	}
	slices.SortStableFunc(ways, func(a, b byway) int { return cmp.Compare(b.odds, a.odds) })
	return ways
}

// queryGone leaves out the parameters of a write with a body: what it is about stands there, and the rest is optional.
func (f *failure) queryGone() []diagnose.Edit {
	var gone []diagnose.Edit
	if root, _ := f.scene.index.JSON(); root == nil || f.base.Safe() {
		return nil
	}
	for _, e := range f.scene.index.Elements {
		if e.ID.Is("query") && !e.Secret {
			gone = append(gone, diagnose.Edit{Element: e.ID, Op: diagnose.Remove, Source: "deletion"})
		}
	}
	return gone
}

// unwrapped tries a body without what is around all of it. What comes out of an object passes as well where a server
// overlooks all that it does not know: a member that none has tells.
func (d *detective) unwrapped(e diagnose.Edit) progress {
	x, out, n := d.vary([]diagnose.Edit{e}, diagnose.Repair, e.Why)
	if out != diagnose.Pass {
		return nothing
	}
	root, _ := d.scene.index.JSON()
	unheard := diagnose.Edit{Element: "body", Op: diagnose.Set, To: `{"zz_unheard_of": true}`, Source: "contrast", Weight: 1}
	if root.Kind == jsontext.Object {
		if _, out, _ := d.vary([]diagnose.Edit{unheard}, diagnose.Control, "does a body that says nothing pass, too?"); out != diagnose.Same && out != diagnose.Other {
			return nothing
		}
	}
	d.prove([]diagnose.Edit{e}, x, n, nil)
	return solved
}

// turned looks closer at a member without which the failure becomes another one: a server error a refusal, or a refusal one
// of a later stage, "failed to read the request" one of its content. The server stumbles on its value. Other values of it
// are tried alone; what is said of the member being absent says nothing of it.
func (d *detective) turned(h hunt, edits []diagnose.Edit, x *request.Exchange, out diagnose.Outcome) progress {
	if out != diagnose.Other || len(edits) != 1 || edits[0].Op != diagnose.Remove || x.Status() != 400 && x.Status() != 422 {
		return nothing
	}
	i := slices.IndexFunc(h.places, func(p repair.Place) bool { return p.Element == edits[0].Element })
	if i < 0 {
		return nothing
	}
	others := likeliest(h.places[i].Changes)
	if d.oracle.exchange.Status() < 500 {
		if x.Status() < d.oracle.exchange.Status() || d.missesOne(x, edits) {
			return nothing
		}
		others = valuesOf(h.places[i].Changes)
	}
	for _, c := range others {
		if p := d.inBulk(round{[]diagnose.Edit{c.Edit}, c.Edit.Why}); p != nothing {
			return p
		}
	}
	return nothing
}

// missesOne reports whether an answer to a request without a member speaks of something that is missing.
func (f *failure) missesOne(x *request.Exchange, edits []diagnose.Edit) bool {
	r, err := element.Apply(f.base, edits)
	if err != nil || x.Response() == nil {
		return true
	}
	if lacking.MatchString(string(x.Response().Body.Head(4 << 10))) {
		return true
	}
	return slices.ContainsFunc(f.read(scene{index: element.Of(r), exchange: x}), func(e diagnose.Evidence) bool { return e.Missing || e.Element == edits[0].Element })
}

// valuesTried is how many other values are tried of a member that surely has a wrong one.
const valuesTried = 6

// valuesOf are the other values of a place, best first.
func valuesOf(changes []repair.Change) []repair.Change {
	set := slices.DeleteFunc(slices.Clone(changes), func(c repair.Change) bool { return c.Edit.Op != diagnose.Set })
	slices.SortStableFunc(set, func(a, b repair.Change) int { return cmp.Compare(b.Odds, a.Odds) })
	return set[:min(valuesTried, len(set))]
}

// Shares of suspicion that are told, and how many of them.
const (
	worthTelling = .08
	mostTold     = 3
)

// suspect tells where the fault lies most likely, after all that failed.
func (a *asker) suspect(h hunt) {
	if len(h.places) == 0 {
		return
	}
	type suspicion struct {
		name  string
		share float64
	}
	var all []suspicion
	missing := 0.0
	for i, share := range h.belief.Suspicion() {
		if _, sent := a.scene.index.Get(h.places[i].Element); sent {
			all = append(all, suspicion{element.InWords(h.places[i].Element), share})
		} else {
			missing += share
		}
	}
	all = append(all, suspicion{"a name that is missing", missing})
	slices.SortStableFunc(all, func(s, t suspicion) int { return cmp.Compare(t.share, s.share) })
	var told []string
	for _, s := range all[:min(mostTold, len(all))] {
		if s.share >= worthTelling {
			told = append(told, fmt.Sprintf("%s (%.0f %%)", s.name, 100*s.share))
		}
	}
	if len(told) > 0 {
		a.notes.noPass(strings.Join(told, ", then "))
	}
}

// leastWeight keeps a change in the search that no world holds guilty.
const leastWeight = .001

// A hunt is what is believed of the elements of the failure at hand.
type hunt struct {
	places []repair.Place
	belief *belief.Belief
}

// hunt makes the places of the failure at hand that lie in a container, and takes in what failed already. before is what was
// believed by the hunt that this one takes the place of, nil for none.
func (a *asker) hunt(container diagnose.ElementID, before *belief.Belief) hunt {
	h := hunt{places: repair.Places(a.scene.index, a.scene.repairs, repair.Options{Now: a.Now, Complete: len(a.Good) > 0})}
	h.places = slices.DeleteFunc(h.places, func(p repair.Place) bool { return !a.relevant(p.Element) })
	a.keepWhatSpoils(&h)
	a.fromNeighbours(&h)
	a.fromExamples(&h)
	if container != "" {
		h.places = slices.DeleteFunc(h.places, func(p repair.Place) bool { return !p.Element.Within(container) })
	}
	if len(h.places) == 0 {
		return h
	}
	places := make([]belief.Place, len(h.places))
	for i, p := range h.places {
		places[i] = belief.Place{Fault: p.Fault, Within: -1}
		for j := range i {
			if p.Element.Within(h.places[j].Element) {
				places[i].Within = j
			}
		}
		for _, c := range p.Changes {
			places[i].Changes = append(places[i].Changes, belief.Change{Odds: c.Odds, Harm: c.Harm, Coin: c.Coin})
		}
	}
	h.belief = before.Again(places, a.elsewhereShare(container))
	for _, r := range a.ladder.Records {
		if r.Question == nil || r.Kind == diagnose.Contrast || r.Kind == diagnose.Confirm || r.Outcome != diagnose.Same && r.Outcome != diagnose.Other {
			continue
		}
		if choices, ok := h.choices(r.Question.Edits[min(len(a.peeled), len(r.Question.Edits)):]); ok {
			h.belief.Failed(choices)
		}
	}
	return h
}

// keepWhatSpoils leaves alone what a server takes as it is: a single change of it was answered with a refusal of another
// kind (a conflict, a precondition, a route). Of a member that may not be absent other values are still tried.
func (a *asker) keepWhatSpoils(h *hunt) {
	for _, r := range a.ladder.Records {
		if r.Question == nil || r.Outcome != diagnose.Other || len(r.Question.Edits) != len(a.peeled)+1 || !spoils(a.oracle.exchange.Status(), r.Status) {
			continue
		}
		e := r.Question.Edits[len(a.peeled)]
		for i := range h.places {
			p := &h.places[i]
			if p.Element == e.Element && e.Op == diagnose.Remove && data(e.Element) {
				p.Changes = slices.DeleteFunc(p.Changes, func(c repair.Change) bool { return c.Edit.Op == diagnose.Remove })
			}
		}
		if e.Op != diagnose.Remove || !data(e.Element) {
			h.places = slices.DeleteFunc(h.places, func(p repair.Place) bool { return p.Element == e.Element })
		}
	}
}

// spoils reports that a refusal of data became one of another kind (RFC 9110 §15.5, RFC 6585 §3): what was changed was fine.
func spoils(was, now int) bool {
	if was != 400 && was != 422 {
		return false
	}
	switch now {
	case 401, 403, 404, 405, 406, 409, 412, 415, 428:
		return true
	}
	return false
}

// The shares of failures that no change of the request's data mends, where something speaks for that: a request that
// worked fails now, too; the server says that it is the state of the resource (RFC 9110 §15.5.10); it reports an error of
// its own with a success. Judgement, like §9.4.
const driftedShare, conflictShare, softShare = .9, .8, .8

// elsewhereShare is how likely the fault lies in nothing that a hunt in a container, "" for everything, can change. What
// passes without a container lies in it.
func (f *failure) elsewhereShare(container diagnose.ElementID) float64 {
	switch s := f.oracle.exchange.Status(); {
	case container != "":
		return 0
	case len(f.drifted) > 0:
		return driftedShare
	case s == 409:
		return conflictShare
	case s/100 == 2:
		return softShare
	}
	return 0
}

// fromNeighbours adds the values that the other items of a list have.
func (f *failure) fromNeighbours(h *hunt) {
	root, src := f.scene.index.JSON()
	if root == nil {
		return
	}
	for _, e := range append(alike(root, src, 0), alike(root, src, -1)...) {
		e.Why = "like its neighbours"
		c := repair.Change{Edit: e, Odds: .7, Harm: .1}
		i := slices.IndexFunc(h.places, func(p repair.Place) bool { return p.Element == e.Element })
		if i < 0 {
			h.places = append(h.places, repair.Place{Element: e.Element, Fault: 2, Changes: []repair.Change{c}})
			continue
		}
		if !slices.ContainsFunc(h.places[i].Changes, func(o repair.Change) bool { return o.Edit.Op == e.Op && reflect.DeepEqual(o.Edit.To, e.To) }) {
			h.places[i].Changes = append(h.places[i].Changes, c)
		}
	}
}

// choices are edits in the terms of the belief; ok is false when one of them is none of its changes.
func (h hunt) choices(edits []diagnose.Edit) (choices []int, ok bool) {
	choices = make([]int, len(h.places))
	for i := range choices {
		choices[i] = belief.Keep
	}
	for _, e := range edits {
		i := slices.IndexFunc(h.places, func(p repair.Place) bool { return p.Element == e.Element })
		if i < 0 {
			return nil, false
		}
		c := slices.IndexFunc(h.places[i].Changes, func(c repair.Change) bool { return c.Edit.Op == e.Op && reflect.DeepEqual(c.Edit.To, e.To) })
		if c < 0 {
			return nil, false
		}
		choices[i] = c
	}
	return choices, len(edits) > 0
}

// edits are the changes of a combination, in the order of the request.
func (h hunt) edits(choices []int) []diagnose.Edit {
	var out []diagnose.Edit
	for i, c := range choices {
		if c != belief.Keep {
			out = append(out, h.places[i].Changes[c].Edit)
		}
	}
	return out
}

// fault is how likely an element is at fault, given that choices pass.
func (h hunt) fault(id diagnose.ElementID, choices []int) float64 {
	i := slices.IndexFunc(h.places, func(p repair.Place) bool { return p.Element == id })
	return h.belief.Fault(i, choices)
}
