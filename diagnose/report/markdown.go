package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request/mask"
	"culprit/request/safe"
)

// Markdown writes r as a ticket to whoever keeps the API: what fails, how to see it, what proves it, when it was seen
// and under which request ids, and what was not looked at. It can be pasted as it is: texts of a server stay texts.
func Markdown(w io.Writer, r diagnose.Report, showSecrets bool) error {
	p := newPrinter(r, showSecrets)
	r = p.fill(r)
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", title(r), prose(r.Verdict.Summary))
	p.facts(&b, r)
	p.failing(&b, r)
	repair(&b, r.Verdict.Repair)
	evidence(&b, r.Verdict)
	answer(&b, r.Answer, "## The answer\n\n", "- %s %s\n", prose)
	if len(r.Answer) > 0 {
		b.WriteByte('\n')
	}
	probes(&b, r.Probes)
	made := make([]string, len(r.Made))
	for i, m := range r.Made {
		made[i] = fmt.Sprintf("%s (%s)", m, m.By())
	}
	section(&b, "Made by the probes, and not removed", made)
	section(&b, "Not tested", unseen(r))
	hints := make([]string, len(r.Hints))
	for i, h := range r.Hints {
		hints[i] = h.String()
	}
	section(&b, "What would help", hints)
	fmt.Fprintf(&b, "\n%s. Times are in UTC.", spent(r.Cost))
	if !showSecrets {
		b.WriteString(" Secrets are hidden.")
	}
	b.WriteByte('\n')
	for _, line := range safe.Block(p.mask(b.String())) {
		if _, err := fmt.Fprintln(w, line.String()); err != nil {
			return err
		}
	}
	return nil
}

// title says what fails and why, as the subject of a ticket.
func title(r diagnose.Report) string {
	what := r.Request.Method + " " + prose(r.Request.URL)
	switch r.Verdict.Outcome {
	case diagnose.OutcomePassing:
		return what + " passes"
	case diagnose.OutcomeFlaky:
		return what + " fails now and then"
	}
	switch {
	case r.Failure.Status >= 400 || r.Failure.Status/100 == 3:
		what += fmt.Sprintf(" answers %d", r.Failure.Status)
	default:
		what += " fails"
	}
	if r.Verdict.Cause != "" {
		why := r.Verdict.Cause.Cause()
		if c := r.Verdict.Culprits; len(c) == 1 && c[0].Standing != diagnose.Suspected {
			why.Meaning = prose(strings.ReplaceAll(why.Says, "{it}", element.InWords(c[0].Element)))
		}
		what += ": " + why.Meaning
	}
	return what
}

// facts are what a keeper of the API looks for first.
func (p *printer) facts(b *strings.Builder, r diagnose.Report) {
	b.WriteString("| | |\n|---|---|\n")
	row := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, "| %s | %s |\n", name, value)
		}
	}
	row("Failure", code(r.Failure.Signature))
	row("First seen", r.Failure.At)
	var ids []string
	last := ""
	for _, q := range r.Probes {
		if q.Outcome == diagnose.Same && q.At != "" {
			last = q.At
			if q.RequestID != "" && len(ids) < maxIDs {
				ids = append(ids, code(q.RequestID))
			}
		}
	}
	if len(ids) == 0 && r.Failure.RequestID != "" {
		ids = []string{code(r.Failure.RequestID)}
	}
	row("Last seen", last)
	row("Request ids", strings.Join(ids, ", "))
	result := r.Verdict.Outcome
	if len(r.Verdict.Culprits) > 0 {
		result = r.Verdict.Culprits[0].Sure()
	}
	row("Result", result)
	row("Whose side", r.Verdict.Whose())
	b.WriteByte('\n')
}

// maxIDs is how many request ids are listed above: each is in the table of probes, too.
const maxIDs = 5

// failing is the smallest request that fails, and what it was answered.
func (p *printer) failing(b *strings.Builder, r diagnose.Report) {
	command := r.Request.Curl
	heading := "The request"
	if m := r.Verdict.Minimal; m != nil {
		command = m.Curl
		if command != r.Request.Curl {
			heading = "The smallest request that still fails"
		}
	}
	fmt.Fprintf(b, "## %s\n\n%s", heading, fenced("sh", command))
	if m := r.Verdict.Minimal; m != nil && m.Why != "" {
		fmt.Fprintf(b, "%s\n\n", m.Why)
	}
	for _, q := range r.Probes {
		if q.Outcome != diagnose.Same || q.Answer == nil || q.Answer.Exchange == nil {
			continue
		}
		x := q.Answer.Exchange
		resp := x.Response()
		if resp == nil {
			break
		}
		var m *mask.Mask
		if !p.show {
			m = mask.Of(x.Request, p.values...)
		}
		text := m.Body(strings.ToValidUTF8(string(resp.Body.Head(seen)), "�"))
		fmt.Fprintf(b, "It is answered (probe %d):\n\n%s", q.N, fenced("", strings.TrimSpace(fmt.Sprintf("%s %d %s\n%s", resp.Proto, resp.Status, resp.Reason, more(text, resp.Body.Size())))))
		return
	}
	if r.Failure.Error != "" {
		fmt.Fprintf(b, "No whole response came: %s\n\n", prose(r.Failure.Error))
	}
}

const (
	// excerpt is how many bytes of an answer a ticket shows: error bodies are shorter.
	excerpt = 1500
	// seen is how many bytes are looked at for secrets before the rest is cut off: the half of one is not known again.
	seen = 64 << 10
)

// more cuts a masked text of a body of size bytes.
func more(text string, size int64) string {
	if len(text) > excerpt {
		text = strings.ToValidUTF8(text[:excerpt], "")
	} else if size <= seen {
		return text
	}
	return fmt.Sprintf("%s… (%d bytes)", text, size)
}

func repair(b *strings.Builder, f *diagnose.Fix) {
	if f == nil {
		return
	}
	fmt.Fprintf(b, "## The repaired request (%s)\n\n%s", verified(f), fenced("diff", diff(f.Diff)))
	if strings.Contains(f.Curl, "\n") { // the one above with this difference; whoever wants it whole unfolds it
		fmt.Fprintf(b, "<details><summary>The whole command</summary>\n\n%s</details>\n\n", fenced("sh", f.Curl))
		return
	}
	b.WriteString(fenced("sh", f.Curl))
}

func evidence(b *strings.Builder, v diagnose.Verdict) {
	if len(v.Culprits) == 0 {
		return
	}
	b.WriteString("## Evidence\n\n")
	for _, c := range v.Culprits {
		fmt.Fprintf(b, "- **%s**: %s (%s); %s\n", code(string(c.Element)), prose(c.Cause.Cause().Meaning), code(string(c.Cause)), c.Sure())
		if v.News(c.Explanation) {
			fmt.Fprintf(b, "  - because: %s\n", prose(diagnose.Spoken(c.Explanation)))
		}
		if c.With.Tried > 0 && c.Without.Tried > 0 {
			fmt.Fprintf(b, "  - %s (probes %s)\n", tallies(v.Outcome, c), numbers(c.Evidence))
		}
		if c.Fix != "" {
			fmt.Fprintf(b, "  - fix: %s\n", remedy(c))
		}
	}
	b.WriteByte('\n')
}

// remedy is a fix as code when it is a change of the request, as text when it is advice.
func remedy(c diagnose.Culprit) string {
	if c.Fix == c.Cause.Cause().Fix {
		return prose(c.Fix)
	}
	return code(fixed(c.Fix))
}

func numbers(ns []int) string {
	ns = slices.Clone(ns)
	slices.Sort(ns)
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(ns), " ", ", "), "[]")
}

func probes(b *strings.Builder, records []diagnose.ProbeRecord) {
	if len(records) == 0 {
		return
	}
	b.WriteString("## Probes\n\n| n | UTC | what was changed | status | verdict | request id | ms | why |\n|---|---|---|---|---|---|---|---|\n")
	for _, q := range records {
		got := fmt.Sprint(q.Status)
		if q.Status == 0 {
			got = prose(short(q.Error))
		}
		_, clock, _ := strings.Cut(strings.TrimSuffix(q.At, "Z"), "T")
		changed := make([]string, len(q.Changed))
		for i, c := range q.Changed {
			changed[i] = code(short(c))
		}
		what := strings.Join(changed, "<br>")
		if what == "" {
			what = "as it is"
		}
		fmt.Fprintf(b, "| %d | %s | %s | %s | %s | %s | %d | %s |\n", q.N, clock, what, got, q.Outcome, code(q.RequestID), q.Duration, prose(diagnose.Spoken(q.Why)))
	}
}

// short cuts a text for a table.
func short(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return s
}

func section(b *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n", title)
	for _, l := range lines {
		fmt.Fprintf(b, "- %s\n", prose(l))
	}
}

func diff(changes []diagnose.Change) string {
	var b strings.Builder
	for _, c := range changes {
		from, to := c.Differing()
		if from != nil {
			fmt.Fprintf(&b, "- %s: %s\n", c.Element, firstLines(*from))
		}
		if to != nil {
			fmt.Fprintf(&b, "+ %s: %s\n", c.Element, firstLines(*to))
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// longest is how much of a value a diff shows.
const longest = 400

// fixed is a fix in one line: one of several lines says what it changes, and the difference below it how.
func fixed(fix string) string {
	if what, to, ok := strings.Cut(fix, " = "); ok && strings.Contains(to, "\n") {
		return what + " changed as below"
	}
	return firstLines(fix)
}

func firstLines(s string) string {
	s = strings.ReplaceAll(s, "\n", "␊")
	if len(s) > longest {
		return strings.ToValidUTF8(s[:longest], "") + "…"
	}
	return s
}
