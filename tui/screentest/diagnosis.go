package screentest

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// Token is the credential of the canned diagnosis; it must never be seen on a screen.
const Token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjXzEwNDIifQ.s3cr3tS1gnatur3"

// OrderCase is a POST that fails with 422 because a price is a string.
func OrderCase() diagnose.Case {
	var items []string
	for i := range 6 {
		price := "7.50"
		if i == 3 {
			price = `"7.50"`
		}
		items = append(items, fmt.Sprintf(`{"sku":"mug-%d","qty":%d,"price":%s}`, i+1, i%3+1, price))
	}
	body := `{"customer":"c_1042","currency":"EUR","items":[` + strings.Join(items, ",") +
		`],"ship":{"name":"Ada Lovelace","street":"12 Rue de l'Église","city":"Paris","country":"FR"},"card_token":"tok_live_4242424242424242","note":null,"gift":false}`
	r := request.Request{Method: "POST", URL: "https://api.shop.example:8443/v1/orders?limit=20&expand=items",
		Header: []request.Field{{Name: "Accept", Value: "application/json"}, {Name: "Content-Type", Value: "application/json"},
			{Name: "X-Request-Id", Value: "6f1c2-88"}, {Name: "Cookie", Value: "sid=8f2c1b77aa90bb12cc34"}, {Name: "User-Agent", Value: "culprit/0.1", Default: true}},
		Auth:    request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: Token}}},
		Secrets: []request.Secret{{Ref: "local.token", Value: Token}},
		Body:    request.Body{Kind: request.RawBody, Type: "application/json", Text: body}}
	x := Answer("POST", r.URL, 422, "Unprocessable Entity", `{"error":"Bad Request","requestId":"6f1c2-88"}`)
	x.Request = r
	return diagnose.Case{Request: r, Recorded: x, Interactive: true}
}

// wrongPrice is the culprit of OrderCase.
const wrongPrice = diagnose.ElementID("body:/items/3/price")

func step(name, result, text string) diagnose.Event {
	return diagnose.Event{Step: &diagnose.StepResult{Step: name, Result: result, Text: text}}
}

func edit(id diagnose.ElementID, to any) diagnose.Edit {
	return diagnose.Edit{Element: id, Op: diagnose.Set, To: to, Why: "looks like a number in quotes", Cause: "invalid_body_property_type"}
}

// Price is the edit that mends OrderCase.
func Price() diagnose.Edit { return edit(wrongPrice, json.Number("7.50")) }

// OrderConsent asks to send the repaired order.
func OrderConsent() diagnose.Question {
	r := OrderCase().Request.Clone()
	r.Body.Text = strings.Replace(r.Body.Text, `"price":"7.50"`, `"price":7.50`, 1)
	return diagnose.Question{N: 6, Step: diagnose.Isolation, Kind: diagnose.Repair, Request: &r, Edits: []diagnose.Edit{Price()}, Safety: diagnose.S5,
		Why: "The price is the only number in quotes; as a number it may be accepted.", If: "An order for six articles is created."}
}

// OrderPrompt asks the person for a request that works.
func OrderPrompt() diagnose.Question {
	return diagnose.Question{N: 7, Step: diagnose.Isolation, Kind: diagnose.Ask, Prompt: &diagnose.Prompt{ID: "good",
		Text: "Does a similar request work, in another tool or at another time? Paste it as a curl command."}, Why: "The differences to a request that works can be bisected."}
}

// OrderChoice asks the person to choose.
func OrderChoice() diagnose.Question {
	return diagnose.Question{N: 7, Step: diagnose.Credentials, Kind: diagnose.Ask, Prompt: &diagnose.Prompt{ID: "since",
		Text: "Since when does it fail?", Choices: []string{"It has never worked", "Since today", "Since a change of the client"}}}
}

func probe(n int, k diagnose.Kind, st diagnose.Step, safety diagnose.Safety, why string, edits ...diagnose.Edit) diagnose.ProbeRecord {
	r := OrderCase().Request
	if len(edits) > 0 && edits[0].Element == wrongPrice {
		r = *OrderConsent().Request
	}
	return diagnose.ProbeRecord{N: n, Kind: k, Step: st, Safety: safety.String(), Why: why,
		Question: &diagnose.Question{N: n, Step: st, Kind: k, Request: &r, Edits: edits, Safety: safety, Why: why}}
}

func answered(p diagnose.ProbeRecord, o diagnose.Outcome, status int, ms int64) diagnose.ProbeRecord {
	reason, body := "Unprocessable Entity", `{"error":"Bad Request","requestId":"6f1c2-88"}`
	if status == 201 {
		reason, body = "Created", `{"id":"o_7731","total":90.0,"token":"`+Token+`"}`
	}
	p.Outcome, p.Status, p.Duration = o, status, ms
	if p.Kind == diagnose.Transport {
		p.Status = 0
		p.Answer = &diagnose.Answer{Sight: &diagnose.Sight{OK: true, Text: "203.0.113.7 answers", Found: []string{"203.0.113.7"}, Took: time.Duration(ms) * time.Millisecond}}
		return p
	}
	x := Answer("POST", p.Question.Request.URL, status, reason, body)
	x.Hops[0].Sent.Header = append(x.Hops[0].Sent.Header, request.Field{Name: "Authorization", Value: "Bearer " + Token})
	p.Answer = &diagnose.Answer{Exchange: x}
	return p
}

func suspects(top float64, cleared ...diagnose.ElementID) []diagnose.Suspect {
	ids := []diagnose.ElementID{"method", "url.scheme", "url.host", "url.port", "url.path", "auth", "header:Accept", "header:Content-Type",
		"header:X-Request-Id", "cookie:sid", "query:limit", "query:expand", "body", "body:/customer", "body:/currency", "body:/items",
		"body:/card_token", "body:/note", "body:/gift", "body:/ship", "body:/ship/name", "body:/ship/street", "body:/ship/city", "body:/ship/country"}
	for i := range 6 {
		for _, m := range []string{"", "/sku", "/qty", "/price"} {
			ids = append(ids, diagnose.ElementID(fmt.Sprintf("body:/items/%d%s", i, m)))
		}
	}
	gone := map[diagnose.ElementID]bool{}
	for _, c := range cleared {
		gone[c] = true
	}
	var out []diagnose.Suspect
	rest := (1 - top) / float64(len(ids))
	for _, id := range ids {
		s := diagnose.Suspect{Element: id, P: rest}
		switch {
		case id == wrongPrice:
			s.P, s.State, s.Why = top, "suspect", "looks like a number in quotes"
		case id == "body:/note":
			s.P, s.Why = 5*rest, "null where siblings have text"
		case gone[id]:
			s.P, s.State = 0, "cleared"
		}
		out = append(out, s)
	}
	return out
}

// OrderHalf is what a diagnosis of OrderCase has told half-way.
func OrderHalf() []diagnose.Event {
	ev := func(p diagnose.ProbeRecord) diagnose.Event { return diagnose.Event{Probe: &p} }
	look := probe(2, diagnose.Transport, diagnose.Connectivity, diagnose.S1, "Is the server there at all?")
	look.Question.Request, look.Question.Look = nil, &diagnose.Look{Layer: "tcp", Host: "api.shop.example", Port: "8443", Address: "203.0.113.7"}
	look.Changed = []string{"tcp 203.0.113.7"}
	other := diagnose.Edit{Element: "auth", Op: diagnose.Remove}
	return []diagnose.Event{
		step("reproduce", "running", ""), {Suspects: suspects(0.02)},
		ev(probe(1, diagnose.Replay, diagnose.Reproduce, diagnose.S5, "Does it still fail, and the same way?")),
		ev(answered(probe(1, diagnose.Replay, diagnose.Reproduce, diagnose.S5, "Does it still fail, and the same way?"), diagnose.Same, 422, 38)),
		step("reproduce", "ok", "fails again with 422, the same way"),
		step("logs", "skipped", "no log source is named"),
		ev(answered(look, diagnose.Pass, 0, 11)), step("connectivity", "ok", "203.0.113.7 answers over TLS 1.3"),
		ev(answered(probe(3, diagnose.Contrast, diagnose.Credentials, diagnose.S3, "Are the credentials read?", other), diagnose.Other, 401, 12)),
		step("credentials", "ok", "read and accepted: without them it answers 401"),
		step("formats", "finding", "one value looks like a number in quotes"),
		step("endpoints", "skipped", "not needed"), step("isolation", "running", ""),
		{Suspects: suspects(0.55, "method", "url.scheme", "url.host", "url.port", "url.path", "auth", "query:limit", "cookie:sid")},
		ev(answered(probe(4, diagnose.Deletion, diagnose.Isolation, diagnose.S5, "Does it fail without the note?", diagnose.Edit{Element: "body:/note", Op: diagnose.Remove}), diagnose.Same, 422, 35)),
		ev(probe(5, diagnose.Repair, diagnose.Isolation, diagnose.S5, "The price is the only number in quotes.", Price())),
	}
}

// OrderIsolated is how the diagnosis of OrderCase ends.
func OrderIsolated() diagnose.Report {
	c := OrderCase()
	from, to := `"7.50"`, "7.50"
	return diagnose.Report{Schema: "culprit.report/1", Request: diagnose.RequestShown{Method: "POST", URL: c.Request.URL, Request: c.Request},
		Failure: diagnose.FailureShown{Status: 422, Signature: "422"},
		Verdict: diagnose.Verdict{Outcome: diagnose.OutcomeIsolated, Side: "client", Cause: "invalid_body_property_type",
			Summary: "With the price of the fourth item as text the request fails; as a number it passes.",
			Culprits: []diagnose.Culprit{{Element: wrongPrice, Cause: "invalid_body_property_type", Confidence: 0.98, Standing: diagnose.Confirmed,
				Explanation: "looks like a number in quotes", Fix: "body:/items/3/price = 7.50", Evidence: []int{1, 5, 6, 7},
				With: diagnose.Tally{Seen: 2, Tried: 2}, Without: diagnose.Tally{Seen: 2, Tried: 2}}},
			Minimal: &diagnose.Sendable{Request: c.Request},
			Repair: &diagnose.Fix{Diff: []diagnose.Change{{Element: wrongPrice, From: &from, To: &to}}, Verified: true, Status: 201,
				Edits: []diagnose.Edit{Price()}, Request: *OrderConsent().Request}},
		Steps: []diagnose.StepResult{{Step: "isolation", Result: "finding", Text: "body:/items/3/price decides between 422 and 201"}},
		Cost:  diagnose.Cost{Probes: 6, Unsafe: 5, Wrote: 2, Duration: 212}}
}

// OrderEnd is what the diagnosis tells last, before OrderIsolated.
func OrderEnd() []diagnose.Event {
	var out []diagnose.Event
	add := func(p diagnose.ProbeRecord) { out = append(out, diagnose.Event{Probe: &p}) }
	add(answered(probe(5, diagnose.Repair, diagnose.Isolation, diagnose.S5, "The price is the only number in quotes.", Price()), diagnose.Pass, 201, 44))
	add(answered(probe(6, diagnose.Confirm, diagnose.Isolation, diagnose.S5, "Does the original still fail?"), diagnose.Same, 422, 39))
	add(answered(probe(7, diagnose.Confirm, diagnose.Isolation, diagnose.S5, "Does the fix pass again?", Price()), diagnose.Pass, 201, 44))
	return out
}

// OrderInconclusive is how it ends when nothing was found.
func OrderInconclusive() diagnose.Report {
	return diagnose.Report{Verdict: diagnose.Verdict{Outcome: diagnose.OutcomeInconclusive, Side: "unknown",
		Summary: "Probes that may change data were not allowed, so nothing is proved.",
		Culprits: []diagnose.Culprit{{Element: wrongPrice, Cause: "invalid_body_property_type", Standing: diagnose.Suspected, Confidence: 0.4,
			Explanation: "looks like a number in quotes"}}},
		Steps:    []diagnose.StepResult{{Step: "isolation", Result: "ok", Text: "nothing was proved"}},
		Hints:    []diagnose.Hint{{Text: "allow probes that may change data, on a test system if possible", Flag: "--allow-writes"}, {Text: "give a request that works: the differences are bisected", Flag: "--good, --good-curl"}, {Text: "ask the provider for their log of request id 6f1c2-88"}},
		Untested: []string{"variations that may change data"}, Cost: diagnose.Cost{Probes: 3, Duration: 61}}
}

// OrderPassing is how it ends when the request passes.
func OrderPassing() diagnose.Report {
	return diagnose.Report{Verdict: diagnose.Verdict{Outcome: diagnose.OutcomePassing, Side: "unknown",
		Summary: "Sent twice, it passed both times. The recorded failure was 422; something outside the request has changed since."},
		Steps: []diagnose.StepResult{{Step: "reproduce", Result: "finding", Text: "passes now, 2 of 2"}},
		Cost:  diagnose.Cost{Probes: 2, Duration: 80}}
}

// OrderFlaky is how it ends when the same request sometimes passes.
func OrderFlaky() diagnose.Report {
	return diagnose.Report{Verdict: diagnose.Verdict{Outcome: diagnose.OutcomeFlaky, Side: "server", Cause: "intermittent_failure",
		Summary: "The same request sometimes fails: 3 of 8 times (95 %: between 14 and 69 of 100).",
		Culprits: []diagnose.Culprit{{Element: "server", Cause: "intermittent_failure", Standing: diagnose.Confirmed, Confidence: 0.98,
			Explanation: "Nothing in the request decides it.", Evidence: []int{1, 2, 3, 4, 5, 6, 7, 8},
			With: diagnose.Tally{Seen: 3, Tried: 8}, Without: diagnose.Tally{Seen: 5, Tried: 8}}}},
		Steps: []diagnose.StepResult{{Step: "reproduce", Result: "finding", Text: "it fails 3 of 8 times"}},
		Cost:  diagnose.Cost{Probes: 8, Duration: 310}}
}
