package cli

import (
	"fmt"
	"strings"
	"testing"
)

func numbered(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprint("line ", i)
	}
	return out
}

// Before yes or no a person sees what is different, wherever in a long body it stands.
func TestAnExcerptShowsWhatIsDifferent(t *testing.T) {
	for _, tt := range []struct {
		lines, at  int // -1 for no change
		want, lack string
	}{
		{9, 8, "line 0|line 7|changed", "…"},
		{40, 1, "line 0|changed|line 7|… 32 lines", "line 8"},
		{40, 30, "line 0|… 27 lines|line 28|line 29|changed|line 34|… 5 lines", "line 27|line 35"},
		{40, 39, "line 0|… 32 lines|line 33|changed", "line 32"},
		{40, -1, "line 0|line 7|… 32 lines", "line 8"},
	} {
		was, sent := numbered(tt.lines), numbered(tt.lines)
		if tt.at >= 0 {
			sent[tt.at] = "changed"
		}
		got := strings.Join(excerpt(sent, was), "|") + "|"
		for _, w := range strings.Split(tt.want, "|") {
			if !strings.Contains(got, w+"|") {
				t.Errorf("%d lines, changed at %d: no %q in %s", tt.lines, tt.at, w, got)
			}
		}
		for _, w := range strings.Split(tt.lack, "|") {
			if strings.Contains(got, w+"|") {
				t.Errorf("%d lines, changed at %d: %q in %s", tt.lines, tt.at, w, got)
			}
		}
	}
}
