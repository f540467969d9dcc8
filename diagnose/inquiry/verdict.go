package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// accuse concludes with culprits that an experiment singled out. cause, when given, holds for all of them.
func (d *detective) accuse(edits []diagnose.Edit, p *proof, cause diagnose.CauseID) {
	lasting := d.relapsed(p) || !d.base.Reads() && (d.telling(edits) || d.checkedAll(edits, strong)) // else whatever was wrong may have gone by itself
	standing := d.standing(p, lasting)
	var culprits []diagnose.Culprit
	for _, e := range d.written(outermost(undone(d.composed(edits)))) {
		if e.Source == follows {
			continue
		}
		c := diagnose.Culprit{
			Element: shownAs(e), Cause: cause, Standing: standing, Confidence: 0.98, Fix: d.original.Phrase(e), Explanation: e.Why,
			Evidence: append(append([]int(nil), p.fails...), p.passes...),
			With:     diagnose.Tally{Seen: len(p.fails) + p.recorded, Tried: len(p.fails) + p.recorded},
			Without:  diagnose.Tally{Seen: len(p.passes), Tried: len(p.passes)},
		}
		if e.Source == renewal {
			c.Fix = e.Why
		}
		if standing == diagnose.Isolated {
			c.Confidence = 0.9
		}
		if c.Cause == "" {
			c.Cause = d.causeThen(e)
		}
		if c.Cause == "malformed_json" && !d.jsonBody() {
			c.Cause = "malformed_request_body"
		}
		if d.unsettled(e, c) {
			c.Standing, c.Confidence = diagnose.Isolated, 0.6 // what it is is proved, and not why
			c.Explanation = "No other value of it passed, and neither does any name that the server cannot know: it does not know this one, or does not take its value."
		}
		if v, ok := d.lackingIn(e); ok {
			c.Element, c.Cause, c.Explanation = v.Element, v.Cause, v.Text
		} else if said := d.saidOf(e.Element); said != "" {
			c.Explanation = said + d.around(e.Element, said)
			if e.Source == ofPart {
				c.Explanation += " (" + e.Why + ")"
			}
		}
		culprits = append(culprits, c)
	}
	if cause == "" && len(d.accused()) > 1 && clash(d.accused()) {
		for i := range culprits {
			culprits[i].Cause = "interacting_parameters"
		}
	}
	text := d.found(culprits, append(slices.Clone(edits), d.peeled...))
	outcome := diagnose.OutcomeIsolated
	switch {
	case !lasting:
		outcome, text = diagnose.OutcomeInconclusive, text+" That is no proof yet: the failure was not seen again since."
	case standing == diagnose.Suspected:
		outcome, text = diagnose.OutcomeInconclusive, text+" That is no proof yet: a failure that comes and goes may look the same."
	}
	if standing == diagnose.Suspected {
		d.wanting(p)
	}
	d.notes.finding(diagnose.Isolation, text)
	d.conclude(outcome, text, culprits...)
}

// unsettled reports a member that the request passes without on a server that refuses members it does not know: that it does
// not know this one explains the answers as well as that it does not take its value, and no check told the two apart.
func (f *failure) unsettled(e diagnose.Edit, c diagnose.Culprit) bool {
	return f.unknown == strict && e.Op == diagnose.Remove && c.Standing == diagnose.Confirmed && c.Cause == "unexpected_body_property" && f.odds(e.Element) < strong
}

// lackingIn is what the answer misses in a container that an edit leaves out: without the container nobody misses it, and the
// container is no fault.
func (f *failure) lackingIn(e diagnose.Edit) (diagnose.Evidence, bool) {
	if e.Op != diagnose.Remove {
		return diagnose.Evidence{}, false
	}
	i := slices.IndexFunc(f.scene.evidence, func(v diagnose.Evidence) bool {
		return v.Missing && v.Ratio >= namedRatio && v.Cause != "" && v.Element != e.Element && v.Element.Within(e.Element)
	})
	if i < 0 {
		return diagnose.Evidence{}, false
	}
	return f.scene.evidence[i], true
}

// undone leaves out what one edit added and another one took away again.
func undone(edits []diagnose.Edit) []diagnose.Edit {
	return slices.DeleteFunc(slices.Clone(edits), func(e diagnose.Edit) bool {
		return (e.Op == diagnose.Add || e.Op == diagnose.Remove) && slices.ContainsFunc(edits, func(o diagnose.Edit) bool {
			return o.Element == e.Element && (o.Op == diagnose.Add && e.Op == diagnose.Remove || o.Op == diagnose.Remove && e.Op == diagnose.Add)
		})
	})
}

// outermost leaves out edits inside of what another edit made: a container that was replaced is one culprit,
// whatever had to be filled into it.
func outermost(edits []diagnose.Edit) []diagnose.Edit {
	return slices.DeleteFunc(slices.Clone(edits), func(e diagnose.Edit) bool {
		return slices.ContainsFunc(edits, func(o diagnose.Edit) bool {
			return o.Element != e.Element && o.Element.Is("body") && e.Element.Within(o.Element)
		})
	})
}

// written leaves out edits of members that only the mending of a broken body has made: their names stand nowhere in
// it as names.
func (f *failure) written(edits []diagnose.Edit) []diagnose.Edit {
	if !slices.ContainsFunc(edits, func(e diagnose.Edit) bool { return e.Element == "body" && e.Op == diagnose.Set }) {
		return edits
	}
	text := f.Request.Body.Text
	return slices.DeleteFunc(slices.Clone(edits), func(e diagnose.Edit) bool {
		if !e.Element.Is("body") || e.Op != diagnose.Remove || text == "" {
			return false
		}
		name := e.Element.Last()
		for rest := text; ; {
			i := strings.Index(rest, name)
			if i < 0 {
				return true
			}
			rest = rest[i+len(name):]
			if after := strings.TrimLeft(rest, "\"'’”\x60 \t\r\n"); strings.HasPrefix(after, ":") || strings.HasPrefix(after, "=") {
				return false
			}
		}
	})
}

// jsonBody reports whether the body is meant to be JSON.
func (f *failure) jsonBody() bool {
	t := request.Get(f.base.Header, "Content-Type")
	if t == "" {
		t = f.base.Body.Type
	}
	text := strings.TrimSpace(f.base.Body.Text)
	return strings.Contains(t, "json") || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")
}
