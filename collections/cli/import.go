package cli

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"culprit/collections"
	"culprit/collections/vault"
	kit "culprit/request/cli"
	"culprit/request/safe"
)

func importCommand(d Deps) *cobra.Command {
	var c kit.Common
	var src Source
	var name, folder string
	cmd := &cobra.Command{
		Use: "import", Short: "save a curl command, or an entry of a HAR file, in the collection",
		Long: `Save a request from elsewhere in the collection. Credentials are not saved: secret variables take their places,
and the names of the environment variables that give their values are printed. So is what could not be carried over.`,
		Example: "  culprit import --curl 'curl https://api.example.com/orders' --folder orders --name 'List orders'\n  pbpaste | culprit import --curl -",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if src.Curl == "" && src.HAR == "" {
				return kit.Fail(kit.Usage, errors.New("give one request: --curl 'curl …' or --har FILE#N"))
			}
			t, err := Find(cmd.Context(), d, &c, src)
			if err != nil {
				return err
			}
			defer t.Close()
			return importIt(cmd.Context(), d, &c, t, name, folder)
		},
	}
	flags(cmd, d, &c)
	src.Flags(cmd)
	cmd.Flags().StringVar(&name, "name", "", "`name` of the request (default from its method and URL)")
	cmd.Flags().StringVar(&folder, "folder", "", "`path` of the folder in the collection (default the top)")
	return cmd
}

func importIt(ctx context.Context, d Deps, c *kit.Common, from Target, name, folder string) error {
	into, err := Open(ctx, d, &kit.Common{}, c.Dir)
	if err != nil {
		return err
	}
	defer into.Close()
	parent := into.Collection.Root.Folder(strings.Trim(folder, "/"))
	if parent == nil {
		return kit.Fail(kit.Usage, fmt.Errorf("no folder %q in %s", folder, into.Store.Dir()))
	}
	a := collections.Adopt(from.Request, into.Collection.Names())
	if name == "" {
		name = nameOf(a.Saved)
	}
	e, err := into.Store.Create(parent, name, a.Saved)
	if err != nil {
		return kit.Fail(kit.File, err)
	}
	n := &narrator{s: d.Streams, quiet: c.Quiet, mask: c.Mask(from.Request)}
	for _, note := range append(from.Notes, a.Notes...) {
		n.say("note: %s", note)
	}
	for _, s := range a.Secrets {
		n.say("not saved: the value of {{%s}}; store it with culprit secret set %s, or give it in %s%s", s, s, vault.Prefix, vault.Variable(s))
	}
	if e.Kind == collections.Broken {
		return kit.Fail(kit.File, errors.New(e.File+": what was written cannot be read back"))
	}
	_, err = fmt.Fprintln(d.Streams.Out, safe.Line(e.Path))
	return err
}

// nameOf names a request after the last word of its path, or its host when the path is bare; the method stands beside
// every name.
func nameOf(s collections.Saved) string {
	_, rest, _ := strings.Cut(s.URL, "://")
	rest, _, _ = strings.Cut(rest, "?")
	host, p, _ := strings.Cut(rest, "/")
	last := path.Base("/" + strings.Trim(p, "/"))
	if last == "/" || strings.Contains(last, "{{") {
		last = host
	}
	return last
}
