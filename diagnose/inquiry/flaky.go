package inquiry

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/chance"
	"culprit/diagnose/circumstance"
	"culprit/diagnose/element"
	"culprit/diagnose/isolate"
	"culprit/diagnose/ladder"
	"culprit/request"
)

const (
	// glance is how many outcomes tell a failure that hardly ever passes from one that comes and goes, sample how many
	// an interval is given from that says something (§10, §13.3), few how many show whether anything goes along with it:
	// six on each side.
	glance = 8
	few    = 12
	sample = 20
	// hint is the p of a circumstance from which it is worth more answers, plain that from which it needs none (§10).
	hint, plain = 0.1, 0.0025
	// fewest is how many outcomes show that it comes and goes, and did not only end or begin.
	fewest = 3
)

// flaky is told that the same request both failed and passed. When it hardly ever passes, the search goes on and
// believes no single answer from now on; else that it comes and goes is the finding, with what goes along with it.
func (d *detective) flaky(passes, fails []int) {
	passes, fails = d.observe(passes, fails, glance)
	if total := len(passes) + len(fails); d.oracle.exchange != nil && !unstable(d.oracle.exchange) && d.base.Reads() &&
		total >= glance && float64(len(passes)) <= ladder.MostNoise*float64(total) {
		d.ladder.Noise.Strays = max(d.ladder.Noise.Strays, len(passes))
		d.oracle.fails = fails
		d.notes.ok(diagnose.Reproduce, fmt.Sprintf("it fails %s; a pass now and then strays in", chance.Say(len(fails), total)))
		return
	}
	d.comesAndGoes(d.observe(passes, fails, sample))
}

// observe repeats the request until it was answered n times in all, each time in other circumstances: on a connection
// of its own and on one that was used before, and at each address that the name has. The connections follow the sequence
// of Thue and Morse, which has no period: a server that fails every second time does not keep step with it.
func (a *asker) observe(passes, fails []int, n int) (passed, failed []int) {
	if !a.base.Reads() {
		return passes, fails
	}
	addresses := a.addresses()
	for i := 0; len(passes)+len(fails) < n && !(n == sample && a.wellSeen(passes, fails)); i++ {
		r := a.base
		if len(addresses) > 1 {
			r = r.Clone()
			r.Settings.Resolve = append(r.Settings.Resolve, addresses[i/2%len(addresses)])
		}
		_, out, n := a.send(r, ladder.Probe{Kind: diagnose.Replay, Step: diagnose.Reproduce, Why: "how often does it fail?", Again: true, Keep: bits.OnesCount(uint(i))%2 == 0})
		switch out {
		case diagnose.Refused:
			return passes, fails
		case diagnose.Pass:
			passes = append(passes, n)
		default:
			fails = append(fails, n)
		}
	}
	return passes, fails
}

// wellSeen reports that more answers would hardly tell more: nothing goes along with failing so far, or something does
// beyond doubt.
func (a *asker) wellSeen(passes, fails []int) bool {
	total := len(passes) + len(fails)
	if total < few {
		return false
	}
	l, ok := a.linked(passes, fails)
	return total == few && l.P >= hint || ok && l.P < plain
}

// comesAndGoes concludes that the same request sometimes passes, how often, and with what.
func (d *detective) comesAndGoes(passes, fails []int) {
	total := len(passes) + len(fails)
	text := "The same request sometimes fails: " + chance.Say(len(fails), total) + "."
	why, cause := "Nothing in the request decides it.", diagnose.CauseID("intermittent_failure")
	if l, ok := d.linked(passes, fails); ok {
		why = l.Text
		if l.Circumstance == circumstance.Reused && l.Value == "used before" {
			cause = "keepalive_race"
		}
	} else if rhythm := circumstance.Clockwork(d.Endings); rhythm != "" {
		why += " " + rhythm
	}
	standing, sure := diagnose.Confirmed, 0.98
	if total < fewest { // a write is not repeated only to see how often it fails: something may have changed in between
		standing, sure = diagnose.Suspected, 0.6
	}
	d.notes.finding(diagnose.Reproduce, text)
	d.conclude(diagnose.OutcomeFlaky, text+" "+why, diagnose.Culprit{
		Element: "server", Cause: cause, Standing: standing, Confidence: sure,
		Explanation: text + " " + why, Fix: cause.Cause().Fix,
		Evidence: slices.Concat(fails, passes),
		With:     diagnose.Tally{Seen: len(fails), Tried: total}, Without: diagnose.Tally{Seen: len(passes), Tried: total},
	})
}

// bisectNoisy is bisect where answers stray: a posterior over the edits in place of halves that are believed.
func (d *detective) bisectNoisy(edits []diagnose.Edit, trial func([]diagnose.Edit) (bool, error), last *seen) progress {
	if d.ladder.Noise.Share() > ladder.MostNoise {
		d.comesAndGoes(d.tally())
		return solved
	}
	pick, ok, err := isolate.Noisy(len(edits), func(i int) float64 { return edits[i].Weight }, d.ladder.Noise.Share(), func(set []int) (bool, error) {
		return trial(pickEdits(edits, set))
	})
	if err != nil || !ok {
		return nothing
	}
	d.prove(pickEdits(edits, pick), last.exchange, last.n, nil)
	return solved
}

// tally returns the numbers of the probes that sent the request as it is, by their outcome.
func (a *asker) tally() (passes, fails []int) {
	key := ladder.Fingerprint(a.base)
	for _, r := range a.ladder.Records {
		if r.Question == nil || r.Question.Request == nil || r.Answer == nil || r.Answer.Exchange == nil || ladder.Fingerprint(*r.Question.Request) != key {
			continue
		}
		switch r.Outcome {
		case diagnose.Pass:
			passes = append(passes, r.N)
		case diagnose.Same, diagnose.Other:
			fails = append(fails, r.N)
		}
	}
	return passes, fails
}

// linked is with what the failures of some probes come, and the passes of others do not.
func (a *asker) linked(passes, fails []int) (circumstance.Link, bool) {
	return circumstance.Linked(a.exchanges(passes), a.exchanges(fails))
}

// exchanges are those of some probes, without those that were not sent.
func (a *asker) exchanges(probes []int) (out []*request.Exchange) {
	for _, n := range probes {
		if n < 1 || n > len(a.ladder.Records) {
			continue
		}
		if got := a.ladder.Records[n-1].Answer; got != nil && got.Exchange != nil {
			out = append(out, got.Exchange)
		}
	}
	return out
}

// addresses are overrides that lead to each of the addresses of the request's host, nil when it has only one or the
// way there is chosen already.
func (f *failure) addresses() []request.Override {
	x := f.oracle.exchange
	if x == nil || x.Last() == nil || len(f.base.Settings.Resolve) > 0 || f.base.Settings.UnixSocket != "" || x.Last().Conn.Proxy != "" {
		return nil
	}
	var out []request.Override
	host := element.SplitURL(f.base.URL).Host
	for _, a := range x.Last().Conn.Resolved {
		if strings.Contains(a, ":") {
			a = "[" + a + "]"
		}
		out = append(out, request.Override{Host: strings.Trim(host, "[]"), To: a})
	}
	if len(out) < 2 {
		return nil
	}
	return out
}
