package wizard

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/tui/widget/frame"
)

// passes reports that the diagnosis ended because the request passes, and with nothing against its answer.
func (z *Wizard) passes() bool {
	return z.report != nil && z.report.Verdict.Outcome == diagnose.OutcomePassing && len(z.report.Answer) == 0
}

// mark is the sign of a step's result: not begun, running, nothing found, found something, not needed.
func (z *Wizard) mark(r diagnose.StepResult) (string, lipgloss.Style) {
	s := z.styles
	switch r.Result {
	case "ok":
		return s.Glyphs.Tick, s.State.Good
	case "finding":
		if z.passes() {
			return s.Glyphs.Middle, s.Text.Muted // what was seen is to blame for nothing
		}
		return s.Glyphs.Cross, s.State.Bad
	case "skipped":
		return s.Glyphs.Dash, s.Text.Faint
	case "running":
		return s.Glyphs.Dot, s.State.Busy
	}
	return s.Glyphs.Ring, s.Text.Faint
}

// state is what became of a step, with the one that runs now marked so: a step is looked at more than once.
func (z *Wizard) state(i int) diagnose.StepResult {
	r := z.steps[i]
	if z.current() == diagnose.Steps[i] {
		r.Result = "running"
	}
	return r
}

// marks is the rail on one line: seven marks, and what the step that matters most now says.
func (z *Wizard) marks(w int) string {
	s := z.styles
	line, now := " ", -1
	for i := range z.steps {
		r := z.state(i)
		g, st := z.mark(r)
		number := s.Text.Faint.Render(fmt.Sprint(i + 1))
		if r.Result == "running" || r.Result == "finding" && !z.passes() && (now < 0 || z.state(now).Result != "running") {
			now = i
		}
		line += number + st.Render(g) + " "
	}
	if now < 0 && z.report != nil { // no step has a finding: what came of all of them
		_, title, st := z.headline()
		return line + " " + st.Render(brief(title, s.Glyphs.Ellipsis, max(w-ansi.StringWidth(line)-2, 1)))
	}
	if now < 0 {
		return line
	}
	line += " " + s.Text.Title.Render(diagnose.Steps[now].String())
	if text := z.said(now); text != "" {
		line += s.Text.Muted.Render("  " + brief(text, s.Glyphs.Ellipsis, max(w-ansi.StringWidth(line)-3, 1)))
	} else if z.state(now).Result == "running" {
		line += s.Text.Muted.Render(s.Glyphs.Ellipsis)
	}
	return line
}

// Where the findings stand in the list of the steps: beside their names from this width on, in this column.
const (
	besideWidth = 54
	findingAt   = 20
	belowName   = 5 // where they stand below it
)

// How many rows a step has on the rail. It keeps them whatever it finds: nothing moves while one looks on.
const (
	leastSlot  = 4 // a name and three lines below it; with less there is no legend
	mostSlot   = 4
	mostBeside = 2
)

// slot is how many rows each step has in h rows of w cells.
func (z *Wizard) slot(w, h int) int {
	n := len(z.steps)
	if w >= besideWidth {
		return min(max((h-noteHeight)/n, 1), mostBeside)
	}
	if with := (h - len(meanings) - 2) / n; with >= leastSlot {
		return min(with, mostSlot)
	}
	return min(max(h/n, 1), mostSlot)
}

// slots are the rows of each step in h rows of w cells: all the same while one looks on; when all is done as many as what
// was found needs, and one between where there is room.
func (z *Wizard) slots(w, h int) []int {
	n, slot, spare := len(z.steps), z.slot(w, h), noteHeight
	if w < besideWidth {
		if spare = 0; slot >= leastSlot {
			spare = len(meanings) + 2
		}
	}
	out := slices.Repeat([]int{slot}, n)
	if z.Running() {
		return out
	}
	left := max(h-spare, n)
	for i := range out {
		_, text := z.stepText(i, w, max(left, 0))
		out[i] = 1 + len(text)
		left -= out[i]
	}
	for ; left < 0 && slices.Max(out) > 1; left++ {
		out[slices.Index(out, slices.Max(out))]--
	}
	for i := 0; i < n-1 && left > 0; i, left = i+1, left-1 {
		out[i]++
	}
	return out
}

// stepText is the line with the name of a step, and at most room lines below it.
func (z *Wizard) stepText(i, w, room int) (name string, below []string) {
	name, at := z.stepName(i), belowName
	if w >= besideWidth {
		text := z.finding(i, w-findingAt-1, room+1)
		return frame.Line(name, findingAt) + text[0], text[1:]
	}
	text := z.finding(i, w-at-1, max(room, 1))
	if z.steps[i].Result == "skipped" && len(text) == 1 && ansi.StringWidth(name)+ansi.StringWidth(text[0]) < w {
		return ends(name, text[0], w), nil
	}
	return name, text
}

// stepLines lists the steps, each with its mark and its finding: beside its name where there is room, else below. A line
// leads from mark to mark.
func (z *Wizard) stepLines(w, h int) []string {
	at := belowName
	if w >= besideWidth {
		at = findingAt
	}
	var out []string
	for i, slot := range z.slots(w, h) {
		name, text := z.stepText(i, w, slot-1)
		out = append(out, z.chosenStep(i, name, w))
		lead := " "
		if i < len(z.steps)-1 {
			lead += z.styles.Frame.Border.Render(z.styles.Glyphs.Pipe)
		}
		for j := range slot - 1 {
			l := lead
			if j < len(text) {
				l = frame.Line(lead, at) + text[j]
			}
			out = append(out, l)
		}
	}
	if w >= besideWidth {
		out = append(out, make([]string, max(h-noteHeight-len(out), 0))...)
		return append(out, z.note(purposes[min(z.lists[stepPage].at, len(purposes)-1)], w)...)
	}
	return append(out, z.legend(h-len(out))...)
}

func (z *Wizard) chosenStep(i int, line string, w int) string {
	return choose(z.styles, line, w, z.open == stepPage && z.lists[stepPage].at == i && z.over == nil)
}

// stepName is the mark, the number and the name of a step.
func (z *Wizard) stepName(i int) string {
	s, r := z.styles, z.state(i)
	g, st := z.mark(r)
	title := s.Text.Plain
	switch r.Result {
	case "running", "finding":
		title = s.Text.Title
	case "skipped", "":
		title = s.Text.Faint
	}
	name, _, _ := strings.Cut(diagnose.Steps[i].String(), " and ") // the column is narrow
	return " " + st.Render(g) + " " + s.Text.Faint.Render(fmt.Sprint(i+1)) + " " + title.Render(name)
}

// said is what a step found, in its words; of the isolation that is the verdict, whose headline says enough here.
func (z *Wizard) said(i int) string {
	text := z.steps[i].Text
	if diagnose.Steps[i] == diagnose.Isolation && z.report != nil && text == z.report.Verdict.Summary && len(z.report.Verdict.Culprits) > 0 {
		_, title, _ := z.headline()
		return title
	}
	return remark(z.text.line(text))
}

// finding is what a step found, in at least one and at most room lines of w cells.
func (z *Wizard) finding(i, w, room int) []string {
	s, r := z.styles, z.state(i)
	text, ink := z.said(i), s.Text.Muted
	switch {
	case r.Result == "skipped": // a state beside the name, no sentence
		text, ink = z.text.line(r.Text), s.Text.Faint
	case r.Result == "running" && text == "":
		text = s.Glyphs.Ellipsis
	case r.Result == "ok" && text == "":
		text = "Nothing stands out"
	}
	lines := wrap(text, w)
	if len(lines) > room {
		lines = append(lines[:room-1], brief(strings.Join(lines[room-1:], " "), s.Glyphs.Ellipsis, w))
	}
	for i := range lines {
		lines[i] = ink.Render(lines[i])
	}
	if len(lines) == 0 {
		return []string{""}
	}
	return lines
}

// legend says what the signs mean, where there is room for it at the foot of the rail.
func (z *Wizard) legend(room int) []string {
	s := z.styles
	if room < len(meanings)+1 {
		return nil
	}
	out := make([]string, room-len(meanings)-1)
	out = append(out, " "+s.Text.Faint.Render("Signs of the probes"))
	for _, l := range meanings {
		sign, _, st := result(s, l.outcome)
		out = append(out, "   "+st.Render(sign)+" "+s.Text.Faint.Render(l.text))
	}
	return out
}

// purposes say what each step is for.
var purposes = [...]string{
	"Send the request again, unchanged: does it still fail, and the same way each time?",
	"What both sides wrote down about this exchange: its own record, and log files where the collection names some.",
	"Name, address, proxy, TLS: can the server be reached at all, and who is it that answers?",
	"Are the credentials there, well formed, in the right place, and still valid? Does the server read them?",
	"Syntax, media types and the types of values: what can be seen to be wrong without sending anything?",
	"Is it this endpoint or all of them? What does its documentation say about this request?",
	"Change one thing at a time until the smallest set is left that decides between pass and fail, then prove it.",
}
