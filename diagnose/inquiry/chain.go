package inquiry

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/ladder"
	"culprit/diagnose/safety"
	"culprit/request"
)

// A chain that leads nowhere is one of two things: its end is not trusted here, or the server does not send all of
// it. A certificate says where its issuer's is to be had (authority information access, RFC 5280 §4.2.2.1). Fetched
// from there, a missing one completes the chain to a trusted root: that is the proof. The fetch goes to another
// host, so it needs consent, unless both that host and the server are this computer (another server has no say in what
// is asked of the services here); nothing of the request goes with it.

// maxIssuers is how many certificates are fetched: chains of the public web have one or two intermediates.
const maxIssuers = 3

// incompleteChain looks for the certificate that the server does not send. It reports whether it concluded.
func (d *detective) incompleteChain(cause diagnose.CauseID, tls *diagnose.Sight) bool {
	if cause != "tls_unknown_authority" || tls == nil || !tls.OK || tls.Trusted {
		return false
	}
	chain := peers(d.oracle.exchange)
	if len(chain) == 0 {
		return false
	}
	last, missing := chain[len(chain)-1], [][]byte(nil)
	var from []string
	for len(missing) < maxIssuers && !selfSigned(last) {
		where, issuer := d.fetchIssuer(last)
		if issuer == nil {
			return false
		}
		missing, from, last = append(missing, issuer.Raw), append(from, where), issuer
		sight := d.lookTLS(missing)
		if sight == nil {
			return false
		}
		if !sight.Trusted {
			continue
		}
		var names []string
		for _, der := range missing {
			if c, err := x509.ParseCertificate(der); err == nil {
				names = append(names, c.Subject.CommonName)
			}
		}
		text := fmt.Sprintf("The server does not send the certificate of %s. With it, fetched from %s, the chain leads to a trusted root.",
			strings.Join(names, " and "), strings.Join(from, " and "))
		d.notes.finding(diagnose.Connectivity, text)
		const id = diagnose.CauseID("tls_incomplete_chain")
		n := max(1, len(d.oracle.fails))
		d.conclude(diagnose.OutcomeIsolated, sentence(id, "tls", text), diagnose.Culprit{
			Element: "tls", Cause: id, Standing: diagnose.Isolated, Confidence: 0.98, Explanation: text, Fix: id.Cause().Fix, Evidence: d.oracle.fails,
			With: diagnose.Tally{Seen: n, Tried: n}, Without: diagnose.Tally{Seen: 1, Tried: 1},
		})
		minimal := d.base
		d.result.minimal = &minimal
		return true
	}
	return false
}

// encrypted concludes that a port speaks TLS when the request over https got as far as a certificate, that it is not
// trusted, or for another name, being the next thing to mend; or when it is answered there without its credentials, which
// stay with the origin that they are for.
func (d *detective) encrypted(e diagnose.Edit) bool {
	r, err := element.Apply(d.base, []diagnose.Edit{e})
	if e.Element != "url.scheme" || e.To != "https" || err != nil {
		return false
	}
	text := "The port speaks TLS, not plain http: over https it shows a certificate."
	bare, _ := safety.Anonymous(r)
	x, _, _ := d.send(bare, ladder.Probe{Kind: diagnose.Transport, Step: diagnose.Connectivity, Edits: []diagnose.Edit{e}, Why: e.Why})
	switch {
	case showsCertificate(x):
	case x != nil && x.Response() != nil && safety.Credentials(r):
		text = "The port speaks TLS, not plain http: over https it answers, here without the credentials."
	default:
		return false
	}
	d.notes.finding(diagnose.Connectivity, text)
	d.result.fix = []diagnose.Edit{e}
	d.conclude(diagnose.OutcomeExplained, sentence("scheme_mismatch", "url.scheme", text), diagnose.Culprit{
		Element: "url.scheme", Cause: "scheme_mismatch", Standing: diagnose.Named, Confidence: 0.9, Explanation: text, Fix: diagnose.CauseID("scheme_mismatch").Cause().Fix, Evidence: d.oracle.fails,
	})
	return true
}

// showsCertificate reports whether x failed at what a certificate says or asks for.
func showsCertificate(x *request.Exchange) bool {
	if x == nil || x.Failure == nil {
		return false
	}
	switch x.Failure.Cause {
	case "tls_unknown_authority", "tls_incomplete_chain", "tls_intercepted", "tls_certificate_expired", "tls_certificate_not_yet_valid",
		"tls_hostname_mismatch", "mtls_certificate_required", "mtls_certificate_rejected":
		return true
	}
	return false
}

// peers are the certificates that the server sent in x.
func peers(x *request.Exchange) []*x509.Certificate {
	if h := x.Last(); h != nil && h.Conn.TLS != nil {
		return h.Conn.TLS.PeerCertificates
	}
	return nil
}

func selfSigned(c *x509.Certificate) bool { return bytes.Equal(c.RawIssuer, c.RawSubject) }

// fetchIssuer asks for the certificate that signed c, at the first place that c names. It is nil when it cannot be
// had or did not sign c.
func (a *asker) fetchIssuer(c *x509.Certificate) (where string, issuer *x509.Certificate) {
	for _, u := range c.IssuingCertificateURL {
		if !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
			continue
		}
		x := a.ladder.Fetch(u, "the certificate of "+c.Issuer.CommonName+" is not in the chain; does it complete it?")
		if x == nil || x.Failure != nil || x.Status() != 200 {
			return "", nil
		}
		for _, found := range certificates(x.Response().Body.Head(1 << 20)) {
			if c.CheckSignatureFrom(found) == nil {
				return u, found
			}
		}
		return "", nil
	}
	return "", nil
}

// lookTLS shakes hands with the host of the request once more, and verifies with more certificates.
func (a *asker) lookTLS(extra [][]byte) *diagnose.Sight {
	k := a.lookOf("tls")
	k.Extra = extra
	s, _ := a.ladder.Look(k, "does the chain lead to a trusted root with it?")
	return s
}

// lookOf is a look at the host of the request, where the request goes.
func (f *failure) lookOf(layer string) diagnose.Look {
	u := element.SplitURL(f.base.URL)
	host, port := strings.Trim(u.Host, "[]"), u.Reached()
	return diagnose.Look{
		Layer: layer, Host: host, Port: port, Address: f.base.Settings.Overridden(host, port), Options: f.base.Settings.TLS,
		Dir: f.base.Dir, Confine: f.base.Confine,
	}
}
