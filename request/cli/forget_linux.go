package cli

import (
	"os"

	"golang.org/x/sys/unix"
)

// Forget returns what drops the lines that were typed at a terminal and not read yet.
func Forget(terminal *os.File) func() {
	return func() { unix.IoctlSetInt(int(terminal.Fd()), unix.TCFLSH, unix.TCIFLUSH) } //nolint:errcheck // then nothing is dropped
}
