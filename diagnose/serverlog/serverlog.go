// Package serverlog reads from a server's log what it says of one exchange: the lines with its request id, else those
// of its time, without the credentials in them.
//
// It reads files that a person or a collection names, the end of them alone, and what a command of the person's own
// prints, and follows nothing: what it is asked for has happened.
package serverlog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"culprit/diagnose"
	"culprit/request/lazyre"
	"culprit/request/secret"
)

const (
	// tail is how much of the end of a log is read: about 10,000 lines.
	tail = 1 << 20
	// most is how many lines are given at most, the last ones; an exception of a deep stack has about as many.
	most = 100
)

// A File is a log and how long it was when the diagnosis began.
type File struct {
	dir, name string // the name is inside of dir, "" for anywhere
	from      int64
}

// Open looks at the log called name, which must be a regular file; a pipe is not waited for.
func Open(name string) (*File, error) { return OpenIn("", name) }

// OpenIn is Open for a name that must not lead out of dir, by a link neither.
func OpenIn(dir, name string) (*File, error) {
	l := &File{dir: dir, name: name}
	f, size, err := l.open()
	if err != nil {
		return nil, fmt.Errorf("log: %w", err)
	}
	l.from = size
	return l, f.Close()
}

func (l *File) open() (*os.File, int64, error) {
	name := l.name
	openFile := os.OpenFile
	if l.dir != "" {
		root, err := os.OpenRoot(l.dir)
		if err != nil {
			return nil, 0, err
		}
		defer root.Close()
		openFile = root.OpenFile
	}
	f, err := openFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New(name + " is not a regular file")
	}
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// About returns the lines about an exchange, oldest first, "" for none: those with its request id and what belongs to
// them; where no line has it, those of its time, and in a log without times what came after Open.
func (l *File) About(w diagnose.Occurrence) (string, error) {
	f, size, err := l.open()
	if err != nil {
		return "", fmt.Errorf("log: %w", err)
	}
	defer f.Close()
	start := max(size-tail, 0)
	data, err := io.ReadAll(io.NewSectionReader(f, start, size-start))
	if err != nil {
		return "", fmt.Errorf("log: %w", err)
	}
	fresh := data[min(max(l.from-start, 0), int64(len(data))):]
	if size < l.from {
		fresh = data // it was begun anew
	}
	if start > 0 {
		_, data, _ = bytes.Cut(data, []byte("\n")) // half a line
	}
	lines := chosen(entries(string(data)), w)
	if lines == nil && !stamped(string(data)) {
		lines = strings.Split(strings.TrimRight(string(fresh), "\r\n"), "\n")
	}
	return hide(strings.Join(lines[max(len(lines)-most, 0):], "\n")), nil
}

// Reply is what a person answers who is asked for lines of a log: the lines themselves, or the name of a file that has
// them, from the folder dir or the person's home; what cannot be read is taken for lines.
func Reply(reply, dir string, w diagnose.Occurrence) string {
	name := strings.TrimSpace(reply)
	if name == "" || strings.ContainsAny(name, "\r\n") {
		return hide(reply)
	}
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			name = filepath.Join(home, rest)
		}
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(dir, name)
	}
	f, err := Open(name)
	if err != nil {
		return hide(reply)
	}
	f.from = 0
	lines, err := f.About(w)
	if err != nil {
		return hide(reply)
	}
	return lines
}

var (
	// pairs are a name and its value, as logs write them, also where JSON is inside a text of JSON; schemes and words stand
	// alone, logins in a URL.
	pairs   = lazyre.New(`([\w.-]+)(\\*["']?\s*(?:=>|[=:])\s*\[?)("(?:[^"\\]|\\.)*"|'[^']*'|\\+"[^"]*"|\\*["']?(?i:(?:bearer|basic|token)\s+)?[^\s"',;&}\])]+)`)
	schemes = lazyre.New(`(?i)\b(bearer|basic|token)(\s+)([\w.~+/=-]{8,})`)
	logins  = lazyre.New(`(://[^\s/:@]*:)[^\s/@]+@`)
	spoken  = lazyre.New(`(?i)\b(password|passwd|passphrase|secret|api[ _-]?key|token)((?:\s+is)?\s+["'\x60]?)([^\s"'\x60]*\d[^\s"'\x60]*)`) // "with password hunter2": a word with a digit is none of a sentence
	words   = lazyre.New(`[\w.~+/=-]{20,}`)
	colours = lazyre.New(`\x1b\[[0-9;]*m`)
)

// hide takes out what looks like a credential, whoever's it is, and the colours.
func hide(s string) string {
	const hidden = "‹hidden›"
	s = colours.ReplaceAllString(s, "")
	s = logins.ReplaceAllString(s, "${1}"+hidden+"@")
	s = hideNamed(schemes.Get(), s, hidden)
	s = hideNamed(pairs.Get(), s, hidden)
	s = spoken.ReplaceAllString(s, "${1}${2}"+hidden)
	return words.ReplaceAllStringFunc(s, func(w string) string {
		if secret.Guess("", w) {
			return hidden
		}
		return w
	})
}

// hideNamed puts hidden in the place of the values that re finds behind their names. A value that may be shown is looked
// into: an URL has pairs of its own, a text may be JSON.
func hideNamed(re *regexp.Regexp, s, hidden string) string {
	const quotes = `\"'`
	var b strings.Builder
	for {
		at := re.FindStringSubmatchIndex(s)
		if at == nil {
			return b.String() + s
		}
		name, value := s[at[2]:at[3]], s[at[6]:at[7]]
		inside := strings.Trim(value, quotes)
		if !secret.Guess(name, inside) && !secret.Guess("", name+" "+inside) {
			b.WriteString(s[:at[6]])
			s = s[at[6]:]
			continue
		}
		if end := strings.IndexByte(s[at[6]:], ']'); end >= 0 && strings.HasSuffix(s[at[4]:at[5]], "[") && at[6]+end > at[7] && strings.HasPrefix(strings.TrimLeft(s[at[7]:], quotes+" "), ",") { // all of a list
			b.WriteString(s[:at[6]] + hidden)
			s = s[at[6]+end:]
			continue
		}
		before := len(value) - len(strings.TrimLeft(value, quotes))
		b.WriteString(s[:at[6]+before] + hidden + value[before+len(inside):])
		s = s[at[7]:]
	}
}
