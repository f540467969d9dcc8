package wizard

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/tui/theme"
)

// result is the sign, the word and the style of an outcome.
func result(s *theme.Styles, o diagnose.Outcome) (sign, word string, st lipgloss.Style) {
	switch o {
	case diagnose.Pass:
		return s.Glyphs.Tick, "pass", s.State.Good
	case diagnose.Same:
		return s.Glyphs.Equal, "same", s.Text.Muted
	case diagnose.Other:
		return s.Glyphs.Unequal, "other", s.State.Warn
	case diagnose.Unresolved:
		return s.Glyphs.Unsure, "unclear", s.State.Warn
	case diagnose.Refused:
		return s.Glyphs.Stopped, "not sent", s.Text.Faint
	}
	return s.Glyphs.Ellipsis, "running", s.State.Busy
}

// signs say how the outcome of a look below HTTP reads: there is no failure to be the same as.
func outcome(s *theme.Styles, p diagnose.ProbeRecord) (sign, word string, st lipgloss.Style) {
	if p.Kind == diagnose.Transport && (p.Outcome == diagnose.Pass || p.Outcome == diagnose.Same) {
		if p.Outcome == diagnose.Pass {
			return s.Glyphs.Tick, "ok", s.State.Good
		}
		return s.Glyphs.Cross, "fails", s.State.Bad
	}
	if p.Kind == diagnose.Ask && p.Outcome != "" && p.Outcome != diagnose.Refused {
		return s.Glyphs.Tick, "answered", s.Text.Muted
	}
	if p.Outcome == diagnose.Unresolved && p.Answer != nil && p.Answer.Exchange.Response() == nil && p.Answer.Sight == nil {
		return s.Glyphs.Unsure, "no reply", s.State.Warn
	}
	return result(s, p.Outcome)
}

// meanings say the outcomes of probes in full, in the order of the legend.
var meanings = []struct {
	outcome diagnose.Outcome
	text    string
}{{diagnose.Pass, "it passes"}, {diagnose.Same, "the same failure"}, {diagnose.Other, "another failure"},
	{diagnose.Unresolved, "no telling"}, {diagnose.Refused, "not sent"}}

// changed says what a probe varied, in at least one phrase.
func (z *Wizard) changed(p diagnose.ProbeRecord) []string {
	phrases := slices.Clone(p.Changed)
	if q := p.Question; q != nil && len(q.Edits) > 0 {
		phrases = nil
		for _, e := range q.Edits {
			phrases = append(phrases, z.phrase(e))
		}
	}
	switch {
	case len(phrases) > 0:
	case p.Kind == diagnose.Ask && p.Question != nil && p.Question.Prompt != nil:
		phrases = []string{p.Question.Prompt.Text}
	default:
		return []string{z.other(p)}
	}
	for i := range phrases {
		phrases[i] = z.text.line(phrases[i])
	}
	return phrases
}

// other names a probe that edits nothing: what is sent is the same, or another request.
func (z *Wizard) other(p diagnose.ProbeRecord) string {
	if q := p.Question; q != nil && q.Request != nil && p.Kind == diagnose.Contrast {
		r, own := q.Request, z.request()
		if r.Method != own.Method || r.URL != own.URL {
			return z.text.line(strings.TrimSpace(r.Method + " " + element.SplitURL(r.URL).Path))
		}
	}
	return unchanged[p.Kind]
}

// phrase says in one line what an edit does; of a whole body only what is different in it.
func (z *Wizard) phrase(e diagnose.Edit) string {
	if e.Element == "body" && e.Op == diagnose.Set {
		for _, c := range element.Changes(z.board.index, []diagnose.Edit{e}) {
			if from, to := c.Differing(); from != nil && to != nil {
				return "body: " + z.text.line(strings.TrimSpace(*to))
			}
		}
	}
	return z.text.phrase(e)
}

// unchanged names the probes that vary nothing.
var unchanged = map[diagnose.Kind]string{
	diagnose.Replay:   "as it is",
	diagnose.Control:  "a request that cannot succeed",
	diagnose.Contrast: "a request meant to fail",
	diagnose.Baseline: "the request that is known to work",
	diagnose.Confirm:  "as it is, once more",
	diagnose.Renew:    "new credentials",
	diagnose.Ask:      "a question",
}

// shorten leaves out the beginning of a path in a phrase that is too long: its end says more.
func shorten(text string, w int) string {
	before, after, ok := strings.Cut(text, "body:/")
	if n := ansi.StringWidth(text); ok && n > w && n-w < ansi.StringWidth(after) {
		return before + "…" + ansi.TruncateLeft(after, n-w-len("body:/")+1, "")
	}
	return text
}

// Columns of the ladder: the outcome's word, the status, the time.
const (
	wordColumn = 9
	timeColumn = 8
	rungGaps   = 8 // the number, and the blanks around what was changed
	rungIndent = 5 // the number
	reasonGaps = rungIndent + wordColumn + 5
)

// A rung has its reason below it while all of them have room so; else that of the chosen one stands at the foot alone.
const tallRung = 2

// rungHeight is how many rows each probe has in a ladder of h rows.
func (z *Wizard) rungHeight(h int) int {
	if len(z.probes)*tallRung <= h-noteHeight {
		return tallRung
	}
	return 1
}

func (z *Wizard) ladderLines(w, h int) []string {
	s := z.styles
	l := z.lists[probePage]
	room := max(h-noteHeight, 0)
	lines := make([]string, 0, h)
	if len(z.probes) == 0 {
		lines = append(lines, "", " "+s.Text.Faint.Render("Nothing was sent yet."))
	}
	tall := z.rungHeight(h) == tallRung
	for i, p := range window(z.probes, l.top, room) {
		rung := []string{z.rung(p, w)}
		if tall {
			rung = z.tallRung(p, w)
		}
		for _, line := range rung {
			lines = append(lines, choose(s, line, w, z.open == probePage && l.top+i == l.at && z.over == nil))
		}
	}
	for len(lines) < room {
		lines = append(lines, "")
	}
	if l.at >= len(z.probes) {
		return lines
	}
	why, below := z.reason(z.probes[l.at], w)
	if all := z.changed(z.probes[l.at]); len(all) > 1 {
		return append(lines, z.note("Why: "+strings.TrimRight(why, ".")+": "+strings.Join(all, ", ")+".", w)...)
	}
	if tall && why == below {
		return lines // it stands there already
	}
	return append(lines, z.note("Why: "+why, w)...)
}

// reason is why a probe came next, and as much of it as has room below a rung of w cells.
func (z *Wizard) reason(p diagnose.ProbeRecord, w int) (all, below string) {
	all = sentence(z.text.line(p.Why))
	return all, brief(all, z.styles.Glyphs.Ellipsis, max(min(w, rowWidth)-reasonGaps, 1))
}

// came is what a probe brought: the outcome with its style, the status, and how long it took.
func (z *Wizard) came(p diagnose.ProbeRecord) (word, status, took string) {
	s := z.styles
	sign, word, st := outcome(s, p)
	if z.asking == p.N && p.Outcome == "" {
		sign, word, st = s.Glyphs.Unsure, "asking", s.State.Warn // nothing was sent
	}
	status = "   "
	if p.Status > 0 {
		status = fmt.Sprint(p.Status)
	}
	if timed(p) {
		took = diagnose.Lasted(p.Duration)
	}
	return st.Render(sign + " " + pad(word, wordColumn)), s.Text.Muted.Render(status), s.Text.Faint.Render(strings.Repeat(" ", max(timeColumn-len(took), 1)) + took)
}

// timed reports whether it is known how long a probe took: what was not sent, or not waited for, took no time.
func timed(p diagnose.ProbeRecord) bool {
	return p.Outcome != "" && p.Outcome != diagnose.Refused && p.Kind != diagnose.Ask && (p.Answer == nil || !p.Answer.Left)
}

// rung is one line of the ladder.
func (z *Wizard) rung(p diagnose.ProbeRecord, w int) string {
	word, status, took := z.came(p)
	return z.rungOf(p, word+status+took, w)
}

// tallRung is a rung of two lines: what was changed and what came of it, and below it why, with status and time.
func (z *Wizard) tallRung(p diagnose.ProbeRecord, w int) []string {
	w = min(w, rowWidth)
	word, status, took := z.came(p)
	_, why := z.reason(p, w)
	return []string{z.rungOf(p, word, w), ends(strings.Repeat(" ", rungIndent)+z.styles.Text.Faint.Render(why), status+took, w)}
}

// rungOf says what a probe varied, and at the right what came of it.
func (z *Wizard) rungOf(p diagnose.ProbeRecord, right string, w int) string {
	s := z.styles
	w = min(w, rowWidth)
	all := z.changed(p)
	what, rest, room := all[0], "", w-ansi.StringWidth(right)-rungGaps
	for i, next := range all {
		if i > 0 {
			next = what + ", " + next
		}
		if rest = ""; i+1 < len(all) {
			rest = fmt.Sprintf(" +%d", len(all)-i-1)
		}
		if i > 0 && ansi.StringWidth(next)+len(rest) > room {
			rest = fmt.Sprintf(" +%d", len(all)-i)
			break
		}
		what = next
	}
	room -= len(rest)
	what = ansi.Truncate(shorten(what, room), max(room, 0), "…")
	if p.Outcome == diagnose.Pass && p.Kind != diagnose.Transport {
		what = s.Text.Title.Render(what)
	}
	return ends(s.Text.Faint.Render(fmt.Sprintf(" %2d ", p.N))+" "+what+s.Text.Muted.Render(rest), right, w)
}
