package inquiry_test

import (
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// TestAServerThatAnswersEveryRefusalWithNotFound: OPTIONS tells whether the path is served by the method, as far as a path
// that cannot exist is told something else. Where it is, the fault is looked for in the data; where it is not, that is the
// verdict; where OPTIONS tells nothing, the method is only suspected, as before, and the path is not searched behind. A path
// that is served is not accused where nothing passes.
func TestAServerThatAnswersEveryRefusalWithNotFound(t *testing.T) {
	silent := func(allow, everywhere string, fine func(q diagnose.Question) bool) answers {
		return func(q diagnose.Question) (int, string, []string) {
			here := element.SplitURL(q.Request.URL).Path == "/orders"
			switch {
			case q.Request.Method == "OPTIONS" && here && allow != "":
				return 204, "", []string{"Allow", allow}
			case q.Request.Method == "OPTIONS" && everywhere != "":
				return 204, "", []string{"Allow", everywhere}
			case here && fine(q):
				return 200, `{"data":[{"id":7}]}`, nil
			}
			return 404, `{"error":"not found"}`, nil
		}
	}
	list := get("/orders?status=open&limit=5000")
	order := write("/orders", `{"items":[{"sku":"A-1","price":3.5},{"sku":"A-2","price":"4.5"},{"sku":"A-3","price":1.25}]}`).Request
	limited := func(q diagnose.Question) bool {
		return q.Request.Method == "GET" && !strings.Contains(q.Request.URL, "limit=5000")
	}
	priced := func(q diagnose.Question) bool {
		return q.Request.Method == "GET" || q.Request.Method == "POST" && !strings.Contains(q.Request.Body.Text, `"4.5"`)
	}
	read := func(q diagnose.Question) bool { return q.Request.Method == "GET" }
	never := func(diagnose.Question) bool { return false }
	for _, c := range []struct {
		what     string
		r        request.Request
		f        answers
		want     string
		standing diagnose.Standing
	}{
		{"a number in quotes", order, silent("GET, POST, OPTIONS", "", priced), "body:/items/1/price=invalid_body_property_type", diagnose.Confirmed},
		{"a limit", list, silent("GET, OPTIONS", "", limited), "query:limit=invalid_request_parameter", diagnose.Confirmed},
		{"another method", order, silent("GET, OPTIONS", "", read), "method=method_not_allowed", diagnose.Named},
		{"all methods for all paths", order, silent("GET, POST", "GET, POST", read), "method=method_not_allowed", diagnose.Suspected},
		{"nothing by OPTIONS", order, silent("", "", read), "method=method_not_allowed", diagnose.Suspected},
		{"nothing passes", write("/orders", `{"sku":"A-1"}`).Request, silent("POST, OPTIONS", "", never), "", ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			report, all := asked(t, diagnose.Case{Request: c.r, Writes: true}, c.f)
			if got := strings.Join(blamed(report), " "); got != c.want || report.Verdict.Standing() != c.standing {
				t.Errorf("got %v (%s) after %d probes: %s", got, report.Verdict.Standing(), len(all), words(report))
			}
			if slices.ContainsFunc(all, func(q diagnose.Question) bool {
				return q.Request != nil && !q.Request.Safe() && q.Request.Method != c.r.Method
			}) {
				t.Error("another method than that of the request was sent")
			}
		})
	}
}

// TestAMethodThatIsRefusedWithoutAWord: whatever is varied of the data, the answer stays; OPTIONS names other methods.
func TestAMethodThatIsRefusedWithoutAWord(t *testing.T) {
	for _, everywhere := range []bool{false, true} {
		put := write("/orders/7", `{"note":"ring twice"}`)
		put.Request.Method = "PUT"
		report, all := asked(t, put, func(q diagnose.Question) (int, string, []string) {
			switch here := element.SplitURL(q.Request.URL).Path == "/orders/7"; {
			case q.Request.Method == "OPTIONS" && (here || everywhere):
				return 204, "", []string{"Allow", "GET, PATCH"}
			case q.Request.Method == "GET" && here:
				return 200, `{"id":7}`, nil
			}
			return 400, `{"error":"Bad Request"}`, nil
		})
		if got := slices.Contains(blamed(report), "method=method_not_allowed"); got == everywhere {
			t.Errorf("for every path %v: got %v after %d probes: %s", everywhere, blamed(report), len(all), words(report))
		}
	}
}
