package report_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/report"
	"culprit/request"
)

// hostile is what a server may say to get out of the place where it is quoted.
const hostile = "a ``` b\n```\n# heading\n| cell | <img src=x onerror=y> [text](javascript:x) `code` *bold*\x1b[31m"

func TestATicketKeepsTextsOfTheServerAsTexts(t *testing.T) {
	r := request.Request{Method: "GET", URL: "http://x.test/a|b"}
	x := &request.Exchange{Request: r, Hops: []request.Hop{{Response: &request.Response{Proto: "HTTP/1.1", Status: 400, Reason: "Bad", Body: request.NewContent([]byte(hostile))}}}}
	rec := diagnose.ProbeRecord{N: 1, Kind: diagnose.Replay, Status: 400, Outcome: diagnose.Same, Changed: []string{hostile}, Why: hostile, RequestID: hostile,
		At: "2026-11-21T14:00:00.123Z", Answer: &diagnose.Answer{Exchange: x}, Question: &diagnose.Question{Request: &r}}
	rep := diagnose.Report{
		Request: diagnose.RequestShown{Method: "GET", URL: r.URL, Request: r}, Failure: diagnose.FailureShown{Status: 400, Signature: hostile, At: rec.At},
		Verdict: diagnose.Verdict{Outcome: diagnose.OutcomeExplained, Side: "client", Cause: "malformed_json", Summary: hostile,
			Culprits: []diagnose.Culprit{{Element: diagnose.ElementID(hostile), Cause: "malformed_json", Standing: diagnose.Named, Explanation: hostile, Fix: hostile}}},
		Probes: []diagnose.ProbeRecord{rec}, Hints: []diagnose.Hint{{Text: hostile}}, Untested: []string{hostile}, Made: []diagnose.Made{{Probe: 1, URL: hostile}, {Probe: 1, ID: hostile}},
	}
	var b strings.Builder
	if err := report.Markdown(&b, rep, false); err != nil {
		t.Fatal(err)
	}
	fence := ""
	for n, line := range strings.Split(b.String(), "\n") {
		if strings.HasPrefix(line, "```") {
			run := line[:len(line)-len(strings.TrimLeft(line, "`"))]
			switch {
			case fence == "":
				fence = run
			case run == fence && line == fence:
				fence = ""
			}
			continue
		}
		if fence != "" {
			continue // in a block everything is text
		}
		outside := withoutSpans(line)
		for _, bad := range []string{"<img", "](", "*bold*", "\x1b"} {
			if strings.Contains(outside, bad) && !strings.Contains(outside, `\`+bad) {
				t.Errorf("line %d has %q: %s", n+1, bad, line)
			}
		}
		if strings.HasPrefix(line, "# heading") {
			t.Errorf("line %d is a heading of the server's", n+1)
		}
	}
	if fence != "" {
		t.Error("a block does not end")
	}
	for _, want := range []string{"# GET http://x.test/a\\|b answers 400:", "| First seen | 2026-11-21T14:00:00.123Z |", "| 1 | 14:00:00.123 |", "## Not tested"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

// TestATicketSaysWhatNobodyLookedAt: never that all was looked at, and nothing that was.
func TestATicketSaysWhatNobodyLookedAt(t *testing.T) {
	r := request.Request{Method: "POST", URL: "http://x.test/a"}
	probe := func(clock string, edits ...diagnose.Edit) diagnose.ProbeRecord {
		return diagnose.ProbeRecord{N: 1, At: "2026-11-21T" + clock + "Z", Question: &diagnose.Question{Request: &r, Edits: edits}}
	}
	const ways, wrote, unsent = "other clients, other connections and other places", "what a success does at the server", "the repaired request: it was not sent"
	for _, c := range []struct {
		name        string
		r           diagnose.Report
		says, lacks []string
	}{
		{"nothing was sent", diagnose.Report{}, []string{"anything: nothing was sent"}, []string{ways, wrote, "other times"}},
		{"as usual", diagnose.Report{Probes: []diagnose.ProbeRecord{probe("14:00:01.250"), probe("14:00:00.125")}, Untested: []string{"variations that may change data"}},
			[]string{"variations that may change data", ways, "other times than from 14:00:00.125 to 14:00:01.250 UTC"}, []string{wrote, unsent}},
		{"with curl, too", diagnose.Report{Probes: []diagnose.ProbeRecord{probe("14:00:00.125", diagnose.Edit{Element: "client", Op: diagnose.Set, To: "curl"})}, Cost: diagnose.Cost{Wrote: 1}, Verdict: diagnose.Verdict{Repair: &diagnose.Fix{}}},
			[]string{wrote, unsent, "other times than 14:00:00.125 UTC"}, []string{ways}},
		{"over midnight", diagnose.Report{Probes: []diagnose.ProbeRecord{probe("23:59:59.000"), {N: 2, At: "2026-11-22T00:00:01.000Z"}}},
			[]string{"from 23:59:59.000 to 00:00:01.000 UTC"}, nil},
	} {
		c.r.Request = diagnose.RequestShown{Method: r.Method, URL: r.URL, Request: r}
		var b strings.Builder
		if err := report.Markdown(&b, c.r, false); err != nil {
			t.Fatal(err)
		}
		_, part, _ := strings.Cut(b.String(), "## Not tested")
		for _, s := range c.says {
			if !strings.Contains(part, s) {
				t.Errorf("%s: %q is not said:\n%s", c.name, s, part)
			}
		}
		for _, s := range c.lacks {
			if strings.Contains(part, s) {
				t.Errorf("%s: %q is said:\n%s", c.name, s, part)
			}
		}
	}
}

// withoutSpans drops what stands between single backticks that are not escaped.
func withoutSpans(line string) string {
	var b strings.Builder
	inside := false
	for i := range len(line) {
		switch {
		case line[i] == '`' && (i == 0 || line[i-1] != '\\'):
			inside = !inside
		case !inside:
			b.WriteByte(line[i])
		}
	}
	return b.String()
}

// TestATicketHoldsNoHalfSecret is a credential at the place where the answer is cut off: the ticket has no part of it.
func TestATicketHoldsNoHalfSecret(t *testing.T) {
	r := request.Request{Method: "GET", URL: "http://x.test/a", Secrets: []request.Secret{{Ref: "key", Value: "kkkk1111222233334444"}}}
	for _, text := range []string{strings.Repeat("x", 1490) + "kkkk1111222233334444 and more", `{"a":"` + strings.Repeat("x", 1450) + `","access_token":"kkkk9999` + strings.Repeat("y", 100) + `"}`} {
		x := &request.Exchange{Request: r, Hops: []request.Hop{{Response: &request.Response{Proto: "HTTP/1.1", Status: 400, Body: request.NewContent([]byte(text))}}}}
		rep := diagnose.Report{Request: diagnose.RequestShown{Method: "GET", URL: r.URL, Request: r}, Failure: diagnose.FailureShown{Status: 400},
			Probes: []diagnose.ProbeRecord{{N: 1, Kind: diagnose.Replay, Outcome: diagnose.Same, Answer: &diagnose.Answer{Exchange: x}, Question: &diagnose.Question{Request: &r}}}}
		var b strings.Builder
		if err := report.Markdown(&b, rep, false); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "kkkk") || !strings.Contains(b.String(), "… (") {
			t.Errorf("got\n%s", b.String())
		}
	}
}
