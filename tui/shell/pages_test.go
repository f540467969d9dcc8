package shell

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/screentest"
	"culprit/tui/theme"
)

// pictures runs the shell once at each size, and at the smaller one with colours, and compares what take keeps under a
// name with its golden file.
func pictures(t *testing.T, opt func() Options, take func(s *screentest.Screen, keep func(name string))) {
	t.Helper()
	for _, look := range []struct {
		w, h int
		name string
		see  func(*screentest.Screen) string
	}{{80, 24, "80x24", (*screentest.Screen).Text}, {140, 42, "140x42", (*screentest.Screen).Text}, {80, 24, "with colours", (*screentest.Screen).Styled}} {
		var names, got []string
		synctest.Test(t, func(t *testing.T) {
			s := open(t, opt(), look.w, look.h)
			take(s, func(name string) { names, got = append(names, name+" "+look.name), append(got, look.see(s)) })
		})
		for i, name := range names {
			t.Run(name, func(t *testing.T) { golden.RequireEqual(t, got[i]) })
		}
	}
}

// secured is an answer over TLS, with cookies and a chain of two certificates.
func secured(body string) *request.Exchange {
	x := screentest.Redirected()
	h := &x.Hops[len(x.Hops)-1]
	issued := func(subject, issuer string, names ...string) *x509.Certificate {
		return &x509.Certificate{PublicKeyAlgorithm: x509.Ed25519, SignatureAlgorithm: x509.ECDSAWithSHA256, Subject: pkix.Name{CommonName: subject, Organization: []string{"Shop"}}, Issuer: pkix.Name{CommonName: issuer}, DNSNames: names,
			NotBefore: x.Start.AddDate(0, -2, 0), NotAfter: x.Start.AddDate(0, 1, 0)}
	}
	h.Conn.TLS = &tls.ConnectionState{Version: tls.VersionTLS13, CipherSuite: tls.TLS_AES_128_GCM_SHA256, NegotiatedProtocol: "h2", ServerName: "api.shop.example",
		PeerCertificates: []*x509.Certificate{issued("api.shop.example", "Shop CA", "api.shop.example", "*.api.shop.example", "shop.example"), issued("Shop CA", "Root of all Tests")}}
	h.Sent.Body, h.Sent.Size = request.NewContent([]byte("{\"sku\":\"mug\",\r\n \"long\":\""+strings.Repeat("abcdefghij", 9)+"\"}")), 112
	h.Response.Status, h.Response.Reason, h.Response.Body = 200, "OK", request.NewContent([]byte(body))
	h.Response.Header = append(h.Response.Header, request.Field{Name: "Content-Security-Policy", Value: "default-src 'self'; img-src https://images.shop.example data:; frame-ancestors 'none'"},
		request.Field{Name: "Set-Cookie", Value: "wide=1; Domain=example; Path=/"})
	h.Response.Stored = []request.Stored{{Name: "sid", Kept: true}, {Name: "wide", Why: "refused: its Domain example is a public suffix: the names below it belong to others"}}
	h.Sent.Header = append(h.Sent.Header, request.Field{Name: "Cookie", Value: "sid=0123456789"})
	h.Sent.Jar = []string{"sid"}
	return x
}

func TestPagesOfTheWorkbench(t *testing.T) {
	n := 0
	opt := func() Options {
		n = 0
		w := &world{checks: []collections.Checked{{Assert: collections.Assert{Expression: "res.status", Operator: "eq", Value: "200"}, Verdict: collections.Passed},
			{Assert: collections.Assert{Expression: "res.body.items[0].price", Operator: "isNumber"}, Verdict: collections.Failed, Why: "it is the text \"7.50\""},
			{Assert: collections.Assert{Expression: "res.time", Operator: "below", Value: "2"}, Verdict: collections.Unclear, Why: "no operator is called below"}}}
		w.answer = func(*collections.Entry) (*request.Exchange, error) {
			n++
			return secured(fmt.Sprintf(`{"items":[{"sku":"mug","price":"7.50","left":%d}],"next":null}`, 10-n)), nil
		}
		return options(w)
	}
	pictures(t, opt, func(s *screentest.Screen, keep func(string)) {
		s.Press("j", "2")
		for _, name := range []string{"Body", "Vars", "Tests", "Settings", "Docs", "Params", "Headers", "Auth"} {
			s.Has("[" + name)
			keep("request " + name)
			s.Press("]")
		}
		s.Press("s", "2", "s", "3")
		for _, name := range []string{"Body", "Headers", "Cookies", "Timeline", "TLS", "Sent", "Tests", "Diff"} {
			s.Has("[" + name)
			keep("response " + name)
			s.Press("]")
		}
	})
}

func TestOverlaysOfTheWorkbench(t *testing.T) {
	pictures(t, everywhere, func(s *screentest.Screen, keep func(string)) {
		at := func(name, title string, keys ...string) {
			s.Press(keys...)
			s.Has(title)
			keep(name)
			s.Press("esc")
			s.Lacks("─ " + title)
		}
		keep("warnings in the status line")
		at("warnings", "Warnings", "ctrl+p", "w", "a", "r", "n", "enter")
		at("themes", "Theme", "ctrl+p", "t", "h", "e", "m", "e", "enter")
		at("palette", "Palette", "ctrl+p")
		at("help of the collection", "Keys", "1", "?")
		at("paste", "Import a curl command", "i")
		s.Paste("curl https://x.example/a -H 'Authorization: Bearer abc'")
		at("import", "Import this curl command?")
		at("new request", "New request", "1", "n")
		at("delete", "Delete the request?", "x")
		at("new folder", "New folder", "N")
		at("move", "Move List orders to", "m")
		at("delete folder", "Delete the folder?", "g", "x")
		s.Press("j")
		s.Press("j", "s")
		time.Sleep(time.Second)
		s.Settle()
		at("compare with", "Compare with", "3", "b")
		at("help of the response", "Keys", "?")
		at("take", "Take as a variable", "3", "g", "j", "t")
		s.Press("2", "m")
		at("undo all", "Undo all edits?", "U")
		at("guard", "Send to production?", "ctrl+e", "3", "s")
	})
}

func TestEveryScreenWithColours(t *testing.T) {
	for _, scene := range []struct {
		name string
		keys []string
	}{{"request", []string{"j", "2"}}, {"palette", []string{"ctrl+p"}}, {"help", []string{"?"}}, {"guard", []string{"j", "ctrl+e", "3", "s"}}} {
		for name, choice := range map[string]theme.Choice{"dark": {}, "contrast": {Contrast: true}} {
			t.Run(scene.name+" "+name, func(t *testing.T) {
				var got string
				synctest.Test(t, func(t *testing.T) {
					opt := everywhere()
					opt.Theme = choice
					s := open(t, opt, 80, 24)
					s.Press(scene.keys...)
					got = s.Styled()
				})
				golden.RequireEqual(t, got)
			})
		}
	}
}
