package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"culprit/collections/file"
	"culprit/collections/history"
	kit "culprit/request/cli"
	"culprit/request/curl"
	"culprit/request/har"
)

// grammar is how a filter is written, for the help of a command.
func grammar() string {
	var b strings.Builder
	b.WriteString("FILTER is any of these, all of which must hold:\n\n")
	width, terms := 0, history.Grammar()
	for _, g := range terms {
		width = max(width, len(g[0]))
	}
	for _, g := range terms {
		fmt.Fprintf(&b, "  %-*s  %s\n", width, g[0], g[1])
	}
	b.WriteString("\nA term that begins with a minus stands after \"--\".")
	return b.String()
}

// found returns the exchanges that a filter asks for, newest first; of dir only those of the collection in or around it, "" is
// any.
func found(cmd *cobra.Command, h *history.History, filter []string, dir string, limit int) ([]history.Item, error) {
	if limit < 1 {
		return nil, kit.Fail(kit.Usage, errors.New("--limit: want a number above 0"))
	}
	q, err := history.ParseQuery(strings.Join(filter, " "), time.Now())
	if err != nil {
		return nil, kit.Fail(kit.Usage, err)
	}
	if dir != "" {
		store, err := file.Open(dir)
		if err != nil {
			return nil, kit.Fail(kit.File, err)
		}
		q.Collection = store.Dir()
		store.Close()
	}
	items, err := h.Find(cmd.Context(), q, history.Item{}, limit)
	if err != nil {
		return nil, kit.Fail(kit.File, err)
	}
	return items, nil
}

func historyList(d Deps) *cobra.Command {
	asJSON, limit, dir := false, 0, ""
	cmd := &cobra.Command{
		Use: "list [FILTER]", Short: "list what was sent, newest first",
		Long:    "List what was sent, newest first.\n\n" + grammar(),
		Example: "  culprit history list method:post status:5xx time:today\n  culprit history list host:api after:2026-11-01 -- -name:health",
		RunE: func(cmd *cobra.Command, args []string) error {
			h, err := past(d)
			if err != nil {
				return err
			}
			items, err := found(cmd, h, args, dir, limit)
			if err != nil {
				return err
			}
			if !asJSON {
				return printItems(d.Streams.Out, items)
			}
			for _, i := range items {
				if err := kit.EncodeLine(d.Streams.Out, lineOf(i)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one object a line")
	cmd.Flags().IntVarP(&limit, "limit", "n", 50, "at most `n`")
	cmd.Flags().StringVarP(&dir, "dir", "C", "", "only those of the collection in or around `folder`")
	return cmd
}

func historyExport(d Deps) *cobra.Command {
	asCurl, limit, id, dir := false, 0, "", ""
	cmd := &cobra.Command{
		Use: "export [FILTER]", Short: "print what was sent as an HTTP Archive (HAR 1.2)",
		Long: "Print the exchanges that FILTER finds as an HTTP Archive, oldest first, or as curl commands. They are without secrets:\n" +
			"where one stood is its reference.\n\n" + grammar(),
		Example: "  culprit history export name:create-order is:failed > failed.har\n  culprit history export --id last --curl",
		RunE: func(cmd *cobra.Command, args []string) error {
			h, err := past(d)
			if err != nil {
				return err
			}
			var items []history.Item
			if id != "" {
				x, err := pick(cmd.Context(), h, id)
				if err != nil {
					return err
				}
				items = []history.Item{x.Item}
			} else if items, err = found(cmd, h, args, dir, limit); err != nil {
				return err
			}
			if !asCurl {
				if err := h.HAR(cmd.Context(), d.Streams.Out, har.Creator{Name: "culprit", Version: d.Version}, items); err != nil {
					return kit.Fail(kit.File, err)
				}
				return nil
			}
			for _, i := range items {
				x, err := pick(cmd.Context(), h, i.ID)
				if err != nil {
					return err
				}
				if _, err := fmt.Fprintln(d.Streams.Out, x.Curl(curl.OneLine)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asCurl, "curl", false, "print curl commands, newest first")
	cmd.Flags().StringVar(&id, "id", "", "only the exchange `ID`; \"last\" is the newest")
	cmd.Flags().IntVarP(&limit, "limit", "n", 1000, "at most `n`")
	cmd.Flags().StringVarP(&dir, "dir", "C", "", "only those of the collection in or around `folder`")
	return cmd
}
