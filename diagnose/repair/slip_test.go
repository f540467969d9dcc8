package repair

import (
	"testing"
	"time"

	"culprit/diagnose"
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

// An address in words is one where one may stand, and not in what people write.
func TestAnAddressInWordsIsNoProse(t *testing.T) {
	for name, want := range map[string]bool{"contact": true, "title": false, "note": false} {
		x := element.Of(request.Request{Method: "POST", URL: "https://api.test/a", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"` + name + `":"lunch at home.today"}`}})
		e, _ := x.Get(diagnose.ElementID("body:/" + name))
		g := &generator{x: x, opt: Options{Now: time.Now()}}
		if to, _, _ := g.tidyCode(e, name, "lunch at home.today", "body"); (to == "lunch@home.today") != want {
			t.Errorf("%s: got %v", name, to)
		}
	}
}
