package repair

import (
	"slices"
	"testing"
	"time"

	"culprit/diagnose/element"
	"culprit/request"
)

// Codes as people write them down, what has to be agreed to and identifiers with something behind them have another form.
func TestOtherFormsOfWhatPeopleWrite(t *testing.T) {
	r := request.Request{Method: "POST", URL: "https://h.test/x", Header: []request.Field{{Name: "Content-Type", Value: "application/json"}}, Body: request.Body{Kind: request.RawBody,
		Text: `{"passport":"C01X 00T47","acceptsTerms":false,"key":"7b0f3ec5-5086-4871-8f13-3c81b3875218-retry"}`}}
	want := map[string][]any{"body:/passport": {"C01X00T47", "C01X-00T47"}, "body:/acceptsTerms": {true}, "body:/key": {"7b0f3ec5-5086-4871-8f13-3c81b3875218"}}
	for _, p := range Places(element.Of(r), nil, Options{Now: time.Unix(0, 0)}) {
		for _, v := range want[string(p.Element)] {
			if !slices.ContainsFunc(p.Changes, func(c Change) bool { return c.Edit.To == v && c.Odds >= .3 }) {
				t.Errorf("%s is not tried as %v: %+v", p.Element, v, p.Changes)
			}
		}
	}
}
