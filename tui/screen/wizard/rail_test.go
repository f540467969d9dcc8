package wizard

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/tui/screen"
	"culprit/tui/screentest"
	"culprit/tui/theme"
	"culprit/tui/widget/widgettest"
)

// rowOf is the row of the screen on which text stands, -1 for none.
func rowOf(z *Wizard, text string) int {
	for i, l := range strings.Split(ansi.Strip(z.View()), "\n") {
		if strings.Contains(l, text) {
			return i
		}
	}
	return -1
}

// Who looks on while the probes return sees each step where it was, however much it has to say.
func TestTheStepsStayWhereTheyAre(t *testing.T) {
	for _, size := range [][2]int{{80, 22}, {100, 28}, {140, 40}, {200, 58}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			z := begin(size[0], size[1], theme.Choice{})
			widgettest.Press(z, "1")
			before := map[string]int{}
			for i, s := range diagnose.Steps {
				name, _, _ := strings.Cut(s.String(), " and ")
				name = fmt.Sprintf("%d %s", i+1, name)
				before[name] = rowOf(z, name)
			}
			tell(z, screentest.OrderHalf())
			tell(z, screentest.OrderEnd())
			for name, row := range before {
				if now := rowOf(z, name); now != row || row < 0 {
					t.Errorf("%q was on row %d and is on row %d", name, row, now)
				}
			}
		})
	}
}

// The step whose probe is on its way is the one that runs, also where it was done before.
func TestTheStepOfTheProbeRuns(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	tell(z, screentest.OrderHalf())
	z.Update(diagnose.Event{Probe: &diagnose.ProbeRecord{N: 5, Kind: diagnose.Repair, Step: diagnose.Isolation, Outcome: diagnose.Same}})
	z.Update(diagnose.Event{Step: &diagnose.StepResult{Step: "isolation", Result: "ok"}})
	z.Update(diagnose.Event{Probe: &diagnose.ProbeRecord{N: 9, Kind: diagnose.Contrast, Step: diagnose.Credentials}})
	if rowOf(z, "● 4 Credentials") < 0 {
		t.Errorf("it is not seen that the credentials are looked at again:\n%s", ansi.Strip(z.View()))
	}
}

func TestAClickChoosesAStep(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	isolated(z)
	z.Mouse(tea.MouseClickMsg{X: 6, Y: rowOf(z, "5 Data formats") + 1, Button: tea.MouseLeft})
	widgettest.Press(z, "enter")
	if rowOf(z, "Step 5") < 0 {
		t.Errorf("the step below the pointer is not the one that opens:\n%s", ansi.Strip(z.View()))
	}
}

// While a question waits, the step that asks is the one that runs; after the answer it is not.
func TestTheStepThatAsksRuns(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	o := ask(z, screentest.OrderPrompt(), 140, 42)
	if rowOf(z, "● 7 Isolation") < 0 {
		t.Errorf("it is not seen which step asks:\n%s", ansi.Strip(z.View()))
	}
	widgettest.Press(o, "esc")
	if rowOf(z, "● 7 Isolation") >= 0 {
		t.Errorf("the step runs on after the answer:\n%s", ansi.Strip(z.View()))
	}
}

// The first line does not change its words while the costs beside them grow.
func TestTheURLStaysAsItIs(t *testing.T) {
	url := func(z *Wizard) string {
		first, _, _ := strings.Cut(ansi.Strip(z.View()), "\n")
		u, _, _ := strings.Cut(first, " probes ")
		return strings.TrimSpace(u)
	}
	for w := 60; w < 140; w++ {
		z := begin(w, 22, theme.Choice{})
		before := url(z)
		tell(z, screentest.OrderHalf())
		tell(z, screentest.OrderEnd())
		if after := url(z); after != before {
			t.Errorf("%d columns: %q became %q", w, before, after)
		}
	}
}

// When all is done, a finding has the rows that other steps leave free: none is cut where there is room.
func TestAFindingIsReadWhole(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	text := "the token was issued for another API or by another issuer, and the server says so in the challenge of its answer, by name"
	z.Update(diagnose.Event{Step: &diagnose.StepResult{Step: "credentials", Result: "finding", Text: text}})
	if rowOf(z, "by name") >= 0 {
		t.Errorf("while it runs a step takes more rows than it has:\n%s", ansi.Strip(z.View()))
	}
	z.Update(screen.Diagnosed{Report: screentest.OrderIsolated()})
	z.Update(diagnose.Event{Step: &diagnose.StepResult{Step: "credentials", Result: "finding", Text: text}})
	for _, want := range []string{"by name", "5 Data formats", "7 Isolation", "Signs of the probes", "not sent"} {
		if rowOf(z, want) < 0 {
			t.Errorf("%q is not seen:\n%s", want, ansi.Strip(z.View()))
		}
	}
	z.Mouse(tea.MouseClickMsg{X: 6, Y: rowOf(z, "5 Data formats"), Button: tea.MouseLeft})
	if z.lists[stepPage].at != 4 {
		t.Errorf("a click on step 5 chose step %d", z.lists[stepPage].at+1)
	}
}

// The ladder tells why each probe came next, while there is room for all of them.
func TestTheLadderTellsWhy(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	tell(z, screentest.OrderHalf())
	for _, want := range []string{"Is the server there at all?", "Are the credentials read?"} {
		if rowOf(z, want) < 0 {
			t.Errorf("%q is not seen:\n%s", want, ansi.Strip(z.View()))
		}
	}
	z.Mouse(tea.MouseClickMsg{X: 100, Y: rowOf(z, "Are the credentials read?"), Button: tea.MouseLeft})
	if z.open != probePage || z.probes[z.lists[probePage].at].Why != "Are the credentials read?" {
		t.Errorf("a click on a reason chose the probe of %q", z.probes[z.lists[probePage].at].Why)
	}
	for n := range 40 {
		z.Update(diagnose.Event{Probe: &diagnose.ProbeRecord{N: 10 + n, Kind: diagnose.Repair, Step: diagnose.Isolation, Outcome: diagnose.Same, Why: "One more."}})
	}
	if rowOf(z, "Is the server there at all?") >= 0 || rowOf(z, " 1  as it is") < 0 {
		t.Errorf("many probes are not shown one by one:\n%s", ansi.Strip(z.View()))
	}
}

// Of a body in which nothing is suspect the map shows as much as has room, and says how much is left out.
func TestTheMapHasNoIdleRows(t *testing.T) {
	for h, want := range map[int]string{52: "… ", 60: "… ", 100: `"country": "FR"`} {
		z := begin(140, h, theme.Choice{})
		z.Update(screen.Diagnosed{Report: screentest.OrderPassing()})
		_, idle, _ := strings.Cut(ansi.Strip(z.View()), want)
		lines, blank := strings.Split(idle, "\n"), 0
		for _, l := range lines {
			if cells := strings.Split(l, "│"); len(cells) > 4 && strings.TrimSpace(cells[3]) == "" {
				blank++
			}
		}
		if idle == "" || h < 100 && blank > 3 {
			t.Errorf("%d rows: %d of them are idle while a part of the body is folded:\n%s", h, blank, ansi.Strip(z.View()))
		}
	}
}

func TestATextIsCutWhereRoomEnds(t *testing.T) {
	for text, want := range map[string]string{
		"one short line": "one short line",
		"the server failed while it answered the request":  "the server failed while it…",
		"it leads to https://api.shop.example/v1/me again": "it leads to https://api.shop.e…",
	} {
		if got := brief(text, "…", 31); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// A probe that varies several things names as many of them as have room, and counts the others.
func TestARungNamesWhatItVaries(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	p := diagnose.ProbeRecord{N: 1, Kind: diagnose.Repair, Outcome: diagnose.Same, Changed: []string{"without header:A", "without header:B", "without header:C"}}
	for w, want := range map[int]string{90: "without header:A, without header:B, without header:C ", 60: "without header:A, without header:B +1", 44: "without header:A +2"} {
		if got := ansi.Strip(z.rungOf(p, "= same", w)); !strings.Contains(got, want) {
			t.Errorf("%d cells: %q, want %q", w, got, want)
		}
	}
}
