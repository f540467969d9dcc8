package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"culprit/collections"
	kit "culprit/request/cli"
	"culprit/request/safe"
)

type completion = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective)

// CompletePaths completes request paths of the collection for the shell. Where there is none, files.
func CompletePaths(d Deps, c *kit.Common) completion {
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
		for e := range t.Collection.Root.All() {
			if e.Kind == collections.HTTP && strings.HasPrefix(e.Path, prefix) {
				out = append(out, safe.Line(e.Path).String())
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

// CompleteEnvironments completes names of environments.
func CompleteEnvironments(d Deps, c *kit.Common) completion {
	return func(cmd *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
		t, err := Open(cmd.Context(), d, &kit.Common{}, c.Dir)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		defer t.Store.Close()
		var out []string
		for _, e := range t.Collection.Environments {
			if strings.HasPrefix(e.Name, prefix) {
				out = append(out, safe.Line(e.Name).String())
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}
