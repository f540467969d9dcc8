package inquiry_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/dossier"
	"culprit/diagnose/element"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

const ownDocument = `{"openapi":"3.0.3","info":{"title":"x","version":"1"},"paths":{"/things":{"get":{
	"parameters":[{"name":"shelf","in":"query","required":true,"schema":{"type":"string","enum":["upper","lower"]}}],"responses":{"200":{"description":"ok"}}}}}}`

// An API that answers everything with the same 400 and says where its description is.
func TestAnAnswerMayNameTheDescriptionOfTheAPI(t *testing.T) {
	for _, tt := range []struct{ name, link, found string }{
		{"here", `</about.json>; rel="service-desc"`, "https://api.test/about.json"},
		{"here, whole", `<https://api.test/about.json>; rel=service-desc`, "https://api.test/about.json"},
		{"another host", `<https://evil.test/about.json>; rel="service-desc"`, ""},
		{"another port", `<https://api.test:8443/about.json>; rel="service-desc"`, ""},
		{"in clear", `<http://api.test/about.json>; rel="service-desc"`, ""},
		{"somebody's name", `<https://u:p@api.test/about.json>; rel="service-desc"`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := request.Request{Method: "GET", URL: "https://api.test/things?limit=1", Header: []request.Field{{Name: "Authorization", Value: "Bearer secret-token-1"}, {Name: "X-Api-Key", Value: "secret-key-2"}}}
			asked := ""
			ask := func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
				if q.Request == nil {
					return diagnose.Answer{Refused: "no"}, nil
				}
				status, text := 400, `{"error":"Bad Request"}`
				switch {
				case strings.HasSuffix(q.Request.URL, "/about.json"):
					asked = q.Request.URL
					status, text = 200, ownDocument
					for _, e := range element.Of(*q.Request).Elements {
						if e.Secret || strings.Contains(e.Text, "secret") {
							t.Errorf("%s goes with it", e.ID)
						}
					}
				case strings.Contains(q.Request.URL, "shelf=upper"):
					status, text = 200, `{"things":[]}`
				}
				return diagnose.Answer{Exchange: &request.Exchange{Request: *q.Request, Hops: []request.Hop{{Sent: request.Sent{Method: q.Request.Method, URL: q.Request.URL, Header: q.Request.Header},
					Response: &request.Response{Status: status, Header: []request.Field{{Name: "Content-Type", Value: "application/json"}, {Name: "Link", Value: tt.link}}, Body: request.NewContent([]byte(text))}}}}}, nil
			}
			c := diagnose.Case{Request: r, Now: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), Describe: dossier.Describe}
			got, err := diagnose.Run(t.Context(), inquiry.New(c), ask, nil)
			if err != nil {
				t.Fatal(err)
			}
			if asked != tt.found {
				t.Errorf("asked for %q, want %q", asked, tt.found)
			}
			solved := got.Verdict.Outcome == diagnose.OutcomeIsolated && got.Verdict.Culprits[0].Element == "query:shelf"
			if solved != (tt.found != "") {
				t.Errorf("%s: %s", got.Verdict.Outcome, got.Verdict.Summary)
			}
		})
	}
}

// An API that answers everything with the same 400, says nothing of a description, and has one where most have it.
func TestAnAPIIsAskedForItsDescriptionWhereMostHaveIt(t *testing.T) {
	for _, tt := range []struct {
		place, answer string
		solved        bool
	}{
		{"/openapi.json", ownDocument, true},
		{"/v3/api-docs", ownDocument, true},
		{"/openapi.json", "<html>all paths of this page are the same</html>", false},
		{"", "", false},
	} {
		fetched := 0
		ask := func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
			if q.Request == nil {
				return diagnose.Answer{Refused: "no"}, nil
			}
			status, text := 400, `{"error":"Bad Request"}`
			switch u := element.SplitURL(q.Request.URL); {
			case u.Path != "/things":
				fetched++
				if status = 404; u.Path == tt.place {
					status, text = 200, tt.answer
				}
				for _, e := range element.Of(*q.Request).Elements {
					if strings.Contains(e.Text, "secret") {
						t.Errorf("%s goes with it", e.ID)
					}
				}
			case strings.Contains(u.Query, "shelf=upper"):
				status, text = 200, `{"things":[]}`
			}
			return diagnose.Answer{Exchange: &request.Exchange{Request: *q.Request, Hops: []request.Hop{{Sent: request.Sent{Method: q.Request.Method, URL: q.Request.URL, Header: q.Request.Header},
				Response: &request.Response{Status: status, Header: []request.Field{{Name: "Content-Type", Value: "application/json"}}, Body: request.NewContent([]byte(text))}}}}}, nil
		}
		c := diagnose.Case{Request: request.Request{Method: "GET", URL: "https://api.test/things?limit=1", Header: []request.Field{{Name: "Authorization", Value: "Bearer secret-token-1"}}},
			Now: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), Describe: dossier.Describe}
		got, err := diagnose.Run(t.Context(), inquiry.New(c), ask, nil)
		if err != nil {
			t.Fatal(err)
		}
		solved := got.Verdict.Outcome == diagnose.OutcomeIsolated && got.Verdict.Culprits[0].Element == "query:shelf" && got.Verdict.Culprits[0].Cause == "missing_request_parameter"
		if solved != tt.solved || fetched > 5 {
			t.Errorf("%s: %s (%s), %d fetched", tt.place, got.Verdict.Outcome, got.Verdict.Summary, fetched)
		}
	}
}
