package lint

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/token"
	"culprit/request"
	"culprit/request/lazyre"
)

// codedRules are about credentials that went through one program too many.
func codedRules() []rule {
	return []rule{{"C22", 85, checkBytesPrint}, {"C23", 50, checkEscapedToken}, {"C24", 30, checkBasicForm}, {"C25", 60, checkSignedAt}}
}

var bytesPrint = lazyre.New(`^b(?:'([^']*)'|"([^"]*)")$`)

// checkBytesPrint is C22: Python prints bytes as b'…'.
func checkBytesPrint(s *scan, r rule) {
	for _, c := range s.credentials() {
		if m := bytesPrint.FindStringSubmatch(strings.TrimSpace(c.value)); m != nil {
			s.hit(r, c.id, "malformed_authorization", "The credential stands in b'…': a program printed bytes instead of decoding them.", set(c.id, c.repaired(m[1]+m[2]), .01))
		}
	}
}

var percentCoded = lazyre.New(`^[A-Za-z0-9._~+/-]*(%(2[BbFf]|3[Dd]|20|7[Cc])[A-Za-z0-9._~+/-]*)+$`)

// checkEscapedToken is C23: a token of a URL, still percent-encoded in a header.
func checkEscapedToken(s *scan, r rule) {
	for _, c := range s.credentials() {
		e, _ := s.x.Get(c.id)
		if e.Group == "query" || !percentCoded.MatchString(c.value) {
			continue
		}
		if plain, err := url.PathUnescape(c.value); err == nil {
			s.hit(r, c.id, "malformed_authorization", "The credential is percent-encoded; header fields are not.", set(c.id, c.repaired(plain), .05))
		}
	}
}

// checkBasicForm is C24: base64 that only lenient servers read, and base64 of base64 (RFC 7617 §2 wants RFC 4648 §4).
func checkBasicForm(s *scan, r rule) {
	for _, c := range s.credentials() {
		v := strings.TrimSpace(c.value)
		if !strings.EqualFold(c.scheme, "Basic") || v == "" {
			continue
		}
		if user, pass, ok := token.Pair(v); ok {
			if strict := base64Of(user + ":" + pass); strict != v && !strings.HasSuffix(pass, "\n") {
				s.hit(r, c.id, "malformed_authorization", "The base64 of the scheme Basic lacks its padding or has the URL-safe alphabet.", set(c.id, "Basic "+strict, .02))
			}
			continue
		}
		once, err := base64.StdEncoding.DecodeString(v)
		if _, _, ok := token.Pair(string(once)); err == nil && ok {
			s.hit(r.at(80), c.id, "malformed_authorization", "The name and password were encoded in base64 twice.", set(c.id, "Basic "+string(once), .02))
		} else if err == nil && len(once) > 0 && printable(string(once)) && ascii(string(once)) && !strings.Contains(string(once), ":") {
			s.hit(r.at(40), c.id, "malformed_authorization", "The base64 holds no colon; a key alone goes before one.", set(c.id, "Basic "+base64Of(string(once)+":"), .05))
		}
	}
}

// checkSignedAt is C25, C18 for signatures of other schemes: a request that is signed with a time which has passed.
func checkSignedAt(s *scan, r rule) {
	if s.f.Now.IsZero() || strings.HasPrefix(s.authText(), "AWS4") || !s.signed() {
		return
	}
	for _, h := range s.r.Header {
		if !strings.Contains(strings.ToLower(h.Name), "timestamp") {
			continue
		}
		at, ok := epoch(h.Value)
		switch apart := s.f.Now.Sub(at); {
		case !ok || apart.Abs() <= sigWindow:
		case apart < 0: // nobody signs in the future but by a wrong clock
			s.hit(r, headerID(h), "clock_skew", "The request was signed "+ago(-apart)+" ahead of the server's clock.")
		default:
			s.hit(r, headerID(h), "signature_mismatch", "The request was signed "+ago(apart)+" ago; most servers take 5 to 15 minutes. Sign it anew.")
		}
	}
}

// signed reports a header field that is called a signature.
func (s *scan) signed() bool {
	for _, h := range s.r.Header {
		low := strings.ToLower(h.Name)
		if strings.Contains(low, "signature") || strings.HasSuffix(low, "-sign") || strings.Contains(low, "hmac") {
			return true
		}
	}
	return false
}

func headerID(h request.Field) diagnose.ElementID {
	return diagnose.ID("header", http.CanonicalHeaderKey(h.Name))
}

// epoch reads seconds or milliseconds since 1970, of 2001 or later.
func epoch(v string) (time.Time, bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(v), 10, 64)
	switch {
	case err != nil || n < 1e9:
		return time.Time{}, false
	case n > 1e12:
		return time.UnixMilli(n), true
	}
	return time.Unix(n, 0), true
}
