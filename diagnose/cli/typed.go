package cli

import (
	"bufio"
	"context"
	"io"
	"strings"
	"time"
)

// typed is what a person types, line by line. A line is read in the background, for reading from a terminal cannot be
// interrupted; the goroutine ends with the input or the process.
type typed struct {
	lines  chan entered
	forget func() // drops what a terminal holds and nobody read; nil for a pipe, whose lines answer in their order
}

// entered is one line, and when it was read.
type entered struct {
	text string
	at   time.Time
}

// maxLine bounds a line that is typed or pasted: a curl command may be long.
const maxLine = 4 << 20

// typing reads lines from r.
func typing(r io.Reader, forget func()) *typed {
	t := &typed{make(chan entered), forget}
	go func() {
		defer close(t.lines)
		s := bufio.NewScanner(r)
		s.Buffer(nil, maxLine)
		for s.Scan() {
			t.lines <- entered{s.Text(), time.Now()}
		}
	}()
	return t
}

// next returns the next line without the spaces around it, and false at the end of the input.
func (t *typed) next(ctx context.Context) (string, bool, error) { return t.since(ctx, time.Time{}) }

// together is how soon after one another the lines of one paste come: nobody types a line so fast.
const together = 60 * time.Millisecond

// text returns an answer that may have several lines: what is pasted at a terminal comes at once, and a line that ends in a
// backslash goes on in the next one. From a pipe each other line is an answer.
func (t *typed) text(ctx context.Context) (string, error) {
	line, ok, err := t.next(ctx)
	if !ok || err != nil {
		return line, err
	}
	return t.rest(ctx, line)
}

// rest is text whose first line was read.
func (t *typed) rest(ctx context.Context, line string) (string, error) {
	var err error
	ok, lines := true, []string{line}
	for ok && err == nil {
		if strings.HasSuffix(line, `\`) {
			if line, ok, err = t.next(ctx); ok {
				lines = append(lines, line)
			}
			continue
		}
		more, came := t.soon(ctx)
		if !came {
			break
		}
		line = more
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n")), err
}

// soon returns a line that comes with the one before, as it is: in YAML the spaces before it count.
func (t *typed) soon(ctx context.Context) (string, bool) {
	if t.forget == nil {
		return "", false
	}
	wait := time.NewTimer(together)
	defer wait.Stop()
	select {
	case l, ok := <-t.lines:
		return l.text, ok
	case <-wait.C:
	case <-ctx.Done():
	}
	return "", false
}

// consent asks a question by show, and returns the first line that is typed from then on: what a person typed before
// they could read it is no consent. Where nothing is a terminal each line answers one question, whenever it came.
func (t *typed) consent(ctx context.Context, show func()) (string, bool, error) {
	var shown time.Time
	if t.forget != nil {
		t.forget()
		shown = time.Now()
	}
	show()
	return t.since(ctx, shown)
}

// since is next without the lines that were read before a moment.
func (t *typed) since(ctx context.Context, moment time.Time) (string, bool, error) {
	for {
		select {
		case l, ok := <-t.lines:
			if ok && l.at.Before(moment) {
				continue
			}
			return strings.TrimSpace(l.text), ok, nil
		case <-ctx.Done():
			return "", false, ctx.Err()
		}
	}
}
