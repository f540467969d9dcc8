package evidence

import (
	"slices"
	"strings"

	"culprit/request/lazyre"
)

// which keeps, of elements that have one name in several items of a list, those of the item that the answer speaks of: the
// one that it repeats as a whole, the one whose number it has in a member of its own, or in its words.
func (r *reader) which(found []int) []int {
	if len(found) < 2 {
		return found
	}
	inside := func(item []string) []int {
		var in []int
		for _, n := range found {
			if s := r.ix.entries[n].segs; len(s) >= len(item) && slices.Equal(s[:len(item)], item) {
				in = append(in, n)
			}
		}
		return in
	}
	if mirrored := r.mirrored(); len(mirrored) > 0 {
		if in := inside(mirrored); len(in) > 0 {
			return in
		}
	}
	list := r.ix.entries[found[0]].segs
	at := slices.IndexFunc(list, isNumber)
	if at < 0 {
		return found
	}
	list = list[:at:at]
	for _, n := range r.numbers(len(r.ix.itemsOf(list))) {
		if in := inside(append(list, itoa(n))); len(in) > 0 {
			return in
		}
	}
	return found
}

// numbers are the items that the answer speaks of by their number, from 0, where a list has so many.
func (r *reader) numbers(items int) []int {
	if r.doc.root != nil {
		for _, k := range []string{"index", "idx", "error.index", "errors.0.index", "details.index"} {
			if v := r.doc.root.at(k); v != nil && v.kind == '0' && isNumber(v.text) {
				n, err := atoi(v.text)
				if err == nil && n < items {
					return []int{n}
				}
			}
		}
	}
	m := numberedRE.FindStringSubmatch(short(r.sentence))
	if m == nil {
		return nil
	}
	n, err := atoi(m[2])
	switch word := strings.ToLower(m[1]); {
	case err != nil, n > items:
		return nil
	case word == "index" || n == 0: // counted from 0, as programs do
		return []int{n}
	case word == "line" || word == "row" || n == items:
		return []int{n - 1}
	}
	return nil // counted from 0 or from 1
}

// numberedRE is an item of a list by its number, as people write it.
var numberedRE = lazyre.New(`(?i)\b(index|line|row|item|entry|record|element|position|operation) #?(\d{1,4})\b`)
