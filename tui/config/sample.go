package config

import (
	"fmt"
	"strings"

	"culprit/tui/keys"
	"culprit/tui/theme"
)

// Sample is a file with all that can be set, each at its default and commented out, so that it can be saved as it
// is and changed line by line.
func Sample() string {
	var b strings.Builder
	b.WriteString(`# culprit's configuration: $XDG_CONFIG_HOME/culprit/config.toml (~/.config/culprit/config.toml).
# What is not known here is warned about and never stops the start.

# theme = "auto"     # auto, dark, light, contrast, or the name of one of your own below
# ascii = false      # draw with ASCII characters only; without it the locale decides
# mouse = true       # false leaves the mouse to the terminal
# title = true       # false leaves the title of the terminal's window alone
# cookies = true     # false keeps no cookies in a jar and sends none of one, on the command line, too

# A theme of your own: colours over those of its base (dark or light), as "#rrggbb" or a number of the
# 256-colour palette; "" is the terminal's default.
# [themes.forest]
# base = "dark"
`)
	for _, role := range theme.Roles() {
		fmt.Fprintf(&b, "# %s = \"\"\n", role)
	}
	b.WriteString("\n# Keys: one, or several with commas between. Names of keys: a, A, ctrl+a, enter, esc, space, tab, shift+tab, up, pgdown, f1.\n")
	for _, scope := range keys.Default().Scopes() {
		fmt.Fprintf(&b, "\n# %s\n# [keys.%s]\n", scope.Title, scope.Name)
		for _, n := range scope.Named {
			fmt.Fprintf(&b, "# %-14s = %q\n", n.Name, strings.Join(n.Binding.Keys(), ", "))
		}
	}
	return b.String()
}
