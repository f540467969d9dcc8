package repair

import (
	"testing"

	"culprit/diagnose"
)

// A set of elements clashes with what one of them clashes with.
func TestStandingClashesAsEachOfIt(t *testing.T) {
	ids := []diagnose.ElementID{"body", "body:/a", "body:/a/b", "body:/a/b/0", "body:/ab", "body:/c", "form:a", "multipart:f", "url", "url.path", "url.path[0]",
		"url.query", "query:a", "auth", "header:Authorization", "header:Cookie", "cookie:sid", "header:Accept", "transport.http"}
	clash := func(a, b diagnose.ElementID) bool { return a == b || holds(a, b) || holds(b, a) }
	for _, a := range ids {
		for _, b := range ids {
			var s standing
			s.add(a)
			if !s.clash(b) {
				s.add(b)
			}
			for _, c := range ids {
				want := clash(a, c) || !clash(a, b) && clash(b, c)
				if got := s.clash(c); got != want {
					t.Errorf("%s beside %s and %s: clash %v, want %v", c, a, b, got, want)
				}
			}
		}
	}
}
