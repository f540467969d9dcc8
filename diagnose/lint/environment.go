package lint

import (
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// environmentRules are those of §5 that need neither a clock difference nor a history: E3 and E4.
func environmentRules() []rule {
	return []rule{{"E3", 5, checkTLSChoices}, {"E4", 30, checkEnvironment}}
}

func checkTLSChoices(s *scan, r rule) {
	t := s.r.Settings.TLS
	switch {
	case t.ServerName != "" && !strings.EqualFold(t.ServerName, s.u.Host):
		s.hit(r, "tls.server_name", "sni_mismatch", "The server name for TLS is not the host of the URL.", set("tls.server_name", "", .1))
	case t.MaxVersion == "1.0" || t.MaxVersion == "1.1":
		s.hit(r.at(40), "tls.min_version", "tls_version_or_cipher", "TLS is held below 1.2, which servers refuse.")
	}
}

// checkEnvironment is E4: the name of the environment against that of the host.
func checkEnvironment(s *scan, r rule) {
	env := strings.ToLower(s.f.Environment)
	if env == "" || s.private() {
		return
	}
	at := environmentOf(s.u.Host)
	prod := strings.HasPrefix(env, "prod") || env == "live"
	switch {
	case prod && at != "":
		s.hit(r, "url.host", "wrong_host_or_environment", "The environment is one of production, the host is one of "+at+".")
	case !prod && at != "" && environmentOf(env) != "" && !alike(at, environmentOf(env)):
		s.hit(r, "url.host", "wrong_host_or_environment", "The environment and the host have different names.")
	}
}

func alike(a, b string) bool {
	return a == b || strings.HasPrefix(a, "stag") && strings.HasPrefix(b, "stag")
}

var (
	base64Names  = lazyre.New(`(?i)(base64|b64|file_?content|image_?data|attachment|signature)`)
	base64Text   = lazyre.New(`^[A-Za-z0-9+/_=\r\n-]{16,}$`)
	base64Strict = lazyre.New(`^[A-Za-z0-9+/]*={0,2}$`)
)

// checkBase64 is the part of B10 about base64; UUIDs are N1's.
func checkBase64(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || !base64Names.MatchString(m.name) {
			continue
		}
		if comma := strings.Index(v, ";base64,"); strings.HasPrefix(v, "data:") && comma > 0 {
			s.hit(r.at(8), m.ID, m.cause("format"), "A data: URI stands where plain base64 may be meant.", weigh(set(m.ID, v[comma+len(";base64,"):], .3), 8))
			continue
		}
		if !base64Text.MatchString(v) || base64Strict.MatchString(v) && len(v)%4 == 0 {
			continue
		}
		fixed := strings.NewReplacer("\r", "", "\n", "", "-", "+", "_", "/").Replace(strings.TrimRight(v, "=\r\n"))
		for len(fixed)%4 != 0 && len(fixed)%4 != 1 {
			fixed += "="
		}
		s.hit(r, m.ID, m.cause("format"), "The base64 has line breaks, no padding or the URL-safe alphabet.", weigh(set(diagnose.ElementID(m.ID), fixed, .1), r.odds))
	}
}
