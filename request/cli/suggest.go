package cli

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// Suggest makes a root that takes a folder as its argument tell a mistyped command from one: what is not there
// and resembles a command is wrong usage. Call it after RunE is set.
func Suggest(root *cobra.Command) {
	open := root.RunE
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			if _, err := os.Stat(args[0]); err != nil {
				if like := cmd.SuggestionsFor(args[0]); len(like) > 0 {
					return Fail(Usage, fmt.Errorf("unknown command %q; did you mean %s?", args[0], strings.Join(like, ", ")))
				}
			}
		}
		return open(cmd, args)
	}
}
