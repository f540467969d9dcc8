package repair

import (
	"fmt"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// What a single word or a power of two may have been meant to be is among what is tried.
func TestWhatAWordMayHaveBeenMeantToBe(t *testing.T) {
	for _, c := range []struct {
		body string
		id   diagnose.ElementID
		want string // "" for none of the kind
	}{
		{`{"interval": "often", "name": "till"}`, "body:/interval", "10"},
		{`{"interval": "weekly", "name": "till"}`, "body:/interval", "!10"},
		{`{"started": "yesterday", "name": "till"}`, "body:/started", "2026-11-22T00:00:00Z"},
		{`{"operator": "INN", "name": "till"}`, "body:/operator", "IN"},
		{`{"size": "small", "mode": "full"}`, "body:/mode", "!ful"},
		{`{"key_size": 1024, "name": "till"}`, "body:/key_size", "2048"},
		{`{"payload_encoding": "utf8", "payload": "x"}`, "body:/payload_encoding", "base64"},
		{`{"selector": "Berlin", "limit": 5}`, "body:/selector", "{}"},
		{`{"properties": ["delivery_mode"], "payload": "x"}`, "body:/properties", "{}"},
		{`{"properties": {"delivery_mode": 2}, "payload": "x"}`, "body:/properties", "!{}"},
		{`{"query": "up{job=\"prom\"", "step": 60}`, "body:/query", `up{job="prom"}`},
		{`{"query": "rate(up{job=\"prom\"}[5m])", "step": 60}`, "body:/query", `!rate(up{job="prom"}[5m]))`},
		{`{"expr": "f(g('a", "note": "don't ask :)"}`, "body:/expr", "f(g('a'))"},
		{`{"expr": "1", "note": "don't ask :)"}`, "body:/note", "!don't ask :)'"},
	} {
		x := element.Of(request.Request{Method: "POST", URL: "https://api.test/x", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: c.body}})
		want, absent := c.want, false
		if want[0] == '!' {
			want, absent = want[1:], true
		}
		found := false
		for _, p := range Places(x, nil, Options{Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}) {
			for _, change := range p.Changes {
				found = found || p.Element == c.id && fmt.Sprintf("%s", change.Edit.To) == want
			}
		}
		if found == absent {
			t.Errorf("%s: %s tried is %v", c.body, want, found)
		}
	}
}
