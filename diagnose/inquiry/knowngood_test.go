package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// A request that is known to work differs in more than values: in where its key stands, and in that it has one against
// repetition. On a server with one answer for everything only these differences tell.
func TestAKnownGoodRequestDiffersInPlacesToo(t *testing.T) {
	key := func(url, value string) request.Request {
		return request.Request{Method: "GET", URL: url, Auth: request.Auth{Scheme: "apikey", Params: []request.Field{
			{Name: "key", Value: "X-Shop-Access"}, {Name: "value", Value: value}, {Name: "placement", Value: "header"}}}}
	}
	bearer := func(r request.Request) request.Request {
		r.Auth = request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "k-7f21aa90c3"}}}
		return r
	}
	with := func(r request.Request, name, value string) request.Request {
		r.Header = request.Set(r.Header, name, value)
		return r
	}
	const list, pay = "https://api.test/v1/rates?currency=EUR", "https://api.test/v1/payments"
	order := withBody(sending("POST", pay), `{"order":1001,"amount":25}`)
	for _, tt := range []struct {
		name   string
		fails  request.Request
		good   request.Request
		passes func(r *request.Request) bool
		el     diagnose.ElementID
	}{
		{"the key of the good one stands in a field of its own", bearer(sending("GET", list)), key(list, "k-7f21aa90c3"),
			func(r *request.Request) bool {
				return request.Get(r.Header, "X-Shop-Access") == "k-7f21aa90c3" || r.Auth.Scheme == "apikey" && r.Auth.Param("value") == "k-7f21aa90c3"
			}, "header:X-Shop-Access"},
		{"the token of the good one stands in Authorization", key(list, "k-7f21aa90c3"), bearer(sending("GET", list)),
			func(r *request.Request) bool {
				return r.Auth.Param("token") == "k-7f21aa90c3" || request.Get(r.Header, "Authorization") == "Bearer k-7f21aa90c3"
			}, "auth"},
		{"the good one has a key against repetition", order, with(order.Clone(), "Idempotency-Key", "order-1001-a"),
			func(r *request.Request) bool { return request.Get(r.Header, "Idempotency-Key") != "" }, "header:Idempotency-Key"},
	} {
		sent := []string{}
		r := staged(t, diagnose.Case{Request: tt.fails, Writes: true, Good: []diagnose.Known{{Label: "the last pass", Request: tt.good}}}, func(r *request.Request) (int, string, *request.Failure) {
			sent = append(sent, request.Get(r.Header, "Idempotency-Key"))
			if !tt.passes(r) {
				return 400, `{"error":"Bad Request"}`, nil
			}
			return 200, `{"ok":true}`, nil
		})
		if v := r.Verdict; len(v.Culprits) != 1 || v.Culprits[0].Element != tt.el || v.Culprits[0].Standing == diagnose.Suspected {
			t.Errorf("%s: %s %s: %s", tt.name, v.Outcome, shown(v.Culprits), v.Summary)
		}
		if n := r.Cost.Probes; n > 12 {
			t.Errorf("%s: %d probes, where the good request says it", tt.name, n)
		}
		if strings.Contains(strings.Join(sent, " "), "order-1001-a") {
			t.Errorf("%s: the key of another sending went out: %q", tt.name, sent)
		}
	}
}

// A word that cannot exist in the place of the last one of a path is refused like the request: where one without
// credentials is, too, that says nothing of the path.
func TestARefusalOfCredentialsIsNoWrongPath(t *testing.T) {
	known := func(r *request.Request) (int, string, *request.Failure) {
		switch {
		case !strings.Contains(r.URL, "/legacy/"):
			return 404, `{"error":"Not Found"}`, nil
		case request.Get(r.Header, "Authorization") != "Bearer right" || !strings.HasSuffix(r.URL, "/rates"):
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 200, `{"rates":[]}`, nil
	}
	r := staged(t, diagnose.Case{Request: sending("GET", "https://api.test/legacy/rates", "Authorization", "Bearer k-7f21aa90c3")}, known)
	for _, c := range r.Verdict.Culprits {
		if c.Element.InURL() && c.Standing != diagnose.Suspected {
			t.Errorf("the credentials are refused, and the path is accused: %s: %s", shown(r.Verdict.Culprits), r.Verdict.Summary)
		}
	}
	r = staged(t, diagnose.Case{Request: sending("GET", "https://api.test/legacy/rotes")}, func(r *request.Request) (int, string, *request.Failure) {
		if strings.Contains(r.URL, "/legacy/") {
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 404, `{"error":"Not Found"}`, nil
	})
	if v := r.Verdict; len(v.Culprits) != 1 || v.Culprits[0].Cause != "wrong_path" {
		t.Errorf("nothing but a path: %s: %s", shown(v.Culprits), v.Summary)
	}
}
