package request

import "testing"

// A GET that asks to be taken for a DELETE is one: it is not sent again, nor to production, without a question.
func TestASafeMethodMayHideAnother(t *testing.T) {
	for _, c := range []struct {
		method, name, value string
		safe                bool
	}{
		{"GET", "", "", true},
		{"", "Accept", "*/*", true},
		{"DELETE", "", "", false},
		{"get", "", "", false}, // methods are case-sensitive (RFC 9110 §9.1): nobody knows what this one does
		{"GET", "X-HTTP-Method-Override", "DELETE", false},
		{"GET", "x-http-method", "merge", false},
		{"GET", "X-Method-Override", "head", true},
		{"GET", "X-HTTP-Method-Override", "{{method}}", false},
		{"POST", "X-HTTP-Method-Override", "GET", false}, // the server may not look at it
	} {
		r := Request{Method: c.method, Header: []Field{{Name: c.name, Value: c.value}}}
		if got := r.Safe(); got != c.safe {
			t.Errorf("%s %s: %s: %v", c.method, c.name, c.value, got)
		}
	}
}
