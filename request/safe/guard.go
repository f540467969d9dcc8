package safe

import (
	"bytes"
	"io"
	"sync"
	"unicode/utf8"
)

const (
	// maxSequence bounds a control sequence that is held until it is whole. The longest of ours, a truecolor SGR
	// with underline and a title, stays below.
	maxSequence = 1024
	// maxClipboard bounds an OSC 52 that was permitted: terminals refuse more (TERMINAL.md: 75-100 kB).
	maxClipboard = 128 << 10
)

const (
	esc = 0x1b
	bel = 0x07
)

// A Filter passes to a terminal only what is on the list of the sequences that our own program sends
// (grammar.go), and drops everything else: the last wall, should text reach the screen unsanitised. It
// understands sequences that are cut into several writes. Its methods may be called from any goroutine.
//
// It has the methods of a terminal file, passed on to the writer below, so that a program still finds the
// terminal's size and mode behind it.
type Filter struct {
	mu      sync.Mutex
	w       io.Writer
	held    []byte // an unfinished sequence or character
	out     []byte
	blocked int
	last    []byte // the sequence blocked last, cut
	permits int
}

// Guard returns a Filter in front of w.
func Guard(w io.Writer) *Filter { return &Filter{w: w} }

// Blocked returns the number of sequences and control characters that were dropped so far. In tests it must be 0.
func (f *Filter) Blocked() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.blocked
}

// Last returns the beginning of what was dropped last, made visible; empty when nothing was.
func (f *Filter) Last() Text {
	f.mu.Lock()
	defer f.mu.Unlock()
	return Line(string(f.last))
}

// Permit lets one clipboard write (OSC 52) pass, the next one. Call it where a person asked for a copy.
func (f *Filter) Permit() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.permits++
}

// Write passes on what is allowed of p. An unfinished sequence at its end is held back until the next Write.
// It returns len(p), or 0 and the error of the writer below.
func (f *Filter) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	data := p
	if len(f.held) > 0 {
		data = append(f.held, p...)
		f.held = nil
	}
	f.out = f.out[:0]
	for len(data) > 0 {
		n := run(data)
		f.out = append(f.out, data[:n]...)
		if data = data[n:]; len(data) == 0 {
			break
		}
		n, ok := f.next(data)
		if n == 0 {
			f.held = bytes.Clone(data)
			break
		}
		if ok {
			f.out = append(f.out, data[:n]...)
		} else {
			f.blocked++
			f.last = append(f.last[:0], data[:min(n, 64)]...)
		}
		data = data[n:]
	}
	if len(f.out) == 0 {
		return len(p), nil
	}
	if _, err := f.w.Write(f.out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// run returns the length of what needs no look: printable ASCII and line ends.
func run(data []byte) int {
	for i, c := range data {
		if c < 0x20 && c != '\n' && c != '\r' || c > 0x7e {
			return i
		}
	}
	return len(data)
}

// next returns the length of the sequence or character at the start of data and whether it may pass. The
// length is 0 when more bytes are needed.
func (f *Filter) next(data []byte) (n int, ok bool) {
	switch c := data[0]; {
	case c == esc:
		return f.sequence(data)
	case c == '\b' || c == '\t':
		return 1, true
	case c < 0x20 || c == 0x7f:
		return 1, false
	}
	if !utf8.FullRune(data) {
		return 0, false
	}
	r, size := utf8.DecodeRune(data)
	return size, (r != utf8.RuneError || size > 1) && !steers(r)
}

// steers reports whether a terminal could take r for a command, or draw what follows in another order.
func steers(r rune) bool {
	return r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x61c
}

// sequence measures what begins with ESC and judges it.
func (f *Filter) sequence(data []byte) (n int, ok bool) {
	if len(data) < 2 {
		return 0, false
	}
	switch data[1] {
	case '[':
		return control(data)
	case ']':
		return f.command(data)
	case 'P', 'X', '^', '_': // DCS, SOS, PM, APC: none is ours
		n, _, _ := stringEnd(data, maxSequence)
		return n, false
	case 'M', '7', '8', '=', '>', '\\': // reverse index, save, restore, keypad modes, a lone ST
		return 2, true
	case esc:
		return 1, false
	}
	// ESC with intermediate bytes and a final one (charsets), or ESC and one byte (reset).
	for i := 1; i < len(data); i++ {
		switch c := data[i]; {
		case c >= 0x20 && c <= 0x2f && i < 4:
			continue
		case c >= 0x30 && c <= 0x7e:
			return i + 1, false
		default:
			return i, false // not a sequence: drop the ESC, look at the rest
		}
	}
	return 0, false
}

// control measures and judges a CSI sequence (ECMA-48 §5.4).
func control(data []byte) (n int, ok bool) {
	for i := 2; i < len(data); i++ {
		c := data[i]
		switch {
		case i > maxSequence:
			return i, false
		case c >= 0x20 && c <= 0x3f:
			continue
		case c >= 0x40 && c <= 0x7e:
			return i + 1, allowedControl(data[2:i], c)
		default:
			return i, false // broken off by something else
		}
	}
	return 0, false
}

// command measures and judges an OSC sequence.
func (f *Filter) command(data []byte) (n int, ok bool) {
	limit := maxSequence
	if bytes.HasPrefix(data[2:], []byte("52;")) {
		limit = maxClipboard
	}
	n, body, whole := stringEnd(data, limit)
	if !whole {
		return n, false
	}
	if bytes.HasPrefix(body, []byte("52;")) {
		if f.permits == 0 || !clipboardWrite(body[3:]) {
			return n, false
		}
		f.permits--
		return n, true
	}
	return n, allowedCommand(body)
}

// stringEnd returns the length of the control string at the start of data, what it holds, and whether it is
// whole. The length is 0 when its end has not come, and that of the part to drop when it is broken or too long.
func stringEnd(data []byte, limit int) (n int, body []byte, whole bool) {
	for i := 2; i < len(data); i++ {
		switch c := data[i]; {
		case c == bel:
			return i + 1, data[2:i], true
		case c == esc && i+1 == len(data):
			return 0, nil, false
		case c == esc && data[i+1] == '\\':
			return i + 2, data[2:i], true
		case c == esc:
			return i, nil, false
		case c == 0x18 || c == 0x1a: // CAN, SUB
			return i + 1, nil, false
		case i >= limit:
			return i, nil, false
		}
	}
	return 0, nil, false
}

// Fd returns the descriptor of the writer below, or the invalid one when it has none.
func (f *Filter) Fd() uintptr {
	if file, ok := f.w.(interface{ Fd() uintptr }); ok {
		return file.Fd()
	}
	return ^uintptr(0)
}

// Read reads from the writer below; io.EOF when it cannot be read.
func (f *Filter) Read(p []byte) (int, error) {
	if r, ok := f.w.(io.Reader); ok {
		return r.Read(p)
	}
	return 0, io.EOF
}

// Close does nothing: the terminal belongs to who opened it.
func (f *Filter) Close() error { return nil }
