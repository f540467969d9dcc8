package dossier

import (
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
