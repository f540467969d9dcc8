package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/chance"
	"culprit/diagnose/lint"
)

// doubt is what may be left to chance: an accusation needs that the answers which it foretold come by luck less often
// than this (§3.6, §10). Where a check spoke for the element before anything was sent, hinted is enough. What needs more
// than one element at fault, or was answered otherwise than the smallest explanation has it, has to be told from chance
// better: odd is by how much for each.
const (
	doubt  = 1. / 115
	hinted = 1. / 30
	odd    = 1. / 2
	// writing is doubt for a write, of which fewer passes can be asked for, and often how many failures of it are enough.
	writing, often = 1. / 50, 8
)

// lucky reports that a failure which comes and goes may well have given the answers that were foretold. The server's
// own word about the element, or a check's that is sure of it, leaves no room for that.
func (d *detective) lucky(p *proof, edits []diagnose.Edit) bool {
	said := d.worded(edits, strong)
	most := doubt
	switch safe := d.base.Safe(); {
	case d.off.confirmation, d.worded(edits, sure) && d.fits(edits), d.inWords(edits), !safe && (said || !d.Writes):
		return false // of a write that is asked for each time, nothing more is asked
	case said:
		most = hinted
	case !safe:
		most = writing
	}
	for range d.atFault(edits) + p.oddities - 1 {
		most *= odd
	}
	failed, passed := d.ladder.foretold(p)
	return chance.Foretold(failed, passed) > most && (d.base.Safe() || failed < often)
}

// oncemore reports whether the mended request may pass again to tell it from chance: a write twice more, where that was
// allowed for the whole run and nothing of production is at stake.
func (d *detective) oncemore(p *proof) bool {
	return d.base.Safe() || d.Writes && !d.Production && len(p.passes) < 3
}

// foretold counts the answers of the run that were known before they came, if the accusation is right. The request as
// it is fails, and so did all that was tried before the first pass; mended it passes, and so does a request that is
// known to work. A search foretells what no longer divides its suspects: with all of them mended it passes, with none
// it fails; once that is not so, nothing of the search counts. What divides them counts for nothing, for it leaves
// suspects whatever the answers are.
func (l *ladder) foretold(p *proof) (failed, passed int) {
	var suspects []diagnose.ElementID // nil before the first pass
	searched, broken := 0, false      // how the search ended: with a pass that it foretold
	for _, r := range l.records {
		if r.Question == nil || r.Question.Request == nil {
			continue
		}
		of := touched(r.Question.Edits)
		bisected := suspects != nil && r.Kind == diagnose.Bisect
		all, none := holds(of, suspects), !slices.ContainsFunc(suspects, func(id diagnose.ElementID) bool { return slices.Contains(of, id) })
		switch r.Outcome {
		case diagnose.Pass:
			switch {
			case slices.Contains(p.passes[1:], r.N), r.Kind == diagnose.Baseline:
				passed++
			case bisected && all:
				searched = 1
			case bisected && none:
				broken = true
			}
			suspects = both(of, suspects)
		case diagnose.Same, diagnose.Other:
			if suspects == nil || slices.Contains(p.fails, r.N) {
				failed++
			}
			switch {
			case bisected && all:
				broken = true
			case bisected && !none:
				suspects = slices.DeleteFunc(suspects, func(id diagnose.ElementID) bool { return slices.Contains(of, id) })
			}
		}
	}
	if broken {
		searched = 0
	}
	return failed, passed + searched
}

// touched are the elements of edits.
func touched(edits []diagnose.Edit) []diagnose.ElementID {
	out := make([]diagnose.ElementID, len(edits))
	for i, e := range edits {
		out[i] = e.Element
	}
	return out
}

// holds reports whether all of some are among ids.
func holds(ids, some []diagnose.ElementID) bool {
	return !slices.ContainsFunc(some, func(id diagnose.ElementID) bool { return !slices.Contains(ids, id) })
}

// both are the suspects that are among ids: all of these when none were known, or none is left.
func both(ids, suspects []diagnose.ElementID) []diagnose.ElementID {
	left := slices.DeleteFunc(slices.Clone(suspects), func(id diagnose.ElementID) bool { return !slices.Contains(ids, id) })
	if len(left) == 0 {
		return ids
	}
	return left
}

// worded reports that the server's words, or a check of the request alone, spoke with these odds for each of edits.
// What a status by itself points at is no word: chance gives it too.
func (d *detective) worded(edits []diagnose.Edit, odds float64) bool {
	hits := d.check(d.scene.index, lint.FactsOf(d.Case))
	return !slices.ContainsFunc(edits, func(e diagnose.Edit) bool {
		named := func(id diagnose.ElementID) bool { return singular(id) == singular(e.Element) || id == shownAs(e) }
		return !slices.ContainsFunc(hits, func(h diagnose.Hit) bool { return named(h.Element) && h.Odds >= odds }) &&
			!slices.ContainsFunc(d.scene.evidence, func(v diagnose.Evidence) bool {
				return named(v.Element) && v.Ratio >= odds && (v.Kind != "status" || v.Ratio >= namedRatio)
			})
	})
}

// atFault is how many elements edits accuse; one that is there twice is one.
func (d *detective) atFault(edits []diagnose.Edit) int {
	var names []diagnose.ElementID
	for _, e := range d.written(outermost(edits)) {
		if name := singular(e.Element); e.Source != follows && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return len(names)
}

// singular is an element without the number of its appearance: query:tag for query:tag#1.
func singular(id diagnose.ElementID) diagnose.ElementID {
	name, _, _ := strings.Cut(string(id), "#")
	return diagnose.ElementID(name)
}
