package evidence

import (
	"strings"
	"testing"
)

// An answer lists its complaint under the path of the request, which is one word: no member of that name is missing.
func TestAPathOfOneWordIsNoMember(t *testing.T) {
	r := post(`{"seats":2}`)
	r.URL = "https://h.test/bookings"
	x := answered(r, 415, `{"message":"unsupported media type text/plain","errors":[{"path":"/bookings","message":"unsupported media type text/plain"}]}`)
	for _, e := range read(x) {
		if strings.HasPrefix(string(e.Element), "body:/bookings") {
			t.Errorf("%+v", e)
		}
	}
}
