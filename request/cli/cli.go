// Package cli is what every command of the headless face shares: streams, exit codes, common flags, printing an
// exchange.
//
// Data goes to standard output, everything else to standard error; nothing prompts when standard input is no
// terminal (PRODUCT.md §2).
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"culprit/request/safe"
)

// A Code is an exit code; scripts may rely on them (PRODUCT.md §2).
type Code int

// The exit codes.
const (
	OK      Code = 0 // done; for diagnose: a verdict was reached
	No      Code = 1 // the answer is no: an assertion failed, --fail and status ≥ 400, no verdict
	Usage   Code = 2 // wrong usage
	File    Code = 3 // a file or collection cannot be read or written
	Network Code = 4 // no response from the network
	Unsafe  Code = 5 // refused for safety
	Signal  Code = 128
)

// Streams are the standard streams, replaceable in tests.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	InTerm   bool // In is a terminal: prompts are possible
	OutTerm  bool
}

// An Exit is an error that decides the exit code.
type Exit struct {
	Code Code
	Err  error // nil prints nothing more
}

// Error implements error.
func (e *Exit) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("exit code %d", e.Code)
	}
	return e.Err.Error()
}

// Unwrap returns the cause.
func (e *Exit) Unwrap() error { return e.Err }

// Fail returns an error with an exit code; a nil err prints nothing.
func Fail(code Code, err error) error { return &Exit{code, err} }

// Main runs root with args and returns the exit code. Errors are printed once, drawable, on s.Err.
func Main(ctx context.Context, root *cobra.Command, args []string, s Streams) int {
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.SilenceErrors, root.SilenceUsage = true, true
	err := root.ExecuteContext(ctx)
	if err == nil {
		return int(OK)
	}
	var exit *Exit
	switch {
	case errors.As(err, &exit):
		if exit.Err != nil {
			say(s.Err, exit.Err)
		}
		return int(exit.Code)
	case errors.Is(err, context.Canceled):
		return int(Signal) + 2 // SIGINT
	}
	say(s.Err, err)
	fmt.Fprintln(s.Err, "culprit: see 'culprit --help'")
	return int(Usage)
}

func say(w io.Writer, err error) {
	for i, line := range safe.Block(strings.TrimSpace(err.Error())) {
		if i == 0 {
			fmt.Fprint(w, "culprit: ")
		}
		fmt.Fprintln(w, line.String())
	}
}

// Common are the flags that commands share.
type Common struct {
	Env    string
	Vars   []string // k=v
	JSON   bool
	Quiet  bool
	Color  string // auto, always, never
	Dir    string // the collection
	Secret bool   // --show-secrets
}

// Flags adds the common flags to cmd.
func (c *Common) Flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&c.Env, "env", "", "environment `name`")
	f.StringArrayVar(&c.Vars, "var", nil, "set a variable, `k=v`; may be repeated")
	f.BoolVar(&c.JSON, "json", false, "print JSON")
	f.BoolVar(&c.Quiet, "quiet", false, "print no progress")
	f.StringVar(&c.Color, "color", "auto", "colours: auto, always or never")
	f.StringVarP(&c.Dir, "dir", "C", ".", "`folder` of the collection")
	f.BoolVar(&c.Secret, "show-secrets", false, "do not mask secrets")
}

// Variables returns --var as name and value.
func (c *Common) Variables() (map[string]string, error) {
	out := map[string]string{}
	for _, v := range c.Vars {
		name, value, ok := strings.Cut(v, "=")
		if !ok || name == "" {
			return nil, Fail(Usage, fmt.Errorf("--var %q: want name=value", v))
		}
		out[name] = value
	}
	return out, nil
}
