package lint

import (
	"strings"

	"culprit/diagnose"
)

// checkUnresolved is C9 for every element, not only for credentials: what a program or a reader was meant to
// fill in and did not.
func checkUnresolved(s *scan, r rule) {
	secrets := map[diagnose.ElementID]bool{}
	for _, c := range s.credentials() {
		secrets[c.id] = true
		what := unresolved(c.value)
		switch {
		case what == "" && within.MatchString(c.value):
			what = "a variable that was not filled in"
		case what == "":
			continue
		}
		s.hit(r, c.id, "unresolved_variable", "In place of the credential stands "+what+".")
	}
	if a := s.r.Auth; a.Scheme == "basic" {
		for _, p := range []string{"username", "password"} {
			if what := unresolved(a.Param(p)); what != "" {
				s.hit(r, "auth", "unresolved_variable", "In place of the "+p+" stands "+what+".")
			}
		}
	}
	for _, e := range s.x.Elements {
		if secrets[e.ID] || e.Default {
			continue
		}
		v, ok := e.Value.(string)
		if !ok || e.ID == "body" || len(v) > 4096 {
			continue
		}
		place := e.ID.Kind()
		switch place {
		case "header", "query", "form", "multipart", "cookie", "body":
			s.unresolvedAt(r, e.ID, place, v)
		case "url.host", "url.port":
			if within.MatchString(v) || unresolved(v) != "" {
				s.hit(r, e.ID, "unresolved_variable", "The URL holds a variable that was not filled in.")
			}
		}
	}
}

func (s *scan) unresolvedAt(r rule, id diagnose.ElementID, place, v string) {
	odds := r.odds
	if place == "body" {
		odds = 60 // a template may be the very thing that is sent
	}
	if what := unresolved(v); what != "" {
		t := strings.TrimSpace(v)
		var edits []diagnose.Edit
		if hollow.MatchString(t) {
			odds = 40
			edits = append(edits, remove(id, .05))
			if place == "body" {
				edits = append(edits, set(id, nil, .2))
			}
		} else if t == "null" || stencil.MatchString(t) && (place == "body" || place == "form") {
			odds = 30
		}
		s.hit(r.at(odds), id, "unresolved_variable", "The value is "+what+".", edits...)
		return
	}
	if within.MatchString(v) && place != "body" && place != "form" && place != "multipart" {
		s.hit(r.at(odds*.9), id, "unresolved_variable", "The value holds a variable that was not filled in.")
	}
}
