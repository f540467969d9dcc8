package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	collcli "culprit/collections/cli"
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/probe"
	"culprit/request"
)

// paced is the least time between two probes to a host that is not local (RELIABILITY, defaults).
const paced = 250 * time.Millisecond

// prompts reports whether a person can be asked: standard input is a terminal, and nobody asked for silence, for
// JSON, or gave consent already.
func prompts(d collcli.Deps, f *flags) bool {
	return d.Streams.InTerm && !f.JSON && !f.Quiet && !f.dry && !f.writes
}

func asker(d collcli.Deps, f *flags, c diagnose.Case, p progress) (func(context.Context, diagnose.Question) (diagnose.Answer, error), func()) {
	engine := d.Engine()
	a := &consent{writes: f.writes, c: c, p: p}
	if prompts(d, f) {
		a.lines = lines(d.Streams.In)
	}
	o := probe.Options{Allow: a.allow, Net: request.Net{Getenv: d.Getenv}}
	if a.lines != nil {
		o.Reply = a.reply
	}
	if c.Production {
		o.Gap = paced
	}
	return probe.Asker(engine, o), func() { engine.Close() }
}

// consent decides what may be sent. --allow-writes covers the method and path of the request; where nothing is
// production it covers the probes that cannot act as well (S3 of §11), whose path no server has.
type consent struct {
	writes bool
	c      diagnose.Case
	p      progress
	lines  <-chan string // what the person types; nil when nobody can be asked
	refuse bool          // the person wants no more questions
}

func (a *consent) allow(ctx context.Context, q diagnose.Question) (bool, error) {
	switch {
	case q.Safety == diagnose.S3 && a.writes && !a.c.Production:
		return true, nil
	case q.Request == nil:
		return false, nil
	case a.writes && a.inside(*q.Request):
		return true, nil
	case a.lines == nil || a.refuse:
		return false, nil
	}
	return a.prompt(ctx, q)
}

// inside reports whether r has the method and path that the consent is for.
func (a *consent) inside(r request.Request) bool {
	from, to := element.SplitURL(a.c.Request.URL), element.SplitURL(r.URL)
	return strings.TrimSuffix(from.Path, "/") == strings.TrimSuffix(to.Path, "/") && method(a.c.Request) == method(r)
}

func (a *consent) prompt(ctx context.Context, q diagnose.Question) (bool, error) {
	p := a.p.hiding(q.Request)
	p.say("")
	p.say(fmt.Sprintf("Probe %d may change data (%s): %s %s", q.N, q.Safety, method(*q.Request), q.Request.URL))
	for _, e := range q.Edits {
		p.say("  changed: " + element.Shown(e))
	}
	if len(q.Edits) == 0 {
		p.say("  unchanged: the request as it is")
	}
	p.say("  why: " + q.Why)
	if q.If != "" {
		p.say("  if it succeeds: " + q.If)
	}
	fmt.Fprint(a.p.s.Err, "Send it? [y]es, [a]ll of this method and path, [n]o, n[e]ver  (no) ")
	line, err := a.line(ctx)
	if err != nil {
		return false, err
	}
	switch strings.ToLower(line) {
	case "y", "yes":
		return true, nil
	case "a", "all":
		a.writes = true
		return a.inside(*q.Request), nil
	case "e", "never":
		a.refuse = true
	}
	return false, nil
}

// reply asks the person what only a person can know.
func (a *consent) reply(ctx context.Context, q diagnose.Question) (string, error) {
	a.p.say("")
	a.p.say(q.Prompt.Text)
	fmt.Fprint(a.p.s.Err, "> ")
	return a.line(ctx)
}

// line returns the next line; "" at the end of input.
func (a *consent) line(ctx context.Context) (string, error) {
	select {
	case s := <-a.lines: // "" when closed
		return strings.TrimSpace(s), nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// maxLine bounds a line that is typed or pasted: a curl command may be long.
const maxLine = 4 << 20

// lines reads lines in the background: reading from a terminal cannot be interrupted. The goroutine ends with
// the input or the process.
func lines(r io.Reader) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		s := bufio.NewScanner(r)
		s.Buffer(nil, maxLine)
		for s.Scan() {
			out <- s.Text()
		}
	}()
	return out
}

func method(r request.Request) string {
	if r.Method == "" {
		return "GET"
	}
	return r.Method
}
