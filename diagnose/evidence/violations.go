package evidence

import "strings"

// protovalidate reads buf.validate.Violations, as Connect sends them beside the message for those who debug:
// details[].debug.violations[].{field: {elements: [{fieldName, index}]}, ruleId, message}.
func protovalidate(d *doc) []issue {
	var out []issue
	for k, detail := range d.root.get("details").list() {
		for j, v := range detail.at("debug.violations").list() {
			var segs []string
			for _, e := range v.at("field.elements").list() {
				segs = append(segs, e.get("fieldName").str())
				if at := e.first("index", "stringKey", "intKey"); at != "" {
					segs = append(segs, at)
				}
			}
			if len(segs) == 0 {
				continue
			}
			i := protoField(segs, v.get("message").str())
			i.source = "body details[" + itoa(k) + "].debug.violations[" + itoa(j) + "]"
			out = append(out, i)
		}
	}
	return out
}

// protoField is one violation of a rule of protovalidate. What it calls required is absent or has its zero value.
func protoField(segs []string, text string) issue {
	i := issue{segs: segs, text: text, place: inBody, absolute: true, zero: true, dialect: "buf.validate.Violation"}
	if i.class = classOfText(text); i.class == unclear {
		i.class = wrongValue
	}
	return i
}

// classValidator reads ValidationError objects of class-validator as they are: {property, value, constraints:
// {name: message}, children: [ValidationError]}. The path is made of the properties; a value that is not there was
// not sent.
func classValidator(d *doc) []issue {
	list := d.root
	for _, key := range []string{"errors", "message", "error", "details", "validationErrors"} {
		if n := d.root.get(key); n.list() != nil {
			list = n
			break
		}
	}
	place := inBody
	if strings.Contains(d.root.get("message").str(), "Invalid queries") { // routing-controllers
		place = inQuery
	}
	return classErrors(list, nil, place, "body", 0)
}

func classErrors(list *node, above []string, place place, source string, depth int) []issue {
	var out []issue
	for k, n := range list.list() {
		name := n.get("property").str()
		if name == "" || n.get("constraints") == nil && n.get("children") == nil || depth > maxDepth || len(out) >= maxIssues {
			continue
		}
		segs := append(above[:len(above):len(above)], name)
		at := source + "[" + itoa(k) + "]"
		if c := n.get("constraints"); c.isObject() && len(c.keys) > 0 {
			i := issue{segs: segs, code: c.keys[0], text: c.kids[0].str(), source: at + ".constraints", absolute: true, place: place, dialect: "class-validator"}
			if strings.HasPrefix(i.text, "each value in ") {
				i.code = "" // it is an item that is not of the type
			}
			switch {
			case c.get("whitelistValidation") != nil:
				i.class = unexpected
			case n.get("value") == nil && n.get("target") != nil:
				i.class = missing
			case classify(i.code, i.text) == unclear:
				i.class = wrongValue
			}
			out = append(out, i)
		}
		out = append(out, classErrors(n.get("children"), segs, place, at+".children", depth+1)...)
	}
	return out
}
