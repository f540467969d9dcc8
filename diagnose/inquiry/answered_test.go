package inquiry_test

import (
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
	"culprit/request/curl"
)

// past is a pass of r that was answered with body.
func past(r request.Request, media, body string) diagnose.Known {
	return diagnose.Known{Label: "the last pass", Request: r, Exchange: &request.Exchange{Request: r, Hops: []request.Hop{{
		Response: &request.Response{Status: 200, Header: []request.Field{{Name: "Content-Type", Value: media}}, Body: request.NewContent([]byte(body))},
	}}}}
}

func parsed(t *testing.T, s string) request.Request {
	t.Helper()
	p, err := curl.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return p.Request
}

// A success that is wrong gets a verdict, whatever it is that makes it wrong.
func TestASuccessThatIsWrongIsExplained(t *testing.T) {
	const was = `{"id":7,"total":12.5,"items":[{"sku":"A","qty":1},{"sku":"B","qty":2}]}`
	for _, c := range []struct {
		name, is string
		cause    diagnose.CauseID
		standing diagnose.Standing
		says     string
	}{
		{"another type", strings.Replace(was, "12.5", `"12.5"`, 1), "response_schema_mismatch", diagnose.Isolated, "body /total was a number (12.5), is a string"},
		{"a member is gone", strings.Replace(was, `"total":12.5,`, ``, 1), "response_schema_mismatch", diagnose.Suspected, "body /total is gone"},
		{"nothing came", `{}`, "unexpected_empty_response", diagnose.Isolated, "had members before"},
		{"cut off", was[:40], "truncated_response", diagnose.Isolated, "ends in the middle"},
		{"a page", `<html><body>Welcome</body></html>`, "response_content_type_mismatch", diagnose.Named, "HTML page came"},
		{"an error in it", `{"ok":false,"error":"not_in_channel"}`, "soft_error_in_success", diagnose.Named, "not_in_channel"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := world{answers: func(request.Request) (int, string) { return 200, c.is }}
			r := parsed(t, `curl https://api.test/orders/7`)
			got, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: r, Good: []diagnose.Known{past(r, "application/json", was)}, Now: time.Unix(0, 0)}), w.ask, nil)
			if err != nil {
				t.Fatal(err)
			}
			v := got.Verdict
			if v.Outcome != diagnose.OutcomeExplained || v.Cause != c.cause || len(v.Culprits) != 1 || v.Culprits[0].Standing != c.standing || !strings.Contains(v.Summary, c.says) {
				t.Errorf("got %+v", v)
			}
			if first := got.Steps[0]; c.cause == "response_schema_mismatch" && first.Text != "success, by its status (status 200, 3 of 3)" {
				t.Errorf("the step says %q", first.Text)
			}
		})
	}
}

// What may be otherwise the next time accuses nobody; what is worth knowing is said.
func TestASuccessThatIsOnlyDifferentPasses(t *testing.T) {
	const was = `{"items":[{"sku":"A","qty":1}],"note":"x"}`
	for _, c := range []struct{ name, is, note string }{
		{"the same", was, ""}, {"more", `{"items":[{"sku":"A","qty":1,"unit":"kg"}],"note":"x","page":1}`, ""},
		{"an empty list", `{"items":[],"note":"x"}`, "body /items is an empty list, it had something in it before"}, {"null", `{"items":[{"sku":"A","qty":1}],"note":null}`, `body /note was a string ("x"), is null`},
	} {
		w := world{answers: func(request.Request) (int, string) { return 200, c.is }}
		r := parsed(t, `curl https://api.test/items`)
		got, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: r, Good: []diagnose.Known{past(r, "application/json", was)}, Now: time.Unix(0, 0)}), w.ask, nil)
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, a := range got.Answer {
			said += a.Text
		}
		if got.Verdict.Outcome != diagnose.OutcomePassing || len(got.Verdict.Culprits) > 0 || said != c.note {
			t.Errorf("%s: got %+v, %q", c.name, got.Verdict, said)
		}
	}
}

// A page where data was is a failure like any other: here the request no longer says what it takes.
func TestAPageInsteadOfDataIsTracedToTheRequest(t *testing.T) {
	w := world{answers: func(r request.Request) (int, string) {
		if strings.Contains(request.Get(r.Header, "Accept"), "json") {
			return 200, `{"id":7}`
		}
		return 200, `<html><body>Order 7</body></html>`
	}}
	good := parsed(t, `curl https://api.test/orders/7 -H 'Accept: application/json'`)
	r := parsed(t, `curl https://api.test/orders/7 -H 'Accept: */*'`)
	got, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: r, Good: []diagnose.Known{past(good, "application/json", `{"id":7}`)}, Now: time.Unix(0, 0)}), w.ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	if v := got.Verdict; v.Outcome != diagnose.OutcomeIsolated || len(v.Culprits) != 1 || v.Culprits[0].Element != "header:Accept" {
		t.Errorf("got %+v", v)
	}
}

// A write that passed is not sent again; what came back then is judged.
func TestARecordedWriteIsJudgedWithoutSendingIt(t *testing.T) {
	r := parsed(t, `curl https://api.test/orders -d a=1`)
	rec := past(r, "application/json", `{"id":"7"}`).Exchange
	refuse := func(diagnose.Question) diagnose.Answer { return diagnose.Answer{Refused: "no consent"} }
	s := inquiry.New(diagnose.Case{Request: r, Recorded: rec, Good: []diagnose.Known{past(r, "application/json", `{"id":7}`)}, Now: time.Unix(0, 0)})
	for q, ok := s.Next(); ok; q, ok = s.Next() {
		s.Record(refuse(q))
	}
	if v := s.Report().Verdict; v.Outcome != diagnose.OutcomeExplained || v.Cause != "response_schema_mismatch" {
		t.Errorf("got %+v", v)
	}
}
