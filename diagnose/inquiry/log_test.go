package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
)

// TestTheServersLogNamesWhatItsAnswerHides: the answer says nothing, lines of the log name the element; lines about
// something else name nothing, and accuse nobody.
func TestTheServersLogNamesWhatItsAnswerHides(t *testing.T) {
	const body = `{"customer":"c-1","lines":[{"sku":"mug","quantity":2}],"delivery":"31/12/2030","code":"SPRING"}`
	strict := func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, `"31/12/2030"`) {
			return 500, `{"error":"Internal Server Error"}`, nil
		}
		return 201, `{"id":1}`, nil
	}
	for name, c := range map[string]struct{ lines, element string }{
		"spring": {"2030-01-02T03:04:05.123Z ERROR 1 --- [nio-8080-exec-1] o.a.c.c.C.[.[.[/].[dispatcherServlet] : Servlet.service() for servlet threw exception\n\n" +
			"java.time.format.DateTimeParseException: Text '31/12/2030' could not be parsed at index 0\n\tat java.base/java.time.format.DateTimeFormatter.parseResolved0(DateTimeFormatter.java:2052)\n", "body:/delivery"},
		"python": {"[2030-01-02 03:04:05] ERROR in app: Exception on /orders [POST]\nTraceback (most recent call last):\n  File \"app.py\", line 12, in create\n" +
			"ValueError: time data '31/12/2030' does not match format '%Y-%m-%d'\n", "body:/delivery"},
		"go":       {"2030/01/02 03:04:05 create order: delivery: parsing time \"31/12/2030\" as \"2006-01-02\": cannot parse \"31/12/2030\" as \"2006\"\n", "body:/delivery"},
		"postgres": {"2030-01-02 03:04:05.100 UTC [71] ERROR:  date/time field value out of range: \"31/12/2030\"\n2030-01-02 03:04:05.100 UTC [71] HINT:  Perhaps you need a different \"datestyle\" setting.\n", "body:/delivery"},
		"json":     {`{"time":"2030-01-02T03:04:05Z","level":"ERROR","msg":"create order","error":"invalid date in field delivery"}` + "\n", "body:/delivery"},
		"other":    {"2030-01-02T03:04:05Z INFO started job cleanup\n2030-01-02T03:04:05Z WARN cache is cold\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			kase := write("/orders", body)
			kase.Log = true
			r, prompts := interview(t, kase, strict, map[string]string{"log": c.lines})
			if len(prompts) == 0 || prompts[0] != "log" {
				t.Fatalf("asked %q", prompts)
			}
			said := ""
			for _, s := range r.Steps {
				if s.Step == "logs" && s.Result == "finding" {
					said = s.Text
				}
			}
			if (said != "") != (c.element != "") {
				t.Errorf("the log says %q", said)
			}
			if c.element == "" {
				return
			}
			if len(r.Verdict.Culprits) == 0 || string(r.Verdict.Culprits[0].Element) != c.element || !r.Verdict.Repair.Verified {
				t.Errorf("%s\n%s", said, words(r))
			}
		})
	}
}

// TestALogOfAnExchangeWithoutAnAnswer: a server that hung up on a value says in its log which, and that is proved; one that
// hangs up on everything is diagnosed with its log as without, whatever that names.
func TestALogOfAnExchangeWithoutAnAnswer(t *testing.T) {
	const line = "2030-01-02T03:04:05Z ERROR panic: invalid date in field delivery\n"
	kase := write("/orders", `{"customer":"c-1","delivery":"31/12/2030","code":"SPRING"}`)
	kase.Log = true
	asked := 0
	r, prompts := interview(t, kase, func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, `"31/12/2030"`) {
			return 2, "empty_response", nil
		}
		return 201, `{"id":1}`, nil
	}, map[string]string{"log": line})
	for _, p := range prompts {
		if p == "log" {
			asked++
		}
	}
	if len(r.Verdict.Culprits) == 0 || r.Verdict.Culprits[0].Element != "body:/delivery" || r.Verdict.Repair == nil || !r.Verdict.Repair.Verified || asked != 1 {
		t.Errorf("the log was asked %d times, want once: %s", asked, words(r))
	}
	r, _ = interview(t, kase, always(2, "empty_response"), map[string]string{"log": line})
	if r.Verdict.Cause != "empty_response" {
		t.Errorf("%s", words(r))
	}
}

// TestTheLogIsAskedOnceForOneFailure: what is learned of the request between two looks at the same failure, here a document,
// changes nothing in the log.
func TestTheLogIsAskedOnceForOneFailure(t *testing.T) {
	kase := write("/orders", `{"customer":"c-1"}`)
	kase.Log = true
	kase.Describe = func([]byte, string) (diagnose.Knowledge, error) { return known{}, nil }
	_, prompts := interview(t, kase, always(400, `{"error":"Bad Request"}`), map[string]string{"since": "it never", "document": "openapi: 3.0.0", "log": "nothing"})
	asked := map[string]int{}
	for _, p := range prompts {
		asked[p]++
	}
	if asked["log"] != 1 || asked["document"] != 1 {
		t.Errorf("asked %v, want the log and the document once each", asked)
	}
}
