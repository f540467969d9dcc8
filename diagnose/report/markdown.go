package report

import (
	"fmt"
	"io"
	"strings"

	"culprit/diagnose"
	"culprit/request/safe"
)

// Markdown writes r as a report that can be pasted into a ticket.
func Markdown(w io.Writer, r diagnose.Report, showSecrets bool) error {
	p := newPrinter(r, showSecrets)
	r = p.fill(r)
	var b strings.Builder
	fmt.Fprintf(&b, "# %s %s\n\n%s\n\n", r.Request.Method, r.Request.URL, r.Verdict.Summary)
	fmt.Fprintf(&b, "Outcome: **%s**, side: %s", r.Verdict.Outcome, r.Verdict.Side)
	if r.Failure.Signature != "" {
		fmt.Fprintf(&b, ", failure: `%s`", tick(r.Failure.Signature))
	}
	b.WriteString("\n\n")
	for _, c := range r.Verdict.Culprits {
		fmt.Fprintf(&b, "## `%s`: %s\n\n%s\n\n| | |\n|---|---|\n| standing | %s |\n| with it | fails %d/%d |\n| without it | passes %d/%d |\n| fix | `%s` |\n\n",
			tick(string(c.Element)), c.Cause, cell(c.Explanation), c.Standing, c.With.Seen, c.With.Tried, c.Without.Seen, c.Without.Tried, tick(c.Fix))
	}
	answer(&b, r.Answer, "## The answer\n\n", "- %s %s\n")
	if len(r.Answer) > 0 {
		b.WriteString("\n")
	}
	if f := r.Verdict.Repair; f != nil {
		fmt.Fprintf(&b, "## Repaired request (%s)\n\n```sh\n%s\n```\n\n", verified(f), f.Curl)
		diff(&b, f.Diff)
	}
	if m := r.Verdict.Minimal; m != nil {
		fmt.Fprintf(&b, "## Smallest request that still fails\n\n```sh\n%s\n```\n\n", m.Curl)
	}
	b.WriteString("## Probes\n\n| n | changed | class | status | verdict | ms | why |\n|---|---|---|---|---|---|---|\n")
	for _, q := range r.Probes {
		got := fmt.Sprint(q.Status)
		if q.Status == 0 {
			got = q.Error
		}
		fmt.Fprintf(&b, "| %d | %s | %s | %s | %s | %d | %s |\n", q.N, cell(strings.Join(q.Changed, ", ")), q.Safety, cell(got), q.Outcome, q.Duration, cell(q.Why))
	}
	section(&b, "Not tested", r.Untested)
	section(&b, "What would help", r.Hints)
	fmt.Fprintf(&b, "\n%d probes, %d of them on a method that may change data (%d may have), %d ms.\n", r.Cost.Probes, r.Cost.Unsafe, r.Cost.Wrote, r.Cost.Duration)
	for _, line := range safe.Block(p.mask(b.String())) {
		if _, err := fmt.Fprintln(w, line.String()); err != nil {
			return err
		}
	}
	return nil
}

func section(b *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n", title)
	for _, l := range lines {
		fmt.Fprintf(b, "- %s\n", l)
	}
}

func diff(b *strings.Builder, changes []diagnose.Change) {
	b.WriteString("```diff\n")
	for _, c := range changes {
		if c.From != nil {
			fmt.Fprintf(b, "- %s: %s\n", c.Element, firstLines(*c.From))
		}
		if c.To != nil {
			fmt.Fprintf(b, "+ %s: %s\n", c.Element, firstLines(*c.To))
		}
	}
	b.WriteString("```\n\n")
}

// longest is how much of a value a diff shows.
const longest = 400

func firstLines(s string) string {
	s = strings.ReplaceAll(s, "\n", "␊")
	if len(s) > longest {
		return strings.ToValidUTF8(s[:longest], "") + "…"
	}
	return s
}

// cell keeps a text inside its table cell.
func cell(s string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ", "\r", " ").Replace(s)
}

// tick keeps a text inside its code span.
func tick(s string) string { return strings.NewReplacer("`", "'", "\n", " ", "|", "\\|").Replace(s) }
