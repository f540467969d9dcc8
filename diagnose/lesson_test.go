package diagnose

import (
	"slices"
	"strings"
	"testing"
)

func TestLessonsAreOfKnownCauses(t *testing.T) {
	if len(lessons()) < 40 {
		t.Errorf("%d lessons", len(lessons()))
	}
	for id, l := range lessons() {
		if id.Cause().Meaning == "" || l.Means == "" || l.Prevent == "" || l.Ref == "" {
			t.Errorf("%s: %+v", id, l)
		}
	}
}

func TestEveryCauseReadsInASentence(t *testing.T) {
	if len(causes()) < 100 {
		t.Errorf("%d causes", len(causes()))
	}
	for id, c := range causes() {
		switch {
		case c.Meaning == "" || strings.ContainsAny(c.Meaning, "()"):
			t.Errorf("%s: the name %q", id, c.Meaning)
		case c.Says == "" || strings.HasSuffix(c.Says, ".") || strings.Contains(strings.ReplaceAll(c.Says, "{it}", ""), "{"):
			t.Errorf("%s: the sentence %q", id, c.Says)
		case !strings.HasSuffix(c.Fix, ".") || c.Fix[:1] != strings.ToUpper(c.Fix[:1]):
			t.Errorf("%s: what to do: %q", id, c.Fix)
		}
	}
}

// A person is told what a probe is for, not its number in our notes.
func TestReasonsAreSpokenWithoutNumbers(t *testing.T) {
	for why, want := range map[string]string{
		"K18: wait four times as long": "wait four times as long", "does it pass again?": "does it pass again?", "K: x": "K: x", "KEY: x": "KEY: x", "": "",
	} {
		if got := Spoken(why); got != want {
			t.Errorf("%q: %q, want %q", why, got, want)
		}
	}
}

// A rule is one click away: each RFC has its title, and each section its address.
func TestReferencesHaveAddresses(t *testing.T) {
	for id, l := range lessons() {
		refs := l.References()
		if len(refs) == 0 || len(refs) < strings.Count(l.Ref, "RFC ") {
			t.Errorf("%s: %q became %+v", id, l.Ref, refs)
		}
		for _, r := range refs {
			if strings.Contains(r.Text, "RFC ") && (r.URL == "" || !strings.Contains(r.Text, ", ")) {
				t.Errorf("%s: %+v", id, r)
			}
		}
	}
	for ref, want := range map[string][]Reference{
		"RFC 9110 §13, §15.5.13": {{"RFC 9110 §13, HTTP semantics", "https://www.rfc-editor.org/rfc/rfc9110#section-13"},
			{"RFC 9110 §15.5.13, HTTP semantics", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.13"}},
		"RFC 1035, NXDOMAIN: RFC 8020": {{"RFC 1035, domain names", "https://www.rfc-editor.org/rfc/rfc1035"},
			{"NXDOMAIN: RFC 8020, names that do not exist", "https://www.rfc-editor.org/rfc/rfc8020"}},
		"RFC 9110 §9.2.2 on repeating": {{"RFC 9110 §9.2.2 on repeating, HTTP semantics", "https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2"}},
		"draft-ietf-httpapi-idempotency-key-header": {{"draft-ietf-httpapi-idempotency-key-header",
			"https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/"}},
		"its documentation": {{Text: "its documentation"}},
	} {
		if got := (Lesson{Ref: ref}).References(); !slices.Equal(got, want) {
			t.Errorf("%q: got %+v, want %+v", ref, got, want)
		}
	}
}
