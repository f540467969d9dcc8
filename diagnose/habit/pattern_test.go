package habit

import (
	"regexp"
	"strings"
	"testing"
)

func TestWhatAPatternMatchesIsMadeUp(t *testing.T) {
	for pattern, want := range map[string]string{
		`^[A-Z]{3}-[0-9]{4}$`:         "AAA-1111",
		`^(?:cat|dog)s?$`:             "cat",
		`^[a-z]+(@|at)[a-z]*\.com\b`:  "a@.com",
		`^\p{Greek}$`:                 "Ͱ",
		`^a{400}$`:                    strings.Repeat("a", 400),
		`^[^\x00-\x{10FFFF}]$`:        "",
		`(`:                           "",
		`^(?:x{900}y{900})$`:          "",
		`^\d{5}(?:[-\s]\d{4})?$`:      "11111",
		`^[\w.+-]+@[\w-]+\.[\w.-]+$`:  "1@1.1",
		`^https?://(?:www\.)?\S{2,}/`: "http://11/",
	} {
		if got := Matching(pattern); got != want || got != "" && !regexp.MustCompile(pattern).MatchString(got) {
			t.Errorf("%s: got %q, want %q", pattern, got, want)
		}
	}
}
