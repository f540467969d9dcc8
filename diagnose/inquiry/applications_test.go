package inquiry_test

import (
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/spec"
	"culprit/request"
)

// A value in the wrapper that the document describes is wrong. Taken out of the wrapper the body would fit a document that
// requires nothing, and so it would inside of another one; neither is what the server asks for.
func TestTheWrapperThatIsDocumentedStays(t *testing.T) {
	for _, c := range []struct{ required, body string }{
		{``, `{"data":{"name":"Brief","kind":"task"}}`},
		{`"required":["data"],`, `{"data":{"name":"Brief","kind":"task"},"notify":"yes"}`},
	} {
		doc, err := spec.Load([]byte(`{"openapi":"3.0.3","info":{"title":"x","version":"1"},"servers":[{"url":"https://api.test"}],"paths":{"/tasks":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object",`+
			c.required+`"properties":{"data":{"type":"object","properties":{"name":{"type":"string"},"kind":{"type":"string","enum":["default_task","milestone"]}}}}}}}},"responses":{"201":{"description":"ok"}}}}}}`), "")
		if err != nil {
			t.Fatal(err)
		}
		w := world{answers: func(r request.Request) (int, string) {
			if strings.Contains(r.Body.Text, `"data":{"name"`) && strings.Contains(r.Body.Text, `"kind":"task"`) {
				return 400, `<h1>400 Bad Request</h1>`
			}
			return 201, `{"id":1}`
		}}
		got, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: write("/tasks", c.body).Request, Spec: doc, Now: time.Unix(0, 0), Writes: true}), w.ask, nil)
		if err != nil {
			t.Fatal(err)
		}
		if v := got.Verdict.Culprits; len(v) != 1 || v[0].Element != "body:/data/kind" {
			t.Errorf("%s: %s in %d probes", c.body, shown(v), got.Cost.Probes)
		}
	}
}

// A server answers 200 to everything and says in the envelope that the arguments are invalid. What is wrong is the argument,
// by whatever it was found; that a success hides an error is how it is said.
func TestAnInvalidArgumentInAnEnvelopeIsCalledWhatItIs(t *testing.T) {
	for said, want := range map[string]diagnose.CauseID{"invalid_arguments": "invalid_request_parameter", "lookup_failed": "soft_error_in_success"} {
		r, _ := asked(t, diagnose.Case{Request: request.Request{Method: "GET", URL: "https://api.test/api/list?limit=200&types=public"}}, func(q diagnose.Question) (int, string, []string) {
			if u := q.Request.URL; strings.Contains(u, "types=") && !strings.Contains(u, "types=public_channel") {
				return 200, `{"ok":false,"error":"` + said + `"}`, nil
			}
			return 200, `{"ok":true,"channels":[]}`, nil
		})
		if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "query:types" || got[0].Cause != want {
			t.Errorf("%s: %s: %s", said, shown(got), words(r))
		}
	}
}

// Of two blocks the second has a text of a type that the server does not take, and the server says no more than that the
// arguments are invalid. The text of the first one in its place passes: its type does, too, with the text that was meant.
func TestOfAnObjectLikeItsSiblingOnlyTheMemberIsAccused(t *testing.T) {
	r, _ := asked(t, write("/api/post", `{"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*v4.2* is out"}},{"type":"section","text":{"type":"markdown","text":"changes"}}]}`), func(q diagnose.Question) (int, string, []string) {
		if b := q.Request.Body.Text; strings.Contains(b, `"markdown"`) || strings.Count(b, "mrkdwn") < 2 {
			return 200, `{"ok":false,"error":"invalid_arguments"}`, nil
		}
		return 200, `{"ok":true}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/blocks/1/text/type" || got[0].Cause != "invalid_body_property_value" {
		t.Errorf("%s: %s", shown(got), words(r))
	}
}

// An answer misses something whose name no field of a header can have: it is looked for in other places only.
func TestWhatNoHeaderCanBeCalledIsNoHeader(t *testing.T) {
	_, sent := asked(t, write("/visits", `{"name":"Ada"}`), func(q diagnose.Question) (int, string, []string) {
		return 400, `{"message":"Missing required field \"guests[0].badge\""}`, nil
	})
	for _, q := range sent {
		for _, f := range q.Request.Header {
			if strings.ContainsAny(f.Name, "[]?") {
				t.Errorf("sent the header field %q", f.Name)
			}
		}
	}
}
