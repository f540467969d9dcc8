package diagnose

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"
)

// Skipped is how a question of a step that the person skips is refused; a session asks no more of that step then.
const Skipped = "the step is skipped"

// A Tape keeps what a diagnosis asked and was answered, so that it can be taken up again: a session that gets the
// same answers asks the same questions, and what is on the tape is neither asked nor sent a second time. It is in
// memory only, for answers hold credentials. The zero value is empty; the methods may be called from any goroutine.
type Tape struct {
	mu      sync.Mutex
	kase    *Case
	answers map[question][]Answer // in the order in which they came
	skipped map[Step]bool
	wanted  []Step
	told    []string          // the verdicts that were reached
	made    []Made            // by all runs
	out     map[question]bool // what may change data, was sent, and whose answer was not waited for
	waiting *waiting          // the question that waits for its answer, nil for none
}

// waiting is a question that is asked now; leave gives it up.
type waiting struct {
	step  Step
	leave context.CancelFunc
}

// A question identifies what is asked, whatever its number is.
type question struct {
	step Step
	kind Kind
	what [sha256.Size]byte
}

func identify(q Question) question {
	h := sha256.New()
	if q.Request != nil {
		fmt.Fprintf(h, "%#v", *q.Request)
	}
	if q.Look != nil {
		fmt.Fprintf(h, "%#v", *q.Look)
	}
	if q.Prompt != nil {
		fmt.Fprintf(h, "%#v", *q.Prompt)
	}
	return question{q.Step, q.Kind, [sha256.Size]byte(h.Sum(nil))}
}

// Case returns the case of the first run, which is made then: questions depend on all of it, on its time too.
// What the person wants done is as it is now.
func (t *Tape) Case(first func() Case) Case {
	t.mu.Lock()
	begun := t.kase != nil
	t.mu.Unlock()
	if !begun { // unlocked: first may wait for a disk, and nobody who skips a step waits for that
		made := first()
		t.mu.Lock()
		t.kase = &made
		t.mu.Unlock()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	c := *t.kase
	c.Wanted = slices.Clone(t.wanted)
	return c
}

// Fresh reports whether r is the first report of this tape with its verdict: a run that is taken up again, or repeated
// in part, comes to what was found before and teaches nothing new.
func (t *Tape) Fresh(r Report) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	told := r.Verdict.Outcome + " " + string(r.Verdict.Cause)
	if slices.Contains(t.told, told) {
		return false
	}
	t.told = append(t.told, told)
	return true
}

// Carried is r with what earlier runs of this tape made, too: one that is taken up again another way does not come to the
// probes that made it, and it is still there.
func (t *Tape) Carried(r Report) Report {
	t.mu.Lock()
	defer t.mu.Unlock()
	r.Made = slices.Clone(r.Made)
	for _, m := range t.made {
		if !slices.ContainsFunc(r.Made, func(o Made) bool { return o.URL == m.URL && o.ID == m.ID }) {
			r.Made = append(r.Made, Made{URL: m.URL, ID: m.ID})
		}
	}
	t.made = r.Made
	return r
}

// Sent notes that q goes out. When it may change data and the run is stopped before the answer is there, nobody knows
// whether it arrived: a later run that comes to it asks as Unsure before it is sent again.
func (t *Tape) Sent(q Question) {
	if q.Request == nil || q.Safety < S5 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.out == nil {
		t.out = map[question]bool{}
	}
	t.out[identify(q)] = true
}

// unsure is q as it is asked when it may have arrived already.
func (t *Tape) unsure(id question, q Question) Question {
	t.mu.Lock()
	defer t.mu.Unlock()
	if q.Unsure = t.out[id]; q.Unsure {
		q.Why = "it was under way when the run was stopped, so it may or may not have arrived already; " + q.Why
	}
	return q
}

// Skip leaves s out from now on: a question of it that waits is given up, later ones are not asked.
func (t *Tape) Skip(s Step) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.skipped == nil {
		t.skipped = map[Step]bool{}
	}
	t.skipped[s] = true
	t.wanted = slices.DeleteFunc(t.wanted, func(w Step) bool { return w == s })
	if t.waiting != nil && t.waiting.step == s {
		t.waiting.leave()
	}
}

// Repeat forgets the answers of s, so that the next run asks anew, and takes back that it was skipped.
func (t *Tape) Repeat(s Step) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.skipped, s)
	for q := range t.answers {
		if q.step == s {
			delete(t.answers, q)
		}
	}
	if !slices.Contains(t.wanted, s) {
		t.wanted = append(t.wanted, s)
	}
}

// Reconsider forgets what the person said no to, so that the next run asks for it again.
func (t *Tape) Reconsider() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for q, all := range t.answers {
		if slices.ContainsFunc(all, func(a Answer) bool { return a.Refused == NoConsent || a.Refused == NotThis }) {
			delete(t.answers, q)
		}
	}
}

// Ask returns what Run asks with: what is on the tape is answered from it, anything else by next and remembered.
// It is for one run.
func (t *Tape) Ask(next func(context.Context, Question) (Answer, error)) func(context.Context, Question) (Answer, error) {
	played := map[question]int{}
	return func(ctx context.Context, q Question) (Answer, error) {
		id := identify(q)
		own, leave := context.WithCancel(ctx)
		defer leave()
		now := &waiting{q.Step, leave}
		if a, ok := t.play(id, played, now); ok {
			return a, nil
		}
		a, err := next(own, t.unsure(id, q))
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.waiting == now { // else a newer run asks
			t.waiting = nil
		}
		switch {
		case ctx.Err() != nil:
			return a, ctx.Err()
		case t.skipped[q.Step]:
			return Answer{Refused: Skipped, Left: a.arrived()}, nil
		case err != nil:
			return a, err
		}
		if t.answers == nil {
			t.answers = map[question][]Answer{}
		}
		t.answers[id] = append(t.answers[id], a)
		delete(t.out, id)
		return a, nil
	}
}

// play returns the answer that is on the tape, or notes that a question waits for one.
func (t *Tape) play(id question, played map[question]int, now *waiting) (Answer, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.skipped[id.step] {
		return Answer{Refused: Skipped}, true
	}
	n := played[id]
	played[id]++
	if n < len(t.answers[id]) {
		return t.answers[id][n], true
	}
	t.waiting = now
	return Answer{}, false
}
