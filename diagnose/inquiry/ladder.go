package inquiry

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// A ladder sends the probes, keeps their record, and sees that no budget is overdrawn.
type ladder struct {
	c        diagnose.Case
	original *element.Index // the request of the case
	ask      func(diagnose.Question) diagnose.Answer
	tell     func(diagnose.Event)
	records  []diagnose.ProbeRecord
	seen     map[string]memory
	cost     diagnose.Cost
	// stopped says why no more probes are sent; "" while they are.
	stopped string
	// noWrites is set after the first refusal of a probe that may change data.
	noWrites bool

	malformed int
	noise     noise
	meek      bool // no probes that are meant to fail

	skipped map[diagnose.Step]bool // what the person skips
	guard   *guard
	base    *request.Request // the failing request at hand: the detective's
	dry     dryRuns
	dice    *rand.Rand      // of the waits; nil before the first one
	spare   int             // how many probes more than the budget a proof may have
	open    map[int]float64 // the hope for a pass of probes whose other answer leads on, too
}

type memory struct {
	exchange *request.Exchange
	outcome  diagnose.Outcome
	n        int
}

// A probe is a question about a variation of the request.
type probe struct {
	kind  diagnose.Kind
	step  diagnose.Step
	edits []diagnose.Edit
	why   string
	pass  string // what a pass would mean
	again bool   // send it even when the same bytes were sent before
	keep  bool   // let the connection be one that was used before
	wait  time.Duration

	rehearses bool // it is to show that dry runs can be used
	dry       bool // it goes out as a dry run
}

// send asks about r and judges the answer. It returns Refused when the probe was not sent.
func (l *ladder) send(o *oracle, r request.Request, p probe) (*request.Exchange, diagnose.Outcome, int) {
	key := fingerprint(r)
	if m, ok := l.seen[key]; ok && !p.again {
		return m.exchange, m.outcome, m.n
	}
	if l.skipped[p.step] {
		return nil, diagnose.Refused, 0
	}
	asked, plain := r, p
	safety := classify(l.c, r, p.kind)
	switch {
	case p.kind == diagnose.Renew:
		safety = diagnose.S5
	case safety == diagnose.S5 && l.harmless(o, &r, &p):
		safety = diagnose.S4
	case safety == diagnose.S5 && l.c.Production && reaches(r):
		safety = diagnose.S6
	}
	if !l.allowed(safety, p.kind) {
		return nil, diagnose.Refused, 0
	}
	wait, why := l.guard.before(r, p.wait)
	if why != "" {
		l.stopped = why
		return nil, diagnose.Refused, 0
	}
	if l.guard.halfOpen {
		p.why = fmt.Sprintf("after a pause of %s, because %s: %s", request.Lapse(wait.Round(time.Second)), l.guard.paused, p.why)
	}
	changed := l.phrases(p.edits)
	if p.kind == diagnose.Renew {
		changed = []string{"another request: " + r.Method + " " + r.URL}
	}
	r, rekeyed := l.rekey(r)
	if rekeyed != "" {
		changed = append(changed, "header:"+rekeyed+" = one of its own")
	}
	r.Settings.Fresh = !p.keep
	r.Settings.Timeouts.FirstByte = farther(r.Settings.From, patience(o.exchange, r.Settings.Timeouts.FirstByte))
	r.Settings.Timeouts.TLS = handshakePatience(o.exchange, r.Settings.Timeouts.TLS)
	q := diagnose.Question{N: len(l.records) + 1, Step: p.step, Kind: p.kind, Request: &r, Edits: p.edits, Safety: safety, Why: p.why, If: p.pass, Wait: wait, Free: free(r, safety)}
	rec := diagnose.ProbeRecord{N: q.N, Kind: p.kind, Step: p.step, Changed: changed, Safety: safety.String(), Why: p.why, Question: &q}
	l.records = append(l.records, rec)
	l.told(rec)
	a := l.ask(q)
	rec.Answer = &a
	if a.Refused != "" || a.Exchange == nil {
		rec.Outcome, rec.Error = diagnose.Refused, a.Refused
		wrote := !l.noWrites
		l.refused(p.step, safety, a.Refused, r)
		l.keep(rec)
		switch {
		case p.dry:
			l.dry.use = refusedRuns
		case safety == diagnose.S5 && wrote && l.noWrites:
			return l.send(o, asked, plain) // as a dry run, where there is one
		}
		return nil, diagnose.Refused, rec.N
	}
	x := a.Exchange
	rec.Status, rec.Duration = x.Status(), x.Took.Milliseconds()
	rec.At, rec.RequestID = stamp(x), requestID(x)
	if x.Failure != nil {
		rec.Error = x.Failure.Text
	}
	rec.Outcome = l.rehearsed(p, x, o.judge(x))
	l.count(safety, rec, p.kind, reached(x))
	l.keep(rec)
	if why := l.guard.after(x, o.exchange, rec.Outcome); why != "" && l.stopped == "" {
		l.stopped = why
	}
	l.remember(o, key, memory{x, rec.Outcome, rec.N})
	return x, rec.Outcome, rec.N
}

// remember keeps an answer, and counts those that disagree with an earlier one to the same request. An answer that
// says nothing is neither, and a limit is no noise (§10).
func (l *ladder) remember(o *oracle, key string, m memory) {
	if m.outcome == diagnose.Unresolved {
		return
	}
	l.noise.answers++
	if before, ok := l.seen[key]; ok && o.exchange != nil && o.exchange.Status() != 429 && !grown(m.exchange) && o.judge(before.exchange) != m.outcome {
		l.noise.strays++
	}
	l.seen[key] = m
}

// grown reports that a write is refused for what is there by now: the passes of the run made it.
func grown(x *request.Exchange) bool { return !x.Request.Safe() && x.Status() == 409 }

// foretold notes how likely the probe passed that was sent since there were so many; nothing when none was.
func (l *ladder) foretold(before int, hope float64) {
	if n := len(l.records); n > before {
		l.open[n] = hope
	}
}

// tried reports whether r was sent already.
func (l *ladder) tried(r request.Request) bool {
	_, ok := l.seen[fingerprint(r)]
	return ok
}

// allowed checks the budgets before a probe is even asked for.
func (l *ladder) allowed(s diagnose.Safety, k diagnose.Kind) bool {
	switch {
	case l.stopped != "":
		return false
	case l.cost.Probes >= l.c.Budget.Probes && (k != diagnose.Confirm || l.cost.Probes >= l.c.Budget.Probes+l.spare):
		l.stopped = fmt.Sprintf(budgetOf+"%d probes is used up", l.c.Budget.Probes)
		return false
	case s >= diagnose.S5 && l.noWrites:
		return false
	case s >= diagnose.S5 && l.cost.Wrote >= l.c.Budget.Unsafe:
		l.stopped = fmt.Sprintf("%d probes that change data have passed, the limit", l.c.Budget.Unsafe)
		return false
	case s == diagnose.S6:
		return false
	case l.meek && (k == diagnose.Contrast || k == diagnose.Control):
		return false
	case k == diagnose.Contrast && l.malformed >= l.c.Budget.Malformed:
		return false
	}
	return true
}

// refused remembers what is not to be asked again. A refusal of another path or method says nothing about this
// one.
func (l *ladder) refused(step diagnose.Step, s diagnose.Safety, why string, r request.Request) {
	switch {
	case why == diagnose.Skipped:
		l.skipped[step] = true
	case why == "stopped":
		l.stopped = "it was stopped"
	case s >= diagnose.S3 && r.Method == l.c.Request.Method && element.SplitURL(r.URL).Path == element.SplitURL(l.c.Request.URL).Path:
		l.noWrites = true
	}
}

// reached reports whether the request may have come to the server: before TLS is through nothing of it is written.
func reached(x *request.Exchange) bool {
	if x.Failure == nil || len(x.Hops) > 1 {
		return true
	}
	switch x.Failure.Phase {
	case request.PhasePrepare, request.PhaseResolve, request.PhaseConnect, request.PhaseProxy, request.PhaseTLS:
		return false
	}
	return true
}

func (l *ladder) count(s diagnose.Safety, rec diagnose.ProbeRecord, k diagnose.Kind, reached bool) {
	l.cost.Probes++
	l.cost.Duration += rec.Duration
	if k == diagnose.Contrast || k == diagnose.Control {
		l.malformed++
	}
	if s < diagnose.S4 {
		return
	}
	l.cost.Unsafe++
	if s >= diagnose.S5 && (rec.Status/100 == 2 || rec.Status == 0 && reached) { // for real, and answered with success or not at all
		l.cost.Wrote++
	}
}

func (l *ladder) keep(rec diagnose.ProbeRecord) {
	l.records[rec.N-1] = rec
	l.told(rec)
}

func (l *ladder) told(rec diagnose.ProbeRecord) { l.tell(diagnose.Event{Probe: &rec}) }

// look asks about a layer below HTTP. It does not count as a probe: nothing of the request is sent.
func (l *ladder) look(k diagnose.Look, why string) (*diagnose.Sight, int) {
	if l.stopped != "" || l.skipped[diagnose.Connectivity] {
		return nil, 0
	}
	q := diagnose.Question{N: len(l.records) + 1, Step: diagnose.Connectivity, Kind: diagnose.Transport, Look: &k, Safety: diagnose.S1, Why: why}
	target := k.Host
	if k.Address != "" {
		target = k.Address
	}
	rec := diagnose.ProbeRecord{N: q.N, Kind: q.Kind, Step: q.Step, Changed: []string{k.Layer + " " + target}, Safety: q.Safety.String(), Why: why, Question: &q}
	l.records = append(l.records, rec)
	l.told(rec)
	a := l.ask(q)
	rec.Answer = &a
	if a.Sight == nil {
		rec.Outcome, rec.Error = diagnose.Refused, a.Refused
		l.refused(q.Step, diagnose.S1, a.Refused, l.c.Request)
		l.keep(rec)
		return nil, rec.N
	}
	rec.Duration, rec.Outcome = a.Sight.Took.Milliseconds(), diagnose.Pass
	if !a.Sight.OK {
		rec.Outcome, rec.Error = diagnose.Same, a.Sight.Text
	}
	l.keep(rec)
	return a.Sight, rec.N
}

func (l *ladder) phrases(edits []diagnose.Edit) []string {
	out := make([]string, len(edits))
	for i, e := range edits {
		out[i] = l.original.Phrase(e)
	}
	return out
}

// fingerprint identifies the bytes of a request, volatile parts and connection aside.
func fingerprint(r request.Request) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n%v\n%v\n%v %s %s %v %v", r.Method, r.URL, r.Header, r.Auth, r.Body.Kind, r.Body.Text, r.Body.Path, r.Body.Fields, r.Body.Parts)
	s := r.Settings
	s.Fresh = false
	fmt.Fprintf(&b, "\n%v", s)
	return b.String()
}
