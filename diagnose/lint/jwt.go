package lint

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/token"
	"culprit/request"
	"culprit/request/lazyre"
)

// skew is how far two healthy clocks may differ (§4.2).
const skew = 30 * time.Second

// jwts calls f for every credential that is meant to be a JWT.
func (s *scan) jwts(f func(credential, token.JWT, error)) {
	if s.decoded == nil {
		s.decoded = s.decode()
	}
	for _, d := range s.decoded {
		f(d.credential, d.token, d.err)
	}
}

// decoded is a credential that is meant to be a JWT, and what can be read of it.
type decoded struct {
	credential
	token token.JWT
	err   error
}

func (s *scan) decode() []decoded {
	out := []decoded{}
	for _, c := range s.credentials() {
		v := strings.TrimSpace(c.value)
		if q, ok := unquoted(v); ok {
			v = q
		}
		if token.Looks(v) && !strings.ContainsAny(v, " \t") {
			j, err := token.Decode(v)
			c.value = v
			out = append(out, decoded{c, j, err})
		}
	}
	return out
}

func checkJWT(s *scan, r rule) {
	s.jwts(func(c credential, j token.JWT, err error) {
		switch {
		case errors.Is(err, token.ErrAlphabet):
			s.hit(r, c.id, "malformed_authorization", "The JWT is in standard base64, not in the URL-safe one without padding.", set(c.id, c.repaired(token.Normal(c.value)), .05))
		case errors.Is(err, token.ErrParts) && !strings.Contains(c.value, "."):
			// Other formats begin with the base64 of a brace too.
		case err != nil:
			s.hit(r, c.id, "malformed_authorization", "The token is no whole JWT: "+err.Error()+".")
		case j.Algorithm != "" && j.Algorithm != "none" && j.Cut():
			s.hit(r.at(70), c.id, "malformed_authorization", "The signature of the JWT is shorter or longer than "+safeAlg(j.Algorithm)+" makes it: the token is cut off.")
		}
	})
}

// safeAlg shows an algorithm only when it is one of the registered names.
func safeAlg(alg string) string {
	if len(alg) <= 6 && schemeName.MatchString(alg) {
		return alg
	}
	return "its algorithm"
}

func checkClaims(s *scan, r rule) {
	s.jwts(func(c credential, j token.JWT, err error) {
		if err != nil && !errors.Is(err, token.ErrAlphabet) {
			return
		}
		if !s.f.Now.IsZero() {
			s.checkTimes(r, c, j)
		}
		s.checkIssuer(r, c, j)
		if strings.EqualFold(j.Algorithm, "none") {
			s.hit(r.at(20), c.id, "invalid_credentials", "The JWT is not signed (alg none).")
		}
		if _, bound := j.Claims["cnf"]; bound && s.r.Settings.TLS.CertFile == "" {
			if _, dpop := s.x.Get("header:Dpop"); !dpop {
				s.hit(r.at(60), c.id, "invalid_credentials", "The token is bound to a key (cnf), but neither a DPoP proof nor a client certificate is sent.")
			}
		}
	})
}

func (s *scan) checkTimes(r rule, c credential, j token.JWT) {
	now := s.f.Now
	if !j.Expires.IsZero() && j.Expires.Before(now) {
		odds := r.odds
		if now.Sub(j.Expires) < skew {
			odds = 60
		}
		if aside(c.id) {
			odds = min(odds, 8)
		}
		s.hit(r.at(odds), c.id, "expired_token", fmt.Sprintf("The token expired %s ago (exp %s).", ago(now.Sub(j.Expires)), j.Expires.Format(time.RFC3339)))
	}
	for _, t := range []struct {
		name string
		at   time.Time
	}{{"nbf", j.NotBefore}, {"iat", j.Issued}} {
		if t.at.After(now.Add(skew)) {
			s.hit(r.at(70), c.id, "token_not_yet_valid", fmt.Sprintf("The token is not valid yet: its %s lies %s ahead.", t.name, ago(t.at.Sub(now))))
			return
		}
	}
}

// aside reports a header field that holds a token which is not presented as the credential: an earlier one, one to
// pass on.
func aside(id diagnose.ElementID) bool {
	kind, name, _ := id.Cut()
	return kind == "header" && !presented.MatchString(name)
}

// presented are the header fields in which servers look for a token.
var presented = lazyre.New(`(?i)^((proxy-)?authorization|(x-)?(access|auth|id|api|user|jwt|bearer|session|security|identity|amz-security|csrf|xsrf)-?(token|jwt|key)?|(x-)?token|.*-jwt(-assertion)?)$`)

// ago writes how long before or after now something was.
func ago(d time.Duration) string { return request.Lapse(d.Round(time.Second)) }

// environments are words in host names that tell one environment from another.
var environments = []string{"staging", "stage", "sandbox", "test", "dev", "qa", "uat", "preprod"}

// environmentOf returns the word for the environment of a host or a name, "" for none. The last label of a
// host is none: .test and .dev are top-level domains.
func environmentOf(host string) string {
	if i := strings.LastIndexByte(host, '.'); i > 0 {
		host = host[:i]
	}
	for _, label := range strings.FieldsFunc(strings.ToLower(host), func(r rune) bool { return r == '.' || r == '-' || r == '_' }) {
		for _, e := range environments {
			if label == e {
				return e
			}
		}
	}
	return ""
}

func (s *scan) checkIssuer(r rule, c credential, j token.JWT) {
	local := s.local()
	if iss, err := url.Parse(j.Issuer); err == nil && iss.Host != "" && !local && environmentOf(iss.Hostname()) != environmentOf(s.u.Host) {
		s.hit(r.at(30), c.id, "wrong_environment_credentials", "The issuer of the token and the host of the request are of different environments.")
	}
	if client, ok := s.clientID(); ok && j.Text("azp") != "" && j.Text("azp") != client {
		s.hit(r.at(30), c.id, "invalid_credentials", "The token was issued to another client (azp) than the one that the request names.")
	}
	if azp, err := url.Parse(j.Text("azp")); err == nil && azp.Host != "" && !local && environmentOf(azp.Hostname()) != environmentOf(s.u.Host) {
		s.hit(r.at(30), c.id, "wrong_environment_credentials", "The client that the token was issued to (azp) and the host of the request are of different environments.")
	}
	if len(j.Audience) == 0 || local {
		return
	}
	for _, a := range j.Audience {
		u, err := url.Parse(a)
		if err != nil || u.Host == "" || related(u.Hostname(), s.u.Host) {
			return
		}
	}
	s.hit(r.at(30), c.id, "wrong_audience", "The token is issued for another host (aud).")
}

// clientID is the client that the request says it comes from, beside its token.
func (s *scan) clientID() (string, bool) {
	for _, id := range []diagnose.ElementID{"header:X-Client-Id", "header:Client-Id", "query:client_id", "form:client_id", "body:/client_id"} {
		if e, ok := s.x.Get(id); ok {
			v, text := e.Value.(string)
			return v, text && v != ""
		}
	}
	return "", false
}

// local reports whether the request goes to this machine, whose name says nothing about environments.
func (s *scan) local() bool {
	h := strings.Trim(strings.ToLower(s.u.Host), "[]")
	return h == "localhost" || strings.HasSuffix(h, ".localhost") || strings.HasPrefix(h, "127.") || h == "::1"
}

// related reports whether two hosts share their last two labels.
func related(a, b string) bool {
	tail := func(h string) string {
		l := strings.Split(strings.ToLower(h), ".")
		return strings.Join(l[max(0, len(l)-2):], ".")
	}
	return tail(a) == tail(b)
}

// checkOAuth is C19: the wrong kind of token, and token requests that contradict themselves.
func checkOAuth(s *scan, r rule) {
	s.jwts(func(c credential, j token.JWT, err error) {
		if err != nil {
			return
		}
		use := strings.ToLower(j.Text("token_use") + " " + j.Text("typ") + " " + j.Type)
		_, hash := j.Claims["at_hash"]
		switch {
		case strings.Contains(use, "refresh"):
			s.hit(r, c.id, "invalid_credentials", "It is a refresh token, not an access token.")
		case hash || strings.HasPrefix(use, "id ") || strings.Contains(use, " id "):
			s.hit(r, c.id, "invalid_credentials", "It is an id token, which proves a login; APIs want an access token.")
		}
	})
	if _, ok := s.x.Get("form:grant_type"); !ok {
		return
	}
	if _, inForm := s.x.Get("form:client_id"); inForm {
		if _, secret := s.x.Get("form:client_secret"); secret && strings.HasPrefix(s.authText(), "Basic ") {
			s.hit(r, "form:client_secret", "invalid_credentials", "The client identifies itself twice: in the header and in the form.", remove("form:client_secret", .1))
		}
	}
}

func (s *scan) authText() string {
	e, _ := s.x.Get("auth")
	return e.Text
}
