package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
)

// What would help is said in flags of the command line; in lines a word does the same, as a key does on the screen.

// afresh forgets what was learned, and what a person said of a right answer or of a request that works.
func (m *matter) afresh() {
	m.tape = &diagnose.Tape{}
	m.f.forget()
}

// forget takes back what was said of another request.
func (f *flags) forget() {
	f.expected, f.right, f.spec, f.goodCurl, f.depth.Value = diagnose.Expectation{}, "", "", "", ""
}

// further takes what makes a diagnosis run again, or go on; false where verb is none of it, or nothing came of it.
func (m *matter) further(ctx context.Context, verb, word string) (bool, error) {
	n, _ := strconv.Atoi(word)
	step := n >= 1 && n <= len(diagnose.Steps)
	switch {
	case verb == "u" && m.stopped:
	case verb == "u" && m.hinted("--depth"):
		m.f.depth.Value = diagnose.Deeper(m.f.depth.Value)
	case verb == "allow" && m.allows():
		return m.allow(ctx), nil
	case verb == "d":
		m.tape = &diagnose.Tape{}
	case verb == "has" && word != "":
		m.afresh()
		m.f.expected = diagnose.Expectation{Has: word}
	case verb == "lacks" && word != "":
		m.afresh()
		m.f.expected = diagnose.Expectation{Lacks: word}
	case verb == "spec" && word != "":
		m.afresh()
		m.f.spec = word
	case verb == "as":
		return m.earlier(ctx)
	case verb == "curl" && word != "":
		m.afresh()
		var err error
		m.f.goodCurl, err = m.f.typed.rest(ctx, verb+" "+word)
		return true, err
	case verb == "skip" && step:
		m.tape.Skip(diagnose.Steps[n-1])
	case verb == "repeat" && step:
		m.tape.Repeat(diagnose.Steps[n-1])
	default:
		return false, nil
	}
	return true, nil
}

// hinted reports that a flag that begins so would help.
func (m *matter) hinted(flag string) bool {
	return slices.ContainsFunc(m.report.Hints, func(h diagnose.Hint) bool { return strings.HasPrefix(h.Flag, flag) })
}

// allows reports that the probes which may change data can be allowed at once: on production each is asked for, and a
// deletion is typed.
func (m *matter) allows() bool { return m.hinted("--allow-writes") && m.kase.Grantable() }

// allow asks for the consent to what is left of the budgets; it is for the next run alone.
func (m *matter) allow(ctx context.Context) bool {
	b, cost := m.kase.Bounds(), m.report.Cost
	m.say("%s %s", method(m.kase.Request), m.mask(m.kase.Request.URL))
	m.say("Up to %d variations of it go out without a question, only with this method and path.", max(b.Probes+m.kase.Spare()-cost.Probes, 0))
	m.say("What the server accepts takes effect; after %d of those it ends.", max(b.Unsafe-cost.Wrote, 0))
	if !m.yes(ctx, "Allow them?") {
		return false
	}
	m.tape.Reconsider()
	m.f.writes = true
	return true
}

// earlier asks which earlier answer was right.
func (m *matter) earlier(ctx context.Context) (bool, error) {
	if m.d.History == nil || m.t.Entry == nil {
		m.say("Nothing of it is kept here.")
		return false, nil
	}
	items := m.past(ctx, `name:"`+m.t.Entry.Path+`"`, nil)
	if len(items) == 0 {
		return false, nil
	}
	line, err := m.ask(ctx, "Number of the answer that was right:")
	n, bad := strconv.Atoi(line)
	switch {
	case err != nil:
		return false, err
	case bad != nil || n < 1 || n > len(items):
		m.say("There is no exchange %q here.", line)
		return false, nil
	case items[n-1].Entry != m.t.Entry.Path || items[n-1].Environment != environmentOf(m.t):
		m.say("It is of another request, or of another environment.") // credentials stay where they are from
		return false, nil
	}
	m.afresh()
	m.f.right = items[n-1].ID
	return true, nil
}

// ways is a report whose hints say what does it here.
func (m *matter) ways(r diagnose.Report) diagnose.Report {
	whole := r
	m.report = &whole
	hints := slices.Clone(r.Hints)
	for i, h := range hints {
		switch {
		case h.Cookie != "":
		case h.Flag == "--allow-writes" && m.allows():
			hints[i].Flag = "allow does"
		case h.Flag == "--allow-writes", h.Flag == "--allow-login", h.Flag == "--allow-dry-runs":
			hints[i].Flag = "d asks again"
		case strings.Contains(h.Flag, "--good-curl"):
			hints[i].Flag = "paste its curl command"
		case strings.HasPrefix(h.Flag, "--depth"):
			hints[i].Flag = "u does"
		default:
			hints[i].Flag = ""
		}
		hints[i].Text = strings.ReplaceAll(h.Text, "(--spec)", "(spec FILE)")
	}
	r.Hints = hints
	return r
}

// furtherChoices are the words of further, as they are listed.
func (m *matter) furtherChoices() (out []string) {
	if m.allows() {
		out = append(out, "allow the probes that are left")
	}
	if !m.stopped && m.hinted("--depth") {
		out = append(out, "u go on with more probes")
	}
	out = append(out, "skip STEP", "repeat STEP", "d diagnose again", "curl COMMAND, a request that works",
		"has TEXT or lacks TEXT for what a right answer does", "spec FILE for a document that says it")
	if m.d.History != nil && m.t.Entry != nil {
		out = append(out, "as for an earlier answer that was right")
	}
	return out
}
