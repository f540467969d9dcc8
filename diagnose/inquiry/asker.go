package inquiry

import (
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/ladder"
	"culprit/diagnose/lint"
	"culprit/diagnose/repair"
	"culprit/request"
)

// An asker sends variations of the failing request and learns from what is answered. It concludes nothing.
type asker struct {
	failure
	ladder *ladder.Ladder
	board  *board
	notes  *notes

	unasked  []string // well-known places of a description that were not asked yet
	log      lines    // what the log of the server said
	examples []source // records that the API shows where a write goes to; nil before they were asked for
	garbled  bool     // K2 was sent
}

// send puts a variation of the request to the server, and judges the answer by the failure at hand.
func (a *asker) send(r request.Request, p ladder.Probe) (*request.Exchange, diagnose.Outcome, int) {
	return a.ladder.Send(&a.oracle, r, p)
}

// settle is send until the answer says something about r.
func (a *asker) settle(r request.Request, p ladder.Probe) (*request.Exchange, diagnose.Outcome, int) {
	return a.ladder.Settle(&a.oracle, r, p)
}

// survey reads the failure at hand again, after the first replay and after each peeled layer.
func (a *asker) survey() {
	x := element.Of(a.base)
	now := a.Now
	if at, ok := serverTime(a.oracle.exchange); ok {
		now = at.Add(time.Duration(a.Now.Nanosecond())) // it has no part of a second, by which two runs differ
	}
	s := scene{index: x, exchange: a.oracle.exchange}
	if a.first.exchange == nil { // the request is still that which was inspected
		s.ownHits = a.scene.ownHits
	}
	s.evidence = a.read(s)
	s.evidence = append(s.evidence, a.unlike(s.exchange)...)
	s.evidence = append(s.evidence, a.logged(s)...)
	responder, _, _ := evidence.Responder(s.exchange)
	facts := lint.FactsOf(a.Case)
	facts.Now, facts.Responder, facts.Status, facts.Scopes = now, responder, s.exchange.Status(), scopes(s.evidence)
	s.hits = a.documented(x, now, a.check(x, facts))
	s.repairs = repair.For(x, s.evidence, s.hits, repair.Options{Now: now, Status: s.exchange.Status(), Side: repair.Side(a.base, a.Production)})
	a.scene = s
	if a.first.exchange == nil {
		a.first = s
	}
	a.board.weigh(s)
}
