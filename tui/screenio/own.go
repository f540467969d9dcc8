package screenio

import (
	"os"
	"os/exec"
)

// own gives c the streams of the process where it has none. Bubble Tea would give it the program's output, and
// behind a guard that is a pipe: an editor needs a terminal.
func own(c *exec.Cmd) {
	if c.Stdin == nil {
		c.Stdin = os.Stdin
	}
	if c.Stdout == nil {
		c.Stdout = os.Stdout
	}
	if c.Stderr == nil {
		c.Stderr = os.Stderr
	}
}
