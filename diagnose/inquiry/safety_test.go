package inquiry

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestSafetyOfASafeMethod: a GET is sent without asking only when nothing about it says that it does something.
func TestSafetyOfASafeMethod(t *testing.T) {
	for _, c := range []struct {
		target string
		want   diagnose.Safety
	}{
		{"/orders", diagnose.S2},
		{"/orders/42?expand=customer&sort=updated", diagnose.S2},
		{"/query_range?query=up&start=1&end=2", diagnose.S2},
		{"/senders", diagnose.S2},
		{"/payments/7", diagnose.S2},
		{"/query/sendMail?to=a", diagnose.S5},
		{"/deleteUser", diagnose.S5},
		{"/users/7/reset%50assword", diagnose.S5},
		{"/resetPassword", diagnose.S5},
		{"/articles/9/publish", diagnose.S5},
		{"/tokens/1:revoke", diagnose.S5},
		{"/orders/1?_method=DELETE", diagnose.S5},
		{"/x?action=list", diagnose.S5},
		{"/jobs/start", diagnose.S5},
		{"/graphql?query=mutation%20%7Ba%7D", diagnose.S5},
		{"/graphql?query=%7Bme%7D", diagnose.S2},
		{"/items?q=run", diagnose.S2},
		{"/search?query=how+to+delete+a+file", diagnose.S2},
		{"/orders?status=cancel&sort=update", diagnose.S2},
		{"/index.php?page=logout", diagnose.S5},
		{"/users?delete=7", diagnose.S5},
	} {
		r := request.Request{Method: "GET", URL: "http://shop.test" + c.target}
		if got := classify(diagnose.Case{Request: r}, r, diagnose.Deletion); got != c.want {
			t.Errorf("%s: %v, want %v", c.target, got, c.want)
		}
	}
	r := request.Request{Method: "GET", URL: "http://shop.test/orders/1", Header: []request.Field{{Name: "X-HTTP-Method-Override", Value: "DELETE"}}}
	if got := classify(diagnose.Case{Request: r}, r, diagnose.Deletion); got != diagnose.S5 {
		t.Errorf("another method in a field: %v", got)
	}
}
