package evidence

import (
	"strings"

	"culprit/request/lazyre"
)

// schemaOutput reads the output that JSON Schema defines for validators: the lists of errors with instanceLocation and
// keywordLocation of 2019-09 and 2020-12 (core §12.4.2), nested or not, with words or without; and the list of its
// successor, with evaluationPath and the errors of each keyword.
func schemaOutput(d *doc) []issue {
	for _, key := range []string{"errors", "error.errors", "details", "error.details", "data.errors", "validation", "output.errors", "output.details"} {
		if out := outputUnits(d.root.at(key), "body "+key, 0); len(out) > 0 {
			return out
		}
	}
	return nil
}

func outputUnits(list *node, source string, depth int) []issue {
	var out []issue
	for k, n := range list.list() {
		at := n.get("instanceLocation")
		if at == nil || depth > maxDepth || len(out) >= maxIssues {
			continue
		}
		source := source + "[" + itoa(k) + "]"
		add := func(rule, text string) {
			if i, ok := outputUnit(at.str(), rule, text); ok {
				i.source = source + ".instanceLocation"
				out = append(out, i)
			}
		}
		inner := outputUnits(n.get("errors"), source+".errors", depth+1)
		inner = append(inner, outputUnits(n.get("details"), source+".details", depth+1)...)
		switch rules := n.get("errors"); {
		case len(inner) > 0:
			out = append(out, inner...)
		case rules.isObject() && n.get("evaluationPath") != nil:
			for j, rule := range rules.keys {
				add(rule, rules.kids[j].str())
			}
		case n.get("keyword").str() != "":
			add(n.get("keyword").str(), n.first("error", "message"))
		case n.get("keywordLocation") != nil:
			rule := n.get("keywordLocation").str()
			add(rule[strings.LastIndexByte(rule, '/')+1:], n.first("error", "message"))
		}
	}
	return out
}

// outputUnit is one error of an output; ok is false for one that only says that something below it is wrong.
func outputUnit(at, rule, text string) (i issue, ok bool) {
	i = issue{text: text, code: rule, place: inBody, absolute: true, wire: true, dialect: "JSON Schema core §12.4.2"}
	if p := strings.TrimPrefix(strings.TrimPrefix(at, "#"), "/"); p != "" {
		i.segs = splitPointer(p)
	}
	switch rule {
	case "properties", "patternProperties", "items", "prefixItems", "additionalItems", "$ref", "$dynamicRef", "allOf", "if", "then", "else", "dependentSchemas", "contains":
		return i, false
	case "required", "dependentRequired":
		i.class = missing
	case "additionalProperties", "unevaluatedProperties", "false", "":
		i.class = unexpected
	}
	if m := propertyRE.FindStringSubmatch(text); m != nil && (i.class == missing || i.class == unexpected) && lastOf(i.segs) != m[1] {
		i.segs = append(i.segs, m[1])
	}
	if text == "" {
		i.text = rule + " does not hold at " + at
	}
	return i, len(i.segs) > 0
}

// propertyRE finds the property that a unit names beside the object: property "price", properties ["price"].
var propertyRE = lazyre.New(`[Pp]ropert(?:y|ies) \[?["'\x60]([^"'\x60]+)["'\x60]`)
