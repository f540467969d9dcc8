package inquiry_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// shelves answers a search with 200 whatever it is asked; what it finds depends on the request.
func shelves(r request.Request) (int, string) {
	switch {
	case strings.Contains(r.URL, "page=99"):
		return 200, `{"items":[],"total":2}`
	case request.Get(r.Header, "X-Preview") != "":
		return 200, `{"items":[{"sku":"mug"},{"sku":"draft"}],"total":2}`
	}
	return 200, `{"items":[{"sku":"mug"},{"sku":"pot"}],"total":2}`
}

// An answer that a person says is wrong is traced to what of the request makes it so.
func TestAWrongAnswerIsTracedToTheRequest(t *testing.T) {
	const plain = `curl 'https://api.test/search?page=1'`
	for _, c := range []struct {
		name, request, good string
		want                diagnose.Expectation
		outcome             string
		element             diagnose.ElementID
	}{
		{"something is missing", `curl 'https://api.test/search?page=99' -H 'X-Team: a'`, plain, diagnose.Expectation{Has: `"mug"`}, diagnose.OutcomeIsolated, "query:page"},
		{"something is too much", `curl 'https://api.test/search?page=1' -H 'X-Preview: 1'`, plain, diagnose.Expectation{Lacks: "draft"}, diagnose.OutcomeIsolated, "header:X-Preview"},
		{"nothing makes it so", `curl 'https://api.test/search?page=1'`, plain, diagnose.Expectation{Has: "kettle"}, diagnose.OutcomeExplained, "server"},
		{"it is right", plain, plain, diagnose.Expectation{Has: "mug"}, diagnose.OutcomePassing, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := world{answers: shelves}
			k := diagnose.Case{Request: parsed(t, c.request), Expected: c.want, Now: time.Unix(0, 0), Good: []diagnose.Known{{Label: "good", Request: parsed(t, c.good)}}}
			got, err := diagnose.Run(t.Context(), inquiry.New(k), w.ask, nil)
			if err != nil {
				t.Fatal(err)
			}
			v := got.Verdict
			if v.Outcome != c.outcome || !strings.HasSuffix(v.Summary, "To pass means here: "+c.want.String()+".") {
				t.Errorf("%+v", v)
			}
			if c.element != "" && (len(v.Culprits) != 1 || v.Culprits[0].Element != c.element) || c.element == "" && len(v.Culprits) > 0 {
				t.Errorf("%+v", v.Culprits)
			}
		})
	}
}

// A person chooses an earlier answer that was right: what the two requests differ in is bisected, and nothing else is held
// against the request.
func TestAnAnswerUnlikeTheOneThatWasRight(t *testing.T) {
	const plain = `curl 'https://api.test/search?page=1&team=a'`
	for _, c := range []struct {
		name, request, right, then string
		outcome                    string
		element                    diagnose.ElementID
	}{
		{"a list is empty", `curl 'https://api.test/search?page=99&team=b' -H 'X-Team: b'`, plain, `{"items":[{"sku":"mug"}],"total":2}`, diagnose.OutcomeIsolated, "query:page"},
		{"another form", `curl 'https://api.test/search?page=1&team=b&flat=1'`, plain, `{"items":[{"sku":"mug"}],"total":2}`, diagnose.OutcomeIsolated, "query:flat"},
		{"the same request", plain, plain, `{"items":[{"sku":"mug","price":3}],"sum":2}`, diagnose.OutcomeExplained, "server"},
		{"another request, and the server changed", `curl 'https://api.test/search?page=1&team=b'`, plain, `{"items":[{"sku":"mug"}],"sum":2}`, diagnose.OutcomeExplained, "server"},
		{"it is built alike", `curl 'https://api.test/search?page=1&team=b'`, plain, `{"items":[{"sku":"jug"}],"total":1}`, diagnose.OutcomePassing, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := world{answers: func(r request.Request) (int, string) {
				if strings.Contains(r.URL, "flat=1") {
					return 200, `["mug","pot"]`
				}
				return shelves(r)
			}}
			right := parsed(t, c.right)
			then := exchange(right, always(200, c.then), diagnose.Question{})
			k := diagnose.Case{Request: parsed(t, c.request), Now: time.Unix(0, 0),
				Expected: diagnose.Expectation{As: &diagnose.Known{Label: "the exchange of Monday", Request: right, From: diagnose.FromHistory, Exchange: then}}}
			got, err := diagnose.Run(t.Context(), inquiry.New(k), w.ask, nil)
			if err != nil {
				t.Fatal(err)
			}
			v := got.Verdict
			if v.Outcome != c.outcome || !strings.HasSuffix(v.Summary, "To pass means here: the answer is built as that of the exchange of Monday, whatever its values are.") {
				t.Errorf("%+v", v)
			}
			if c.element != "" && (len(v.Culprits) != 1 || v.Culprits[0].Element != c.element) || c.element == "" && len(v.Culprits) > 0 {
				t.Errorf("%+v", v.Culprits)
			}
			if c.outcome == diagnose.OutcomeIsolated && len(got.Answer) == 0 {
				t.Error("it is not said what is wrong with the answer")
			}
		})
	}
}

// What comes in place of the wrong answer is no right one because it is wrong in another way: a page, an answer without
// the list at all, one that cannot be read. Only the request with both differences mended gets what was right.
func TestAnAnswerThatIsWrongInAnotherWayIsNotTheRightOne(t *testing.T) {
	for name, other := range map[string]string{"a page": `<html>Hello</html>`, "without the list": `{"shelf":"b","total":2}`, "nothing in it": `{}`, "a list of its own": `["mug"]`, "broken off": `{"items":[{"sku":`} {
		t.Run(name, func(t *testing.T) {
			w := world{answers: func(r request.Request) (int, string) {
				if strings.Contains(r.URL, "team=b") && !strings.Contains(r.URL, "page=99") {
					return 200, other
				}
				return shelves(r)
			}}
			right := parsed(t, `curl 'https://api.test/search?page=1&team=a'`)
			then := exchange(right, always(200, `{"items":[{"sku":"mug"}],"total":2}`), diagnose.Question{})
			k := diagnose.Case{Request: parsed(t, `curl 'https://api.test/search?page=99&team=b'`), Now: time.Unix(0, 0),
				Expected: diagnose.Expectation{As: &diagnose.Known{Label: "the exchange of Monday", Request: right, From: diagnose.FromHistory, Exchange: then}}}
			got, err := diagnose.Run(t.Context(), inquiry.New(k), w.ask, nil)
			if err != nil {
				t.Fatal(err)
			}
			if v := got.Verdict; len(v.Culprits) != 2 {
				t.Errorf("%s %s", v.Outcome, shown(v.Culprits))
			}
		})
	}
}

// Of the answer that was right only a piece is kept: nothing can be compared with it, and that is said.
func TestAnAnswerThatCannotBeCompared(t *testing.T) {
	plain := parsed(t, `curl 'https://api.test/search?page=1'`)
	then := exchange(plain, always(200, `{"items":[{"sku":`), diagnose.Question{})
	k := diagnose.Case{Request: plain, Now: time.Unix(0, 0), Expected: diagnose.Expectation{As: &diagnose.Known{Label: "the exchange of Monday", Request: plain, From: diagnose.FromHistory, Exchange: then}}}
	got, err := diagnose.Run(t.Context(), inquiry.New(k), world{answers: shelves}.ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(got.Hints, func(h diagnose.Hint) bool { return strings.Contains(h.Text, "could be compared") }) {
		t.Errorf("%s %q", got.Verdict.Summary, got.Hints)
	}
}
