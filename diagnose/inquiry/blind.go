package inquiry

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/diagnose/repair"
	"culprit/request/jsontext"
)

// What can be tried on a body when nothing names the culprit and no request is known to work: the request
// itself holds values of the same kind that may be right, and members that it may do without.

// blind varies the data in bulk, each round as one probe that is bisected when it passes: first what hardly harms
// (values in tidier forms, items of a list like each other), then what more servers take than refuse (usual values,
// dates in another form, without what is usually optional), last all of it, for faults of two kinds.
func (d *detective) blind() progress {
	if d.said.unchanged {
		return nothing
	}
	if s := d.oracle.exchange.Status(); s == 404 && !d.routed || s == 405 || s == 401 || d.scene.index == nil {
		return nothing
	}
	root, src := d.scene.index.JSON()
	opt := repair.Options{Now: d.Now}
	truths := repair.Truths(d.scene.index, opt)
	tidy, usual := repair.Fine(d.scene.index, opt), repair.Usual(d.scene.index, opt)
	rounds := []round{{repair.Together(d.likely(), tidy), "values in the form that most servers take"}}
	if len(truths) > 0 && len(rounds[0].edits) > len(truths) { // hardly a server takes yes for true
		rounds = append([]round{{truths, "every yes and no as true or false"}}, rounds...)
	}
	if all := repair.Together(repair.Numbers(d.scene.index, opt), truths); len(all) > 0 {
		rounds = append(rounds, round{all, "every quoted number as a number, every yes and no as true or false"})
	}
	if root != nil {
		rounds = append(rounds,
			round{d.unalike(alike(root, src, 0)), "all items of a list like their first"},
			round{d.unalike(alike(root, src, -1)), "all items of a list like their last"},
			round{repair.Together(dispensable(root), d.outright()), "without what is usually optional"})
	}
	rounds = append(rounds, round{repair.Together(usual, tidy, d.likely()), "usual values everywhere"})
	for i, t := range rounds {
		t.edits = slices.DeleteFunc(t.edits, func(e diagnose.Edit) bool { return !d.relevant(e.Element) })
		few := alone
		if i == len(rounds)-1 {
			few, t.edits = 1, d.companions(t.edits)
		}
		for _, r := range d.apart(t, few) {
			if p := d.inBulk(r); p != nothing {
				return p
			}
			if d.ladder.Stopped != "" {
				return nothing
			}
		}
	}
	return nothing
}

// alone is how many edits of a round that often passes are tried one by one: two at once have to be told apart after a
// pass, and one that is harmful hides the other. Of 81 rounds of tidier forms 35 passed, of as many of usual values 15.
const alone = 2

// apart is a round as those that are sent: its edits one by one where at most few of them were not tried alone yet, then
// all, for there may be two faults.
func (a *asker) apart(t round, few int) []round {
	var out []round
	for _, e := range t.edits {
		if r, err := element.Apply(a.base, []diagnose.Edit{e}); err != nil || !a.ladder.Tried(r) {
			out = append(out, round{[]diagnose.Edit{e}, cmp.Or(e.Why, t.why)})
		}
	}
	if len(out) == 0 || len(out) > few {
		return []round{t}
	}
	slices.SortStableFunc(out, func(r, s round) int {
		return cmp.Compare(a.odds(s.edits[0].Element), a.odds(r.edits[0].Element))
	})
	if len(t.edits) > 1 {
		out = append(out, t)
	}
	return out
}

// likely is the best repair of every element that a static check finds odd.
func (f *failure) likely() []diagnose.Edit {
	var edits []diagnose.Edit
	for _, e := range f.scene.repairs {
		if e.Source == "lint" && e.Weight >= worthTrying && !e.Widens && e.Op != diagnose.Remove && f.relevant(e.Element) && e.Element != "body" && e.Element != "auth" {
			edits = append(edits, e)
		}
	}
	return repair.Together(edits)
}

// companions are the edits that may stand beside others: not those that were tried alone in vain and may be wrong. As many APIs
// have a price as text as have it as a number, and one that is made wrong hides what is put right beside it.
func (a *asker) companions(edits []diagnose.Edit) []diagnose.Edit {
	alone := map[diagnose.ElementID][]diagnose.Edit{}
	for _, r := range a.ladder.Records {
		if r.Question == nil || len(r.Question.Edits) != len(a.peeled)+1 {
			continue
		}
		same := func(e, t diagnose.Edit) bool { return e.Element == t.Element && e.Op == t.Op }
		if e := r.Question.Edits[len(a.peeled)]; slices.EqualFunc(a.peeled, r.Question.Edits[:len(a.peeled)], same) {
			alone[e.Element] = append(alone[e.Element], e)
		}
	}
	return slices.DeleteFunc(edits, func(e diagnose.Edit) bool {
		from, _ := a.original.Get(e.Element)
		_, text := from.Value.(string)
		_, number := e.To.(json.Number)
		return (e.Harm > mayHarm || text && number) && slices.ContainsFunc(alone[e.Element], func(t diagnose.Edit) bool { return t.Op == e.Op && reflect.DeepEqual(t.To, e.To) })
	})
}

// mayHarm is the harm above which a repair that failed alone is not kept beside others.
const mayHarm = .3

// outright are those of likely that hardly a server refuses: they stay mended while something else is tried, for there may
// be two faults.
func (f *failure) outright() []diagnose.Edit {
	return slices.DeleteFunc(f.likely(), func(e diagnose.Edit) bool { return e.Weight < strong })
}

// A round is a set of edits that are tried together.
type round struct {
	edits []diagnose.Edit
	why   string
}

// inBulk tries one round.
func (d *detective) inBulk(t round) progress {
	if len(t.edits) == 0 {
		return nothing
	}
	for i := range t.edits {
		t.edits[i].Weight = max(1, d.odds(t.edits[i].Element))
		if t.edits[i].Why == "" {
			t.edits[i].Why = t.why
		}
	}
	x, out, n := d.vary(t.edits, diagnose.Repair, t.why)
	if out != diagnose.Pass {
		return nothing
	}
	return d.bisect(t.edits, x, n)
}

// alike makes every item of every list of objects like one of them: the first (0) or the last (-1). Members
// that identify an item keep their values.
func alike(root *jsontext.Node, src string, which int) []diagnose.Edit {
	var edits []diagnose.Edit
	root.Walk(func(p string, n *jsontext.Node) bool {
		if n.Kind != jsontext.Array || len(n.Children) < 2 {
			return true
		}
		model := n.Children[0]
		if which < 0 {
			model = n.Children[len(n.Children)-1]
		}
		if model.Child("op") != nil && model.Child("path") != nil {
			return false // operations of JSON Patch are not meant to be alike
		}
		for i, item := range n.Children {
			if item != model && item.Kind == jsontext.Object && model.Kind == jsontext.Object {
				edits = append(edits, like(fmt.Sprintf("%s/%d", p, i), source{item, src}, source{model, src})...)
			}
		}
		return false
	})
	return edits
}

// unalike leaves out the edits that only put one value in the place of another of the same looks: where one of two sizes
// is refused, or one of two words, the other one is no likelier to pass than any usual one.
func (f *failure) unalike(edits []diagnose.Edit) []diagnose.Edit {
	return slices.DeleteFunc(edits, func(e diagnose.Edit) bool {
		was, ok := f.scene.index.Get(e.Element)
		_, container := was.Value.(json.RawMessage) // may be of another length
		return ok && !container && e.Op == diagnose.Set && (unlike(was.Text, element.Shown(e)) == 1 || asFine(was.Text, element.Shown(e)))
	})
}

// asFine reports two numbers of which the second is no likelier to be taken: it is none that is whole or positive where
// the first is not. What is too large is found by usual values.
func asFine(was, to string) bool {
	x, errX := strconv.ParseFloat(was, 64)
	y, errY := strconv.ParseFloat(to, 64)
	return errX == nil && errY == nil && (x == math.Trunc(x) || y != math.Trunc(y)) && (x > 0 || y <= 0)
}

// A source is a node with the text that it was read from.
type source struct {
	*jsontext.Node
	src string
}

func (s source) text(n *jsontext.Node) string { return s.src[n.Start:n.End] }

// like returns the edits that give item the values of model.
func like(pointer string, item, model source) []diagnose.Edit {
	var edits []diagnose.Edit
	at := diagnose.ID("body", pointer).Child
	for _, c := range item.Children {
		m := model.Child(c.Key)
		switch {
		case m == nil:
			edits = append(edits, diagnose.Edit{Element: at(c.Key), Op: diagnose.Remove, Source: "sibling", Cause: "unexpected_body_property", Why: "no other item has it"})
		case model.text(m) != item.text(c) && habit.Of(c.Key) != habit.UUID && habit.Of(c.Key) != habit.ID:
			edits = append(edits, diagnose.Edit{Element: at(c.Key), Op: diagnose.Set, To: json.RawMessage(model.text(m)), Source: "sibling"})
		}
	}
	for _, m := range model.Children {
		if item.Child(m.Key) == nil {
			edits = append(edits, diagnose.Edit{Element: at(m.Key), Op: diagnose.Add, To: json.RawMessage(model.text(m)), Source: "sibling"})
		}
	}
	return edits
}

// dispensable returns removals of members that are usually optional, or that hold nothing.
func dispensable(root *jsontext.Node) []diagnose.Edit {
	var edits []diagnose.Edit
	root.Walk(func(p string, n *jsontext.Node) bool {
		if n.KeyEnd == 0 {
			return true
		}
		empty := n.Kind == jsontext.Null || (n.Kind == jsontext.Array || n.Kind == jsontext.Object) && len(n.Children) == 0 || n.Kind == jsontext.String && n.End-n.Start == 2
		if !empty && !repair.Seldom(n.Key) {
			return true
		}
		edits = append(edits, diagnose.Edit{Element: diagnose.ID("body", p), Op: diagnose.Remove, Source: "deletion"})
		return false
	})
	return edits
}

// long is the length in characters from which a text may be too long for a field.
const long = 24

// harmless is the safe bundle of repairs that concern the failure at hand.
func (f *failure) harmless() []diagnose.Edit {
	var edits []diagnose.Edit
	for _, e := range repair.Bundle(f.scene.repairs) {
		if !e.Widens && e.Source != "deletion" && f.relevant(e.Element) {
			edits = append(edits, e)
		}
	}
	return edits
}
