package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// TestAnUnknownPathIsTriedInOtherSpellings: what passes there and not here is proved where the request reads, and seen by
// HEAD where it writes; where everything below a prefix passes, or nothing does, no other path is claimed.
func TestAnUnknownPathIsTriedInOtherSpellings(t *testing.T) {
	for _, c := range []struct{ sent, right string }{
		{"/orders/7", "/v1/orders/7"}, {"/orders", "/api/orders"}, {"/invoices", "/api/v1/invoices"}, {"/v1/orders/7", "/orders/7"},
		{"/api/costumers", "/api/customers"}, {"/api/categorys", "/api/categories"}, {"/API/V1/ORDERS", "/api/v1/orders"},
		{"/api/purchaseOrders", "/api/purchase-orders"}, {"/api/orders.json", "/api/orders"},
	} {
		answer := func(all bool) answers {
			return func(q diagnose.Question) (int, string, []string) {
				path := element.SplitURL(q.Request.URL).Path
				if path == c.right || all && strings.HasPrefix(path, "/api/") {
					return 200, `{"id":7}`, nil
				}
				return 404, `{"error":"Not Found"}`, nil
			}
		}
		r, _ := asked(t, diagnose.Case{Request: get(c.sent)}, answer(false))
		if v := r.Verdict; v.Outcome != diagnose.OutcomeIsolated || v.Cause != "wrong_path" || !strings.Contains(v.Summary, c.right+" it passes") {
			t.Errorf("GET %s: %s", c.sent, words(r))
		}
		w := write(c.sent, `{"a":"b"}`)
		r, all := asked(t, w, answer(false))
		if v := r.Verdict; v.Cause != "wrong_path" || v.Repair == nil || !strings.HasSuffix(v.Repair.Request.URL, c.right) || v.Repair.Verified {
			t.Errorf("POST %s: %s", c.sent, words(r))
		}
		for _, q := range all {
			if q.Request != nil && q.Request.Method == "POST" && element.SplitURL(q.Request.URL).Path == c.right {
				t.Errorf("POST %s was sent unseen", c.right)
			}
		}
	}
	for name, f := range map[string]answers{
		"everything below /api passes": func(q diagnose.Question) (int, string, []string) {
			if strings.HasPrefix(element.SplitURL(q.Request.URL).Path, "/api/") {
				return 200, `{"page":"welcome"}`, nil
			}
			return 404, `{"error":"Not Found"}`, nil
		},
		"nothing passes": always(404, `{"error":"Not Found"}`),
	} {
		r, _ := asked(t, diagnose.Case{Request: get("/orders")}, f)
		if v := r.Verdict; v.Outcome == diagnose.OutcomeIsolated || v.Repair != nil {
			t.Errorf("%s: %s", name, words(r))
		}
	}
}

// TestAPathWhereEverythingPassesProvesNothing: without its second slash the path leads to a page for all that is unknown,
// and it is the value that was wrong.
func TestAPathWhereEverythingPassesProvesNothing(t *testing.T) {
	for _, catchAll := range []bool{true, false} {
		r, _ := asked(t, diagnose.Case{Request: get("//shop/orders?limit=1000")}, func(q diagnose.Question) (int, string, []string) {
			u := element.SplitURL(q.Request.URL)
			switch {
			case !strings.HasPrefix(u.Path, "//shop/") && catchAll, u.Path == "/shop/orders" && !catchAll:
				return 200, `{"items":[1]}`, nil
			case u.Path == "//shop/orders" && !strings.Contains(u.Query, "1000") && catchAll:
				return 200, `{"items":[1]}`, nil
			case u.Path == "//shop/orders":
				return 400, `{"error":"Bad Request"}`, nil
			}
			return 404, `{"error":"Not Found"}`, nil
		})
		want := diagnose.ElementID("url.path")
		if catchAll {
			want = "query:limit"
		}
		if c := r.Verdict.Culprits; len(c) != 1 || c[0].Element != want {
			t.Errorf("everything else passes: %v: %+v\n%s", catchAll, c, words(r))
		}
	}
}

// TestAResourceThatIsFoundNowAndThenExists: a node that lags behind does not know it, and the others do.
func TestAResourceThatIsFoundNowAndThenExists(t *testing.T) {
	asks := 0
	r, _ := asked(t, diagnose.Case{Request: get("/orders/41")}, func(q diagnose.Question) (int, string, []string) {
		if path := element.SplitURL(q.Request.URL).Path; path != "/orders/41" {
			return 404, `{"error":"no such route"}`, nil
		}
		if asks++; asks%2 == 0 {
			return 200, `{"id":41}`, nil
		}
		return 404, `{"error":"not here"}`, nil
	})
	if v := r.Verdict; v.Outcome != diagnose.OutcomeFlaky || v.Cause != "intermittent_failure" {
		t.Errorf("%s", words(r))
	}
}
