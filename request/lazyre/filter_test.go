package lazyre

import (
	"regexp"
	"slices"
	"testing"
)

// patterns are of the kinds that the program has.
var patterns = []string{
	`^[0-9]{4}[-/.][0-9]{1,2}([T ].*)?$|^[0-9]{1,2}[-/.]( .*)?$`, `(?i)\b(unknown|no such) route\b`, `^\s*$`, `^P([0-9]+[YMWD])*$`, `^(|a)b`, `(?m)^at `,
	`(?i)task`, `[Kk]ey=`, `\{\{[^}]*\}\}|\$\{[^}]*\}`, `(?:ab|cd){2,}x?`, `é|ü`, `(?i)ÄRGER`, `^(?i:get|post)\b`, `a*`, `^ſ`, `(?i)^s`, `x{0,3}yz`, `\x{FFFD}`, `^[^a-z]`, `(^|,)x`, `(?i)…|\.{3,}|\*{3,}|•{2}`,
}

// What the filter keeps from an expression, the expression does not match.
func FuzzTheFilterKeepsNoMatchAway(f *testing.F) {
	for _, s := range []string{"", "2026-01-02", "UNKNOWN ROUTE", "tasK", "taſk", "KEY=", "key=1", "${a}", "ababx", "\xff", "Ü", "ärger", "Post it", "ſ", "yz", "a\nat b", "1,x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range patterns {
			plain, lazy := regexp.MustCompile(p), New(p)
			if got, want := lazy.FindAllString(s, -1), plain.FindAllString(s, -1); !slices.Equal(got, want) {
				t.Errorf("%s in %q: got %q, want %q", p, s, got, want)
			}
			if got, want := lazy.ReplaceAllString(s, "-"), plain.ReplaceAllString(s, "-"); got != want {
				t.Errorf("%s in %q: got %q, want %q", p, s, got, want)
			}
		}
	})
}

func TestAnExpressionIsNotRunOnWhatLacksItsWords(t *testing.T) {
	for pattern, text := range map[string]string{
		`(?i)\b(unknown|no such) route\b`: "all is well", `^[0-9]+$`: "number 5", `\{\{.*\}\}`: `{"a":1}`, `a(bc|de)+f`: "abba f", `(?i)…|\.{3,}`: "a.b..c",
	} {
		if New(pattern).on(text) != nil {
			t.Errorf("%s is run on %q", pattern, text)
		}
	}
}
