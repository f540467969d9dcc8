package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"culprit/collections"
	"culprit/collections/history"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/safe"
)

func historyCommand(d Deps) *cobra.Command {
	cmd := &cobra.Command{Use: "history", Short: "look at what was sent, and send it again", Args: cobra.NoArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(historyList(d), historyShow(d), historyReplay(d), historyExport(d))
	return cmd
}

// past is the history, or why there is none.
func past(d Deps) (*history.History, error) {
	if d.History == nil {
		return nil, kit.Fail(kit.File, errors.New("there is no folder for the history: set XDG_STATE_HOME or HOME"))
	}
	return d.History, nil
}

// A pastLine is one exchange of `history list --json`, one a line, schema culprit.history/1.
type pastLine struct {
	Schema      string  `json:"schema"`
	ID          string  `json:"id"`
	At          string  `json:"at"` // RFC 3339, UTC
	Collection  string  `json:"collection,omitempty"`
	Entry       string  `json:"entry,omitempty"`
	Environment string  `json:"environment,omitempty"`
	Method      string  `json:"method"`
	URL         string  `json:"url"`
	Status      int     `json:"status,omitempty"`
	Cause       string  `json:"cause,omitempty"`
	Passed      bool    `json:"passed"`
	Duration    float64 `json:"duration_ms"`
	Size        int64   `json:"body_bytes"`

	Hops []history.Hop `json:"hops,omitempty"` // of `history show`
	Sent *string       `json:"sent_body,omitempty"`
	Body *string       `json:"body,omitempty"`
	Cut  string        `json:"cut,omitempty"`
}

func lineOf(i history.Item) pastLine {
	return pastLine{
		"culprit.history/1", i.ID, i.At.UTC().Format(time.RFC3339), i.Collection, i.Entry, i.Environment, i.Method, i.URL,
		i.Status, i.Cause, i.Passed, float64(i.Took.Microseconds()) / 1000, i.BodySize, nil, nil, nil, "",
	}
}

// printItems prints a line for each, in columns.
func printItems(w io.Writer, items []history.Item) error {
	widest := 4
	for _, i := range items {
		widest = max(widest, len(i.Result()))
	}
	for _, i := range items {
		what := cmp.Or(i.Entry, i.URL)
		if _, err := fmt.Fprintf(w, "%s  %s  %-7s %-*s  %s\n", i.ID, i.At.UTC().Format("2006-01-02 15:04:05"), safe.Line(i.Method), widest, safe.Line(i.Result()), safe.Line(what)); err != nil {
			return err
		}
	}
	return nil
}

func historyShow(d Deps) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "show ID", Short: "print one exchange; \"last\" is the newest", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			h, err := past(d)
			if err != nil {
				return err
			}
			x, err := pick(cmd.Context(), h, args[0])
			if err != nil {
				return err
			}
			if asJSON {
				out := lineOf(x.Item)
				out.Hops, out.Cut = x.Hops, x.Cut
				if sent := sentText(x.Sent.Body, x.Whole().Hops, 0); sent != "" {
					out.Sent = &sent
				}
				if utf8.Valid(x.Body) {
					body := string(x.Body)
					out.Body = &body
				}
				return kit.Encode(d.Streams.Out, out)
			}
			return PrintPast(d.Streams, x)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// pick returns the exchange that an argument names.
func pick(ctx context.Context, h *history.History, id string) (history.Exchange, error) {
	if id == "last" {
		items, err := h.Find(ctx, history.Query{}, history.Item{}, 1)
		if err != nil {
			return history.Exchange{}, kit.Fail(kit.File, err)
		}
		if len(items) == 0 {
			return history.Exchange{}, kit.Fail(kit.Usage, errors.New("the history is empty"))
		}
		id = items[0].ID
	}
	x, err := h.Get(ctx, id)
	switch {
	case errors.Is(err, history.ErrNone):
		return x, kit.Fail(kit.Usage, fmt.Errorf("%q: %w; see 'culprit history list'", id, err))
	case err != nil:
		return x, kit.Fail(kit.File, err)
	}
	return x, nil
}

// PrintPast prints an exchange of the history, which holds no secrets.
func PrintPast(s kit.Streams, x history.Exchange) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  %s\n", x.ID, x.At.UTC().Format("2006-01-02 15:04:05"), request.Lapse(x.Took))
	if x.Entry != "" {
		fmt.Fprintf(&b, "%s %s\n", x.Entry, x.Environment)
	}
	fields := func(mark string, list []request.Field) {
		for _, f := range list {
			fmt.Fprintf(&b, "%s %s: %s\n", mark, f.Name, f.Value)
		}
	}
	whole := x.Whole()
	for i, h := range x.Hops {
		fmt.Fprintf(&b, "\n> %s %s %s\n", h.Method, h.URL, h.Proto)
		fields(">", h.Sent)
		if sent := sentText(x.Sent.Body, whole.Hops, i); sent != "" {
			b.WriteString("\n" + sent + "\n\n")
		}
		if h.Status == 0 {
			fmt.Fprintf(&b, "< no response: %s\n", x.Cause)
			continue
		}
		fmt.Fprintf(&b, "< %d %s\n", h.Status, h.Reason)
		fields("<", h.Header)
	}
	if len(x.Body) > 0 {
		b.WriteString("\n")
		if utf8.Valid(x.Body) {
			b.Write(x.Body)
		} else {
			fmt.Fprintf(&b, "(%d bytes that are no text)", len(x.Body))
		}
	}
	if x.Cut != "" {
		fmt.Fprintf(&b, "\n(%s)", x.Cut)
	}
	for _, line := range safe.Block(b.String()) {
		if _, err := fmt.Fprintln(s.Out, line); err != nil {
			return err
		}
	}
	return nil
}

// sentText is the body that the i-th hop sent; of one that is made of files what stands for them, "" for none.
func sentText(of request.Body, hops []request.Hop, i int) string {
	if i >= len(hops) || hops[i].Sent.Size == 0 {
		return ""
	}
	if c := hops[i].Sent.Body; c != nil && c.Size() > 0 {
		return string(c.Head(int(c.Size())))
	}
	var parts []string
	for _, p := range of.Parts {
		what := p.Value
		if p.Path != "" {
			what = "(the file " + p.Path + ")"
		}
		parts = append(parts, p.Name+": "+what)
	}
	if of.Kind == request.FileBody {
		parts = []string{"(the file " + of.Path + ")"}
	}
	return strings.Join(parts, "\n")
}

func historyReplay(d Deps) *cobra.Command {
	var f sendFlags
	writes := false
	cmd := &cobra.Command{
		Use: "replay ID", Short: "send an exchange of the history again; \"last\" is the newest", Args: cobra.ExactArgs(1),
		Long: `Send the request of an exchange again as it was, with the secrets filled in from where they are now: they are not
in the history. Those of a curl command are asked for at a terminal, or come from CULPRIT_SECRET_ and what they are:
CULPRIT_SECRET_HEADER_AUTHORIZATION, if it is what was sent then. A request that may change data would change it once more:
that is asked about at a terminal, and refused where nobody can be asked, unless --allow-writes says yes.`,
		RunE: func(cmd *cobra.Command, args []string) error { return replay(cmd.Context(), d, &f, args[0], writes) },
	}
	flags(cmd, d, &f.Common)
	cmd.Flags().BoolVar(&writes, "allow-writes", false, "send it also when it may change data")
	cmd.Flags().BoolVar(&f.fail, "fail", false, "exit code 1 for a status of 400 and above")
	cmd.Flags().BoolVarP(&f.include, "include", "i", false, "print the response's status line and header too")
	return cmd
}

func replay(ctx context.Context, d Deps, f *sendFlags, id string, writes bool) error {
	t, err := recall(ctx, d, &f.Common, id, nil)
	if err != nil {
		return err
	}
	defer t.Close()
	if !writes && !t.Request.Reads() {
		if err := consent(ctx, d, f, &t); err != nil {
			return err
		}
	}
	return sendIt(ctx, d, f, t)
}

// consent asks before a request that may change data is sent again; what a person should know of it is said first.
func consent(ctx context.Context, d Deps, f *sendFlags, t *Target) error {
	n := &narrator{s: d.Streams, quiet: f.Quiet, mask: f.Mask(t.Request), ink: f.Ink(d.Streams.ErrTerm, d.Getenv)}
	what := safe.Line(n.mask.Text(t.Request.Method+" "+t.Request.URL)).String() + " may change data"
	if by := t.Request.Removes(); by != "" {
		what = safe.Line(n.mask.Text(t.Request.Method + " " + t.Request.URL + " deletes data, for " + by + " asks for it,")).String()
	}
	if f.Quiet || f.JSON || !d.Streams.InTerm {
		return kit.Fail(kit.Unsafe, fmt.Errorf("%s once more, so nothing was sent; --allow-writes sends it", what))
	}
	for _, note := range t.Notes {
		n.say("note: %s", note)
	}
	t.Notes = nil
	where := ""
	if collections.Guarded(t.Request.URL, t.Options.Environment) {
		where = ", " + t.Options.Environment.Where()
	}
	yes, err := d.Streams.Yes(ctx, what+" once more"+where+". Send it?")
	if err == nil && !yes {
		err = kit.Fail(kit.Unsafe, errors.New("nothing was sent"))
	}
	return err
}
