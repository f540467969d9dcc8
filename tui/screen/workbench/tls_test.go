package workbench

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"culprit/request"
	"culprit/tui/theme"
)

func TestACertificateSaysHowLongItHolds(t *testing.T) {
	at := time.Date(2030, 6, 15, 12, 0, 0, 0, time.UTC)
	s := theme.New(theme.Choice{})
	for _, c := range []struct {
		from, until time.Duration // from at
		want        string
	}{
		{-24 * time.Hour, 41 * 24 * time.Hour, "41 days left"},
		{-24 * time.Hour, 5 * 24 * time.Hour, "! 5 days left"},
		{-24 * time.Hour, 90 * time.Minute, "! 1 hour left"},
		{-99 * 24 * time.Hour, -11*24*time.Hour - time.Hour, "expired 11 days before this exchange"},
		{3 * time.Hour, 24 * time.Hour, "not valid yet: 3 hours too early"},
	} {
		got := lifetime(s, &x509.Certificate{NotBefore: at.Add(c.from), NotAfter: at.Add(c.until)}, at)
		if len(got) != 1 || !strings.Contains(ansi.Strip(got[0]), c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestThatThereWasNoTLSSaysWhy(t *testing.T) {
	s := theme.New(theme.Choice{})
	for url, want := range map[string]string{"http://shop.example/": "an http URL", "https://shop.example/": "did not come that far"} {
		got := strings.Join(tlsRows(s, nil, &request.Exchange{Hops: []request.Hop{{Sent: request.Sent{URL: url}}}}, 60), " ")
		if !strings.Contains(ansi.Strip(got), want) {
			t.Errorf("%s: got %q, want %q", url, got, want)
		}
	}
}

// A chain that leads nowhere says whose certificate is missing.
func TestAChainSaysWhereItEnds(t *testing.T) {
	leaf := &x509.Certificate{Issuer: pkix.Name{CommonName: "Shop Issuing CA"}, RawIssuer: []byte("ca"), RawSubject: []byte("shop")}
	own := &x509.Certificate{RawIssuer: []byte("shop"), RawSubject: []byte("shop")}
	unknown := &request.Failure{Err: fmt.Errorf("handshake: %w", x509.UnknownAuthorityError{})}
	for _, c := range []struct {
		failure *request.Failure
		chain   *x509.Certificate
		want    string
	}{
		{unknown, leaf, "the certificate of CN=Shop Issuing CA was not sent"},
		{unknown, own, "signed by itself"},
		{&request.Failure{Err: errors.New("expired")}, leaf, ""},
		{nil, leaf, ""},
	} {
		got := unrooted(&request.Exchange{Failure: c.failure}, []*x509.Certificate{c.chain})
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
