package evidence

import (
	"slices"
	"testing"

	"culprit/diagnose/element"
)

// TestTopics are words of an answer that are worth a try as names, and words that are not.
func TestTopics(t *testing.T) {
	order := post(`{"sku":"TEA-1","qty":"2"}`)
	order.URL = "https://h.test/v1/orders"
	for body, want := range map[string][]string{
		`{"error":"Tenant could not be resolved"}`: {"tenant"},
		`{"error":"invalid order"}`:                nil, // the path's own noun: all that was sent
		`{"error":"order needs a tenant"}`:         {"tenant"},
		`{"error":"bad sku"}`:                      nil, // it is there
	} {
		if got := Topics(answered(order, 400, body), element.Of(order).Elements); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", body, got, want)
		}
	}
}
