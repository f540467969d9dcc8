package inquiry

import (
	"fmt"
	"slices"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/circumstance"
	"culprit/diagnose/evidence"
	"culprit/diagnose/ladder"
	"culprit/diagnose/safety"
	"culprit/request"
)

// fresh is how old a recorded failure may be to stand for the replay (§2, stage 2).
const fresh = 60 * time.Second

// calm is how many passes in a row make a request that was said to fail one that passes now.
const calm = 3

// reproduce sees the failure, and whether it is always the same.
func (d *detective) reproduce() {
	d.notes.begin(diagnose.Reproduce)
	if cancelled(d.Recorded) {
		d.Recorded = nil // the person stopped it: that is no failure of the request
	}
	d.oracle.expect.Media, d.oracle.expect.Content = d.mediaBefore(), d.Expected
	d.oracle.rootRight = slices.ContainsFunc(d.Good, func(k diagnose.Known) bool {
		root, query := ofRoot(k.Request.URL)
		return root && query == ""
	})
	if rec := d.Recorded; rec != nil {
		if d.oracle.Judge(rec) != diagnose.Pass {
			d.oracle.set(rec, d.base, 0)
			if age := d.Now.Sub(rec.Start.Add(rec.Took)); age >= 0 && age < fresh && !slices.Contains(d.Wanted, diagnose.Reproduce) && !transient(rec) && rec.Status()/100 != 5 {
				d.notes.ok(diagnose.Reproduce, "seen a moment ago: "+d.failing(rec))
				return
			}
		}
	}
	x, out, n := d.replay("see the failure as it is now")
	switch out {
	case diagnose.Refused:
		d.unreplayed()
	case diagnose.Pass:
		d.passesNow(x)
	default:
		if d.oracle.exchange != nil && out == diagnose.Same {
			d.oracle.calibrate(x, n)
		} else {
			d.oracle.set(x, d.base, n)
		}
		d.notes.ok(diagnose.Reproduce, "it fails now: "+d.failing(x))
		d.steady()
	}
}

func (a *asker) replay(why string) (*request.Exchange, diagnose.Outcome, int) {
	return a.send(a.base, ladder.Probe{Kind: diagnose.Replay, Step: diagnose.Reproduce, Why: why, Pass: "the request works now", Again: true})
}

// unreplayed goes on without a replay: with the recorded failure, or with what the request itself shows.
func (d *detective) unreplayed() {
	if d.ladder.Stopped != "" {
		d.suspectsOnly("It was stopped before anything was learned.")
		return
	}
	if d.oracle.exchange != nil {
		if d.ladder.Skipped[diagnose.Reproduce] {
			return
		}
		d.notes.ok(diagnose.Reproduce, "not sent again, for safety; the recorded failure is used")
		return
	}
	if d.ladder.Skipped[diagnose.Reproduce] {
		d.connectivity()
		if !d.result.done() {
			d.suspectsOnly("The step that shows the failure is skipped, so there is nothing to compare with.")
		}
		return
	}
	if x, n := d.headerOnly(); x != nil && (beforeTheBody(x.Status()) || d.aboutTheWay(x)) {
		d.oracle.set(x, d.base, n)
		d.notes.ok(diagnose.Reproduce, "the header alone is refused: "+outcomeText(x)+"; the body was not sent and does not matter")
		return
	}
	d.notes.set(diagnose.Reproduce, "skipped", "not sent: it may change data")
	if d.recordedDeparts() {
		return
	}
	d.connectivity()
	if d.Production && safety.Reaches(d.base) {
		d.hint("this path moves money or writes to people, so nothing is sent to it in production: diagnose it on a test system")
	} else {
		d.hintBy(allowWrites, "allow probes that may change data, on a test system if possible")
	}
	if d.DryRuns {
		d.hintBy("--history", "dry runs are compared with a failure that was seen for real: diagnose one of the history")
	}
	if d.result.done() {
		return
	}
	d.suspectsOnly("The request was not sent because it may change data, so nothing is proved.")
}

// passesNow decides between passing and sometimes failing.
func (d *detective) passesNow(x *request.Exchange) {
	passes, fails := []int{len(d.ladder.Records)}, []int(nil)
	seen := []*request.Exchange{x}
	if d.base.Reads() {
		for len(passes) < calm && len(fails) == 0 {
			again, out, n := d.replay("does it pass every time?")
			switch {
			case out == diagnose.Pass:
				passes, seen = append(passes, n), append(seen, again)
			case out == diagnose.Refused || again.Status() == 429: // asked too often: that is ours, not the request's
				n = 0
			default:
				d.oracle.set(again, d.base, n)
				fails = append(fails, n)
			}
			if n == 0 {
				break
			}
		}
	}
	if len(fails) == 0 && !d.base.Reads() && d.reuse(passes) {
		return
	}
	if len(fails) > 0 || d.Recorded != nil && d.oracle.exchange != nil && transient(d.oracle.exchange) && len(passes) < calm {
		d.flaky(passes, fails)
		return
	}
	if d.departs(seen, passes) {
		d.notes.ok(diagnose.Reproduce, fmt.Sprintf("success, by its status (%s, %d of %d)", outcomeText(x), len(passes), len(passes)))
		return
	}
	if d.reuse(passes) {
		return
	}
	text := fmt.Sprintf("It passes now (%s, %d of %d).", outcomeText(x), len(passes), len(passes))
	if rhythm := circumstance.Clockwork(d.Endings); rhythm != "" {
		text += " " + rhythm
	}
	text += d.otherValues(seen)
	d.notes.ok(diagnose.Reproduce, text)
	d.conclude(diagnose.OutcomePassing, text)
	if why := d.unreadable(x); why != "" {
		d.hint(why)
	}
	d.uncompared(x)
	if rec := d.Recorded; rec != nil && d.oracle.Judge(rec) != diagnose.Pass {
		d.hint("it failed before and passes now: compare the two exchanges; if it fails again, diagnose at once")
	}
}

// repeats is how often a failure is repeated before it counts as one that always happens, by how likely such
// a failure passes the next time (§10): a gateway's error and a broken connection often do, an operation or a version that
// is not there (501, 505: RFC 9110 §15.6) and the greeting of another protocol do not.
func repeats(x *request.Exchange) int {
	switch s := x.Status(); {
	case s == 501 || s == 505 || otherProtocol(x):
		return 0
	case s == 502 || s == 503 || s == 504:
		return 4
	case s >= 500 || s == 0 && x.Failure != nil && (x.Failure.Phase == request.PhaseWait || x.Failure.Phase == request.PhaseRead) && x.Failure.Cause != "response_timeout":
		return 2
	}
	return 0
}

// otherProtocol reports that something answered that does not speak HTTP.
func otherProtocol(x *request.Exchange) bool {
	return x.Failure != nil && x.Failure.Cause == "not_http_service"
}

// steady repeats a failure that may be a passing one often enough for its kind (§10): each failure of the search counts as
// a repetition later.
func (d *detective) steady() {
	if !d.base.Reads() && repeats(d.oracle.exchange) > 0 && !d.Writes {
		return
	}
	most := repeats(d.oracle.exchange)
	switch wait, named := evidence.RetryAfter(d.oracle.exchange); {
	case named && transient(d.oracle.exchange):
		d.comesBack(wait)
		return
	case d.asksToWait():
		most = 1 // the server says itself that it does not last
	case most > 2 && d.base.Safe() && len(d.strippable(d.base)) > 0:
		most-- // the bare request, which comes next, is one more
	}
	for range most {
		x, out, n := d.replay("does it fail every time?")
		switch out {
		case diagnose.Pass:
			d.flaky([]int{n}, d.oracle.fails)
			return
		case diagnose.Same:
			d.oracle.calibrate(x, n)
		case diagnose.Other:
			d.alternating(x, n)
		case diagnose.Refused:
			return
		}
	}
}

// alternating takes the other one of two failures for the one at hand when the first was a server error that strayed
// in: a failure that comes twice is the one that always comes.
func (a *asker) alternating(x *request.Exchange, n int) {
	if x.Status()/100 != 4 || a.oracle.exchange.Status() < 500 {
		return
	}
	first := a.oracle
	a.oracle.set(x, a.base, n)
	again, out, m := a.replay("which of the two failures is the usual one?")
	if out != diagnose.Same {
		a.oracle = first
		return
	}
	a.oracle.calibrate(again, m)
	a.notes.ok(diagnose.Reproduce, "it fails now: "+outcomeText(x)+"; a "+outcomeText(first.exchange)+" strayed in between")
}

// failing is a failure in a few words: for a success that is wrong, why it is.
func (f *failure) failing(x *request.Exchange) string {
	if ok, why := evidence.Passed(x, f.oracle.expect); !ok && x.Failure == nil && x.Status()/100 == 2 {
		return outcomeText(x) + ", but " + why
	}
	if all := f.oracle.unlike(x); len(all) > 0 {
		return outcomeText(x) + ", but " + all[0].Text
	}
	return outcomeText(x)
}

// outcomeText is an exchange in a few words: "422", "connection refused".
func outcomeText(x *request.Exchange) string {
	if x.Failure != nil {
		return x.Failure.Text
	}
	if s := x.Status(); s != 0 {
		return fmt.Sprintf("status %d", s)
	}
	return "no response"
}

// reuse is K19: every probe has a connection of its own. A failure that was seen on a kept connection alone is the
// race between its use and its end. A request that may change data is not sent often enough to isolate that: one pass
// makes it a suspicion, where the connection ended without a byte.
func (d *detective) reuse(passes []int) bool {
	rec := d.Recorded
	if rec == nil || rec.Failure == nil || rec.Last() == nil || !rec.Last().Conn.Reused {
		return false
	}
	standing, confidence := diagnose.Isolated, 0.9
	if len(passes) < calm {
		if d.base.Reads() || rec.Failure.Cause != "keepalive_race" {
			return false
		}
		standing, confidence = diagnose.Suspected, 0.7
	}
	text := "K19: it failed on a connection that was kept from an earlier request, and passes on new ones"
	d.notes.finding(diagnose.Connectivity, text)
	d.conclude(diagnose.OutcomeExplained, sentence("keepalive_race", "tcp", text), diagnose.Culprit{
		Element: "tcp", Cause: "keepalive_race", Standing: standing, Confidence: confidence, Explanation: text, Fix: diagnose.CauseID("keepalive_race").Cause().Fix,
		Evidence: passes, With: diagnose.Tally{Seen: 1, Tried: 1}, Without: diagnose.Tally{Seen: len(passes), Tried: len(passes)},
	})
	return true
}
