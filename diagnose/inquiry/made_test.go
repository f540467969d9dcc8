package inquiry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
)

// TestWhatProbesMadeIsSaid: each order that a probe has placed is named, once, with the place that the answer gives; nothing
// is removed. A dry answer, a failure and a change of what was there make nothing.
func TestWhatProbesMadeIsSaid(t *testing.T) {
	n := 0
	order := func(q diagnose.Question) (int, string, []string) {
		if q.Request.Method == "GET" || strings.Contains(q.Request.Body.Text, `"5"`) {
			return 400, `{"error":"Bad Request"}`, nil
		}
		n++
		return 201, fmt.Sprintf(`{"data":{"id":%d}}`, n), []string{"Location", fmt.Sprintf("/orders/%d?sig=3f9c2d71", n)}
	}
	r, all := asked(t, write("/orders", `{"quantity":"5"}`), order)
	var places []string
	for _, m := range r.Made {
		places = append(places, m.String()+" "+m.ID)
	}
	want := []string{}
	for i := range n {
		want = append(want, fmt.Sprintf("https://api.test/orders/%d %d", i+1, i+1))
	}
	if n == 0 || !slices.Equal(places, want) {
		t.Errorf("made %q, want %q", places, want)
	}
	for _, q := range all {
		if q.Request != nil && q.Request.Method == "DELETE" {
			t.Error("something was removed")
		}
	}
	r, _ = asked(t, write("/session", `{"user":"5"}`), func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, `"5"`) {
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 200, `{"id":7}`, nil
	})
	if len(r.Made) > 0 || r.Cost.Wrote == 0 {
		t.Errorf("a login has made %v; %+v", r.Made, r.Cost)
	}
	put := write("/orders/7", `{"quantity":"5"}`)
	put.Request.Method = "PUT"
	r, _ = asked(t, put, func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, `"5"`) {
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 200, `{"id":7}`, nil
	})
	if len(r.Made) > 0 || r.Cost.Wrote == 0 {
		t.Errorf("a change has made %v; %+v", r.Made, r.Cost)
	}
}
