package lint

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

var (
	base64Names   = lazyre.New(`(?i)(base64|b64|file_?content|image_?data|attachment|signature)`)
	base64Text    = lazyre.New(`^[A-Za-z0-9+/_=\r\n-]{4,}$`)
	base64Content = lazyre.New(`(?i)^(?:content|data|body|bytes|payload|value)$`)
	base64Strict  = lazyre.New(`^[A-Za-z0-9+/]*={0,2}$`)
)

// checkBase64 is the part of B10 about base64; UUIDs are N1's.
func checkBase64(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		said := ok && base64Content.MatchString(m.name) && s.saysBase64(m.ID)
		if !ok || !said && !base64Names.MatchString(m.name) {
			continue
		}
		if comma := strings.Index(v, ";base64,"); strings.HasPrefix(v, "data:") && comma > 0 {
			s.hit(r.at(8), m.ID, m.cause("format"), "A data: URI stands where plain base64 may be meant.", weigh(set(m.ID, v[comma+len(";base64,"):], .3), 8))
			continue
		}
		if !said && len(v) < 16 || !base64Text.MatchString(v) || base64Strict.MatchString(v) && len(v)%4 == 0 {
			continue
		}
		fixed := strings.NewReplacer("\r", "", "\n", "", "-", "+", "_", "/").Replace(strings.TrimRight(v, "=\r\n"))
		for len(fixed)%4 != 0 && len(fixed)%4 != 1 {
			fixed += "="
		}
		s.hit(r, m.ID, m.cause("format"), "The base64 has line breaks, no padding or the URL-safe alphabet.", weigh(set(m.ID, fixed, .1), r.odds))
	}
}

// saysBase64 reports a member beside an element that says of it that it is base64: {"encoding": "base64", "content": "…"}.
func (s *scan) saysBase64(id diagnose.ElementID) bool {
	up := strings.TrimSuffix(string(id), "/"+id.Last())
	return slices.ContainsFunc([]string{"encoding", "format", "content_encoding", "contentEncoding", "transfer_encoding"}, func(name string) bool {
		e, _ := s.x.Get(diagnose.ElementID(up + "/" + name))
		text, _ := e.Value.(string)
		return strings.EqualFold(text, "base64")
	})
}
