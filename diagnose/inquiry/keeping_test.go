package inquiry_test

import (
	"encoding/json"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// A server takes an empty body as well, and says what it minds in the one that was sent: what is proposed keeps of it what can
// be kept. A text gets an end to its last line, or loses the line that is named; what was cut off in JSON is closed.
func TestARepairKeepsTheBody(t *testing.T) {
	text := "# TYPE done gauge\ndone{disk=\"a\"} 3.5\nok 1"
	for name, c := range map[string]struct {
		media, body, want string
		refuse            func(string) string
	}{
		"no end of line": {"text/plain", text, text + "\n", func(s string) string {
			if s != "" && !strings.HasSuffix(s, "\n") {
				return "text format parsing error in line 3: unexpected end of input stream"
			}
			return ""
		}},
		"a line": {"text/plain", strings.Replace(text, "gauge", "guage", 1) + "\n", "done{disk=\"a\"} 3.5\nok 1\n", func(s string) string {
			if strings.Contains(s, "guage") {
				return `text format parsing error in line 1: unknown metric type "guage"`
			}
			return ""
		}},
		"cut off": {"application/json", `{"input":{"user":{"tenant":7}}`, `{"input":{"user":{"tenant":7}}}`, func(s string) string {
			if s != "" && !json.Valid([]byte(s)) {
				return "unexpected EOF"
			}
			return ""
		}},
	} {
		r := request.Request{Method: "PUT", URL: "https://api.test/metrics/job/backup", Header: []request.Field{{Name: "Content-Type", Value: c.media}}, Body: request.Body{Kind: request.RawBody, Text: c.body}}
		report, _ := asked(t, diagnose.Case{Request: r, Writes: true}, func(q diagnose.Question) (int, string, []string) {
			if said := c.refuse(q.Request.Body.Text); said != "" {
				return 400, said, []string{"Content-Type", "text/plain"}
			}
			return 200, "", nil
		})
		got := report.Verdict.Repair
		if got == nil || !got.Verified || got.Request.Body.Text != c.want {
			t.Errorf("%s: %s\n%s", name, shown(report.Verdict.Culprits), words(report))
		}
	}
}

// What the answer asks for is sent in another case: it is the name, and not a body that was not read.
func TestANameInAnotherCaseIsTheName(t *testing.T) {
	report, _ := asked(t, write("/", `{"command":"config-test","arguments":{"control-agent":{"port":8000}}}`), func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, `"Control-agent"`) {
			return 200, `{"result":0}`, nil
		}
		return 400, `{"result":1,"text":"Missing mandatory 'Control-agent' parameter"}`, nil
	})
	if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/arguments/control-agent" || got[0].Cause != "missing_body_property" || got[0].Standing != diagnose.Confirmed {
		t.Errorf("%s", shown(got))
	}
}

// What a JSON Patch adds goes into something that has to be there: a read of the path, in its envelope, shows what is meant.
func TestAPatchAddsIntoWhatIsThere(t *testing.T) {
	c := write("/pages/7", `[{"op":"replace","path":"/title","value":"Hi"},{"op":"add","path":"/block/-","value":{"kind":"text"}}]`)
	c.Request.Method = "PATCH"
	report, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		switch {
		case q.Request.Method == "GET":
			return 200, `{"data":{"title":"Old","blocks":[]}}`, nil
		case strings.Contains(q.Request.Body.Text, `"/block/-"`):
			return 422, `{"error":"Unprocessable Entity"}`, nil
		}
		return 200, `{"title":"Hi"}`, nil
	})
	if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/1/path" {
		t.Errorf("%s", shown(got))
	}
}

// The name of a currency stands where its code is wanted (ISO 4217); nothing is said.
func TestACurrencyByItsNameIsTriedAsItsCode(t *testing.T) {
	report, _ := asked(t, diagnose.Case{Request: get("/rates?base=euro")}, func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.URL, "base=EUR") {
			return 200, `{"base":"EUR"}`, nil
		}
		return 400, ``, nil
	})
	if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != "query:base" {
		t.Errorf("%s", shown(got))
	}
}

// A value of the path that nobody has named is no repair.
func TestAMadeUpPathIsNotProposed(t *testing.T) {
	c := write("/stores/shop/check", `{"user":"user:anna"}`)
	c.Writes = false
	report, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		return 400, `{"code":"validation_error","message":"invalid StoreId: value does not match regex pattern \"^[A-Z0-9]{26}$\""}`, nil
	})
	if f := report.Verdict.Repair; f != nil {
		t.Errorf("proposed: %s", f.Request.URL)
	}
}

// A body of blanks has no line that could be mended.
func TestABlankBodyIsNoTextOfLines(t *testing.T) {
	r := request.Request{Method: "PUT", URL: "https://api.test/x", Header: []request.Field{{Name: "Content-Type", Value: "text/plain"}}, Body: request.Body{Kind: request.RawBody, Text: "\n"}}
	_, all := asked(t, diagnose.Case{Request: r, Writes: true}, always(400, `{"error":"malformed body: unexpected end of input in line 1"}`))
	for _, q := range all {
		if q.Request != nil && q.Request.Body.Text == "\n\n" {
			t.Error("sent with one more line")
		}
	}
}

// A member called data may be an envelope, and may be a member: what is there as the patch writes it is not sent elsewhere.
func TestAPatchOfWhatIsThereStays(t *testing.T) {
	c := write("/pages/7", `[{"op":"replace","path":"/data/title","value":"Hi"}]`)
	c.Request.Method = "PATCH"
	_, all := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if q.Request.Method == "GET" {
			return 200, `{"id":7,"data":{"title":"Old","date":{"title":"Older"}}}`, nil
		}
		return 422, `{"error":"Unprocessable Entity"}`, nil
	})
	for _, q := range all {
		if q.Request != nil && strings.Contains(q.Request.Body.Text, "/date/title") {
			t.Errorf("sent %s: %s", q.Request.Body.Text, q.Why)
		}
	}
}

// In a bulk of JSON a line belongs to the one before it, and the first of a table says what stands in the others: without one of
// them what follows would be written as something else.
func TestNoLineThatOthersNeedIsLeftOut(t *testing.T) {
	for media, c := range map[string][2]string{
		"application/x-ndjson":    {`{"index":{"_id":"1"}}` + "\n" + `{"name":"tea","price":"x"}` + "\n" + `{"index":{"_id":"2"}}` + "\n" + `{"name":"rum"}` + "\n", "line 2"},
		"text/csv; charset=utf-8": {"name;price\ntea;4\nrum;9\ngin;12\n", "line 1"},
	} {
		r := request.Request{Method: "POST", URL: "https://api.test/items", Header: []request.Field{{Name: "Content-Type", Value: media}}, Body: request.Body{Kind: request.RawBody, Text: c[0]}}
		_, all := asked(t, diagnose.Case{Request: r, Writes: true}, always(400, `{"error":"malformed body: unexpected character in `+c[1]+`"}`))
		for _, q := range all {
			if q.Request != nil && strings.Count(q.Request.Body.Text, "\n") == 3 {
				t.Errorf("sent %s: %s", q.Request.Body.Text, q.Why)
			}
		}
	}
}
