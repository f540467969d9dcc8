package evidence

import (
	"regexp"
	"slices"
	"strings"

	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// ofAll are words of a complaint about an object or a list as a whole.
var ofAll = lazyre.New(`(?i)\b(?:items?|elements?|entries|members?|propert(?:y|ies)|keys?|length|size|empty|unique|duplicate[sd]?|distinct|array|list|object|dictionary|map|at least|at most|too (?:many|few|long|short)|schemas?|oneOf|anyOf|allOf)\b`)

// ofEach are words of a complaint about the items of a list, of which one may be meant.
var ofEach = lazyre.New(`(?i)^\W*(?:each|every|all) (?:value|item|element|entry|member|nested)`)

// oneBelow is what a complaint about one value means when it is said of the object or list that the value lies in: the
// member that its sentence begins to speak of, else the only text in it that can be meant. Zod's flattened errors name no
// more than the first member of a path.
func (r *reader) oneBelow(found []int, i *issue) []int {
	if len(found) != 1 || i.class != wrongValue && i.class != wrongFormat && i.class != wrongType && i.class != unclear {
		return found
	}
	at := &r.ix.entries[found[0]]
	if !at.container() || at.place != inBody || len(at.segs) == 0 {
		return found
	}
	var named, texts, misfits []int
	said := strings.ToLower(short(i.text))
	for n := range r.ix.entries {
		e := &r.ix.entries[n]
		if e.place != inBody || len(e.segs) <= len(at.segs) || !slices.Equal(e.segs[:len(at.segs)], at.segs) {
			continue
		}
		if name := lastOf(e.segs); len(name) > 2 && !isNumber(name) && strings.Contains(said, strings.ToLower(name)) && subjectOf(i.text, name) {
			named = append(named, n)
		}
		if i.class == wrongType && (wouldBe(e, i.expected) || len(e.segs) == len(at.segs)+1 && (ofEach.MatchString(i.text) || ofEach.MatchString(r.sentence)) && e.typeName() != "" && i.expected != "" && !isFormat(i.expected) && !fitsType(e.typeName(), i.expected)) {
			misfits = append(misfits, n)
		}
		if e.typeName() == "string" && !slices.Contains(i.allowed, e.value()) {
			texts = append(texts, n)
		}
	}
	switch {
	case len(named) == 1:
		return named
	case len(misfits) == 1:
		return misfits
	case len(texts) == 1 && i.class != unclear && i.class != wrongType && (len(i.allowed) > 0 || isFormat(i.expected)) && (len(i.allowed) > 0 || !ofAll.MatchString(i.text)):
		if i.code == "" && len(i.allowed) > 0 {
			i.ratio = min(i.ratio, challenge) // Zod says the same of a choice that is not there: that one may have another name
		}
		return texts
	}
	return found
}

// wouldBe reports a text that is a number or a truth value written in quotes, where that is what is expected.
func wouldBe(e *entry, expected string) bool {
	if e.typeName() != "string" {
		return false
	}
	switch expected {
	case "boolean":
		return habit.Truth(e.value()) != nil
	case "number", "integer":
		_, ok := habit.Number(e.value())
		return ok
	}
	return false
}

// subjectOf reports that a sentence says of a name what it must be or is not.
func subjectOf(text, name string) bool {
	re, err := regexp.Compile(`(?i)(?:^|[^\w.])["'\x60]?` + regexp.QuoteMeta(name) + `["'\x60]? (?:must|should|has to|needs to|cannot|can't|is not|isn't|is invalid|is an? invalid|does not|doesn't)\b`)
	if err != nil {
		return false
	}
	at := re.FindStringIndex(short(text))
	return at != nil && !strings.HasSuffix(strings.ToLower(strings.TrimSpace(text[:at[0]+1])), " a")
}
