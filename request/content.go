package request

import (
	"io"
	"os"
	"sync"
)

// Content is a body: in memory while it is small, in an unlinked spool file (mode 0600) above the limit.
// It is written once, by the engine, and read by many; all methods may be called from any goroutine.
type Content struct {
	mu     sync.Mutex
	mem    []byte
	file   *os.File
	view   []byte // the mapped or read file, made on first use
	size   int64
	closed bool // a spooled body whose file is gone

	// Cut says why there is less than was sent ("cut off at 256 MiB decoded"); "" when it is whole.
	Cut string
}

// NewContent returns a Content that holds b. It keeps b.
func NewContent(b []byte) *Content { return &Content{mem: b, size: int64(len(b))} }

// Size returns the number of bytes held.
func (c *Content) Size() int64 {
	if c == nil {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size
}

// Head returns the first n bytes at most. The caller must not change them.
func (c *Content) Head(n int) []byte {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.file == nil {
		held := c.mem
		if c.closed {
			held = c.view
		}
		return held[:min(n, len(held))]
	}
	b := make([]byte, min(int64(n), c.size))
	n, err := c.file.ReadAt(b, 0)
	if err != nil && err != io.EOF {
		return nil
	}
	return b[:n]
}

// Reader returns a new reader from the start. It fails with os.ErrClosed after Close.
func (c *Content) Reader() io.ReadSeeker {
	return io.NewSectionReader(c, 0, c.Size())
}

// ReadAt implements io.ReaderAt.
func (c *Content) ReadAt(p []byte, off int64) (int, error) {
	c.mu.Lock()
	file, mem := c.file, c.mem
	if c.closed && c.view != nil {
		mem = c.view
	} else if c.closed {
		c.mu.Unlock()
		return 0, os.ErrClosed
	}
	c.mu.Unlock()
	if file != nil {
		return file.ReadAt(p, off)
	}
	if off >= int64(len(mem)) {
		return 0, io.EOF
	}
	n := copy(p, mem[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// Bytes returns the whole body. A spooled one is mapped into memory, read only, where the system can do that:
// it costs address space and no memory of the program. The caller must not change the bytes. They stay valid
// after Close, for as long as the process runs. After Close of a spooled body that was not mapped before, the
// error is os.ErrClosed.
func (c *Content) Bytes() ([]byte, error) {
	if c == nil {
		return nil, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.view != nil:
		return c.view, nil
	case c.closed:
		return nil, os.ErrClosed
	case c.file == nil:
		return c.mem, nil
	}
	view, err := mapped(c.file, c.size)
	if err != nil {
		return nil, err
	}
	c.view = view
	return view, nil
}

// Close frees the spool file. Views made by Bytes stay valid until the process ends.
func (c *Content) Close() error {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.file == nil {
		return nil
	}
	err := c.file.Close()
	forget(c.file)
	c.file, c.closed = nil, true
	return err
}
