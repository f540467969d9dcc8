package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/lazyre"
)

// An authChallenge is one challenge of a WWW-Authenticate field (RFC 9110 §11.6.1).
type authChallenge struct {
	scheme string // lower case
	token  string // token68, "" for none
	params map[string]string
}

// parseChallenges reads the challenges of one field value; a field may hold several, each with parameters
// that are separated by the same commas. It gives what it can read of a malformed one.
func parseChallenges(v string) []authChallenge {
	var out []authChallenge
	s := scanner{s: v}
	for !s.done() {
		s.skip(" ,\t")
		word := s.token()
		if word == "" {
			if s.done() {
				break
			}
			s.pos++
			continue
		}
		s.skip(" \t")
		if s.peek() == '=' && len(out) > 0 && !s.endsToken68() {
			s.pos++
			s.skip(" \t")
			out[len(out)-1].params[strings.ToLower(word)] = s.valueOrToken()
			continue
		}
		c := authChallenge{scheme: strings.ToLower(word), params: map[string]string{}}
		mark := s.pos
		if t := s.token68(); t != "" {
			s.skip(" \t")
			if s.done() || s.peek() == ',' {
				c.token = t
			} else {
				s.pos = mark
			}
		}
		out = append(out, c)
		if len(out) > 20 { // nobody offers that many
			break
		}
	}
	return out
}

// A scanner walks over a header value.
type scanner struct {
	s   string
	pos int
}

func (s *scanner) done() bool { return s.pos >= len(s.s) }

func (s *scanner) peek() byte {
	if s.done() {
		return 0
	}
	return s.s[s.pos]
}

func (s *scanner) skip(set string) {
	for !s.done() && strings.IndexByte(set, s.s[s.pos]) >= 0 {
		s.pos++
	}
}

// token reads a token of RFC 9110 §5.6.2.
func (s *scanner) token() string {
	from := s.pos
	for !s.done() && (isWordByte(s.s[s.pos]) || strings.IndexByte("!#$%&'*+-.^_`|~", s.s[s.pos]) >= 0) {
		s.pos++
	}
	return s.s[from:s.pos]
}

// token68 reads the form that Basic and Negotiate use.
func (s *scanner) token68() string {
	from := s.pos
	for !s.done() && (isWordByte(s.s[s.pos]) || strings.IndexByte("-._~+/", s.s[s.pos]) >= 0) {
		s.pos++
	}
	for s.peek() == '=' {
		s.pos++
	}
	return s.s[from:s.pos]
}

// endsToken68 reports whether the '=' here is padding: nothing but a comma or the end follows.
func (s *scanner) endsToken68() bool {
	rest := strings.TrimLeft(s.s[s.pos:], "= \t")
	return rest == "" || rest[0] == ','
}

// valueOrToken reads a quoted string or whatever stands up to the next comma or space.
func (s *scanner) valueOrToken() string {
	if s.peek() != '"' {
		from := s.pos
		for !s.done() && strings.IndexByte(",; \t", s.s[s.pos]) < 0 {
			s.pos++
		}
		return s.s[from:s.pos]
	}
	var b strings.Builder
	for s.pos++; !s.done(); s.pos++ {
		switch c := s.s[s.pos]; c {
		case '"':
			s.pos++
			return b.String()
		case '\\':
			s.pos++
			if !s.done() {
				b.WriteByte(s.s[s.pos])
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// challengesOf returns all challenges of a response.
func challengesOf(resp *request.Response, name string) []authChallenge {
	var all []authChallenge
	for _, f := range resp.Header {
		if strings.EqualFold(f.Name, name) {
			all = append(all, parseChallenges(f.Value)...)
		}
	}
	return all
}

// challenges adds what WWW-Authenticate says.
func (r *reader) challenges() {
	all := challengesOf(r.resp, "WWW-Authenticate")
	var schemes []string
	for _, c := range all {
		schemes = append(schemes, c.scheme)
	}
	for _, c := range all {
		if where := c.params["resource_metadata"]; where != "" {
			r.fact("WWW-Authenticate", "who gives tokens for it is said at "+where) // RFC 9728 §5.1
		}
		e := diagnose.Evidence{Kind: "challenge", Source: "header WWW-Authenticate", Element: "auth", Ratio: challenge, Text: c.told()} // RFC 9110 §11.6.1
		r.challenge(c, &e)
		if e.Cause == "" {
			continue
		}
		e.Expected = strings.Join(schemes, ", ")
		r.add(e)
	}
	if len(all) > 0 && r.resp.Status == 401 {
		r.otherScheme(schemes)
	}
}

// otherScheme notices that the server wants another scheme than the one sent.
func (r *reader) otherScheme(schemes []string) {
	sent, _, ok := strings.Cut(strings.ToLower(r.sentHeader("Authorization")), " ")
	if !ok || sent == "" {
		return
	}
	for _, s := range schemes {
		if s == sent {
			return
		}
	}
	r.add(diagnose.Evidence{Kind: "challenge", Source: "header WWW-Authenticate", Element: "auth", Cause: "malformed_authorization", Ratio: likely,
		Text: "the server asks for " + strings.Join(schemes, ", ") + ", the request sends " + sent, Allowed: schemes}) // RFC 9110 §11.6.1
}

// told is the challenge as a sentence tells it: what the server says of the error, or the scope it wants.
func (c *authChallenge) told() string {
	s := c.params["error_description"]
	switch {
	case c.params["error"] == "":
		return c.words()
	case c.params["error"] == "insufficient_scope" && c.params["scope"] != "":
		return "the server asks for the scope " + c.params["scope"]
	case s == "":
		s = c.params["error"]
	default:
		s += " (" + c.params["error"] + ")"
	}
	return "the server says: " + s
}

func (c *authChallenge) words() string {
	s := c.scheme
	for _, k := range []string{"error", "error_description", "scope", "realm", "stale", "resource_metadata", "acr_values", "max_age", "algs"} {
		if v := c.params[k]; v != "" {
			s += " " + k + "=" + v
		}
	}
	return s
}

// challenge reads one challenge into e; no cause when it says nothing.
func (r *reader) challenge(c authChallenge, e *diagnose.Evidence) {
	desc := strings.ToLower(c.params["error_description"])
	switch c.params["error"] {
	case "invalid_request":
		e.Cause = "malformed_authorization" // RFC 6750 §3.1
	case "invalid_token":
		if sent, _, ok := strings.Cut(r.sentHeader("Authorization"), " "); ok && !strings.EqualFold(sent, c.scheme) {
			return // it cannot have read a token of a scheme that it does not take: see otherScheme
		}
		e.Cause = "invalid_credentials" // RFC 6750 §3.1
		switch {
		case strings.Contains(desc, "not yet") || strings.Contains(desc, "nbf") || strings.Contains(desc, "before"):
			e.Cause = "token_not_yet_valid"
		case strings.Contains(desc, "expire") || strings.Contains(desc, "lifetime"):
			e.Cause = "expired_token"
		case strings.Contains(desc, "audience") || strings.Contains(desc, "issuer") || strings.Contains(desc, "aud"):
			e.Cause = "wrong_audience"
		case strings.Contains(desc, "malformed") || strings.Contains(desc, "decode") || strings.Contains(desc, "parse") || strings.Contains(desc, "segments"):
			e.Cause = "malformed_authorization"
		case strings.Contains(desc, "signature"):
			e.Cause = "invalid_credentials"
		}
		if !r.has("auth") && !r.ownCredential() { // a server that speaks of a token where none was sent
			e.Cause, e.Missing = "missing_credentials", true
		}
		if e.Cause != "invalid_credentials" {
			e.Ratio = likely
		}
	case "insufficient_scope":
		e.Cause, e.Ratio = "insufficient_scope", likely // RFC 6750 §3.1
		e.Allowed = strings.Fields(c.params["scope"])
	case "insufficient_user_authentication":
		e.Cause, e.Allowed = "insufficient_permission", strings.Fields(c.params["acr_values"]) // RFC 9470 §3
	case "use_dpop_nonce", "invalid_dpop_proof":
		e.Cause, e.Element = "signature_mismatch", "header:Dpop" // RFC 9449 §8
		if c.params["error"] == "invalid_dpop_proof" && !r.has(e.Element) {
			e.Cause, e.Missing, e.Ratio = "missing_request_header", true, likely
		}
	case "":
		r.bareChallenge(c, e)
	default:
		e.Cause = "invalid_credentials"
	}
}

// bareChallenge is one without an error: by RFC 6750 §3.1 a Bearer server that saw no credentials sends it.
func (r *reader) bareChallenge(c authChallenge, e *diagnose.Evidence) {
	if r.resp.Status != 401 {
		return
	}
	switch {
	case r.digest(c, e):
	case strings.EqualFold(c.params["stale"], "true"):
		e.Cause, e.Text = "signature_mismatch", "the digest's nonce is stale" // RFC 7616 §3.3
	case request.Has(r.x.Request.Header, c.scheme):
		e.Cause, e.Element, e.Ratio = "invalid_credentials", r.ix.missing([]string{c.scheme}, inHeader), code // a scheme named like the header that was sent: X-API-Key
		e.Text = "the server wants " + c.words() + " and does not take the one that was sent"
	case fieldName.MatchString(c.scheme) && r.sentHeader("Authorization") != "" && !r.sendsScheme(c.scheme):
		e.Cause, e.Ratio, e.Text = "credentials_in_wrong_place", likely, "the server wants the credential in a header field "+c.words()+", the request has it in Authorization"
	case !r.has("auth"):
		e.Cause, e.Missing, e.Ratio = "missing_credentials", true, likely
		e.Text = "the server wants " + c.words() + " and the request carries none"
		if r.ownCredential() { // one that is refused may get the same challenge as none
			e.Ratio, e.Text = hint*2, "the server wants "+c.words()+" and the request carries a credential of another kind"
		}
	case c.scheme == "bearer" && !r.sendsBearer():
		e.Cause = "credentials_in_wrong_place" // RFC 6750 §3.1
		e.Text = "a Bearer challenge without an error: the server saw no credentials"
		e.Ratio = hint * 2 // many servers leave the error out
	default:
		e.Cause = "invalid_credentials"
	}
}

// fieldName is a challenge that is called like the header field it wants, and like no scheme: X-API-Key.
var fieldName = lazyre.New(`^(?:x-[a-z0-9-]+|api-?key)$`)

// sendsScheme reports whether the Authorization of the request has this scheme.
func (r *reader) sendsScheme(scheme string) bool {
	sent, _, _ := strings.Cut(r.sentHeader("Authorization"), " ")
	return strings.EqualFold(sent, scheme)
}

// sendsBearer reports whether a Bearer token stands where every server that asks for one must look (RFC 6750 §2.1).
func (r *reader) sendsBearer() bool {
	scheme, _, _ := strings.Cut(r.sentHeader("Authorization"), " ")
	return strings.EqualFold(scheme, "bearer") || scheme == "" && strings.EqualFold(r.x.Request.Auth.Scheme, "bearer")
}
