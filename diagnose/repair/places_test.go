package repair

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

func placesOf(method, url, body string, opt Options) []Place {
	r := request.Request{Method: method, URL: url}
	if body != "" {
		r.Header = []request.Field{{Name: "Content-Type", Value: "application/json"}}
		r.Body = request.Body{Kind: request.RawBody, Type: "application/json", Text: body}
	}
	opt.Now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	return Places(element.Of(r), nil, opt)
}

func place(places []Place, id diagnose.ElementID) *Place {
	i := slices.IndexFunc(places, func(p Place) bool { return p.Element == id })
	if i < 0 {
		return nil
	}
	return &places[i]
}

func TestWhatSuchRequestsUsuallyHave(t *testing.T) {
	for _, c := range []struct {
		name, method, url, body string
		want, without           diagnose.ElementID
	}{
		{"a name", "POST", "http://a.test/pots", `{"size":3}`, "body:/name", "body:/size"},
		{"in the style of its siblings", "POST", "http://a.test/stays", `{"startDate":"2026-12-01"}`, "body:/endDate", "body:/end_date"},
		{"in the other style", "POST", "http://a.test/stays", `{"start_date":"2026-12-01"}`, "body:/end_date", "body:/endDate"},
		{"of a person", "POST", "http://a.test/rides", `{"rider":{"phone":"+12025550123"}}`, "body:/rider/email", "body:/rider/phone"},
		{"of an address", "POST", "http://a.test/parcels", `{"address":{"street":"5 High Street"}}`, "body:/address/city", "body:/address/street"},
		{"of an item", "POST", "http://a.test/carts", `{"items":[{"sku":"A1"}]}`, "body:/items/0/quantity", "body:/items/0/sku"},
		{"inside an envelope", "POST", "http://a.test/pots", `{"pot":{"size":3}}`, "body:/pot/name", "body:/pot/size"},
		{"the other half of a pair", "GET", "http://a.test/legs?from=CGN", "", "query:to", "query:from"},
		{"what the path asks for", "GET", "http://a.test/pots/findByColour", "", "query:colour", "query:colour_id"},
		{"what a search looks for", "GET", "http://a.test/search", "", "query:q", "query:zz"},
		{"nothing in a map of labels", "POST", "http://a.test/pods", `{"name":"a","labels":{"app":"web"}}`, "body:/title", "body:/labels/name"},
	} {
		places := placesOf(c.method, c.url, c.body, Options{})
		p := place(places, c.want)
		if p == nil || len(p.Changes) == 0 || p.Changes[0].Edit.Op != diagnose.Add || !strings.HasPrefix(string(p.Changes[0].Edit.Cause), "missing_") {
			t.Errorf("%s: got %+v for %s, want it to be added", c.name, p, c.want)
		}
		if p := place(places, c.without); p != nil && slices.ContainsFunc(p.Changes, func(c Change) bool { return c.Edit.Op == diagnose.Add }) {
			t.Errorf("%s: %s is added", c.name, c.without)
		}
		for _, p := range placesOf(c.method, c.url, c.body, Options{Complete: true}) {
			if slices.ContainsFunc(p.Changes, func(c Change) bool { return c.Edit.Op == diagnose.Add }) {
				t.Errorf("%s: %s is added to a request whose like worked", c.name, p.Element)
			}
		}
	}
}

func TestTheOtherHalfHoldsTheSameKind(t *testing.T) {
	places := placesOf("GET", "http://a.test/legs?from=CGN", "", Options{})
	if got := place(places, "query:to").Changes[0].Edit.To; got != "CGN" {
		t.Errorf("got %v for the end of a way from CGN, want a place, too", got)
	}
}

// TestPlacesOfAValue: every change of a value stands once, with odds and harm that are chances.
func TestPlacesOfAValue(t *testing.T) {
	for _, p := range placesOf("POST", "http://a.test/things?limit=5", `{"name":"Al","mac":"00-1b-44-11-3a-b7","count":"7","ok":"yes","at":"2026-12-01 10:00","tags":["a","b"],"n":null,"owner":{"id":7}}`, Options{}) {
		if p.Fault <= 0 {
			t.Errorf("%s: odds of %v", p.Element, p.Fault)
		}
		seen := map[string]bool{}
		for _, c := range p.Changes {
			if c.Odds <= 0 || c.Odds > 1 || c.Harm < 0 || c.Harm > 1 {
				t.Errorf("%s: odds %v, harm %v", p.Element, c.Odds, c.Harm)
			}
			key := string(c.Edit.Op) + element.Phrase(c.Edit)
			if seen[key] {
				t.Errorf("%s: %s twice", p.Element, key)
			}
			seen[key] = true
		}
	}
}

// TestPlacesOfALargeBody are those of five thousand members: no more than can be believed of, the odd one among them.
func TestPlacesOfALargeBody(t *testing.T) {
	items := strings.Repeat(`{"sku":"A-1","qty":2,"note":"some words","flag":true,"a":"x y","b":"x y","c":"x y","d":"x y","e":"x y","f":"x y"},`, 500)
	all := placesOf("POST", "http://h.test/a", `{"items":[`+strings.TrimSuffix(items, ",")+`],"status":"Opne"}`, Options{})
	if len(all) != mostPlaces || place(all, "body:/status") == nil {
		t.Errorf("got %d places", len(all))
	}
}

// TestValuesInOtherSpellings: what a person would try of a value that is refused without a word, and not of one that is
// as usual as it gets.
func TestValuesInOtherSpellings(t *testing.T) {
	for _, c := range []struct {
		name, body string
		el         diagnose.ElementID
		to         any
		found      bool
	}{
		{"a hardware address in dashes", `{"unit":"00-1b-44-11-3a-b7"}`, "body:/unit", "00:1B:44:11:3A:B7", true},
		{"a duration in words", `{"bake":"40 min"}`, "body:/bake", "PT40M", true},
		{"a duration of ISO 8601", `{"bake":"PT40M"}`, "body:/bake", "2026-11-20T12:00:00Z", false},
		{"a word for a day", `{"pickup_day":"tomorrow"}`, "body:/pickup_day", "2026-11-21", true},
		{"a number as a word", `{"seats_left":"eight"}`, "body:/seats_left", json.Number("8"), true},
		{"a code like that of its other half", `{"origin":"CGN","destination":"Paris"}`, "body:/destination", "PAR", true},
		{"two codes", `{"origin":"CGN","destination":"CDG"}`, "body:/destination", "cdg", false},
		{"a confirmation that differs", `{"secret_word":"abc","secret_word_confirm":"abd"}`, "body:/secret_word_confirm", "abc", true},
		{"a zone that is none of the database", `{"time_zone":"GMT+1"}`, "body:/time_zone", "Europe/Berlin", true},
		{"a tag with an underscore", `{"locale":"en_GB"}`, "body:/locale", "en-GB", true},
		{"a name for logging in with a blank", `{"username":"ada king"}`, "body:/username", "ada_king", true},
		{"a list that may want an item more", `{"choices":["tea"]}`, "body:/choices/1", "example", true},
		{"a size outside what its name allows", `{"lat":50.9}`, "body:/lat", json.Number("1000"), false},
		{"a moment is no size", `{"ts":1790000000}`, "body:/ts", json.Number("10"), false},
	} {
		p := place(placesOf("POST", "http://a.test/things", c.body, Options{}), c.el)
		if p == nil {
			t.Errorf("%s: %s is no place", c.name, c.el)
			continue
		}
		if found := slices.ContainsFunc(p.Changes, func(x Change) bool { return x.Edit.To == c.to }); found != c.found {
			t.Errorf("%s: %v tried: %v, want %v: %+v", c.name, c.to, found, c.found, p.Changes)
		}
	}
}

func TestOtherSchemesAndTheTypeOfAPatch(t *testing.T) {
	r := request.Request{Method: "PATCH", URL: "http://a.test/things/7", Header: []request.Field{{Name: "Content-Type", Value: "application/json"}, {Name: "Authorization", Value: `Token "abc-123"`}},
		Body: request.Body{Kind: request.RawBody, Text: `{"a":1}`}}
	places := Places(element.Of(r), nil, Options{})
	for id, to := range map[diagnose.ElementID]string{"auth": "Bearer abc-123", "header:Content-Type": "application/merge-patch+json"} {
		p := place(places, id)
		if p == nil || !slices.ContainsFunc(p.Changes, func(x Change) bool { return x.Edit.To == to }) {
			t.Errorf("%s: %s is not tried: %+v", id, to, p)
		}
	}
	r.Header[1].Value = "Basic YTpi"
	if p := place(Places(element.Of(r), nil, Options{}), "auth"); p != nil && len(p.Changes) > 0 {
		t.Errorf("a name and its password are sent under another scheme: %+v", p.Changes)
	}
}
