package repair

import (
	"fmt"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// What people write where a program wants a code is tried as the code, under whatever name it stands.
func TestWhatPeopleWriteIsTriedAsItsCode(t *testing.T) {
	for _, c := range []struct{ body, id, want string }{
		{`{"flag": "Germany", "x": 1}`, "body:/flag", "DE"},
		{`{"pays_with": "euros", "x": 1}`, "body:/pays_with", "EUR"},
		{`{"cadence": "every day", "x": 1}`, "body:/cadence", "daily"},
		{`{"weekday": "Monday", "x": 1}`, "body:/weekday", "mon"},
		{`{"color": "blue", "x": 1}`, "body:/color", "#0000ff"},
		{`{"hours": "6h", "x": 1}`, "body:/hours", "6"},
		{`{"contact": "0170 12345678", "x": 1}`, "body:/contact", "+12025550123"},
		{`{"locale": "en_GB", "x": 1}`, "body:/locale", "en-GB"},
		{`{"locale": "yue_HK", "x": 1}`, "body:/locale", "yue"},
		{`{"slot": "2026-12-01T09:30:00Z", "x": 1}`, "body:/slot", "2026-12-01 09:30"},
		{`{"speaker_twitter": "ada", "x": 1}`, "body:/speaker_twitter", "@ada"},
		{`{"coupon": "WINTERSALE2026", "x": 1}`, "body:/coupon", "WINTERSA"},
	} {
		if !tried(c.body, diagnose.ElementID(c.id), c.want) {
			t.Errorf("%s: %s is not tried", c.body, c.want)
		}
	}
}

// A text, a proper name and a code stay what they are.
func TestWhatIsNoCodeStays(t *testing.T) {
	for _, c := range []struct{ body, id, not string }{
		{`{"city": "Germany", "x": 1}`, "body:/city", "DE"},
		{`{"language": "_", "x": 1}`, "body:/language", ""},
		{`{"note": "every", "x": 1}`, "body:/note", "daily"},
		{`{"landing_page": "https://example.com/sale", "x": 1}`, "body:/landing_page", "1"},
		{`{"first_time": false, "x": 1}`, "body:/first_time", "2026-11-22T00:00:00Z"},
	} {
		if tried(c.body, diagnose.ElementID(c.id), c.not) {
			t.Errorf("%s: %s is tried", c.body, c.not)
		}
	}
}

func tried(body string, id diagnose.ElementID, want string) bool {
	x := element.Of(request.Request{Method: "POST", URL: "https://api.test/x", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: body}})
	for _, p := range Places(x, nil, Options{Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}) {
		for _, change := range p.Changes {
			if p.Element == id && fmt.Sprintf("%v", change.Edit.To) == want {
				return true
			}
		}
	}
	return false
}
