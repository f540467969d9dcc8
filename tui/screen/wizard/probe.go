package wizard

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/tui/widget/frame"
)

// nextProbe opens the probe that is by rungs further on the ladder; behind the last comes the first.
func (z *Wizard) nextProbe(by int) {
	l := &z.lists[probePage]
	l.at = (l.at + by + len(z.probes)) % len(z.probes)
	l.reveal()
	z.openProbe(z.probes[l.at])
	z.over.probe = true
}

// openProbe shows everything about one probe.
func (z *Wizard) openProbe(p diagnose.ProbeRecord) {
	var made []string // drawn once: an exchange may be long
	var drawn look
	var whole bool
	r := &reading{title: fmt.Sprintf("Probe %d of %d", p.N, max(len(z.probes), p.N)), long: p.Question != nil && z.long(*p.Question)}
	r.lines = func(z *Wizard, w int) []string {
		if now := (look{w, z.styles.Choice}); made == nil || drawn != now || whole != r.whole {
			made, drawn, whole = z.probeLines(p, r.whole, w), now, r.whole
		}
		return made
	}
	z.over = r
}

func (z *Wizard) probeLines(p diagnose.ProbeRecord, whole bool, w int) []string {
	s := z.styles
	sign, word, st := outcome(s, p)
	for _, m := range meanings {
		if _, short, _ := result(s, m.outcome); short == word {
			word = m.text
		}
	}
	head := " " + st.Bold(true).Render(sign+" "+word)
	if p.Status > 0 {
		head += fmt.Sprintf("  %d", p.Status)
	}
	facts := []string{z.text.line(string(p.Kind)), safetyWords(p.Safety, p.Question)}
	if timed(p) {
		facts = slices.Insert(facts, 0, diagnose.Lasted(p.Duration))
	}
	head += "  " + s.Text.Muted.Render(strings.Join(facts, " "+s.Glyphs.Middle+" "))
	out := []string{"", head, ""}
	out = append(out, paint(s.Text.Plain, " ", sentence(z.text.line(p.Why)), w-1)...)
	if p.Error != "" {
		out = append(out, paint(s.State.Warn, " ", z.text.line(p.Error), w-1)...)
	}
	q := p.Question
	if q == nil {
		return out
	}
	if len(q.Edits) > 0 {
		out = append(out, "", " "+s.Text.Title.Render("Changed"))
		out = append(out, z.diff(element.Changes(z.board.index, q.Edits), w)...)
	}
	switch {
	case q.Look != nil:
		out = append(out, z.lookLines(q, p.Answer, w)...)
	case q.Request != nil:
		out = append(out, z.exchangeLines(q, p.Answer, p.Outcome == "", whole, w)...)
	case q.Prompt != nil && p.Answer != nil:
		reply := p.Answer.Reply
		if reply == "" {
			reply = "I don't know"
		}
		out = append(out, "", " "+s.Text.Title.Render("Answer"))
		out = append(out, paint(s.Text.Plain, "   ", z.text.line(reply), w-1)...)
	}
	return out
}

func (z *Wizard) lookLines(q *diagnose.Question, a *diagnose.Answer, w int) []string {
	s := z.styles
	out := []string{"", " " + s.Text.Title.Render("Looked at"),
		"   " + z.text.line(strings.TrimSpace(q.Look.Layer+" "+q.Look.Host+" "+q.Look.Port+" "+q.Look.Address))}
	if a == nil || a.Sight == nil {
		return out
	}
	out = append(out, "", " "+s.Text.Title.Render("Found"))
	out = append(out, paint(s.Text.Plain, "   ", z.text.line(a.Sight.Text), w-1)...)
	for _, f := range a.Sight.Found {
		out = append(out, "   "+s.Text.Muted.Render(z.text.line(f)))
	}
	return out
}

// exchangeLines shows what went out and what came back: side by side where there is room, else what came back first,
// which one opens a probe for.
func (z *Wizard) exchangeLines(q *diagnose.Question, a *diagnose.Answer, running, whole bool, w int) []string {
	half, body := w, consentBody
	if whole {
		body = bodyShown
	}
	if w >= besideEach {
		half = w / 2
	}
	title := "What would have been sent"
	switch {
	case a == nil && running:
		title = "What is sent"
	case a == nil:
	case a.Exchange != nil || a.Left:
		title = "Sent"
	}
	sent := append([]string{"", " " + z.styles.Text.Title.Render(title)}, z.requestLines(*q, a, body, half)...)
	if a == nil || a.Exchange == nil {
		return sent
	}
	back := append([]string{"", " " + z.styles.Text.Title.Render("Came back")}, z.replyLines(a, half)...)
	if half == w {
		return append(back, sent...)
	}
	out := frame.Fit(sent, half, max(len(sent), len(back)))
	for i, l := range back {
		out[i] += l
	}
	return out
}

// besideEach is from which width what was sent and what came back stand side by side.
const besideEach = 96

// diff draws changes as lines with - and +, each behind the name of what changes; where they are too long for that the
// name stands above.
func (z *Wizard) diff(changes []diagnose.Change, w int) []string {
	s := z.styles
	var out []string
	for _, c := range changes {
		id := z.text.line(string(c.Element)) + "  "
		from, to := c.Differing()
		var was, is string
		if from != nil {
			was = z.text.value(c.Element, *from)
		}
		if to != nil {
			is = z.text.value(c.Element, *to)
		}
		if ansi.StringWidth(id)+max(ansi.StringWidth(was), ansi.StringWidth(is)) > w-diffIndent-1 {
			out = append(out, paint(s.Text.Plain, "   ", id, w-1)...)
			id = ""
		}
		if from != nil {
			out = append(out, signed(s.Diff.Removed, "-", id+was, w)...)
		}
		if to != nil {
			out = append(out, signed(s.Diff.Added, "+", id+is, w)...)
		}
	}
	return out
}

// diffIndent is where the text of a change begins: behind its sign.
const diffIndent = 5

// signed draws one side of a change, its sign before the first line.
func signed(st lipgloss.Style, sign, text string, w int) []string {
	lines := wrap(text, w-1-diffIndent)
	if len(lines) == 0 {
		lines = []string{""}
	}
	for i, l := range lines {
		lines[i] = "   " + st.Render(sign+" "+l)
		sign = " "
	}
	return lines
}

// safetyWords say a class of §11 in words: of a deletion what it is, also where another method hides it.
func safetyWords(class string, q *diagnose.Question) string {
	if q != nil && q.Removes() != "" {
		if strings.EqualFold(q.Request.Method, "DELETE") {
			return "deletes data"
		}
		return "deletes data: " + q.Removes() + " asks for it"
	}
	switch class {
	case "S0":
		return "nothing is sent"
	case "S1":
		return "only a connection"
	case "S2":
		return "reads only"
	case "S3":
		return "cannot act: it lacks what the server needs"
	case "S4":
		return "may succeed, harmless by declaration"
	case "S5":
		return "may change data"
	case "S6":
		return "never sent"
	}
	return ""
}
