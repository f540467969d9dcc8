package collections

import "strings"

// A Checked is an assertion and how it came out for one response.
type Checked struct {
	Assert
	Verdict Verdict
	Got     string // what was there, as JSON, cut to a line; untrusted
	Why     string // for one that did not pass: `it is "pending", expected "paid"`; untrusted
}

// A Verdict is how an assertion came out.
type Verdict string

// The verdicts. An assertion that cannot be read, or has nothing to look at, is Unclear: it never counts as passed.
const (
	Passed  Verdict = "passed"
	Failed  Verdict = "failed"
	Unclear Verdict = "unclear"
)

// String is the assertion as it is written.
func (a Assert) String() string {
	return strings.TrimSpace(a.Expression + " " + a.Operator + " " + a.Value)
}
