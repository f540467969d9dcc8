//go:build !unix

package request

import (
	"io"
	"os"
)

// mapped reads the file into memory where the system cannot map it.
func mapped(f *os.File, size int64) ([]byte, error) {
	b := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(f, 0, size), b); err != nil {
		return nil, err
	}
	return b, nil
}

// growing returns nil: a file that is being written cannot be mapped here.
func growing(*os.File, int64) []byte { return nil }

// forget removes a spool file after it was closed.
func forget(f *os.File) { os.Remove(f.Name()) }
