package inquiry_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/client"
)

// posted diagnoses a write of JSON to a server that refuses what wrong finds something to say about: "" is a pass.
func posted(t *testing.T, body string, wrong func(v map[string]any) string) diagnose.Report {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Method != "POST" || r.URL.Path != "/tasks" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		b, _ := io.ReadAll(r.Body)
		v := map[string]any{}
		why := "not JSON"
		if json.Unmarshal(b, &v) == nil {
			why = wrong(v)
		}
		if strings.HasPrefix(why, "<") {
			w.Header().Set("Content-Type", "text/html")
		}
		if why != "" {
			w.WriteHeader(http.StatusUnprocessableEntity)
			fmt.Fprint(w, why)
			return
		}
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, `{"id":1}`)
	}))
	e := client.New(client.Config{})
	t.Cleanup(func() { e.Close(); server.Close() })
	return diagnoseIt(t, e, diagnose.Case{Writes: true, Request: request.Request{Method: "POST", URL: server.URL + "/tasks",
		Header: []request.Field{{Name: "Accept", Value: "application/json"}, {Name: "Content-Type", Value: "application/json"}}, Body: request.Body{Kind: request.RawBody, Text: body}}})
}

// A value that passes as another type has the wrong type, however little the server says of it; and it is not held against
// another value that it could not be compared with.
func TestAValueThatPassesAsAnotherTypeHasTheWrongType(t *testing.T) {
	for _, c := range []struct {
		name, body string
		wrong      func(v map[string]any) string
		element    diagnose.ElementID
	}{
		{"a number in quotes, called invalid", `{"title":"Roof","attempts":"3"}`, func(v map[string]any) string {
			if _, ok := v["attempts"].(float64); !ok {
				return `{"fields":[{"name":"attempts","reason":"invalid"}]}`
			}
			return ""
		}, "body:/attempts"},
		{"a number for a date that has to be after another one", `{"title":"Roof","start_date":"2031-05-01","end_date":1780000000}`, func(v map[string]any) string {
			end, ok := v["end_date"].(string)
			switch {
			case !ok:
				return `{"message":"end_date must be of type string."}`
			case len(end) != 10 || end < fmt.Sprint(v["start_date"]):
				return `{"message":"end_date must be on or after start_date."}`
			}
			return ""
		}, "body:/end_date"},
		{"a list that is a map with numbers", `{"title":"Roof","steps":{"0":{"name":"look"},"1":{"name":"mend"}}}`, func(v map[string]any) string {
			if _, ok := v["steps"].([]any); !ok {
				return `{"steps":["A valid list is required."]}`
			}
			return ""
		}, "body:/steps"},
		{"the same, and nothing is said", `{"title":"Roof","steps":{"0":{"name":"look"},"1":{"name":"mend"}}}`, func(v map[string]any) string {
			if _, ok := v["steps"].([]any); !ok {
				return `{}`
			}
			return ""
		}, "body:/steps"},
		{"a text in an object, and nothing is said", `{"title":"Roof","steps":[{"name":{"value":"look"}}]}`, func(v map[string]any) string {
			steps, _ := v["steps"].([]any)
			for _, s := range steps {
				m, _ := s.(map[string]any)
				if _, text := m["name"].(string); !text {
					return `{}`
				}
			}
			if len(steps) == 0 {
				return `{}`
			}
			return ""
		}, "body:/steps/0/name"},
		{"a text in an object in a list, called invalid", `{"title":"Roof","tags":[{"value":"urgent"}]}`, func(v map[string]any) string {
			tags, _ := v["tags"].([]any)
			for _, s := range tags {
				if _, text := s.(string); !text {
					return `{"fields":[{"name":"tags.0","reason":"invalid"}]}`
				}
			}
			return ""
		}, "body:/tags/0"},
	} {
		r := posted(t, c.body, c.wrong)
		got := certain(r)
		if len(got) != 1 || got[0].Element != c.element || got[0].Cause != "invalid_body_property_type" || r.Verdict.Repair == nil {
			t.Errorf("%s: %s %s", c.name, r.Verdict.Outcome, shown(r.Verdict.Culprits))
		}
	}
}

// A server whose refusals are pages still refuses the request for what is in it.
func TestAPageOfARefusalIsNoWrongAnswer(t *testing.T) {
	r := posted(t, `{"title":"Roof","state":"zzyzx"}`, func(v map[string]any) string {
		if v["state"] != "qwx" {
			return `<html><head><title>422 Unprocessable Entity</title></head><body><h1>422 Unprocessable Entity</h1></body></html>`
		}
		return ""
	})
	for _, c := range r.Verdict.Culprits {
		if c.Cause == "response_content_type_mismatch" {
			t.Errorf("%s %s", r.Verdict.Outcome, shown(r.Verdict.Culprits))
		}
	}
}

// A member that is asked for although it is there is sent under another spelling of its name.
func TestAMemberThatIsAskedForAlthoughItIsThereIsSpelledOtherwise(t *testing.T) {
	for _, c := range []struct{ sent, wanted string }{{"taskid", "taskId"}, {"Taskid", "taskId"}} {
		r := posted(t, `{"title":"Roof","`+c.sent+`":"x-7"}`, func(v map[string]any) string {
			if v[c.wanted] == nil {
				return `{"error":{"param":"` + c.wanted + `","message":"` + c.wanted + ` is required"}}`
			}
			return ""
		})
		got := certain(r)
		if len(got) != 1 || got[0].Cause != "missing_body_property" || r.Verdict.Repair == nil || !strings.Contains(r.Verdict.Repair.Request.Body.Text, `"`+c.wanted+`":"x-7"`) {
			t.Errorf("%s: %s %s", c.sent, r.Verdict.Outcome, shown(r.Verdict.Culprits))
		}
	}
}
