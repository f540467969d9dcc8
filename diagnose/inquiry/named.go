package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/repair"
	"culprit/request/lazyre"
)

// namedRatio is the likelihood ratio from which evidence counts as the server naming an element.
const namedRatio = 100

// namedTries is how many repairs of one named element are tried before the search goes on elsewhere.
const namedTries = 3

// accused returns the elements that the answer names, strongest first, each with its evidence.
func (f *failure) accused() []diagnose.Evidence {
	var out []diagnose.Evidence
	for _, e := range f.scene.evidence {
		known := slices.ContainsFunc(out, func(o diagnose.Evidence) bool { return o.Element == e.Element })
		if e.Element != "" && e.Ratio >= namedRatio && !known {
			out = append(out, e)
		}
	}
	return out
}

// repairsOf returns the candidates for one element, best first: what the server asks for, what it is in a request that
// works, the others. Where only its value is refused, another value goes before leaving it out: what is validated is
// mostly required, too.
func (f *failure) repairsOf(id diagnose.ElementID) []diagnose.Edit {
	var out []diagnose.Edit
	for _, e := range f.scene.repairs {
		if e.Element == id && !(e.Source == "deletion") {
			out = append(out, e)
		}
	}
	if f.valueRefused(id) {
		out = slices.DeleteFunc(out, func(e diagnose.Edit) bool { return e.Op == diagnose.Rename && e.Source != "server" }) // its name is known there
		slices.SortStableFunc(out, func(a, b diagnose.Edit) int {
			switch {
			case a.Op != diagnose.Remove && b.Op == diagnose.Remove:
				return -1
			case a.Op == diagnose.Remove && b.Op != diagnose.Remove:
				return 1
			}
			return 0
		})
	}
	if len(f.Good) == 0 || slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool {
		return e.Element == id && (len(e.Allowed) > 0 || e.Expected != "")
	}) {
		return out
	}
	for _, e := range element.Diff(f.base, f.Good[0].Request) {
		if e.Element == id {
			e.Why = "as in " + f.Good[0].Label
			if id == "body" { // a body that could not be taken apart: to mend it goes before the whole of another
				return append(out, e)
			}
			return append([]diagnose.Edit{e}, out...)
		}
	}
	return out
}

// valueRefused reports that the server names an element of the data for its value and not for being there.
func (f *failure) valueRefused(id diagnose.ElementID) bool {
	return slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool {
		switch e.Cause {
		case "invalid_body_property_value", "invalid_body_property_type", "invalid_body_property_format", "business_rule_violation", "idempotency_key_reused":
			return e.Element == id && e.Ratio >= namedRatio && !e.Missing && !clashes.MatchString(e.Text)
		}
		return false
	})
}

// named mends what the server names: all of it at once, then one thing in other ways (§2, stage 8a).
func (d *detective) named() progress {
	accused := d.accused()
	if len(accused) == 0 {
		return nothing
	}
	d.notes.finding(stepOf(accused[0].Element), "the server says: "+accused[0].Text)
	d.scene.tried = true
	if d.wantsForm(accused[0]) {
		if p := d.asForm(); p != nothing {
			return p
		}
	}
	var all []diagnose.Edit
	for _, a := range accused {
		if a.Kind == "status" && a.Ratio < accused[0].Ratio {
			continue // what is usual for the status, where the answer says more
		}
		if a.Missing && namesake(a.Element, all) {
			continue
		}
		if r := d.repairsOf(a.Element); len(r) > 0 {
			all = append(all, r[0])
		}
	}
	if len(all) == 0 {
		return nothing
	}
	if accused[0].Cause == "content_type_mismatch" && accused[0].Ratio > certainty {
		all = all[:1] // nothing of the body was seen: what is said of its members is about nothing
	}
	if len(all) > 1 && clash(accused) {
		all = all[:1] // each is fine alone: one of them has to go, not both
	}
	if p, over := d.inTurn(func() progress { return d.otherChoices(accused[0], all) }, func() progress { return d.enclosed(accused[0]) }); over {
		return p
	}
	if p := d.alternative(all); p != nothing {
		return p
	}
	if p := d.try(all, diagnose.Repair, "the server names "+list(all)); p != nothing || d.encrypted(all[0]) {
		return p
	}
	others := d.repairsOf(accused[0].Element)
	others = others[:min(namedTries, len(others))]
	if p := d.mendOne(others[min(1, len(others)):], namedTries); p != nothing {
		return p
	}
	if p := d.nested(accused[0]); p != nothing {
		return p
	}
	if p := d.otherPlaces(accused[0]); p != nothing {
		return p
	}
	if spoilt := accused[0].Element == "body" && strings.HasPrefix(string(accused[0].Cause), "malformed"); !accused[0].Missing && !spoilt { // without a body it is another request
		drop := diagnose.Edit{Element: accused[0].Element, Op: diagnose.Remove, Source: "server", Cause: accused[0].Cause, Why: "the server names it; leave it out"}
		if _, ok := d.scene.index.Get(drop.Element); ok && !slices.ContainsFunc(others, func(e diagnose.Edit) bool { return e.Op == diagnose.Remove }) && optional(drop.Element) {
			return d.try([]diagnose.Edit{drop}, diagnose.Deletion, drop.Why)
		}
	}
	return nothing
}

// besideNamed tries what changed the failure of the element that the answer names together with what looks wrong elsewhere: a
// second fault may hide that the first one is mended.
func (d *detective) besideNamed() progress {
	a := d.accused()
	if len(a) == 0 || !d.scene.tried || d.ladder.Stopped != "" {
		return nothing
	}
	odd := slices.DeleteFunc(d.suspects(strong), func(e diagnose.Edit) bool { return e.Element == a[0].Element })
	if len(odd) == 0 {
		return nothing
	}
	for _, r := range slices.Clone(d.ladder.Records) {
		if r.Question == nil || r.Kind != diagnose.Repair || r.Outcome != diagnose.Other || len(r.Question.Edits) != len(d.peeled)+1 {
			continue
		}
		if e := r.Question.Edits[len(d.peeled)]; e.Element == a[0].Element {
			return d.inBulk(round{repair.Together([]diagnose.Edit{e}, odd), "what the server names, and what looks wrong"})
		}
	}
	return nothing
}

// namesake reports that a header field of the same name is among edits: a name that stands once in an answer is one thing.
func namesake(id diagnose.ElementID, edits []diagnose.Edit) bool {
	name := id.Last()
	return slices.ContainsFunc(edits, func(e diagnose.Edit) bool {
		field, ok := e.Element.In("header")
		return ok && strings.EqualFold(field, name)
	})
}

// oneOf are words for schemas of which one has to fit (JSON Schema §10.2.1): what the others ask for is no fault.
var oneOf = lazyre.New(`(?i)\b(?:oneOf|anyOf|(?:exactly )?one schema|any of the schemas)\b`)

// alternative tries at once what an answer names that speaks of alternatives, and keeps what is needed of it.
func (d *detective) alternative(all []diagnose.Edit) progress {
	if len(all) < 2 || d.oracle.exchange.Response() == nil {
		return nothing
	}
	said := string(d.oracle.exchange.Response().Body.Head(64 << 10))
	if !oneOf.MatchString(said) && !slices.ContainsFunc(d.scene.evidence, func(e diagnose.Evidence) bool { return oneOf.MatchString(e.Text) }) {
		return nothing
	}
	sent := slices.DeleteFunc(slices.Clone(all), func(e diagnose.Edit) bool { return e.Op == diagnose.Add })
	if inner := innermost(sent); len(inner) < len(sent) { // of the branches that do not fit, the one that was meant says where inside
		if p := d.try(inner, diagnose.Repair, "the server names "+list(inner)); p != nothing {
			return p
		}
	}
	if len(sent) > 0 && len(sent) < len(all) { // what is missing may be what another alternative asks for
		if p := d.try(sent, diagnose.Repair, "the server names "+list(sent)); p != nothing {
			return p
		}
		for _, other := range d.repairsOf(sent[0].Element) {
			if other.Op != diagnose.Remove || len(sent) > 1 || sent[0].Op == diagnose.Remove {
				continue
			}
			if p := d.mend(other); p != nothing {
				return p
			}
		}
	}
	x, out, n := d.vary(all, diagnose.Repair, "the server names "+list(all))
	if out != diagnose.Pass {
		return nothing
	}
	return d.bisect(all, x, n)
}

// innermost leaves out edits of containers of which another edit mends something inside.
func innermost(edits []diagnose.Edit) []diagnose.Edit {
	return slices.DeleteFunc(slices.Clone(edits), func(e diagnose.Edit) bool {
		return slices.ContainsFunc(edits, func(o diagnose.Edit) bool {
			return o.Element != e.Element && e.Element.Is("body") && o.Element.Within(e.Element)
		})
	})
}

// optional reports elements that a request can be sent without.
func optional(id diagnose.ElementID) bool {
	switch id.Kind() {
	case "query", "header", "cookie", "form", "multipart":
		return id.Name() != ""
	case "body":
		return id == "body" || len(id.Name()) > 1
	}
	return false
}

func (f *failure) read(s scene) []diagnose.Evidence {
	if f.off.evidence {
		return nil
	}
	read := evidence.Read
	if e := f.Expected; e.As == nil && e.String() != "" {
		if ok, _ := evidence.Passed(s.exchange, evidence.Expect{Content: e}); !ok {
			read = evidence.ReadRefused
		}
	}
	return f.unauthorisedFirst(s, placed(s.index, read(s.exchange, s.index.Elements)))
}

// unauthorisedFirst takes what a 401 says of the form of the data for less than its status (RFC 9110 §15.5.2) where nothing in the
// request could say who asks: the body of the answer is a sample, or was made for other refusals.
func (f *failure) unauthorisedFirst(s scene, evs []diagnose.Evidence) []diagnose.Evidence {
	if s.exchange == nil || s.exchange.Status() != 401 || slices.ContainsFunc(s.index.Elements, func(e diagnose.Element) bool { return e.Secret && !aside(e.ID) || e.ID == "auth" }) {
		return evs
	}
	for i, e := range evs {
		if data(e.Element) && e.Cause.Cause().Layer == "schema" {
			evs[i].Ratio = 1
		}
	}
	return evs
}

// clashes are the words in which servers say that elements cannot go together.
var clashes = lazyre.New(`(?i)combin|together|mutually|exclusive|conflict|only one of|either|not both|at the same time|must differ|must be different`)

// clash reports whether the named elements are fine alone and refused together.
func clash(accused []diagnose.Evidence) bool {
	for _, a := range accused {
		if a.Text != accused[0].Text || !clashes.MatchString(a.Text) {
			return false
		}
	}
	return len(accused) > 1
}

// lacking are the words of a parameter that is absent, against one that is there and not liked.
var lacking = lazyre.New(`(?i)missing|required|absent|\bno [\w.\[\]-]+ parameter|\bno [\w-]+( id| name| key)?( or [\w-]+)? (is|was|were|has been) (given|provided|specified|supplied)|\"\"|''|must be (given|present|provided|set|supplied|specified|sent|included|defined)|must (contain|include|have|carry)|(?:should|must|may|can)(?: not|not|n't) be (?:empty|blank|null|undefined)|(?:not|n't) (given|present|provided|supplied|specified|sent|passed)`)

// placed moves a complaint about a parameter that the query does not have, and that is not about its absence,
// to the path: routes call their variable segments parameters too.
func placed(x *element.Index, evs []diagnose.Evidence) []diagnose.Evidence {
	for i, e := range evs {
		if !e.Missing || !e.Element.Is("query") || lacking.MatchString(e.Text) || e.Text == "" {
			continue
		}
		if id := variable(x); id != "" {
			evs[i].Element, evs[i].Missing, evs[i].Cause = id, false, "invalid_request_parameter"
		}
	}
	return evs
}

// variable is the last path segment that looks like a value rather than a word of the route. Beside a query, where the
// parameters of the operation are, a plain word is one of the route.
func variable(x *element.Index) diagnose.ElementID {
	id := diagnose.ElementID("")
	asked := slices.ContainsFunc(x.Elements, func(e diagnose.Element) bool { return e.ID.Is("query") && e.ID.Name() != "" })
	for _, e := range x.Elements {
		if e.ID.IsSegment() && e.Text != "" && !versionLike.MatchString(e.Text) {
			if strings.ContainsAny(e.Text, "0123456789:{}$%-") || !asked && e.ID != "url.path[0]" && !strings.ContainsAny(e.Text, "_") {
				id = e.ID
			}
		}
	}
	return id
}
