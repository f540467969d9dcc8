package evidence

import (
	"strings"

	"culprit/request/lazyre"
)

var (
	// effectStepRE is a step of the path in a tree of Effect's Schema.
	effectStepRE = lazyre.New(`^\[(?:"([^"]+)"|(\d+))\]$`)
	// effectLeafRE is what one is told at its end.
	effectLeafRE = lazyre.New(`^(?:(is missing)|(is unexpected), expected: |Expected ([^\n]{1,200}?), actual ([^\n]{1,200}))`)
)

// effect reads a ParseError of Effect's Schema as its TreeFormatter writes it: the schema, and below it, as branches of a
// tree, the steps of the path and what was expected at the end. Of several ends the deepest counts, for above it stand the
// other members of a union.
func (r *reader) effect(s said) bool {
	schema, tree, ok := strings.Cut(s.text, "\n")
	if !ok || schema == "" || !strings.HasPrefix(tree, "└─ ") && !strings.HasPrefix(tree, "├─ ") {
		return false
	}
	type step struct {
		depth int
		name  string
	}
	var path []step
	var out []issue
	for line := range strings.SplitSeq(tree, "\n") {
		text := strings.TrimLeft(line, " │├└─")
		depth := len([]rune(line)) - len([]rune(text))
		for len(path) > 0 && path[len(path)-1].depth >= depth {
			path = path[:len(path)-1]
		}
		if m := effectStepRE.FindStringSubmatch(text); m != nil {
			path = append(path, step{depth, m[1] + m[2]})
			continue
		}
		m := effectLeafRE.FindStringSubmatch(text)
		if m == nil || len(path) == 0 || len(out) >= maxIssues {
			continue
		}
		var segs []string
		for _, p := range path {
			segs = append(segs, p.name)
		}
		out = branched(out, effectEnd(segs, text, m, s.source))
	}
	for _, i := range out {
		r.settle(i)
	}
	return len(out) > 0
}

// effectEnd is what the end of a branch says of the element there.
func effectEnd(segs []string, text string, m []string, source string) issue {
	i := issue{segs: segs, text: text, source: source, place: inBody, absolute: true, dialect: "Effect TreeFormatter"}
	switch wanted := m[3]; {
	case m[1] != "":
		i.class = missing
	case m[2] != "":
		i.class = unexpected
	case strings.HasPrefix(wanted, `"`):
		i.class, i.allowed = wrongValue, []string{strings.Trim(wanted, `"`)}
	case strings.HasPrefix(wanted, "a string "):
		i.class = wrongFormat
	default:
		if i.expected = typeWord(wanted); i.expected == "" {
			i.class = wrongValue // a filter: Int, between(1, 9)
		} else if got := m[4]; i.expected == "string" == strings.HasPrefix(got, `"`) {
			i.class = wrongValue
		} else {
			i.class = wrongType
		}
	}
	return i
}

// branched adds an end to those that were read: another choice for the same element, or one that lies deeper or beside.
func branched(out []issue, i issue) []issue {
	at := strings.Join(i.segs, "\x00")
	for k := range out {
		switch other := strings.Join(out[k].segs, "\x00"); {
		case other == at:
			out[k].allowed = append(out[k].allowed, i.allowed...)
			return out
		case strings.HasPrefix(other, at+"\x00"):
			return out
		case strings.HasPrefix(at, other+"\x00"):
			out[k] = i
			return out
		}
	}
	return append(out, i)
}
