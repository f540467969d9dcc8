package inquiry

import (
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
)

// ofPart is the source of an edit that changes one part of a value and leaves the others.
const ofPart = "part"

// packed reports the removal of a value that is made of several: one of them is wrong, mostly.
func (f *failure) packed(edits []diagnose.Edit) bool {
	if len(edits) != 1 || edits[0].Op != diagnose.Remove || edits[0].Source == "baseline" || !f.base.Reads() && (!f.Writes || f.Production) {
		return false
	}
	e, _ := f.scene.index.Get(edits[0].Element)
	_, name, _ := e.ID.Cut()
	if _, number := habit.Number(e.Text); number && habit.Of(name).Numeric() {
		return false // a comma in a price is no list of two
	}
	_, ok := element.Parts(e)
	return ok
}

// part looks for the one part of a packed value that is not taken, where the request passes without all of them: first the
// one that looks unlike all others, then by halves. It returns nothing when no value without one part passes.
func (d *detective) part(removed []diagnose.Edit) progress {
	if !d.packed(removed) {
		return nothing
	}
	c, _ := d.scene.index.Get(removed[0].Element)
	p, _ := element.Parts(c)
	kind, name, _ := c.ID.Cut()
	edit := func(to, why string) []diagnose.Edit {
		e := diagnose.Edit{Element: c.ID, Op: diagnose.Set, To: to, Source: ofPart, Weight: 1, Why: why}
		e.Cause = byKind(kind, name, e, d.original)
		return []diagnose.Edit{e}
	}
	without := func(i int) progress {
		to, why := p.Without(i), fmt.Sprintf("without the %s of its %d parts, %q", ordinal(i), len(p.Parts), strings.TrimSpace(p.Parts[i]))
		if p.Range() {
			to, why = p.With(i, p.Parts[1-i]), fmt.Sprintf("the %s of its two ends, %q, is as the other", ordinal(i), strings.TrimSpace(p.Parts[i]))
		}
		return d.try(edit(to, why), diagnose.Repair, why)
	}
	first := unlikeOthers(p.Parts)
	if first >= 0 {
		if r := without(first); r != nothing {
			return r
		}
	}
	if p.Range() {
		for i := range p.Parts {
			if r := without(i); r != nothing {
				return r
			}
		}
		return nothing
	}
	// Invariant: the first lo parts pass, the first hi of them fail.
	lo, hi := 0, len(p.Parts)
	for hi-lo > 1 {
		m := (lo + hi) / 2
		_, out, _ := d.vary(edit(p.First(m), ""), diagnose.Bisect, fmt.Sprintf("with the first %d of its %d parts", m, len(p.Parts)))
		switch out {
		case diagnose.Pass:
			lo = m
		case diagnose.Same:
			hi = m
		default:
			return nothing
		}
	}
	if hi-1 == first {
		return nothing
	}
	return without(hi - 1)
}

// unlikeOthers is the one part that looks unlike all the others, which look like each other; -1 for none. A sign in front
// is no look: sort=-a,b has two of a kind.
func unlikeOthers(parts []string) int {
	looks := make([]string, len(parts))
	count := map[string]int{}
	for i, p := range parts {
		looks[i] = look(strings.ToLower(strings.TrimLeft(strings.TrimSpace(p), "-+!~")))
		count[looks[i]]++
	}
	if len(parts) < 3 || len(count) != 2 {
		return -1
	}
	return slices.IndexFunc(looks, func(l string) bool { return count[l] == 1 })
}

// ordinal is the word for the n-th, from 0.
func ordinal(n int) string {
	words := [...]string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
	if n < len(words) {
		return words[n]
	}
	suffix := "th"
	switch n++; {
	case n%100 >= 11 && n%100 <= 13:
	case n%10 == 1:
		suffix = "st"
	case n%10 == 2:
		suffix = "nd"
	case n%10 == 3:
		suffix = "rd"
	}
	return fmt.Sprint(n, suffix)
}

// longish is the length from which it is asked whether a field is too long: most are shorter, and the tightest limits not.
const longish = 250

// shorterPasses reports that a long field of the header, without which the request passes, passes with its first half, too, and
// not with that half twice: it is its length that is not taken, and nothing in the other half. Where nothing is sent again only to
// know why, it is not asked.
func (d *detective) shorterPasses(c diagnose.Element) bool {
	if !c.ID.Is("header") && !c.ID.Is("cookie") || len(c.Text) < longish || !d.base.Safe() {
		return false
	}
	half := strings.ToValidUTF8(c.Text[:(len(c.Text)+1)/2], "")
	as := func(to, why string) diagnose.Outcome {
		_, out, _ := d.vary([]diagnose.Edit{{Element: c.ID, Op: diagnose.Set, To: to, Source: "contrast", Weight: 1}}, diagnose.Contrast, why)
		return out
	}
	return as(half, "does the first half of it pass?") == diagnose.Pass && as(half+half, "and that half twice, which is as long?") == diagnose.Same
}
