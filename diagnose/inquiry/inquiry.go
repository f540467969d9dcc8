package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/ladder"
	"culprit/diagnose/lint"
)

// New returns a session that investigates c.
func New(c diagnose.Case) *diagnose.Session { return with(c, ablation{}) }

// An ablation takes parts of the method away, to measure what they are worth (DIAGNOSIS.md §15). The zero value, which
// is what everybody but a test uses, takes nothing.
type ablation struct{ lint, evidence, contrast, prior, confirmation bool }

// with is New without what is ablated.
func with(c diagnose.Case, off ablation) *diagnose.Session {
	return diagnose.NewSession(func(ask func(diagnose.Question) diagnose.Answer, tell func(diagnose.Event)) diagnose.Report {
		spare := c.Spare()
		c.Budget = c.Bounds()
		d := &detective{}
		d.Case, d.off, d.base, d.original, d.unasked = c, off, c.Request, element.Of(c.Request), wellKnown
		d.ladder = ladder.New(ladder.Config{Case: c, Original: d.original, Base: &d.base, Ask: ask, Tell: tell, Spare: spare, Meek: off.contrast})
		d.board, d.notes = newBoard(tell), newNotes(tell, d.ladder.Skipped)
		d.investigate()
		d.notes.acquit(d.result.outcome, d.result.culprits)
		d.notes.finish(d.ladder.NoWrites, d.guessed())
		return d.report()
	})
}

// A detective decides: its moves ask about the failure at hand and conclude, or leave the rest to the next one.
type detective struct {
	asker
	result   result
	refining bool   // an answer is being taken at its word
	renaming bool   // a word that was made up is being replaced by one that nobody has
	renewer  string // the path of the saved request that gave new credentials last; "" for none
}

// investigate is the script. Each stage either concludes or leaves the rest to the next one.
func (d *detective) investigate() {
	d.inspect()
	if d.result.done() {
		return
	}
	d.reproduce()
	if d.result.done() || d.asRight() {
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
		d.besideNamed,    // and together with what the answer names
		d.topics,         // what the answer speaks of, and the request does not have
		d.aimed,          // a patch of what is not there
		d.baseline,       // the differences to a request that works, bisected
		d.control,        // without everything that may be optional outside the body
		d.searchTerm,     // a search with something to search for
		d.resourceAround, // the collection above a resource
		d.withoutOne,     // without one parameter at a time, where a server error stays without all of them
		d.thrown,         // what makes servers throw, where the bare request fails as well
		d.asking(bundlePasses),
		d.guess(d.bundle), // all harmless repairs at once, bisected
		d.asking(blindPasses),
		d.guess(d.blind),            // what the body says about itself: items like their neighbours, values in usual forms
		d.guess(d.trace),            // a refusal that is not the only one of the server's, halved
		d.wayRound,                  // over another connection
		d.guess(d.unconditional),    // a write without a condition, where there are tags
		d.guess(d.combine),          // the combination of changes that is likeliest to pass, again and again
		d.notServed,                 // a method that OPTIONS does not name
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
			if p, over := d.inTurn(d.baselineFirst, d.suspicious, d.besideNamed); over {
				return p == deeper
			}
			return false
		case d.ladder.Stopped != "":
			return false
		}
	}
	return false
}

// inTurn makes moves until one of them brings something, or the verdict; over reports that one did.
func (d *detective) inTurn(moves ...func() progress) (p progress, over bool) {
	for _, move := range moves {
		if p = move(); p != nothing || d.result.done() {
			return p, true
		}
	}
	return nothing, false
}

// plain reports that the answer names what it refuses without any doubt and the repairs of it are used up: to
// vary the rest would be to look under the lamp.
func (f *failure) plain() bool {
	a := f.accused()
	return len(a) > 0 && a[0].Ratio >= outspoken && a[0].Element != "server" && f.scene.tried
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
	d.scene.hits = d.documented(d.original, d.Now, d.ownHits())
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
