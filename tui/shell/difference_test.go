package shell

import (
	"testing"

	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/tui/theme"
)

// A changed line is seen whatever it begins with: that of a body in YAML or SQL with two dashes, too.
func TestADifferenceShowsLinesThatLookLikeItsOwnHead(t *testing.T) {
	body := func(text string) collections.Saved {
		return collections.Saved{Body: collections.SavedBody{Type: "text", Text: text}}
	}
	got := difference(theme.New(theme.Choice{}), body("-- old\nsame\n"), body("++ new\nsame\n"))
	if len(got) != 2 || ansi.Strip(got[0]) != "- -- old" || ansi.Strip(got[1]) != "+ ++ new" {
		t.Errorf("%q", got)
	}
}
