package wizard

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/tui/widget/frame"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// verdictLines draws the verdict, or what is known of it while it is not there yet.
func (z *Wizard) verdictLines(w int) []string {
	s := z.styles
	if z.report == nil {
		out := []string{" " + s.State.Busy.Render(s.Glyphs.Dot+" Not decided yet.")}
		return append(out, z.leading(w)...)
	}
	v := z.report.Verdict
	sign, title, st := z.headline()
	var out []string
	if z.err != nil {
		why := "Stopped."
		if !errors.Is(z.err, context.Canceled) {
			why = "It broke off: " + z.text.line(z.err.Error()) + "."
		}
		out = append(out, paint(s.State.Warn, " ", s.Glyphs.Stopped+" "+why+" This is what was learned until then.", w-1)...)
		out = append(out, "")
	}
	more := v.Summary
	if v.Outcome == diagnose.OutcomePassing && !v.News(title) {
		title, more = z.text.line(v.Summary), "" // it says the same, and how often
	}
	out = append(out, paint(st.Bold(true), " ", sign+" "+title, w-1)...)
	if more != "" {
		out = append(out, paint(s.Text.Plain, " ", z.text.line(v.Summary), w-1)...)
	}
	open := v.Outcome == diagnose.OutcomeInconclusive || v.Outcome == ""
	if open {
		out = append(out, z.suspectLines(v.Culprits, w)...)
	} else {
		for i, c := range v.Culprits {
			out = append(out, z.culpritLines(c, i == 0, len(v.Culprits) > 1, w)...)
		}
	}
	if len(v.Culprits) == 0 || open {
		out = append(out, z.fixLines(v.Repair, w)...)
	}
	if z.passes() {
		text := "Is its answer not what it should be? " + z.keys.Wizard.Act.Wrong.Help().Key + " says what is wrong with it, or holds it against an earlier answer or a document."
		out = append(out, "")
		out = append(out, paint(s.Text.Muted, " ", text, w-1)...)
	}
	out = append(out, z.bullets("The answer", answered(z.report.Answer), w)...)
	out = append(out, z.bullets("Made by the probes, and not removed", made(z.report.Made), w)...)
	out = append(out, z.bullets("What would help", z.here(z.report.Hints), w)...)
	out = append(out, z.bullets("Not tested", z.report.Untested, w)...)
	out = append(out, z.bullets("Not read", z.notes, w)...)
	return out
}

// mostActions are those that stand at the end of what is longer than a window; the key line and help have the rest.
const mostActions = 6

// verdictPage is the verdict with what can be done below it, in a window of h rows of w cells.
func (z *Wizard) verdictPage(w, h int) []string {
	lines := z.verdictLines(w)
	if z.report == nil {
		return fitted(lines, h)
	}
	acts := z.actions()
	out := fitted(slices.Concat(lines, []string{""}, z.actionLines(acts, w)), h)
	if len(out) > h {
		out = fitted(slices.Concat(lines, []string{""}, z.actionLines(acts[:min(len(acts), mostActions)], w)), h)
	}
	return out
}

// headline is the outcome in a few words, with its sign. There is a report.
func (z *Wizard) headline() (sign, title string, st lipgloss.Style) {
	s, v := z.styles, z.report.Verdict
	sign, st = s.Glyphs.Cross, s.State.Bad
	switch v.Outcome {
	case diagnose.OutcomeIsolated, diagnose.OutcomeExplained:
		title = capital(or(v.Standing().Words(), v.Outcome))
		if what := z.names(headliners(v)); v.Standing() != diagnose.Named || what != element.InWords("server") {
			title += ": " + what // "named by the server: the server" says it twice
		}
		if v.Standing() == diagnose.Suspected {
			sign, st = s.Glyphs.Unsure, s.State.Warn
		}
	case diagnose.OutcomeFlaky:
		title, sign, st = "It fails only some of the time.", s.Glyphs.Unequal, s.State.Warn
	case diagnose.OutcomePassing:
		title, sign, st = "It passes now.", s.Glyphs.Tick, s.State.Good
	default:
		title, sign, st = "Not isolated.", s.Glyphs.Unsure, s.State.Warn
		if z.canApply() && len(v.Culprits) > 0 { // what is changed passes, and why is open
			title = "Likely, not proved: " + z.names(v.Culprits)
		}
	}
	return sign, title, st
}

// Widths of what can be done: of a key, and of the gap behind its words.
const (
	actionKey = 3
	actionGap = 4
)

// actionLines are what can be done now, side by side as far as there is room, each column as wide as its words.
func (z *Wizard) actionLines(acts []binding, w int) []string {
	var out []string
	wide := 0
	for _, b := range acts {
		wide = max(wide, actionKey+ansi.StringWidth(b.Help().Desc)+actionGap)
	}
	n := min(max((w-1)/max(wide, 1), 1), 3)
	var columns [3]int
	for i, b := range acts {
		columns[i%n] = max(columns[i%n], actionKey+ansi.StringWidth(b.Help().Desc)+actionGap)
	}
	for row := range slices.Chunk(acts, n) {
		line := " "
		for i, b := range row {
			line += frame.Line(z.styles.Text.Key.Render(pad(b.Help().Key, actionKey))+b.Help().Desc, columns[i])
		}
		out = append(out, line)
	}
	return out
}

// made says where to find what writes have made.
func made(all []diagnose.Made) []string {
	var out []string
	for _, m := range all[:min(len(all), mostMade)] {
		out = append(out, fmt.Sprintf("%s: %s", m.By(), m))
	}
	if more := len(all) - mostMade; more > 0 {
		out = append(out, fmt.Sprintf("and %d more; the report names them", more))
	}
	return out
}

// mostMade is how many of them are named on the screen.
const mostMade = 2

// answered are the places in which a success is not as it should be.
func answered(all []diagnose.Departure) (texts []string) {
	for _, d := range all {
		texts = append(texts, d.Text+", against "+d.Against)
	}
	return texts
}

// headliners are the culprits that are at least as sure as the headline says.
func headliners(v diagnose.Verdict) []diagnose.Culprit {
	at := v.Standing()
	return slices.DeleteFunc(slices.Clone(v.Culprits), func(c diagnose.Culprit) bool {
		return c.Standing != at && !(at == diagnose.Isolated && c.Standing == diagnose.Confirmed)
	})
}

func (z *Wizard) names(culprits []diagnose.Culprit) string {
	var names []string
	for _, c := range culprits {
		name := string(c.Element)
		if !strings.Contains(name, ":") { // "tcp" and "auth" are no words for a title
			name = element.InWords(c.Element)
		}
		names = append(names, z.text.line(name))
	}
	if len(names) == 0 {
		return "see below"
	}
	return strings.Join(names, " and ")
}

// leading are the elements under most suspicion, while the search goes on.
func (z *Wizard) leading(w int) []string {
	s := z.styles
	var out []string
	for _, one := range z.board.suspects {
		l, p := z.board.of(one.Element)
		if !l.hot() || len(out) > 6 {
			continue
		}
		if len(out) == 0 {
			out = append(out, "", " "+s.Text.Title.Render("Under suspicion"))
		}
		out = append(out, ends("   "+l.style(s).Render(bar(s, l, p)+" "+z.text.line(string(one.Element))), l.style(s).Render(l.word()), w))
	}
	return out
}

// culpritLines are the proof, how sure it is, and what it means.
func (z *Wizard) culpritLines(c diagnose.Culprit, first, many bool, w int) []string {
	s := z.styles
	var out []string
	if many {
		out = append(out, "", " "+s.Text.Title.Render(z.text.line(string(c.Element))))
	}
	if c.Without.Tried > 0 { // else nothing was tried against it, and how sure it is says why
		head := " " + s.Text.Title.Render("Proof")
		if len(c.Evidence) > 0 {
			head += s.Text.Faint.Render("  " + numbers(c.Evidence))
		}
		out = append(out, "", head)
		with, without := "as it is", "with the fix"
		if z.report.Verdict.Outcome == diagnose.OutcomeFlaky {
			with, without = "as it is", "as it is" // nothing was changed
		}
		out = append(out, z.proof(with, "fails", s.State.Bad.Render(s.Glyphs.Cross), c.With), z.proof(without, "passes", s.State.Good.Render(s.Glyphs.Tick), c.Without))
	}
	if first {
		out = append(out, z.fixLines(z.report.Verdict.Repair, w)...)
	}
	out = append(out, "")
	if first && z.report.Verdict.Repair == nil { // there is nothing to apply: this is what is left
		out = append(out, z.fact("What to do", sentence(or(c.Fix, c.Cause.Cause().Fix)), w)...)
	}
	out = append(out, z.fact("How sure", c.Sure(), w)...)
	v := z.report.Verdict
	if v.News(c.Explanation) && !describes(v.Repair, c.Explanation) {
		out = append(out, z.fact("Note", sentence(c.Explanation), w)...)
	}
	if first {
		out = append(out, z.fact("Whose side", v.Whose(), w)...)
	}
	return out
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// factColumn is the width of the names of facts.
const factColumn = 13

// fact draws a name and what is said of it, nothing when nothing is.
func (z *Wizard) fact(name, text string, w int) []string {
	lines := wrap(z.text.line(text), w-factColumn-2)
	for i, l := range lines {
		lines[i] = " " + z.styles.Text.Label.Render(pad(name, factColumn)) + l
		name = ""
	}
	return lines
}

// proofColumn is the width of what a row of the proof is about: "with the fix".
const proofColumn = 14

func (z *Wizard) proof(what, ends, sign string, t diagnose.Tally) string {
	s := z.styles
	if t.Tried == 0 {
		return "   " + pad(what, proofColumn) + s.Text.Faint.Render(s.Glyphs.Dash+" not tried")
	}
	return "   " + pad(what, proofColumn) + sign + " " + pad(ends, 7) + s.Text.Title.Render(fmt.Sprintf("%d/%d", t.Seen, t.Tried))
}

// numbers names probes, a run of them by its ends: "probe 4", "probes 1, 5 to 7".
func numbers(ns []int) string {
	sorted := slices.Sorted(slices.Values(ns))
	var out []string
	for i := 0; i < len(sorted); {
		j := i
		for j+1 < len(sorted) && sorted[j+1] == sorted[j]+1 {
			j++
		}
		switch {
		case j-i < 2: // two are no run
			out, j = append(out, fmt.Sprint(sorted[i])), i
		default:
			out = append(out, fmt.Sprintf("%d to %d", sorted[i], sorted[j]))
		}
		i = j + 1
	}
	if len(ns) == 1 {
		return "probe " + out[0]
	}
	return "probes " + strings.Join(out, ", ")
}

func (z *Wizard) suspectLines(culprits []diagnose.Culprit, w int) []string {
	s := z.styles
	if len(culprits) == 0 {
		return nil
	}
	out := []string{"", " " + s.Text.Title.Render("Suspects left")}
	for _, c := range culprits {
		l, p := z.board.of(c.Element)
		st := l.style(s)
		out = append(out, ends("   "+st.Render(bar(s, l, p)+" "+z.text.line(string(c.Element))), st.Render(l.word()), w))
		if why := sentence(z.text.line(c.Explanation)); !describes(z.report.Verdict.Repair, c.Explanation) { // else it is said of the fix
			out = append(out, paint(s.Text.Muted, "     ", why, w-1)...)
		}
	}
	return out
}

func (z *Wizard) fixLines(f *diagnose.Fix, w int) []string {
	if f == nil {
		return nil
	}
	s := z.styles
	state := s.Text.Muted.Render(s.Glyphs.Dash + " not verified: it was not sent")
	if f.Verified {
		state = s.State.Good.Render(strings.TrimSpace(fmt.Sprintf("%s verified: it answers %d", s.Glyphs.Tick, f.Status)))
	}
	out := []string{"", " " + s.Text.Title.Render("Fix") + "  " + state}
	for i, c := range z.report.Verdict.Culprits {
		said := slices.ContainsFunc(z.report.Verdict.Culprits[:i], func(o diagnose.Culprit) bool { return o.Explanation == c.Explanation })
		if !said && describes(f, c.Explanation) && z.report.Verdict.News(c.Explanation) {
			out = append(out, paint(s.Text.Muted, "   ", sentence(z.text.line(c.Explanation)), w-1)...)
		}
	}
	return append(out, z.diff(f.Diff, w)...)
}

// describes reports whether a text about a culprit is about its fix: where nothing better is known, it says what the
// fix does.
func describes(f *diagnose.Fix, text string) bool {
	return f != nil && slices.ContainsFunc(f.Edits, func(e diagnose.Edit) bool { return e.Why != "" && e.Why == text })
}

func (z *Wizard) bullets(title string, texts []string, w int) []string {
	if len(texts) == 0 {
		return nil
	}
	s := z.styles
	out := []string{"", " " + s.Text.Title.Render(title)}
	for _, t := range texts {
		for i, l := range wrap(z.text.line(t), w-6) {
			lead := "     "
			if i == 0 {
				lead = "   " + s.Text.Accent.Render(s.Glyphs.Middle) + " "
			}
			out = append(out, lead+l)
		}
	}
	return out
}
