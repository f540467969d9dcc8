package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestWhatABrowserKeepsFromAPageIsSaid: the request passes, and that a page of another origin may not read the answer is a
// hint, and accuses nothing. Of its own origin, or where the answer allows it, there is nothing to say.
func TestWhatABrowserKeepsFromAPageIsSaid(t *testing.T) {
	const page = "https://shop.test"
	for name, c := range map[string]struct {
		origin, cookie string
		header         []string
		says           string
	}{
		"nothing is allowed":      {page, "", nil, "it has no Access-Control-Allow-Origin"},
		"another is allowed":      {page, "", []string{"Access-Control-Allow-Origin", "https://desk.test"}, "names https://desk.test"},
		"anybody, but no cookies": {page, "sid=1", []string{"Access-Control-Allow-Origin", "*"}, "has to name the origin"},
		"it, but no cookies":      {page, "sid=1", []string{"Access-Control-Allow-Origin", page}, "Access-Control-Allow-Credentials is not true"},
		"it, with cookies":        {page, "sid=1", []string{"Access-Control-Allow-Origin", page, "Access-Control-Allow-Credentials", "true"}, ""},
		"anybody":                 {page, "", []string{"Access-Control-Allow-Origin", "*"}, ""},
		"its own":                 {"https://api.test", "", nil, ""},
		"no page":                 {"", "", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			k := diagnose.Case{Request: get("/me")}
			if c.origin != "" {
				k.Request.Header = request.Set(k.Request.Header, "Origin", c.origin)
			}
			if c.cookie != "" {
				k.Request.Header = request.Set(k.Request.Header, "Cookie", c.cookie)
			}
			r, _ := asked(t, k, func(diagnose.Question) (int, string, []string) { return 200, `{}`, c.header })
			said := ""
			for _, h := range r.Hints {
				said += h.Text
			}
			if r.Verdict.Outcome != diagnose.OutcomePassing || len(r.Verdict.Culprits) > 0 || (said != "") != (c.says != "") || !strings.Contains(said, c.says) {
				t.Errorf("got %s, %q", r.Verdict.Outcome, said)
			}
		})
	}
}
