// Package cli is the command-line face of collections: list, send, export.
//
// It also finds the request that a command line names, for the other faces.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"culprit/collections"
	"culprit/collections/send"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/curl"
	"culprit/request/safe"
)

// Commands returns the commands of this package.
func Commands(d Deps) []*cobra.Command {
	return []*cobra.Command{listCommand(d), sendCommand(d), exportCommand(d)}
}

func listCommand(d Deps) *cobra.Command {
	var c kit.Common
	cmd := &cobra.Command{
		Use: "list", Short: "list the saved requests", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			t, err := Open(cmd.Context(), d, &c, c.Dir)
			if err != nil {
				return err
			}
			defer t.Store.Close()
			list(d.Streams.Out, t.Collection.Root)
			return nil
		},
	}
	c.Flags(cmd)
	return cmd
}

func list(w io.Writer, e *collections.Entry) {
	for _, c := range e.Children {
		switch c.Kind {
		case collections.Folder:
			list(w, c)
		case collections.Broken:
			text := "cannot be read"
			if len(c.Problems) > 0 {
				text = fmt.Sprintf("line %d column %d: %s", c.Problems[0].Line, c.Problems[0].Column, c.Problems[0].Text)
			}
			fmt.Fprintf(w, "%-8s%s  (%s)\n", "BROKEN", safe.Line(c.Path), safe.Line(text))
		default:
			fmt.Fprintf(w, "%-8s%s\n", safe.Line(c.Saved.Method), safe.Line(c.Path))
		}
	}
}

func sendCommand(d Deps) *cobra.Command {
	var c kit.Common
	var command string
	var fail, include bool
	cmd := &cobra.Command{
		Use: "send REQUEST", Short: "send one request and print the response",
		Example: "  culprit send orders/list-orders --env local\n  culprit send --curl 'curl https://api.example.com/'",
		Args:    cobra.MaximumNArgs(1), ValidArgsFunction: completePaths(d, &c),
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := Find(cmd.Context(), d, &c, command, args)
			if err != nil {
				return err
			}
			if t.Store != nil {
				defer t.Store.Close()
			}
			return sendIt(cmd.Context(), d, &c, t, fail, include)
		},
	}
	c.Flags(cmd)
	f := cmd.Flags()
	f.StringVar(&command, "curl", "", "send this curl `command`; - reads it from standard input")
	f.BoolVar(&fail, "fail", false, "exit code 1 for a status of 400 and above")
	f.BoolVarP(&include, "include", "i", false, "print the response's header too")
	return cmd
}

func sendIt(ctx context.Context, d Deps, c *kit.Common, t Target, fail, include bool) error {
	say := func(format string, args ...any) {
		if !c.Quiet {
			fmt.Fprintln(d.Streams.Err, safe.Line(fmt.Sprintf(format, args...)))
		}
	}
	for _, n := range t.Notes {
		say("note: %s", n)
	}
	engine := d.Engine()
	defer engine.Close()
	x, err := perform(ctx, d, engine, t)
	if x != nil {
		defer x.Close()
	}
	var failure *request.Failure
	switch {
	case errors.As(err, &failure):
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return kit.Fail(kit.Network, failure)
	case err != nil:
		return kit.Fail(kit.Usage, err)
	}
	printExchange(d.Streams, x, say, include)
	if fail && x.Status() >= 400 {
		return kit.Fail(kit.No, nil)
	}
	return nil
}

// perform sends a saved request by way of the history, a curl command without.
func perform(ctx context.Context, d Deps, engine *request.Engine, t Target) (*request.Exchange, error) {
	if t.Entry == nil || d.Recorder == nil {
		return engine.Do(ctx, t.Request, nil)
	}
	rec, err := d.Recorder()
	if err != nil {
		rec = nil // the history cannot be opened; sending matters more
	}
	sent, err := send.Sender{Do: engine.Do, Recorder: rec}.Send(ctx, t.Entry, t.Entry.Saved, t.Options, nil)
	return sent.Exchange, err
}

func printExchange(s kit.Streams, x *request.Exchange, say func(string, ...any), include bool) {
	for _, h := range x.Hops {
		if h.Response == nil {
			continue
		}
		say("%s %s  %s %d %s  %d ms  %d bytes", h.Sent.Method, h.Sent.URL, h.Response.Proto, h.Response.Status, h.Response.Reason, x.Took.Milliseconds(), h.Response.Body.Size())
		if h.Followed != nil {
			say("  redirected to %s; not sent on: %s", h.Followed.To, strings.Join(h.Followed.Dropped, ", "))
		}
	}
	r := x.Response()
	if r == nil {
		return
	}
	if include {
		for _, f := range r.Header {
			fmt.Fprintf(s.Out, "%s: %s\n", safe.Line(f.Name), safe.Line(f.Value))
		}
		fmt.Fprintln(s.Out)
	}
	if r.Body.Cut != "" {
		say("%s", r.Body.Cut)
	}
	if !s.OutTerm {
		io.Copy(s.Out, r.Body.Reader()) //nolint:errcheck // a closed pipe is the reader's choice
		return
	}
	for _, line := range safe.Block(string(r.Body.Head(maxPrinted))) {
		fmt.Fprintln(s.Out, line)
	}
	if r.Body.Size() > maxPrinted {
		say("… %d more bytes; send the output to a file to have them all", r.Body.Size()-maxPrinted)
	}
}

// maxPrinted is what is printed of a body to a terminal: more than anybody reads there.
const maxPrinted = 1 << 20

func exportCommand(d Deps) *cobra.Command {
	var c kit.Common
	cmd := &cobra.Command{
		Use: "export REQUEST", Short: "print a saved request as a curl command",
		Args: cobra.ExactArgs(1), ValidArgsFunction: completePaths(d, &c),
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := Find(cmd.Context(), d, &c, "", args)
			if err != nil {
				return err
			}
			defer t.Store.Close()
			var hide func(string) string
			if !c.Secret {
				hide = masker(t.Request)
			}
			fmt.Fprintln(d.Streams.Out, safe.Line(curl.Print(t.Request, curl.OneLine, hide)))
			return nil
		},
	}
	c.Flags(cmd)
	return cmd
}

// completePaths completes request paths of the collection for the shell.
func completePaths(d Deps, c *kit.Common) func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return func(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		t, err := Open(cmd.Context(), d, &kit.Common{}, c.Dir)
		if err != nil {
			return nil, cobra.ShellCompDirectiveDefault
		}
		defer t.Store.Close()
		var out []string
		var walk func(*collections.Entry)
		walk = func(e *collections.Entry) {
			if e.Kind != collections.Folder && strings.HasPrefix(e.Path, prefix) {
				out = append(out, safe.Line(e.Path).String())
			}
			for _, c := range e.Children {
				walk(c)
			}
		}
		walk(t.Collection.Root)
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}
