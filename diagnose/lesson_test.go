package diagnose

import (
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
