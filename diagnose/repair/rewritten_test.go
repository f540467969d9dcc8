package repair

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// placeOf is what could be tried on the member of a body that has one.
func placeOf(t *testing.T, url, name string, value any) Place {
	t.Helper()
	text, err := json.Marshal(map[string]any{name: value})
	if err != nil {
		t.Fatal(err)
	}
	r := request.Request{Method: "POST", URL: url, Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: string(text)}}
	for _, p := range Places(element.Of(r), nil, Options{Now: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}) {
		if p.Element == diagnose.ElementID("body:/"+name) {
			return p
		}
	}
	t.Fatalf("no place for %s", name)
	return Place{}
}

// TestValuesInOtherForms: what a value means is tried in the form that most servers take, under whatever name it stands.
func TestValuesInOtherForms(t *testing.T) {
	const url = "https://api.test/v1/things"
	for _, c := range []struct {
		url, name   string
		value, want any
	}{
		{url, "plan", "day-pass", "day_pass"}, {url, "visit", "check-up", "checkup"}, {url, "framework", "next.js", "nextjs"}, {url, "progress", "in_progress", "in-progress"},
		{url, "employment", "fulltime", "full_time"}, {url, "interval", "monthly", "month"}, {url, "block", "North", "north"}, {url, "sex", "female", "f"},
		{url, "performance", "5 December, 7:30 pm", "2026-12-05T19:30:00Z"}, {url, "available", "March 1st", "2027-03-01"}, {url, "available", "5th of December", "2026-12-05"}, {url, "valid", "31 Jan 2026", "2026-01-31"},
		{url, "firmware", "v1.4", "1.4.0"}, {url, "device", "A1:B2:C3:D4:E5:F6", "a1b2c3d4e5f6"}, {url, "opens", "19:30", "19:30:00"}, {url, "opens", "19:30:00", "19:30"},
		{url, "seats", "two", json.Number("2")}, {url, "floor", "5b", json.Number("5")}, {url, "maxPriceCents", "900.50", "90050"}, {url, "fasting", "sober", true},
		{url, "applyUrl", "http://example.com/jobs", "https://example.com/jobs"}, {"https://api.test/freight.v1.LoadService/BookLoad", "mode", "road", "MODE_ROAD"},
	} {
		p := placeOf(t, c.url, c.name, c.value)
		i := slices.IndexFunc(p.Changes, func(ch Change) bool { return ch.Edit.Op == diagnose.Set && reflect.DeepEqual(ch.Edit.To, c.want) })
		if i < 0 || p.Changes[i].Odds < .24 {
			t.Errorf("%s=%v: %v is not tried, or late: %+v", c.name, c.value, c.want, p.Changes)
		}
	}
}

// TestTextsStayTexts: what people write, names and addresses are no choices in another spelling, and no days.
func TestTextsStayTexts(t *testing.T) {
	for _, c := range [][2]string{{"headline", "Go engineer"}, {"visitor", "Ada Lovelace"}, {"note", "see you on 5 December"}, {"city", "St-Denis"}, {"host", "http://localhost:8080/x"}} {
		for _, ch := range placeOf(t, "https://api.test/v1/things", c[0], c[1]).Changes {
			switch ch.Edit.Why {
			case "the word in another spelling", "the day that is meant", "the moment that is meant", "over TLS":
				t.Errorf("%s=%q: %v", c[0], c[1], ch.Edit.To)
			}
		}
	}
}
