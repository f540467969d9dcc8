package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"culprit/collections"
	collcli "culprit/collections/cli"
	"culprit/diagnose"
	"culprit/diagnose/report"
	"culprit/request"
)

// A matter is one request in a conversation: what came back last, and what a diagnosis learned of it.
type matter struct {
	*talk
	source   collcli.Source
	t        collcli.Target
	exchange *request.Exchange // the last one; nil before anything was sent
	tape     *diagnose.Tape
	report   *diagnose.Report // nil before the first diagnosis
	stopped  bool             // it ended early and can go on
	kase     diagnose.Case    // of the last diagnosis
}

// request talks about one request until the person goes back. A request that cannot be resolved is told.
func (k *talk) request(ctx context.Context, source collcli.Source) error {
	k.f.forget()
	m := &matter{talk: k, source: source, tape: &diagnose.Tape{}}
	if err := m.read(ctx); err != nil {
		k.say("%v", err)
		return nil
	}
	defer func() { m.t.Close(); m.exchange.Close() }()
	m.say("\n%s  %s %s", m.t.Name, method(m.t.Request), m.mask(m.t.Request.URL))
	send := "s send"
	if m.t.Then != nil {
		send = "s send again"
		for _, n := range m.t.Notes {
			m.say("note: %s", m.mask(n))
		}
	}
	for {
		line, err := m.ask(ctx, send+", d diagnose, c copy as curl, b back, q quit:")
		switch {
		case err != nil:
			return err
		case line == "s":
			m.send(ctx)
		case line == "d":
			if err := m.diagnose(ctx); err != nil {
				return err
			}
		case line == "c":
			m.say("%s", report.Curl(m.t.Request, false))
		case line == "b" || line == "":
			return nil
		case line == "q":
			return errEnd
		default:
			m.say("That is none of them.")
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
}

// read finds the request anew, as its file is now, or as it was sent.
func (m *matter) read(ctx context.Context) error {
	t, err := collcli.Find(ctx, m.d, &m.f.Common, m.source)
	if err != nil {
		return err
	}
	m.t.Close()
	m.t = t
	return nil
}

func (m *matter) mask(s string) string { return m.f.Mask(m.t.Request).Text(s) }

// send sends the request once, after a question where there is one to ask.
func (m *matter) send(ctx context.Context) {
	if question := m.asks(); question != "" && !m.yes(ctx, question) {
		return
	}
	work, done := m.interruptible(ctx)
	x, err := collcli.Send(work, m.d, &m.f.Common, m.t)
	interrupted := work.Err() != nil
	done()
	if err != nil {
		m.say("%v", err)
	}
	if interrupted {
		x.Close()
		return
	}
	if x == nil {
		return
	}
	m.exchange.Close()
	m.exchange, m.tape, m.report = x, &diagnose.Tape{}, nil
	if err != nil || x.Status() >= 400 {
		m.say("It failed; d finds out why.")
	}
}

// yes asks a question whose default is no.
func (m *matter) yes(ctx context.Context, question string) bool {
	line, err := m.consent(ctx, question+" [y]es, [n]o  (no)")
	return err == nil && (line == "y" || line == "yes")
}

// diagnose finds out why the request fails, says what was found, and then does what the person wants of it.
func (m *matter) diagnose(ctx context.Context) error {
	if err := m.investigate(ctx); err != nil || m.report == nil {
		return err
	}
	question := m.choices()
	for {
		line, err := m.ask(ctx, "\n"+question)
		question = "What next? h lists the choices:"
		if err != nil {
			return err
		}
		verb, word, _ := strings.Cut(line, " ")
		word = strings.TrimSpace(word)
		switch verb {
		case "h":
			question = m.choices()
			continue
		case "b", "":
			return nil
		case "q":
			return errEnd
		}
		again, err := m.further(ctx, verb, word)
		switch {
		case err != nil:
			return err
		case again:
			if err := m.investigate(ctx); err != nil {
				return err
			}
			question = m.choices()
		case slices.Contains([]string{"allow", "as"}, verb): // it was asked, and nothing came of it
		default:
			n, _ := strconv.Atoi(word)
			if err := m.act(ctx, verb, n); err != nil {
				return err
			}
		}
	}
}

// choices are what can be done with the verdict that is there, each on a line of its own: they are heard one by one.
func (m *matter) choices() string {
	v := m.report.Verdict
	out := []string{}
	if m.stopped {
		out = append(out, "u go on")
	}
	if v.Repair != nil {
		out = append(out, "a apply the fix", "r send repaired", "y repaired curl")
	}
	if v.Minimal != nil {
		out = append(out, "c minimal curl")
	}
	if v.Cause != "" {
		out = append(out, "e explain")
	}
	out = append(out, "w write a report", "steps", "p NUMBER a probe")
	out = append(append(out, m.furtherChoices()...), "b back", "q quit")
	return strings.Join(out, "\n") + "\nWhat next?"
}

// investigate runs the diagnosis; what is on the tape is not sent again. Only the end of the program is an error; what
// keeps it from beginning is said, and leaves no report where there was none.
func (m *matter) investigate(ctx context.Context) error {
	p := progress{s: m.d.Streams, mask: m.f.Mask(m.t.Request)}
	var made error
	c := m.tape.Case(func() diagnose.Case {
		var c diagnose.Case
		if made = m.t.Ready(ctx, m.d, &m.f.Common); made != nil {
			return c
		}
		c, made = caseOf(ctx, m.d, m.f, m.t, p)
		if m.exchange != nil {
			c.Recorded = m.exchange
		}
		return c
	})
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if made != nil {
		m.afresh()
		m.f.writes = false
		why := made.Error()
		if flag, rest, ok := strings.Cut(why, ": "); ok && strings.HasPrefix(flag, "--") {
			why = rest
		}
		m.say("%s", p.masked(why))
		return nil
	}
	m.say("")
	m.t.Request.Secrets = c.Request.Secrets // with what the requests beside it keep secret
	p.mask = m.f.Mask(m.t.Request)
	c.Writes, c.Budget = m.f.writes, m.f.budget()
	m.kase = c
	work, done := m.interruptible(ctx)
	r, err := investigate(work, m.d, m.f, c, p, m.tape)
	m.f.writes = false // it was for this run
	interrupted := work.Err() != nil
	done()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	m.stopped = err != nil || interrupted
	switch {
	case errors.Is(err, errStopped), interrupted:
		m.say("Stopped. This is what was learned until then; u goes on.")
	case err != nil:
		m.say("It broke off: %v. This is what was learned until then; u goes on.", err)
	}
	m.say("")
	return report.Text(m.d.Streams.Out, m.ways(r), false)
}

// act does one thing with a verdict.
func (m *matter) act(ctx context.Context, verb string, n int) error {
	v := m.report.Verdict
	switch {
	case verb == "a" && v.Repair != nil:
		if err := apply(ctx, m.d, m.f, m.t, *m.report); err != nil {
			m.say("%v", err)
			return nil
		}
		if err := m.read(ctx); err != nil {
			m.say("%v", err)
		}
	case verb == "r" && v.Repair != nil:
		m.sendRepaired(ctx)
	case verb == "y" && v.Repair != nil:
		m.say("%s", report.Curl(v.Repair.Request, false))
	case verb == "c" && v.Minimal != nil:
		m.say("%s", report.Curl(v.Minimal.Request, false))
	case verb == "e" && v.Cause != "":
		m.explain(v.Cause)
	case verb == "w":
		return m.write(ctx)
	case verb == "steps":
		m.steps()
	case verb == "p" && n >= 1 && n <= len(m.report.Probes):
		m.probe(m.report.Probes[n-1])
	default:
		m.say("That is none of them.")
	}
	return nil
}

func (m *matter) sendRepaired(ctx context.Context) {
	fixed := m.report.Verdict.Repair.Request
	if !fixed.Reads() && !m.yes(ctx, "The repaired request may change data. Send it?") {
		return
	}
	kept := m.t.As
	if m.t.Entry != nil {
		if a, err := collections.Amend(m.t.Entry, m.t.Entry.Saved, m.t.Resolved, fixed, m.t.Options); err == nil {
			kept.Saved = a.Saved // what was sent, as a template
		}
	}
	work, done := m.interruptible(ctx)
	x, err := collcli.Send(work, m.d, &m.f.Common, collcli.Target{Request: fixed, Name: m.t.Name, As: kept})
	done()
	if err != nil {
		m.say("%v", err)
	}
	x.Close()
}

func (m *matter) explain(id diagnose.CauseID) {
	l := id.Lesson()
	m.say("What it means: %s", l.Means)
	if l.Prevent == "" {
		m.say("What to do: %s", id.Cause().Fix)
		return
	}
	m.say("How to prevent it: %s", l.Prevent)
	for _, r := range l.References() {
		m.say("%s", strings.TrimSpace("Where the rule stands: "+r.Text+"  "+r.URL))
	}
}

// write saves the report in the working folder.
func (m *matter) write(ctx context.Context) error {
	form, err := m.ask(ctx, "Which form? m Markdown, j JSON, h HAR:")
	if err != nil {
		return err
	}
	name := "culprit-" + strings.ReplaceAll(m.t.Name, "/", "-") + "-" + time.Now().UTC().Format("20060102-150405")
	var fill func(io.Writer) error
	switch form {
	case "m":
		name, fill = name+".md", func(w io.Writer) error { return report.Markdown(w, *m.report, false) }
	case "j":
		name, fill = name+".json", func(w io.Writer) error { return report.JSON(w, *m.report, false) }
	case "h":
		name, fill = name+".har", func(w io.Writer) error { return report.HAR(w, *m.report, m.d.Version, false) }
	default:
		m.say("Nothing is written.")
		return nil
	}
	if err := write(name, fill); err != nil {
		m.say("%v", err)
		return nil
	}
	m.say("The report is in %s", name)
	return nil
}

// steps prints what each of the seven steps learned.
func (m *matter) steps() {
	for i, s := range m.report.Steps {
		m.say("%d  %-28s %-8s %s", i+1, diagnose.Steps[i], s.Result, m.mask(s.Text))
	}
}

// probe prints one probe whole: why, what was different, what was sent, what came back.
func (m *matter) probe(p diagnose.ProbeRecord) {
	m.say("Probe %d, %s: %s", p.N, p.Kind, p.Outcome)
	m.say("  why: %s", m.mask(diagnose.Spoken(p.Why)))
	for _, c := range p.Changed {
		m.say("  different: %s", m.mask(c))
	}
	q, a := p.Question, p.Answer
	if q != nil && q.Request != nil {
		m.say("  sent: %s", report.Curl(*q.Request, false))
	}
	switch {
	case a == nil:
	case a.Refused != "":
		m.say("  not sent: %s", a.Refused)
	case a.Sight != nil:
		m.say("  found: %s", m.mask(a.Sight.Text))
	case a.Exchange.Response() == nil:
		m.say("  came back: nothing, %s", m.mask(p.Error))
	default:
		r := a.Exchange.Response()
		m.say("  came back: %s", strings.TrimSpace(fmt.Sprintf("%d %s", r.Status, m.mask(r.Reason))))
		for _, f := range m.f.Mask(m.t.Request).Fields(r.Header) {
			m.say("    %s: %s", f.Name, f.Value)
		}
		text := m.f.Mask(m.t.Request).Body(string(r.Body.Head(seenBody)))
		m.say("%s", text[:min(len(text), probeBody)])
	}
}

const (
	// probeBody is how many bytes are printed of a probe's answer: an error says what it has to say in less.
	probeBody = 4 << 10
	// seenBody is how many are looked at for secrets before the rest is cut off: the half of one is not known again.
	seenBody = 64 << 10
)
