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
	"syscall"

	"github.com/spf13/cobra"

	"culprit/request/safe"
)

// A Code is an exit code; scripts may rely on them (PRODUCT.md §2).
type Code int

// The exit codes.
const (
	OK      Code = 0   // done; for diagnose: a verdict was reached
	No      Code = 1   // the answer is no: an assertion failed, --fail and status ≥ 400, no verdict
	Usage   Code = 2   // wrong usage
	File    Code = 3   // a file or collection cannot be read or written
	Network Code = 4   // no response from the network
	Unsafe  Code = 5   // refused for safety
	Signal  Code = 128 // and the number of the signal that ended it
)

// Streams are the standard streams, replaceable in tests.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	InTerm   bool // In is a terminal: prompts are possible
	OutTerm  bool
	ErrTerm  bool
	// Forget drops what was typed at the terminal In and not read yet; nil when In is none.
	Forget func()
	// Hidden asks for a line at the terminal In and does not show what is typed; nil when In is none.
	Hidden func(ctx context.Context, prompt string) (string, error)
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

// Main runs root with args and returns the exit code. Errors are printed once, drawable, on s.Err. A signal that
// ended ctx (see Notify) decides the code whatever the command made of it.
func Main(ctx context.Context, root *cobra.Command, args []string, s Streams) int {
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SuggestionsMinimumDistance = 2
	cmd, err := root.ExecuteContextC(ctx)
	var signalled *Signalled
	var exit *Exit
	switch {
	case errors.As(context.Cause(ctx), &signalled):
		return int(Signal) + signalled.Number
	case err == nil:
		return int(OK)
	case errors.Is(err, syscall.EPIPE): // whoever read has seen enough
		return int(Signal) + int(syscall.SIGPIPE)
	case errors.As(err, &exit):
		if exit.Err != nil {
			say(s.Err, err)
		}
		return int(exit.Code)
	case errors.Is(err, context.Canceled):
		return int(Signal) + int(syscall.SIGINT)
	}
	say(s.Err, err)
	fmt.Fprintf(s.Err, "culprit: see '%s --help'\n", cmd.CommandPath())
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
