package wizard

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/diagnose"
	"culprit/tui"
	"culprit/tui/screen"
)

// Each of the seven steps can be opened, skipped and repeated: the one that the cursor is on where the steps have
// the focus, else the one that runs.

// atStep is the step that skipping and repeating are about; 0 for none.
func (z *Wizard) atStep() diagnose.Step {
	if z.open == stepPage {
		return diagnose.Steps[min(z.lists[stepPage].at, len(diagnose.Steps)-1)]
	}
	return z.current()
}

// current is the step that runs: that of the question that waits for its answer, else the last that began.
func (z *Wizard) current() diagnose.Step {
	if !z.Running() {
		return 0
	}
	if z.asking != 0 && z.asked != 0 {
		return z.asked
	}
	for _, p := range z.probes {
		if p.Outcome == "" && p.Step != 0 {
			return p.Step
		}
	}
	for i := len(z.steps) - 1; i >= 0; i-- {
		if z.steps[i].Result == "running" {
			return diagnose.Steps[i]
		}
	}
	return 0
}

func (z *Wizard) skip(s diagnose.Step) tui.Intent {
	if s == 0 {
		return screen.Say("Open the steps (" + z.pageKey(stepPage) + ") and choose the one to skip.")
	}
	z.steps[s-1] = diagnose.StepResult{Step: slugs[s-1], Result: "skipped", Text: "skipped by you"}
	z.arrange()
	return screen.Skip{Step: s}
}

func (z *Wizard) repeat(s diagnose.Step) tui.Intent {
	if s == 0 {
		return screen.Say("Open the steps (" + z.pageKey(stepPage) + ") and choose the one to repeat.")
	}
	return screen.Repeat{Step: s}
}

// openStep shows what a step is for, what it learned, and its probes; there it can be skipped and repeated too.
func (z *Wizard) openStep(i int) {
	z.over = &reading{small: true, title: fmt.Sprintf("Step %d: %s", i+1, diagnose.Steps[i]), step: diagnose.Steps[i], lines: func(z *Wizard, w int) []string {
		s := z.styles
		g, st := z.mark(z.state(i))
		out := append([]string{""}, paint(s.Text.Muted, " ", purposes[i], w-1)...)
		text := z.steps[i].Text
		if text == "" {
			text = map[string]string{"": "Not begun.", "running": "Running.", "skipped": "Not needed.", "ok": "Nothing stands out."}[z.state(i).Result]
		}
		for j, l := range wrap(remark(z.text.line(text)), w-5) {
			lead := "   "
			if j == 0 {
				out = append(out, "")
				lead = " " + st.Render(g) + " "
			}
			out = append(out, lead+l)
		}
		out = append(out, "")
		for _, p := range z.probes {
			if p.Step == diagnose.Steps[i] {
				out = append(out, z.rung(p, w))
			}
		}
		return out
	}}
}

// stepKey takes the keys of an opened step.
func (z *Wizard) stepKey(k tea.KeyPressMsg) (tui.Intent, bool) {
	a, r := z.keys.Wizard.Act, z.over
	switch {
	case r.step == 0:
		return nil, false
	case key.Matches(k, a.Skip):
		z.over = nil
		return z.skip(r.step), true
	case key.Matches(k, a.Repeat):
		z.over = nil
		return z.repeat(r.step), true
	}
	return nil, false
}
