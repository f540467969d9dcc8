package inquiry_test

import (
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// Products answer in ways of their own; what is wrong with each request is found, and called what it is.
func TestWhatIsWrongForProducts(t *testing.T) {
	queues := func(r request.Request) (int, string) { // without a page nobody looks at its size
		if strings.Contains(r.URL, "page=") && strings.Contains(r.URL, "page_size=5000") {
			return 400, `{"error":"Bad Request"}`
		}
		return 200, `{"items":[]}`
	}
	contents := func(r request.Request) (int, string) {
		if request.Get(r.Header, "Authorization") == "token 9b1ce5d2" {
			return 200, `{"content":[]}`
		}
		return 403, `{"message":"Forbidden"}`
	}
	session := func(r request.Request) (int, string) {
		if strings.Contains(r.Body.Text, `"torrent-get"`) {
			return 200, `{"result":"success"}`
		}
		return 200, `{"arguments":{},"result":"method name not recognized"}`
	}
	metrics := func(r request.Request) (int, string) {
		if strings.Contains(r.Body.Text, "3,5") {
			return 400, ""
		}
		return 200, ""
	}
	compile := func(r request.Request) (int, string) {
		if strings.Contains(r.Body.Text, `"unknowns":"`) {
			return 400, `{"error":"Bad Request"}`
		}
		return 200, `{"result":{}}`
	}
	for _, c := range []struct {
		name, curl, good string
		want             diagnose.Expectation
		answers          func(request.Request) (int, string)
		element          diagnose.ElementID
		cause            diagnose.CauseID
	}{
		{"a size of pages", `curl 'https://api.test/queues?page=1&page_size=5000&name=orders&use_regex=false'`, "", diagnose.Expectation{}, queues, "query:page_size", "invalid_request_parameter"},
		{"the scheme of a token", `curl https://api.test/contents -H 'Authorization: Bearer 9b1ce5d2'`, `curl https://api.test/contents -H 'Authorization: token 9b1ce5d2'`, diagnose.Expectation{}, contents, "auth", "malformed_authorization"},
		{"a refusal that a person has to tell", `curl https://api.test/rpc -H 'Content-Type: application/json' -d '{"method":"torrents-get","arguments":{"fields":["id"]}}'`, "", diagnose.Expectation{Has: `"success"`}, session, "body:/method", "invalid_body_property_value"},
		{"one text under a plural", `curl https://api.test/compile -H 'Content-Type: application/json' -d '{"query":"data.shop.allow == true","input":{"action":"read"},"unknowns":"input.resource"}'`, "", diagnose.Expectation{}, compile, "body:/unknowns", "invalid_body_property_type"},
		{"a text that is called a form", "curl https://api.test/metrics --data-binary '# TYPE size gauge\nsize 3,5\n'", "curl https://api.test/metrics --data-binary '# TYPE size gauge\nsize 3.5\n'", diagnose.Expectation{}, metrics, "body", "malformed_request_body"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := world{answers: c.answers}
			k := diagnose.Case{Request: parsed(t, c.curl), Expected: c.want, Now: time.Unix(0, 0), Writes: true}
			if c.good != "" {
				k.Good = []diagnose.Known{{Label: "good", Request: parsed(t, c.good)}}
			}
			got, err := diagnose.Run(t.Context(), inquiry.New(k), w.ask, nil)
			if err != nil {
				t.Fatal(err)
			}
			if v := got.Verdict.Culprits; len(v) != 1 || v[0].Element != c.element || v[0].Cause != c.cause {
				t.Errorf("%+v, want %s %s", v, c.element, c.cause)
			}
		})
	}
}

// A call of JSON-RPC keeps its version and its id: without an id nobody answers it, which is no success.
func TestACallKeepsItsEnvelope(t *testing.T) {
	w := world{answers: func(r request.Request) (int, string) {
		if b := r.Body.Text; strings.Contains(b, "jsonrpc") && (!strings.Contains(b, `"jsonrpc":"2.0"`) || !strings.Contains(b, `"id":7`)) {
			t.Errorf("sent %s", b)
		}
		return 400, `{"error":"Bad Request"}`
	}}
	k := diagnose.Case{Request: parsed(t, `curl https://api.test/rpc -H 'Content-Type: application/json' -d '{"jsonrpc":"2.0","id":7,"method":"queue.add","params":["a",{"level":"warning"}]}'`), Now: time.Unix(0, 0), Writes: true}
	if _, err := diagnose.Run(t.Context(), inquiry.New(k), w.ask, nil); err != nil {
		t.Fatal(err)
	}
}
