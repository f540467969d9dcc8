//go:build unix

package file

import (
	"io/fs"
	"os"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// items lists a folder of the collection, by name. It is opened as all files are, within the collection; but of what is in
// it nothing is asked that the listing says itself. A folder of an os.Root asks for each: 2 µs of each of 10,000 files.
func (s *Store) items(dir string) ([]fs.DirEntry, error) {
	within, err := s.root().Open(dir)
	if err != nil {
		return nil, err
	}
	defer within.Close()
	fd, err := unix.FcntlInt(within.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	f := os.NewFile(uintptr(fd), s.abs(dir))
	defer f.Close()
	items, err := f.ReadDir(-1)
	slices.SortFunc(items, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return items, err
}
