package repair

import (
	"testing"
	"time"

	"culprit/diagnose/element"
	"culprit/request"
)

// A path that is not there: a word without its slip goes before the slash at the end, and the plural of the last word
// before that of what it lies in.
func TestASlipInThePathIsTriedFirst(t *testing.T) {
	for path, want := range map[string][]string{
		"/api/v1/accounts/8224/ordrs": {"/api/v1/accounts/8224/orders", "/api/v1/accounts/8224/ordrs/"},
		"/hub/tenant/7/reservation":   {"/hub/tenant/7/reservation/", "/hub/tenant/7/reservations"},
	} {
		x := element.Of(request.Request{Method: "GET", URL: "https://api.test" + path})
		var got []string
		for _, e := range For(x, nil, nil, Options{Now: time.Now(), Status: 404}) {
			if to, ok := e.To.(string); ok && e.Element == "url.path" && len(got) < len(want) {
				got = append(got, to)
			}
		}
		for i, to := range want {
			if i >= len(got) || got[i] != to {
				t.Errorf("%s: got %q, want %q", path, got, want)
				break
			}
		}
	}
}
