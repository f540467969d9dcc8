package evidence

import (
	"slices"
	"strings"

	"culprit/request/lazyre"
)

var (
	// failedRE is the rule of Python's jsonschema that an instance broke, as str(ValidationError) says it below the
	// message. Services send it as it is, or with its lines made one.
	failedRE = lazyre.New(`\s*Failed validating '([$\w]+)' in `)
	// instanceRE is where in the instance, behind the schema.
	instanceRE = lazyre.New(`On instance((?:\[[^\]\n]+\])*):`)
)

// pythonSchema reads an error of Python's jsonschema: connexion, OpenStack's services, much that is Flask.
func (r *reader) pythonSchema(s said) bool {
	at := failedRE.FindStringSubmatchIndex(s.text)
	if at == nil {
		return false
	}
	head := strings.TrimSpace(s.text[:at[0]])
	i := issue{text: lastLine(head), code: s.text[at[2]:at[3]], absolute: true, place: inBody, source: s.source, dialect: "jsonschema (Python)"}
	if m := instanceRE.FindAllStringSubmatch(s.text[at[1]:], -1); m != nil {
		i.segs = splitPath(m[len(m)-1][1])
	}
	if len(i.segs) > 0 && len(r.ix.exact(i.segs, inBody)) == 0 {
		if deeper := r.ix.resolve(i.segs, inBody); len(deeper) == 1 { // what is checked is a member of the body
			i.segs = r.ix.entries[deeper[0]].segs
		}
	}
	if before, rest, ok := strings.Cut(i.text, ": "); ok && !strings.ContainsAny(before, "'\"{[") {
		i.text = rest // "JSON does not validate", say
	}
	lower := strings.ToLower(head)
	if strings.Contains(lower, "query") || r.sentBody() == "" && r.x.Request.Body.Kind == "" {
		i.place = inQuery
	}
	if i.code == "required" {
		i.class = missing
		if m := requiredRE.FindStringSubmatch(head); m != nil && !strings.HasPrefix(i.text, "'"+m[1]+"'") { // after words of the framework
			i.segs, i.text = append(slices.Clone(i.segs), m[1]), m[0]
		}
	}
	r.settle(i)
	return true
}

// lastLine is what stands behind the last line break.
func lastLine(s string) string {
	return strings.TrimSpace(s[strings.LastIndexByte(s, '\n')+1:])
}

// requiredRE is what jsonschema says of a member that is missing.
var requiredRE = lazyre.New(`'([^']+)' is a required property`)
