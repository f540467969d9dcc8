package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"culprit/collections"
	"culprit/collections/vault"
	kit "culprit/request/cli"
	"culprit/request/safe"
)

func secretCommand(d Deps) *cobra.Command {
	cmd := &cobra.Command{
		Use: "secret", Short: "store the value of a secret variable; list where values come from",
		Long: `The value of a secret variable is never in the collection. It comes from the first of these that has it: the process's
environment, .env where git ignores it, .env.age, a command of yours, the system's keyring.`,
		Args: cobra.NoArgs,
	}
	cmd.AddCommand(secretSetCommand(d), secretListCommand(d))
	return cmd
}

func secretSetCommand(d Deps) *cobra.Command {
	var c kit.Common
	in := kit.Choice{Of: []string{vault.Keyring, vault.Encrypted}}
	cmd := &cobra.Command{
		Use: "set NAME", Short: "store the value of a secret variable: in .env.age, or in the system's keyring",
		Long: `Store the value of a secret variable of an environment (--env; without it for any). The value is asked for and not
shown; where standard input is no terminal it is the one line there. It is never an argument: others can read those.

It goes into .env.age beside the collection where there is one, else into the system's keyring where it has one, else into a
new .env.age, for an age identity that is made when there is none.`,
		Example: "  culprit secret set token --env prod\n  pass show shop/token | culprit secret set token --env prod --in keyring",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return errors.New("the value is no argument, which others could read: it is asked for, or the first line of standard input")
			}
			return cobra.ExactArgs(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := Open(cmd.Context(), d, &c, c.Dir)
			if err != nil {
				return err
			}
			defer t.Close()
			return setSecret(cmd.Context(), d, &c, t, args[0], in.Value)
		},
	}
	flags(cmd, d, &c)
	cmd.Flags().Var(&in, "in", "where: keyring or age (.env.age)")
	cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
		t, err := Open(cmd.Context(), d, &kit.Common{Env: c.Env}, c.Dir)
		if err != nil || len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		defer t.Close()
		var out []string
		for _, s := range secretsOf(t) {
			if strings.HasPrefix(s.Name, prefix) && !slices.Contains(out, s.Name) {
				out = append(out, s.Name)
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

// setSecret asks for a value and stores it.
func setSecret(ctx context.Context, d Deps, c *kit.Common, t Target, name, place string) error {
	env := ""
	if t.Options.Environment != nil {
		env = t.Options.Environment.Name
	}
	switch all := secretsOf(t); {
	case slices.Contains(all, secretPlace{Environment: env, Name: name}):
	case slices.Contains(all, secretPlace{Name: name}): // of a folder or request: it has no environment
		env = ""
	default:
		return kit.Fail(kit.Usage, fmt.Errorf("%s is no secret variable%s; declare it first, in the workbench or in its file (secret: true)", name, of(env)))
	}
	value, err := hiddenLine(ctx, d.Streams, "The value of "+safe.Line(name).String()+of(env)+", not shown: ")
	if err != nil {
		return err
	}
	where, identity, err := t.Vault.Put(env, name, value, place)
	n := &narrator{s: d.Streams, quiet: c.Quiet}
	if identity != "" { // it is there, whatever became of the value
		n.say("note: only the key in %s opens it; keep a copy of that file", identity)
	}
	if err != nil {
		return kit.Fail(kit.File, fmt.Errorf("not stored: %w", err))
	}
	t.Vault.Refresh()
	if now, _ := t.Vault.Value(env, name); now != value {
		from, _ := t.Vault.Origin(env, name)
		n.say("note: %s has another value, and goes first", from)
	}
	n.say("stored in %s", where)
	return nil
}

// of names an environment behind the name of a variable.
func of(environment string) string {
	if environment == "" {
		return ""
	}
	return " of " + safe.Line(environment).String()
}

// hiddenLine is a value that is typed without being shown, or an input that is no terminal without its line end. That
// has one line; more are refused where it is stored, as half a key is none.
func hiddenLine(ctx context.Context, s kit.Streams, prompt string) (string, error) {
	if s.InTerm {
		if s.Hidden == nil {
			return "", kit.Fail(kit.Usage, errors.New("a value cannot be typed unseen here; give it on standard input"))
		}
		return s.Hidden(ctx, prompt)
	}
	const most = 64 << 10
	src, err := io.ReadAll(io.LimitReader(s.In, most))
	if err != nil {
		return "", err
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(src), "\n"), "\r"), nil
}

func secretListCommand(d Deps) *cobra.Command {
	var c kit.Common
	cmd := &cobra.Command{
		Use: "list", Short: "list the secret variables and where their values come from", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			t, err := Open(cmd.Context(), d, &c, c.Dir)
			if err != nil {
				return err
			}
			defer t.Close()
			all := secretsOf(t)
			wide := [2]int{}
			for i, s := range all {
				if _, ok := t.Vault.Value(s.Environment, s.Name); ok {
					all[i].From, _ = t.Vault.Origin(s.Environment, s.Name)
				}
				wide[0], wide[1] = max(wide[0], len(s.Environment)), max(wide[1], len(s.Name))
			}
			if c.JSON {
				return kit.Encode(d.Streams.Out, secretsListed{"culprit.secrets/1", all})
			}
			for _, s := range all {
				if s.From == "" {
					s.From = "no value"
				}
				fmt.Fprintf(d.Streams.Out, "%-*s  %-*s  %s\n", wide[0], safe.Line(s.Environment), wide[1], safe.Line(s.Name), safe.Line(s.From))
			}
			for _, fault := range t.Vault.Faults() {
				fmt.Fprintln(d.Streams.Err, "note: "+safe.Line(fault).String())
			}
			return nil
		},
	}
	flags(cmd, d, &c)
	return cmd
}

type secretsListed struct {
	Schema  string        `json:"schema"`
	Secrets []secretPlace `json:"secrets"`
}

// A secretPlace is a secret variable and where its value comes from, "" for nowhere.
type secretPlace struct {
	Environment string `json:"environment"` // "" for those of folders and requests
	Name        string `json:"name"`
	From        string `json:"from,omitempty"`
}

// secretsOf are the secret variables of a collection: of the environment in use, else of all, and of folders and requests.
func secretsOf(t Target) []secretPlace {
	out := []secretPlace{}
	add := func(environment string, all []collections.Variable) {
		for _, v := range all {
			if s := (secretPlace{Environment: environment, Name: v.Name}); v.Secret && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	for _, e := range t.Collection.Environments {
		if t.Options.Environment == nil || t.Options.Environment.Name == e.Name {
			add(e.Name, e.Variables)
		}
	}
	for e := range t.Collection.Root.All() {
		add("", e.Saved.Vars)
	}
	return out
}
