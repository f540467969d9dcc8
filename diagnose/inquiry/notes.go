package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
)

// slugs are the steps' names in the report.
var slugs = map[diagnose.Step]string{
	diagnose.Reproduce: "reproduce", diagnose.Logs: "logs", diagnose.Connectivity: "connectivity",
	diagnose.Credentials: "credentials", diagnose.Formats: "formats", diagnose.Endpoints: "endpoints", diagnose.Isolation: "isolation",
}

// stepOf is the step to which a finding about an element belongs.
func stepOf(id diagnose.ElementID) diagnose.Step {
	if kind, name, _ := id.Cut(); kind == "auth" || kind == "cookie" || kind == "header" && strings.EqualFold(name, "Authorization") {
		return diagnose.Credentials
	}
	switch id {
	case "url.scheme", "url.host", "url.port":
		return diagnose.Connectivity
	case "url.path", "method":
		return diagnose.Endpoints
	}
	return diagnose.Formats
}

// notes keeps one line for each of the seven steps.
type notes struct {
	tell    func(diagnose.Event)
	skipped map[diagnose.Step]bool // by the person; the ladder's
	lines   map[diagnose.Step]diagnose.StepResult
	check   diagnose.Hit // the one that is a finding before anything is sent; zero for none
	guess   string       // what was likeliest when no variation passed; "" for none
}

func newNotes(tell func(diagnose.Event), skipped map[diagnose.Step]bool) *notes {
	return &notes{tell: tell, skipped: skipped, lines: map[diagnose.Step]diagnose.StepResult{}}
}

func (n *notes) begin(s diagnose.Step) {
	if _, ok := n.lines[s]; !ok {
		n.set(s, "running", "")
	}
}

func (n *notes) ok(s diagnose.Step, text string) {
	if n.lines[s].Result != "finding" {
		n.set(s, "ok", text)
	}
}

func (n *notes) finding(s diagnose.Step, text string) { n.set(s, "finding", text) }

func (n *notes) set(s diagnose.Step, result, text string) {
	line := diagnose.StepResult{Step: slugs[s], Result: result, Text: text}
	n.lines[s] = line
	n.tell(diagnose.Event{Step: &line})
}

// suspicion tells of a check that stands out enough to be tried before anything else.
func (n *notes) suspicion(h diagnose.Hit) {
	n.check = h
	n.finding(stepOf(h.Element), h.Text)
}

// noPass says that no variation passed, and what is likeliest after that.
func (n *notes) noPass(likeliest string) {
	n.guess = likeliest
	n.finding(diagnose.Isolation, noDifference+"; after what failed, the likeliest is "+likeliest)
}

// noDifference is what is said of a search in which nothing passed.
const noDifference = "nothing that was changed made a difference"

// acquit takes back the suspicion of a search or a check once a verdict is reached that is about something else: nothing is accused
// beside what was proved, and nothing at all in a request that passes.
func (n *notes) acquit(outcome string, culprits []diagnose.Culprit) {
	if n.guess != "" && outcome != diagnose.OutcomeInconclusive && outcome != "" && strings.HasSuffix(n.lines[diagnose.Isolation].Text, n.guess) {
		n.set(diagnose.Isolation, "ok", noDifference)
	}
	step := stepOf(n.check.Element)
	switch {
	case n.check.Text == "" || n.lines[step].Text != n.check.Text:
		return
	case outcome == diagnose.OutcomeInconclusive || outcome == "":
		return
	case slices.ContainsFunc(culprits, func(c diagnose.Culprit) bool {
		return touch(c.Element, n.check.Element) || step == diagnose.Credentials && stepOf(c.Element) == step
	}):
		return
	}
	n.set(step, "ok", "odd, and not the cause: "+n.check.Text)
}

// touch reports that two elements are one, or one a part of the other.
func touch(a, b diagnose.ElementID) bool {
	whole := a.Kind() == b.Kind() && (a.Name() == "" || b.Name() == "")
	return a == b || whole || a.Within(b) || b.Within(a)
}

// inOrder is what is said of a request in which no check finds anything.
const inOrder = "nothing in the request stands out"

// odd tells of a check that the verdict lists: its step does not say that nothing stands out.
func (n *notes) odd(h diagnose.Hit) {
	if l, ok := n.lines[stepOf(h.Element)]; !ok || l.Text == inOrder {
		n.ok(stepOf(h.Element), "a little odd: "+h.Text)
	}
	if n.lines[diagnose.Formats].Text == inOrder {
		n.ok(diagnose.Formats, "")
	}
}

// finish closes the steps that were not needed. Isolation is no such step where what it would have sent was denied, and
// the logs are none where the verdict is a guess: they may know.
func (n *notes) finish(denied, guess bool) {
	for _, s := range diagnose.Steps {
		switch l, ok := n.lines[s]; {
		case n.skipped[s] && l.Result != "finding":
			n.set(s, "skipped", "skipped by you")
		case !ok && s == diagnose.Isolation && denied:
			n.set(s, "skipped", "not allowed")
		case !ok && s == diagnose.Logs && guess:
			n.set(s, "skipped", "none is named")
		case !ok:
			n.set(s, "skipped", "not needed")
		case l.Result == "running":
			n.set(s, "ok", l.Text)
		}
	}
}

func (n *notes) all() []diagnose.StepResult {
	out := make([]diagnose.StepResult, 0, len(diagnose.Steps))
	for _, s := range diagnose.Steps {
		out = append(out, n.lines[s])
	}
	return out
}
