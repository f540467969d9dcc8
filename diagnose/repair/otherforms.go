package repair

import (
	"cmp"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
)

// formsTried is how many other forms of a value are worth a try where the server only says that it does not like it.
const formsTried = 3

// likelyForm are the odds from which one is.
const likelyForm = .3

// otherForms are the likeliest forms of a value that the server refuses without saying what it wants instead.
func (g *generator) otherForms(e diagnose.Evidence, el diagnose.Element) []Change {
	if e.Ratio < named || len(e.Allowed) > 0 || e.Expected != "" || el.Secret || isContainer(el) || isKey(el.ID) || !strings.HasSuffix(string(e.Cause), "_property_value") && !strings.HasSuffix(string(e.Cause), "_property_format") && e.Cause != "invalid_request_parameter" {
		return nil
	}
	if g.places == nil {
		g.places = Places(g.x, nil, g.opt)
	}
	var out []Change
	for _, p := range g.places {
		for _, c := range p.Changes {
			if p.Element == el.ID && c.Edit.Op == diagnose.Set && c.Odds >= likelyForm && !madeUp(c.Edit.To, el) {
				out = append(out, c)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return cmp.Compare(b.Odds, a.Odds) })
	return out[:min(formsTried, len(out))]
}

// madeUp reports a UUID made up in the place of a number: one that was not liked is first another number.
func madeUp(to any, el diagnose.Element) bool {
	id, text := to.(string)
	return text && isNumber(el) && habit.UUIDLike(id)
}
