package inquiry_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// The worlds below answer in ways from which too much was once concluded, or too little.
func TestWhatAnAnswerToAnEditMeans(t *testing.T) {
	for _, c := range []struct {
		world
		el     diagnose.ElementID
		cause  diagnose.CauseID
		passes bool // a repair is verified
	}{
		{world{"a member asked for by its bare name belongs below", post(`{"plant":"fern","location":{"shelf":2}}`), "", body(func(b map[string]any) (int, string) {
			if _, ok := b["room"]; ok {
				return 400, `{"description":"Additional properties are not allowed ('room' was unexpected)"}`
			}
			switch l, _ := b["location"].(map[string]any); l["room"] {
			case nil:
				return 400, `{"description":"'room' is a required property"}`
			case "office", "kitchen":
				return 201, `{}`
			}
			return 400, `{"errors":[{"path":["location","room"],"message":"must be one of [kitchen, office]"}]}`
		})}, "body:/location/room", "missing_body_property", true},
		{world{"a choice that is missing takes what the answer lists", post(`{"title":"Tea"}`), "", body(func(b map[string]any) (int, string) {
			switch b["status"] {
			case nil:
				return 400, `{"errors":[{"path":["status"],"message":"status is required"}]}`
			case "draft", "live":
				return 201, `{}`
			}
			return 400, `{"errors":[{"path":["status"],"message":"status must be one of [draft, live]"}]}`
		})}, "body:/status", "missing_body_property", true},
		{world{"what is left out is not mended", post(`{"kind":"Service","meta":{"name":"Web_App"}}`), "", body(func(b map[string]any) (int, string) {
			m, _ := b["meta"].(map[string]any)
			switch n, _ := m["name"].(string); {
			case b["kind"] != "Service":
				return 400, `{"message":"no such kind"}`
			case n == "":
				return 422, `{"message":"meta.name: Required value: name or generateName is required"}`
			case n != "my-name":
				return 422, `{"errors":[{"field":"meta.name","message":"Invalid value: must be lower case (e.g. 'my-name', or 'abc-123')"}]}`
			}
			return 201, `{}`
		})}, "body:/meta/name", "invalid_body_property_value", true},
		{world{"another path that is refused is no progress", `curl https://api.test/ada/cal/none.ics -u ada:lovelace`, "", func(r request.Request) (int, string) {
			if strings.Contains(r.URL, "/ada/cal/") {
				return 404, `The requested resource could not be found.`
			}
			return 403, `Access to the requested resource forbidden.`
		}}, "url.path[2]", "resource_not_found", false},
		{world{"an id that the answer repeats is a resource", `curl https://api.test/messages/999`, "", func(r request.Request) (int, string) {
			if strings.Contains(r.URL, "/messages/") {
				return 404, `{"message":"No record found for id '999'"}`
			}
			return 404, `{"message":"Page not found"}`
		}}, "url.path[1]", "resource_not_found", false},
		{world{"a key in its usual place is refused, not unseen", `curl https://api.test/a -H 'X-Api-Key: k-2'`, "", func(request.Request) (int, string) {
			return 401, ``
		}}, "header:X-Api-Key", "invalid_credentials", false},
		{world{"a bucket of another name is a resource", `curl https://api.test/photo`, "", func(r request.Request) (int, string) {
			if strings.HasSuffix(r.URL, "/photos") {
				return 200, `{}`
			}
			return 404, `{"error":{"code":"NoSuchBucket","message":"The specified bucket does not exist"}}`
		}}, "url.path", "resource_not_found", true},
		{world{"a conflict is about the resource that is written", `curl https://api.test/docs/tea -X PUT -H 'Content-Type: application/json' -d '{"price":4}'`, "", func(request.Request) (int, string) {
			return 409, `{"error":"conflict","reason":"Document update conflict"}`
		}}, "url.path[1]", "conflict", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := diagnose.Run(t.Context(), inquiry.New(c.problem(t)), c.ask, nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Verdict.Culprits) != 1 || r.Verdict.Culprits[0].Element != c.el || r.Verdict.Culprits[0].Cause != c.cause || (r.Verdict.Repair != nil && r.Verdict.Repair.Verified) != c.passes {
				t.Errorf("want %s %s, repair passes %v, got\n%s", c.el, c.cause, c.passes, c.transcript(t))
			}
		})
	}
}

// A request that cannot be prepared accuses nobody: nothing was sent.
func TestWhatCannotBePreparedAccusesNobody(t *testing.T) {
	w := world{"", `curl https://api.test/a -u ada:lovelace`, "", nil}
	r, err := diagnose.Run(t.Context(), inquiry.New(w.problem(t)), unprepared, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Verdict.Outcome != diagnose.OutcomeInconclusive || len(r.Verdict.Culprits) > 0 {
		t.Errorf("%s %+v", r.Verdict.Outcome, r.Verdict.Culprits)
	}
}

// Some servers never answer what they cannot read; a variation waits for a bounded time, the request itself as long
// as its person wants.
func TestNoVariationWaitsForEver(t *testing.T) {
	w := world{"", post(`{"unit":"K"}`), "", func(request.Request) (int, string) { return 400, `{"error":"Bad Request"}` }}
	r, err := diagnose.Run(t.Context(), inquiry.New(w.problem(t)), w.ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range r.Probes {
		if wait := p.Question.Request.Settings.Timeouts.FirstByte; (wait > 0) != (i > 0) {
			t.Errorf("probe %d waits %v for its answer", p.N, wait)
		}
	}
}

// unprepared is a client that cannot build what it is asked to send.
func unprepared(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
	if q.Request == nil {
		return diagnose.Answer{Refused: "not here"}, nil
	}
	return diagnose.Answer{Exchange: &request.Exchange{Request: *q.Request, Failure: &request.Failure{Phase: request.PhasePrepare, Text: "The request cannot be prepared."}}}, nil
}

// A member that only the mending of the body has made is no second culprit.
func TestMendingAccusesOnlyTheBody(t *testing.T) {
	w := world{"", post(`{"comment": please ring, "channel": "web"}`), "", func(r request.Request) (int, string) {
		var b map[string]any
		switch err := json.Unmarshal([]byte(r.Body.Text), &b); {
		case err != nil:
			return 400, `{"message":"Unexpected token 'p', ...\"comment\": please rin\"... is not valid JSON"}`
		case len(b) != 2:
			return 400, `{"message":"\"ring\" is not allowed"}`
		}
		return 201, `{}`
	}}
	r, err := diagnose.Run(t.Context(), inquiry.New(w.problem(t)), w.ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c := r.Verdict.Culprits; len(c) != 1 || c[0].Element != "body" || c[0].Cause != "malformed_json" {
		t.Errorf("%s", w.transcript(t))
	}
}

// A gateway that asks one route for a header lets every other path through: that another path passes accuses nobody.
func TestAnotherRouteIsNoRepair(t *testing.T) {
	w := world{"", `curl https://api.test/api/tenant`, "", func(r request.Request) (int, string) {
		switch {
		case strings.HasSuffix(r.URL, "/api") || !strings.Contains(r.URL, "/api/"):
			return 404, `<h1>404 Not Found</h1>`
		case strings.HasSuffix(r.URL, "/tenant") && !request.Has(r.Header, "X-Tenant-Id-Of-Ours"):
			return 400, `<h1>400 Bad request</h1>`
		}
		return 200, `{}`
	}}
	r, err := diagnose.Run(t.Context(), inquiry.New(w.problem(t)), w.ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Verdict.Culprits {
		if c.Standing != diagnose.Suspected && strings.HasPrefix(string(c.Element), "url.path") {
			t.Errorf("%s", w.transcript(t))
		}
	}
}
