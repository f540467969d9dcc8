package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/request/curl"
)

// Questions to the person (§9.3). Each is asked once at most, when its chance to end the search for what it costs a
// person is better than that of the next probe (§9.1, §9.2), and the answer changes what happens next. "" is "don't
// know" and costs nothing. Where nobody can be asked they become hints. Q4, whether it may be sent for real, is the
// consent that every probe of class S5 asks for.

// Costs of an answer, in safe probes (§9.1).
const (
	fromMemory, lookedUp, aDocument, serverLogs = 3.0, 8.0, 6.0, 15.0
)

// questionsAsked is how many questions a run asks at most: 1.5 on average is the most that §15 allows.
const questionsAsked = 2

// Chances that the stage which comes next makes it pass: what a question has to beat.
const (
	bundlePasses, blindPasses, deletionPasses, nothingLeft = 0.3, 0.15, 0.05, 0.0
)

// A query is one question: what the chance and the cost of its answer are, when it is worth asking, what to do with
// the answer, and what a report without a person says instead.
type query struct {
	prompt diagnose.Prompt
	why    string
	chance float64
	cost   float64
	hint   string
	fits   func(*detective) bool
	then   func(d *detective, reply string) progress
}

// varied reports a failure that a variation of the request may mend.
func (f *failure) varied() bool {
	x := f.oracle.exchange
	return x.Response() != nil && x.Status() != 429 && (x.Failure == nil || x.Failure.Cause != "truncated_response")
}

// consult asks the best question when it beats a probe that passes with this chance.
func (d *detective) consult(chance float64) progress {
	if !d.Interactive {
		return nothing
	}
	for len(d.said.asked) < questionsAsked && d.ladder.Stopped == "" && !d.result.done() {
		q, ok := d.bestQuestion()
		if !ok || q.score(d) <= d.worth(chance) {
			return nothing
		}
		d.said.asked = append(d.said.asked, q.prompt.ID)
		switch q.prompt.ID {
		case "meant":
			q.prompt.Text, q.prompt.Choices = "Is "+element.InWords(d.doubtful().Element)+" really meant to be sent?", []string{"yes", "no"}
		case "log":
			q.prompt.Text = "What does the server's log say of request " + evidence.RequestID(d.oracle.exchange) + "? Paste the lines, or name the file they are in; leave it empty if you do not know."
			q.prompt.About = occurrence(d.oracle.exchange)
		}
		reply := strings.TrimSpace(d.ladder.Put(diagnose.Isolation, q.prompt, q.why))
		if reply == "" {
			continue
		}
		if p := q.then(d, reply); p != nothing || d.result.done() {
			return p
		}
	}
	return nothing
}

// asking is consult as a stage.
func (d *detective) asking(chance float64) func() progress {
	return func() progress { return d.consult(chance) }
}

// worth is the score of a probe that passes with this chance: unsafe ones cost what a pass may do (§9.1).
func (f *failure) worth(chance float64) float64 {
	harm := 10.0
	if f.Production {
		harm = 40
	}
	if f.base.Safe() {
		harm = 0
	}
	return chance / (1 + chance*harm)
}

func (q query) score(d *detective) float64 {
	if q.prompt.ID == d.said.surely {
		return 1 // the answer before said that this one is there
	}
	return q.chance / q.cost
}

// bestQuestion is the one that fits, was not asked, and has the best score.
func (d *detective) bestQuestion() (query, bool) {
	var best query
	for _, q := range queries() {
		if !slices.Contains(d.said.asked, q.prompt.ID) && q.fits(d) && (best.then == nil || q.score(d) > best.score(d)) {
			best = q
		}
	}
	return best, best.then != nil
}

// question asks what is left to ask once everything cheap is used up.
func (d *detective) question() progress { return d.consult(nothingLeft) }

// unanswered are the hints for a report that no person could help with: the two best questions.
func (d *detective) unanswered() []string {
	if d.Interactive || d.oracle.exchange == nil {
		return nil
	}
	all := slices.DeleteFunc(queries(), func(q query) bool { return q.hint == "" || !q.fits(d) })
	slices.SortStableFunc(all, func(a, b query) int {
		if a.score(d) > b.score(d) {
			return -1
		}
		return 1
	})
	var hints []string
	for _, q := range all[:min(len(all), questionsAsked)] {
		hints = append(hints, q.hint)
	}
	return hints
}

// pasted bisects the differences to a request that the person says works.
func (d *detective) pasted(reply string) progress {
	parsed, err := curl.Parse(reply)
	if err != nil {
		d.hint("the pasted command could not be read: " + err.Error())
		return nothing
	}
	d.Good = append(d.Good, diagnose.Known{Label: "the pasted request", Request: parsed.Request, From: diagnose.FromPerson})
	d.ladder.NoWrites = false // the no was to a variation; whether this one may go out is asked by its own
	return d.baseline()
}

// doubtful is the removal of what stands out most, nil when nothing does.
func (f *failure) doubtful() *diagnose.Edit {
	for _, h := range f.scene.hits {
		if h.Odds < worthTrying {
			break
		}
		for _, e := range h.Edits {
			if e.Op == diagnose.Remove {
				return &e
			}
		}
	}
	return nil
}

// told concludes with what a person said: it explains, and proves nothing.
func (d *detective) told(cause diagnose.CauseID, id diagnose.ElementID, text string) {
	d.notes.finding(diagnose.Credentials, text)
	d.conclude(diagnose.OutcomeExplained, sentence(cause, id, text), diagnose.Culprit{
		Element: id, Cause: cause, Standing: diagnose.Suspected, Confidence: 0.8, Explanation: text, Fix: cause.Cause().Fix, Evidence: d.oracle.fails,
	})
}
