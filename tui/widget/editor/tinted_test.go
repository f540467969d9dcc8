package editor

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"culprit/tui/theme"
	"culprit/tui/widget/looks"
)

// What is only read is coloured like what is edited, and its characters stay what they are: what is no JSON is no mistake here.
func TestLinesAreTinted(t *testing.T) {
	s := theme.New(theme.Choice{})
	lines := []string{`{"name": "Ada é 漢", "n": -1.5,`, `  "pin": ‹secret:pin›, "ok": true}`, "", "a=b&c"}
	for i, got := range Tinted(looks.Of(s), lines) {
		if ansi.Strip(got) != lines[i] {
			t.Errorf("%q is drawn as %q", lines[i], got)
		}
	}
	got := Tinted(looks.Of(s), lines)[0]
	for _, want := range []string{s.JSON.Key.Render(`"name"`), s.JSON.Number.Render("-1.5")} {
		if open, _, _ := strings.Cut(want, "\""); !strings.Contains(got, strings.TrimSuffix(open, "\x1b[m")) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
	if plain := Tinted(looks.Of(s), []string{"nonsense"})[0]; strings.Contains(plain, s.JSON.Error.Render("nonsense")) {
		t.Errorf("%q is drawn as a mistake", plain)
	}
}
