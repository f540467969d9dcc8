// Package check says whether a response is what a request's assertions expect.
//
// The assertions are those of OpenCollection, as Bruno evaluates them. Expressions are read, not run: a path into
// the response is understood, other JavaScript is said to be so and never counts as passed.
package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"culprit/collections"
	"culprit/request"
)

// All checks every assertion that is switched on, in order. x may be an exchange without a response: then nothing
// passes. It reads the body once, and only when an assertion looks into it.
func All(asserts []collections.Assert, x *request.Exchange) []collections.Checked {
	var out []collections.Checked
	a := &answer{exchange: x}
	for _, as := range asserts {
		if !as.Off {
			out = append(out, a.check(as))
		}
	}
	return out
}

// Unmet reports an assertion that did not pass: one that could not be checked counts as little as one that failed.
func Unmet(results []collections.Checked) bool {
	return slices.ContainsFunc(results, func(r collections.Checked) bool { return r.Verdict != collections.Passed })
}

// Count says how many of the results passed; the rest did not, or nobody knows.
func Count(results []collections.Checked) (passed int) {
	for _, r := range results {
		if r.Verdict == collections.Passed {
			passed++
		}
	}
	return passed
}

func (a *answer) check(as collections.Assert) collections.Checked {
	r := collections.Checked{Assert: as}
	unclear := func(why string) collections.Checked {
		r.Verdict, r.Why = collections.Unclear, why
		return r
	}
	if a.exchange.Response() == nil {
		return unclear("there was no response")
	}
	op, ok := operators()[as.Operator]
	if !ok {
		return unclear(fmt.Sprintf("the operator %q is not known", as.Operator))
	}
	if strings.Contains(as.Expression+as.Value, "{{") {
		return unclear("a variable in it has no value")
	}
	path, err := parse(as.Expression)
	if err != nil {
		return unclear(err.Error())
	}
	got, err := a.value(path)
	if err != nil {
		return unclear(err.Error())
	}
	r.Got = got.text()
	holds, err := op.holds(got, as.Value)
	switch {
	case err != nil:
		return unclear(err.Error())
	case holds:
		r.Verdict = collections.Passed
	default:
		r.Verdict = collections.Failed
		r.Why = "it is " + r.Got + ", expected " + strings.TrimSpace(op.says+" "+op.wanted(as.Value))
	}
	return r
}

// maxGot is how much of a value a result shows: a line.
const maxGot = 120

// shorten cuts text to a line of characters.
func shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxGot {
		return string(runes[:maxGot]) + "…"
	}
	return text
}

// A literal is the value that an assertion names, read as Bruno reads it: true, false, null, undefined, a number,
// a quoted text, else the text as it stands.
func literal(text string) value {
	text = strings.TrimSpace(text)
	switch text {
	case "true", "false":
		return value{kind: boolean, is: text}
	case "null":
		return value{kind: null, is: text}
	case "undefined":
		return value{kind: missing}
	}
	if n := len(text); n >= 2 && (text[0] == '"' || text[0] == '\'') && text[n-1] == text[0] {
		return value{kind: str, is: text[1 : n-1]}
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil && strings.Trim(text, "0123456789.eE+-") == "" {
		return value{kind: number, is: text, number: n}
	}
	return value{kind: str, is: text}
}

// list reads "a, b" and "[a, b]".
func list(text string) []value {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, "["); ok && strings.HasSuffix(rest, "]") {
		text = strings.TrimSuffix(rest, "]")
	}
	var out []value
	for part := range strings.SplitSeq(text, ",") {
		out = append(out, literal(part))
	}
	return out
}

// Text is what an expression finds in a response, when that is a text or a number; false when it finds nothing, or is
// more than a path.
func Text(expression string, x *request.Exchange) (string, bool) {
	p, err := parse(expression)
	if err != nil || x.Response() == nil {
		return "", false
	}
	v, err := (&answer{exchange: x}).value(p)
	return v.is, err == nil && (v.kind == str || v.kind == number) && v.is != ""
}
