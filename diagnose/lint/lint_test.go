package lint

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// get makes a GET of a URL with headers "Name: value".
func get(url string, headers ...string) request.Request { return with("GET", url, "", "", headers...) }

// post makes a POST of a body with a type.
func post(media, body string, headers ...string) request.Request {
	return with("POST", "https://api.shop.test/v1/orders", media, body, headers...)
}

// data makes a POST of JSON.
func data(body string) request.Request { return post("application/json", body) }

func with(method, url, media, body string, headers ...string) request.Request {
	r := request.Request{Method: method, URL: url}
	if body != "" {
		r.Body = request.Body{Kind: request.RawBody, Type: media, Text: body}
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header = append(r.Header, request.Field{Name: name, Value: value})
	}
	return r
}

func auth(v string) request.Request { return get("https://api.shop.test/v1/me", "Authorization: "+v) }

// jwt makes an unsigned token with a signature part of the right length for HS256.
func jwt(claims string) string {
	e := base64.RawURLEncoding
	return e.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + e.EncodeToString([]byte(claims)) + "." + strings.Repeat("a", 43)
}

// in is an environment of that name, with nothing else around.
func in(environment string) diagnose.Surroundings {
	return diagnose.Surroundings{Environment: environment}
}

func check(r request.Request, f Facts) []diagnose.Hit {
	if f.Now.IsZero() {
		f.Now = noon
	}
	return Check(element.Of(r), f)
}

// find returns the most suspicious hit of a rule, on element when that is not "".
func find(hits []diagnose.Hit, rule string, id diagnose.ElementID) (diagnose.Hit, bool) {
	for _, h := range hits {
		if h.Rule == rule && (id == "" || h.Element == id) {
			return h, true
		}
	}
	return diagnose.Hit{}, false
}

// A sample is a request that a rule must find, and one that looks alike and that it must leave alone.
type sample struct {
	rule    string
	bad     request.Request
	facts   Facts
	element diagnose.ElementID
	cause   diagnose.CauseID
	fixed   string // what an edit sets; "-" for a removal, "" for none expected
	good    request.Request
}

func run(t *testing.T, samples []sample) {
	t.Helper()
	for i, c := range samples {
		t.Run(fmt.Sprintf("%s %d", c.rule, i), func(t *testing.T) {
			h, ok := find(check(c.bad, c.facts), c.rule, c.element)
			if !ok {
				t.Fatalf("not found: got %v", brief(check(c.bad, c.facts)))
			}
			if h.Cause != c.cause {
				t.Errorf("got cause %s, want %s", h.Cause, c.cause)
			}
			if got := edited(h); c.fixed != "" && got != c.fixed {
				t.Errorf("got edit %q, want %q", got, c.fixed)
			}
			if h, ok := find(check(c.good, c.facts), c.rule, ""); ok && h.Odds > 5 {
				t.Errorf("the look-alike is accused: %s %.0f %s", h.Element, h.Odds, h.Text)
			}
			applies(t, c.bad, check(c.bad, c.facts))
		})
	}
}

func edited(h diagnose.Hit) string {
	if len(h.Edits) == 0 {
		return ""
	}
	e := h.Edits[0]
	if e.Op == diagnose.Remove {
		return "-"
	}
	if e.Element == "body" || strings.HasPrefix(string(e.Element), "body:") && e.Op != diagnose.Rename {
		if s, ok := e.To.(string); ok && e.Element == "body" {
			return s
		}
		return string(element.Raw(e.To))
	}
	return fmt.Sprint(e.To)
}

func brief(hits []diagnose.Hit) string {
	var b strings.Builder
	for _, h := range hits {
		fmt.Fprintf(&b, "%s %s %.0f; ", h.Rule, h.Element, h.Odds)
	}
	return b.String()
}

// applies checks that every edit of every hit can be applied and is complete.
func applies(t *testing.T, r request.Request, hits []diagnose.Hit) {
	t.Helper()
	for _, h := range hits {
		if h.Odds <= 0 || h.Text == "" || h.Cause == "" || h.Element == "" || h.Cause.Cause().Side == "unknown" {
			t.Errorf("incomplete hit %+v", h)
		}
		for _, e := range h.Edits {
			if e.Source == "" || e.Cause == "" || e.Why == "" || e.Weight <= 0 || e.Harm <= 0 || e.Harm > 1 {
				t.Errorf("%s: incomplete edit %+v", h.Rule, e)
			}
			if _, err := element.Apply(r, []diagnose.Edit{e}); err != nil {
				t.Errorf("%s: %v", h.Rule, err)
			}
		}
	}
}

func TestHitsComeMostSuspiciousFirstAndTheSameEveryTime(t *testing.T) {
	r := data(`{"price":"12.50","email":"x","status":"shiped","a":null}`)
	first := check(r, Facts{})
	for i := 1; i < len(first); i++ {
		if first[i].Odds > first[i-1].Odds {
			t.Fatalf("not sorted: %s", brief(first))
		}
	}
	for range 5 {
		if again := check(r, Facts{}); brief(again) != brief(first) {
			t.Fatalf("got %s, then %s", brief(first), brief(again))
		}
	}
}

func TestNoHitShowsASecret(t *testing.T) {
	const secret = "s3cr3tV4lue"
	for _, r := range []request.Request{
		auth("Bearer  " + secret + " "), auth("Bearer Bearer " + secret), auth("\"Bearer " + secret + "\""), auth("Basic user:" + secret),
		get("https://h.test/?api_key=" + secret + "…"), get("https://h.test/", "X-Api-Key: "+secret+"\u200b"), auth("Bearer eyJ" + secret), auth(secret),
	} {
		for _, h := range check(r, Facts{}) {
			text := h.Text
			for _, e := range h.Edits {
				text += e.Why
			}
			if strings.Contains(text, secret) {
				t.Errorf("%s: %s", h.Rule, text)
			}
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("GET", "https://h/p//{id}?a=%zz&b=x+y#c=d", "Authorization", "Bearer eyJ.x", `{"a":"1","b":[{"c":1},{"c":"2"}],}`, "application/json")
	f.Add("post", "localhost:8080/v1/v1", "Content-Type", "text/plain; charset=utf8", `{"start":"2026-13-01","end":"1/2/03","email":"x","":null}`, "")
	f.Add("PATCH", "http://h:443/a?limit=ten&tag=a&tag[]=b", "Cookie", "Path=/; csrftoken=a", "a=1&b=%20", "application/x-www-form-urlencoded")
	f.Fuzz(func(t *testing.T, method, url, name, value, body, media string) {
		r := with(method, url, media, body)
		r.Header = []request.Field{{Name: name, Value: value}}
		other := data(body)
		hits := check(r, Facts{Siblings: []request.Request{other, r, get(url)}, Status: 400, Around: in("prod")})
		for _, h := range hits {
			for _, e := range h.Edits {
				if _, err := element.Apply(r, []diagnose.Edit{e}); err != nil {
					t.Fatalf("%s: %v", h.Rule, err)
				}
			}
		}
	})
}
