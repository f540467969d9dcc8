package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
)

// TestTheSmallestRequestSaysWhyItIsAllOfIt: a write is not sent again to be made shorter, and the report says so; of a read
// that was made shorter there is nothing to say.
func TestTheSmallestRequestSaysWhyItIsAllOfIt(t *testing.T) {
	write := write("/orders", `{"customer":"c-1","delivery":"31/12/2030"}`)
	write.Writes = true
	r, _ := asked(t, write, func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, `"31/12/2030"`) {
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if m := r.Verdict.Minimal; m == nil || !strings.Contains(m.Why, "may change data") {
		t.Errorf("a write: %+v", m)
	}
	read := get("/orders?limit=ten&a=1&b=2&c=3&d=4&e=5&f=6")
	r, _ = asked(t, diagnose.Case{Request: read}, func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.URL, "limit=ten") {
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 200, `{"orders":[]}`, nil
	})
	if m := r.Verdict.Minimal; m == nil || (m.Request.URL == read.URL) != (m.Why != "") {
		t.Errorf("a read: %+v", m)
	}
}
