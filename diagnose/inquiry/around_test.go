package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request/jsontext"
)

// TestAPlaceInAValueIsShown: where the answer counts characters of a value, the culprit shows what stands there; an answer
// that repeats the part, or counts in something else, is left as it is.
func TestAPlaceInAValueIsShown(t *testing.T) {
	for _, c := range []struct{ says, shows string }{
		{`invalid value for expression: syntax error at position 17`, "That is at “… > 20 & (lev…”"},
		{`expression: unexpected token at 1:17`, "That is at “… > 20 & (lev…”"},
		{`expression: unexpected "(level" at position 17`, ""},
		{`expression: too long by 17 characters`, ""},
		{`expression: syntax error at position 900`, ""},
	} {
		r, _ := asked(t, write("/alerts", `{"name":"a","expression":"temperature > 20 & (level < 4","timeout":5}`), func(q diagnose.Question) (int, string, []string) {
			if strings.Contains(q.Request.Body.Text, "20 & (level < 4") {
				return 400, `{"error":` + string(jsontext.Quote(c.says)) + `}`, nil
			}
			return 201, `{"id":1}`, nil
		})
		if len(r.Verdict.Culprits) != 1 || r.Verdict.Culprits[0].Element != "body:/expression" {
			t.Fatalf("%s", words(r))
		}
		got := r.Verdict.Culprits[0].Explanation
		if c.shows == "" && strings.Contains(got, "That is at") || !strings.Contains(got, c.shows) {
			t.Errorf("%q: got %q", c.says, got)
		}
	}
}
