package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
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

// queries are Q1 to Q9 of §9.3.
func queries() []query {
	const same, other = "this one", "another one"
	const yes, no = "yes", "no"
	const changed, unchanged, never = "it worked, and the request has changed since", "it worked, and the request is the same", "it never worked"
	const works, fails = "it works for them", "they get the same"
	return []query{
		{diagnose.Prompt{ID: "since", Text: "Did this request ever work, and what has changed since?", Choices: []string{changed, unchanged, never}}, // Q1
			"it tells whether to look at the request or at the world around it", 0.35, fromMemory, "say whether it ever worked, and what has changed since",
			func(d *detective) bool { return !slices.ContainsFunc(d.Good, diagnose.Known.Worked) && d.varied() },
			func(d *detective, reply string) progress {
				switch reply {
				case changed:
					d.surely = "good" // the request as it was is what is needed now
				case unchanged:
					d.unchanged = true
					d.notes.finding(diagnose.Endpoints, "you say that the request is the same as when it worked: it is about the server, its data, the credentials or the time")
					d.hint("the request is the same as when it worked: look at the server, its data, the credentials and the time")
					d.another()
				case never:
					d.surely = "document"
				}
				return nothing
			}},
		{diagnose.Prompt{ID: "good", Text: "Does a similar request work, in another tool or at another time? Paste it as a curl command; leave it empty if you do not know."}, // Q2
			"the differences to a request that works can be bisected", 0.4, lookedUp, "", // every report without a verdict has this hint
			func(d *detective) bool {
				return !slices.ContainsFunc(d.Good, diagnose.Known.Worked) && d.varied() && d.oracle.exchange.Status() < 500
			}, (*detective).pasted},
		{diagnose.Prompt{ID: "environment", Text: "Which environment are these credentials for?", Choices: []string{same, other}}, // Q3
			"credentials of another environment look valid and are refused", 0.25, fromMemory, "check that the credentials are for this environment",
			func(d *detective) bool {
				s := d.oracle.exchange.Status()
				return (s == 401 || s == 403) && credentials(d.base)
			},
			func(d *detective, reply string) progress {
				if reply == other {
					d.told("wrong_environment_credentials", d.where(), "you say that the credentials are for another environment")
				}
				return nothing
			}},
		{diagnose.Prompt{ID: "document", Text: "Does this API have an OpenAPI document? Paste it here; leave it empty if there is none."}, // Q5
			"it says which fields, types and values the API takes", 0.3, aDocument, "give the OpenAPI document of the API (--spec)",
			func(d *detective) bool { return d.Spec == nil && d.Describe != nil && d.varied() },
			func(d *detective, reply string) progress {
				k, err := d.Describe([]byte(reply), d.base.URL)
				if err != nil {
					d.hint("the pasted document could not be read: " + err.Error())
					return nothing
				}
				d.Spec = k
				d.survey()
				for _, stage := range []func() progress{d.asDocumented, d.suspicious, d.baseline} {
					if p := stage(); p != nothing || d.result.done() {
						return p
					}
				}
				return nothing
			}},
		{diagnose.Prompt{ID: "network", Text: "Are you in the network, or the VPN, from which this host can be reached?", Choices: []string{yes, no}}, // Q6
			"hosts of an inner network do not answer from outside", 0.3, fromMemory, "check that you are in the right network or VPN",
			func(d *detective) bool {
				f := d.oracle.exchange.Failure
				return f != nil && (f.Phase == request.PhaseResolve || f.Phase == request.PhaseConnect) && f.Cause != "connection_refused"
			},
			func(d *detective, reply string) progress {
				if reply == no {
					d.outside = true
				}
				return nothing
			}},
		{diagnose.Prompt{ID: "others", Text: "Does somebody else get the same answer to this request?", Choices: []string{works, fails}}, // Q7
			"it parts the person's rights and place from the server", 0.3, lookedUp, "let somebody else send the request",
			func(d *detective) bool { s := d.oracle.exchange.Status(); return s == 403 || s >= 500 },
			func(d *detective, reply string) progress {
				s := d.oracle.exchange.Status()
				switch {
				case reply == works && s == 403:
					d.told("insufficient_permission", d.where(), "you say that it works for somebody else")
				case reply == works:
					d.hintBy("--good-curl", "it works for somebody else: compare the two requests, the credentials and the place")
				case reply == fails && s >= 500:
					d.told("server_error", "server", "you say that others get the same")
				}
				return nothing
			}},
		{diagnose.Prompt{ID: "log"}, // Q8: the text names the request
			"a server's log names what its answer hides", 0.6, serverLogs, "", // the hint names the request id where there is one
			func(d *detective) bool {
				return d.oracle.exchange.Status() >= 500 && requestID(d.oracle.exchange) != "" && !d.Log
			},
			(*detective).readLog},
		{diagnose.Prompt{ID: "meant"}, // Q9: the text names the element
			"a field that is not meant to be sent can be left out", 0.2, fromMemory, "",
			func(d *detective) bool { return d.doubtful() != nil && d.varied() },
			func(d *detective, reply string) progress {
				e := d.doubtful()
				if reply == no {
					return d.try([]diagnose.Edit{*e}, diagnose.Deletion, "you say that it is not meant to be sent")
				}
				d.board.clear([]diagnose.Edit{*e})
				return nothing
			}},
	}
}

// varied reports a failure that a variation of the request may mend.
func (d *detective) varied() bool {
	x := d.oracle.exchange
	return x.Response() != nil && x.Status() != 429 && (x.Failure == nil || x.Failure.Cause != "truncated_response")
}

// consult asks the best question when it beats a probe that passes with this chance.
func (d *detective) consult(chance float64) progress {
	if !d.Interactive {
		return nothing
	}
	for len(d.questions) < questionsAsked && d.ladder.stopped == "" && !d.result.done() {
		q, ok := d.bestQuestion()
		if !ok || q.score(d) <= d.worth(chance) {
			return nothing
		}
		d.questions = append(d.questions, q.prompt.ID)
		switch q.prompt.ID {
		case "meant":
			q.prompt.Text, q.prompt.Choices = "Is "+element.InWords(d.doubtful().Element)+" really meant to be sent?", []string{"yes", "no"}
		case "log":
			q.prompt.Text = "What does the server's log say of request " + requestID(d.oracle.exchange) + "? Paste the lines, or name the file they are in; leave it empty if you do not know."
			q.prompt.About = occurrence(d.oracle.exchange)
		}
		a := d.ladder.ask(diagnose.Question{N: len(d.ladder.records) + 1, Step: diagnose.Isolation, Kind: diagnose.Ask, Prompt: &q.prompt, Why: q.why})
		reply := strings.TrimSpace(a.Reply)
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
func (d *detective) worth(chance float64) float64 {
	harm := 10.0
	if d.Production {
		harm = 40
	}
	if d.base.Safe() {
		harm = 0
	}
	return chance / (1 + chance*harm)
}

func (q query) score(d *detective) float64 {
	if q.prompt.ID == d.surely {
		return 1 // the answer before said that this one is there
	}
	return q.chance / q.cost
}

// bestQuestion is the one that fits, was not asked, and has the best score.
func (d *detective) bestQuestion() (query, bool) {
	var best query
	for _, q := range queries() {
		if !slices.Contains(d.questions, q.prompt.ID) && q.fits(d) && (best.then == nil || q.score(d) > best.score(d)) {
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
	d.ladder.noWrites = false // the no was to a variation; whether this one may go out is asked by its own
	return d.baseline()
}

// doubtful is the removal of what stands out most, nil when nothing does.
func (d *detective) doubtful() *diagnose.Edit {
	for _, h := range d.scene.hits {
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
