package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"culprit/request"
	"culprit/request/mask"
)

// Common are the flags that commands share.
type Common struct {
	Env     string
	Vars    []string // k=v
	JSON    bool
	Quiet   bool
	Color   Choice
	Dir     string        // the collection
	Secret  bool          // --show-secrets
	Timeout time.Duration // of one exchange; 0 leaves it to the request
}

// Flags adds the common flags to cmd.
func (c *Common) Flags(cmd *cobra.Command) {
	c.Color = Choice{Value: "auto", Of: []string{"auto", "always", "never"}}
	f := cmd.Flags()
	f.StringVar(&c.Env, "env", "", "environment `name`")
	f.Var((*Repeated)(&c.Vars), "var", "set a variable, `k=v`; may be repeated")
	f.BoolVar(&c.JSON, "json", false, "print JSON")
	f.BoolVar(&c.Quiet, "quiet", false, "print no progress")
	f.Var(&c.Color, "color", "colours: auto, always or never")
	f.StringVarP(&c.Dir, "dir", "C", ".", "`folder` of the collection")
	f.BoolVar(&c.Secret, "show-secrets", false, "do not mask secrets")
	f.DurationVar(&c.Timeout, "timeout", 0, "`time` for one exchange, 30s or 2m (default what the request says, or 2m)")
	fixed := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return c.Color.Of, cobra.ShellCompDirectiveNoFileComp
	}
	_ = cmd.RegisterFlagCompletionFunc("color", fixed) // fails only for a flag that is not there
}

// Variables returns --var as name and value.
func (c *Common) Variables() (map[string]string, error) {
	out := map[string]string{}
	for _, v := range c.Vars {
		name, value, ok := strings.Cut(v, "=")
		if !ok || name == "" {
			return nil, Fail(Usage, errors.New("--var: want name=value"))
		}
		out[name] = value
	}
	return out, nil
}

// Limit returns r with the time of --timeout.
func (c *Common) Limit(r request.Request) request.Request {
	if c.Timeout > 0 {
		r.Settings.Timeouts.Total = c.Timeout
	}
	return r
}

// Mask returns what hides the secrets of r, nil with --show-secrets.
func (c *Common) Mask(r request.Request) *mask.Mask {
	if c.Secret {
		return nil
	}
	return mask.Of(r)
}

// A Choice is a flag with a few values.
type Choice struct {
	Value string
	Of    []string
}

// String implements pflag.Value.
func (c *Choice) String() string { return c.Value }

// Type implements pflag.Value.
func (c *Choice) Type() string { return "when" }

// Set implements pflag.Value.
func (c *Choice) Set(s string) error {
	if !slices.Contains(c.Of, s) {
		return fmt.Errorf("want %s", strings.Join(c.Of, ", "))
	}
	c.Value = s
	return nil
}

// Repeated is a flag that may be given again; each value is one more. That of pflag writes its default as CSV for each
// command, which takes 4 KiB.
type Repeated []string

// String implements pflag.Value. The default is none.
func (r *Repeated) String() string { return strings.Join(*r, " ") }

// Type implements pflag.Value.
func (r *Repeated) Type() string { return "stringArray" }

// Set implements pflag.Value.
func (r *Repeated) Set(s string) error {
	*r = append(*r, s)
	return nil
}
