package lint

import (
	"testing"

	"culprit/diagnose/element"
	"culprit/request"
)

// TestAnUpperBoundIsAsExactAsItIsWritten: sums of decimals are rounded as they are written, and a day is a day in
// milliseconds, too.
func TestAnUpperBoundIsAsExactAsItIsWritten(t *testing.T) {
	for body, want := range map[string]any{
		`{"min_price": 0.3, "max_price": 0.1}`:                     "0.5",
		`{"min_price": 1.10, "max_price": 0.35}`:                   "1.85",
		`{"min_price": 3e-3, "max_price": 1e-3}`:                   "0.005",
		`{"start_time": 1800000000, "end_time": 1700000000}`:       "1800086400",
		`{"start_time": 1800000000000, "end_time": 1700000000000}`: "1800086400000",
		`{"start_time": 1800000000500, "end_time": 1800000000000}`: "1800000001000",
	} {
		r := request.Request{Method: "POST", URL: "https://h.test/", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: body}}
		got := ""
		for _, h := range Check(element.Of(r), Facts{}) {
			if h.Cause == "interacting_parameters" && len(h.Edits) > 0 {
				got = element.Plain(h.Edits[0].To)
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}
