package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"culprit/collections"
	"culprit/collections/check"
	"culprit/collections/send"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/mask"
	"culprit/request/safe"
)

type sendFlags struct {
	kit.Common
	src           Source
	fail, include bool
	from          Place
}

func sendCommand(d Deps) *cobra.Command {
	var f sendFlags
	cmd := &cobra.Command{
		Use: "send REQUEST", Short: "send one request and print the response",
		Long: `Send one request and print the body of the response.

The body goes to standard output as it came, byte for byte; to a terminal it goes without control characters and
without the request's secrets. Everything else goes to standard error.`,
		Example: "  culprit send orders/list-orders --env local\n  culprit send --curl 'curl https://api.example.com/'\n  culprit send --har session.har#3 --json",
		Args:    cobra.MaximumNArgs(1), ValidArgsFunction: CompletePaths(d, &f.Common),
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := Find(cmd.Context(), d, &f.Common, f.src.With(args).only())
			if err != nil {
				return err
			}
			defer t.Close()
			return sendIt(cmd.Context(), d, &f, t)
		},
	}
	flags(cmd, d, &f.Common)
	f.src.Flags(cmd)
	cmd.Flags().Var(&f.from, "from", "send from another `machine`: ssh://[user@]host[:port], with your own ssh")
	cmd.Flags().BoolVar(&f.fail, "fail", false, "exit code 1 for a status of 400 and above")
	cmd.Flags().BoolVarP(&f.include, "include", "i", false, "print the response's status line and header too")
	return cmd
}

func sendIt(ctx context.Context, d Deps, f *sendFlags, t Target) error {
	n := &narrator{s: d.Streams, quiet: f.Quiet, mask: f.Mask(t.Request), ink: f.Ink(d.Streams.ErrTerm, d.Getenv)}
	for _, note := range t.Notes {
		n.say("note: %s", note)
	}
	engine := d.Engine()
	defer engine.Close()
	do := func(ctx context.Context, r request.Request, emit func(request.Event)) (*request.Exchange, error) {
		r.Settings.From = string(f.from)
		return engine.Do(ctx, r, emit)
	}
	x, checks, err := perform(ctx, d, &f.Common, do, t, n)
	return conclude(ctx, f, x, checks, err, n)
}

// Send sends a request, records it, and prints what came back without control characters and secrets. The exchange is
// there beside the error of a request that failed; the caller closes it.
func Send(ctx context.Context, d Deps, c *kit.Common, t Target) (*request.Exchange, error) {
	d.Streams.OutTerm = true
	n := &narrator{s: d.Streams, mask: c.Mask(t.Request), ink: c.Ink(false, d.Getenv)}
	engine := d.Engine()
	defer engine.Close()
	x, checks, err := perform(ctx, d, c, engine.Do, t, n)
	if x == nil {
		return nil, err
	}
	var failure *request.Failure
	if errors.As(err, &failure) {
		return x, n.failed(failure)
	}
	err = errors.Join(err, n.exchange(x, false))
	n.checks(checks)
	return x, err
}

// conclude prints what came of a send and decides the exit code.
func conclude(ctx context.Context, f *sendFlags, x *request.Exchange, checks []collections.Checked, err error, n *narrator) error {
	defer x.Close()
	var failure *request.Failure
	if err != nil && !errors.As(err, &failure) || x == nil {
		return kit.Fail(tokenCode(err), err)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if f.JSON {
		if err := kit.JSON(n.s.Out, x, n.mask); err != nil {
			return err
		}
	} else if err := n.exchange(x, f.include); err != nil {
		return err
	}
	switch {
	case failure != nil && failure.Phase == request.PhasePrepare:
		return kit.Fail(kit.Usage, n.failed(failure))
	case failure != nil:
		return kit.Fail(kit.Network, n.failed(failure))
	}
	n.checks(checks)
	if f.fail && x.Status() >= 400 || check.Count(checks) < len(checks) {
		return kit.Fail(kit.No, nil)
	}
	return nil
}

// checks tells how the assertions came out.
func (n *narrator) checks(results []collections.Checked) {
	for _, r := range results {
		line := safe.Line(n.mask.Text(r.String())).String()
		why := safe.Line(n.mask.Text(r.Why)).String()
		switch {
		case n.quiet && r.Verdict == collections.Passed:
		case r.Verdict == collections.Passed:
			fmt.Fprintln(n.s.Err, n.ink.Good("✓"), line)
		case r.Verdict == collections.Failed:
			fmt.Fprintln(n.s.Err, n.ink.Bad("✗"), line+":", why)
		default:
			fmt.Fprintln(n.s.Err, n.ink.Warn("?"), line+": not checked:", why)
		}
	}
}

// failed tells a failure in the words for a person, with the system's behind them.
func (n *narrator) failed(f *request.Failure) error {
	return fmt.Errorf("%s (%s)", n.mask.Text(strings.TrimSuffix(f.Text, ".")), n.mask.Text(f.Err.Error()))
}

type doer func(ctx context.Context, r request.Request, emit func(request.Event)) (*request.Exchange, error)

// perform sends and records. A history that cannot be written is said, and no reason not to send.
func perform(ctx context.Context, d Deps, c *kit.Common, do doer, t Target, n *narrator) (*request.Exchange, []collections.Checked, error) {
	limited := func(ctx context.Context, r request.Request, emit func(request.Event)) (*request.Exchange, error) {
		return do(ctx, c.Limit(r), emit)
	}
	var unrecorded error
	var x *request.Exchange
	var checks []collections.Checked
	var err error
	if t.Entry != nil && t.Then == nil {
		s := send.Sender{Do: limited, Browse: d.browse()}
		if d.History != nil {
			s.Recorder = d.History
		}
		var sent send.Sent
		sent, err = s.Send(ctx, t.Entry, t.Entry.Saved, t.Options, nil)
		x, checks, unrecorded = sent.Exchange, sent.Checks, sent.Unrecorded
		if sent.Unkept != nil {
			n.say("its cookies are not in the jar: %v", sent.Unkept)
		}
		if x != nil {
			n.mask = c.Mask(sent.Resolved.Request) // with the token that it went out with
		}
	} else if x, err = limited(ctx, t.Request, nil); d.History != nil && x != nil {
		kept := t.As
		kept.Exchange, kept.Passed = x, passed(x, err)
		unrecorded = d.History.Record(context.WithoutCancel(ctx), kept)
	}
	if unrecorded != nil {
		n.say("not in the history: %v", unrecorded)
	}
	return x, checks, err
}

func passed(x *request.Exchange, err error) bool {
	return err == nil && x.Status() > 0 && x.Status() < 400
}

// A narrator tells on standard error what happened, without secrets.
type narrator struct {
	s     kit.Streams
	quiet bool
	mask  *mask.Mask
	ink   kit.Ink
}

func (n *narrator) say(format string, args ...any) {
	if !n.quiet {
		fmt.Fprintln(n.s.Err, safe.Line(n.mask.Text(fmt.Sprintf(format, args...))))
	}
}

// exchange prints the hops on standard error and the last body on standard output.
func (n *narrator) exchange(x *request.Exchange, include bool) error {
	for _, h := range x.Wire() {
		n.hop(h)
	}
	r := x.Response()
	if r == nil {
		return nil
	}
	if include {
		if err := header(n.s.Out, r, n.mask); err != nil {
			return err
		}
	}
	if r.Body.Cut != "" {
		n.say("%s", r.Body.Cut)
	}
	if r.Warn != "" {
		n.say("%s", r.Warn)
	}
	n.unverified(x)
	if !n.s.OutTerm {
		_, err := io.Copy(n.s.Out, r.Body.Reader())
		return err
	}
	for _, line := range safe.Block(n.mask.Text(string(r.Body.Head(maxPrinted)))) {
		fmt.Fprintln(n.s.Out, line)
	}
	if r.Body.Size() > maxPrinted {
		n.say("… %d more bytes; send the output to a file to have them all", r.Body.Size()-maxPrinted)
	}
	return nil
}

// unverified says in red that anybody may have answered, also with --quiet: it is a warning and no progress.
func (n *narrator) unverified(x *request.Exchange) {
	for _, h := range x.Hops {
		if h.Conn.TLS != nil && x.Request.Settings.TLS.Insecure {
			fmt.Fprintln(n.s.Err, n.ink.Bad("the certificate was not verified (-k): anybody may have answered"))
			return
		}
	}
}

// maxPrinted is what is printed of a body to a terminal: more than anybody reads there.
const maxPrinted = 1 << 20

func (n *narrator) hop(h *request.Hop) {
	r := h.Response
	if r == nil || n.quiet {
		return
	}
	status := safe.Line(strings.TrimSpace(fmt.Sprintf("%d %s", r.Status, n.mask.Text(r.Reason)))).String()
	if r.Status >= 400 {
		status = n.ink.Bad(status)
	} else {
		status = n.ink.Good(status)
	}
	line := safe.Line(n.mask.Text(h.Sent.Method + " " + h.Sent.URL)).String()
	took := max(h.Timing.Done, h.Timing.FirstByte) - h.Timing.Start
	fmt.Fprintf(n.s.Err, "%s  %s  %s  %s  %d bytes\n", line, safe.Line(r.Proto), status, request.Lapse(took), r.Body.Size())
	n.cookies(h)
	if f := h.Followed; f != nil {
		text := "  redirected to " + f.To
		if f.Stopped != "" {
			text = "  not redirected to " + f.To + ": " + f.Stopped
		}
		if len(f.Dropped) > 0 {
			text += "; not sent on: " + strings.Join(f.Dropped, ", ")
		}
		n.say("%s", text)
	}
}

// cookies tells what the jar added to a hop, and what became of what its answer set.
func (n *narrator) cookies(h *request.Hop) {
	if len(h.Sent.Jar) > 0 {
		n.say("  with cookies of the jar: %s", strings.Join(h.Sent.Jar, ", "))
	}
	var kept []string
	for _, s := range h.Response.Stored {
		if s.Kept {
			kept = append(kept, s.Name)
		}
	}
	if len(kept) > 0 {
		n.say("  kept in the jar: %s", strings.Join(kept, ", "))
	}
	for _, s := range h.Response.Stored {
		if s.Why != "" {
			n.say("  cookie %s: %s", s.Name, s.Why)
		}
	}
}

func header(w io.Writer, r *request.Response, m *mask.Mask) error {
	if _, err := fmt.Fprintln(w, safe.Line(strings.TrimSpace(fmt.Sprintf("%s %d %s", r.Proto, r.Status, m.Text(r.Reason))))); err != nil {
		return err
	}
	for _, f := range m.Fields(r.Header) {
		fmt.Fprintf(w, "%s: %s\n", safe.Line(f.Name), safe.Line(f.Value))
	}
	_, err := fmt.Fprintln(w)
	return err
}
