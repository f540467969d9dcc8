package shell

import (
	"testing"
	"testing/synctest"

	"culprit/collections"
)

func TestAssertionsAreShownWithTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{checks: []collections.Checked{
			{Assert: collections.Assert{Expression: "res.status", Operator: "eq", Value: "200"}, Verdict: collections.Passed},
			{Assert: collections.Assert{Expression: "res.body.items", Operator: "length", Value: "2"}, Verdict: collections.Failed, Why: "it is [{}], expected a length of 2"},
			{Assert: collections.Assert{Expression: "res.body.map(x)", Operator: "isNull"}, Verdict: collections.Unclear, Why: "this is JavaScript"},
		}}
		s := open(t, options(w), 140, 42)
		s.Press("s")
		s.Has("✓ 200 OK", "✗ tests 1/3", "List orders     200 ✗")
		s.Press("3", "]", "]", "]", "]", "]", "]")
		s.Has("✓ res.status eq 200", "✗ res.body.items length 2", "it is [{}], expected a length of 2", "? res.body.map(x) isNull  not checked")
	})
}

func TestAnAssertionIsAddedInTheForm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		s := open(t, options(w), 200, 42)
		s.Press("2", "]", "]", "]", "]", "]")
		s.Has("No assertions yet: a adds one.")
		s.Press("j", "a")
		s.Type("res.st")
		s.Has("res.status", "res.statusText") // what is usual there is offered
		s.Type("atus")
		s.Press("esc", "tab")
		s.Type("eq 201")
		s.Press("enter", "ctrl+s")
		s.Has("res.status", "eq 201", "Tests 1")
	})
}
