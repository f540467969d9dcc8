package evidence

import (
	"strings"

	"culprit/request/lazyre"
)

// listedItems reads an array of complaints in any of the usual members: families 2, 7, 13, 15, 18, 24, 28.
func listedItems(d *doc) []issue {
	for _, key := range []string{
		"errors", "errors.0.validationErrors", "errors.0.schemaValidationErrors", "violations", "fieldErrors", "subErrors", "invalidFields", "details", "error.details", "error.errors", "constraintViolations", "parameterViolations",
		"propertyViolations", "_embedded.errors", "validationErrors", "validation_errors", "error.validation_errors", "issues", "error.issues", "data.errors", "error.details.errors",
		"userErrors", "invalid_params", "fields", "messages", "message", "error", "errorDetails", "problems", "failures", "faults", "causes", "extra", "data", "err", "error.data", "responseStatus.errors", "ResponseStatus.Errors", "error.innererror.errordetails",
		"fehler", "erreurs", "errores", "erros", "errori", "fouten", "błędy", "ошибки", // errors in other languages
	} {
		list := d.root.at(key)
		if list == nil || list.kind != '[' {
			continue
		}
		if found := items(list, "body "+key); len(found) > 0 {
			on, _ := placeOf(d.root.get("on").str()) // Elysia: one place for all
			for i := range found {
				if found[i].place == anywhere {
					found[i].place = on
				}
				javaPath(&found[i], list.at(itoa(found[i].item))) // some items may be no complaints
			}
			return found
		}
	}
	if d.root.kind == '[' {
		return items(d.root, "body ")
	}
	return nil
}

// javaPath drops the method and argument that Bean Validation puts in front: create.order.items[0].price.
func javaPath(i *issue, n *node) {
	if n.get("propertyPath") == nil && n.get("path") == nil && n.get("field") == nil {
		return
	}
	if len(i.segs) > 2 && !i.absolute && startsLower(i.segs[0]) && n.get("message") != nil && (n.get("constraintType") != nil || n.get("field") != nil && n.get("rejectedValue") == nil && n.get("code") == nil) {
		i.method = true
	}
}

func startsLower(s string) bool { return s != "" && s[0] >= 'a' && s[0] <= 'z' }

// mappedFields reads {field: [messages]} below the usual members, and a bare one as Django REST sends it:
// families 10, 11, 12, 16, 17, 28.
func mappedFields(d *doc) []issue {
	for _, key := range []string{
		"error.data.zodError.fieldErrors", "data.nested", "errors.nested", "error.nested", "issues.nested", "nested", "errors.json", "messages.json", "error.details.messages", "error.details.codes", "humanized", "validation_messages", "errors", "messages", "error.errors", "error.fields", "error.details", "fields", "fieldErrors", "error.fieldErrors", "details", "detail", "message", "error",
		"validation_errors", "validationErrors", "data.errors", "modelState", "ModelState", "invalid", "json", "form_errors", "data.details", "validation", "error.message", "data", "_issues", "_errors", "issues",
		"fehler", "erreurs", "errores", "erros", "errori", "fouten", // errors in other languages
	} {
		n := d.root.at(key)
		if !n.isObject() || !isFieldMap(n, 0) || key == "error" && kindAndReason(n) || hasEnvelope(n) && (n.first("message", "msg", "detail") != "" || len(n.get("messages").texts()) > 0) {
			continue
		}
		found := fieldMap(n, nil, "body "+key, 0)
		placeMapped(found, n, key)
		if len(found) > 0 {
			return found
		}
	}
	for _, key := range []string{"query", "querystring", "headers", "params", "form", "json"} {
		if n := d.root.get(key); n.isObject() && len(d.root.keys) <= 2 && isFieldMap(n, 0) {
			found := fieldMap(n, nil, "body "+key, 0)
			placeMapped(found, n, key)
			return found
		}
	}
	if isFieldMap(d.root, 0) && !hasEnvelope(d.root) {
		found := fieldMap(d.root, nil, "body", 0)
		for i := range found { // its members may be an envelope in another language
			cl := classify(found[i].code, found[i].text)
			found[i].generic = cl != missing && cl != blank
		}
		return found
	}
	return nil
}

// kindAndReason reports an error that says of which kind it is and why, in no other members: {type, reason}.
func kindAndReason(n *node) bool {
	for i, k := range n.keys {
		switch fold(k) {
		case "type", "code", "status", "kind":
		case "reason":
			if !sentence(n.kids[i].str()) {
				return false
			}
		default:
			return false
		}
	}
	return n.get("reason").isString()
}

// placeMapped sets the place that the member's name says: webargs' {"query": {...}}.
func placeMapped(found []issue, n *node, key string) {
	last := key[strings.LastIndexByte(key, '.')+1:]
	pl, ok := placeOf(last)
	for i := range found {
		switch {
		case ok && last != "data" && last != "params" && last != "errors":
			found[i].place = pl
		case len(found[i].segs) > 1 && len(n.keys) <= 3:
			if p, ok := placeOf(found[i].segs[0]); ok && p != inPath {
				found[i].place, found[i].segs = p, found[i].segs[1:]
			}
		}
	}
}

// hasEnvelope reports whether the members of an object are those of an error envelope and no field names.
func hasEnvelope(n *node) bool {
	for i, k := range n.keys {
		if k == "_embedded" || k == "_links" { // reserved by HAL (draft-kelly-json-hal §4.1)
			return true
		}
		switch fold(k) {
		case "message", "error", "err", "detail", "success", "ok", "msg", "errors", "statuscode", "requestid", "traceid", "errorcode", "errormessage", "errormsg", "errordescription", "responsestatus",
			"mensaje", "mensagem", "nachricht", "meldung", "fehler", "fehlermeldung", "erreur", "messaggio", "errore", "erro", "detalle", "detalhe", "foutmelding", "melding", "meddelande", "viesti", "virhe", "komunikat", "blad", "błąd", "chyba", "hata", "mesaj", "mensagemdeerro", "ошибка", "сообщение":
			return true
		case "code", "status", "timestamp", "title", "type", "reason", "path", "trace", "description":
			if n.kids[i].kind != '[' && n.kids[i].kind != '{' {
				return true
			}
		}
	}
	return false
}

// untranslatedRE matches the key of a message that has no text in the language: validation.alpha_dash.
var untranslatedRE = lazyre.New(`^validation(?:\.\w+)+$`)

// isFieldMap reports whether the leaves of n are messages in lists: {a: ["…"], b: {c: ["…"]}} or {a: "…"}.
func isFieldMap(n *node, depth int) bool {
	if !n.isObject() || len(n.kids) == 0 || depth > 6 { // deeper than any form
		return false
	}
	for i, v := range n.kids {
		switch {
		case !looksLikeName(n.keys[i]) && !isNumber(n.keys[i]) && n.keys[i] != "" && n.keys[i] != "$":
			return false
		case v.isString():
			if !strings.Contains(strings.TrimSpace(v.text), " ") && classOfCode(v.text) == unclear && classOfText(v.text) == unclear {
				return false
			}
		case v.kind == '[':
			for _, e := range v.kids {
				if failedPart(e) {
					return false
				}
				if e != nil && e.kind == 'n' {
					continue // Malli: an item without a complaint
				}
				if !e.isString() && !e.isObject() {
					return false
				}
				if e.isString() && !strings.Contains(e.text, " ") && classOfText(e.text) == unclear && classOfCode(e.text) == unclear && !untranslatedRE.MatchString(e.text) {
					return false
				}
				if e.isObject() && len(e.kids) > 0 && e.first("message", "msg", "error", "code", "description") == "" && !isFieldMap(e, depth+1) {
					return false
				}
			}
		case v.isObject():
			if v.first("field", "attribute", "path", "param", "parameter", "pointer", "property", "key", "propertyPath", "instancePath") != "" && v.first("message", "msg") != "" {
				return false // it names the element itself
			}
			if len(v.kids) > 0 && v.first("message", "msg") == "" && !isFieldMap(v, depth+1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// failedPart reports one result of several, with a status of its own: {results: [{code: 400, status: "…"}]}.
func failedPart(n *node) bool {
	for _, k := range []string{"code", "status", "statusCode"} {
		if v := n.get(k); n.isObject() && v != nil && v.kind == '0' && len(v.text) == 3 && (v.text[0] == '4' || v.text[0] == '5') {
			return true
		}
	}
	return false
}

// discord is the nested form of family 28: {errors: {a: {b: {_errors: [{code, message}]}}}}.
func discord(d *doc) []issue {
	var out []issue
	var walk func(n *node, segs []string, depth int)
	walk = func(n *node, segs []string, depth int) {
		if !n.isObject() || depth > maxDepth || len(out) >= maxIssues {
			return
		}
		for i, k := range n.keys {
			if k != "_errors" {
				walk(n.kids[i], append(segs[:len(segs):len(segs)], k), depth+1)
				continue
			}
			for _, e := range n.kids[i].list() {
				is := issue{segs: segs, code: e.get("code").str(), text: e.get("message").str(), source: "body errors", absolute: true}
				if e.isString() {
					is.text = e.text
				}
				if len(segs) > 0 {
					out = append(out, is)
				}
			}
		}
	}
	walk(d.root.get("errors"), nil, 0)
	walk(d.root.get("error"), nil, 0) // zod's format()
	if d.root.get("_errors") != nil {
		walk(d.root, nil, 0)
	}
	return out
}

// zodTree reads zod's treeifyError: {errors: […], properties: {a: {errors: […]}}, items: [{errors: […]}]}.
func zodTree(d *doc) []issue {
	var out []issue
	var walk func(n *node, segs []string, depth int)
	walk = func(n *node, segs []string, depth int) {
		if depth > maxDepth || len(out) >= maxIssues {
			return
		}
		if len(segs) > 0 {
			for _, t := range n.get("errors").texts() {
				out = append(out, issue{segs: segs, text: t, source: "body properties", absolute: true, place: inBody, dialect: "zod treeifyError"})
			}
		}
		if in := n.get("properties"); in.isObject() {
			for i, k := range in.keys {
				walk(in.kids[i], append(segs[:len(segs):len(segs)], k), depth+1)
			}
		}
		for i, kid := range n.get("items").list() {
			walk(kid, append(segs[:len(segs):len(segs)], itoa(i)), depth+1)
		}
	}
	for _, top := range []*node{d.root, d.root.get("error"), d.root.get("errors"), d.root.get("details")} {
		if top.isObject() && top.get("errors").list() != nil || top.isObject() && top.get("errors") != nil && top.get("properties").isObject() {
			walk(top, nil, 0)
		}
	}
	return out
}

// errorCodes reads a list of words that are made of a field's name and what is wrong with it: currency_required.
func errorCodes(d *doc) []issue {
	var out []issue
	for _, c := range d.root.get("error_codes").texts() {
		if m := errorCodeRE.FindStringSubmatch(c); m != nil {
			out = append(out, issue{segs: []string{m[1]}, text: c, code: m[2], source: "body error_codes", generic: m[2] != "required" && m[2] != "missing"})
		}
	}
	return out
}

var errorCodeRE = lazyre.New(`^([a-z][a-z0-9_]*)_(required|missing|invalid|unknown|unsupported|malformed)$`)

// micronaut is part of family 15: {_embedded: {errors: [{message: "order.price: must not be null"}]}}; the
// first name is the method's argument.
func micronaut(d *doc) []issue {
	var out []issue
	for k, n := range d.root.at("_embedded.errors").list() {
		path, text, ok := strings.Cut(n.get("message").str(), ": ")
		if !ok || !looksLikeName(path) {
			continue
		}
		out = append(out, issue{segs: splitPath(path), text: text, source: "body _embedded.errors[" + itoa(k) + "]", absolute: true})
	}
	return out
}

// aspNet is family 16: ValidationProblemDetails with $.paths of System.Text.Json or Pascal-case model names.
func aspNet(d *doc) []issue {
	errs := d.root.get("errors")
	if !errs.isObject() {
		return nil
	}
	var out []issue
	for i, k := range errs.keys {
		if !strings.HasPrefix(k, "$") {
			continue // "The order field is required." only follows from the other one
		}
		for _, text := range errs.kids[i].texts() {
			out = append(out, dotnetJSON(k, text))
		}
	}
	return out
}

var (
	dotnetTypeRE    = lazyre.New(`could not be converted to ([\w.]+(?:\x601\[([\w.]+)\])?)`)
	dotnetMissingRE = lazyre.New(`missing required properties(?:,)? including(?: the following)?: ?(.+?)(?:\. Path|\.?$)`)
)

// dotnetJSON reads one message of System.Text.Json.
func dotnetJSON(key, text string) issue {
	text = short(text)
	i := issue{segs: splitPath(key), text: text, source: "body errors." + key, place: inBody, absolute: true, dialect: "System.Text.Json"}
	switch {
	case dotnetMissingRE.MatchString(text):
		m := dotnetMissingRE.FindStringSubmatch(text)[1]
		i.class = missing
		name, _, _ := strings.Cut(m, ",")
		i.segs = append(i.segs, strings.Trim(strings.TrimSpace(name), "'\"."))
	case dotnetTypeRE.MatchString(text):
		m := dotnetTypeRE.FindStringSubmatch(text)
		i.class = wrongType
		name := m[1]
		if m[2] != "" {
			name = m[2]
		}
		i.expected = typeWord(name)
		if i.expected == "" && !strings.HasPrefix(name, "System.") {
			i.class = wrongValue // an enum or a type of the application
		}
	case classOfText(text) == syntax || strings.Contains(text, "is an invalid") || strings.Contains(text, "LineNumber") && len(i.segs) == 0:
		i.class, i.segs = syntax, nil
		i.offset = 1
	}
	return i
}
