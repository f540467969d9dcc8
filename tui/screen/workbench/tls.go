package workbench

import (
	"bytes"
	"cmp"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"culprit/request"
	"culprit/tui/theme"
)

// tlsRows is how the last connection was secured, and every certificate that the server sent.
func tlsRows(s *theme.Styles, v *veil, x *request.Exchange, w int) []string {
	h := x.Last()
	if h == nil || h.Conn.TLS == nil {
		why := "No TLS: the connection was not encrypted, or did not come that far."
		if h != nil && strings.HasPrefix(h.Sent.URL, "http://") {
			why = "No TLS: an http URL goes over the network as it is, readable for whoever sees it pass."
		}
		return prose(s.Text.Muted, why, w)
	}
	c := h.Conn.TLS
	out := fieldRows(s, v, []request.Field{
		{Name: "version", Value: tls.VersionName(c.Version)},
		{Name: "cipher", Value: tls.CipherSuiteName(c.CipherSuite)},
		{Name: "protocol", Value: cmp.Or(c.NegotiatedProtocol, "none negotiated")},
		{Name: "server name", Value: cmp.Or(c.ServerName, "none sent")},
		{Name: "resumed", Value: map[bool]string{true: "yes", false: "no"}[c.DidResume]},
	}, w)
	if x.Request.Settings.TLS.Insecure {
		out = append(out, "", s.State.Alarm.Render(" the certificate was not verified "))
	}
	for i, cert := range c.PeerCertificates {
		title := "Issuer " + strconv.Itoa(i)
		if i == 0 {
			title = "Certificate of the server"
		}
		out = append(out, "", s.Text.Title.Render(title))
		out = append(out, fieldRows(s, v, certificate(cert), w)...)
		out = append(out, lifetime(s, cert, x.Start)...)
	}
	if why := unrooted(x, c.PeerCertificates); why != "" {
		out = append(out, prose(s.State.Bad, s.Glyphs.Cross+" "+clean(why), max(w-1, 1))...)
	}
	return out
}

// unrooted says at which certificate a chain ends that leads to no authority that is trusted here; "" for one that does, and
// for an old exchange, of which it is not known.
func unrooted(x *request.Exchange, chain []*x509.Certificate) string {
	var unknown x509.UnknownAuthorityError
	if x.Failure == nil || !errors.As(x.Failure.Err, &unknown) || len(chain) == 0 {
		return ""
	}
	last := chain[len(chain)-1]
	if bytes.Equal(last.RawIssuer, last.RawSubject) {
		return "the chain ends here: it is signed by itself, and is not trusted"
	}
	return "the chain ends here: the certificate of " + last.Issuer.String() + " was not sent, and is not trusted"
}

// soon is how long before its end a certificate is warned about: renewal is usually automatic, and then happens 30 days
// before (Let's Encrypt's advice); one with less than 14 days left has missed it.
const soon = 14 * 24 * time.Hour

// lifetime says how the time of an exchange lies to that of a certificate.
func lifetime(s *theme.Styles, c *x509.Certificate, at time.Time) []string {
	switch left := c.NotAfter.Sub(at); {
	case left < 0:
		return []string{s.State.Bad.Render(s.Glyphs.Cross + " expired " + days(-left) + " before this exchange")}
	case at.Before(c.NotBefore):
		return []string{s.State.Bad.Render(s.Glyphs.Cross + " not valid yet: " + days(c.NotBefore.Sub(at)) + " too early")}
	case left < soon:
		return []string{s.State.Warn.Render("! " + days(left) + " left")}
	default:
		return []string{s.State.Good.Render(s.Glyphs.Tick) + s.Text.Muted.Render(" "+days(left)+" left")}
	}
}

// days is a time in whole days, in hours below two of them.
func days(d time.Duration) string {
	if d < 48*time.Hour {
		return plural(int(d/time.Hour), "hour")
	}
	return plural(int(d/(24*time.Hour)), "day")
}

func certificate(c *x509.Certificate) []request.Field {
	names := slices.Clone(c.DNSNames)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	return []request.Field{
		{Name: "subject", Value: c.Subject.String()},
		{Name: "names", Value: cmp.Or(strings.Join(names, ", "), "none")},
		{Name: "issued by", Value: c.Issuer.String()},
		{Name: "valid from", Value: c.NotBefore.UTC().Format("2006-01-02 15:04 MST")},
		{Name: "valid until", Value: c.NotAfter.UTC().Format("2006-01-02 15:04 MST")},
		{Name: "algorithm", Value: keyOf(c) + ", signed with " + c.SignatureAlgorithm.String()},
	}
}

// keyOf is the kind of a certificate's key, and its size where that says how strong it is.
func keyOf(c *x509.Certificate) string {
	switch k := c.PublicKey.(type) {
	case *rsa.PublicKey:
		return "RSA " + strconv.Itoa(k.N.BitLen())
	case *ecdsa.PublicKey:
		return "ECDSA " + k.Curve.Params().Name
	}
	return c.PublicKeyAlgorithm.String()
}
