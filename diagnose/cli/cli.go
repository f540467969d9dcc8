// Package cli is the command-line face of diagnose: the wizard without a screen, and the lab.
//
// Progress goes to standard error, one line a probe; the report goes to standard output. Nothing that may
// change data is sent without --allow-writes or, at a terminal, a yes to what is shown.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	collcli "culprit/collections/cli"
	"culprit/diagnose"
	"culprit/diagnose/dossier"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/report"
	"culprit/diagnose/serverlog"
	kit "culprit/request/cli"
)

// flags are what diagnose takes beside the common ones.
type flags struct {
	kit.Common
	curl, good, goodCurl string
	past                 string // an exchange of the history
	right                string // one whose answer was right
	writes, dry, apply   bool
	dryRuns, login       bool
	probes               int
	depth                kit.Choice
	from                 collcli.Place
	report               string
	spec                 string            // an OpenAPI document
	log                  string            // a file to which the server logs
	lines                *serverlog.Source // of it, or of what the collection or a variable names; nil for none
	expected             diagnose.Expectation
	hars                 []string // FILE to write, FILE#N to read
	source               collcli.Source
	archive              string // to write, "" for none

	webhook    string   // a stored delivery to check, in place of a request
	secretVars []string // names of variables of the process with its secrets
	typed      *typed   // what the person types, in the line mode; nil elsewhere
}

// Commands returns the commands of this package.
func Commands(d collcli.Deps) []*cobra.Command {
	return []*cobra.Command{diagnoseCommand(d), labCommand(d)}
}

func diagnoseCommand(d collcli.Deps) *cobra.Command {
	var f flags
	schema := false
	cmd := &cobra.Command{
		Use: "diagnose REQUEST", Short: "find what breaks a request, and prove it",
		Long: `Find what breaks a request by sending variations of it, and prove it: with the culprit it fails, without it passes.

REQUEST is a path in the collection, a file of one, --curl 'curl …', --har FILE#N, or --history ID for one that failed
before. Probes that may change data are sent only with --allow-writes, or after a yes at a terminal; with
--allow-dry-runs as dry runs, where the API's document has a parameter for them. When the request passed before, in this
environment, another or an earlier version, or another one is given with --good, the differences are bisected.

With --webhook a stored delivery is checked on the receiving side instead, and nothing is sent: whether its signature
fits, and which change of bytes or secret would make it fit.`,
		Example: `  culprit diagnose orders/create-order --env local --allow-writes --apply
  culprit diagnose --curl 'curl https://api.example.com/' --json
  culprit diagnose --har session.har#3 --report report.md --har probes.har
  culprit diagnose --webhook delivery.http --secret-var STRIPE_WEBHOOK_SECRET`,
		Args: cobra.MaximumNArgs(1), ValidArgsFunction: collcli.CompletePaths(d, &f.Common),
		RunE: func(cmd *cobra.Command, args []string) error {
			if schema {
				_, err := io.WriteString(d.Streams.Out, report.Schema())
				return err
			}
			if err := f.check(args); err != nil {
				return kit.Fail(kit.Usage, err)
			}
			if f.webhook != "" {
				return receive(d, &f)
			}
			return run(cmd.Context(), d, &f)
		},
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&schema, "json-schema", false, "print the JSON Schema of what --json prints, and do nothing else")
	// They fail only for a flag that is not there.
	_ = cmd.RegisterFlagCompletionFunc("env", collcli.CompleteEnvironments(d, &f.Common))
	_ = cmd.RegisterFlagCompletionFunc("good", collcli.CompletePaths(d, &f.Common))
	return cmd
}

// register makes f what is given with cmd.
func (f *flags) register(cmd *cobra.Command) {
	f.Common.Flags(cmd)
	s := cmd.Flags()
	s.StringVar(&f.curl, "curl", "", "diagnose this curl `command`; - reads it from standard input")
	s.StringVar(&f.good, "good", "", "a `request` that works, saved or FILE#N of a HAR: the differences are bisected")
	s.StringVar(&f.past, "history", "", "diagnose the exchange with this `id` of the history, or the last one")
	s.StringVar(&f.goodCurl, "good-curl", "", "a curl `command` that works")
	s.StringVar(&f.spec, "spec", "", "an OpenAPI `file` (3.0, 3.1, Swagger 2; YAML or JSON) that says how requests should be")
	s.StringVar(&f.log, "log", "", "a `file` to which the server logs: what it says of a failure that names nothing is read, at its end alone")
	s.StringVar(&f.expected.Has, "expect", "", "the answer is wrong without this `text` in it, although it passes")
	s.StringVar(&f.expected.Lacks, "expect-not", "", "the answer is wrong with this `text` in it, although it passes")
	s.StringVar(&f.right, "expect-as", "", "the answer is wrong where it is built otherwise than that of the exchange with this `id` of the history: members and their types, no values")
	s.BoolVar(&f.writes, "allow-writes", false, "consent to probes that may change data, on this method and path only")
	s.BoolVar(&f.dryRuns, "allow-dry-runs", false, "consent to dry runs on this method and path, where the API's document has a parameter for them")
	s.BoolVar(&f.login, "allow-login", false, "consent to getting new credentials once, from where the collection says that they come from")
	s.BoolVar(&f.dry, "dry-run", false, "print what stands out and what would be sent first; send nothing")
	s.BoolVar(&f.apply, "apply", false, "write the proved fix into the saved request")
	f.depth = kit.Choice{Value: "normal", Of: diagnose.Depths()}
	s.Var(&f.depth, "depth", "the `budget`: quick (6 probes), normal (25) or deep (60)")
	s.IntVar(&f.probes, "max-probes", 0, "send at most `n` probes (default what --depth says)")
	s.Var(&f.from, "from", "another `machine` to send from where that tells more: ssh://[user@]host[:port], with your own ssh")
	s.StringVar(&f.report, "report", "", "write the report to this `file`: .md, .json or .txt")
	s.Var((*kit.Repeated)(&f.hars), "har", "`file#n` takes the request from a HAR file; a file without a number gets every probe as HAR")
	s.StringVar(&f.webhook, "webhook", "", "check a stored webhook delivery: a `file` with the text of an HTTP request, or a HAR file, FILE#N for one entry")
	s.Var((*kit.Repeated)(&f.secretVars), "secret-var", "the `name` of an environment variable with the secret of --webhook; may be given again")
}

// budget is what --depth and --max-probes allow.
func (f *flags) budget() diagnose.Budget {
	b := diagnose.Depth(f.depth.Value)
	if f.probes > 0 {
		b.Probes = f.probes
	}
	return b
}

// check sorts out the flags before anything is read or sent.
func (f *flags) check(args []string) error {
	f.source = collcli.Source{Curl: f.curl, Past: f.past, Args: args}
	for _, h := range f.hars {
		into := &f.archive
		if strings.Contains(filepath.Base(h), "#") {
			into = &f.source.HAR
		}
		if *into != "" {
			return errors.New("--har: one file to read from and one to write to at most")
		}
		*into = h
	}
	switch {
	case f.webhook != "" && (len(args) > 0 || f.curl != "" || f.past != "" || len(f.hars) > 0 || f.apply || f.dry || f.report != ""):
		return errors.New("--webhook is checked alone: give no request and no --report")
	case f.webhook == "" && len(f.secretVars) > 0:
		return errors.New("--secret-var goes with --webhook")
	case f.report != "" && !slices.Contains([]string{".md", ".json", ".txt"}, filepath.Ext(f.report)):
		return fmt.Errorf("--report %s: want a name that ends in .md, .json or .txt", f.report)
	case f.apply && (f.curl != "" || f.source.HAR != ""):
		return errors.New("--apply needs a saved request")
	case f.right != "" && (f.expected.Has != "" || f.expected.Lacks != ""):
		return errors.New("--expect-as is given without --expect and --expect-not")
	case f.apply && f.dry:
		return errors.New("--apply and --dry-run exclude each other")
	case f.probes < 0:
		return errors.New("--max-probes: want a number above 0")
	}
	return nil
}

func run(ctx context.Context, d collcli.Deps, f *flags) error {
	t, err := collcli.Find(ctx, d, &f.Common, f.source)
	if err != nil {
		return err
	}
	defer t.Close()
	if f.apply && t.Entry == nil {
		return kit.Fail(kit.Usage, errors.New("--apply needs a saved request"))
	}
	if !f.dry {
		if err := t.Ready(ctx, d, &f.Common); err != nil {
			return err
		}
	}
	p := progress{s: d.Streams, quiet: f.Quiet, mask: f.Mask(t.Request), ink: f.Ink(d.Streams.ErrTerm, d.Getenv)}
	c, err := caseOf(ctx, d, f, t, p)
	if err != nil {
		return err
	}
	p.mask = f.Mask(c.Request) // with what the requests beside it keep secret
	for _, n := range t.Notes {
		p.say("note: " + n)
	}
	if f.dry {
		return plan(d, f, c)
	}
	r, err := investigate(ctx, d, f, c, p, &diagnose.Tape{})
	if err != nil && ctx.Err() == nil && !errors.Is(err, errStopped) {
		return kit.Fail(kit.No, err)
	}
	if t.Entry != nil && t.Then == nil && d.History != nil {
		if err := dossier.Keep(ctx, subject(d, t), d.History, r); err != nil {
			p.say("note: not in the history: " + err.Error())
		}
	}
	if err := print(d, f, r); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if f.apply {
		if err := apply(ctx, d, f, t, r); err != nil {
			return err
		}
	}
	return exit(r)
}

// errStopped says that the person wants no more of it.
var errStopped = errors.New("stopped")

// investigate runs the diagnosis of c on a tape. The error is why it ended early; the report is there all the same.
func investigate(ctx context.Context, d collcli.Deps, f *flags, c diagnose.Case, p progress, tape *diagnose.Tape) (diagnose.Report, error) {
	ask, closing := asker(d, f, c, p, tape)
	defer closing()
	start := time.Now()
	r, err := diagnose.Run(ctx, inquiry.New(c), tape.Ask(ask), p.event)
	r = tape.Carried(r)
	r.Cost.Duration = time.Since(start).Milliseconds()
	if stopped := ctx.Err() != nil || errors.Is(err, errStopped); stopped && r.Verdict.Outcome == diagnose.OutcomeInconclusive {
		r.Verdict.Summary, r.Hints = "It was stopped before a verdict was reached.", nil
	}
	if tape.Fresh(r) {
		if err := findings(d).Learn(r, time.Now()); err != nil {
			p.say("note: " + err.Error())
		}
	}
	return r, err
}

// exit maps a report to the exit code.
func exit(r diagnose.Report) error {
	if r.Verdict.Outcome != diagnose.OutcomeInconclusive {
		return nil
	}
	for _, p := range r.Probes {
		if p.Outcome == diagnose.Refused && p.Error == diagnose.NoConsent {
			return kit.Fail(kit.Unsafe, nil)
		}
	}
	return kit.Fail(kit.No, nil)
}
