package inquiry_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// TestVerdictsOnRefusals are refusals whose wording says one thing and whose experiment says another.
func TestVerdictsOnRefusals(t *testing.T) {
	remove := withToken("/orders/7")
	remove.Request.Method, remove.Writes = "DELETE", true
	good := withToken("/rooms/1").Request
	numbered := withToken("/rooms/0")
	numbered.Good = []diagnose.Known{{Request: good}}
	for _, w := range []struct {
		name  string
		c     diagnose.Case
		f     answers
		cause diagnose.CauseID
		el    diagnose.ElementID
	}{
		{"a token refused in the words for none, where its scheme is asked for", withToken("/me"), func(diagnose.Question) (int, string, []string) {
			return 401, `{"detail":"Not authenticated"}`, []string{"WWW-Authenticate", "Bearer"}
		}, "invalid_credentials", "auth"},
		{"403 without credentials", diagnose.Case{Request: get("/log")}, always(403, `{"message":"Access is denied"}`), "missing_credentials", "auth"},
		{"a page that refuses without credentials", diagnose.Case{Request: get("/log")}, always(403, `<html><body>Forbidden</body></html>`), "insufficient_permission", "auth"},
		{"a method that is answered like no route", remove, func(q diagnose.Question) (int, string, []string) {
			if q.Request.Method == "GET" && strings.HasSuffix(q.Request.URL, "/orders/7") {
				return 200, `{"id":7}`, nil
			}
			return 404, `{"error":"not found"}`, nil
		}, "method_not_allowed", "method"},
		{"a procedure's resource that is not there", write("/rpc/GetTour", `{"id":"andes"}`), func(q diagnose.Question) (int, string, []string) {
			_, rest, _ := strings.Cut(q.Request.Body.Text, `"id":"`)
			id, _, _ := strings.Cut(rest, `"`)
			if !strings.HasSuffix(q.Request.URL, "/rpc/GetTour") {
				return 404, `{"msg":"no handler"}`, nil
			}
			return 404, `{"code":"not_found","msg":"no tour ` + id + `"}`, nil
		}, "resource_not_found", "body:/id"},
		{"a choice in a list that is there already", write("/rooms", `{"features":["screen","beamer"]}`), func(q diagnose.Question) (int, string, []string) {
			switch {
			case strings.Contains(q.Request.Body.Text, "beamer"):
				return 400, `Error at "/features/1": value is not one of the allowed values ["screen","phone"]`, []string{"Content-Type", "text/plain"}
			case strings.Count(q.Request.Body.Text, "screen") > 1:
				return 400, `Error at "/features": duplicate items found`, []string{"Content-Type", "text/plain"}
			}
			return 201, `{"id":1}`, nil
		}, "invalid_body_property_value", "body:/features/1"},
		{"one parameter too many beside one that is required", diagnose.Case{Request: get("/bookings?from=2026-08-01&until=2026-08-05")}, func(q diagnose.Question) (int, string, []string) {
			if strings.Contains(q.Request.URL, "/bookings?from=") && !strings.Contains(q.Request.URL, "until") {
				return 200, `[{"id":1}]`, nil
			}
			return 400, `{"error":"Bad Request"}`, nil
		}, "invalid_request_parameter", "query:until"},
		{"a number in the path that is not accepted", numbered, func(q diagnose.Question) (int, string, []string) {
			if strings.HasSuffix(q.Request.URL, "/rooms/1") {
				return 200, `{"id":1}`, nil
			}
			return 400, `{"error":"Bad Request"}`, nil
		}, "invalid_request_parameter", "url.path"},
	} {
		t.Run(w.name, func(t *testing.T) {
			report, _ := asked(t, w.c, w.f)
			if v := report.Verdict; len(v.Culprits) != 1 || v.Culprits[0].Cause != w.cause || v.Culprits[0].Element != w.el {
				t.Errorf("got %s %+v\n%s", v.Outcome, v.Culprits, words(report))
			}
		})
	}
}

// TestOpaqueRefusals are bodies refused without a word, where the first variation that passes is not yet the answer.
func TestOpaqueRefusals(t *testing.T) {
	for _, w := range []struct {
		name, body string
		refuses    func(body map[string]any) bool
		cause      diagnose.CauseID
		el         diagnose.ElementID
		more       int // culprits besides
	}{
		{"a number where text is wanted, in a member that may be left out", `{"mode":"x","value":8080}`, func(b map[string]any) bool {
			_, number := b["value"].(float64)
			return number || b["mode"] == nil
		}, "invalid_body_property_type", "body:/value", 0},
		{"a number too large beside a choice in capitals", `{"seats":80,"level":"LEVEL_HARD"}`, func(b map[string]any) bool {
			n, _ := b["seats"].(float64)
			return n < 1 || n > 50 || b["level"] != "LEVEL_HARD"
		}, "invalid_body_property_value", "body:/seats", 0},
		{"an item that is not of the choices", `{"owner":"x","features":["screen","beamer"]}`, func(b map[string]any) bool {
			l, _ := b["features"].([]any)
			return slices.Contains(l, any("beamer")) || b["owner"] == nil
		}, "invalid_body_property_value", "body:/features/1", 0},
		{"a name that is missing, where others do not matter", `{"kettle":true,"volume":2}`, func(b map[string]any) bool {
			return b["name"] == nil
		}, "missing_body_property", "body:/name", 0},
		{"a name that is missing, where no others are known", `{"kettle":true,"volume":2}`, func(b map[string]any) bool {
			return b["name"] == nil || len(b) != 3 || b["kettle"] == nil || b["volume"] == nil
		}, "missing_body_property", "body:/name", 0},
		{"the other half of a pair", `{"x":"u","lat":50.9}`, func(b map[string]any) bool {
			return b["lng"] == nil || len(b) != 3 || b["x"] != "u"
		}, "missing_body_property", "body:/lng", 0},
		{"two values of unlike kinds", `{"room":"seven","paid":"no","guest":"Ada Lovelace","nights":3}`, func(b map[string]any) bool {
			_, number := b["room"].(float64)
			_, flag := b["paid"].(bool)
			return !number || !flag || b["guest"] == nil || b["nights"] == nil
		}, "invalid_body_property_type", "body:/room", 1},
		{"a member that no API has, before a number that many have", `{"gears":21,"zorps":14}`, func(b map[string]any) bool {
			return b["gears"] == nil || len(b) != 1
		}, "unexpected_body_property", "body:/zorps", 0},
		{"a value that nobody can guess, where unknown members are let pass", `{"gears":21,"zorps":"q-17-b"}`, func(b map[string]any) bool {
			return b["gears"] == nil || b["zorps"] != nil
		}, "invalid_body_property_value", "body:/zorps", 0},
		{"a choice in another case, where no others are known", `{"gears":21,"addressType":"Business"}`, func(b map[string]any) bool {
			v, sent := b["addressType"]
			return b["gears"] == nil || sent && v != "BUSINESS" || len(b) > 2 || !sent && len(b) > 1
		}, "invalid_body_property_value", "body:/addressType", 0},
		{"a slug beside a day that may be meant", `{"slug":"Ship It","publishedAt":"2026-02-01"}`, func(b map[string]any) bool {
			return b["slug"] != "ship-it" || b["publishedAt"] != "2026-02-01"
		}, "invalid_body_property_format", "body:/slug", 0},
	} {
		t.Run(w.name, func(t *testing.T) {
			report, _ := asked(t, write("/things", w.body), func(q diagnose.Question) (int, string, []string) {
				var b map[string]any
				switch {
				case q.Request.Method != "POST" || !strings.HasSuffix(q.Request.URL, "/things"):
					return 404, `{"error":"Not Found"}`, nil
				case json.Unmarshal([]byte(q.Request.Body.Text), &b) != nil || w.refuses(b):
					return 400, `{"error":"Bad Request"}`, nil
				}
				return 201, `{"id":1}`, nil
			})
			if v := report.Verdict; len(v.Culprits) != 1+w.more || v.Culprits[0].Cause != w.cause || v.Culprits[0].Element != w.el {
				t.Errorf("got %s %+v\n%s", v.Outcome, v.Culprits, words(report))
			}
		})
	}
}

// TestAMemberThatNothingTellsApartIsNotConfirmed: a server that takes no member that it does not know refuses a member of
// which no value passes; that it does not know the member is not proved.
func TestAMemberThatNothingTellsApartIsNotConfirmed(t *testing.T) {
	report, _ := asked(t, write("/things", `{"gears":21,"channel":"pigeon"}`), func(q diagnose.Question) (int, string, []string) {
		var b map[string]any
		if json.Unmarshal([]byte(q.Request.Body.Text), &b) != nil || b["gears"] == nil || len(b) != 1 {
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if c := report.Verdict.Culprits; len(c) != 1 || c[0].Element != "body:/channel" || c[0].Standing != diagnose.Isolated || !strings.Contains(c[0].Explanation, "does not take its value") {
		t.Errorf("got %+v\n%s", c, words(report))
	}
}

// TestAPortThatShowsACertificateSpeaksTLS: no byte in clear text, and over TLS a certificate that is not trusted here.
func TestAPortThatShowsACertificateSpeaksTLS(t *testing.T) {
	report, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: request.Request{Method: "GET", URL: "http://api.test/search"}, Now: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)}),
		func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
			if q.Request == nil {
				return diagnose.Answer{}, nil
			}
			f := &request.Failure{Phase: request.PhaseWait, Cause: "empty_response", Text: "The server closed the connection."}
			if strings.HasPrefix(q.Request.URL, "https://") {
				f = &request.Failure{Phase: request.PhaseTLS, Cause: "tls_unknown_authority", Text: "The authority is not trusted."}
			}
			return diagnose.Answer{Exchange: &request.Exchange{Request: *q.Request, Failure: f}}, nil
		}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if v := report.Verdict; len(v.Culprits) != 1 || v.Culprits[0].Cause != "scheme_mismatch" || v.Culprits[0].Element != "url.scheme" {
		t.Errorf("got %s %+v", v.Outcome, v.Culprits)
	}
}

// Two checks suspect the same value: without consent it is listed once, with both reasons.
func TestASuspectIsListedOnce(t *testing.T) {
	c := write("/orders", `{"items":[{"unit_price":12.50},{"unit_price":"12.50"},{"unit_price":9.00}]}`)
	c.Writes = false
	r, err := diagnose.Run(t.Context(), inquiry.New(c), func(context.Context, diagnose.Question) (diagnose.Answer, error) {
		return diagnose.Answer{Refused: "no"}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	times := 0
	for _, s := range r.Verdict.Culprits {
		if s.Element != "body:/items/1/unit_price" {
			continue
		}
		if times++; strings.Count(s.Explanation, ".") < 2 || !strings.Contains(s.Explanation, "other items") {
			t.Errorf("because: %s", s.Explanation)
		}
	}
	if times != 1 {
		t.Errorf("listed %d times: %s", times, shown(r.Verdict.Culprits))
	}
}
