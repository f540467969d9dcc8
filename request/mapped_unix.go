//go:build unix

package request

import (
	"os"
	"runtime"

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

// growing returns the bytes of a file that is still being written, with room for most. Those behind its end must not be
// touched. nil says that it cannot be had.
func growing(f *os.File, most int64) []byte {
	if runtime.GOOS != "linux" || most > 1<<32 { // elsewhere what is written later need not be seen
		return nil
	}
	b, err := unix.Mmap(int(f.Fd()), 0, int(most), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return nil
	}
	return b
}

// forget removes a spool file after it was closed. Here it lost its name when it was made.
func forget(*os.File) {}
