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

// A server names a list, and not what is wrong in it: it is looked for inside, and the list is not accused.
func TestAContainerThatIsNamedIsLookedInto(t *testing.T) {
	r, _ := asked(t, write("/invoices", `{"number":"RE-1","rows":[{"article":4711,"unit":"pcs"},{"article":"4712","unit":"kg"}]}`), func(q diagnose.Question) (int, string, []string) {
		if b := q.Request.Body.Text; strings.Contains(b, `"4712"`) || !strings.Contains(b, `"rows"`) {
			return 400, `{"error":"Bad Request","fields":["rows"]}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/rows/1/article" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// What is missing is guessed, and the guess mended as the server asks: that is one culprit, called by the first answer.
func TestAGuessThatIsMendedIsOneCulprit(t *testing.T) {
	r, _ := asked(t, write("/pets", `{"name":"Rex"}`), func(q diagnose.Question) (int, string, []string) {
		switch b := q.Request.Body.Text; {
		case !strings.Contains(b, `"photoUrls"`):
			return 400, `{"message":"request/body must have required property 'photoUrls'"}`, nil
		case !strings.Contains(b, `"photoUrls":[`) && !strings.Contains(b, `"photoUrls": [`):
			return 400, `{"message":"request/body/photoUrls must be array"}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/photoUrls" || got[0].Cause != "missing_body_property" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// An answer names the wrong parameter, and the guess for it breaks what was well: it is no culprit.
func TestWhatAGuessBrokeIsNoCulprit(t *testing.T) {
	c := diagnose.Case{Request: request.Request{Method: "GET", URL: "https://api.test/flights?stops=none&cabin=economy"}}
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		u := q.Request.URL
		switch ok := strings.Contains(u, "cabin=economy") || !strings.Contains(u, "cabin"); {
		case !ok:
			return 400, `{"error":"enum string is expected"}`, nil
		case strings.Contains(u, "stops=none"):
			return 400, `{"error":"invalid cabin"}`, nil
		}
		return 200, `[]`, nil
	})
	for _, got := range r.Verdict.Culprits {
		if got.Standing != diagnose.Suspected && got.Standing != diagnose.Named && got.Element != "query:stops" {
			t.Errorf("%s in %d probes", shown(r.Verdict.Culprits), r.Cost.Probes)
		}
	}
}

// A server takes more than its document says: of all that is not as documented, only what is needed is accused.
func TestWhatIsTakenThoughNotDocumentedIsNoCulprit(t *testing.T) {
	doc, err := spec.Load([]byte(`{"openapi":"3.0.3","info":{"title":"x","version":"1"},"servers":[{"url":"https://api.test"}],"paths":{"/plans":{"post":{"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object",
		"properties":{"plan":{"type":"string","enum":["basic","plus"]},"amount":{"type":"number"}}}}}},"responses":{"201":{"description":"ok"}}}}}}`), "")
	if err != nil {
		t.Fatal(err)
	}
	w := world{answers: func(r request.Request) (int, string) {
		if strings.Contains(r.Body.Text, "premium") {
			return 400, `{"error":"Bad Request"}`
		}
		return 201, `{"id":1}`
	}}
	post := write("/plans", `{"plan":"premium","amount":"19.90"}`)
	got, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: post.Request, Spec: doc, Now: time.Unix(0, 0), Writes: true}), w.ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	if v := got.Verdict.Culprits; len(v) != 1 || v[0].Element != "body:/plan" {
		t.Errorf("%s in %d probes", shown(v), got.Cost.Probes)
	}
}

// A refusal of what cannot be read comes before that of what is not valid: the member between the two is found by halves,
// and its other values are tried.
func TestTheMemberThatCannotBeReadIsFoundByHalves(t *testing.T) {
	body := `{"athlete":"Ada","sport":"running","bib":"DE104","age":36,"mail":"ada@example.com","licensed":true,"club":17,"fee":25}`
	r, _ := asked(t, write("/entries", body), func(q diagnose.Question) (int, string, []string) {
		switch b := q.Request.Body.Text; {
		case strings.Contains(b, `"sport"`) && !strings.Contains(b, `"RUNNING"`):
			return 400, `{"title":"Bad Request","detail":"Failed to read request"}`, nil
		case strings.Contains(b, `"RUNNING"`) && strings.Contains(b, "athlete") && strings.Contains(b, "bib") && strings.Contains(b, "mail"):
			return 201, `{"id":1}`, nil
		}
		return 400, `{"title":"Bad Request","detail":"Invalid content."}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/sport" || r.Cost.Probes > 20 {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// Of several schemas one has to fit: what another one asks for is no fault.
func TestWhatAnotherAlternativeAsksForIsNoCulprit(t *testing.T) {
	r, _ := asked(t, write("/droplets", `{"name":"web","tags":"web"}`), func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, `"tags":"web"`) {
			return 422, `{"errors":[{"path":"/tags","message":"must be array"},{"path":"/","message":"must have required property 'names'"},{"path":"/","message":"must match exactly one schema in oneOf"}]}`, nil
		}
		return 202, `{}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/tags" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}
