package widget

import (
	"bytes"
	"unicode/utf8"
)

// Before returns the start of the character of raw that ends at byte at; 0 for at 0.
func Before(raw []byte, at int) int {
	at = min(at, len(raw))
	if at <= 0 {
		return 0
	}
	// ASCII on both sides of the step is the usual case
	if raw[at-1] < utf8.RuneSelf {
		return at - 1
	}
	// From a place that surely begins a character: behind the last ASCII character before, or a window back.
	from := max(0, at-256)
	if i := bytes.LastIndexFunc(raw[from:at], func(r rune) bool { return r < utf8.RuneSelf }); i >= 0 {
		from += i
	}
	for from < len(raw) && from > 0 && !utf8.RuneStart(raw[from]) {
		from++
	}
	last := from
	for from < at {
		last = from
		from += Cluster(raw[from:at])
	}
	return last
}

// PutVariables draws a line of untrusted text with its {{variables}} in their own role.
func PutVariables(p *Pen, role Role, raw []byte) {
	for !p.Full() {
		a, b := NextVariable(raw)
		if a < 0 {
			p.Put(role, raw)
			return
		}
		p.Put(role, raw[:a])
		p.Put(Variable, raw[a:b])
		raw = raw[b:]
	}
}

// NextVariable returns where the first {{name}} of raw begins and ends, or -1, 0.
func NextVariable(raw []byte) (a, b int) {
	a = bytes.Index(raw, []byte("{{"))
	if a < 0 {
		return -1, 0
	}
	b = bytes.Index(raw[a:], []byte("}}"))
	if b < 0 {
		return -1, 0
	}
	if in := bytes.LastIndex(raw[a:a+b], []byte("{{")); in > 0 {
		a, b = a+in, b-in
	}
	return a, a + b + 2
}
