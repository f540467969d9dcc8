//go:build unix

package screenio

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// What is drawn without asking for the terminal's way of measuring is measured the same in both.
func TestPlainIsMeasuredAlike(t *testing.T) {
	seen := 0
	for r := rune(' '); r <= 0x2ffff; r++ {
		s := string(r)
		if !plain(s) {
			continue
		}
		seen++
		for _, near := range []string{s, s + "a", "a" + s, s + "│", "│" + s, s + s} {
			cluster, _ := ansi.FirstGraphemeCluster(near, ansi.GraphemeWidth)
			if wc, gr := ansi.WcWidth.StringWidth(near), ansi.GraphemeWidth.StringWidth(near); wc != gr || len(cluster) == len(near) && near != s {
				t.Errorf("%U in %q: %d by wcwidth, %d by clusters, the first is %q", r, near, wc, gr, cluster)
			}
		}
	}
	if seen < 3000 {
		t.Errorf("only %d characters are plain", seen)
	}
}

// Once there was something that the two measure differently, it may still be on the screen: wcwidth it is from then
// on, unless the terminal says that it knows clusters.
func TestWidthMethod(t *testing.T) {
	s := &Screen{}
	for _, frame := range []struct {
		content string
		want    ansi.Method
	}{
		{"╭─ orders ─╮\n│ → ✓ “ok” │", ansi.GraphemeWidth},
		{"│ 👨‍👩‍👧 │", ansi.WcWidth},
		{"│ orders │", ansi.WcWidth},
	} {
		if got := s.method(frame.content); got != frame.want {
			t.Errorf("%q: method %d, want %d", frame.content, got, frame.want)
		}
	}
	s.clusters = true
	if got := s.method("│ 👨‍👩‍👧 │"); got != ansi.GraphemeWidth {
		t.Errorf("the terminal knows clusters: method %d", got)
	}
}
