package report_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/jsonschema-go/jsonschema"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/lab"
	"culprit/diagnose/probe"
	"culprit/diagnose/report"
	"culprit/request/client"
)

// strict compiles the schema so that a key that it does not describe is an error: programs that read reports may
// ignore such keys, we may not forget them.
func strict(t *testing.T) *jsonschema.Resolved {
	t.Helper()
	var doc any
	if err := json.Unmarshal([]byte(report.Schema()), &doc); err != nil {
		t.Fatal(err)
	}
	var close func(v any)
	close = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if _, ok := v["properties"]; ok {
				v["additionalProperties"] = false
			}
			for _, c := range v {
				close(c)
			}
		case []any:
			for _, c := range v {
				close(c)
			}
		}
	}
	close(doc)
	closed, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	var s jsonschema.Schema
	if err := json.Unmarshal(closed, &s); err != nil {
		t.Fatal(err)
	}
	r, err := s.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Reports of the lab, of every outcome and with failures of every layer, are what the schema says.
func TestReportsAreAsTheSchemaSays(t *testing.T) {
	l, err := lab.Start(t.Context(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	e := client.New(client.Config{})
	defer e.Close()
	s := strict(t)
	outcomes, keys := map[string]int{}, map[string]bool{}
	check := func(name string, c diagnose.Case, stopAfter int) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		c.Now = time.Now()
		asked := 0
		ask := probe.Asker(e, probe.Options{Allow: func(context.Context, diagnose.Question) (bool, error) { return c.Writes, nil }})
		r, err := diagnose.Run(ctx, inquiry.New(c), func(ctx context.Context, q diagnose.Question) (diagnose.Answer, error) {
			if asked++; asked > stopAfter && stopAfter > 0 {
				return diagnose.Answer{}, context.Canceled
			}
			return ask(ctx, q)
		}, nil)
		if err != nil && stopAfter == 0 {
			t.Fatalf("%s: %v", name, err)
		}
		outcomes[r.Verdict.Outcome]++
		var b strings.Builder
		if err := report.JSON(&b, r, false); err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal([]byte(b.String()), &v); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s: %v\n%s", name, err, b.String())
		}
		gather("", v, keys)
	}
	for i, f := range lab.Faults() {
		if f.Prepare != nil {
			f.Prepare(l)
		}
		if i%3 == 0 { // every third: they are all of one form
			check(f.ID, diagnose.Case{Request: f.Request(l), Writes: i%2 == 0}, i/3%4)
		}
	}
	for i, f := range lab.Healthy() {
		if i%10 == 0 {
			check(f.ID, diagnose.Case{Request: f.Request(l), Writes: true}, 0)
		}
	}
	for _, o := range []string{diagnose.OutcomeIsolated, diagnose.OutcomeExplained, diagnose.OutcomePassing, diagnose.OutcomeInconclusive} {
		if outcomes[o] == 0 {
			t.Errorf("no report is %s: %v", o, outcomes)
		}
	}
	for _, k := range []string{"/verdict/repair/diff/element", "/verdict/minimal/curl", "/probes/at", "/failure/at", "/hints", "/failure/error"} {
		if !keys[k] {
			t.Errorf("no report has %s", k)
		}
	}
}

// gather notes the paths of all keys.
func gather(path string, v any, keys map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for k, c := range v {
			keys[path+"/"+k] = true
			gather(path+"/"+k, c, keys)
		}
	case []any:
		for _, c := range v {
			gather(path, c, keys)
		}
	}
}

// A schema that takes everything would prove nothing.
func TestTheSchemaRefusesWhatIsNoReport(t *testing.T) {
	s := strict(t)
	for _, change := range []func(m map[string]any){
		func(m map[string]any) { m["schema"] = "culprit.report/2" },
		func(m map[string]any) { delete(m, "verdict") },
		func(m map[string]any) { m["verdict"].(map[string]any)["outcome"] = "guilty" },
		func(m map[string]any) { m["failure"].(map[string]any)["at"] = "yesterday" },
		func(m map[string]any) { m["more"] = 1 },
	} {
		var b strings.Builder
		if err := report.JSON(&b, diagnose.Report{Schema: "culprit.report/1", Request: diagnose.RequestShown{Method: "GET"},
			Verdict: diagnose.Verdict{Outcome: diagnose.OutcomePassing, Side: "unknown"}}, false); err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal([]byte(b.String()), &m); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(m); err != nil {
			t.Fatalf("a plain report: %v", err)
		}
		change(m)
		if s.Validate(m) == nil {
			t.Errorf("it takes %v", m)
		}
	}
}
