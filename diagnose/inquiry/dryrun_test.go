package inquiry_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/spec"
	"culprit/request"
)

const (
	rehearsable = `{"openapi":"3.0.3","info":{"title":"x","version":"1"},"paths":{"/orders":{"post":{
		"parameters":[{"name":"dryRun","in":"query","schema":{"type":"string","enum":["All"]}}],
		"requestBody":{"content":{"application/json":{"schema":{"type":"object"}}}},"responses":{"201":{"description":"ok"}}}}}}`
	rehearsableBody = `{"openapi":"3.0.3","info":{"title":"x","version":"1"},"paths":{"/orders":{"post":{
		"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"validate_only":{"type":"boolean"}}}}}},"responses":{"201":{"description":"ok"}}}}}}`
	unrehearsable = `{"openapi":"3.0.3","info":{"title":"x","version":"1"},"paths":{"/orders":{"post":{
		"parameters":[{"name":"dry","in":"query","schema":{"type":"boolean"}},{"name":"dryRun","in":"query","schema":{"type":"string"}}],
		"requestBody":{"content":{"application/json":{"schema":{"type":"object"}}}},"responses":{"201":{"description":"ok"}}}}}}`
)

// A rehearsedShop takes orders whose quantity is a number, and counts what it carries out and what it only checks.
type rehearsedShop struct {
	orders, checks, asked int
	deaf                  bool // its dry runs are answered with something else
}

func isDry(r request.Request) bool {
	return strings.Contains(r.URL, "dryRun=All") || strings.Contains(strings.ReplaceAll(r.Body.Text, " ", ""), `"validate_only":true`)
}

func (s *rehearsedShop) answer(q diagnose.Question) (int, string, []string) {
	r := q.Request
	dry := isDry(*r)
	switch {
	case dry && s.deaf:
		s.checks++
		return 403, `{"error":"dry runs are for members"}`, nil
	case strings.Contains(r.Body.Text, `"qty":"`):
		if dry {
			s.checks++
		}
		return 422, `{"error":"the order cannot be taken"}`, nil
	case dry:
		s.checks++
		return 200, `{}`, nil
	}
	s.orders++
	return 201, `{}`, nil
}

// rehearsing diagnoses an order that failed a moment ago. Nobody allows what may change data.
func rehearsing(t *testing.T, s *rehearsedShop, document string, allowed, beforehand bool, good ...diagnose.Known) diagnose.Report {
	t.Helper()
	c := write("/orders", `{"qty":"2","note":"x"}`)
	c.Writes, c.DryRuns, c.Production, c.Now = false, beforehand, true, time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	c.Recorded = exchange(c.Request, s.answer, diagnose.Question{Request: &c.Request})
	c.Good = good
	if document != "" {
		known, err := spec.Load([]byte(document), "https://api.test")
		if err != nil {
			t.Fatal(err)
		}
		c.Spec = known
	}
	r, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		switch {
		case q.Request == nil:
			return diagnose.Answer{}, nil
		case q.Safety == diagnose.S4 && !isDry(*q.Request):
			t.Errorf("%s: class S4, and no dry run", q.Why)
		case q.Safety == diagnose.S4 && allowed:
			s.asked++
		case q.Safety >= diagnose.S4:
			if beforehand && q.Kind != diagnose.Replay && q.Safety >= diagnose.S5 && !s.deaf && document != "" && document != unrehearsable {
				t.Errorf("%s: asked for the real thing although dry runs are allowed", q.Why)
			}
			return diagnose.Answer{Refused: "no consent"}, nil
		case q.Request.Safe() || q.Request.Settings.WithholdBody || strings.Contains(q.Request.URL, "/__gx_"):
			return diagnose.Answer{Refused: "not in this world"}, nil
		}
		return diagnose.Answer{Exchange: exchange(*q.Request, s.answer, q)}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAFixIsFoundInDryRuns(t *testing.T) {
	for name, document := range map[string]string{"a query parameter": rehearsable, "a member of the body": rehearsableBody} {
		for _, beforehand := range []bool{false, true} {
			s := &rehearsedShop{}
			r := rehearsing(t, s, document, true, beforehand)
			v := r.Verdict
			if s.orders != 0 || s.checks < 3 {
				t.Errorf("%s: %d orders carried out, %d checked", name, s.orders, s.checks)
			}
			if r.Cost.Wrote != 0 {
				t.Errorf("%s: dry runs count as %d writes", name, r.Cost.Wrote)
			}
			if len(v.Culprits) != 1 || v.Culprits[0].Element != "body:/qty" || v.Culprits[0].Standing != diagnose.Isolated {
				t.Fatalf("%s: %s, %+v", name, v.Summary, v.Culprits)
			}
			if !strings.Contains(v.Summary, "was not sent for real") || len(r.Hints) == 0 {
				t.Errorf("%s: it does not say that it was a dry run: %s %q", name, v.Summary, r.Hints)
			}
			if v.Repair == nil || v.Repair.Verified || v.Repair.Status != 0 || isDry(v.Repair.Request) || isDry(v.Minimal.Request) {
				t.Errorf("%s: the repair is %+v", name, v.Repair)
			}
			if strings.Contains(v.Repair.Request.Body.Text, `"qty":"`) {
				t.Errorf("%s: nothing is repaired: %s", name, v.Repair.Request.Body.Text)
			}
		}
	}
}

func TestDryRunsThatAnswerOtherwiseAreNotUsed(t *testing.T) {
	s := &rehearsedShop{deaf: true}
	r := rehearsing(t, s, rehearsable, true, true)
	if s.orders != 0 || s.checks != 1 || r.Verdict.Repair != nil && r.Verdict.Repair.Verified || !strings.Contains(fmt.Sprint(r.Hints), "answered otherwise") {
		t.Errorf("%d orders, %d checks: %s %q", s.orders, s.checks, r.Verdict.Summary, r.Hints)
	}
}

func TestWithoutADocumentThereAreNoDryRuns(t *testing.T) {
	for _, document := range []string{"", unrehearsable} {
		s := &rehearsedShop{}
		r := rehearsing(t, s, document, true, true)
		if s.orders != 0 || s.checks != 0 || s.asked != 0 || strings.Contains(r.Verdict.Summary, "dry run") {
			t.Errorf("%d orders, %d checks: %s", s.orders, s.checks, r.Verdict.Summary)
		}
	}
}

// A known-good request that goes to another server, or asks for another method, is not sent as a dry run there.
func TestDryRunsStayWithWhatWasRehearsed(t *testing.T) {
	for name, change := range map[string]func(*request.Request){
		"another port": func(r *request.Request) { r.URL = strings.Replace(r.URL, "api.test", "api.test:8443", 1) },
		"another method": func(r *request.Request) {
			r.Header = append(r.Header, request.Field{Name: "X-HTTP-Method-Override", Value: "DELETE"})
		},
	} {
		s := &rehearsedShop{}
		good := write("/orders", `{"qty":2,"note":"y"}`).Request
		change(&good)
		r := rehearsing(t, s, rehearsable, true, false, diagnose.Known{Label: "another", Request: good})
		for _, p := range r.Probes {
			if p.Safety == "S4" && p.Outcome != diagnose.Refused && (strings.Contains(p.Question.Request.URL, ":8443") || request.Has(p.Question.Request.Header, "X-HTTP-Method-Override")) {
				t.Errorf("%s: %s as a dry run", name, p.Why)
			}
		}
		if s.orders != 0 || s.checks == 0 {
			t.Errorf("%s: %d orders, %d checks", name, s.orders, s.checks)
		}
	}
}

func TestDryRunsNeedConsent(t *testing.T) {
	s := &rehearsedShop{}
	r := rehearsing(t, s, rehearsable, false, false)
	if s.orders != 0 || s.checks != 0 || !strings.Contains(fmt.Sprint(r.Hints), "--allow-dry-runs") {
		t.Errorf("%d orders, %d checks: %q", s.orders, s.checks, r.Hints)
	}
}
