package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"culprit/collections/jar"
	kit "culprit/request/cli"
	"culprit/request/cookie"
	"culprit/request/safe"
	"culprit/request/secret"
)

func cookiesCommand(d Deps) *cobra.Command {
	cmd := &cobra.Command{
		Use: "cookies", Short: "list the cookies that answers have set, or take them out of the jar",
		Long: `Each environment of a collection has a jar, and so has the collection without one. What answers to saved requests set is
kept there and goes along with later ones, by the rules of RFC 6265bis: Domain, Path, Secure, expiry, public suffixes. A
cookie goes to the scheme that set it alone, and without a Domain to its port alone. A request that names a cookie itself
sends its own. "cookies: false" in the settings of a request, or {"cookies": false} in .culprit.json for the collection, or
"cookies = false" in config.toml for all, switches the jar off. curl commands and HAR entries have none.`,
		Example: "  culprit cookies --env local\n  culprit cookies clear sid --env local\n  culprit cookies clear",
		Args:    cobra.NoArgs,
	}
	list := cookiesList(d)
	cmd.RunE = list.RunE
	cmd.Flags().AddFlagSet(list.Flags())
	_ = cmd.RegisterFlagCompletionFunc("env", CompleteEnvironments(d, &kit.Common{})) // fails only for a flag that is not there
	cmd.AddCommand(list, cookiesClear(d))
	return cmd
}

// openJar opens the collection and the jar of the environment that the flags name.
func openJar(cmd *cobra.Command, d Deps, c *kit.Common) (Target, *jar.Jar, error) {
	if d.Jars == "" {
		return Target{}, nil, kit.Fail(kit.File, errors.New("there is no folder for cookies: set XDG_STATE_HOME or HOME"))
	}
	t, err := Open(cmd.Context(), d, c, c.Dir)
	if err != nil {
		return t, nil, err
	}
	return t, jar.Of(d.Jars, t.Store.Dir(), t.environment()), nil
}

// jarless says what switches the jars off, "" for nothing.
func (d Deps) jarless(t Target) string {
	switch {
	case d.NoJar != nil && d.NoJar():
		return "cookies = false in config.toml"
	case !t.Store.Jar():
		return `"cookies": false in .culprit.json`
	}
	return ""
}

// environment is the name of the environment in use, "" for none.
func (t *Target) environment() string {
	if t.Options.Environment == nil {
		return ""
	}
	return t.Options.Environment.Name
}

// A listedJar is the jar of an environment, schema culprit.cookies/1.
type listedJar struct {
	Schema      string         `json:"schema"`
	Environment string         `json:"environment"`
	Cookies     []listedCookie `json:"cookies"`
}

type listedCookie struct {
	cookie.Cookie
	Value string `json:"value"` // masked without --show-secrets
}

func cookiesList(d Deps) *cobra.Command {
	var c kit.Common
	cmd := &cobra.Command{
		Use: "list", Short: "list the cookies of the environment, their values masked", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			t, j, err := openJar(cmd, d, &c)
			if err != nil {
				return err
			}
			defer t.Close()
			cookies, err := j.Open()
			if err != nil {
				return kit.Fail(kit.File, fmt.Errorf("the jar cannot be read: %w; culprit cookies clear begins a new one", err))
			}
			all := listedJar{Schema: "culprit.cookies/1", Environment: t.environment(), Cookies: []listedCookie{}}
			for _, k := range cookies.All(time.Now()) {
				l := listedCookie{k, k.Value}
				if !c.Secret {
					l.Value = secret.Mask(k.Value)
				}
				all.Cookies = append(all.Cookies, l)
			}
			if c.JSON {
				return kit.Encode(d.Streams.Out, all)
			}
			if len(all.Cookies) == 0 && !c.Quiet {
				fmt.Fprintln(d.Streams.Err, "the jar"+of(all.Environment)+" is empty")
			}
			if why := d.jarless(t); why != "" && !c.Quiet {
				fmt.Fprintln(d.Streams.Err, "none goes along: "+why)
			}
			return printCookies(d.Streams.Out, all.Cookies)
		},
	}
	flags(cmd, d, &c)
	return cmd
}

// printCookies prints a line for each: where it goes, then what it is.
func printCookies(w io.Writer, all []listedCookie) error {
	wide := 0
	for _, l := range all {
		wide = max(wide, len(safe.Line(l.Where()).String()))
	}
	for _, l := range all {
		where := safe.Line(l.Where()).String()
		pair := cookie.Cookie{Name: l.Name, Value: l.Value}.Pair()
		if _, err := fmt.Fprintf(w, "%-*s  %s  %s\n", wide, where, safe.Line(pair), strings.Join(l.Traits(), ", ")); err != nil {
			return err
		}
	}
	return nil
}

func cookiesClear(d Deps) *cobra.Command {
	var c kit.Common
	cmd := &cobra.Command{
		Use: "clear [NAME]", Short: "take all cookies of the environment out of its jar, or those of a name", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			t, j, err := openJar(cmd, d, &c)
			if err != nil {
				return err
			}
			defer t.Close()
			name, n := strings.Join(args, ""), 0
			if len(args) == 0 {
				err = j.Clear()
			} else {
				n, err = j.Take(func(k cookie.Cookie) bool { return k.Name == name })
			}
			switch {
			case err != nil:
				return kit.Fail(kit.File, fmt.Errorf("the jar is as it was: %w", err))
			case len(args) > 0 && n == 0:
				return kit.Fail(kit.No, fmt.Errorf("no cookie %s%s; see 'culprit cookies'", name, of(t.environment())))
			case len(args) == 0 && !c.Quiet:
				fmt.Fprintln(d.Streams.Err, "the jar"+of(t.environment())+" is empty now")
			}
			return nil
		},
	}
	flags(cmd, d, &c)
	return cmd
}
