package start

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"culprit/request/cli"
	"culprit/tui/config"
	"culprit/tui/shell"
)

// looks are what the configuration and the flags say of the screen; flags go first.
func looks(c config.Config, d Deps, o options) (shell.Options, error) {
	choice, ok := c.Choice(o.theme)
	if !ok {
		return shell.Options{}, cli.Fail(cli.Usage, fmt.Errorf("no theme is called %q; known are %s", o.theme, strings.Join(c.Names(), ", ")))
	}
	switch {
	case o.given("ascii"):
		choice.ASCII = o.ascii
	case c.ASCII != nil:
		choice.ASCII = *c.ASCII
	default:
		choice.ASCII = config.ASCIIOnly(d.Getenv)
	}
	name := o.theme
	if name == "" {
		name = c.Theme
	}
	opt := shell.Options{Theme: choice, DetectTheme: name == "" || name == "auto", PaintGround: true, NoMouse: c.NoMouse, NoTitle: c.NoTitle,
		Keys: c.Keys, Warnings: c.Warnings}
	if o.given("no-mouse") {
		opt.NoMouse = o.noMouse
	}
	for _, n := range c.Names() {
		if l, ok := c.Choice(n); ok && n != "auto" {
			opt.Themes = append(opt.Themes, shell.Look{Name: n, Choice: l})
		}
	}
	return opt, nil
}

// configured is what the configuration says.
func configured(d Deps) config.Config {
	if d.Config == "" {
		return config.Config{}
	}
	return config.Read(d.Config)
}

// Config is the command "config": a configuration file with all that can be set.
func Config(d Deps) *cobra.Command {
	return &cobra.Command{
		Use: "config", Short: "print a configuration file with all that can be set, at its defaults", Args: cobra.NoArgs,
		Long: "Print a configuration file for the workbench with all that can be set, each at its default and commented out.\n" +
			"It is read from " + d.Config + ".",
		Example: "  culprit config > " + d.Config,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprint(cmd.OutOrStdout(), config.Sample())
			return err
		},
	}
}

// showsProgress reports whether the terminal is known to show OSC 9;4 itself. Others may take each report for a
// notification (TERMINAL C), and tmux swallows it.
func showsProgress(getenv func(string) string) bool {
	if getenv("TMUX") != "" || getenv("STY") != "" {
		return false
	}
	vte, _ := strconv.Atoi(getenv("VTE_VERSION")) // 7900 is 0.79
	program := getenv("TERM_PROGRAM")
	return getenv("WT_SESSION") != "" || getenv("ConEmuANSI") == "ON" || program == "ghostty" || program == "WezTerm" || vte >= 7900
}
