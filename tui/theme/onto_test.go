package theme

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// What lies behind an overlay has the focus no more, and without colour a thick frame would say that it has.
func TestNothingBehindAnOverlayHasTheFocus(t *testing.T) {
	for name, c := range map[string]Choice{"no colour": {Depth: Colourless}, "ASCII": {Depth: Colourless, ASCII: true}, "contrast": {Contrast: true}, "colour": {}} {
		s := New(c)
		b, thick := s.Glyphs.Border, s.Glyphs.Thick
		pane := thick.TopLeft + thick.Top + " Body " + thick.Top + thick.TopRight + "\n" + thick.Left + "a ━ b = c" + thick.Right
		want := b.TopLeft + b.Top + " Body " + b.Top + b.TopRight + "\n" + b.Left + "a ━ b = c" + b.Right
		if got := ansi.Strip(s.Recede(pane)); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
	if strings.Contains(ansi.Strip(New(Choice{}).Recede("┃")), "│") { // the thumb of what is scrolled
		t.Error("in colour nothing is changed")
	}
}
