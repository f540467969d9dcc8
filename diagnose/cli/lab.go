package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"

	collcli "culprit/collections/cli"
	"culprit/diagnose/lab"
	kit "culprit/request/cli"
)

func labCommand(d collcli.Deps) *cobra.Command {
	var addr, sample string
	cmd := &cobra.Command{
		Use: "lab", Short: "run the faulty API of the demo, for trying any client against it",
		Long: `Run the shop API of the demo, with its faults, on loopback until ctrl+c. Its addresses and credentials are printed;
they open nothing but this lab. With --sample the collection of the demo is written too.`,
		Example: "  culprit lab --sample shop\n  culprit list -C shop",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			l, err := lab.Start(cmd.Context(), lab.Options{Addr: addr, Writes: d.Streams.Err})
			if err != nil {
				return kit.Fail(kit.Network, err)
			}
			defer l.Close()
			if sample != "" {
				if err := writeSample(sample, l); err != nil {
					return kit.Fail(kit.File, err)
				}
			}
			if err := addresses(d.Streams.Out, l); err != nil {
				return err
			}
			<-cmd.Context().Done()
			return context.Cause(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:0", "`address` of the shop; its other servers take free ports")
	cmd.Flags().StringVar(&sample, "sample", "", "write the demo's collection to this `folder`, which must be new or empty")
	return cmd
}

// writeSample never writes over files of a person.
func writeSample(dir string, l *lab.Lab) error {
	items, err := os.ReadDir(dir)
	switch {
	case err == nil && len(items) > 0:
		return fmt.Errorf("%s: the folder is not empty", dir)
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return err
	}
	return lab.WriteSample(dir, l)
}

func addresses(w io.Writer, l *lab.Lab) error {
	rows := [][2]string{
		{"shop", l.URL}, {"mirror", l.Mirror}, {"edge", l.Edge}, {"portal", l.Portal},
		{"proxy", l.Proxy + "  user " + lab.ProxyUser + ", password " + lab.ProxyPassword},
	}
	for _, name := range slices.Sorted(maps.Keys(l.TLS)) {
		rows = append(rows, [2]string{"tls " + name, l.TLS[name]})
	}
	rows = append(rows, [][2]string{
		{"closed", l.Closed}, {"silent", l.Silent}, {"resets", l.Resets}, {"hangs up", l.Hangup}, {"ssh", l.SSH}, {"garbled", l.Garbled},
	}...)
	if l.Full != "" {
		rows = append(rows, [2]string{"full", l.Full})
	}
	rows = append(rows, [][2]string{
		{"CA", l.CAFile}, {"certificate", l.CertFile}, {"key", l.KeyFile},
		{"token", l.Tokens.Valid}, {"expired token", l.Tokens.Expired}, {"reader's token", l.Tokens.Reader},
		{"user", l.Tokens.User}, {"password", l.Tokens.Password}, {"API key", l.Tokens.APIKey},
	}...)
	for _, r := range rows {
		if _, err := fmt.Fprintf(w, "%-18s%s\n", r[0], r[1]); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "\ntry: curl -H 'Authorization: Bearer %s' %s/v1/me\n", l.Tokens.Valid, l.URL)
	return err
}
