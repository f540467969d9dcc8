package evidence

import (
	"encoding/base64"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

func sign(x *request.Exchange) diagnose.Signature { return Sign(x, element.Of(x.Request).Elements) }

func TestSignatureIsTheSameForTheSameFailure(t *testing.T) {
	r := post(order)
	for name, pair := range map[string][2]string{
		"ids and times": {
			`{"error":"Bad Request","message":"order 4711 failed at 2026-01-01T10:00:00Z","requestId":"0b7e6c1e-8f4b-4d0e-9a53-2f4c2f3b1a11"}`,
			`{"error":"Bad Request","message":"order 4712 failed at 2026-01-02T11:30:09Z","requestId":"4e8b1f9c-1111-4d0e-9a53-2f4c2f3b1a11"}`},
		"hex":          {`{"message":"trace deadbeef01 failed"}`, `{"message":"trace 0badcafe99 failed"}`},
		"addresses":    {`{"message":"upstream 10.0.0.1:8080 refused"}`, `{"message":"upstream 10.0.0.27:8080 refused"}`},
		"plain text":   {"failed after 12 ms", "failed after 9 ms"},
		"our own word": {`{"message":"no such status: shippd"}`, `{"message":"no such status: shippd"}`},
	} {
		a := sign(answered(r, 400, pair[0], "Date", "Mon, 02 Jan 2006 15:04:05 GMT", "X-Request-Id", "1"))
		b := sign(answered(r, 400, pair[1], "Date", "Mon, 02 Jan 2006 15:04:09 GMT"))
		if l := Calibrate(a, b); l < diagnose.L2 || a.Template != b.Template {
			t.Errorf("%s: level %d\n%+v\n%+v", name, l, a, b)
		}
	}
}

// A router repeats how it was asked: that a nonsense path is asked for with GET is no other failure.
func TestSignatureHasNotHowItWasAsked(t *testing.T) {
	a, b := request.Request{Method: "DELETE", URL: "https://api.test/orders"}, request.Request{Method: "GET", URL: "https://api.test/nowhere"}
	sa, sb := sign(answered(a, 404, "Cannot DELETE /orders")), sign(answered(b, 404, "Cannot GET /nowhere"))
	if sa.Template != sb.Template {
		t.Errorf("templates %q and %q", sa.Template, sb.Template)
	}
}

func TestSignatureMasksTheValuesOfTheRequest(t *testing.T) {
	a, b := post(order), post(`{"status":"payyd"}`)
	sa := sign(answered(a, 400, `{"code":"bad_status","message":"shippd is no status"}`))
	sb := sign(answered(b, 400, `{"code":"bad_status","message":"payyd is no status"}`))
	if sa.Template != sb.Template {
		t.Errorf("templates %q and %q", sa.Template, sb.Template)
	}
}

// A server may quote a credential, whole or in base64: its digits become # in a signature, so that no mask would know
// it again.
func TestSignatureHoldsNoCredential(t *testing.T) {
	token := "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + strings.Repeat("Abc9Xyz", 60)
	r := post(order)
	r.Auth = request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: token}}}
	for _, quoted := range []string{token, base64.StdEncoding.EncodeToString([]byte("Bearer " + token))} {
		for _, body := range []string{`{"message":"bad token ` + quoted + `"}`, `{"code":"` + quoted + `"}`, "bad token " + quoted} {
			s := sign(answered(r, 400, body))
			if text := s.Code + s.Template; strings.Contains(text, "eyJhbGci") || strings.Contains(text, "Abc") || strings.Contains(text, quoted[60:70]) {
				t.Errorf("%.60s…: %q", body, text)
			}
		}
	}
	if s := sign(answered(r, 400, `{"message":"see /api/v2/customers/orders/returns/items or com.example.InvalidOrderException2Handler"}`)); strings.Contains(s.Template, "<id>") {
		t.Errorf("words are hidden: %q", s.Template)
	}
}

// The message is cut where the credential stands, and what is before it becomes short when it is masked.
func TestSignatureHoldsNoHalfCredential(t *testing.T) {
	secret := "correct-horse-battery-staple"
	r := post(order)
	r.Auth = request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: secret}}}
	for pad := range 40 {
		text := strings.Repeat("1234567890123456789 ", 48) + strings.Repeat("1", pad+15) + " " + secret
		for _, body := range []string{`{"message":"` + text + `"}`, text} {
			if got := sign(answered(r, 400, body)).Template; strings.Contains(got, "corr") {
				t.Errorf("pad %d: %q", pad, got)
			}
		}
	}
}

func TestSignatureDiffersWhenAnotherElementIsNamed(t *testing.T) {
	r := post(order)
	a := sign(answered(r, 422, `{"errors":{"status":["is invalid"]}}`))
	b := sign(answered(r, 422, `{"errors":{"when":["is invalid"]}}`))
	if a.Equal(b, diagnose.L3) || a.Pointers == b.Pointers {
		t.Errorf("the same: %+v", a)
	}
	c := sign(answered(r, 400, `{"error":"price must be a number"}`))
	d := sign(answered(r, 400, `{"error":"status must be a number"}`))
	if c.Equal(d, diagnose.L2) {
		t.Errorf("templates are the same: %q %q", c.Template, d.Template)
	}
}

func TestSignatureOfAFailureWithoutAResponse(t *testing.T) {
	x := &request.Exchange{Failure: &request.Failure{Phase: request.PhaseConnect, Cause: "connection_refused", Err: errTest}}
	if s := Sign(x, nil); s.Failure != "connect connection_refused" || Calibrate(s, s) != diagnose.L4 {
		t.Errorf("%+v", s)
	}
	if s := Sign(nil, nil); s != (diagnose.Signature{}) {
		t.Errorf("%+v", s)
	}
}
