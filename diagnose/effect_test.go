package diagnose

import (
	"testing"

	"culprit/request"
)

// A person who is asked for a yes is told what becomes of it: what the method asks for.
func TestAYesSaysWhatBecomesOfIt(t *testing.T) {
	for _, c := range []struct {
		kind                Kind
		method, name, value string
		want                string
	}{
		{Repair, "POST", "", "", "something is made, changed or sent"},
		{Repair, "PUT", "", "", "what is there is replaced, or made"},
		{Repair, "PATCH", "", "", "what is there is changed"},
		{Repair, "DELETE", "", "", "what is there is removed"},
		{Repair, "POST", "X-HTTP-Method-Override", "DELETE", "what is there is removed"},
		{Repair, "LOCK", "", "", "it takes effect"},
		{Renew, "POST", "", "", "new credentials are issued"},
	} {
		q := Question{Kind: c.kind, Safety: S5, Request: &request.Request{Method: c.method, URL: "https://api.test/orders/7", Header: []request.Field{{Name: c.name, Value: c.value}}}}
		if got := q.Effect(); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.method, c.value, got, c.want)
		}
	}
}
