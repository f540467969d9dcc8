package evidence

import (
	"strconv"
	"strings"

	"culprit/request/lazyre"
)

func itoa(n int) string { return strconv.Itoa(n) }

// short cuts a message to what the patterns look at.
func short(s string) string { return s[:min(len(s), maxProse)] }

// pathKeys are the members in which servers put the path of the element, the telling ones first.
var pathKeys = []string{
	"instancePath", "dataPath", "pointer", "propertyPath", "property_path", "jsonPath", "json_path", "loc", "path", "field", "fieldName", "field_name",
	"param", "parameter", "parameterName", "property", "propertyName", "attribute", "location", "target", "source", "key", "argument", "name", "in", "fields", "element", "column", "memberNames", "header", "attr", "propertyref", "argument_name", "fieldNames", "data_pointer",
	"campo", "champ", "feld", "veld", "pole", "поле", "字段"} // a field in the languages that answers are written in

var codeKeys = []string{"code", "keyword", "rule", "type", "constraint", "issue", "errorCode", "error_code", "reason", "validation", "kind", "tag", "error", "classification"}

var textKeys = []string{"message", "msg", "detail", "description", "defaultMessage", "error_message", "errorMessage", "help_message", "reason", "title", "error", "text", "issue",
	"mensagem", "mensaje", "meldung", "nachricht", "messaggio", "erro", "errore", "erreur", "fehler", "melding", "komunikat", "сообщение", "消息"}

var placeKeys = []string{"location", "in", "source", "locationType", "where", "location_type", "dataPath", "on"}

// itemIssue reads one object that describes one complaint, whatever the framework calls its members.
func itemIssue(n *node, source string) (issue, bool) {
	i := issue{source: source, code: firstString(n, codeKeys), text: firstText(n, textKeys)}
	if why := n.get("details").str(); strings.Contains(why, " ") && !specific(i.text) && specific(why) {
		i.text = why // Contentful
	}
	if why := n.get("reason").str(); strings.Contains(why, " ") && !specific(i.text) && specific(why) {
		i.text = why // the message is the same for all
	}
	for _, k := range placeKeys {
		if pl, ok := placeOf(n.get(k).str()); ok {
			i.place = pl
			break
		}
	}
	for _, k := range pathKeys {
		v := n.either(k)
		if v == nil || v.isString() && v.text == "" && k != "instancePath" && k != "dataPath" {
			continue
		}
		if k == "name" && (strings.HasSuffix(v.str(), "Error") || strings.HasSuffix(v.str(), "Exception")) {
			continue // the name of the error
		}
		if v.isString() && v.text != "" && (v.text == i.text || v.text == i.code) {
			continue // every member says the same: the example of a description, in which texts are called string
		}
		if at, rule, ok := fromSchema(v.str()); ok && k == "location" { // libopenapi-validator's location
			i.segs, i.source, i.absolute = at, source+"."+k, true
			i.code = rule
			break
		}
		if segs, ok := readPath(v, &i); ok {
			if _, isPlace := placeOf(v.str()); isPlace && (k == "location" || k == "in" || k == "source") {
				continue
			}
			i.segs, i.source = segs, source+"."+k
			if k == "header" {
				i.place = inHeader // the registry's member for a field of the header (SmartBear)
			}
			i.segs = afterArgument(i.segs)
			i.generic = weakKey(k) && !v.isObject() && (classify(i.code, i.text) != missing || strings.Count(v.str(), ".") > 2)
			i.absolute = i.absolute || k == "instancePath" || k == "pointer" || strings.HasPrefix(v.str(), "/") || strings.HasPrefix(v.str(), "#/") || v.kind == '['
			break
		}
	}
	i.expected = typeWord(n.first("expected", "expectedType", "expected_type"))
	i.received = jsonType(n.first("received", "actualType"))
	for _, k := range []string{"options", "allowedValues", "allowed_values", "allowed", "expected", "values", "enum", "validValues", "choices", "permitted", "meta.choices", "params.allowedValues", "extensions.valid"} {
		if v := n.at(k); v != nil && v.kind == '[' {
			i.allowed = v.texts()
			break
		}
	}
	for _, k := range []string{"value", "rejectedValue", "input", "invalidValue", "attemptedValue", "actual", "invalid_value"} {
		if v := n.get(k); v != nil && v.str() != "" {
			i.value = v.str()
			if i.received == "" {
				i.received = v.typeName()
			}
			break
		}
	}
	if i.received == "undefined" {
		i.class = missing
	}
	i.beside(n)
	if len(i.segs) == 0 && failedRE.MatchString(i.text) {
		return i, false // it says itself where
	}
	i.schemer(n)
	return i, len(i.segs) > 0 || i.place != inPath && (memberRE.MatchString(short(i.text)) || keysRE.MatchString(short(i.text)))
}

// beside completes the path of an object by the member that it lacks or should not have, which Ajv says in the parameters of
// its error, and who passes these on often in the error itself.
func (i *issue) beside(n *node) {
	for _, at := range []*node{n.get("info"), n.get("params"), n} {
		for k, c := range ajvParams {
			if name := at.get(k).str(); name != "" && (at != n || !strings.ContainsAny(name, " .")) {
				if lastOf(i.segs) != name {
					i.segs = append(i.segs[:len(i.segs):len(i.segs)], name)
				}
				i.class, i.source = c, i.source+"."+k
				return
			}
		}
	}
}

// specific reports a text that says what kind of complaint it is, and not only that something is not valid.
func specific(text string) bool {
	c := classOfText(text)
	return c != unclear && c != wrongValue
}

// schemer completes an error of json_schemer, which says beside the pointer what is missing below it, or that the schema
// for whatever else there is lets nothing pass. A namespace beside a tag is what go-playground/validator says.
func (i *issue) schemer(n *node) {
	if keys := n.at("details.missing_keys").texts(); len(keys) > 0 {
		i.segs, i.class, i.absolute, i.generic = append(i.segs[:len(i.segs):len(i.segs)], keys[0]), missing, true, false
	}
	if at := n.first("schema_pointer", "schema"); n.get("type").str() == "schema" && (strings.HasSuffix(at, "/additionalProperties") || strings.HasSuffix(at, "/unevaluatedProperties")) {
		i.class = unexpected
	}
	if at, tag := n.either("namespace").str(), n.either("tag").str(); at != "" && tag != "" {
		field := goField(at, tag, i.text)
		i.segs, i.code, i.absolute, i.zero, i.generic = field.segs, tag, true, true, false
		i.class = classOfCode(tag)
		if tag == "oneof" {
			i.allowed = strings.Fields(n.either("param").str())
		}
	}
}

// afterArgument drops the class, the method and its argument that Bean Validation puts in front: Resource.create.arg0.name.
func afterArgument(segs []string) []string {
	for n, s := range segs[:max(0, len(segs)-1)] {
		if arg, ok := strings.CutPrefix(s, "arg"); ok && isNumber(arg) {
			return segs[n+1:]
		}
	}
	return segs
}

// weakKey reports whether a member may hold the path of an element, or something else altogether.
func weakKey(k string) bool {
	switch k {
	case "name", "key", "in", "source", "target", "element", "column", "fields", "location", "memberNames":
		return true
	}
	return false
}

// jsonType keeps the names of JSON types, and "undefined", which means absent.
func jsonType(s string) string {
	switch s = strings.ToLower(s); s {
	case "string", "number", "boolean", "object", "array", "null", "undefined":
		return s
	case "nan":
		return "string"
	case "integer":
		return "number"
	}
	return ""
}

// readPath reads a path from a string, an array or an object such as JSON:API's source.
func readPath(v *node, i *issue) ([]string, bool) {
	switch {
	case v.isString():
		if !looksLikeName(v.text) && !strings.HasPrefix(v.text, "/") {
			return nil, v.text == ""
		}
		return splitPath(v.text), true
	case v.kind == '[':
		segs := make([]string, 0, len(v.kids))
		for _, k := range v.kids {
			switch {
			case k.kind == '"' || k.kind == '0':
				segs = append(segs, k.text)
			case k.isObject() && k.get("key") != nil: // Standard Schema: {key: "a"}
				segs = append(segs, k.get("key").str())
			default:
				return nil, false
			}
		}
		if len(segs) == 1 {
			segs = splitPath(segs[0])
		}
		return segs, len(segs) > 0
	case v.isObject():
		if s := v.get("pointer").str(); s != "" {
			i.absolute = true
			return splitPath(s), true
		}
		if s := v.get("parameter").str(); s != "" {
			i.place, i.absolute = inQuery, false
			return splitPath(s), true
		}
		if pl, ok := placeOf(v.get("in").str()); ok && v.get("name").str() != "" { // OpenAPI's own way to name a parameter
			i.place = pl
			return []string{v.get("name").str()}, true
		}
		if p := v.get("path"); p.isString() && strings.HasPrefix(p.text, "/") { // a part of the request, and where in it
			if pl, ok := placeOf(v.get("name").str()); ok {
				i.place = pl
			}
			i.absolute = true
			return splitPath(p.text), true
		}
		if s := v.get("header").str(); s != "" {
			i.place, i.absolute = inHeader, true // a field that is named and not there is one that is asked for
			return splitPath(s), true
		}
	}
	return nil, false
}

// firstString returns the first member that is a string or a word-like number.
func firstString(n *node, keys []string) string {
	for _, k := range keys {
		if v := n.either(k); v.isString() && v.text != "" && !strings.Contains(v.text, " ") {
			return v.text
		}
	}
	return ""
}

// firstText returns the first member that is a sentence, or a word when there is none.
func firstText(n *node, keys []string) string {
	word := ""
	for _, k := range keys {
		v := n.either(k)
		if v != nil && v.kind == '[' {
			v = v.at("0")
		}
		s := v.str()
		if v == nil || v.kind == '0' {
			continue
		}
		if strings.Contains(s, " ") {
			return s
		}
		if word == "" {
			word = s
		}
	}
	return word
}

// items reads every object of an array.
func items(list *node, source string) []issue {
	var out []issue
	for i, n := range list.list() {
		if !n.isObject() || len(out) >= maxIssues {
			continue
		}
		if is, ok := itemIssue(n, source+"["+itoa(i)+"]"); ok {
			is.item = i
			out = append(out, is)
		}
	}
	return out
}

// fieldMap reads {field: [message]}, nested to any depth: DRF, Rails, Laravel, ASP.NET, marshmallow.
func fieldMap(n *node, prefix []string, source string, depth int) []issue {
	if !n.isObject() || depth > maxDepth {
		return nil
	}
	var out []issue
	if n.translations() {
		return nil // said by messages
	}
	for k, key := range n.keys {
		if len(out) >= maxIssues {
			break
		}
		v := n.kids[k]
		segs := append(append([]string{}, prefix...), splitPath(key)...)
		if whole(key) || key == "children" && formChildren(v) || len(prefix) > 0 && v.isString() && ruleName(key) {
			segs = prefix
		}
		src := inside(source, key)
		switch {
		case v.isString():
			out = append(out, issue{segs: segs, text: v.text, source: src, absolute: len(segs) > 1})
		case v.isObject() && (v.get("message") != nil || v.get("msg") != nil) && v.get("message").str()+v.get("msg").str() != "":
			i, _ := itemIssue(v, src)
			i.segs = segs
			out = append(out, i)
		case v.isObject() && wordsAndCode(v):
			i, _ := itemIssue(v, src)
			i.segs, i.text = segs, complaint(v)
			out = append(out, i)
		case v.isObject():
			out = append(out, fieldMap(v, segs, src, depth+1)...)
		case v.kind == '[':
			for j, e := range v.kids[:min(len(v.kids), maxIssues)] {
				switch {
				case e.isString():
					out = append(out, issue{segs: segs, text: e.text, source: src + "[" + itoa(j) + "]", absolute: len(segs) > 1})
				case e.isObject() && (e.get("message").isString() || e.get("error").isString() || e.get("code").isString() || e.get("description").isString() || e.get("msg").list() != nil):
					i, _ := itemIssue(e, src+"["+itoa(j)+"]")
					i.segs = segs
					out = append(out, i)
				case e.isObject() && len(v.kids) == 1 && (isNumber(lastOf(segs)) || len(e.keys) > 0 && isNumber(e.keys[0])):
					out = append(out, fieldMap(e, segs, src, depth+1)...) // Cerberus: {items: [{1: [{qty: [message]}]}]}
				case e.isObject():
					at := append(append([]string{}, segs...), itoa(j))
					out = append(out, fieldMap(e, at, src+"["+itoa(j)+"]", depth+1)...)
				}
			}
		}
	}
	return out
}

// inside is the source of a member: a key of a server may be as long as its body, and no text needs that much of it.
func inside(source, key string) string {
	return source[:min(len(source), maxPath)] + "." + key[:min(len(key), maxPath)]
}

// formChildren reports the fields of a form as Symfony writes them: {a: {errors: […]}, b: {}}.
func formChildren(v *node) bool {
	errors := false
	for _, kid := range v.kids {
		for _, k := range kid.keys {
			if k != "errors" && k != "children" {
				return false
			}
			errors = true
		}
	}
	return v.isObject() && errors
}

// ruleName reports the name of a validator's rule in the place of a list of messages: {a: {isEmpty: "…"}}, {a: {_required: "…"}}.
func ruleName(key string) bool {
	return strings.HasPrefix(key, "_") || ruleNameRE.MatchString(key) || classOfCode(key) != unclear
}

var ruleNameRE = lazyre.New(`^(?:is|in|not|no|too|has)[A-Z]\w*$`)

// whole reports whether a key stands for the object itself and not for a field of it.
func whole(key string) bool {
	switch fold(key) {
	case "nonfielderrors", "schema", "base", "all", "errors", "", "root", "global", "$", "error", "messages", "formerrors":
		return true
	}
	return false
}

func lastOf(segs []string) string {
	if len(segs) == 0 {
		return ""
	}
	return segs[len(segs)-1]
}
