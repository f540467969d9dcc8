package repair

import (
	"slices"
	"testing"
)

// A fixed word is written in every way that APIs write it; what is no such word stays.
func TestAFixedWordIsWrittenInOtherWays(t *testing.T) {
	for v, want := range map[string]string{
		"Business": "BUSINESS", "jsonp": "JSONP", "yes": "Yes", "ACTIVE": "active", "inventorys": "inventory", "in-transit": "IN_TRANSIT", "Mx": "MX", "pendng": "pending",
	} {
		if got := Respelt(v); !slices.Contains(got, want) || slices.Contains(got, v) {
			t.Errorf("%s: got %q, want %s among them", v, got, want)
		}
	}
	for _, v := range []string{"x", "from the shop", "2026-03-14", "A-17", ""} {
		if got := Respelt(v); got != nil {
			t.Errorf("%q: got %q", v, got)
		}
	}
}
