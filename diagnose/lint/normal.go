package lint

import (
	"net/url"

	"golang.org/x/text/unicode/norm"

	"culprit/diagnose"
)

// checkNormalForm is the last part of B18: a text in Unicode's decomposed form (é as e and an accent), as macOS names
// files. Most text is composed (NFC, RFC 5198 §3), and servers compare bytes. Alone it is hardly a suspicion; beside
// the same text in the other form it is one.
func checkNormalForm(s *scan, r rule) {
	composed, seen := map[string]bool{}, map[string]bool{}
	type decomposed struct {
		id   diagnose.ElementID
		text string // composed
		name bool   // it is the name that is
	}
	var odd []decomposed
	note := func(id diagnose.ElementID, text string, name bool) {
		if ascii(text) {
			return
		}
		nfc := norm.NFC.String(text)
		if nfc == text {
			composed[text] = true
		} else if !seen[string(id)] && norm.NFD.String(text) == text {
			seen[string(id)] = true
			odd = append(odd, decomposed{id, nfc, name})
		}
	}
	for _, e := range s.x.Elements {
		if v, ok := e.Value.(string); ok && e.ID != "body" && e.ID != "url.path" {
			if e.ID.IsSegment() {
				if plain, err := url.PathUnescape(v); err == nil {
					v = plain
				}
			}
			note(e.ID, v, false)
		}
		if e.ID.Is("body") {
			note(e.ID, e.ID.Last(), true)
		}
	}
	for _, d := range odd {
		odds, text := 3.0, "The text is in Unicode's decomposed form; most are composed."
		if composed[d.text] {
			odds, text = r.odds, "The text stands here in Unicode's decomposed form and elsewhere in the composed one; a server that compares bytes finds them different."
		}
		cause := diagnose.CauseID("invalid_request_parameter")
		switch {
		case d.name:
			s.hit(r.at(odds), d.id, "unexpected_body_property", text, rename(d.id, d.text, .02))
			continue
		case d.id.InBody():
			cause = "invalid_body_property_format"
		case d.id.InURL():
			s.hit(r.at(odds), d.id, cause, text, set(d.id, url.PathEscape(d.text), .02))
			continue
		}
		s.hit(r.at(odds), d.id, cause, text, set(d.id, d.text, .02))
	}
}
