package evidence

import (
	"net/url"
	"strings"

	"culprit/diagnose"
)

// redirects reads what happened on the way from hop to hop (§4.6).
func (r *reader) redirects() {
	for n := range r.x.Hops {
		f := r.x.Hops[n].Followed
		if f == nil {
			continue
		}
		r.add(diagnose.Evidence{Kind: "redirect", Source: "hop " + itoa(n+1), Text: itoa(f.Status) + " to " + stripQuery(f.To), Ratio: 1}) // RFC 9110 §15.4
		r.dropped(n)
		r.changedMethod(n)
		r.otherClients(n)
		if strings.HasPrefix(r.x.Hops[n].Sent.URL, "https:") && strings.HasPrefix(f.To, "http:") {
			r.add(diagnose.Evidence{Kind: "redirect", Source: "hop " + itoa(n+1), Text: "the redirect leaves https for http", Element: "redirect", Ratio: hint})
		}
	}
	r.unfollowed()
}

// stripQuery leaves out what may hold secrets.
func stripQuery(to string) string {
	to, _, _ = strings.Cut(to, "?")
	to, _, _ = strings.Cut(to, "#")
	return to
}

// dropped: credentials that did not cross an origin, then a refusal for want of credentials.
func (r *reader) dropped(n int) {
	f := r.x.Hops[n].Followed
	var names []string
	for _, d := range f.Dropped {
		name, _, _ := strings.Cut(d, ":")
		if l := strings.ToLower(strings.TrimSpace(name)); l != "body" && l != "content-type" && l != "content-length" && !strings.HasPrefix(l, "content-") {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return
	}
	e := diagnose.Evidence{Kind: "redirect", Source: "hop " + itoa(n+1), Cause: "redirect_dropped_credentials", Element: "redirect", Ratio: hint,
		Text: "the redirect to " + stripQuery(f.To) + " lost " + strings.Join(names, ", ")} // RFC 9110 §15.4
	if s := r.x.Status(); s == 401 || s == 403 || s == 404 {
		e.Ratio = likely
		if s == 401 {
			e.Ratio = certain
		}
	}
	r.add(e)
}

// changedMethod: POST became GET, or the body was lost, then the server did not understand.
func (r *reader) changedMethod(n int) {
	f := r.x.Hops[n].Followed
	lostBody := false
	for _, d := range f.Dropped {
		lostBody = lostBody || strings.HasPrefix(strings.ToLower(d), "body")
	}
	changed := f.Method[0] != f.Method[1] && f.Method[1] != "" && f.Method[0] != "HEAD"
	if !changed && !lostBody {
		return
	}
	e := diagnose.Evidence{Kind: "redirect", Source: "hop " + itoa(n+1), Cause: "redirect_changed_method", Element: "redirect", Ratio: hint, // RFC 9110 §15.4
		Text: itoa(f.Status) + " to " + stripQuery(f.To) + " turned " + f.Method[0] + " into " + f.Method[1]}
	if !changed {
		e.Text = itoa(f.Status) + " to " + stripQuery(f.To) + " lost the body"
	}
	switch r.x.Status() {
	case 405, 415, 411:
		e.Ratio = certain
	case 404, 400, 422:
		e.Ratio = likely
	}
	r.add(e)
}

// unfollowed reads a redirect that is the last answer: where it points says what was wrong with the URL.
func (r *reader) unfollowed() {
	if r.resp == nil || r.resp.Status < 300 || r.resp.Status > 399 || r.resp.Status == 304 {
		return
	}
	loc := r.header("Location")
	from, err1 := url.Parse(r.hop.Sent.URL)
	to, err2 := url.Parse(loc)
	if loc == "" || err1 != nil || err2 != nil {
		return
	}
	to = from.ResolveReference(to)
	e := diagnose.Evidence{Kind: "redirect", Source: "header Location", Text: "the answer points to " + stripQuery(to.String()), Ratio: code, Element: "url.path"} // RFC 9110 §10.2.2
	switch {
	case from.Host == to.Host && from.Path != to.Path && strings.TrimSuffix(from.Path, "/") == strings.TrimSuffix(to.Path, "/"):
		e.Cause, e.Allowed = "trailing_slash", []string{to.EscapedPath()}
	case from.Scheme == "http" && to.Scheme == "https" && from.Hostname() == to.Hostname() && from.Path == to.Path:
		e.Cause, e.Element, e.Allowed = "scheme_mismatch", "url.scheme", []string{"https"}
	case looksLikeLogin(to.Path):
		e.Cause, e.Element = "missing_credentials", "auth"
		if r.has("auth") {
			e.Cause = "session_cookie_invalid"
		}
	case from.Host != to.Host:
		e.Cause, e.Element, e.Allowed = "wrong_host_or_environment", "url.host", []string{to.Host}
		e.Ratio = challenge
	default:
		e.Cause, e.Allowed, e.Ratio = "wrong_path", []string{to.EscapedPath()}, challenge
	}
	r.add(e)
}

func looksLikeLogin(path string) bool {
	p := strings.ToLower(path)
	for _, w := range []string{"login", "signin", "sign-in", "sign_in", "/sso", "/auth", "oauth", "saml"} {
		if strings.Contains(p, w) {
			return true
		}
	}
	return false
}
