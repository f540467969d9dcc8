package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/x/term"
)

// Hidden returns what asks for a line at a terminal and does not show it: a password. The prompt goes to w. It blocks until
// there is a line or ctx is done; then the terminal shows again what is typed, and the reader stays behind.
func Hidden(terminal *os.File, w io.Writer) func(ctx context.Context, prompt string) (string, error) {
	return func(ctx context.Context, prompt string) (string, error) {
		before, err := term.GetState(terminal.Fd())
		if err != nil {
			return "", err
		}
		type read struct {
			line []byte
			err  error
		}
		fmt.Fprint(w, prompt)
		defer fmt.Fprintln(w) // the end of the line was not shown either
		got := make(chan read, 1)
		go func() {
			line, err := term.ReadPassword(terminal.Fd())
			got <- read{line, err}
		}()
		select {
		case r := <-got:
			return string(r.line), r.err
		case <-ctx.Done():
			return "", errors.Join(ctx.Err(), term.Restore(terminal.Fd(), before))
		}
	}
}
