//go:build unix

package history

import (
	"os"

	"golang.org/x/sys/unix"
)

// locks says that two programs can share the inbox.
const locks = true

// lock waits until no other program uses f. Closing f unlocks it.
func lock(f *os.File) error {
	for {
		if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != unix.EINTR {
			return err
		}
	}
}
