package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestWhatAPassHasMadeIsNoFailureOfTheNext: a server makes a thing of each kind once. The request that works makes it, so
// that every right variation after it is told that it is there: the one wrong value is accused, and nothing beside it.
func TestWhatAPassHasMadeIsNoFailureOfTheNext(t *testing.T) {
	at := func(text string) request.Request {
		return request.Request{Method: "POST", URL: "https://api.test/v1/toxics", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: text}}
	}
	for name, c := range map[string]struct{ bad, good, want string }{
		"one of two":           {`{"kind":"lag","jitter":20}`, `{"kind":"latency","jitter":10}`, "body:/kind"},
		"with a taken name":    {`{"kind":"lag","name":"taken"}`, `{"kind":"latency","name":"free"}`, "body:/kind body:/name"},
		"the name is at peace": {`{"kind":"lag","name":"other"}`, `{"kind":"latency","name":"free"}`, "body:/kind"},
	} {
		there := map[string]bool{"taken": true}
		r, _ := asked(t, diagnose.Case{Writes: true, Request: at(c.bad), Good: []diagnose.Known{{Label: "another write", Request: at(c.good)}}},
			func(q diagnose.Question) (int, string, []string) {
				body := q.Request.Body.Text
				_, after, _ := strings.Cut(body, `"name":"`)
				called, _, _ := strings.Cut(after, `"`)
				switch {
				case q.Request.Method != "POST":
					return 404, "", nil
				case !strings.Contains(body, `"latency"`):
					return 400, `{"error":"no"}`, nil
				case there[called]:
					return 409, `{"error":"no"}`, nil
				}
				there[called] = true
				return 201, `{"id":1}`, nil
			})
		var got []string
		for _, c := range r.Verdict.Culprits {
			if c.Standing != diagnose.Suspected {
				got = append(got, string(c.Element))
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: accused %v, want %s: %s", name, got, c.want, r.Verdict.Summary)
		}
	}
}
