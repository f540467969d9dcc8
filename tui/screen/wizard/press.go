package wizard

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/diagnose"
	"culprit/diagnose/report"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/screen"
)

type binding = key.Binding

// named is a binding with other words of help.
func named(b binding, what string) binding {
	b.SetHelp(b.Help().Key, what)
	return b
}

// press takes a key while nothing lies above the pages.
func (z *Wizard) press(k tea.KeyPressMsg) tui.Intent {
	p, a := z.keys.Wizard.Page, z.keys.Wizard.Act
	switch {
	case key.Matches(k, p.Back):
		return screen.Leave{}
	case key.Matches(k, a.Stop):
		if z.Running() {
			return screen.Stop{}
		}
	case key.Matches(k, a.Resume):
		if z.stopped() || z.deepens() {
			return screen.Resume{Deeper: z.deepens()}
		}
	case key.Matches(k, a.Skip):
		return z.skip(z.atStep())
	case key.Matches(k, a.Repeat):
		return z.repeat(z.atStep())
	case key.Matches(k, p.Map):
		z.show(mapPage)
	case key.Matches(k, p.Probes):
		z.show(probePage)
	case key.Matches(k, p.Verdict):
		z.show(verdictPage)
	case key.Matches(k, p.Steps):
		z.show(stepPage)
	case key.Matches(k, p.Next):
		z.turn(1)
	case key.Matches(k, p.Previous):
		z.turn(-1)
	case key.Matches(k, p.Fold):
		z.unfold = !z.unfold
	case key.Matches(k, p.Open):
		z.enter()
	case key.Matches(k, p.Explain):
		z.explain()
	default:
		if z.travel(k) {
			break
		}
		return z.act(k)
	}
	z.arrange()
	return nil
}

// turn goes to the next page.
func (z *Wizard) turn(by int) { z.show((z.open + page(by) + pages) % pages) }

// travel moves in the page that has the focus.
func (z *Wizard) travel(k tea.KeyPressMsg) bool {
	m, l := z.keys.Wizard.Move, &z.lists[z.open]
	by := 0
	switch {
	case key.Matches(k, m.Down):
		by = 1
	case key.Matches(k, m.Up):
		by = -1
	case key.Matches(k, m.PageDown):
		by = max(l.h-1, 1)
	case key.Matches(k, m.PageUp):
		by = -max(l.h-1, 1)
	case key.Matches(k, m.Top):
		by = -l.n
	case key.Matches(k, m.Bottom):
		by = l.n
	default:
		return false
	}
	z.move(by)
	return true
}

func (z *Wizard) move(by int) {
	l := &z.lists[z.open]
	switch z.open {
	case verdictPage:
		l.scroll(by)
	case mapPage:
		z.moved = true
		l.move(by)
		step := 1
		if by < 0 {
			step = -1
		}
		for l.at > 0 && l.at < len(z.shown)-1 && z.shown[l.at].idle() {
			l.move(step)
		}
		if l.at == 0 && len(z.shown) > 1 {
			l.at = 1 // below the first heading, which stays in sight
		}
	default:
		l.move(by)
	}
}

// idle reports whether the cursor has nothing to do on r.
func (r row) idle() bool { return r.kind == heading || r.kind == bodyLine && r.id == "" }

// enter opens what the cursor is on.
func (z *Wizard) enter() {
	at := z.lists[z.open].at
	switch {
	case z.open == probePage && at < len(z.probes):
		z.nextProbe(0)
	case z.open == stepPage:
		z.openStep(at)
	case z.open == mapPage && at < len(z.shown) && z.shown[at].kind == fold:
		z.unfold = true
	case z.open == mapPage && at < len(z.shown):
		if i := z.lastProbeOf(z.shown[at].id); i >= 0 {
			z.lists[probePage].at = i
			z.nextProbe(0)
		}
	case z.open == verdictPage:
		z.explain()
	}
}

// lastProbeOf returns the last probe that changed an element, -1 for none.
func (z *Wizard) lastProbeOf(id diagnose.ElementID) int {
	for i := len(z.probes) - 1; i >= 0; i-- {
		if q := z.probes[i].Question; q != nil && id != "" {
			for _, e := range q.Edits {
				if e.Element == id {
					return i
				}
			}
		}
	}
	return -1
}

// act takes what can be done with a verdict.
func (z *Wizard) act(k tea.KeyPressMsg) tui.Intent {
	if z.report == nil {
		return tui.Pass{}
	}
	a, v := z.keys.Wizard.Act, z.report.Verdict
	switch {
	case key.Matches(k, a.Drop) && len(z.jarred()) > 0:
		return screen.Drop{Names: z.jarred()}
	case key.Matches(k, a.Apply) && z.canApply():
		return screen.Repair{Fix: *v.Repair}
	case key.Matches(k, a.Apply) && z.guessed():
		return screen.Say("The fix was not seen to pass: " + a.SendRepaired.Help().Key + " puts it into the request and sends that.")
	case key.Matches(k, a.CopyMinimal) && v.Minimal != nil:
		return screen.Copy{Text: command(v.Minimal.Curl, v.Minimal.Request), What: "The minimal curl command was"}
	case key.Matches(k, a.CopyRepaired) && v.Repair != nil:
		return screen.Copy{Text: command(v.Repair.Curl, v.Repair.Request), What: "The repaired curl command was"}
	case key.Matches(k, a.SendRepaired) && v.Repair != nil:
		return screen.Repair{Fix: *v.Repair, Send: true}
	case key.Matches(k, a.Save):
		return screen.SaveReport{Report: *z.report}
	case key.Matches(k, a.Again):
		return screen.Again{}
	case key.Matches(k, a.Allow) && z.allows():
		return z.allow()
	case key.Matches(k, a.Wrong) && z.answered():
		return screen.Wrong{}
	}
	return tui.Pass{}
}

// command is the curl command of a report, or one made here; secrets are masked in both.
func command(written string, r request.Request) string {
	if written != "" {
		return written
	}
	return report.Curl(r, false)
}

// canApply reports whether there is a fix that was seen to pass. As on the command line no other is applied.
func (z *Wizard) canApply() bool { return z.mends() && z.report.Verdict.Repair.Verified }

// guessed reports whether there is a fix that nobody has seen to pass.
func (z *Wizard) guessed() bool { return z.mends() && !z.report.Verdict.Repair.Verified }

func (z *Wizard) mends() bool {
	return z.report != nil && z.report.Verdict.Repair != nil && len(z.report.Verdict.Repair.Edits) > 0
}

// actions are the bindings of act that work now.
func (z *Wizard) actions() []binding {
	if z.report == nil {
		return nil
	}
	a, v := z.keys.Wizard.Act, z.report.Verdict
	var out []binding
	switch {
	case z.stopped():
		out = append(out, a.Resume)
	case z.deepens():
		out = append(out, named(a.Resume, "go on with more probes"))
	}
	if z.allows() {
		out = append(out, a.Allow)
	}
	if z.canApply() && !z.inJar() {
		out = append(out, a.Apply)
	}
	if len(z.jarred()) > 0 {
		out = append(out, a.Drop)
	}
	if v.Repair != nil {
		send := a.SendRepaired
		if z.guessed() {
			send = named(send, "try the fix")
		}
		out = append(out, send, a.CopyRepaired)
	}
	if v.Minimal != nil {
		out = append(out, a.CopyMinimal)
	}
	if z.hasCause() {
		out = append(out, z.keys.Wizard.Page.Explain)
	}
	if z.answered() {
		out = append(out, a.Wrong)
	}
	return append(out, a.Save, a.Again)
}

// answered reports whether the request passes, as far as a status can tell, and nothing mends what is wrong with its answer.
func (z *Wizard) answered() bool {
	return z.report != nil && (z.report.Verdict.Outcome == diagnose.OutcomePassing || len(z.report.Answer) > 0 && z.report.Verdict.Repair == nil)
}

// folds reports whether a part of the body is folded, or was before the person unfolded it.
func (z *Wizard) folds() bool {
	return len(z.body) > wholeBody && z.unfold || slices.ContainsFunc(z.shown, func(r row) bool { return r.kind == fold })
}

// mapKeys are the keys of the row of the map that the cursor is on.
func (z *Wizard) mapKeys() (out []binding) {
	p := z.keys.Wizard.Page
	if z.folds() {
		what := "unfold"
		if z.unfold {
			what = "fold"
		}
		out = append(out, named(p.Fold, what))
	}
	if at := z.lists[mapPage].at; at < len(z.shown) && z.lastProbeOf(z.shown[at].id) >= 0 {
		out = append(out, named(p.Open, "its last probe"))
	}
	return out
}

// backAt is where the way out stands among the actions: after what most will want.
const backAt = 2

// Keys implements tui.Part: the most useful first.
func (z *Wizard) Keys() []key.Binding {
	if z.over != nil {
		return z.over.keys(z)
	}
	p, m := z.keys.Wizard.Page, z.keys.Wizard.Move
	var out []binding
	a := z.keys.Wizard.Act
	switch {
	case z.open == stepPage:
		out = append(out, p.Open, a.Skip, a.Repeat)
	case z.open == probePage && len(z.probes) > 0:
		out = append(out, p.Open)
	case z.open == mapPage:
		out = z.mapKeys()
	}
	if z.Running() && z.atStep() != 0 && z.open != stepPage {
		out = append(out, a.Skip)
	}
	if z.Running() {
		out = append([]binding{a.Stop}, out...)
	} else {
		out = append(out, slices.Insert(z.actions(), min(backAt, len(z.actions())), p.Back)...)
	}
	out = append(out, named(p.Next, "next page"), keys.Both(m.Down, m.Up, "move"))
	if z.Running() {
		out = append(out, p.Back)
	}
	return append(out, p.Steps, p.Map, p.Probes, p.Verdict)
}
