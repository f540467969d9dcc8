package workbench

import (
	"testing"

	"culprit/collections"
	"culprit/request"
)

// An assertion that the latest answer failed says nothing of an older one.
func TestAnUnmetAssertionIsThatOfItsExchange(t *testing.T) {
	x := &request.Exchange{}
	w := &Workbench{results: map[string]*result{"order": {exchange: x, checks: []collections.Checked{
		{Assert: collections.Assert{Expression: "res.status", Operator: "eq", Value: "200"}, Verdict: collections.Failed}}}}}
	if got := w.Unmet("order", x); got == "" {
		t.Error("the assertion that failed is not told")
	}
	for _, other := range []*request.Exchange{nil, {ID: "older"}} {
		if got := w.Unmet("order", other); got != "" {
			t.Errorf("of another exchange: %q", got)
		}
	}
}
