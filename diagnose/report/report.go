// Package report prints a diagnosis: as JSON for programs, as Markdown for a ticket, as text for a terminal.
//
// Secrets are masked in all of them, by place and by value, unless they are asked for. What came from a server
// is made drawable before it reaches a terminal.
package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/curl"
	"culprit/request/safe"
	"culprit/request/secret"
)

// JSON writes r in the form of PRODUCT.md §3, schema culprit.report/1, indented, with a line end.
func JSON(w io.Writer, r diagnose.Report, showSecrets bool) error {
	p := newPrinter(r, showSecrets)
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(p.fill(r)); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	_, err := w.Write(safe.JSON([]byte(p.mask(b.String()))))
	return err
}

// A printer knows what to hide of one report.
type printer struct {
	show    bool
	secrets *secret.Set
	values  []request.Secret // what secrets was made of
	hidden  map[diagnose.ElementID]bool
}

func newPrinter(r diagnose.Report, show bool) *printer {
	p := &printer{show: show, hidden: map[diagnose.ElementID]bool{}}
	seen := map[string]bool{}
	add := func(ref, value string) {
		if !seen[value] {
			seen[value] = true
			p.values = append(p.values, request.Secret{Ref: plain(ref), Value: value})
		}
	}
	requests := []request.Request{r.Request.Request}
	if r.Verdict.Repair != nil {
		requests = append(requests, r.Verdict.Repair.Request)
	}
	// A variation may hold a secret that the original does not: a credential without the blank at its end.
	for _, q := range r.Probes {
		if q.Question != nil && q.Question.Request != nil {
			requests = append(requests, *q.Question.Request)
		}
	}
	for _, q := range requests {
		for _, s := range q.Secrets {
			add(s.Ref, s.Value)
		}
		for _, e := range element.Of(q).Elements {
			if !e.Secret {
				continue
			}
			p.hidden[e.ID] = true
			value := e.Text
			if s, ok := e.Value.(string); ok {
				value = s
			}
			scheme, credential, ok := strings.Cut(value, " ")
			_, password, proving := element.NamePassword(value)
			switch {
			case e.ID == "auth" && proving && scheme != "Basic": // the name may be read, and tells what was changed
				add(string(e.ID), password)
				continue
			case e.ID == "auth" && ok:
				add(string(e.ID), credential)
			}
			add(string(e.ID), value)
		}
	}
	var values []secret.Value
	for _, s := range p.values {
		values = append(values, secret.New(s.Ref, s.Value))
	}
	p.secrets = secret.NewSet(values...)
	return p
}

// plain keeps a name fit for standing inside JSON, Markdown and a shell word.
func plain(ref string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("\"'\\`$<>&\n\r\t", r) || r < ' ' {
			return '_'
		}
		return r
	}, ref)
}

func (p *printer) mask(s string) string {
	if p.show {
		return s
	}
	return p.secrets.Mask(s)
}

// Curl writes a request as a curl command, with its secrets masked unless they are asked for.
func Curl(r request.Request, showSecrets bool) string { return (&printer{show: showSecrets}).curl(r) }

// curl prints a request as a command; secret elements are masked by their place, so that short ones are too.
func (p *printer) curl(r request.Request) string {
	if !p.show {
		var edits []diagnose.Edit
		for _, e := range element.Of(r).Elements {
			if !e.Secret {
				continue
			}
			to := secret.Hidden(plain(string(e.ID)))
			if scheme, _, ok := strings.Cut(e.Text, " "); ok && e.ID == "auth" {
				if name, _, ok := element.NamePassword(e.Text); ok && scheme != "Basic" {
					to = name + ":" + to
				}
				to = scheme + " " + to
			}
			edits = append(edits, diagnose.Edit{Element: e.ID, Op: diagnose.Set, To: to})
		}
		if masked, err := element.Apply(r, edits); err == nil {
			r = masked
		}
	}
	return curl.Print(r, curl.OneLine, nil)
}

// fill returns a copy of r with the commands written and secret values of changes hidden.
func (p *printer) fill(r diagnose.Report) diagnose.Report {
	r.Request.Curl = p.curl(r.Request.Request)
	r.Verdict.Culprits = slices.Clone(r.Verdict.Culprits)
	if r.Verdict.Culprits == nil {
		r.Verdict.Culprits = []diagnose.Culprit{}
	}
	for i := range r.Verdict.Culprits {
		if r.Verdict.Culprits[i].Evidence == nil {
			r.Verdict.Culprits[i].Evidence = []int{}
		}
	}
	if r.Probes == nil {
		r.Probes = []diagnose.ProbeRecord{}
	}
	if r.Steps == nil {
		r.Steps = []diagnose.StepResult{}
	}
	if r.Untested == nil {
		r.Untested = []string{}
	}
	if m := r.Verdict.Minimal; m != nil {
		r.Verdict.Minimal = &diagnose.Sendable{Curl: p.curl(m.Request), Why: m.Why, Request: m.Request}
	}
	if f := r.Verdict.Repair; f != nil {
		c := *f
		c.Curl = p.curl(f.Request)
		c.Diff = slices.Clone(f.Diff)
		for i, d := range c.Diff {
			if p.hidden[d.Element] && !p.show {
				c.Diff[i].From, c.Diff[i].To = hide(d.From), hide(d.To)
			}
		}
		r.Verdict.Repair = &c
	}
	return r
}

func hide(s *string) *string {
	if s == nil {
		return nil
	}
	m := secret.Mask(*s)
	return &m
}

// Text writes r for a terminal: the verdict, the proof, the fix. Every line is drawable.
func Text(w io.Writer, r diagnose.Report, showSecrets bool) error {
	p := newPrinter(r, showSecrets)
	r = p.fill(r)
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", heading(r.Verdict), r.Verdict.Summary)
	for _, c := range r.Verdict.Culprits {
		who := "culprit"
		if c.Standing == diagnose.Suspected {
			who = "suspect"
		}
		fmt.Fprintf(&b, "\n  %s   %s\n  cause     %s (%s)\n  standing  %s\n", who, c.Element, c.Cause, c.Cause.Cause().Meaning, c.Sure())
		if r.Verdict.News(c.Explanation) {
			fmt.Fprintf(&b, "  because   %s\n", diagnose.Spoken(c.Explanation))
		}
		if c.With.Tried > 0 && c.Without.Tried > 0 {
			fmt.Fprintf(&b, "  proof     %s\n", tallies(r.Verdict.Outcome, c))
		}
		if c.Fix != "" {
			fmt.Fprintf(&b, "  fix       %s\n", fixed(c.Fix))
		}
	}
	answer(&b, r.Answer, "\n  the answer\n", "    %s %s\n", strings.TrimSpace)
	if f := r.Verdict.Repair; f != nil {
		fmt.Fprintf(&b, "\n  repaired request (%s)\n", verified(f))
		repaired(&b, *f)
	}
	for i, m := range r.Made {
		if i == 0 {
			b.WriteString("\n  made by the probes, and not removed\n")
		}
		fmt.Fprintf(&b, "    %s (%s)\n", m, m.By())
	}
	for i, h := range r.Hints {
		if i == 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "  would help: %s\n", h)
	}
	fmt.Fprintf(&b, "\n%s\n", spent(r.Cost))
	for _, line := range safe.Block(p.mask(b.String())) {
		if _, err := fmt.Fprintln(w, line.String()); err != nil {
			return err
		}
	}
	return nil
}

// heading is how sure the verdict is, in capitals; where nothing was found, what came out.
func heading(v diagnose.Verdict) string {
	if s := v.Standing(); s != "" {
		return strings.ToUpper(s.Words())
	}
	return strings.ToUpper(v.Outcome)
}

// tallies says how often the request failed and passed; a flaky one was not changed between.
func tallies(outcome string, c diagnose.Culprit) string {
	without := "with the fix it passes"
	if outcome == diagnose.OutcomeFlaky {
		without = "as it is it passes too,"
	}
	return fmt.Sprintf("as it is it fails %d of %d, %s %d of %d", c.With.Seen, c.With.Tried, without, c.Without.Seen, c.Without.Tried)
}

// answer lists the departures of a success, those that accuse with a cross and the notes with a dash.
func answer(b *strings.Builder, all []diagnose.Departure, title, line string, shown func(string) string) {
	if len(all) > 0 {
		b.WriteString(title)
	}
	for _, d := range all {
		mark := "✗"
		if d.Weight == 0 {
			mark = "–"
		}
		fmt.Fprintf(b, line, mark, shown(d.Text+", against "+d.Against))
	}
}

// repaired writes how the repaired request differs, and the command when it fits on a line: the others are in the
// JSON and Markdown forms.
func repaired(b *strings.Builder, f diagnose.Fix) {
	for _, line := range strings.Split(diff(f.Diff), "\n") {
		b.WriteString("    " + line + "\n")
	}
	if !strings.Contains(f.Curl, "\n") {
		fmt.Fprintf(b, "    %s\n", f.Curl)
	}
}

func verified(f *diagnose.Fix) string {
	if f.Verified {
		return fmt.Sprintf("it passes, status %d", f.Status)
	}
	return "not sent"
}

// spent says what a diagnosis took: probes, and what they may have done.
func spent(c diagnose.Cost) string {
	probes, writes := fmt.Sprintf("%d probes", c.Probes), "none of which could change data"
	switch {
	case c.Probes == 1 && c.Unsafe == 0:
		probes, writes = "1 probe", "which could not change data"
	case c.Probes == 1:
		probes, writes = "1 probe", fmt.Sprintf("which could change data and %s", [2]string{"did not", "may have"}[min(c.Wrote, 1)])
	case c.Unsafe > 0:
		writes = fmt.Sprintf("%d of which could change data and %d may have", c.Unsafe, c.Wrote)
	}
	return fmt.Sprintf("%s, %s, %s", probes, writes, diagnose.Lasted(c.Duration))
}
