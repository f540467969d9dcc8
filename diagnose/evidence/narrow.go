package evidence

import (
	"slices"
	"strings"
)

// narrow keeps the elements that fit what the server says it received, when that tells them apart.
func (r *reader) narrow(found []int, i issue) []int {
	if len(found) < 2 {
		return found
	}
	keep := func(ok func(e *entry) bool) {
		var some []int
		for _, n := range found {
			if ok(&r.ix.entries[n]) {
				some = append(some, n)
			}
		}
		if len(some) > 0 {
			found = some
		}
	}
	if i.value != "" {
		keep(func(e *entry) bool { return e.value() == i.value })
	}
	if i.received != "" {
		keep(func(e *entry) bool { return e.typeName() == i.received })
	}
	if i.class == wrongType && i.expected != "" {
		keep(func(e *entry) bool { return e.typeName() != "" && !fitsType(e.typeName(), i.expected) })
	}
	if len(found) > maxShared {
		return nil
	}
	return found
}

// begun is the one member or parameter whose name begins with all of a name and says more, a unit as a rule: ramQuota of
// ramQuotaMB.
func (ix *index) begun(name string) []int {
	if len(name) < 2*minEcho || len(ix.byLast[fold(name)]) > 0 {
		return nil
	}
	n := ix.sole(func(e *entry) bool {
		last := lastOf(e.segs)
		return e.ofData() && len(last) > len(name) && strings.HasPrefix(last, name) && (last[len(name)] < 'a' || last[len(name)] > 'z')
	})
	if n < 0 {
		return nil
	}
	return []int{n}
}

// valuesBelow are the values in a map or a list that is named for the type of one of them, as encoding/json does: cannot
// unmarshal string into Go struct field Alert.thresholds of type float64.
func (r *reader) valuesBelow(found []int, i *issue) []int {
	if len(found) != 1 || i.class != wrongType || i.received == "" || i.received == "object" || i.received == "array" || i.expected == "object" || i.expected == "array" || i.expected == "" {
		return found
	}
	at := &r.ix.entries[found[0]]
	if !at.container() || at.place != inBody {
		return found
	}
	var values []int
	for n := range r.ix.entries {
		if e := &r.ix.entries[n]; e.place == inBody && len(e.segs) == len(at.segs)+1 && hasSuffix(e.segs[:len(at.segs)], at.segs) && e.typeName() == i.received {
			values = append(values, n)
		}
	}
	if len(values) == 0 || len(values) > maxShared {
		return found
	}
	return values
}

// quotedBelow is the member of an object that is named for it, when the message quotes both the name of the member and its
// value: pydantic's Input tag 'fax' found using 'kind'.
func (r *reader) quotedBelow(found []int, i issue) []int {
	if len(found) != 1 {
		return found
	}
	at := &r.ix.entries[found[0]]
	if !at.container() || at.place != inBody {
		return found
	}
	quoted := quotedTokens(i.text)
	for n := range r.ix.entries {
		e := &r.ix.entries[n]
		if e.place == inBody && len(e.segs) == len(at.segs)+1 && hasSuffix(e.segs[:len(at.segs)], at.segs) &&
			e.value() != "" && slices.Contains(quoted, lastOf(e.segs)) && slices.Contains(quoted, e.value()) {
			return []int{n}
		}
	}
	below := r.ix.sole(func(e *entry) bool { // messages: Unexpected role "system"
		return e.place == inBody && !e.container() && len(e.segs) > len(at.segs) && slices.Equal(e.segs[:len(at.segs)], at.segs) &&
			e.value() != "" && slices.Contains(quoted, e.value()) && slices.Contains(wordsOf(short(i.text)), lastOf(e.segs))
	})
	if below >= 0 && i.class == wrongValue {
		return []int{below}
	}
	return found
}

func fitsType(have, want string) bool {
	return have == want || have == "number" && want == "integer"
}

func (r *reader) allEmpty(found []int) bool {
	for _, n := range found {
		if !r.ix.entries[n].empty() {
			return false
		}
	}
	return true
}
