package inquiry

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
)

// The odds of a difference to a request that works, by how its two values differ: another value of the same look is what
// two requests differ in anyway. They are judgement, as §8 has it for repairs; the search mixes them with even ones
// (§14.1), so that a wrong one costs a probe.
const (
	otherName  = 60.0 // a name that is a slip of the pen away from one that only the request that works has (§5 B13)
	otherSlip  = 12.0 // a slip of the pen: case, blanks, separators; or another type
	otherThere = 4.0  // only the request that works has it
	otherCase  = 6.0  // a word in another mix of capitals
	otherLook  = 3.0  // built otherwise: letters for digits, another size
	otherGone  = 2.0  // only this request has it
	otherIdle  = 0.1  // of a layer that does not answer with this status
)

// places are how often a refused request is refused for something in each of its parts: the table of §9.4 for 400 and
// 422, summed up. What a status says about the part is in relevant.
var places = map[string]float64{"body": .60, "form": .60, "multipart": .60, "query": .12, "url": .10, "auth": .08, "method": .04, "header": .08, "cookie": .03}

// weigh gives each of edits, which make this request like one that works, the odds that it is the one that matters: those of
// its part, shared by the differences in it, and what speaks for it besides.
func (a *asker) weigh(edits []diagnose.Edit) {
	part := func(e diagnose.Edit) string { return partOf(e.Element) }
	sum, most := map[string]float64{}, map[string]float64{}
	for i, e := range edits {
		edits[i].Weight = a.difference(e)
		if misspelt(e, edits) {
			edits[i].Weight = otherName
		}
		sum[part(e)] += edits[i].Weight
		most[part(e)] = max(most[part(e)], edits[i].Weight)
	}
	for i, e := range edits {
		if a.off.prior {
			edits[i].Weight = 1
			continue
		}
		place, ok := places[part(e)]
		if !ok {
			place = places["method"]
		}
		if !a.relevant(e.Element) {
			place *= otherIdle
		}
		edits[i].Weight *= place * most[part(e)] / sum[part(e)] * a.oddsNow(e.Element)
	}
}

// besides is what is left of the odds of an element once a repair of it alone changed nothing: what two faults have, of
// which it is one (the share of worlds with two that belief believes in).
const besides = 0.2

// oddsNow is how suspicious an element is to a search: as odds has it, and less where a repair of it alone was tried.
func (a *asker) oddsNow(id diagnose.ElementID) float64 {
	odds := a.odds(id)
	if slices.ContainsFunc(a.ladder.Records, func(r diagnose.ProbeRecord) bool {
		return r.Question != nil && r.Outcome == diagnose.Same && len(r.Question.Edits) == len(a.peeled)+1 && r.Question.Edits[len(a.peeled)].Element == id
	}) {
		odds *= besides
	}
	return odds
}

// partOf is the part of the request that an element stands in: body, query, header, url.
func partOf(id diagnose.ElementID) string {
	kind, _, _ := strings.Cut(id.Kind(), ".")
	return kind
}

// difference is how likely an edit is the one that matters among those of its part of the request.
func (f *failure) difference(e diagnose.Edit) float64 {
	was, ok := f.scene.index.Get(e.Element)
	kind := e.Element.Kind()
	switch {
	case e.Op == diagnose.Add, kind == "auth", kind == "method", e.Element.InURL():
		return otherThere
	case e.Op == diagnose.Remove && e.Element.InBody():
		return otherGone
	case e.Op == diagnose.Set && ok:
		return unlike(was.Text, element.Shown(e))
	}
	return 1
}

// misspelt reports that e adds or removes one of two names of the same place that are a slip apart, and others does the
// opposite with the other one.
func misspelt(e diagnose.Edit, others []diagnose.Edit) bool {
	if e.Op != diagnose.Add && e.Op != diagnose.Remove {
		return false
	}
	at, name := e.Element.Place(), e.Element.Last()
	return slices.ContainsFunc(others, func(o diagnose.Edit) bool {
		place, other := o.Element.Place(), o.Element.Last()
		return o.Op != e.Op && (o.Op == diagnose.Add || o.Op == diagnose.Remove) && place == at && min(len(name), len(other)) >= leastName &&
			(bare(name) == bare(other) || habit.Distance(name, other) <= slips)
	})
}

// leastName is the length from which two names are hardly alike by chance when they are as many slips apart (§8).
const leastName, slips = 4, 2

// unlike compares two values as they stand in a request.
func unlike(a, b string) float64 {
	if a == "" || b == "" || typeOf(a) != typeOf(b) {
		return otherSlip
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX == nil && errY == nil:
		if strings.Contains(a, ".") != strings.Contains(b, ".") || x*y <= 0 && x != y || x > sized*y || y > sized*x {
			return otherLook
		}
	case bare(a) == bare(b):
		return otherSlip
	case !strings.Contains(a, " ") && look(a) != look(b):
		if look(strings.ToLower(a)) == look(strings.ToLower(b)) {
			return otherCase
		}
		return otherLook
	}
	return 1
}

// sized is how many times larger a number is that is of another size.
const sized = 20

// typeOf is the JSON type of a value by its first character; of plain text, whether it is a number.
func typeOf(s string) byte {
	switch c := s[0]; {
	case c == '"' || c == '{' || c == '[':
		return c
	case s == "true" || s == "false":
		return 't'
	case s == "null":
		return 'n'
	case c == '-' || c >= '0' && c <= '9':
		if _, err := strconv.ParseFloat(s, 64); err == nil {
			return '0'
		}
	}
	return 'a'
}

// bare is a text without case, blanks and separators.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// look is a text with its runs of letters and digits as one each: 2031-03-20 and 1999-1-2 look alike.
func look(s string) string {
	var b strings.Builder
	last := rune(0)
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			r = 'A'
		case unicode.IsLetter(r):
			r = 'a'
		case unicode.IsDigit(r):
			r = '9'
		}
		if r != last || r != 'a' && r != 'A' && r != '9' {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}
