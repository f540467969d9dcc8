package wizard

import (
	"testing"

	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/tui/screentest"
	"culprit/tui/theme"
	"culprit/tui/widget/widgettest"
)

// What is read stays where it is when something turns up that the request does not have, and when that is cleared again.
func TestNothingMovesWhenASuspectTurnsUp(t *testing.T) {
	z := begin(140, 60, theme.Choice{})
	tell(z, screentest.OrderHalf())
	before := map[string]int{}
	for _, words := range []string{"Request ", "api.shop.example ", "Credentials ", "X-Request-Id", "Cookies"} {
		before[words] = rowOf(z, words)
	}
	same := func(when string) {
		t.Helper()
		for words, row := range before {
			if now := rowOf(z, words); now != row || now < 0 {
				t.Errorf("%s: %q stood on line %d, and now on %d", when, words, row, now)
			}
		}
	}
	late := diagnose.Suspect{Element: "header:Idempotency-Key", P: 0.9, State: "suspect", Why: "the answer asks for it"}
	more := append(append([]diagnose.Suspect(nil), z.board.suspects...), late,
		diagnose.Suspect{Element: "url.path[1]", P: 0.95, State: "suspect"}, diagnose.Suspect{Element: "tls.client_certificate", P: 0.9, State: "suspect"})
	z.Update(diagnose.Event{Suspects: more})
	same("suspected")
	if rowOf(z, "Not in the request") < 0 || rowOf(z, "header:Idempotency-Key  the answer asks") < 0 || rowOf(z, "tls.client_certificate") < 0 || rowOf(z, "path [1]") < 0 {
		t.Error("what is missing is not there:\n", ansi.Strip(z.View()))
	}
	late.P, late.State = 0, "cleared"
	z.Update(diagnose.Event{Suspects: append(append([]diagnose.Suspect(nil), z.board.suspects[:len(z.board.suspects)-3]...), late)})
	same("cleared")
	if rowOf(z, "header:Idempotency-Key") < 0 {
		t.Error("what was cleared has lost its row")
	}
}

func TestTheCursorStaysOnItsRow(t *testing.T) {
	z := begin(140, 30, theme.Choice{})
	tell(z, screentest.OrderHalf())
	widgettest.Press(z, "2", "G", "k", "k")
	l := z.lists[mapPage]
	id, seen := z.shown[l.at].id, l.at-l.top
	if id == "" {
		t.Fatal("the cursor is on no element")
	}
	var all []diagnose.Suspect
	for _, s := range z.board.suspects {
		s.State, s.P = "suspect", 0.4 // all of the body is unfolded
		all = append(all, s)
	}
	z.Update(diagnose.Event{Suspects: all})
	l = z.lists[mapPage]
	if z.shown[l.at].id != id || l.at-l.top != seen {
		t.Errorf("the cursor went from %s, %d rows down, to %s, %d rows down", id, seen, z.shown[l.at].id, l.at-l.top)
	}
}
