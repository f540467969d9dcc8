package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
)

// pick keeps the entries of candidates that are in the place. Without a place the body wins over the query,
// and those over header and cookie, because errors speak of headers as headers.
func (ix *index) pick(candidates []int, p place) []int {
	for _, group := range [][]place{{inBody}, {inQuery, inPath}, {inHeader, inCookie}} {
		var found []int
		for _, i := range candidates {
			for _, g := range group {
				if ix.entries[i].place == g && ix.entries[i].fits(p) {
					found = append(found, i)
				}
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// maxShared is how many elements one name may mean before it means none.
const maxShared = 2

// exact returns the entries that have the path itself, as a whole or without leading segments that are no
// names in the request (a location word, a type's name).
func (ix *index) exact(segs []string, p place) []int {
	folds := foldAll(segs)
	for from := range min(len(segs), 4) {
		if from > 0 && !strippable(segs[from-1]) && (!startsUpper(segs[from-1]) || len(ix.byPath[folds[from-1]]) > 0) {
			break
		}
		if from > 0 && isNumber(segs[from]) {
			continue
		}
		if found := ix.pick(ix.byPath[strings.Join(folds[from:], "\x00")], p); len(found) > 0 {
			return found
		}
	}
	return nil
}

// listing returns the one value of the query or the body that is a list of names with commas, and has this one.
func (ix *index) listing(name string) []int {
	n := ix.sole(func(e *entry) bool {
		items := strings.Split(e.value(), ",")
		for k := range items {
			items[k] = strings.TrimSpace(items[k])
		}
		return e.isText() && len(items) > 1 && slices.Contains(items, name) && !slices.ContainsFunc(items, func(s string) bool { return strings.Contains(s, " ") })
	})
	if n < 0 {
		return nil
	}
	return []int{n}
}

// resolve returns the entries that the path means, best reading first: exactly, as the end of a longer path,
// and with array indexes left out.
func (ix *index) resolve(segs []string, p place) []int {
	if found := ix.exact(segs, p); len(found) > 0 {
		return found
	}
	folds := foldAll(segs)
	for from := range min(len(segs), 4) {
		if from > 0 && !strippable(segs[from-1]) && !startsUpper(segs[from-1]) {
			break
		}
		if isNumber(segs[from]) {
			continue
		}
		segs := folds
		if found := ix.suffix(segs[from:], p, false); len(found) > 0 {
			return found
		}
		if found := ix.suffix(segs[from:], p, true); len(found) > 0 {
			return found
		}
	}
	return nil
}

// suffix finds entries whose path ends in segs; with loose, numbers and wildcards of both sides are left out.
func (ix *index) suffix(segs []string, p place, loose bool) []int {
	if loose {
		segs = named(segs)
	}
	if len(segs) == 0 {
		return nil
	}
	var found []int
	for _, i := range ix.byLast[segs[len(segs)-1]] {
		e := &ix.entries[i]
		have := e.folds
		if loose {
			have = named(have)
		}
		if e.fits(p) && hasSuffix(have, segs) {
			found = append(found, i)
		}
	}
	found = ix.pick(found, p)
	if !loose && len(found) > maxShared {
		return nil
	}
	return found
}

// named returns the segments that are names.
func named(segs []string) []string {
	out := make([]string, 0, len(segs))
	for _, s := range segs {
		if !isNumber(s) && !isWild(s) {
			out = append(out, s)
		}
	}
	return out
}

func hasSuffix(path, tail []string) bool {
	if len(tail) > len(path) {
		return false
	}
	for i := range tail {
		if path[len(path)-len(tail)+i] != tail[i] {
			return false
		}
	}
	return true
}

// without puts, in a path that is the same for all items of a list, the number of the first item that has not what the
// path ends in.
func (ix *index) without(segs []string) []string {
	at := slices.IndexFunc(segs, isWild)
	if at <= 0 || at == len(segs)-1 {
		return segs
	}
	out := slices.Clone(segs)
	for n := range maxIssues {
		out[at] = itoa(n)
		if _, ok := ix.byID[diagnose.ID("body", joinPointer(out[:at+1]))]; !ok {
			break
		}
		if _, ok := ix.byID[diagnose.ID("body", joinPointer(out))]; !ok {
			return ix.without(out)
		}
	}
	return segs
}

// untagged is a path without the member of a union that pydantic puts between an object and what lies in it: the value of
// its discriminator, or the name of a type. It is nil where the rest is not in the request; of what is missing, all but its
// last name has to be.
func (ix *index) untagged(segs []string, missing bool) []string {
	for n := 1; n < len(segs)-1; n++ {
		less := append(segs[:n:n], segs[n+1:]...)
		have := less
		if missing {
			have = less[:len(less)-1]
		}
		if len(ix.byPath[strings.Join(foldAll(segs[:n+1]), "\x00")]) == 0 && len(ix.byPath[strings.Join(foldAll(have), "\x00")]) > 0 {
			return less
		}
	}
	return nil
}

// tagged reports a path with a segment that is a value of the object which the segments before it lead to, and no name in it:
// payment.card.number, where payment has {"kind": "card"}.
func (ix *index) tagged(segs []string) bool {
	folds := foldAll(segs)
	for k := range ix.entries {
		e := &ix.entries[k]
		if n := len(e.segs) - 1; e.place == inBody && n > 0 && n < len(segs)-1 && e.value() == segs[n] && slices.Equal(e.folds[:n], folds[:n]) {
			return true
		}
	}
	return false
}

// asSiblings spells the end of a path to an item's member as the other items of the list have it, where the server says
// only the name that a program has for it: Guests[0].Name for full_name.
func (ix *index) asSiblings(segs []string) []string {
	at := ix.resolve(segs[:len(segs)-1], inBody)
	if len(at) != 1 {
		return segs
	}
	item := ix.entries[at[0]].segs
	if len(item) < 2 || !isNumber(lastOf(item)) {
		return segs
	}
	own, want := foldAll(ix.childNames(item)), strings.ToLower(lastOf(segs))
	var names []string
	for _, other := range ix.itemsOf(item[:len(item)-1]) {
		for _, name := range ix.childNames(ix.entries[other].segs) {
			if !slices.Contains(own, fold(name)) && !slices.Contains(names, name) && slices.Contains(nameWords(name), want) {
				names = append(names, name)
			}
		}
	}
	if len(names) != 1 {
		return segs
	}
	return append(segs[:len(segs)-1:len(segs)-1], names[0])
}

// leaves counts the scalars below a path of the body.
func (ix *index) leaves(segs []string) int {
	n := 0
	for i := range ix.entries {
		if e := &ix.entries[i]; e.place == inBody && !e.container() && len(e.segs) > len(segs) && hasSuffix(e.segs[:len(segs)], segs) {
			n++
		}
	}
	return n
}

// itemsOf returns the items of a list of the body.
func (ix *index) itemsOf(list []string) []int {
	var found []int
	for i := range ix.entries {
		if e := &ix.entries[i]; e.place == inBody && len(e.segs) == len(list)+1 && hasSuffix(e.segs[:len(list)], list) && isNumber(lastOf(e.segs)) {
			found = append(found, i)
		}
	}
	return found
}
