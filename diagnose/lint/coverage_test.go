package lint

import (
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/spec"
	"culprit/request"
)

// elsewhere are the rules of §5 that another package keeps, because they need an answer or a document; each with a case
// in which it speaks and one that looks alike. W1 to W10 are package webhook's, with a test of this kind there.
func elsewhere(t *testing.T) map[string][2]bool {
	document, err := spec.Load([]byte(`{"openapi":"3.0.3","info":{"title":"x","version":"1"},"paths":{"/v1/orders":{
		"get":{"responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}}}}}}}}}}`), "x.json")
	if err != nil {
		t.Fatal(err)
	}
	orders := get("https://api.shop.test/v1/orders", "Accept: application/json")
	answer := func(status int, body string, headers ...string) *request.Exchange {
		h := []request.Field{{Name: "Content-Type", Value: "application/json"}}
		for _, l := range headers {
			name, value, _ := strings.Cut(l, ": ")
			h = request.Set(h, name, value)
		}
		return &request.Exchange{Request: orders, Start: noon, Hops: []request.Hop{{Sent: request.Sent{Method: "GET", URL: orders.URL, Header: orders.Header}, Response: &request.Response{Status: status, Header: h, Body: request.NewContent([]byte(body))}}}}
	}
	refused := func(x *request.Exchange) bool { ok, _ := evidence.Passed(x, evidence.Expect{}); return !ok }
	reads := func(x *request.Exchange, causes ...diagnose.CauseID) bool {
		for _, e := range evidence.Read(x, element.Of(orders).Elements) {
			for _, c := range causes {
				if e.Cause == c {
					return true
				}
			}
		}
		return false
	}
	date := func(at time.Time) string { return "Date: " + at.Format("Mon, 02 Jan 2006 15:04:05 GMT") }
	cut := answer(200, `{"id":`)
	cut.Failure = &request.Failure{Phase: request.PhaseRead, Cause: "truncated_response", Text: "cut"}
	return map[string][2]bool{
		"M4": {method(document, "PUT"), method(document, "GET")},
		"E2": {reads(answer(401, `{}`, date(noon.Add(time.Hour))), "clock_skew"), reads(answer(401, `{}`, date(noon.Add(time.Second))), "clock_skew")},
		"E7": {Edited(element.Of(data(`{"a":2}`)), passed(data(`{"a":1}`), 0).Good) != "", Edited(element.Of(data(`{"a":1}`)), passed(data(`{"a":1}`), 0).Good) != ""},
		"R1": {refused(answer(200, `<!doctype html><html></html>`)), refused(answer(200, `{"id":1}`))},
		"R2": {len(document.Response(answer(200, `{"id":"one"}`))) > 0, len(document.Response(answer(200, `{"id":1}`))) > 0},
		"R3": {refused(answer(200, `{"ok":false,"error":"no_such_channel"}`)), refused(answer(200, `{"ok":true,"error":null}`))},
		"R4": {refused(answer(200, `<html><title>Sign in</title></html>`, "Content-Type: text/html")), refused(answer(204, ``))},
		"R5": {refused(cut), refused(answer(200, `{"id":2}`))},
		"R6": {reads(answer(410, `{}`, "Sunset: Wed, 11 Nov 2026 23:59:59 GMT", "Deprecation: @1688169599"), "api_deprecated_or_removed"), reads(answer(404, `{"message":"no such order"}`), "api_deprecated_or_removed")},
	}
}

func method(s *spec.Spec, m string) bool {
	for _, h := range s.Hits(with(m, "https://api.shop.test/v1/orders", "", ""), noon) {
		if h.Cause == "method_not_allowed" {
			return true
		}
	}
	return false
}

// §5 names these rules. Each has a case in which it speaks and one that looks alike in which it does not.
func TestEveryRuleHasBothKindsOfCases(t *testing.T) {
	list := map[string]int{"C": 20, "U": 21, "M": 8, "H": 18, "B": 21, "E": 10, "R": 6}
	speaks, silent := map[string]bool{}, map[string]bool{}
	for _, c := range allSamples() {
		speaks[c.rule], silent[c.rule] = true, true // run checks both
	}
	for _, c := range surroundedSamples() {
		speaks[c.rule], silent[c.rule] = true, true // TestEnvironmentRules checks both
	}
	for id, c := range elsewhere(t) {
		speaks[id], silent[id] = c[0], !c[1]
	}
	for family, n := range list {
		for i := 1; i <= n; i++ {
			id := family + itoa(i)
			if !speaks[id] {
				t.Errorf("%s: no case in which it speaks", id)
			}
			if !silent[id] {
				t.Errorf("%s: no case that looks alike", id)
			}
		}
	}
	// And every rule of the tables, those beyond §5 too.
	for _, group := range ruleGroups() {
		for _, r := range group {
			if !speaks[r.id] {
				t.Errorf("%s is a rule without a case", r.id)
			}
		}
	}
}

func allSamples() []sample {
	var all []sample
	for _, s := range [][]sample{credentialSamples(), urlSamples(), methodSamples(), headerSamples(), bodySamples(), nameSamples(), mistakeSamples(), lookSamples(), misnamedSamples()} {
		all = append(all, s...)
	}
	return all
}
