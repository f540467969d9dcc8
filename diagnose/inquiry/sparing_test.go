package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// Where an answer says in words what is wrong, the likeliest repair of just that goes first, and one pair proves it: what is
// missing is a member of that name, wherever it belongs; what has to be after another one is moved behind it; a list that
// lies in a text is taken out; another Idempotency-Key is not asked for first.
func TestWhatIsSaidInWordsTakesThreeProbes(t *testing.T) {
	key := request.Field{Name: "Idempotency-Key", Value: "1341cdab-1d60-4289-a044-c4765a452af1"}
	for _, c := range []struct {
		name, body, says string
		passes           func(body string) bool
	}{
		{"another name", `{"a":1,"reporting_intervals":"PT1H"}`, `{"errors":[{"field":"reporting_interval","message":"is required"}]}`,
			func(b string) bool { return strings.Contains(b, `"reporting_interval"`) }},
		{"an order", `{"starts_at":"2027-07-26T08:00:00Z","ends_at":"2027-04-01T15:15:00Z"}`, `{"ends_at":["Must be after starts_at."]}`,
			func(b string) bool { return !strings.Contains(b, `"ends_at":"2027-0`) && strings.Contains(b, `Z"}`) }},
		{"a list in a text", `{"tags":"[\"x\",\"y\"]","n":1}`, `{"errors":[{"path":["tags"],"message":"Expected array, received string"}]}`,
			func(b string) bool { return strings.Contains(strings.ReplaceAll(b, " ", ""), `"tags":["x","y"]`) }},
	} {
		of := write("/devices", c.body)
		of.Request.Header = append(of.Request.Header, key)
		r, questions := asked(t, of, func(q diagnose.Question) (int, string, []string) {
			if c.passes(q.Request.Body.Text) {
				return 201, `{"id":1}`, nil
			}
			return 422, c.says, nil
		})
		if got := certain(r); len(got) != 1 || got[0].Standing != diagnose.Confirmed || r.Cost.Probes != 3 {
			t.Errorf("%s: %s in %d probes", c.name, shown(got), r.Cost.Probes)
			for _, q := range questions {
				t.Logf("   %s %v", q.Kind, q.Edits)
			}
		}
	}
}

// What is plain to see takes fewer probes than what a check only suspects: a healthy request often has something of that.
func TestWhatIsPlainToSeeTakesFewerProbes(t *testing.T) {
	for body, want := range map[string]int{`{"name":"Ada","n":3,}`: 4, `{"name":"Ada","active":"yes"}`: 7} {
		r, _ := asked(t, write("/orders", body), func(q diagnose.Question) (int, string, []string) {
			if b := q.Request.Body.Text; strings.Contains(b, ",}") || strings.Contains(b, "yes") {
				return 400, `{"error":"Bad Request"}`, nil
			}
			return 201, `{"id":1}`, nil
		})
		if got := certain(r); len(got) != 1 || r.Cost.Probes != want {
			t.Errorf("%s: %s in %d probes, want %d", body, shown(got), r.Cost.Probes, want)
		}
	}
}
