package dossier

import (
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestSecretsOfNeighbours are secrets that only other saved requests have: they are hidden in a case, and no fix writes
// them into a file; what the request has itself may move within it.
func TestSecretsOfNeighbours(t *testing.T) {
	own := request.Request{URL: "http://h.test/a", Secrets: []request.Secret{{Ref: "key", Value: "own-1234"}}}
	other := request.Request{URL: "http://h.test/b", Secrets: []request.Secret{{Ref: "key", Value: "own-1234"}, {Ref: "tenant", Value: "plum-7731"}}}
	c := diagnose.Case{Request: own, Siblings: []request.Request{other}, Good: []diagnose.Known{{Request: request.Request{Secrets: []request.Secret{{Ref: "old", Value: "pear-0001"}}}}}}
	fixed := own
	if fixed.Secrets = Borrowed(c); len(fixed.Secrets) != 3 || len(own.Secrets) != 1 {
		t.Fatalf("got %v, %v", fixed.Secrets, own.Secrets)
	}
	for value, writable := range map[string]bool{"plum-7731": false, "x pear-0001": false, "own-1234": true, "json": true} {
		fix := diagnose.Fix{Request: fixed, Edits: []diagnose.Edit{{Element: "header:X-Tenant", Op: diagnose.Add, To: value}}}
		if err := Writable(fix, own); (err == nil) != writable {
			t.Errorf("%s: got %v", value, err)
		}
	}
}

// TestLiteralsOfAGoodRequest: a command that somebody pasted has its credentials as plain text. Those are secrets that have a
// telling name or look like one, or stand where the request of the case has a secret; the rest is data.
func TestLiteralsOfAGoodRequest(t *testing.T) {
	body := func(text string) request.Body {
		return request.Body{Kind: request.RawBody, Type: "application/json", Text: text}
	}
	own := request.Request{Method: "POST", URL: "http://h.test/a?k=seven&page=2&api_key=same-on-both", Body: body(`{"pin":"1234","note":"tea","door":"oak"}`),
		Header: []request.Field{{Name: "X-Thing", Value: "plum"}, {Name: "X-Mode", Value: "fast"}}, Secrets: []request.Secret{{Ref: "thing", Value: "plum"}, {Ref: "k", Value: "seven"}, {Ref: "door", Value: "oak"}}}
	good := own.Clone()
	good.URL, good.Secrets = "http://h.test/a?k=abc&page=3&api_key=same-on-both", nil
	good.Body = body(`{"pin":"9876","note":"mug","door":"elm","extra":"zq8VfK2mXc7LpR4tWn0bYh3D"}`)
	good.Header = []request.Field{{Name: "X-Thing", Value: "pear"}, {Name: "X-Mode", Value: "slow"}}
	var got []string
	for _, s := range Borrowed(diagnose.Case{Request: own, Good: []diagnose.Known{{Label: "--good-curl", Request: good}}})[len(own.Secrets):] {
		got = append(got, s.Value)
	}
	slices.Sort(got)
	if want := "9876 abc elm pear zq8VfK2mXc7LpR4tWn0bYh3D"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	for value, writable := range map[string]bool{"abc": false, "abcde": true, "elm": false, "slow": true} {
		fixed := own
		fixed.Secrets = []request.Secret{{Ref: "k", Value: "abc"}, {Ref: "door", Value: "elm"}}
		if err := Writable(diagnose.Fix{Request: fixed, Edits: []diagnose.Edit{{Element: "query:k", Op: diagnose.Set, To: value}}}, own); (err == nil) != writable {
			t.Errorf("%s: got %v", value, err)
		}
	}
}
