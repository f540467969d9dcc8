package repair

import (
	"slices"
	"testing"
)

func TestSynonyms(t *testing.T) {
	for v, want := range map[string][]string{
		"descending": {"desc", "descendings"}, "celsius": {"C", "celsiu"}, "beginners": {"beginner"}, "star": {"stars"}, "email": {"mail", "emails"}, "x1": nil, "C": {"celsius"},
	} {
		if got := synonyms(v); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", v, got, want)
		}
	}
}
