package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	collcli "culprit/collections/cli"
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/report"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/mask"
	"culprit/request/safe"
	"culprit/request/secret"
)

// progress tells on standard error what happens, one line a probe, without secrets.
type progress struct {
	s     kit.Streams
	quiet bool
	mask  *mask.Mask // nil shows everything
	also  *mask.Mask // of the variation at hand
	ink   kit.Ink
}

func (p progress) say(text string) {
	if !p.quiet {
		fmt.Fprintln(p.s.Err, safe.Line(p.masked(text)))
	}
}

// hiding is p for a text about r, a variation: it may hold a secret that the original does not, a credential without
// the quotes around it, or what one of edits makes of one in its body.
func (p progress) hiding(r *request.Request, edits ...diagnose.Edit) progress {
	if p.mask == nil || r == nil {
		return p
	}
	var made []request.Secret
	for _, e := range edits {
		if to, ok := e.To.(string); ok && to != "" && secret.Sensitive(e.Element.Last()) {
			made = append(made, request.Secret{Ref: string(e.Element), Value: to})
		}
	}
	p.also = mask.Of(*r, made...)
	return p
}

// masked hides the secrets in a text.
func (p progress) masked(text string) string { return p.mask.Text(p.also.Text(text)) }

func (p progress) event(e diagnose.Event) {
	switch {
	case p.quiet:
	case e.Probe != nil && e.Probe.Outcome != "":
		r := e.Probe
		if r.Question != nil {
			p = p.hiding(r.Question.Request, r.Question.Edits...)
		}
		took, became := diagnose.Lasted(r.Duration), r.Outcome
		if became == diagnose.Refused { // what was not sent took no time
			took, became = "", "not sent"
		}
		got := fmt.Sprint(r.Status)
		if r.Status == 0 {
			got = cmp.Or(r.Error, "ok") // a look below HTTP has no status
		}
		what := strings.Join(r.Changed, ", ")
		switch q := r.Question; {
		case what != "":
		case r.Kind == diagnose.Contrast && q != nil && q.Request != nil && len(q.Edits) == 0:
			what = method(*q.Request) + " " + element.SplitURL(q.Request.URL).Path // another request of the API
		default:
			what = "as it is"
		}
		// masked first: half a secret is not recognised
		shown := safe.Line(fmt.Sprintf("%s  → %s", short(p.masked(what)), short(p.masked(got))))
		fmt.Fprintf(p.s.Err, "%3d  %-9s  %s  %7s  %s\n", r.N, r.Kind, p.outcome(became), took, shown)
	case e.Step != nil && e.Step.Result == "finding":
		p.say("     " + e.Step.Step + ": " + e.Step.Text)
	}
}

func (p progress) outcome(o diagnose.Outcome) string {
	padded := fmt.Sprintf("%-10s", o)
	switch o {
	case diagnose.Pass:
		return p.ink.Good(padded)
	case diagnose.Same:
		return p.ink.Bad(padded)
	case diagnose.Other:
		return p.ink.Warn(padded)
	}
	return p.ink.Dim(padded)
}

func short(s string) string {
	if r := []rune(s); len(r) > 100 {
		return string(r[:99]) + "…"
	}
	return s
}

// print writes the report to standard output first, then to the files that were asked for.
func print(d collcli.Deps, f *flags, r diagnose.Report) error {
	show := report.Text
	if f.JSON {
		show = report.JSON
	}
	err := show(d.Streams.Out, r, f.Secret)
	if f.report != "" {
		form := map[string]func(io.Writer, diagnose.Report, bool) error{".md": report.Markdown, ".json": report.JSON, ".txt": report.Text}
		err = errors.Join(err, write(f.report, func(w io.Writer) error { return form[filepath.Ext(f.report)](w, r, f.Secret) }))
	}
	if f.archive != "" {
		err = errors.Join(err, write(f.archive, func(w io.Writer) error { return report.HAR(w, r, d.Version, f.Secret) }))
	}
	return err
}

// write makes a file that only its owner may read: a report tells much of an API.
func write(name string, fill func(io.Writer) error) error {
	w, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return kit.Fail(kit.File, err)
	}
	if err := errors.Join(fill(w), w.Close()); err != nil {
		return kit.Fail(kit.File, fmt.Errorf("write %s: %w", name, err))
	}
	return nil
}
