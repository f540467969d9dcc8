//go:build unix

package request

import (
	"os"

	"golang.org/x/sys/unix"
)

// mapped returns the file's bytes. The file has no name and is not written any more, so that it cannot shrink
// below the map.
func mapped(f *os.File, size int64) ([]byte, error) {
	b, err := unix.Mmap(int(f.Fd()), 0, int(size), unix.PROT_READ, unix.MAP_PRIVATE)
	if err != nil {
		return nil, &os.PathError{Op: "mmap", Path: f.Name(), Err: err}
	}
	return b, nil
}

// forget removes a spool file after it was closed. Here it lost its name when it was made.
func forget(*os.File) {}
