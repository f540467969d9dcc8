package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestTheRootPageIsNoPass: a statement is asked at the root of a server, whose page says that it is up. Without the query it
// is that page which answers: none of what was left out is at fault for that.
func TestTheRootPageIsNoPass(t *testing.T) {
	for _, page := range []string{"Ok.\n", "<html>up</html>"} {
		for _, u := range []string{"https://api.test/?user=reader&query=DROP+TABLE+t", "https://api.test?statement=DROP+TABLE+t"} {
			r := staged(t, diagnose.Case{Request: sending("GET", u)}, func(r *request.Request) (int, string, *request.Failure) {
				switch {
				case !strings.Contains(r.URL, "="):
					return 200, page, nil
				case strings.Contains(r.URL, "SELECT"):
					return 200, `{"rows":1}`, nil
				}
				return 500, "DB::Exception: Cannot execute in readonly mode. (READONLY)\n", nil
			})
			for _, c := range r.Verdict.Culprits {
				if c.Element.Is("query") && c.Standing != diagnose.Suspected {
					t.Errorf("%s, %q: %s: %s", u, page, shown(r.Verdict.Culprits), r.Verdict.Summary)
				}
			}
		}
	}
}

// TestAParameterOfTheRootIsStillFound: data at the root, and a page that comes with another parameter kept, are answers
// like any other.
func TestAParameterOfTheRootIsStillFound(t *testing.T) {
	for _, tt := range []struct{ url, answer string }{
		{"https://api.test/?precision=daily", `{"rows":1}`},
		{"https://api.test/?post=7&precision=daily", "<html>seven</html>"},
	} {
		r := staged(t, diagnose.Case{Request: sending("GET", tt.url)}, func(r *request.Request) (int, string, *request.Failure) {
			if strings.Contains(r.URL, "precision=daily") {
				return 500, "Sorry, something is wrong", nil
			}
			return 200, tt.answer, nil
		})
		if len(r.Verdict.Culprits) != 1 || r.Verdict.Culprits[0].Element != "query:precision" || r.Verdict.Culprits[0].Standing == diagnose.Suspected {
			t.Errorf("%s: %s: %s", tt.url, shown(r.Verdict.Culprits), r.Verdict.Summary)
		}
	}
}
