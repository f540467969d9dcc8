package spec_test

import (
	"fmt"
	"testing"

	"culprit/diagnose/element"
	"culprit/diagnose/spec"
	"culprit/request"
)

func TestADryRunIsWhatTheDocumentCallsOne(t *testing.T) {
	const body = `{"name":"a"}`
	for _, tt := range []struct{ name, method, path, body, parameters, members, want string }{
		{"a boolean", "POST", "/things", body, `{"name":"validate_only","in":"query","schema":{"type":"boolean"}}`, ``, "with query:validate_only = true"},
		{"All", "POST", "/things", body, `{"name":"dryRun","in":"query","schema":{"type":"string","enum":["All"]}}`, ``, "with query:dryRun = All"},
		{"any text", "POST", "/things", body, `{"name":"dryRun","in":"query","schema":{"type":"string"}}`, ``, ""},
		{"Kubernetes", "POST", "/things", body, `{"name":"dryRun","in":"query","schema":{"type":"string","uniqueItems":true},"description":"When present, indicates that modifications should not be persisted. An invalid or unrecognized dryRun directive will result in an error response and no further processing of the request. Valid values are: - All: all dry run stages will be processed"}`, ``, "with query:dryRun = All"},
		{"text that speaks of all", "POST", "/things", body, `{"name":"dryRun","in":"query","schema":{"type":"string"},"description":"All of it is logged."}`, ``, ""},
		{"only false", "POST", "/things", body, `{"name":"dryRun","in":"query","schema":{"type":"boolean","enum":[false]}}`, ``, ""},
		{"deprecated", "POST", "/things", body, `{"name":"dryRun","in":"query","deprecated":true,"schema":{"type":"boolean"}}`, ``, ""},
		{"a header", "POST", "/things", body, `{"name":"dryRun","in":"header","schema":{"type":"boolean"}}`, ``, ""},
		{"another name", "POST", "/things", body, `{"name":"test","in":"query","schema":{"type":"boolean"}}`, ``, ""},
		{"it is there", "POST", "/things?dryRun=false", body, `{"name":"dryRun","in":"query","schema":{"type":"boolean"}}`, ``, ""},
		{"another method", "PUT", "/things", body, `{"name":"dryRun","in":"query","schema":{"type":"boolean"}}`, ``, ""},
		{"another path", "POST", "/thing", body, `{"name":"dryRun","in":"query","schema":{"type":"boolean"}}`, ``, ""},
		{"a member", "POST", "/things", body, ``, `"validateOnly":{"type":"boolean"}`, "with body:/validateOnly = true"},
		{"a member that is there", "POST", "/things", `{"validateOnly":false}`, ``, `"validateOnly":{"type":"boolean"}`, ""},
		{"a member of broken JSON", "POST", "/things", `{"name":`, ``, `"validateOnly":{"type":"boolean"}`, ""},
		{"a member of a list", "POST", "/things", `[1]`, ``, `"validateOnly":{"type":"boolean"}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := spec.Load(fmt.Appendf(nil, `{"openapi":"3.0.3","info":{"title":"x","version":"1"},"paths":{"/things":{"post":{"parameters":[%s],
				"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{%s}}}}},"responses":{"200":{"description":"ok"}}}}}}`, tt.parameters, tt.members), "https://api.test")
			if err != nil {
				t.Fatal(err)
			}
			r := request.Request{Method: tt.method, URL: "https://api.test" + tt.path, Header: []request.Field{{Name: "Content-Type", Value: "application/json"}},
				Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: tt.body}}
			got := ""
			if e, ok := s.DryRun(r); ok {
				got = element.Phrase(e)
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
