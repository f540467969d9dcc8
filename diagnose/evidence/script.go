package evidence

import (
	"cmp"
	"strings"
)

// ajv is family 22: AJV's errors, bare or as Fastify and express-openapi-validator wrap them.
func ajv(d *doc) []issue {
	var out []issue
	for _, key := range []string{"errors", "validation", "details", "error.errors", "error.details", "message", "validationErrors", "data.errors", "err"} {
		list := d.root.at(key)
		if d.root.kind == '[' {
			list = d.root
		}
		for i, n := range list.list() {
			if n.get("keyword") != nil && (n.get("instancePath") != nil || n.get("dataPath") != nil) {
				out = append(out, ajvItem(n, "body "+key+"["+itoa(i)+"]"))
			}
		}
		if len(out) > 0 {
			break
		}
	}
	if r := d.root; len(out) == 0 && r.get("keyword").str() != "" && r.get("params").isObject() && r.get("message") != nil { // one of them, as the whole body
		out = append(out, ajvItem(r, "body"))
	}
	pl, ok := placeOf(d.root.get("validationContext").str())
	for i := range out {
		if ok {
			out[i].place = pl
		}
	}
	// A failed branch of a oneOf is reported with all its details: the summary says nothing more.
	if len(out) > 1 {
		kept := out[:0]
		for _, i := range out {
			if i.code != "oneOf" && i.code != "anyOf" && i.code != "if" {
				kept = append(kept, i)
			}
		}
		out = kept
	}
	return out
}

func ajvItem(n *node, source string) issue {
	path := n.first("instancePath", "dataPath")
	i := issue{segs: splitPath(path), code: n.get("keyword").str(), text: n.get("message").str(), source: source + ".instancePath", absolute: true, dialect: "AJV errors"}
	if path == "" {
		i.located() // AJV's errorsText puts it in front of the message
	}
	p := n.get("params")
	switch i.code {
	case "required", "dependentRequired":
		i.segs = append(i.segs, p.get("missingProperty").str())
		i.class = missing
	case "additionalProperties":
		i.segs = append(i.segs, p.get("additionalProperty").str())
		i.class = unexpected
	case "unevaluatedProperties":
		i.segs = append(i.segs, p.get("unevaluatedProperty").str())
		i.class = unexpected
	case "enum":
		i.allowed = p.get("allowedValues").texts()
	case "const":
		i.allowed = p.get("allowedValue").texts()
	case "type":
		i.expected = typeWord(p.get("type").str())
	case "format":
		i.expected = p.get("format").str()
	}
	if name := cmp.Or(n.at("params.propertyName").str(), n.get("propertyName").str()); name != "" { // the name of a member is not allowed
		i.segs, i.class = append(i.segs, name), unexpected
	}
	return i
}

// hapi is what hapi says of a request that its schema refuses: the place and the keys, and Joi's words for them.
func hapi(d *doc) []issue {
	v := d.root.get("validation")
	place, ok := placeOf(v.get("source").str())
	if !ok {
		return nil
	}
	var out []issue
	for i, k := range v.get("keys").list() {
		if k.str() == "" {
			continue // about the whole, and the words say what
		}
		text := d.root.get("message").str()
		out = append(out, issue{segs: splitPath(k.str()), place: place, text: text, absolute: place == inBody, source: "body validation.keys[" + itoa(i) + "]", dialect: "hapi route.options.validate"})
	}
	return out
}

// zod is family 21: Zod's issues in any wrapping, tRPC included.
func zod(d *doc) []issue {
	for _, key := range []string{"issues", "errors", "error.issues", "error.errors", "error", "details", "error.details", "data.issues", "error.data.zodError.issues", "message", "error.message", "0.error.issues"} {
		n := d.root.at(key)
		if n.isString() && strings.HasPrefix(n.text, "[") && strings.Contains(n.text, `"path"`) { // ZodError.message is JSON
			n, _ = parseTree(n.text)
		}
		if out := zodIssues(n, "body "+key); len(out) > 0 {
			return out
		}
	}
	return zodIssues(d.root, "body ")
}

func zodIssues(list *node, source string) []issue {
	var out []issue
	for k, n := range list.list() {
		path, c := n.get("path"), n.get("code").str()
		if path == nil || path.kind != '[' || c == "" || n.get("message") == nil || n.get("context") != nil || n.get("locations") != nil {
			continue
		}
		i, _ := itemIssue(n, source+"["+itoa(k)+"]")
		i.segs, i.code, i.absolute, i.dialect = path.texts(), c, true, "Zod issues"
		switch {
		case c == "unrecognized_keys":
			for _, key := range n.get("keys").texts() {
				one := i
				one.segs, one.class = append(i.segs[:len(i.segs):len(i.segs)], key), unexpected
				out = append(out, one)
			}
			continue
		case c == "invalid_type" && (i.received == "undefined" || strings.HasSuffix(i.text, "received undefined") || i.text == "Required"):
			i.class = missing
		case c == "invalid_string" || c == "invalid_format":
			i.class = wrongFormat
			i.expected = n.first("validation", "format")
		case c == "invalid_literal":
			i.allowed = n.get("expected").texts()
			i.expected = ""
		}
		if len(i.segs) > 0 || i.class != unclear {
			out = append(out, i)
		}
	}
	return out
}

// joi is family 20: Joi's details, celebrate's validation, Yup's inner errors.
func joi(d *doc) []issue {
	var out []issue
	for _, key := range []string{"details", "error.details", "errors", "error", "data.details", "_original.details"} {
		for k, n := range d.root.at(key).list() {
			ctx := n.get("context")
			if n.get("path") == nil || n.get("path").kind != '[' || ctx == nil || n.get("message") == nil {
				continue
			}
			i := issue{segs: n.get("path").texts(), code: n.get("type").str(), text: n.get("message").str(), absolute: true, source: "body " + key + "[" + itoa(k) + "].path", dialect: "Joi details"}
			i.allowed = ctx.get("valids").texts()
			i.value = ctx.get("value").str()
			i.expected = typeWord(strings.TrimSuffix(i.code, ".base"))
			out = append(out, i)
		}
		if len(out) > 0 {
			return out
		}
	}
	val := d.root.get("validation")
	for k, place := range val.isObjectKeys() {
		part := val.kids[k]
		for _, key := range part.get("keys").texts() {
			i := issue{segs: splitPath(key), text: part.get("message").str(), source: "body validation." + place + ".keys", absolute: true}
			i.place, _ = placeOf(place)
			out = append(out, i)
		}
	}
	for k, n := range d.root.get("inner").list() { // Yup
		out = append(out, issue{segs: splitPath(n.get("path").str()), code: n.get("type").str(), text: n.get("message").str(), source: "body inner[" + itoa(k) + "].path"})
	}
	return out
}

func (n *node) isObjectKeys() []string {
	if n.isObject() {
		return n.keys
	}
	return nil
}

// expressValidator is family 19.
func expressValidator(d *doc) []issue {
	var out []issue
	for _, key := range []string{"errors", "error", "message", "data"} {
		for k, n := range d.root.at(key).list() {
			if n.get("msg") == nil || n.get("path") == nil && n.get("param") == nil || n.get("path") != nil && n.get("path").kind == '[' {
				continue
			}
			i := issue{segs: splitPath(n.first("path", "param")), text: n.get("msg").str(), source: "body " + key + "[" + itoa(k) + "].path", dialect: "express-validator"}
			i.place, _ = placeOf(n.get("location").str())
			if v := n.get("value"); v != nil {
				i.value, i.received = v.str(), v.typeName()
			} else if n.get("location") != nil {
				i.class = missing
			}
			out = append(out, i)
		}
	}
	if m := d.root.get("errors"); m.isObject() { // mapped()
		for k, n := range m.kids {
			if n.get("msg") != nil {
				i := issue{segs: splitPath(m.keys[k]), text: n.get("msg").str(), source: "body errors." + m.keys[k]}
				i.place, _ = placeOf(n.get("location").str())
				out = append(out, i)
			}
		}
	}
	return out
}

// nest is family 23: message is a list of sentences that begin with the path (class-validator).
func nest(d *doc) []issue {
	list := d.root.get("message")
	if list == nil || list.kind != '[' || d.root.get("error") == nil && d.root.get("statusCode") == nil {
		return nil
	}
	var out []issue
	for k, n := range list.kids {
		if !n.isString() {
			continue
		}
		text := n.text
		i := issue{text: text, source: "body message[" + itoa(k) + "]", dialect: "class-validator"}
		if rest, ok := strings.CutPrefix(text, "property "); ok {
			name, _, _ := strings.Cut(rest, " ")
			i.segs, i.class = splitPath(name), unexpected
		} else {
			text = strings.TrimPrefix(text, "each value in ")
			text = strings.TrimPrefix(text, "nested property ")
			name, _, ok := strings.Cut(text, " ")
			if !ok || !looksLikeName(name) || stopWord(name) && !strings.Contains(name, ".") {
				continue
			}
			if head, _, nested := strings.Cut(name, "."); nested && head == "" {
				continue
			}
			i.segs = splitPath(name)
		}
		out = append(out, i)
	}
	return oneEach(out)
}

// oneEach keeps one issue of those for the same path, because class-validator lists every rule that an absent
// property breaks. The first that tells a type wins.
func oneEach(in []issue) []issue {
	at := map[string]int{}
	var out []issue
	for _, i := range in {
		key := strings.Join(i.segs, ".")
		n, dup := at[key]
		if !dup {
			at[key] = len(out)
			out = append(out, i)
			continue
		}
		if classify(out[n].code, out[n].text) != wrongType && classify(i.code, i.text) == wrongType && out[n].class != unexpected {
			out[n] = i
		}
	}
	return out
}
