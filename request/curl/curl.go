// Package curl turns a curl command into a request, and a request into a curl command that sends the same bytes.
//
// The command may come from a terminal, a browser's "copy as cURL" (also the one for Windows' cmd), or a page
// of documentation with its prompt. Nothing of it is run: variables and commands in it are refused. What curl
// adds by itself (User-Agent, Accept, the Content-Type of -d) becomes part of the request, marked Default,
// because it is part of what the command sends. Options that do not matter here, that are not supported and
// that nobody knows are reported, each with its place.
package curl

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"culprit/request"
)

// Agent is the User-Agent of the curl that Parse speaks for.
const Agent = "curl/8.5.0"

// accepted is the Accept-Encoding that curl sends for --compressed with all decoders built in.
const accepted = "deflate, gzip, br, zstd"

const formType = "application/x-www-form-urlencoded"

// A NoteKind says what became of an option.
type NoteKind string

// The kinds of note.
const (
	Ignored     NoteKind = "ignored"     // it says what to do with the answer, or how fast; the request is the same
	Unsupported NoteKind = "unsupported" // it would change the request or the connection, and did not
	Unknown     NoteKind = "unknown"     // curl does not know it either, or is newer
	Changed     NoteKind = "changed"     // it was understood, in another way than it may look
)

// A Note says what became of a part of the command.
type Note struct {
	Kind   NoteKind
	Option string // as written: "--limit-rate", "-sS"; without its value
	At     int    // byte of the command where it begins
	Text   string // one sentence for a person; may quote the command
}

// A Result is what a command says.
type Result struct {
	Request request.Request
	Notes   []Note // in the order of the command
	More    int    // further transfers in the command, which were left out: URLs, --next, other curl commands
}

// An Error says why a command cannot be read.
type Error struct {
	At   int // byte of the command
	Text string
}

// Error returns the sentence with the place.
func (e *Error) Error() string { return fmt.Sprintf("curl command, byte %d: %s", e.At, e.Text) }

// ErrNoCurl means that the text is no curl command.
var ErrNoCurl = errors.New("no curl command: it has to begin with the word curl")

// ErrLarge is the error of a Parser.ReadFile for a file that is to be streamed and not read.
var ErrLarge = errors.New("the file is too large to be part of the command")

// A Parser reads commands. The zero value opens no file.
type Parser struct {
	// ReadFile reads a file that the command puts data in from (@file). nil leaves a file that is the whole body
	// to whoever sends the request, and reports any other as unsupported; so does an error that wraps ErrLarge.
	ReadFile func(name string) ([]byte, error)
}

// Parse is Parser.Parse without files.
func Parse(command string) (Result, error) { return Parser{}.Parse(command) }

// Parse reads a command. The error is ErrNoCurl or an *Error.
func (p Parser) Parse(command string) (Result, error) {
	line, err := split(command)
	if err != nil {
		return Result{}, err
	}
	s := state{parser: p, line: line, form: "http"}
	s.notes = line.notes
	if err := s.arguments(line.words[1:]); err != nil {
		return Result{}, err
	}
	r, err := s.request()
	if err != nil {
		return Result{}, err
	}
	slices.SortStableFunc(s.notes, func(a, b Note) int { return a.At - b.At })
	return Result{Request: r, Notes: s.notes, More: s.more + line.more}, nil
}

// A given is one option of the command with its value.
type given struct {
	name  string // long name
	text  string // as written
	value string // "" for an option without one
	on    bool   // false for --no-name
	at    int
}

// arguments takes the words apart as curl's own parser does.
func (s *state) arguments(words []word) error {
	t := table()
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch {
		case typographic(w.text):
			s.note(Unknown, given{text: w.text, at: w.at}, "a text program changed its dash or quotes: write - and straight quotes")
		case s.plain || len(w.text) < 2 || w.text[0] != '-':
			s.addURL(w)
		case w.text == "--":
			s.plain = true
		case strings.HasPrefix(w.text, "--"):
			o, takes, ok := t.long(w.text[2:])
			if !ok {
				i += s.unknown(w, words[i+1:])
				continue
			}
			g := given{name: o.name, text: w.text, on: !strings.HasPrefix(w.text, "--no-") || o.name == w.text[2:], at: w.at}
			if takes {
				if i++; i == len(words) {
					return &Error{w.at, w.text + " needs a value after it"}
				}
				g.value = words[i].text
			}
			if s.give(g) {
				s.more += rest(words[i+1:])
				return nil
			}
		default:
			used, stop, err := s.letters(t, w, words[i+1:])
			if err != nil {
				return err
			}
			i += used
			if stop {
				s.more += rest(words[i+1:])
				return nil
			}
		}
	}
	return nil
}

// typographic reports whether a word begins with a dash or a quote that no keyboard has: it was an option or a
// quoted text before a word processor improved it, and is no URL.
func typographic(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("–—−‐‑“”„‘’«»", r) && r != utf8.RuneError
}

// letters takes a word of short options apart: -sSLX POST, -XPOST. It returns the number of words used after it.
func (s *state) letters(t options, w word, after []word) (used int, stop bool, err error) {
	for j := 1; j < len(w.text); j++ {
		o, ok := t.short[w.text[j]]
		if !ok {
			s.note(Unknown, given{text: "-" + w.text[j:j+1], at: w.at}, "not an option of curl")
			return 0, false, nil
		}
		g := given{name: o.name, text: "-" + w.text[j:j+1], on: true, at: w.at}
		if !o.takes {
			if s.give(g) {
				return 0, true, nil
			}
			continue
		}
		g.value = w.text[j+1:]
		if g.value == "" {
			if len(after) == 0 {
				return 0, false, &Error{w.at, g.text + " needs a value after it"}
			}
			g.value, used = after[0].text, 1
		}
		return used, s.give(g), nil
	}
	return 0, false, nil
}

// unknown reports a long option that is not in the table. A word after it that is no option and no URL is
// taken for its value, so that it is not taken for the URL.
func (s *state) unknown(w word, after []word) (used int) {
	g := given{text: w.text, at: w.at}
	if name, _, ok := strings.Cut(w.text, "="); ok {
		if _, _, known := table().long(name[2:]); known {
			s.note(Unknown, g, "curl takes no = after an option: write "+name+" and the value with a space between them")
			return 0
		}
	}
	if len(after) > 0 && !strings.HasPrefix(after[0].text, "-") && !strings.Contains(after[0].text, "://") {
		s.note(Unknown, g, "not an option of curl; the word after it was taken for its value")
		return 1
	}
	s.note(Unknown, g, "not an option of curl")
	return 0
}

// rest counts the transfers among the words after --next: one, and one more for each further --next.
func rest(words []word) int {
	n := 1
	for _, w := range words {
		if w.text == "--next" || w.text == "-:" {
			n++
		}
	}
	return n
}
