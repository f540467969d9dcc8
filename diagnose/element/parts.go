package element

import (
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// A Packed is a value that is made of several: a list between commas (ids=1,2,3), a range (2026-01-01/2026-01-31,
// 5..10), the pairs of an upload's metadata (tus 1.0.0, Upload-Metadata). The parts are as they stand, blanks with them.
type Packed struct {
	Parts []string
	sep   string
}

const maxParts = 64 // more are a table, and no list that somebody wrote

var (
	listed = lazyre.New(`^\s*[-+!~]?[\p{L}\p{N}_.@/:*%;=-]+\s*$`)
	paired = lazyre.New(`^\s*[\w.-]+( [A-Za-z0-9+/=]*)?\s*$`)
	times  = lazyre.New(`^[\p{L}\p{N}:.+-]*\d{4}[\p{L}\p{N}:.+-]*$|^P\w+$`) // ISO 8601 §4.4: 1/2 is none
	bounds = lazyre.New(`^[\p{L}\p{N}:.+-]*\d[\p{L}\p{N}:.+-]*$`)
)

// Parts takes the value of e apart; ok is false where it is one value, or a secret.
func Parts(e diagnose.Element) (p Packed, ok bool) {
	value, text := e.Value.(string)
	kind := e.ID.Kind()
	if !text || e.Secret || e.Default || kind != "query" && kind != "form" && kind != "header" && !e.ID.Is("body") {
		return p, false
	}
	for _, by := range []struct {
		sep  string
		part *lazyre.Regexp
		most int
	}{{",", pick(e.ID), maxParts}, {"..", bounds, 2}, {"/", times, 2}} {
		parts := strings.Split(value, by.sep)
		if len(parts) < 2 || len(parts) > by.most {
			continue
		}
		fits := true
		for _, part := range parts {
			fits = fits && by.part.MatchString(part)
		}
		if fits {
			return Packed{parts, by.sep}, true
		}
	}
	return p, false
}

func pick(id diagnose.ElementID) *lazyre.Regexp {
	if strings.EqualFold(id.Name(), "Upload-Metadata") {
		return paired
	}
	return listed
}

// Range reports two ends, of which neither can be left out.
func (p Packed) Range() bool { return p.sep != "," }

// Without is the value without part i.
func (p Packed) Without(i int) string {
	rest := append(p.Parts[:i:i], p.Parts[i+1:]...)
	return strings.TrimSpace(strings.Join(rest, p.sep))
}

// With is the value with part i written as to.
func (p Packed) With(i int, to string) string {
	parts := append([]string(nil), p.Parts...)
	parts[i] = to
	return strings.Join(parts, p.sep)
}

// First is the value of the first n parts.
func (p Packed) First(n int) string { return strings.TrimSpace(strings.Join(p.Parts[:n], p.sep)) }
