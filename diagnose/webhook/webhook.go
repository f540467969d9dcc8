// Package webhook checks a stored webhook delivery on the receiving side: whether its signature fits, and if not, which
// change of bytes or secret would make it fit (DIAGNOSIS §5, W1–W10).
//
// Everything is local: nothing is sent, no file is opened, no secret is shown. Certificates (half of W2) cannot be seen
// from a delivery; which events a sender has subscribed (half of W8) only the sender knows.
package webhook

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// A Delivery is one request of a sender as it was stored.
type Delivery struct {
	Method string
	URL    string // with its scheme when that is known, "//host/path" else
	Header []request.Field
	Body   []byte    // as stored, which need not be as sent
	At     time.Time // when it came; zero when not known
	Answer *Answer   // what the receiver said; nil when that was not stored
}

// An Answer is what the receiver said to a delivery.
type Answer struct {
	Status int
	Header []request.Field
	Body   []byte
	Took   time.Duration // 0 when not known
}

// A Secret is a key that deliveries may be signed with. Only its name is ever shown.
type Secret struct {
	Name  string // of the variable that it came from
	Value string
}

// A Result is what can be said about one delivery.
type Result struct {
	Scheme string         // whose documented way of signing the headers show; "" when they show none of package webhook's
	Header string         // that holds the signature; "" when there is none
	Match  *Match         // nil when nothing gives the signature
	Tried  int            // how many ways were computed until it was found
	Hits   []diagnose.Hit // what is wrong, in the order of the rules
}

// Check looks at deliveries, oldest first, each by itself and as a series; the results have their order. It never
// blocks; a body above 1 MiB is compared in fewer ways.
func Check(all []Delivery, secrets []Secret) []Result {
	results := make([]Result, len(all))
	for i, d := range all {
		results[i] = check(d, secrets)
	}
	disabled(all, results)
	repeated(all, results)
	return results
}

func check(d Delivery, secrets []Secret) Result {
	s := read(d)
	r := Result{Scheme: s.scheme.name, Header: s.header}
	if len(secrets) > 0 && len(s.wanted) > 0 {
		r.Match, r.Tried = s.find(secrets)
	}
	for _, rule := range rules {
		rule(d, s, secrets, &r)
	}
	return r
}

// hit adds a finding.
func (r *Result) hit(rule string, id diagnose.ElementID, cause diagnose.CauseID, text string) {
	r.Hits = append(r.Hits, diagnose.Hit{Rule: rule, Element: id, Cause: cause, Odds: 50, Text: text})
}

// ID returns what the sender calls this delivery, so that its repetition can be told: a header, else the id of the
// event in the body; "" when there is none.
func (d Delivery) ID() string {
	for _, name := range []string{"webhook-id", "svix-id", "X-GitHub-Delivery", "X-Shopify-Webhook-Id", "X-Delivery-Id", "Twitch-Eventsub-Message-Id"} {
		if v := request.Get(d.Header, name); v != "" {
			return v
		}
	}
	var event struct {
		ID    any `json:"id"`
		Event any `json:"event_id"`
	}
	if json.Unmarshal(d.Body, &event) == nil {
		for _, v := range []any{event.Event, event.ID} {
			if s, ok := v.(string); ok {
				return s
			}
		}
	}
	return ""
}

// mentions reports whether the answer's first kilobytes hold one of words, whatever their case.
func (a *Answer) mentions(words ...string) bool {
	low := strings.ToLower(string(a.Body[:min(len(a.Body), 4<<10)]))
	for _, w := range words {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

func (a *Answer) page() bool {
	t := bytes.ToLower(bytes.TrimSpace(a.Body[:min(len(a.Body), 64)]))
	return bytes.HasPrefix(t, []byte("<!doctype html")) || bytes.HasPrefix(t, []byte("<html"))
}
