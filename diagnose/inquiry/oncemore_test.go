package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
)

// A person who is asked for the same probe once more hears why.
func TestAProbeThatIsRepeatedSaysWhy(t *testing.T) {
	n := 0
	r, _ := interview(t, diagnose.Case{Request: get("/orders?limit=five")}, func(q diagnose.Question) (int, string, []string) {
		switch {
		case strings.Contains(q.Request.URL, "limit=five"):
			return 400, `{"error":"Bad Request"}`, nil
		case n == 0:
			n++
			return 503, `{"error":"unavailable"}`, nil
		}
		return 200, `{"orders":[]}`, nil
	}, nil)
	for i, p := range r.Probes {
		if p.Status != 503 {
			continue
		}
		if next := r.Probes[i+1]; next.Why != "once more, for the answer (503) says nothing of the request: "+p.Why {
			t.Errorf("%q after %q", next.Why, p.Why)
		}
		return
	}
	t.Errorf("no probe met the gateway\n%s", words(r))
}
