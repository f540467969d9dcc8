package inquiry

import (
	"net/url"
	"slices"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/lazyre"
)

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

// conclude ends the investigation with a verdict.
func (d *detective) conclude(outcome, summary string, culprits ...diagnose.Culprit) {
	d.result.outcome, d.result.summary, d.result.culprits = outcome, summary, culprits
	for _, c := range culprits {
		d.board.mark(c.Element, c.Standing == diagnose.Confirmed || c.Standing == diagnose.Isolated)
		d.inJar(c.Element)
	}
}

// inJar says of a cookie that a jar added where it is: the request as it is saved does not have it.
func (d *detective) inJar(id diagnose.ElementID) {
	r := d.original.Request
	if r.Jar == nil || !id.Is("cookie") {
		return
	}
	u, err := url.Parse(r.URL)
	if err != nil {
		return
	}
	_, names := r.Jar.Carry(nil, u, request.Get(r.Header, "Cookie"))
	hint := diagnose.Hint{Text: "the cookie " + id.Name() + " is in the jar, and in no file: log in anew, or take it out there", Cookie: id.Name()}
	if oneWord.MatchString(id.Name()) { // a server chose it, and the line may be copied into a shell
		hint.Flag = "culprit cookies clear " + id.Name()
	}
	if slices.Contains(names, id.Name()) && !slices.Contains(d.result.hints, hint) {
		d.result.hints = append(d.result.hints, hint)
	}
}

// oneWord matches what every shell takes for one word, and no program for a flag.
var oneWord = lazyre.New(`^[A-Za-z0-9_][A-Za-z0-9_.-]*$`)
