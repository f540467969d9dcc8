package environments

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/screen"
	"culprit/tui/theme"
)

func open(all []collections.Environment) *Environments {
	return Open(Options{Styles: theme.New(theme.Choice{}), Keys: keys.Default(), Origin: func(_, name string) (string, bool) { return "X_" + name, false }}, all, "b")
}

func hostile() []collections.Environment {
	v := func(name, value string) collections.Variable { return collections.Variable{Name: name, Value: value} }
	return []collections.Environment{{Name: "漢字\x1b[2J", File: "/a/漢\n.yml", Variables: []collections.Variable{v("", ""), v("a\nb", strings.Repeat("漢", 90)), v("t", "x")}},
		{Name: "b", Production: true, Variables: []collections.Variable{v("t", "\x1b]0;x\x07"), {Name: "s", Secret: true}, {Name: "o", Value: "1", Off: true}}}, {Name: "c", Dev: true}}
}

func TestRandomKeysNeverBreakTheFrame(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	named := []tea.KeyPressMsg{{Code: tea.KeyUp}, {Code: tea.KeyDown}, {Code: tea.KeyPgUp}, {Code: tea.KeyPgDown}, {Code: tea.KeyEnd}, {Code: tea.KeyHome},
		{Code: tea.KeyEnter}, {Code: tea.KeyEscape}, {Code: tea.KeyTab}, {Code: ' '}}
	for _, c := range "hjkluaxsp=negG" {
		named = append(named, tea.KeyPressMsg{Code: c, Text: string(c)})
	}
	for _, all := range [][]collections.Environment{nil, hostile()[:1], hostile()} {
		e := open(all)
		e.Resize(80, 22)
		for range 2000 {
			switch n := r.IntN(20); n {
			case 0:
				e.Resize(1+r.IntN(200), 1+r.IntN(50))
			case 1:
				e.Mouse(tea.MouseClickMsg{X: r.IntN(80), Y: r.IntN(30), Button: tea.MouseLeft})
			case 2:
				e.Set(all[:r.IntN(len(all)+1)], "b")
			}
			i, _ := e.Update(named[r.IntN(len(named))])
			answer(i, r)
			rows := strings.Split(e.View(), "\n")
			if len(rows) != e.h {
				t.Fatalf("%d of %d rows", len(rows), e.h)
			}
			for _, row := range rows {
				if ansi.StringWidth(row) != e.w || strings.Contains(row, "\x1b[2J") || strings.Contains(row, "\x1b]") {
					t.Fatalf("%dx%d: %q", e.w, e.h, row)
				}
			}
		}
	}
}

// answer answers what the screen asks.
func answer(i tui.Intent, r *rand.Rand) {
	switch i := i.(type) {
	case screen.Choose:
		i.Done(i.Of[r.IntN(len(i.Of))])
	case screen.Ask:
		i.Done([]string{"", "t=1", "new=2", "=", "t"}[r.IntN(5)])
	}
}
