package repair

import "culprit/diagnose"

// standing are elements of which none is another one and none holds another: those of edits that go together. A body may
// have ten thousand of them, so each is asked for by its name and those of its parents. The zero value is empty.
type standing struct {
	taken map[diagnose.ElementID]bool
	above map[diagnose.ElementID]bool // the members of the body that hold one of them
	wide  []diagnose.ElementID        // those of them that hold others by another rule than their name
}

// clash reports whether id is one of them, holds one or is held by one.
func (s *standing) clash(id diagnose.ElementID) bool {
	if s.taken[id] || s.above[id] {
		return true
	}
	for _, w := range s.wide {
		if holds(w, id) {
			return true
		}
	}
	if holdsOthers(id) {
		for t := range s.taken {
			if holds(id, t) {
				return true
			}
		}
		return false
	}
	if id.Is("body") {
		for p := id.Parent(); p != ""; p = p.Parent() {
			if s.taken[p] {
				return true
			}
		}
	}
	return false
}

// add takes id in.
func (s *standing) add(id diagnose.ElementID) {
	if s.taken == nil {
		s.taken, s.above = map[diagnose.ElementID]bool{}, map[diagnose.ElementID]bool{}
	}
	s.taken[id] = true
	if holdsOthers(id) {
		s.wide = append(s.wide, id)
	}
	if id.Is("body") {
		for p := id.Parent(); p != "" && !s.above[p]; p = p.Parent() {
			s.above[p] = true
		}
	}
}

// holdsOthers reports an element that holds others which have no part of its name.
func holdsOthers(id diagnose.ElementID) bool {
	switch id {
	case "body", "url", "url.path", "url.query", "auth", "header:Cookie":
		return true
	}
	return false
}

// holds reports whether part is in whole.
func holds(whole, part diagnose.ElementID) bool {
	switch whole {
	case "body":
		return part.Is("body") || part.Is("form") || part.Is("multipart")
	case "url":
		return part.InURL() || part.Is("query")
	case "url.path":
		return part.IsSegment()
	case "url.query":
		return part.Is("query")
	case "auth":
		return part == "header:Authorization"
	case "header:Cookie":
		return part.Is("cookie")
	}
	return whole.Is("body") && part.Within(whole)
}
