package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"culprit/collections"
	"culprit/collections/check"
	"culprit/collections/send"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/mask"
	"culprit/request/safe"
)

type runFlags struct {
	kit.Common
	reports []string
	bail    bool
}

func runCommand(d Deps) *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use: "run [FOLDER]", Short: "send the requests of a folder in order and check their assertions",
		Long: `Send the requests of a folder in order, those of the folders in it too, and check their assertions.

A request passes when all its assertions hold; one without assertions passes with any status below 400. An
assertion that cannot be checked, because it is JavaScript, has not passed. The exit code is 0 when all passed, 1
when one did not, 4 when one got no response.`,
		Example: "  culprit run orders --env local\n  culprit run --report junit=results.xml --report html=results.html",
		Args:    cobra.MaximumNArgs(1), ValidArgsFunction: CompletePaths(d, &f.Common),
		RunE: func(cmd *cobra.Command, args []string) error {
			reports, err := openReports(f.reports, f.JSON, d.Streams)
			if err != nil {
				return err
			}
			t, err := Open(cmd.Context(), d, &f.Common, f.Dir)
			if err != nil {
				return err
			}
			defer t.Close()
			path := ""
			if len(args) == 1 {
				path = strings.Trim(strings.TrimSuffix(args[0], ".yml"), "/")
			}
			if at := find(t.Collection.Root, path); at != nil {
				unread(d.Streams.Err, at)
			}
			entries, err := t.below(path)
			if err != nil {
				return err
			}
			return run(cmd.Context(), d, &f, t, entries, reports)
		},
	}
	flags(cmd, d, &f.Common)
	cmd.Flags().Var((*kit.Repeated)(&f.reports), "report", "write a report as `format`: junit, json or html, to standard output; FORMAT=FILE writes it to a file")
	cmd.Flags().BoolVar(&f.bail, "bail", false, "stop at the first request that does not pass")
	return cmd
}

// below returns the requests of a folder in the order of the collection, or the one request of that path; "" is the
// whole collection. Entries that cannot be sent are among them: they do not pass.
func (t *Target) below(path string) ([]*collections.Entry, error) {
	at := find(t.Collection.Root, path)
	if at == nil {
		return nil, kit.Fail(kit.Usage, fmt.Errorf("no folder or request %q in %s; see 'culprit list'", path, t.Store.Dir()))
	}
	var all []*collections.Entry
	for e := range at.All() {
		if e.Kind != collections.Folder {
			all = append(all, e)
		}
	}
	return all, nil
}

// find returns the folder or request of a path; "" is the root.
func find(e *collections.Entry, path string) *collections.Entry {
	for at := range e.All() {
		if at.Path == path {
			return at
		}
	}
	return nil
}

// An outcome is one request of a run.
type outcome struct {
	entry    *collections.Entry
	exchange *request.Exchange // nil when nothing was sent; its bodies are closed
	checks   []collections.Checked
	err      string // why there is no response, without secrets
	took     time.Duration
	mask     *mask.Mask
}

// ok reports whether the request passed.
func (o *outcome) ok() bool {
	switch {
	case o.err != "":
		return false
	case len(o.checks) > 0:
		return check.Count(o.checks) == len(o.checks)
	}
	return o.exchange.Status() > 0 && o.exchange.Status() < 400
}

// why says in a line what did not pass; "" for one that did.
func (o *outcome) why() string {
	switch {
	case o.ok():
		return ""
	case o.err != "":
		return o.err
	case len(o.checks) == 0:
		return fmt.Sprintf("status %d", o.exchange.Status())
	}
	var all []string
	for _, r := range o.checks {
		switch r.Verdict {
		case collections.Failed:
			all = append(all, r.String()+": "+r.Why)
		case collections.Unclear:
			all = append(all, r.String()+": not checked: "+r.Why)
		}
	}
	return o.mask.Text(strings.Join(all, "; "))
}

func run(ctx context.Context, d Deps, f *runFlags, t Target, entries []*collections.Entry, reports *reports) error {
	defer reports.close()
	engine := d.Engine()
	defer engine.Close()
	n := &narrator{s: d.Streams, quiet: f.Quiet, ink: f.Ink(reports.term, d.Getenv)}
	n.s.Err = reports.lines // the lines are the data, unless a report is
	begin := time.Now()
	sender := send.Sender{Tokens: new(send.Tokens), Values: new(send.Values), Browse: d.browse(), Do: func(ctx context.Context, r request.Request, emit func(request.Event)) (*request.Exchange, error) {
		return engine.Do(ctx, f.Limit(r), emit)
	}}
	recorded := func() error { return nil }
	if d.History != nil {
		batch := d.History.Batch(ctx)
		sender.Recorder, recorded = batch, sync.OnceValue(batch.Close)
	}
	defer recorded()
	var all []outcome
	for _, e := range entries {
		o := runOne(ctx, sender, f, t, e)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		all = append(all, o)
		n.outcome(&o)
		if f.bail && !o.ok() {
			break
		}
	}
	s := sum(all, time.Since(begin))
	if err := recorded(); err != nil {
		n.say("not all of it is in the history: %v", err)
	}
	n.total(s)
	if err := reports.write(s); err != nil {
		return kit.Fail(kit.File, err)
	}
	switch {
	case s.unanswered > 0:
		return kit.Fail(kit.Network, nil)
	case s.passed < len(all):
		return kit.Fail(kit.No, nil)
	}
	return nil
}

// runOne sends one request and lets its bodies go: a run may be long.
func runOne(ctx context.Context, s send.Sender, f *runFlags, t Target, e *collections.Entry) outcome {
	o := outcome{entry: e}
	if e.Kind == collections.Broken {
		o.err = broken(e)
		return o
	}
	sent, err := s.Send(ctx, e, e.Saved, t.Options, nil)
	o.exchange, o.checks, o.mask = sent.Exchange, sent.Checks, f.Mask(sent.Resolved.Request)
	defer sent.Exchange.Close()
	var failure *request.Failure
	switch {
	case errors.As(err, &failure):
		o.err = o.mask.Text(failure.Text)
	case err != nil:
		o.err = o.mask.Text(err.Error())
	}
	if o.exchange != nil {
		o.took = o.exchange.Took
	}
	return o
}

// outcome tells one request of a run in a line, and what did not pass below it.
func (n *narrator) outcome(o *outcome) {
	sign, status := n.ink.Good("✓"), ""
	if !o.ok() {
		sign = n.ink.Bad("✗")
	} else if n.quiet {
		return
	}
	if s := o.exchange.Status(); s > 0 {
		status = fmt.Sprintf("%d  ", s)
	}
	fmt.Fprintf(n.s.Err, "%s %s  %s%s\n", sign, safe.Line(o.entry.Path), status, n.ink.Dim(request.Lapse(o.took)))
	if o.ok() {
		return
	}
	if o.err != "" || len(o.checks) == 0 {
		fmt.Fprintf(n.s.Err, "    %s\n", safe.Line(o.why()))
		return
	}
	for _, r := range o.checks {
		if r.Verdict != collections.Passed {
			one := outcome{entry: o.entry, exchange: o.exchange, checks: []collections.Checked{r}, mask: o.mask}
			fmt.Fprintf(n.s.Err, "    %s\n", safe.Line(one.why()))
		}
	}
}

func (n *narrator) total(s summary) {
	text := fmt.Sprintf("%d of %d requests passed", s.passed, len(s.all))
	if s.checks > 0 {
		text += fmt.Sprintf(", %d of %d assertions", s.held, s.checks)
	}
	ink := n.ink.Good
	if s.passed < len(s.all) {
		ink = n.ink.Bad
	}
	fmt.Fprintf(n.s.Err, "%s in %s\n", ink(text), request.Lapse(s.took))
}
