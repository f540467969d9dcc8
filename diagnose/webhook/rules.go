package webhook

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// rules look at one delivery: W1 to W9 but for W8.
var rules = []func(Delivery, signed, []Secret, *Result){address, redirected, signature, stale, answer, refused}

// address is W1 and the half of W2 that a delivery shows.
func address(d Delivery, _ signed, _ []Secret, r *Result) {
	u, err := url.Parse(d.URL)
	if err != nil || u.Host == "" {
		return
	}
	switch host := u.Hostname(); {
	case !public(host):
		r.hit("W1", "url.host", "webhook_unreachable", "The address "+host+" exists only on this machine or in a private network; a sender on the internet reaches it through a tunnel only.")
	case u.Scheme == "http":
		r.hit("W2", "url.scheme", "webhook_tls", "The URL is http; most senders deliver to https only.")
	}
}

// public reports whether a host can be reached from the internet, as far as its name tells (RFC 1918, 4193, 6761, 6762).
func public(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if a, err := netip.ParseAddr(host); err == nil {
		return a.IsGlobalUnicast() && !a.IsPrivate()
	}
	for _, end := range []string{"localhost", ".local", ".internal", ".lan", ".home.arpa", ".test", ".invalid"} {
		if host == strings.TrimPrefix(end, ".") || strings.HasSuffix(host, "."+strings.TrimPrefix(end, ".")) {
			return false
		}
	}
	return strings.Contains(host, ".")
}

// redirected is W3.
func redirected(d Delivery, _ signed, _ []Secret, r *Result) {
	if d.Answer != nil && d.Answer.Status >= 300 && d.Answer.Status < 400 {
		r.hit("W3", "redirect", "webhook_redirect", fmt.Sprintf("The receiver answered %d; most senders follow no redirect and count it as a failure. Register the final URL.", d.Answer.Status))
	}
}

// signature is W4 and W5.
func signature(_ Delivery, s signed, secrets []Secret, r *Result) {
	id := diagnose.ID("header", s.header)
	switch m := r.Match; {
	case len(secrets) == 0 || s.header == "":
	case len(s.wanted) == 0:
		r.hit("W4", id, "webhook_signature_mismatch", "The signature is neither hexadecimal nor base64 of a hash; it was cut or changed.")
	case m == nil:
		r.hit("W5", id, "webhook_signature_mismatch", fmt.Sprintf("None of %d ways gives the signature: the secret is another one (each endpoint has its own, test and live differ), or the stored body is not what was sent.", r.Tried))
	case m.Secret != secrets[0].Name:
		r.hit("W5", id, "webhook_signature_mismatch", "The signature is made with the secret of "+m.Secret+", not of "+secrets[0].Name+".")
	case m.OtherBody:
		r.hit("W4", "body", "webhook_signature_mismatch", "The signature is that of the body "+m.Body+": something changed the bytes on their way here. Verify the raw bytes, before any parser.")
	case m.OtherKey:
		r.hit("W4", id, "webhook_signature_mismatch", "The signature is made with the secret "+m.Key+".")
	case m.OtherLayout && s.scheme.name != "":
		r.hit("W4", id, "webhook_signature_mismatch", "The signature is that of "+m.Layout+", not of "+s.scheme.layout+" as "+s.scheme.name+" documents.")
	}
}

// window is how old a signature may be: 5 minutes by Stripe, Slack and Standard Webhooks.
const window = 300 * time.Second

// stale is W6. Without the time of the delivery nothing is said: it was stored at some time before now.
func stale(d Delivery, s signed, _ []Secret, r *Result) {
	at, ok := s.signedAt()
	if !ok || d.At.IsZero() {
		return
	}
	if apart := d.At.Sub(at); apart.Abs() > window {
		when := "before"
		if apart < 0 {
			when, apart = "after", -apart
		}
		r.hit("W6", diagnose.ID("header", s.header), "webhook_stale_timestamp", fmt.Sprintf("It was signed %s %s it came; receivers take 5 minutes. A queue held it, it was sent again by hand, or a clock is wrong.", request.Lapse(apart), when))
	}
}

// answer is W7.
func answer(d Delivery, s signed, _ []Secret, r *Result) {
	a := d.Answer
	if a == nil {
		return
	}
	who := s.scheme.name
	if who == "" {
		who = "A sender"
	}
	if a.Took > s.scheme.wait {
		r.hit("W7", "server", "webhook_slow", fmt.Sprintf("The receiver took %s; %s waits about %s. Answer at once and work later.", request.Lapse(a.Took), who, request.Lapse(s.scheme.wait)))
	}
	if a.Status >= 400 && !blocked(a) {
		r.hit("W7", "server", "webhook_slow", fmt.Sprintf("The receiver answered %d; a sender counts only 2xx as delivered.", a.Status))
	}
}

// refused is W9.
func refused(d Delivery, _ signed, _ []Secret, r *Result) {
	if a := d.Answer; a != nil && blocked(a) {
		r.hit("W9", "server", "webhook_unreachable", fmt.Sprintf("The answer %d is not the handler's: a login, a protection against request forgery or a firewall stands before the route. Exempt the route.", a.Status))
	}
}

// blocked reports an answer of something before the handler: Laravel's 419, words about request forgery, a request for
// a login, the page of a gateway.
func blocked(a *Answer) bool {
	switch a.Status {
	case 419:
		return true
	case 401:
		return request.Has(a.Header, "WWW-Authenticate")
	case 403, 406:
		return a.mentions("csrf", "xsrf", "forgery", "authenticity token") || a.page() || request.Has(a.Header, "cf-mitigated")
	}
	return false
}

// patience is after how many failures in a row a sender gives up on an endpoint (Shopify removes it after 8).
const patience = 8

// disabled is W8 as far as the receiver can see it.
func disabled(all []Delivery, results []Result) {
	n := 0
	for _, d := range all {
		switch {
		case d.Answer == nil:
			return
		case d.Answer.Status < 200 || d.Answer.Status > 299:
			n++
		default:
			n = 0
		}
	}
	if n >= patience {
		results[len(results)-1].hit("W8", "server", "webhook_unreachable", fmt.Sprintf("The last %d deliveries failed; senders disable an endpoint after that. Look whether it is still enabled.", n))
	}
}

// repeated is W10: the same delivery again, and another answer to it.
func repeated(all []Delivery, results []Result) {
	first := map[string]int{}
	for i, d := range all {
		id := d.ID()
		if id == "" || d.Answer == nil {
			continue
		}
		before, seen := first[id]
		if !seen {
			if d.Answer.Status/100 == 2 {
				first[id] = i
			}
			continue
		}
		if d.Answer.Status/100 != 2 {
			results[i].hit("W10", "server", "conflict", fmt.Sprintf("It is a repetition of a delivery that was answered %d, and it was answered %d: handle a repetition as done.", all[before].Answer.Status, d.Answer.Status))
		}
	}
}
