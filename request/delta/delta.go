// Package delta says what differs between two bodies: by path where both are JSON, else line by line.
//
// It compares what was received. It does not know which of two different bodies is right.
package delta

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"culprit/request/jsontext"
)

// MaxInput bounds each body: the trees of both, and the edits of a text, are held in memory.
const MaxInput = 8 << 20

// maxChanges is more than a person reads.
const maxChanges = 2000

// ErrTooLarge says that a body is above MaxInput.
var ErrTooLarge = errors.New("too large to compare: the limit is 8 MiB")

// A Change is one difference. A JSON change has a Path; a line of a text has none.
type Change struct {
	Path     string // as jq writes it: ".items[0].price"; "." is the whole
	From, To string // as received, shortened; "" where nothing was or is
	Sign     byte   // '-' gone, '+' new, '~' another value, ' ' the same (lines around a change only)
}

// Bodies returns the changes from a to b in the order of the bodies, at most 2,000 of them. It blocks while it
// compares; a done ctx ends it early.
func Bodies(ctx context.Context, a, b []byte) ([]Change, error) {
	if len(a) > MaxInput || len(b) > MaxInput {
		return nil, ErrTooLarge
	}
	if bytes.Equal(a, b) {
		return nil, nil
	}
	x, errX := jsontext.Parse(a)
	y, errY := jsontext.Parse(b)
	if errX != nil || errY != nil {
		return lines(string(a), string(b)), ctx.Err()
	}
	c := comparer{ctx: ctx, a: a, b: b}
	c.values(".", x, y)
	return c.found, ctx.Err()
}

type comparer struct {
	ctx   context.Context
	a, b  []byte
	found []Change
}

func (c *comparer) full() bool { return len(c.found) >= maxChanges || c.ctx.Err() != nil }

func (c *comparer) values(path string, x, y *jsontext.Node) {
	rawX, rawY := c.a[x.Start:x.End], c.b[y.Start:y.End]
	switch {
	case c.full() || bytes.Equal(rawX, rawY):
	case x.Kind != y.Kind:
		c.add(Change{path, short(rawX), short(rawY), '~'})
	case x.Kind == jsontext.Object:
		c.members(path, x, y)
	case x.Kind == jsontext.Array:
		c.elements(path, x, y)
	case x.Kind == jsontext.String && jsontext.Unquote(rawX) == jsontext.Unquote(rawY):
	case x.Kind == jsontext.Number && sameNumber(string(rawX), string(rawY)):
	default:
		c.add(Change{path, short(rawX), short(rawY), '~'})
	}
}

// sameNumber reports whether two JSON numbers are one, however they are written: 12.5, 12.50 and 125e-1.
func sameNumber(a, b string) bool {
	x, ok := plain(a)
	y, fine := plain(b)
	return ok && fine && x == y
}

// A decimal is digits·10^exp without zeros around its digits; the zero value is 0.
type decimal struct {
	minus  bool
	digits string
	exp    int
}

// plain reads a JSON number (RFC 8259 §6); false for one whose exponent nobody means.
func plain(text string) (decimal, bool) {
	rest, minus := strings.CutPrefix(text, "-")
	mantissa, power := rest, "0"
	if i := strings.IndexAny(rest, "eE"); i >= 0 {
		mantissa, power = rest[:i], rest[i+1:]
	}
	exp, err := strconv.ParseInt(strings.TrimPrefix(power, "+"), 10, 32)
	whole, part, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+part, "0")
	d := decimal{minus, strings.TrimRight(digits, "0"), int(exp) - len(part)}
	if d.exp += len(digits) - len(d.digits); d.digits == "" {
		d = decimal{}
	}
	return d, err == nil
}

func (c *comparer) add(d Change) { c.found = append(c.found, d) }

// members compares by key; of two members with one name the last counts, as for most parsers.
func (c *comparer) members(path string, x, y *jsontext.Node) {
	was, now := last(x.Children), last(y.Children)
	for _, m := range x.Children {
		other, stays := now[m.Key]
		switch {
		case c.full():
			return
		case was[m.Key] != m:
		case stays:
			c.values(Member(path, m.Key), m, other)
		default:
			c.add(Change{Member(path, m.Key), short(c.a[m.Start:m.End]), "", '-'})
		}
	}
	for _, m := range y.Children {
		if was[m.Key] == nil && now[m.Key] == m && !c.full() {
			c.add(Change{Member(path, m.Key), "", short(c.b[m.Start:m.End]), '+'})
		}
	}
}

// last returns for each name the last member that has it.
func last(members []*jsontext.Node) map[string]*jsontext.Node {
	out := make(map[string]*jsontext.Node, len(members))
	for _, m := range members {
		out[m.Key] = m
	}
	return out
}

// elements compares by place, after what both lists begin and end with.
func (c *comparer) elements(path string, x, y *jsontext.Node) {
	p, q := x.Children, y.Children
	same := func(m, n *jsontext.Node) bool { return bytes.Equal(c.a[m.Start:m.End], c.b[n.Start:n.End]) }
	from := 0
	for from < len(p) && from < len(q) && same(p[from], q[from]) {
		from++
	}
	end := 0
	if len(p) != len(q) {
		for end < min(len(p), len(q))-from && same(p[len(p)-1-end], q[len(q)-1-end]) {
			end++
		}
	}
	for i := from; i < max(len(p), len(q))-end && !c.full(); i++ {
		at := strings.TrimSuffix(path, ".") + "[" + strconv.Itoa(i) + "]"
		if path == "." {
			at = ".[" + strconv.Itoa(i) + "]"
		}
		switch {
		case i < len(p)-end && i < len(q)-end:
			c.values(at, p[i], q[i])
		case i < len(p)-end:
			c.add(Change{at, short(c.a[p[i].Start:p[i].End]), "", '-'})
		default:
			c.add(Change{at, "", short(c.b[q[i].Start:q[i].End]), '+'})
		}
	}
}

// Member returns the path of a member of the object at path.
func Member(path, key string) string {
	plain := key != "" && (key[0] < '0' || key[0] > '9')
	for i := 0; i < len(key) && plain; i++ {
		b := key[i]
		plain = b == '_' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
	}
	if path == "." {
		path = ""
	}
	if plain {
		return path + "." + key
	}
	if path == "" {
		path = "."
	}
	return path + "[" + string(jsontext.Quote(key)) + "]"
}

// longest is how much of a value is kept: about two lines of a wide terminal.
const longest = 240

func short(raw []byte) string {
	cut := ""
	if len(raw) > longest {
		raw, cut = raw[:longest], "…"
	}
	return strings.ToValidUTF8(strings.Join(strings.Fields(string(raw)), " "), "\uFFFD") + cut
}

// lines compares texts, with three lines around each change.
func lines(a, b string) []Change {
	var out []Change
	for l := range strings.SplitSeq(udiff.Unified("", "", a, b), "\n") {
		if l == "" || strings.HasPrefix(l, "---") || strings.HasPrefix(l, "+++") || strings.HasPrefix(l, "\\") {
			continue
		}
		d := Change{Sign: l[0]}
		switch l[0] {
		case '-':
			d.From = l[1:]
		case '+':
			d.To = l[1:]
		case ' ':
			d.From, d.To = l[1:], l[1:]
		default:
			d = Change{Sign: ' ', Path: l}
		}
		if out = append(out, d); len(out) >= maxChanges {
			break
		}
	}
	return out
}
