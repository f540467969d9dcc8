package evidence

import (
	"net/textproto"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
)

// missing returns the id that an absent element would have. Its parent is found in the request as far as the
// path is known there.
func (ix *index) missing(segs []string, p place) diagnose.ElementID {
	for len(segs) > 1 && strippable(segs[0]) && len(ix.pick(ix.byPath[fold(segs[0])], p)) == 0 {
		segs = segs[1:]
	}
	if len(segs) == 0 || segs[0] == "" {
		return ""
	}
	last := segs[len(segs)-1]
	switch {
	case p == inHeader:
		if dashed := strings.ReplaceAll(last, "_", "-"); isHeaderName(dashed) { // as Python spells the arguments of its functions
			last = textproto.CanonicalMIMEHeaderKey(dashed)
		} else if dashed == last {
			last = textproto.CanonicalMIMEHeaderKey(last)
		}
		return diagnose.ID("header", last)
	case p == inCookie:
		return diagnose.ID("cookie", last)
	case p == inPath:
		return "url.path"
	case p == inQuery, p == anywhere && (ix.body == "" || ix.opaque):
		return diagnose.ID("query", bracketed(segs))
	case ix.body == "form:" || ix.body == "multipart:":
		return diagnose.ElementID(ix.body + bracketed(segs))
	}
	if len(segs) == 1 {
		segs = append(ix.record(), segs...)
	}
	return diagnose.ID("body", joinPointer(ix.below(segs)))
}

// record is the path of the element of a body in XML that holds the most values; nil where the body is none. What is
// missing by its bare name is hardly missing beside the root, of which there is one.
func (ix *index) record() []string {
	held := map[string]int{}
	var most []string
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.el == nil || e.el.Group != diagnose.Markup {
			continue
		}
		up := e.segs[:len(e.segs)-1]
		for len(up) > 1 && isNumber(up[len(up)-1]) {
			up = up[:len(up)-1]
		}
		key := joinPointer(up)
		if held[key]++; most == nil || held[key] > held[joinPointer(most)] {
			most = slices.Clip(up)
		}
	}
	return most
}

// below puts a path that ends in an absent name below what the request has of it.
func (ix *index) below(segs []string) []string {
	for n := len(segs) - 1; n > 0; n-- {
		found := ix.resolve(segs[:n], inBody)
		if len(found) == 0 || len(found) > 1 {
			continue
		}
		base := ix.entries[found[0]].segs
		out := append([]string{}, base...)
		for i, s := range segs[n:] {
			if i == 0 {
				s = restyle(s, ix.childNames(base))
			}
			out = append(out, s)
		}
		return out
	}
	// A type's name in front (Order.Price) is no part of the path.
	if len(segs) > 1 && startsUpper(segs[0]) && styleOf(ix.childNames(nil)) != habit.Pascal {
		segs = segs[1:]
	}
	out := append([]string{}, segs...)
	out[0] = restyle(out[0], ix.childNames(nil))
	return out
}

// childNames returns the names directly below a body path.
func (ix *index) childNames(base []string) []string {
	var names []string
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.place == inBody && len(e.segs) == len(base)+1 && hasSuffix(e.segs[:len(base)], base) {
			names = append(names, e.segs[len(base)])
		}
	}
	return names
}

// wrapper is the path of the one object that is all of a body, {"order": {…}}; nil where there is none.
func (ix *index) wrapper() []string {
	names := ix.childNames(nil)
	if len(names) != 1 || len(ix.childNames(names)) == 0 {
		return nil
	}
	if _, list := ix.byID[diagnose.ID("body", joinPointer([]string{names[0], "0"}))]; list {
		return nil
	}
	return names
}

// bracketed spells a path as form fields do: a[b][0].
func bracketed(segs []string) string {
	var b strings.Builder
	for i, s := range segs {
		if i > 0 {
			s = "[" + s + "]"
		}
		b.WriteString(s)
	}
	return b.String()
}
