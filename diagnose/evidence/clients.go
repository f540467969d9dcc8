package evidence

import (
	"net/url"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// What other clients do at a redirect, as measured (§4.6): Go 1.26, curl 7.88 -L, requests 2.34. This program drops
// every credential at another origin; a person who knows another client wonders why it works there, or does not
// know that the key goes to a stranger there.

// otherClients says at one hop where other clients do otherwise: what they would carry to the other origin, and what
// they make of a method.
func (r *reader) otherClients(n int) {
	f := r.x.Hops[n].Followed
	from, err1 := url.Parse(r.x.Hops[n].Sent.URL)
	to, err2 := from.Parse(f.To)
	if err1 != nil || err2 != nil {
		return
	}
	say := func(text string, ratio float64) {
		r.add(diagnose.Evidence{Kind: "redirect", Source: "hop " + itoa(n+1), Text: text, Element: "redirect", Ratio: ratio}) // DIAGNOSIS §4.6
	}
	if f.Cross {
		for _, name := range credentialsOf(r.x.Hops[n].Sent.Header) {
			who := carriers(name, from, to)
			switch {
			case !dropsHeader(f, name) && f.Stopped == "":
				say(name+" was sent on to "+to.Host+", another origin", hint)
			case who != "":
				say(name+" stayed behind; "+who+" would send it to "+to.Scheme+"://"+to.Host, 1)
			}
		}
	}
	switch m := f.Method[0]; {
	case m == "PUT" && (f.Status == 301 || f.Status == 302):
		say("at a "+itoa(f.Status)+" of a PUT, Go sends a GET, curl and requests a PUT without its body", 1)
	case m == "DELETE" && f.Status == 302:
		say("at a 302 of a DELETE, Go sends a GET", 1)
	}
	if request.Has(r.x.Hops[n].Sent.Header, "Cookie") && !f.Cross {
		say("at any redirect, requests drops a Cookie header that was set by hand", 1)
	}
}

// credentialsOf are the names of the header fields that carry credentials, as they were sent.
func credentialsOf(sent []request.Field) []string {
	var out []string
	for _, f := range sent {
		low := strings.ToLower(f.Name)
		for _, w := range []string{"authorization", "cookie", "api-key", "apikey", "token", "secret", "-key", "session"} {
			if strings.Contains(low, w) && !strings.HasPrefix(low, "proxy-") && low != "idempotency-key" && !strings.HasPrefix(low, "sec-websocket") {
				out = append(out, f.Name)
				break
			}
		}
	}
	return out
}

// carriers are the clients that keep a header at a redirect to another origin, "" when none does.
func carriers(name string, from, to *url.URL) string {
	a, b := strings.ToLower(from.Hostname()), strings.ToLower(to.Hostname())
	known := strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Cookie")
	switch {
	case !known:
		return "Go, curl and requests"
	case a == b || strings.HasSuffix(b, "."+a): // another port, http for https, or a host below the first
		return "Go"
	}
	return ""
}

// dropsHeader reports whether a redirect left a header behind. The credentials of an Auth are dropped by their
// scheme's name.
func dropsHeader(f *request.Redirect, name string) bool {
	for _, d := range f.Dropped {
		field, _, _ := strings.Cut(d, ":")
		if strings.EqualFold(field, name) || strings.HasPrefix(field, "auth ") {
			return true
		}
	}
	return false
}
