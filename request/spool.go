package request

import (
	"bytes"
	"os"
	"runtime"
)

// spoolBuffer is the size of one write to a spool file.
const spoolBuffer = 64 << 10

// A spool collects a body: in memory up to a limit, then in a file that has no name.
type spool struct {
	memory int64
	dir    string
	buf    []byte
	file   *os.File
	size   int64
	view   []byte // the file, and room for what it may become; made by sofar
}

// expect reserves memory for a body of n bytes, so that the usual small one is read without copying.
func (s *spool) expect(n int64) {
	const unknown = 4 << 10
	if n < 0 {
		n = unknown
	}
	// One byte more, so that the end is seen without growing. An announced length is only a claim.
	s.buf = make([]byte, 0, min(n, s.memory, 256<<10)+1)
}

// room returns where the next bytes are to be read to; took takes them over.
func (s *spool) room() ([]byte, error) {
	if len(s.buf) < cap(s.buf) {
		return s.buf[len(s.buf):cap(s.buf)], nil
	}
	if s.file == nil && int64(len(s.buf)) <= s.memory {
		grown := make([]byte, len(s.buf), min(int64(cap(s.buf))*2+512, s.memory+spoolBuffer))
		copy(grown, s.buf)
		s.buf = grown
		return s.buf[len(s.buf):cap(s.buf)], nil
	}
	if err := s.flush(); err != nil {
		return nil, err
	}
	return s.buf[:cap(s.buf)], nil
}

// took adds the first n bytes of what room returned.
func (s *spool) took(n int) error {
	s.buf = s.buf[:len(s.buf)+n]
	s.size += int64(n)
	if s.file == nil && s.size <= s.memory {
		return nil
	}
	return s.flush()
}

// flush moves the buffer to the file, which it makes when there is none.
func (s *spool) flush() error {
	if s.file == nil {
		f, err := os.CreateTemp(s.dir, "culprit-*") // mode 0600
		if err != nil {
			return err
		}
		if runtime.GOOS != "windows" {
			os.Remove(f.Name()) // the bytes go when the file is closed, whatever happens to the program
		}
		s.file = f
	}
	n, err := s.file.Write(s.buf)
	s.size -= int64(len(s.buf) - n) // of a full disk: what is not there must not be read
	s.buf = s.buf[:0]
	if cap(s.buf) < spoolBuffer {
		s.buf = make([]byte, 0, spoolBuffer)
	}
	return err
}

// content returns what was collected. The spool must not be used after.
func (s *spool) content() *Content {
	if s.file == nil {
		return &Content{mem: s.buf, size: s.size}
	}
	c := &Content{file: s.file, size: s.size}
	if int64(len(s.view)) >= s.size {
		c.view = s.view[:s.size:s.size]
	}
	return c
}

// sofar returns what was collected, which shall not get larger than most. It stays valid for as long as the process
// runs; nil where the system does not show a file that is being written.
func (s *spool) sofar(most int64) []byte {
	if s.file == nil {
		return bytes.Clone(s.buf)
	}
	if s.view == nil {
		s.view = growing(s.file, most)
	}
	return s.view[:min(int64(len(s.view)), s.size-int64(len(s.buf)))]
}
