package ladder

import (
	"fmt"
	"math"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/safety"
	"culprit/request"
	"culprit/request/lazyre"
)

// What keeps a run from harming an account or a server (§10, §11). Each rule can end the run, or hold the next probe
// back; what was learned until then is kept.
const (
	// lockout is the distance of probes with credentials once Budget.Rejections of them were refused (§11, rule 6).
	lockout = 60 * time.Second
	// tired is how many probes in a row may say nothing, and limited how many answers 429 end a run (§10).
	tired, limited = 3, 2
	// Rest is how long a run pauses that met one of these, before one more probe tells whether it can go on
	// (RELIABILITY 4.11): the second time ends it.
	Rest = 30 * time.Second
	// spare is what is left of a server's rate limit at least, spareShare the same as a share of its quota (§10).
	spare, spareShare = 5, 0.2
)

// A guard watches what the probes of one run were answered.
type guard struct {
	budget     diagnose.Budget
	production bool

	spent    time.Duration // on exchanges and on waits that were asked for
	rejected int           // probes with credentials that were refused
	mute     int           // probes in a row that said nothing
	limits   limits        // the answers 429
	pace     time.Duration // what the server's limit leaves between two probes

	paused   string // why the run paused, "" while it did not; once is enough
	halfOpen bool   // the next probe tells whether it can go on
}

// before returns how long to hold r back, or why it is not to be sent.
func (g *guard) before(r request.Request, wait time.Duration) (time.Duration, string) {
	wait = max(wait, g.pace, g.limits.pace)
	if g.production && g.rejected >= g.budget.Rejections && safety.Credentials(r) {
		wait = max(wait, lockout)
	}
	if g.halfOpen {
		wait = max(wait, Rest)
	}
	if g.spent+wait > g.budget.Time {
		return 0, "the " + request.Lapse(g.budget.Time) + " that a diagnosis may take are used up"
	}
	g.spent += wait
	return wait, ""
}

// after takes in an answer, and returns why nothing more is to be sent. failure is the failure at hand: what it
// shows by itself is no harm that the probes did.
func (g *guard) after(x, failure *request.Exchange, out diagnose.Outcome) string {
	g.spent += x.Took
	status, known := x.Status(), failure.Status()
	if (status == 401 || status == 407) && safety.Credentials(x.Request) {
		g.rejected++
	}
	if out == diagnose.Unresolved {
		g.mute++
	} else {
		g.mute = 0
	}
	if known != 429 {
		g.limits.seen(x)
	}
	if why := g.breaks(); why != "" {
		return why
	}
	if known == 429 || known == 423 {
		return ""
	}
	if word := locked(x); word != "" && locked(failure) == "" {
		return "the server says “" + word + "”: more probes may lock the account"
	}
	return g.reserve(x)
}

// breaks is the circuit breaker: it returns why nothing more is to be sent. The first time it opens, the next probe waits
// and tells whether the server has recovered; when it opens again, the run ends.
func (g *guard) breaks() string {
	why, tried := "", g.halfOpen
	switch {
	case g.limits.held >= limited:
		why = "the server asked twice not to be asked so often (429)"
	case g.mute >= tired:
		why = fmt.Sprintf("%d probes in a row got no answer that says anything", tired)
	case tried && g.mute > 0:
		why = g.paused
	}
	g.halfOpen = false
	switch {
	case why == "":
		return ""
	case g.limits.far:
		return why
	case g.paused != "":
		return why + ", and after a pause of " + request.Lapse(Rest) + " it was not better"
	}
	g.paused, g.halfOpen, g.mute, g.limits.held = why, true, 0, 0
	return ""
}

// reserve reads what the server's rate limit leaves. Below the reserve the run ends; where it would not last for
// the probes that are left, they are spread over its window.
func (g *guard) reserve(x *request.Exchange) string {
	l, ok := limitOf(x)
	if !ok {
		return ""
	}
	keep := max(spare, int(math.Ceil(spareShare*float64(l.quota))))
	if l.left <= keep && (l.quota == 0 || l.quota > keep) {
		return fmt.Sprintf("the server's rate limit leaves %d requests, and they are not ours to use up", l.left)
	}
	g.pace = 0
	if l.left < g.budget.Probes && l.window > 0 {
		g.pace = l.window / time.Duration(max(1, l.left))
	}
	return ""
}

// lockWords are what servers say before they lock somebody out (RELIABILITY P9).
var lockWords = lazyre.New(`(?i)\b(account[^.]{0,40}locked|too many (failed )?(login )?attempts|captcha)\b`)

// locked returns the words of an answer that warn of a lock; "423" for the status.
func locked(x *request.Exchange) string {
	r := x.Response()
	switch {
	case r == nil || r.Status < 400:
		return ""
	case r.Status == 423:
		return "423 Locked"
	}
	return lockWords.FindString(string(r.Body.Head(4 << 10)))
}
