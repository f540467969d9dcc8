package evidence

import (
	"strings"

	"culprit/request/lazyre"
)

// violationRE is one violation of Symfony's as text: ConstraintViolation::__toString puts the class of what was checked
// and the path of the property before the message, which stands below it with its code behind.
var violationRE = lazyre.New(`(?m)^(?:Array|Object\([\w\\]+\))((?:\[[^\]\n]+\]|\.[\w.\[\]]+)+):\n +(\S.*?)(?: \(code ([\w-]+)\))?$`)

// branchRE is a part of a tree of complaints that says where those below it belong, as openapi-enforcer writes it.
var branchRE = lazyre.New(`^(?:at: (\S+)|In (body|query|header|path|cookie)(?: parameters)?)$`)

// lackedRE is the first member that an object lacks.
var lackedRE = lazyre.New(`missing: ([\w-]+)`)

var (
	// pydanticRE is one error as str(ValidationError) of pydantic 1 says it: the path, below it the message and its code.
	pydanticRE = lazyre.New(`(?m)^([\w.-]+(?: -> [\w.-]+)*)\n  (\S[^\n]*) \(type=([\w.]+)(?:;[^\n]*)?\)$`)
	// tv4RE is an error of the JSON Schema validator tv4, whose path stands below whatever was checked, repeated in full.
	tv4RE = lazyre.New(`Data path: "(/[^"\n]*)"\s+Schema path: "[^"\n]*"\s+(\S[^\n]*)()`)
)

// pathAbove reads errors whose path stands a line above their message: the path, the message and its code, as form has them.
func (r *reader) pathAbove(s said, form *lazyre.Regexp) bool {
	all := form.FindAllStringSubmatch(s.text, maxIssues)
	for _, m := range all {
		i := issue{segs: splitPath(strings.ReplaceAll(m[1], " -> ", ".")), text: m[2], code: m[3], absolute: true, source: s.source}
		if m[3] == "" {
			i.place = inBody
		}
		if i.class = classify(i.code, i.text); i.class == unclear {
			i.class = wrongValue
		}
		r.settle(i)
	}
	return len(all) > 0
}

// branches reads complaints that stand below where they belong, the deeper the more to the right. Below no part of the
// request they are lines of something else: a log, a stack.
func (r *reader) branches(s said) bool {
	type branch struct {
		depth int
		segs  []string
		place place
	}
	found, at := 0, []branch{{depth: -1, place: anywhere}}
	lines := strings.Split(s.text, "\n")
	for n, line := range lines {
		text := strings.TrimLeft(line, " ")
		depth := len(line) - len(text)
		for len(at) > 1 && at[len(at)-1].depth >= depth {
			at = at[:len(at)-1]
		}
		above := at[len(at)-1]
		deeper := n+1 < len(lines) && len(lines[n+1])-len(strings.TrimLeft(lines[n+1], " ")) > depth
		m := branchRE.FindStringSubmatch(text)
		switch {
		case m != nil && m[1] != "":
			at = append(at, branch{depth, append(above.segs[:len(above.segs):len(above.segs)], splitPath(m[1])...), above.place})
		case m != nil:
			where, _ := placeOf(m[2])
			at = append(at, branch{depth, nil, where})
		case !deeper && above.place != anywhere && len(above.segs) > 0 && text != "" && found < maxIssues:
			i := issue{segs: above.segs, text: text, place: above.place, absolute: true, source: s.source, class: classOfText(text)}
			if name := lackedRE.FindStringSubmatch(text); name != nil && i.class == missing {
				i.segs = append(above.segs[:len(above.segs):len(above.segs)], name[1])
			}
			if i.class == unclear {
				i.class = wrongValue
			}
			i.allowed, i.expected = allowedValues(text), expectedType(text)
			r.settle(i)
			found++
		}
	}
	return found > 0
}

// indented reads the violations of Symfony's validator, cast to a string as they are.
func (r *reader) indented(s said) bool {
	if strings.Contains(s.text, "\n") && strings.Contains(s.text, " at: ") {
		return r.branches(s)
	}
	if r.pathAbove(s, pydanticRE) || r.pathAbove(s, tv4RE) {
		return true
	}
	all := violationRE.FindAllStringSubmatch(s.text, maxIssues)
	for _, m := range all {
		i := issue{segs: splitPath(strings.TrimPrefix(m[1], ".")), text: m[2], code: m[3], absolute: true, place: inBody, source: s.source}
		i.class = classOfText(m[2])
		i.allowed, i.expected = allowedValues(m[2]), expectedType(m[2])
		if i.class == unclear {
			i.class = wrongValue
		}
		r.settle(i)
	}
	return len(all) > 0
}
