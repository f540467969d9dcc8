package cli

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// Suggest makes a root that takes a folder as its argument tell a mistyped command from one: what is not there
// and resembles a command is wrong usage, whatever follows it. Call it after Args is set.
func Suggest(root *cobra.Command) {
	fits := root.Args
	root.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			if _, err := os.Stat(args[0]); err != nil {
				if like := cmd.SuggestionsFor(args[0]); len(like) > 0 {
					return Fail(Usage, fmt.Errorf("unknown command %q; did you mean %s?", args[0], strings.Join(like, ", ")))
				}
			}
		}
		return fits(cmd, args)
	}
}
