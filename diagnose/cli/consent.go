package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	collcli "culprit/collections/cli"
	"culprit/diagnose"
	"culprit/diagnose/dossier"
	"culprit/diagnose/element"
	"culprit/diagnose/probe"
	"culprit/diagnose/report"
	"culprit/diagnose/safety"
	"culprit/diagnose/serverlog"
	"culprit/request"
)

// prompts reports whether a person can be asked: in the line mode, or where standard input is a terminal and nobody
// asked for silence, for JSON, or gave consent already.
func prompts(d collcli.Deps, f *flags) bool {
	return f.typed != nil || d.Streams.InTerm && !f.JSON && !f.Quiet && !f.dry && !f.writes
}

func asker(d collcli.Deps, f *flags, c diagnose.Case, p progress, tape *diagnose.Tape) (func(context.Context, diagnose.Question) (diagnose.Answer, error), func()) {
	engine := d.Engine()
	a := &consent{do: engine.Do, writes: f.writes, dryRuns: f.dryRuns, login: f.login, c: c, p: p, typed: f.typed, tape: tape, always: map[string]bool{}}
	if a.typed == nil && prompts(d, f) {
		a.typed = typing(d.Streams.In, d.Streams.Forget)
	}
	o := probe.Options{Allow: a.allow, Sent: tape.Sent, Net: request.Net{Getenv: d.Getenv}}
	if a.typed != nil {
		o.Reply = a.reply
	}
	if f.lines != nil {
		o.Reply = a.reading(f.lines, o.Reply)
	}
	return probe.Asker(engine, o), func() { engine.Close() }
}

// consent decides what may be sent. --allow-writes covers the method and path of the request; where nothing is
// production it covers the probes that cannot act as well (S3 of §11), whose path no server has.
type consent struct {
	writes bool
	// dryRuns covers the dry runs of the method and path of the request.
	dryRuns bool
	// login covers the request that gets new credentials, once.
	login bool

	do     func(context.Context, request.Request, func(request.Event)) (*request.Exchange, error)
	c      diagnose.Case
	p      progress
	typed  *typed // what the person types; nil when nobody can be asked
	tape   *diagnose.Tape
	always map[string]bool // what a yes holds for: class, method and path
	refuse bool            // the person wants no more questions
}

func (a *consent) allow(ctx context.Context, q diagnose.Question) (bool, error) {
	switch {
	case q.Unsure && a.typed != nil && !a.refuse:
		return a.prompt(ctx, q)
	case q.Unsure:
		return false, nil
	case q.Safety == diagnose.S3 && a.writes && !a.c.Production:
		return true, nil
	case q.Request == nil:
		return false, nil
	case a.login && q.Kind == diagnose.Renew:
		a.login = false
		return true, nil
	case a.writes && q.Kind != diagnose.Renew && a.inside(*q.Request):
		return true, nil
	case a.dryRuns && q.Safety == diagnose.S4 && a.inside(*q.Request):
		return true, nil
	case a.always[a.place(q)] && q.Safety < diagnose.S5:
		return true, nil
	case a.typed == nil || a.refuse:
		return false, nil
	}
	return a.prompt(ctx, q)
}

// place is what an "always" is for.
func (a *consent) place(q diagnose.Question) string {
	u := element.SplitURL(q.Request.URL)
	return strings.Join([]string{q.Safety.String(), method(*q.Request), u.Host, u.Port, u.Path}, " ")
}

// inside reports whether r has the method, host and path that the consent is for.
func (a *consent) inside(r request.Request) bool { return safety.Within(a.c.Request, r) }

// prompt shows what would be sent and asks. What may change data is asked every time (§11); no is the default.
func (a *consent) prompt(ctx context.Context, q diagnose.Question) (bool, error) {
	p := a.p.hiding(q.Request, q.Edits...)
	p.say("")
	p.say(fmt.Sprintf("Probe %d of at most %d %s: %s %s", q.N, a.c.Bounds().Probes, deed(q), method(*q.Request), q.Request.URL))
	own := element.Of(a.c.Request)
	for _, e := range q.Edits {
		p.say("  changed: " + own.Phrase(e))
	}
	if len(q.Edits) == 0 && q.Kind != diagnose.Renew {
		p.say("  unchanged: the request as it is")
	}
	all := strings.Split(report.Curl(*q.Request, false), "\n")
	sent(p, excerpt(all, strings.Split(report.Curl(a.c.Request, false), "\n")))
	p.say("  why: " + diagnose.Spoken(q.Why))
	if q.Safety >= diagnose.S5 {
		p.say("  if it is accepted: " + q.Effect())
	}
	if q.If != "" {
		p.say("  a success means: " + q.If)
	}
	removes := q.Removes() != "" // whatever it removes is gone: no slip of a key does that
	choices := "Send it? [y]es, "
	if removes {
		choices = "Send it? Type delete for yes, "
	}
	if q.Safety < diagnose.S5 {
		choices += "[a]lways for this request, "
	}
	choices += "[n]o, n[e]ver, [s]kip this step, [x] stop, [f] all that is sent  (no) "
	show := func() { fmt.Fprint(a.p.s.Err, choices) }
	line, _, err := a.typed.consent(ctx, show)
	for err == nil && strings.EqualFold(line, "f") {
		sent(p, all)
		line, _, err = a.typed.consent(ctx, show)
	}
	if err != nil {
		return false, err
	}
	switch strings.ToLower(line) {
	case "y", "yes":
		return !removes, nil
	case "delete":
		return removes, nil
	case "a", "always":
		if q.Safety < diagnose.S5 {
			a.always[a.place(q)] = true
			return true, nil
		}
	case "e", "never":
		a.refuse = true
	case "s", "skip":
		a.tape.Skip(q.Step)
	case "x", "stop":
		return false, errStopped
	}
	return false, nil
}

// deed is what a probe does, as far as it is known before.
func deed(q diagnose.Question) string {
	switch {
	case q.Kind == diagnose.Renew:
		return "gets new credentials and sends yours for it"
	case q.Removes() != "":
		return "deletes data, for " + q.Removes() + " asks for it:"
	case q.Safety >= diagnose.S5:
		return "may change data"
	case q.Safety == diagnose.S4:
		return "may succeed, and is said to change nothing"
	}
	return "cannot act, for it lacks what the server needs"
}

// sent prints lines of a request as a curl command.
func sent(p progress, lines []string) {
	lead := "  sent: "
	for _, l := range lines {
		p.say(lead + l)
		lead = "    "
	}
}

// reply asks the person what only a person can know: an empty line is "I don't know".
func (a *consent) reply(ctx context.Context, q diagnose.Question) (string, error) {
	a.p.say("")
	a.p.say(q.Prompt.Text)
	for i, c := range q.Prompt.Choices {
		a.p.say(fmt.Sprintf("  %d  %s", i+1, c))
	}
	if q.Why != "" {
		a.p.say("  why: " + diagnose.Spoken(q.Why))
	}
	fmt.Fprint(a.p.s.Err, "Your answer, or an empty line if you don't know: ")
	line, err := a.typed.text(ctx)
	if n, bad := strconv.Atoi(line); bad == nil && n >= 1 && n <= len(q.Prompt.Choices) {
		return q.Prompt.Choices[n-1], err
	}
	if err != nil {
		return line, err
	}
	switch q.Prompt.ID {
	case "log":
		return serverlog.Reply(line, ".", q.Prompt.About), nil
	case "document":
		text, err := dossier.Reply(ctx, line, ".", a.do)
		if err != nil {
			a.p.say("note: " + err.Error())
		}
		return text, ctx.Err()
	}
	return line, nil
}

// reading answers what a server's log is asked from the file, and leaves the rest to next, nil for nobody.
func (a *consent) reading(log *serverlog.Source, next func(context.Context, diagnose.Question) (string, error)) func(context.Context, diagnose.Question) (string, error) {
	return func(ctx context.Context, q diagnose.Question) (string, error) {
		switch {
		case q.Prompt.ID == "log":
			lines, err := log.About(ctx, q.Prompt.About)
			if err != nil {
				a.p.say("note: " + err.Error())
			}
			return lines, nil
		case next == nil:
			return "", nil
		}
		return next(ctx, q)
	}
}

func method(r request.Request) string {
	if r.Method == "" {
		return "GET"
	}
	return r.Method
}
