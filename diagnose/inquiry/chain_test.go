package inquiry_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/probe"
	"culprit/request"
	"culprit/request/client"
)

// A papers is a certificate with its key.
type papers struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// issue makes a certificate; a nil parent signs it with its own key. at, when not "", is where it says that its
// issuer's certificate is.
func (p *papers) issue(t *testing.T, name, at string, ca bool) *papers {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		BasicConstraintsValid: true, IsCA: ca, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, DNSNames: []string{"shop.example.com"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	if at != "" {
		c.IssuingCertificateURL = []string{at}
	}
	out := &papers{c, key}
	if p == nil {
		p = out
	}
	der, err := x509.CreateCertificate(rand.Reader, c, p.cert, key.Public(), p.key)
	if err != nil {
		t.Fatal(err)
	}
	if out.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return out
}

// A shop sells over TLS and has certificates that somebody else serves.
type shop struct {
	url      string
	trusted  string // CA file
	fetched  []string
	consents []diagnose.Question
	resolve  []request.Override
}

func (s *shop) diagnose(t *testing.T, consent bool) diagnose.Report {
	t.Helper()
	e := client.New(client.Config{})
	t.Cleanup(e.Close)
	r := request.Request{Method: "GET", URL: s.url, Header: []request.Field{{Name: "Authorization", Value: "Bearer tok-secret-1"}}, Settings: request.Settings{TLS: request.TLS{CAFile: s.trusted}, Resolve: s.resolve}}
	ask := probe.Asker(e, probe.Options{Allow: func(_ context.Context, q diagnose.Question) (bool, error) {
		s.consents = append(s.consents, q)
		return consent, nil
	}})
	got, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: r, Now: time.Now()}), ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// openShop makes a shop whose server sends only its own certificate. The one of its issuer is at a server of its own.
func openShop(t *testing.T, adjust func(root *papers, aia *string, trusted **papers)) *shop {
	t.Helper()
	s := &shop{}
	var inter *papers
	ca := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fetched = append(s.fetched, r.URL.Path+r.Header.Get("Authorization"))
		switch r.URL.Path {
		case "/inter.cer":
			w.Header().Set("Content-Type", "application/pkix-cert")
			w.Write(inter.cert.Raw)
		case "/inter.p7c":
			w.Header().Set("Content-Type", "application/pkcs7-mime")
			w.Write(certsOnly(t, inter.cert.Raw))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(ca.Close)
	root := (*papers)(nil).issue(t, "Test Root", "", true)
	trusted, at := root, ca.URL+"/inter.cer"
	adjust(root, &at, &trusted)
	inter = root.issue(t, "Test Issuing CA", "", true)
	leaf := inter.issue(t, "shop", at, false)
	srv := httptest.NewUnstartedServer(http.NotFoundHandler())
	srv.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{leaf.cert.Raw}, PrivateKey: leaf.key}}}
	srv.StartTLS()
	t.Cleanup(srv.Close)
	s.url, s.trusted = srv.URL, filepath.Join(t.TempDir(), "roots.pem")
	if err := os.WriteFile(s.trusted, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: trusted.cert.Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

// certsOnly is the "certs-only" CMS message of a certificate (RFC 5652 §5.1, RFC 5280 §4.2.2.1).
func certsOnly(t *testing.T, der []byte) []byte {
	t.Helper()
	type inner struct{ Type asn1.ObjectIdentifier }
	type signed struct {
		Version      int
		Digests      []int `asn1:"set"`
		Inner        inner
		Certificates asn1.RawValue
		Signers      []int `asn1:"set"`
	}
	raw, err := asn1.Marshal(signed{1, nil, inner{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}},
		asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: der}, nil})
	if err == nil {
		raw, err = asn1.Marshal(struct {
			Type    asn1.ObjectIdentifier
			Content asn1.RawValue
		}{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}, asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: raw}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestTheMissingIntermediateMayComeInABundle(t *testing.T) {
	s := openShop(t, func(_ *papers, at *string, _ **papers) { *at = strings.Replace(*at, ".cer", ".p7c", 1) })
	if v := s.diagnose(t, false).Verdict; v.Cause != "tls_incomplete_chain" || v.Outcome != diagnose.OutcomeIsolated || !slices.Equal(s.fetched, []string{"/inter.p7c"}) {
		t.Errorf("fetched %v, got %+v", s.fetched, v)
	}
}

func TestTheMissingIntermediateIsFetchedAndProved(t *testing.T) {
	s := openShop(t, func(*papers, *string, **papers) {})
	v := s.diagnose(t, false).Verdict
	if v.Cause != "tls_incomplete_chain" || v.Outcome != diagnose.OutcomeIsolated || v.Culprits[0].Standing != diagnose.Isolated ||
		!strings.Contains(v.Summary, "does not send the certificate of Test Issuing CA") {
		t.Errorf("got %+v", v)
	}
	if !slices.Equal(s.fetched, []string{"/inter.cer"}) || len(s.consents) > 0 {
		t.Errorf("fetched %v, without credentials and on this computer without a question; asked %v", s.fetched, s.consents)
	}
}

// A chain that is complete and ends at a stranger is no incomplete one, whatever can be fetched.
func TestAnUnknownAuthorityIsNoMissingIntermediate(t *testing.T) {
	for name, adjust := range map[string]func(*papers, *string, **papers){
		"its root is not trusted": func(_ *papers, _ *string, trusted **papers) {
			*trusted = (*papers)(nil).issue(t, "Another Root", "", true)
		},
		"the certificate is gone":   func(_ *papers, at *string, _ **papers) { *at = strings.Replace(*at, "inter.cer", "gone.cer", 1) },
		"it does not say where":     func(_ *papers, at *string, _ **papers) { *at = "" },
		"it is at no place to read": func(_ *papers, at *string, _ **papers) { *at = "ldap://127.0.0.1/cn=x" },
	} {
		if v := openShop(t, adjust).diagnose(t, true).Verdict; v.Cause != "tls_unknown_authority" || v.Outcome != diagnose.OutcomeIsolated {
			t.Errorf("%s: got %+v", name, v)
		}
	}
}

// A certificate of a server elsewhere, or one that names a place that acts, has no say in what is asked of the services
// of this computer.
func TestTheFetchFromHereNeedsConsentWhenAnotherServerAsksForIt(t *testing.T) {
	for name, c := range map[string]struct{ host, path string }{
		"a server elsewhere":  {"shop.example.com", "/inter.cer"},
		"a place that acts":   {"127.0.0.1", "/shutdown"},
		"a query that acts":   {"127.0.0.1", "/inter.cer?action=reset"},
		"a place on loopback": {"127.0.0.1", "/inter.cer"},
	} {
		s := openShop(t, func(_ *papers, at *string, _ **papers) { *at = strings.Replace(*at, "/inter.cer", c.path, 1) })
		to := element.SplitURL(s.url)
		s.url = "https://" + c.host + ":" + to.Port
		s.resolve = []request.Override{{To: "127.0.0.1"}}
		s.diagnose(t, false)
		if free := name == "a place on loopback"; (len(s.fetched) > 0) != free || (len(s.consents) == 0) != free {
			t.Errorf("%s: fetched %v, asked %v", name, s.fetched, s.consents)
		}
	}
}

// The fetch goes to another host: nobody is asked for a certificate before the person agreed.
func TestTheFetchFromAnotherHostNeedsConsent(t *testing.T) {
	s := openShop(t, func(_ *papers, at *string, _ **papers) { *at = "http://ca.example.com/inter.cer" })
	v := s.diagnose(t, false).Verdict
	if v.Cause != "tls_unknown_authority" || len(s.consents) != 1 || s.consents[0].Request.URL != "http://ca.example.com/inter.cer" ||
		s.consents[0].Safety != diagnose.S4 || len(s.consents[0].Request.Header) > 0 {
		t.Errorf("got %+v; asked %+v", v, s.consents)
	}
}
