package lint

import (
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/diagnose/token"
	"culprit/request/lazyre"
)

func credentialRules() []rule {
	return []rule{
		{"C1", 60, checkTrim}, {"C2", 80, checkInvisible}, {"C3", 60, checkQuotes}, {"C4", 70, checkScheme}, {"C5", 40, checkNoScheme},
		{"C6", 25, checkSpaces}, {"C7", 30, checkWrongScheme}, {"C8", 90, checkTruncated}, {"C9", 95, checkUnresolved},
		{"C10", 50, checkJWT}, {"C11", 95, checkClaims}, {"C12", 70, checkBasic}, {"C13", 40, checkPrefix}, {"C14", 40, checkPlace},
		{"C15", 25, checkTwo}, {"C16", 30, checkCookies}, {"C17", 20, checkLong}, {"C18", 40, checkSigV4}, {"C19", 30, checkOAuth},
		{"C20", 20, checkCSRF}, {"C21", 50, checkNone},
	}
}

// A credential is a secret as it goes out.
type credential struct {
	id     diagnose.ElementID
	scheme string // "Bearer"; "" for a bare key
	value  string // without the scheme
	raw    string
}

// schemes are those of the IANA registry that are followed by one token or a list of parameters, and a few that
// are in wide use. Their spelling is the canonical one.
var schemes = []string{"Bearer", "Basic", "Digest", "Token", "DPoP", "Negotiate", "NTLM", "Hawk", "OAuth", "ApiKey", "Api-Key", "Key", "JWT",
	"AWS4-HMAC-SHA256", "Signature", "HMAC", "SSWS", "GenieKey", "Splunk", "Discogs", "Klaviyo-API-Key", "DeepL-Auth-Key", "SharedKey", "SharedAccessSignature", "PRIVATE-TOKEN", "Bot", "App", "GoogleLogin", "KakaoAK", "Mutual", "VAPID", "WSSE"}

// lists are schemes with parameters: quotes and commas belong there.
func lists(scheme string) bool {
	switch strings.ToLower(scheme) {
	case "digest", "hawk", "oauth", "aws4-hmac-sha256", "signature", "hmac", "token", "sharedkey", "sharedaccesssignature", "vapid", "googlelogin":
		return true
	}
	return false
}

func knownScheme(word string) string {
	for _, k := range schemes {
		if strings.EqualFold(k, word) {
			return k
		}
	}
	return ""
}

// credentials are all secrets of the request: the element auth, and headers and parameters named like a key.
func (s *scan) credentials() []credential {
	var out []credential
	for _, e := range s.x.Elements {
		switch {
		case e.ID == "auth" && s.r.Auth.Scheme != "apikey":
			c := credential{id: e.ID, raw: e.Text, value: e.Text}
			if word, rest, ok := strings.Cut(strings.TrimLeft(e.Text, " \t"), " "); ok && (knownScheme(word) != "" || schemeName.MatchString(word)) {
				c.scheme, c.value = word, rest
			}
			out = append(out, c)
		case e.ID == "auth", e.Secret && (e.Group == "header" || e.Group == "header:custom" || e.Group == "query"):
			out = append(out, credential{id: e.ID, raw: e.Text, value: e.Text})
		}
	}
	return out
}

var schemeName = lazyre.New(`^[A-Za-z][A-Za-z0-9-]*$`)

// repaired returns the credential with another value, its scheme in front.
func (c credential) repaired(value string) string {
	if c.scheme == "" {
		return value
	}
	return c.scheme + " " + value
}

func checkTrim(s *scan, r rule) {
	for _, c := range s.credentials() {
		t := strings.TrimSpace(c.raw)
		clean := strings.Map(func(x rune) rune {
			if x == '\n' || x == '\r' {
				return -1
			}
			return x
		}, t)
		if c.raw != clean && t != "" {
			s.hit(r, c.id, "malformed_authorization", "There is white space or a line break at the edge of the credential.", set(c.id, clean, .01))
		}
	}
}

func checkInvisible(s *scan, r rule) {
	for _, c := range s.credentials() {
		if hasInvisible(c.raw) {
			s.hit(r, c.id, "malformed_authorization", "The credential holds characters that nobody can see.", set(c.id, strings.TrimSpace(visible(c.raw)), .01))
		}
	}
}

func checkQuotes(s *scan, r rule) {
	for _, c := range s.credentials() {
		v, was := unquoted(strings.TrimSpace(c.value))
		if was && !lists(c.scheme) {
			s.hit(r, c.id, "malformed_authorization", "The credential stands in quotes.", set(c.id, c.repaired(v), .01))
			continue
		}
		if v, was := unquoted(strings.TrimSpace(c.raw)); was && c.scheme != "" {
			s.hit(r, c.id, "malformed_authorization", "The whole header value stands in quotes.", set(c.id, v, .01))
		}
	}
}

var (
	doubled  = lazyre.New(`^(?i)(bearer|token|basic|jwt|authorization)\s*:?\s+(bearer|token|basic|jwt|apikey)(\s*:\s*|\s+)(\S.*)$`)
	labelled = lazyre.New(`^(?i)(authorization\s*:\s*)?(bearer|basic|token)?\s*[:=,]\s*(\S.*)$`)
	glued    = lazyre.New(`^(?i)(bearer)([A-Za-z0-9._~+/-]{12,}=*)$`)
)

func checkScheme(s *scan, r rule) {
	for _, c := range s.credentials() {
		if c.id != "auth" || s.r.Auth.Scheme == "apikey" {
			continue
		}
		raw := strings.TrimSpace(c.raw)
		say := func(text, to string) {
			s.hit(r, c.id, "malformed_authorization", text, set(c.id, to, .01))
		}
		if m := doubled.FindStringSubmatch(raw); m != nil {
			say("The credential names its scheme twice.", canonical(m[2])+" "+m[4])
			continue
		}
		if word, rest, ok := strings.Cut(raw, " "); ok && c.scheme != "" && knownScheme(word) == "" && !lists(word) {
			if near := habit.Nearest(word, schemes[:2]); near != "" && near != word {
				say("The scheme of the credential is misspelled.", near+" "+strings.TrimSpace(rest))
				continue
			}
		}
		if m := labelled.FindStringSubmatch(raw); m != nil && !lists(c.scheme) {
			say("A colon or equals sign stands where a space belongs after the scheme.", strings.TrimSpace(canonical(cmpOr(m[2], "Bearer"))+" "+m[3]))
			continue
		}
		if m := glued.FindStringSubmatch(raw); m != nil {
			say("There is no space between the scheme and the token.", "Bearer "+m[2])
			continue
		}
		if knownScheme(raw) != "" && !strings.EqualFold(raw, "Negotiate") && !strings.EqualFold(raw, "NTLM") {
			s.hit(r.at(90), c.id, "missing_credentials", "There is a scheme without a credential.")
		}
	}
}

func canonical(scheme string) string { return cmpOr(knownScheme(scheme), scheme) }

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func checkNoScheme(s *scan, r rule) {
	for _, c := range s.credentials() {
		v := strings.TrimSpace(c.raw)
		if c.id != "auth" || s.r.Auth.Scheme == "apikey" || c.scheme != "" || strings.ContainsAny(v, " ,:=") && !token.Looks(v) || knownScheme(v) != "" || v == "" {
			continue
		}
		if glued.MatchString(v) || unresolved(v) != "" {
			continue
		}
		if user, _, ok := token.Pair(v); ok && wordy.MatchString(user) && !token.Looks(v) {
			s.hit(r, c.id, "malformed_authorization", "There is a name and password in base64, and no scheme before it.", set(c.id, "Basic "+v, .05))
			continue
		}
		odds := 15.0 // some APIs take the bare key
		if _, known := token.Issuer(v); known || token.Looks(v) {
			odds = r.odds
		}
		s.hit(r.at(odds), c.id, "malformed_authorization", "The Authorization header has no scheme before the token.", set(c.id, "Bearer "+v, .05))
	}
}

func checkSpaces(s *scan, r rule) {
	for _, c := range s.credentials() {
		if c.scheme == "" {
			continue
		}
		v := strings.TrimLeft(c.value, " \t")
		if v != c.value && v != "" {
			s.hit(r, c.id, "malformed_authorization", "There is more than one space after the scheme.", set(c.id, c.repaired(strings.TrimSpace(v)), .01))
		} else if k := knownScheme(c.scheme); k != "" && k != c.scheme {
			s.hit(r.at(5), c.id, "malformed_authorization", "The scheme is not in the usual case; some servers compare it as text.", set(c.id, k+" "+v, .01))
		}
		if strings.Contains(strings.TrimSpace(v), " ") && !lists(c.scheme) && strings.EqualFold(c.scheme, "Bearer") && !doubled.MatchString(c.raw) {
			s.hit(r.at(40), c.id, "malformed_authorization", "There is a space inside the token.", set(c.id, c.repaired(strings.ReplaceAll(v, " ", "")), .05))
		}
	}
}

func checkWrongScheme(s *scan, r rule) {
	for _, c := range s.credentials() {
		v := strings.TrimSpace(c.value)
		if strings.EqualFold(c.scheme, "Basic") && token.Looks(v) && strings.Count(v, ".") == 2 {
			s.hit(r, c.id, "malformed_authorization", "A JWT is sent with the scheme Basic.", set(c.id, "Bearer "+v, .1))
		}
		if strings.EqualFold(c.scheme, "Bearer") && !token.Looks(v) && len(v) >= 8 {
			if user, _, ok := token.Pair(v); ok && user != "" && wordy.MatchString(user) {
				s.hit(r, c.id, "malformed_authorization", "A name and password in base64 are sent with the scheme Bearer.", set(c.id, "Basic "+v, .1))
			}
		}
	}
}

var wordy = lazyre.New(`^[\w.@+-]{2,}$`)

var cut = lazyre.New(`(?i)…|\.{3,}|\*{3,}|<redacted>|\[redacted\]|\[filtered\]|•{2,}|\(truncated\)|<hidden>`)

func checkTruncated(s *scan, r rule) {
	for _, c := range s.credentials() {
		if cut.MatchString(c.value) {
			s.hit(r, c.id, "malformed_authorization", "The credential is not whole: it was copied from a place that shortens or masks it.")
		}
	}
}
