// Package cli is the command-line face of diagnose: the wizard without a screen.
//
// Progress goes to standard error, one line a probe; the report goes to standard output. Nothing that may
// change data is sent without --allow-writes.
package cli

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	collcli "culprit/collections/cli"
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/probe"
	"culprit/diagnose/report"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/safe"
)

// flags are what diagnose takes beside the common ones.
type flags struct {
	kit.Common
	curl, good, goodCurl string
	writes, dry, apply   bool
	probes               int
	report               string
}

// Commands returns the commands of this package.
func Commands(d collcli.Deps) []*cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use: "diagnose REQUEST", Short: "find what breaks a request, and prove it",
		Example: "  culprit diagnose orders/create-order --env local --allow-writes\n  culprit diagnose --curl 'curl https://api.example.com/' --json",
		Args:    cobra.MaximumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), d, &f, args) },
	}
	f.Common.Flags(cmd)
	s := cmd.Flags()
	s.StringVar(&f.curl, "curl", "", "diagnose this curl `command`; - reads it from standard input")
	s.StringVar(&f.good, "good", "", "a saved `request` that works: the differences are bisected")
	s.StringVar(&f.goodCurl, "good-curl", "", "a curl `command` that works")
	s.BoolVar(&f.writes, "allow-writes", false, "consent to probes that may change data, on this method and path only")
	s.BoolVar(&f.dry, "dry-run", false, "print what would be sent first; send nothing")
	s.BoolVar(&f.apply, "apply", false, "write the fix into the saved request")
	s.IntVar(&f.probes, "max-probes", 0, "send at most `n` probes (default 25)")
	s.StringVar(&f.report, "report", "", "write the report as Markdown to this `file`")
	return []*cobra.Command{cmd}
}

func run(ctx context.Context, d collcli.Deps, f *flags, args []string) error {
	t, err := collcli.Find(ctx, d, &f.Common, f.curl, args)
	if err != nil {
		return err
	}
	if t.Store != nil {
		defer t.Store.Close()
	}
	if f.apply && t.Entry == nil {
		return kit.Fail(kit.Usage, errors.New("--apply needs a saved request"))
	}
	c, err := caseOf(ctx, d, f, t)
	if err != nil {
		return err
	}
	p := progress{d.Streams, f.Quiet}
	for _, n := range t.Notes {
		p.say("note: " + n)
	}
	ask, closing := asker(d, f, c)
	defer closing()
	start := time.Now()
	r, err := diagnose.Run(ctx, inquiry.New(c), ask, p.event)
	r.Cost.Duration = time.Since(start).Milliseconds()
	if err != nil && ctx.Err() == nil {
		return kit.Fail(kit.No, err)
	}
	if err := print(d, f, r); err != nil {
		return err
	}
	if f.apply && r.Verdict.Repair != nil && r.Verdict.Repair.Verified {
		if err := apply(d, t, r); err != nil {
			return kit.Fail(kit.File, err)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return exit(r)
}

// caseOf gathers what is known before the first probe.
func caseOf(ctx context.Context, d collcli.Deps, f *flags, t collcli.Target) (diagnose.Case, error) {
	c := diagnose.Case{Request: t.Request, Writes: f.writes, Now: time.Now(), Production: !local(t.Request.URL), Budget: diagnose.Budget{Probes: f.probes}}
	if t.Options.Environment != nil {
		c.Production = t.Options.Environment.Production
	}
	for _, g := range []struct {
		label, curl string
		args        []string
	}{{"--good-curl", f.goodCurl, nil}, {"--good", "", []string{f.good}}} {
		if g.curl == "" && (len(g.args) == 0 || g.args[0] == "") {
			continue
		}
		good, err := collcli.Find(ctx, d, &f.Common, g.curl, g.args)
		if err != nil {
			return c, fmt.Errorf("%s: %w", g.label, err)
		}
		if good.Store != nil {
			defer good.Store.Close()
		}
		c.Good = append(c.Good, diagnose.Known{Label: "the request of " + g.label, Request: good.Request})
	}
	return c, nil
}

// local reports whether a URL's host is loopback, private or link-local: no pacing is needed there.
func local(url string) bool {
	host := strings.Trim(element.SplitURL(url).Host, "[]")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".test") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast())
}

// paced is the least time between two probes to a host that is not local (RELIABILITY, defaults).
const paced = 250 * time.Millisecond

func asker(d collcli.Deps, f *flags, c diagnose.Case) (func(context.Context, diagnose.Question) (diagnose.Answer, error), func()) {
	if f.dry {
		return func(context.Context, diagnose.Question) (diagnose.Answer, error) {
			return diagnose.Answer{Refused: "dry run"}, nil
		}, func() {}
	}
	engine := d.Engine()
	o := probe.Options{Allow: func(_ context.Context, q diagnose.Question) (bool, error) { return consent(f, c, q), nil }}
	if c.Production {
		o.Gap = paced
	}
	return probe.Asker(engine, o), func() { engine.Close() }
}

// consent is --allow-writes: on the method and path of the request only; a probe that cannot act needs it on
// a production host alone.
func consent(f *flags, c diagnose.Case, q diagnose.Question) bool {
	if q.Safety == diagnose.S3 && !c.Production {
		return true
	}
	if !f.writes || q.Request == nil {
		return false
	}
	from, to := element.SplitURL(c.Request.URL), element.SplitURL(q.Request.URL)
	same := strings.TrimSuffix(from.Path, "/") == strings.TrimSuffix(to.Path, "/")
	return same && method(c.Request) == method(*q.Request)
}

func method(r request.Request) string {
	if r.Method == "" {
		return "GET"
	}
	return r.Method
}

type progress struct {
	s     kit.Streams
	quiet bool
}

func (p progress) say(text string) {
	if !p.quiet {
		fmt.Fprintln(p.s.Err, safe.Line(text))
	}
}

func (p progress) event(e diagnose.Event) {
	switch {
	case e.Probe != nil && e.Probe.Outcome != "":
		r := e.Probe
		got := fmt.Sprint(r.Status)
		if r.Status == 0 {
			got = r.Error
		}
		what := strings.Join(r.Changed, ", ")
		if what == "" {
			what = "as it is"
		}
		p.say(fmt.Sprintf("%3d  %-9s  %-10s  %4d ms  %s  → %s", r.N, r.Kind, r.Outcome, r.Duration, short(what), short(got)))
	case e.Step != nil && e.Step.Result == "finding":
		p.say("     " + e.Step.Step + ": " + e.Step.Text)
	}
}

func short(s string) string {
	if r := []rune(s); len(r) > 100 {
		return string(r[:99]) + "…"
	}
	return s
}

func print(d collcli.Deps, f *flags, r diagnose.Report) error {
	if f.report != "" {
		w, err := os.OpenFile(f.report, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return kit.Fail(kit.File, err)
		}
		if err := errors.Join(report.Markdown(w, r, f.Secret), w.Close()); err != nil {
			return kit.Fail(kit.File, err)
		}
	}
	if f.JSON {
		return report.JSON(d.Streams.Out, r, f.Secret)
	}
	return report.Text(d.Streams.Out, r, f.Secret)
}

// exit maps a report to the exit code.
func exit(r diagnose.Report) error {
	if r.Verdict.Outcome != diagnose.OutcomeInconclusive {
		return nil
	}
	for _, p := range r.Probes {
		if p.Outcome == diagnose.Refused && p.Error == "no consent" {
			return kit.Fail(kit.Unsafe, nil)
		}
	}
	return kit.Fail(kit.No, nil)
}
