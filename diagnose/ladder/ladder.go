// Package ladder sends the probes of a diagnosis, keeps their record, and sees that nothing harmful and nothing beyond the
// budget goes out.
//
// Each probe is a variation of the failing request; what its answer means is for a Judge to say. The class of package
// safety decides whether it may go out (budget.go), as a dry run (dryrun.go), under a key of its own (key.go), and when
// (guard.go, wait.go). It knows nothing of what is looked for.
package ladder

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/safety"
	"culprit/request"
)

// A Judge says what an answer means for the failure at hand.
type Judge interface {
	// Judge says how x differs from the failure; before one is known, all that does not pass is the same.
	Judge(x *request.Exchange) diagnose.Outcome
	// Failure is the failure at hand; nil before one was seen.
	Failure() *request.Exchange
}

// A Config is what a ladder stands on.
type Config struct {
	Case     diagnose.Case
	Original *element.Index   // the request of the case
	Base     *request.Request // the failing request at hand; the owner changes it
	Ask      func(diagnose.Question) diagnose.Answer
	Tell     func(diagnose.Event)
	Spare    int  // how many probes more than the budget a proof may have
	Meek     bool // no probes that are meant to fail
}

// A Ladder sends the probes, keeps their record, and sees that no budget is overdrawn.
type Ladder struct {
	Records  []diagnose.ProbeRecord
	Cost     diagnose.Cost
	Stopped  string                 // why no more probes are sent; "" while they are
	NoWrites bool                   // a probe that may change data was refused, and so all of them
	Skipped  map[diagnose.Step]bool // what the person skips
	Noise    Noise
	Dry      DryRuns

	c         Config
	seen      map[string]Sighting
	declined  map[string]bool // what a person does not want sent, while others may be
	malformed int
	guard     guard
	dice      *rand.Rand      // of the waits; nil before the first one
	hopes     map[int]float64 // for a pass of probes whose other answer leads on, too
}

// New returns a ladder that has sent nothing.
func New(c Config) *Ladder {
	return &Ladder{c: c, seen: map[string]Sighting{}, declined: map[string]bool{}, hopes: map[int]float64{}, Skipped: map[diagnose.Step]bool{},
		guard: guard{budget: c.Case.Budget, production: c.Case.Production}}
}

// A Sighting is what a request was answered.
type Sighting struct {
	Exchange *request.Exchange
	Outcome  diagnose.Outcome
	N        int // of the probe
}

// A Probe is a question about a variation of the request.
type Probe struct {
	Kind  diagnose.Kind
	Step  diagnose.Step
	Edits []diagnose.Edit
	Why   string
	Pass  string // what a pass would mean
	Again bool   // send it even when the same bytes were sent before
	Keep  bool   // let the connection be one that was used before
	Wait  time.Duration

	rehearses bool // it is to show that dry runs can be used
	dry       bool // it goes out as a dry run
}

// Send asks about r and judges the answer: what came back, what it means, and the number of the probe. The outcome is
// Refused, and nothing came back, when it was not sent; a request that was sent before is only sent where p says so.
func (l *Ladder) Send(j Judge, r request.Request, p Probe) (*request.Exchange, diagnose.Outcome, int) {
	key := Fingerprint(r)
	if m, ok := l.seen[key]; ok && !p.Again {
		return m.Exchange, m.Outcome, m.N
	}
	if l.Skipped[p.Step] || l.declined[key] {
		return nil, diagnose.Refused, 0
	}
	asked, plain := r, p
	class := l.classOf(j, &r, &p)
	if !l.allowed(class, p.Kind) {
		return nil, diagnose.Refused, 0
	}
	wait, why := l.guard.before(r, p.Wait)
	if why != "" {
		l.Stopped = why
		return nil, diagnose.Refused, 0
	}
	q, changed := l.question(j, r, p)
	q.Safety, q.Wait, q.Free = class, wait, safety.Free(*q.Request, class)
	if l.guard.halfOpen {
		q.Why = fmt.Sprintf("after a pause of %s, because %s: %s", request.Lapse(wait.Round(time.Second)), l.guard.paused, p.Why)
	}
	rec := l.ask(q, changed...)
	if rec.Outcome == diagnose.Refused {
		wrote := !l.NoWrites
		if rec.Error == diagnose.NotThis {
			l.declined[key] = true
		}
		l.refused(p.Step, class, rec.Error, r)
		if rec.Answer.Left {
			rec.Outcome, rec.Error = diagnose.Unresolved, "it was sent, and nobody waited for its answer"
			l.count(class, rec, p.Kind)
		}
		l.keep(rec)
		switch {
		case p.dry:
			l.Dry.use = refusedRuns
		case class == diagnose.S5 && wrote && l.NoWrites:
			return l.Send(j, asked, plain) // as a dry run, where there is one
		}
		return nil, diagnose.Refused, rec.N
	}
	x := rec.Answer.Exchange
	rec.Status, rec.Duration = x.Status(), x.Took.Milliseconds()
	rec.At, rec.RequestID = Stamp(x), evidence.RequestID(x)
	if x.Failure != nil {
		rec.Error = x.Failure.Text
	}
	rec.Outcome = l.rehearsed(p, x, j.Judge(x))
	l.count(class, rec, p.Kind)
	l.keep(rec)
	if why := l.guard.after(x, j.Failure(), rec.Outcome); why != "" && l.Stopped == "" {
		l.Stopped = why
	}
	l.remember(j, key, Sighting{x, rec.Outcome, rec.N})
	return x, rec.Outcome, rec.N
}

// classOf is how dangerous it is to send r. What may change data goes out as a dry run instead where that can be.
func (l *Ladder) classOf(j Judge, r *request.Request, p *Probe) diagnose.Safety {
	class := safety.Classify(l.c.Case.Request, *r)
	switch {
	case p.Kind == diagnose.Renew:
		return diagnose.S5
	case class == diagnose.S5 && l.harmless(j, r, p):
		return diagnose.S4
	case class == diagnose.S5 && l.c.Case.Production && safety.Reaches(*r):
		return diagnose.S6
	}
	return class
}

// question is how r is asked for: under a key of its own, with patience, over a connection of its own; and what it changes.
func (l *Ladder) question(j Judge, r request.Request, p Probe) (q diagnose.Question, changed []string) {
	changed = l.phrases(p.Edits)
	if p.Kind == diagnose.Renew {
		changed = []string{"another request: " + r.Method + " " + r.URL}
	}
	r, rekeyed := l.rekey(r)
	if rekeyed != "" {
		changed = append(changed, "header:"+rekeyed+" = one of its own")
	}
	r.Settings.Fresh = !p.Keep
	r.Settings.Timeouts.FirstByte = farther(r.Settings.From, patience(j.Failure(), r.Settings.Timeouts.FirstByte))
	r.Settings.Timeouts.TLS = handshakePatience(j.Failure(), r.Settings.Timeouts.TLS)
	return diagnose.Question{Step: p.Step, Kind: p.Kind, Request: &r, Edits: p.Edits, Why: p.Why, If: p.Pass}, changed
}

// ask puts a question and returns its record, which is to be kept: Refused where nothing came back.
func (l *Ladder) ask(q diagnose.Question, changed ...string) diagnose.ProbeRecord {
	q.N = len(l.Records) + 1
	rec := diagnose.ProbeRecord{N: q.N, Kind: q.Kind, Step: q.Step, Changed: changed, Safety: q.Safety.String(), Why: q.Why, Question: &q}
	l.Records = append(l.Records, rec)
	l.told(rec)
	a := l.c.Ask(q)
	rec.Answer = &a
	if a.Refused != "" || a.Exchange == nil && a.Sight == nil {
		rec.Outcome, rec.Error = diagnose.Refused, a.Refused
	}
	return rec
}

// remember keeps an answer, and counts those that disagree with an earlier one to the same request. An answer that
// says nothing is neither, and a limit is no noise (§10).
func (l *Ladder) remember(j Judge, key string, m Sighting) {
	if m.Outcome == diagnose.Unresolved {
		return
	}
	l.Noise.answers++
	if before, ok := l.seen[key]; ok && j.Failure() != nil && j.Failure().Status() != 429 && !grown(m.Exchange) && j.Judge(before.Exchange) != m.Outcome {
		l.Noise.Strays++
	}
	l.seen[key] = m
}

// grown reports that a write is refused for what is there by now: the passes of the run made it.
func grown(x *request.Exchange) bool { return !x.Request.Safe() && x.Status() == 409 }

// Declines reports that a no was to single probes alone, so that others may be sent.
func (l *Ladder) Declines() bool { return len(l.declined) > 0 && !l.NoWrites && l.Stopped == "" }

// Declined is how many different requests a person did not want sent, beside all that may change data.
func (l *Ladder) Declined() int { return len(l.declined) }

// Rejected is how many probes with credentials were refused.
func (l *Ladder) Rejected() int { return l.guard.rejected }

// Learn takes in a description of the API: its dry runs can be used from now on.
func (l *Ladder) Learn(k diagnose.Knowledge) { l.c.Case.Spec = k }

// Put asks a person.
func (l *Ladder) Put(s diagnose.Step, p diagnose.Prompt, why string) string {
	return l.c.Ask(diagnose.Question{N: len(l.Records) + 1, Step: s, Kind: diagnose.Ask, Prompt: &p, Why: why}).Reply
}

// Sighted is what r was answered last; false when it was not sent.
func (l *Ladder) Sighted(r request.Request) (Sighting, bool) {
	m, ok := l.seen[Fingerprint(r)]
	return m, ok
}

// Tried reports whether r was sent already.
func (l *Ladder) Tried(r request.Request) bool {
	_, ok := l.Sighted(r)
	return ok
}

func (l *Ladder) keep(rec diagnose.ProbeRecord) {
	l.Records[rec.N-1] = rec
	l.told(rec)
}

func (l *Ladder) told(rec diagnose.ProbeRecord) { l.c.Tell(diagnose.Event{Probe: &rec}) }

// Look asks about a layer below HTTP. It does not count as a probe: nothing of the request is sent.
func (l *Ladder) Look(k diagnose.Look, why string) (*diagnose.Sight, int) {
	if l.Stopped != "" || l.Skipped[diagnose.Connectivity] {
		return nil, 0
	}
	q := diagnose.Question{Step: diagnose.Connectivity, Kind: diagnose.Transport, Look: &k, Safety: diagnose.S1, Why: why}
	rec := l.ask(q, k.Layer+" "+cmp.Or(k.Address, k.Host))
	if rec.Outcome == diagnose.Refused {
		l.refused(q.Step, q.Safety, rec.Error, l.c.Case.Request)
		l.keep(rec)
		return nil, rec.N
	}
	seen := rec.Answer.Sight
	rec.Duration, rec.Outcome = seen.Took.Milliseconds(), diagnose.Pass
	if !seen.OK {
		rec.Outcome, rec.Error = diagnose.Same, seen.Text
	}
	l.keep(rec)
	return seen, rec.N
}

func (l *Ladder) phrases(edits []diagnose.Edit) []string {
	out := make([]string, len(edits))
	for i, e := range edits {
		out[i] = l.c.Original.Phrase(e)
	}
	return out
}

// Stamp is when an exchange began, as reports have it; "" when that is not known.
func Stamp(x *request.Exchange) string {
	if x.Start.IsZero() {
		return ""
	}
	return x.Start.UTC().Format("2006-01-02T15:04:05.000Z")
}

// Expect notes how likely probe n passes, whose other answer leads on, too.
func (l *Ladder) Expect(n int, hope float64) { l.hopes[n] = hope }

// Expected is what was noted by Expect; ok is false where nothing was.
func (l *Ladder) Expected(n int) (hope float64, ok bool) {
	hope, ok = l.hopes[n]
	return hope, ok
}

// Foretold notes how likely the probe passed that was sent since there were so many; nothing when none was.
func (l *Ladder) Foretold(before int, hope float64) {
	if n := len(l.Records); n > before {
		l.hopes[n] = hope
	}
}
