package inquiry

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/isolate"
)

// The odds that two elements clash, by where they stand: dependencies between parameters are mostly among those of one
// object, one query, one set of headers (§7.4), and what is there clashes rather than what its value is. Of two that clash
// either mends the failure: what was changed while it stayed is hardly one of them.
const (
	besideOdds, apartOdds = 6.0, 0.3
	thereOdds             = 6.0
	changedOdds           = 0.05
)

// kin is how likely what e takes away or changes clashes with an element, beside the other edits.
func (a *asker) kin(of diagnose.ElementID, e diagnose.Edit) float64 {
	odds := 1.0
	if e.Op == diagnose.Remove {
		odds = thereOdds
	}
	switch {
	case of.Place() == e.Element.Place():
		odds *= besideOdds
	case partOf(of) != partOf(e.Element):
		odds *= apartOdds
	}
	if slices.ContainsFunc(a.ladder.Records, func(r diagnose.ProbeRecord) bool {
		return r.Outcome == diagnose.Same && r.Kind != diagnose.Confirm && r.Question != nil && slices.ContainsFunc(r.Question.Edits, func(o diagnose.Edit) bool {
			return o.Element == e.Element && o.Op == e.Op && reflect.DeepEqual(o.To, e.To)
		})
	}) {
		odds *= changedOdds
	}
	return odds
}

// partner finds what the culprit cannot be combined with: put back a part of drop, and it fails (§7.5). Where the
// search is stopped on the way, that it passes without all of them is known all the same: then the culprit is half of
// the answer, and among what the other half was last seen is told.
func (d *detective) partner(p *proof, edits, drop []diagnose.Edit) bool {
	if byStatusAlone[d.oracle.exchange.Status()] == "request_header_too_large" {
		return false // it is too much of them, and any other could be left out as well
	}
	odds := map[diagnose.ElementID]float64{}
	for _, e := range drop {
		odds[e.Element] = d.kin(edits[0].Element, e)
	}
	drop = slices.SortedStableFunc(slices.Values(drop), func(a, b diagnose.Edit) int { return cmp.Compare(odds[b.Element], odds[a.Element]) })
	among, weight := drop, func(i int) float64 { return odds[drop[i].Element] }
	suspects := lined(len(drop), weight)
	pick, err := isolate.Search(len(drop), weight, isolate.Even, func(set []int) (bool, error) {
		out := make([]diagnose.Edit, 0, len(drop))
		for i, e := range drop {
			if !slices.Contains(set, i) {
				out = append(out, e)
			}
		}
		before := len(d.ladder.Records)
		_, verdict, _ := d.vary(out, diagnose.Bisect, "which of these does it clash with?")
		d.ladder.Foretold(before, 1-suspects.hope(set))
		suspects.learn(set, verdict != diagnose.Pass)
		switch verdict {
		case diagnose.Refused:
			return false, errStopped
		case diagnose.Pass:
			return false, nil
		}
		if verdict == diagnose.Same && len(set) < len(among) {
			among = pickEdits(drop, set)
		}
		return true, nil
	})
	if errors.Is(err, errStopped) {
		d.hint(fmt.Sprintf("%s passes where the rest is left out: what it clashes with is among %s; the search ended before that was found", list(edits), list(among)))
		d.accuse(edits, p, "interacting_parameters")
		return true
	}
	if err != nil || len(pick) == 0 || len(pick) == len(drop) && len(drop) > 2 {
		return false
	}
	rest, mended := slices.Clone(drop), edits
	for _, i := range pick {
		edits = append(edits[:len(edits):len(edits)], drop[i])
		rest = slices.DeleteFunc(rest, func(e diagnose.Edit) bool { return e.Element == drop[i].Element })
	}
	p.accused = edits
	if !d.repeat(p, mended) {
		return true
	}
	if r, err := element.Apply(d.base, rest); err == nil {
		d.result.minimal = &r
	}
	cause := diagnose.CauseID("interacting_parameters")
	if sameName(edits) {
		cause = "" // one parameter given twice, not two that clash
	}
	d.accuse(edits, p, cause)
	return true
}

// sameName reports whether all edits are of one name that is repeated: query:tag and query:tag#1.
func sameName(edits []diagnose.Edit) bool {
	return !slices.ContainsFunc(edits, func(e diagnose.Edit) bool { return singular(e.Element) != singular(edits[0].Element) })
}
