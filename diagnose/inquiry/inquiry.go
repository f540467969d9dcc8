package inquiry

import (
	"slices"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/lint"
	"culprit/diagnose/repair"
	"culprit/request"
)

// New returns a session that investigates c.
func New(c diagnose.Case) *diagnose.Session { return with(c, ablation{}) }

// An ablation takes parts of the method away, to measure what they are worth (DIAGNOSIS.md §15). The zero value, which
// is what everybody but a test uses, takes nothing.
type ablation struct{ lint, evidence, contrast, prior, confirmation bool }

// with is New without what is ablated.
func with(c diagnose.Case, off ablation) *diagnose.Session {
	return diagnose.NewSession(func(ask func(diagnose.Question) diagnose.Answer, tell func(diagnose.Event)) diagnose.Report {
		spare := 0
		if c.Budget.Probes == 0 {
			spare = proving
		}
		c.Budget = c.Bounds()
		d := &detective{Case: c, unasked: wellKnown, base: c.Request, off: off}
		d.original = element.Of(c.Request)
		d.ladder = &ladder{c: c, original: d.original, ask: ask, tell: tell, seen: map[string]memory{}, open: map[int]float64{}, spare: spare, skipped: map[diagnose.Step]bool{}, guard: &guard{budget: c.Budget, production: c.Production}, meek: off.contrast, base: &d.base}
		d.board = newBoard(tell)
		d.notes = newNotes(tell, d.ladder.skipped)
		d.investigate()
		d.notes.acquit(d.result.outcome, d.result.culprits)
		d.notes.finish(d.ladder.noWrites, d.guessed())
		return d.report()
	})
}

// proving is how many probes a proof may have beyond the budget that nobody set: that one is soft (§11).
const proving = 10

// A detective is the state of one investigation.
type detective struct {
	diagnose.Case
	off    ablation
	ladder *ladder
	board  *board
	notes  *notes
	oracle oracle

	original *element.Index
	scene    scene
	first    scene                        // that of the original request
	unasked  []string                     // well-known places of a description that were not asked yet
	lines    lines                        // what the log of the server said
	base     request.Request              // the original with the layers that were already peeled
	peeled   []diagnose.Edit              // those layers
	then     map[diagnose.ElementID]scene // the failure that was an element's own, where there are several; nil for none
	result   result

	drifted []diagnose.Known // that worked once and fail now in the same way

	garbled    bool              // K2 was sent
	questions  []string          // ids of the prompts that were asked
	surely     string            // the prompt whose answer an earlier one promised
	unchanged  bool              // the person says that the request is the same as when it worked
	outside    bool              // the person says that they are not in the network of the host
	namedTried bool              // what the answer names was tried to mend
	denied     diagnose.Evidence // the first reading of an answer that an experiment refuted; zero for none
	combined   bool              // combinations of changes of the data were tried
	examples   []source          // records that the API shows where a write goes to; nil before they were asked for
	unknown    strictness
	refining   bool // an answer is being taken at its word
	renaming   bool // a word that was made up is being replaced by one that nobody has
}

// A scene is all that is known of one failing request: itself taken apart, what came back, and what might
// mend it.
type scene struct {
	index    *element.Index
	exchange *request.Exchange
	evidence []diagnose.Evidence
	hits     []diagnose.Hit
	repairs  []diagnose.Edit // candidates, best first
}

// A result is what the investigation concluded.
type result struct {
	outcome  string
	summary  string
	culprits []diagnose.Culprit
	fix      []diagnose.Edit // to the original
	fixed    int             // status of the repaired request, 0 when it was not sent
	verified bool
	minimal  *request.Request
	hints    []diagnose.Hint
	answer   []diagnose.Departure // of a success
}

func (r *result) done() bool { return r.outcome != "" }

// hint says what would help.
func (d *detective) hint(text string) { d.hintBy("", text) }

// hintBy says what would help, and the flag of the command line that does it.
func (d *detective) hintBy(flag, text string) {
	d.result.hints = append(d.result.hints, diagnose.Hint{Text: text, Flag: flag})
}

// investigate is the script. Each stage either concludes or leaves the rest to the next one.
func (d *detective) investigate() {
	d.inspect()
	if d.result.done() {
		return
	}
	d.reproduce()
	if d.result.done() {
		return
	}
	if d.oracle.exchange.Failure != nil {
		d.transport()
		if d.result.done() || d.oracle.exchange.Failure != nil {
			return
		}
	}
	if slices.Contains(d.Wanted, diagnose.Connectivity) {
		d.below()
	}
	for layer := 0; layer < maxLayers && !d.result.done(); layer++ {
		d.survey()
		if !d.layer() {
			break
		}
	}
	if !d.result.done() {
		d.inconclusive()
	}
}

// maxLayers is how many faults, each hidden behind the one before it, are peeled (§2, stage 9).
const maxLayers = 4

// layer works on the failure at hand; it reports whether another one came to light behind it.
func (d *detective) layer() bool {
	for _, stage := range []func() progress{
		d.moved,          // a write that was redirected to the same place in another spelling
		d.byStatus,       // what only one kind of answer calls for: credentials, routes, methods, gateways
		d.outdated,       // credentials past their time, where the collection says how to get new ones
		d.otherKey,       // the same write under another Idempotency-Key
		d.stale,          // a condition that no longer holds
		d.named,          // what the answer names
		d.inside,         // what lies in the container that it names
		d.described,      // what the API says about itself, where its answer points to it
		d.familiar,       // what was the cause before
		d.asDocumented,   // what the API's document is sure of, all of it
		d.suspicious,     // what looks wrong in the request, alone
		d.topics,         // what the answer speaks of, and the request does not have
		d.aimed,          // a patch of what is not there
		d.baseline,       // the differences to a request that works, bisected
		d.control,        // without everything that may be optional outside the body
		d.searchTerm,     // a search with something to search for
		d.resourceAround, // the collection above a resource
		d.withoutOne,
		d.thrown, // what makes servers throw, where the bare request fails as well
		d.asking(bundlePasses),
		d.guess(d.bundle), // all harmless repairs at once, bisected
		d.asking(blindPasses),
		d.guess(d.blind),            // what the body says about itself: items like their neighbours, values in usual forms
		d.guess(d.trace),            // a refusal that is not the only one of the server's, halved
		d.wayRound,                  // over another connection
		d.guess(d.unconditional),    // a write without a condition, where there are tags
		d.guess(d.combine),          // the combination of changes that is likeliest to pass, again and again
		d.guess(d.supplement),       // header fields that APIs ask for without saying so
		d.guess(d.asForm),           // JSON as a form
		d.guess(d.selfDescribed(1)), // a description of the API where most have it
		d.guess(d.singles),          // the repairs that are left, one by one
		d.guess(d.lookAround),       // what an empty and a broken body are answered
		d.asking(deletionPasses),
		d.guess(d.deletions),        // without one thing at a time
		d.guess(d.selfDescribed(2)), // and where others have it
		d.guess(d.grow),             // the simplest request that still fails
		d.elsewhere,                 // the same as another client, over another connection, from another place
		d.question,                  // what only a person knows
	} {
		switch p := stage(); {
		case d.result.done():
			return false
		case p == deeper:
			return true
		case d.plain():
			return d.baselineFirst() == deeper
		case d.ladder.stopped != "":
			return false
		}
	}
	return false
}

// plain reports that the answer names what it refuses without any doubt and the repairs of it are used up: to
// vary the rest would be to look under the lamp.
func (d *detective) plain() bool {
	a := d.accused()
	return len(a) > 0 && a[0].Ratio >= outspoken && a[0].Element != "server" && d.namedTried
}

// outspoken is the ratio from which an answer is taken at its word: it names the element and says what it is about.
const outspoken = 300

// certainty is the ratio of a structured pointer to an element (§9.4).
const certainty = 1000

// A progress says what a stage or a trial brought.
type progress int

const (
	nothing progress = iota // still the same failure
	solved                  // it passes
	deeper                  // this failure is gone, another one stands behind it
)

// inspect reads the request itself: 0 probes.
func (d *detective) inspect() {
	d.notes.begin(diagnose.Formats)
	d.scene = scene{index: d.original}
	d.scene.hits = d.documented(d.original, d.Now, d.check(d.original, lint.FactsOf(d.Case)))
	d.board.open(d.original, d.scene.hits)
	for _, h := range d.scene.hits {
		if h.Fatal {
			d.notes.finding(diagnose.Formats, h.Text)
			d.unsendable(h)
			return
		}
	}
	if edited := lint.Edited(d.original, d.Good); edited != "" {
		d.notes.finding(diagnose.Formats, edited)
	} else if len(d.scene.hits) > 0 && d.scene.hits[0].Odds >= strong {
		d.notes.suspicion(d.scene.hits[0])
		d.notes.ok(diagnose.Formats, "")
	} else {
		d.notes.ok(diagnose.Formats, inOrder)
	}
}

// strong is the odds from which a static check is tried on its own before anything else (§2, stage 8b).
const strong = 20

// survey reads the failure at hand again, after the first replay and after each peeled layer.
func (d *detective) survey() {
	x := element.Of(d.base)
	now := d.Now
	if at, ok := serverTime(d.oracle.exchange); ok {
		now = at.Add(time.Duration(d.Now.Nanosecond())) // it has no part of a second, by which two runs differ
	}
	s := scene{index: x, exchange: d.oracle.exchange}
	s.evidence = d.read(s)
	s.evidence = append(s.evidence, d.unlike(s.exchange)...)
	s.evidence = append(s.evidence, d.logged(s)...)
	responder, _, _ := evidence.Responder(s.exchange)
	facts := lint.FactsOf(d.Case)
	facts.Now, facts.Responder, facts.Status, facts.Scopes = now, responder, s.exchange.Status(), scopes(s.evidence)
	s.hits = d.documented(x, now, d.check(x, facts))
	s.repairs = repair.For(x, s.evidence, s.hits, repair.Options{Now: now, Status: s.exchange.Status(), Side: repair.Side(d.base, d.Production)})
	d.scene, d.namedTried = s, false
	if d.first.exchange == nil {
		d.first = s
	}
	d.board.weigh(s)
}

// check is the static checks.
func (d *detective) check(x *element.Index, f lint.Facts) []diagnose.Hit {
	if d.off.lint {
		return nil
	}
	return lint.Check(x, f)
}

// unsendable concludes from a static check that this request cannot be sent, or not as it was meant: a
// variable without a value, no scheme.
func (d *detective) unsendable(h diagnose.Hit) {
	d.conclude(diagnose.OutcomeExplained, h.Text, diagnose.Culprit{
		Element: h.Element, Cause: h.Cause, Standing: diagnose.Isolated, Confidence: 0.97, Explanation: h.Text, Fix: h.Cause.Cause().Fix,
	})
	if len(h.Edits) > 0 {
		d.result.fix = h.Edits[:1]
	}
}

func (d *detective) conclude(outcome, summary string, culprits ...diagnose.Culprit) {
	d.result.outcome, d.result.summary, d.result.culprits = outcome, summary, culprits
	for _, c := range culprits {
		d.board.mark(c.Element, c.Standing == diagnose.Confirmed || c.Standing == diagnose.Isolated)
	}
}
