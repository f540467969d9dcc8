package serverlog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
	"unicode"

	"culprit/diagnose"
)

// Names of the process's variables that say where the server logs: a file, one for an environment alone with its name
// behind it (CULPRIT_LOG_LOCAL), a command. A command is the person's own; a collection can name none.
const (
	fileVariable    = "CULPRIT_LOG"
	commandVariable = "CULPRIT_LOG_COMMAND"
)

// patience is how long a command may take: a log of another machine comes over the network.
const patience = 20 * time.Second

// A Source is where a server logs.
type Source struct {
	file  *File
	words []string // of the command; nil for a file
}

// Find returns the log that the person's variables name, else the one that the collection in dir names, a file inside of
// it: what comes with a collection reads nothing else of the machine. It is nil where nobody names one.
func Find(getenv func(string) string, dir, inside, environment string) (*Source, error) {
	if getenv == nil {
		getenv = func(string) string { return "" }
	}
	own := strings.ToUpper(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, environment))
	for _, name := range []string{fileVariable + "_" + own, fileVariable} {
		if path := getenv(name); path != "" && name != commandVariable && (own != "" || name == fileVariable) {
			f, err := Open(path)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			return &Source{file: f}, nil
		}
	}
	if words := strings.Fields(getenv(commandVariable)); len(words) > 0 {
		for i, w := range words {
			if strings.Contains(w, "{environment}") && !word(environment) {
				return nil, fmt.Errorf("%s: the environment is called %q, and only letters, digits, -, _ and . go into a command", commandVariable, environment)
			}
			words[i] = strings.ReplaceAll(w, "{environment}", environment)
		}
		return &Source{words: words}, nil
	}
	if inside == "" || dir == "" {
		return nil, nil
	}
	f, err := OpenIn(dir, inside)
	if err != nil {
		return nil, fmt.Errorf("the log that .culprit.json names: %w (one outside of the collection is named by --log or %s)", err, fileVariable)
	}
	return &Source{file: f}, nil
}

// Of is the source that a file is.
func Of(f *File) *Source { return &Source{file: f} }

// About returns the lines about an exchange, as File.About does. A command is run without a shell; {from} and {until} in
// it are the time of the exchange (RFC 3339, UTC, a grain more on both sides), {id} is its request id, which may be "".
func (s *Source) About(ctx context.Context, w diagnose.Occurrence) (string, error) {
	if s.words == nil {
		return s.file.About(w)
	}
	words := make([]string, len(s.words))
	fill := strings.NewReplacer("{from}", w.From.Add(-grain).UTC().Format(time.RFC3339), "{until}", w.Until.Add(grain).UTC().Format(time.RFC3339), "{id}", plain(w.ID))
	for i, word := range s.words {
		words[i] = fill.Replace(word)
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.WaitDelay = time.Second
	var out last
	var complaint last
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		if text, _, _ := strings.Cut(strings.TrimSpace(string(complaint)), "\n"); text != "" {
			err = errors.New(hide(text))
		}
		return "", fmt.Errorf("%s: %w", commandVariable, err)
	}
	text := string(out)
	lines := chosen(entries(text), w)
	if lines == nil && !stamped(text) {
		lines = strings.Split(strings.TrimRight(text, "\r\n"), "\n") // the command chose them
	}
	return hide(strings.Join(lines[max(len(lines)-most, 0):], "\n")), nil
}

// word reports whether a program, and a shell at its other end, takes the name of an environment for one word and no option:
// a collection chose it.
func word(name string) bool {
	return !strings.HasPrefix(name, "-") && !strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.", r)
	})
}

// plain is an id without what a program, or a shell at its other end, would take for more than a word: a server chose it.
func plain(id string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '.' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.TrimLeft(id, "-"))
}

// last keeps the end of what is written to it.
type last []byte

func (l *last) Write(p []byte) (int, error) {
	*l = append(*l, p...)
	if over := len(*l) - tail; over > tail { // not at every line
		*l = bytes.Clone((*l)[over:])
	}
	return len(p), nil
}
