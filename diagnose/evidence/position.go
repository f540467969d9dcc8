package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

var (
	lineColRE  = lazyre.New(`(?i)\bline:? *(?:number:? *)?(\d+)(?:,|;| at)? *(?:col(?:umn)?|position|bytepositioninline|char(?:acter)?|linepos)[:.]? *(?:number:? *)?(\d+)`)
	netPosRE   = lazyre.New(`LineNumber: (\d+) \| BytePositionInLine: (\d+)`)
	positionRE = lazyre.New(`(?i)(?:\bat |\b)(?:position|offset|byte|char(?:acter)?|index)[ =:]+(\d+)`)
)

// position returns where in the sent body a message points, plus one; 0 for nowhere. What begins with the name of a text
// counts within that.
func (r *reader) position(text string) int {
	body := r.sentBody()
	if body == "" {
		return 0
	}
	if m := prefixedRE.FindStringSubmatch(text); m != nil {
		if found := r.ix.exact([]string{m[1]}, inBody); len(found) == 1 && r.ix.entries[found[0]].typeName() == "string" {
			return 0
		}
	}
	text = text[:min(len(text), 2000)]
	if m := netPosRE.FindStringSubmatch(text); m != nil {
		line, _ := atoi(m[1])
		col, _ := atoi(m[2])
		return lineOffset(body, line, col) + 1
	}
	if m := lineColRE.FindStringSubmatch(text); m != nil {
		line, _ := atoi(m[1])
		col, _ := atoi(m[2])
		return lineOffset(body, max(line-1, 0), max(col-1, 0)) + 1
	}
	if m := positionRE.FindStringSubmatch(text); m != nil {
		if n, err := atoi(m[1]); err == nil && n <= len(body) {
			return n + 1
		}
	}
	return rest(body, text)
}

// minRest is how much of the end of the body a text must repeat to say where a parser stopped.
const minRest = 6

// rest is where the body goes on that a text repeats to its end, plus one: what a parser had not read yet when it gave up,
// "before: wo","price":40}". 0 where the text has no such end, or all of the body, and for what is no JSON: a form ends with
// a value, and XML with a name, that a text may speak of.
func rest(body, text string) int {
	body = strings.TrimSpace(body)
	if len(body) <= minRest || body[0] != '{' && body[0] != '[' {
		return 0
	}
	end := strings.Index(text, body[len(body)-minRest:])
	if end < 0 || strings.Contains(unspaced(text), unspaced(body)) {
		return 0
	}
	n := minRest
	for n < len(body)-1 && end > 0 && text[end-1] == body[len(body)-n-1] {
		n, end = n+1, end-1
	}
	return len(body) - n + 1
}

// unspaced is a text without its blanks.
func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// lineOffset returns the offset of a line and column, both from 0, within the body.
func lineOffset(body string, line, col int) int {
	off := 0
	for range line {
		i := strings.IndexByte(body[off:], '\n')
		if i < 0 {
			break
		}
		off += i + 1
	}
	return min(off+min(col, len(body)), len(body))
}

// settlePosition maps a position in the sent body to the value there.
func (r *reader) settlePosition(i issue, e diagnose.Evidence) {
	e.Kind = "position"
	body := r.sentBody()
	off := min(i.offset-1, len(body))
	root, whole := parseTree(body)
	if i.class == syntax || root == nil || !whole {
		e.Cause, e.Element, e.Ratio = r.syntaxCause(), "body", likely
		if whole && root != nil {
			// It is JSON after all: the server expected another notation, or something on the way changed it.
			e.Ratio = code
		}
		r.add(e)
		return
	}
	segs, leaf := leafAt(root, off)
	if leaf == nil || len(segs) == 0 {
		e.Element = "body"
		e.Cause = i.class.cause(inBody)
		e.Ratio = challenge
		r.add(e)
		return
	}
	i.segs, i.offset, i.place, i.absolute = segs, 0, inBody, true
	i.ratio = min(i.ratio, likely)
	if i.class == missing {
		i.class = wrongValue
	}
	if found := r.ix.exact(segs, inBody); len(found) > 0 {
		n := len(r.out)
		r.addFound(i, found[:1])
		for k := n; k < len(r.out); k++ {
			r.out[k].Kind = "position"
		}
	}
}

// nest puts a name that a parser misses into the object that it was reading: serde gives the position of the
// closing brace.
func (r *reader) nest(i *issue, text string) {
	off := r.position(text)
	root, whole := parseTree(r.sentBody())
	if off == 0 || !whole || root == nil {
		return
	}
	i.segs, i.absolute = append(objectAt(root, off-1), i.segs...), true
}

// leafAt returns the scalar at an offset, or the last one that ends before it.
func leafAt(root *node, off int) ([]string, *node) {
	var segs []string
	n := root
	for depth := 0; n.isContainer(); depth++ {
		k := -1
		for i, kid := range n.kids {
			if kid.start <= off {
				k = i
			}
		}
		if k < 0 {
			return segs, n
		}
		name := itoa(k)
		if n.kind == '{' {
			name = n.keys[k]
		}
		segs = append(segs, name)
		n = n.kids[k]
	}
	return segs, n
}

// objectAt returns the path of the innermost object that holds the offset.
func objectAt(root *node, off int) []string {
	var segs []string
	n := root
	for {
		next := -1
		for i, kid := range n.kids {
			if kid.start < off && off < kid.end && kid.isContainer() {
				next = i
			}
		}
		if next < 0 {
			return segs
		}
		name := itoa(next)
		if n.kind == '{' {
			name = n.keys[next]
		}
		segs, n = append(segs, name), n.kids[next]
	}
}
