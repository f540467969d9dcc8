// Package cli is the command-line face of collections: list, send, run, export, import, history, cookies, secret.
//
// It also finds the request that a command line names, for the other faces.
package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"culprit/collections"
	"culprit/collections/history"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/curl"
	"culprit/request/safe"
)

// Deps are what the commands need from the program.
type Deps struct {
	Streams kit.Streams
	Engine  func() *request.Engine // made on first use
	Getenv  func(string) string
	// Identity is the file of the age identity that opens encrypted values; "" for none.
	Identity string
	History  *history.History // opened on first use; nil keeps nothing
	Jars     string           // the folder of the jars of cookies; "" has none
	NoJar    func() bool      // the configuration switches the jars off; nil does not
	Version  string
	// Interrupts lets the line mode stop what runs with ctrl+c and stay; nil ends the program.
	Interrupts *kit.Interrupts
}

// Commands returns the commands of this package.
func Commands(d Deps) []*cobra.Command {
	return []*cobra.Command{listCommand(d), sendCommand(d), runCommand(d), importCommand(d), exportCommand(d), historyCommand(d), cookiesCommand(d), secretCommand(d)}
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
			if c.JSON {
				l := listed{Schema: "culprit.list/1", Collection: t.Collection.Name, Requests: []listedRequest{}, Environments: []string{}}
				l.add(t.Collection.Root)
				for _, e := range t.Collection.Environments {
					l.Environments = append(l.Environments, e.Name)
				}
				return kit.Encode(d.Streams.Out, l)
			}
			for _, p := range t.Collection.Problems {
				if !p.Warning {
					fmt.Fprintf(d.Streams.Err, "note: %s: %s\n", safe.Line(p.File), safe.Line(placed(p)))
				}
			}
			unread(d.Streams.Err, t.Collection.Root)
			return list(d.Streams.Out, t.Collection.Root)
		},
	}
	flags(cmd, d, &c)
	return cmd
}

// flags adds the common flags, with completion for what the collection knows.
func flags(cmd *cobra.Command, d Deps, c *kit.Common) {
	c.Flags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("env", CompleteEnvironments(d, c)) // fails only for a flag that is not there
}

// A listed collection, schema culprit.list/1.
type listed struct {
	Schema       string          `json:"schema"`
	Collection   string          `json:"collection"`
	Environments []string        `json:"environments"`
	Requests     []listedRequest `json:"requests"`
}

type listedRequest struct {
	Path   string `json:"path"`
	Kind   string `json:"kind"` // http, other, broken
	Method string `json:"method,omitempty"`
	URL    string `json:"url,omitempty"`
	Why    string `json:"why,omitempty"` // of a broken one: place and reason
}

func (l *listed) add(e *collections.Entry) {
	for c := range e.All() {
		if c.Kind == collections.Folder {
			continue
		}
		r := listedRequest{Path: c.Path, Kind: string(c.Kind), Method: c.Saved.Method, URL: c.Saved.URL}
		if c.Kind == collections.Broken {
			r.Why = broken(c)
		}
		l.Requests = append(l.Requests, r)
	}
}

func list(w io.Writer, e *collections.Entry) error {
	for _, c := range e.Children {
		var err error
		switch c.Kind {
		case collections.Folder:
			err = list(w, c)
		case collections.Broken:
			_, err = fmt.Fprintf(w, "%-8s%s  (%s)\n", "BROKEN", safe.Line(c.Path), safe.Line(broken(c)))
		case collections.Other:
			_, err = fmt.Fprintf(w, "%-8s%s  (cannot be sent yet)\n", safe.Line(strings.ToUpper(c.Type)), safe.Line(c.Path))
		default:
			_, err = fmt.Fprintf(w, "%-8s%s\n", safe.Line(c.Saved.Method), safe.Line(c.Path))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unread tells of the folders in e of which not all is there: one that cannot be listed, or that holds too many files.
func unread(w io.Writer, e *collections.Entry) {
	for e := range e.All() {
		for _, p := range e.Problems {
			if e.Kind == collections.Folder && !p.Warning {
				fmt.Fprintf(w, "note: %s: %s\n", safe.Line(cmp.Or(e.Path, e.Name)), safe.Line(p.Text))
			}
		}
	}
}

func broken(e *collections.Entry) string {
	if len(e.Problems) == 0 {
		return "cannot be read"
	}
	return placed(e.Problems[0])
}

// placed says where in its file a problem is, and what it is.
func placed(p collections.Problem) string {
	if p.Line == 0 {
		return p.Text
	}
	return fmt.Sprintf("line %d column %d: %s", p.Line, p.Column, p.Text)
}

func exportCommand(d Deps) *cobra.Command {
	var c kit.Common
	var src Source
	lines := false
	cmd := &cobra.Command{
		Use: "export REQUEST", Short: "print a request as a curl command that sends the same bytes",
		Example: "  culprit export orders/list-orders --env local\n  culprit export orders/list-orders --show-secrets | sh",
		Args:    cobra.MaximumNArgs(1), ValidArgsFunction: CompletePaths(d, &c),
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := Find(cmd.Context(), d, &c, src.With(args).only())
			if err != nil {
				return err
			}
			defer t.Close()
			style := curl.OneLine
			if lines {
				style = curl.Lines
			}
			m := c.Mask(t.Request)
			n := &narrator{s: d.Streams, quiet: c.Quiet, mask: m}
			for _, note := range t.Notes {
				n.say("note: %s", note)
			}
			for _, line := range safe.Block(m.Text(curl.Print(t.Request, style, m.Text))) {
				if _, err := fmt.Fprintln(d.Streams.Out, line); err != nil {
					return err
				}
			}
			return nil
		},
	}
	flags(cmd, d, &c)
	src.Flags(cmd)
	cmd.Flags().BoolVar(&lines, "lines", false, "one option a line")
	return cmd
}
