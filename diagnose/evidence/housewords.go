package evidence

import (
	"slices"
	"strings"
)

// houseWords reads a body in words of the house's own, whatever their language: wherever it repeats a name of the request, as
// the name of a member or as a whole text, {"erreurs": {"ville": "La ville doit être …"}}, {"where": "body -> starts_on"},
// it points there, and the words beside it are about it.
func (r *reader) houseWords() {
	found := r.pointersIn(r.doc.root, "body", "", 0)
	for n, i := range found[:min(len(found), maxIssues)] {
		i.generic = i.generic || i.class != missing
		if i.generic && len(r.ix.resolve(unplaced(i.segs), anywhere)) == 0 || slices.ContainsFunc(found[:n], func(o issue) bool { return slices.Equal(o.segs, i.segs) }) {
			continue
		}
		r.settle(i)
	}
}

// pointersIn is houseWords below a node. text is the complaint that stands above it.
func (r *reader) pointersIn(n *node, source, text string, depth int) []issue {
	if n == nil || depth > maxDepth {
		return nil
	}
	if s := complaint(n); s != "" {
		text = s
	}
	if depth > 0 && isFieldMap(n, 0) && !hasEnvelope(n) && !wordsAndCode(n) {
		found := fieldMap(n, nil, source, 0)
		for k := range found {
			found[k].class = classify(found[k].code, found[k].text)
		}
		if slices.ContainsFunc(found, func(i issue) bool { return i.class == missing || r.inData(i.segs) }) {
			return found
		}
	}
	if text == "" && n.kind == '[' && depth == 1 && len(n.kids) == 1 && len(r.doc.root.kids) == 1 && looksLikeName(n.kids[0].str()) && !r.inData(splitPath(n.kids[0].str())) {
		return []issue{{segs: splitPath(n.kids[0].text), source: source, class: missing, ratio: echo}} // all that it says is a name that was not sent
	}
	if depth > 0 && r.namesOnly(n) {
		return r.byNames(n, source)
	}
	var out []issue
	for k, kid := range n.kids[:min(len(n.kids), maxIssues)] {
		at := source + "[" + itoa(k) + "]"
		if n.isObject() {
			at = inside(source, n.keys[k])
		}
		switch s := kid.str(); {
		case kid.isContainer():
			out = append(out, r.pointersIn(kid, at, text, depth+1)...)
		case kid.isString() && len(s) > 1 && s != text && looksLikeName(unarrowed(s)):
			i := r.toward(splitPath(unarrowed(s)), text, at)
			if c, told := ajvParams[lastOf(splitPath(at))]; told {
				i.class, i.generic = c, c != missing
			}
			out = append(out, i)
		}
	}
	return out
}

// ajvParams are the parameters of Ajv's errors that name a member; who words the errors anew passes them on as they are.
var ajvParams = map[string]class{"missingProperty": missing, "additionalProperty": unexpected, "unevaluatedProperty": unexpected}

// namesOnly reports an object whose members are all called like elements of the request, and say something else than those
// hold: {"transport": "in"}, a rule for each.
func (r *reader) namesOnly(n *node) bool {
	if !n.isObject() || len(n.kids) == 0 || len(n.kids) > maxIssues || r.isMirror(n) {
		return false
	}
	for k, kid := range n.kids {
		found := r.ix.exact(unplaced(splitPath(n.keys[k])), anywhere)
		if len(found) == 0 || !r.inData(splitPath(n.keys[k])) || len(kid.texts()) == 0 || kid.str() != "" && kid.str() == r.ix.entries[found[0]].value() {
			return false
		}
	}
	return true
}

// byNames are the complaints of an object that has one for each name.
func (r *reader) byNames(n *node, source string) (out []issue) {
	for k, kid := range n.kids {
		text := kid.texts()[0]
		i := issue{segs: unplaced(splitPath(n.keys[k])), code: text, source: inside(source, n.keys[k]), class: classify(text, text), ratio: likely, generic: true}
		if i.class == unclear {
			i.class = wrongValue
		}
		out = append(out, i)
	}
	return out
}

// toward is a complaint about the element of a path. Without words, a path to a container says that something in it is not
// liked, and one whose parent alone is in the request that its end is missing.
func (r *reader) toward(segs []string, text, source string) issue {
	i := issue{segs: segs, text: text, source: source, class: classOfText(text), ratio: likely, generic: true}
	if i.class != unclear {
		i.generic = i.class != missing || len(unplaced(segs)) == len(segs) // "header -> x-tenant": the place says that it is a path
		return i
	}
	i.class = wrongValue
	switch here := r.ix.exact(unplaced(segs), anywhere); {
	case len(here) > 0 && r.ix.entries[here[0]].container():
		i.ratio = challenge
	case len(here) == 0 && len(segs) > 1 && r.inData(segs[:len(segs)-1]):
		i.class, i.ratio, i.generic, i.absolute = missing, code, false, true
	}
	return i
}

// complaint is the first sentence among the members of an object, "" for none.
func complaint(n *node) string {
	if n.kind == '[' && len(n.kids) == 2 && strings.Contains(n.kids[0].str(), " ") && strings.HasPrefix(n.kids[1].str(), "#/") { // a sentence and its pointer
		return n.kids[0].str()
	}
	if !n.isObject() {
		return ""
	}
	for k, kid := range n.kids {
		if s := kid.str(); kid.isString() && strings.Contains(s, " ") && !looksLikeName(unarrowed(s)) && !strings.HasSuffix(fold(n.keys[k]), "id") {
			return s
		}
	}
	return ""
}

// wordsAndCode reports an object that is one complaint in members of the house's own: a sentence, and beside it single words.
func wordsAndCode(n *node) bool {
	sentences := 0
	for _, kid := range n.kids {
		if !kid.isString() {
			return false
		}
		if strings.Contains(strings.TrimSpace(kid.text), " ") {
			sentences++
		}
	}
	return sentences == 1 && len(n.kids) > 1
}

// inData reports whether a path is one of the body or the query.
func (r *reader) inData(segs []string) bool {
	found := r.ix.exact(unplaced(segs), anywhere)
	return len(found) > 0 && slices.ContainsFunc(found, func(n int) bool { p := r.ix.entries[n].place; return p == inBody || p == inQuery })
}

// unplaced is a path without the word for the place that it begins with.
func unplaced(segs []string) []string {
	if len(segs) > 1 {
		if _, ok := placeOf(segs[0]); ok {
			return segs[1:]
		}
	}
	return segs
}

// unarrowed writes a path with arrows, body -> starts_on, as one with points.
func unarrowed(s string) string {
	return arrows.Replace(s)
}

var arrows = strings.NewReplacer(" -> ", ".", " => ", ".", " → ", ".", " > ", ".", " › ", ".", " » ", ".", "\u00a0›\u00a0", ".")

// container reports an element that others lie in.
func (e *entry) container() bool {
	t := e.typeName()
	return e.el == nil || t == "object" || t == "array"
}

// foreignPhrases are the words for what is required or not valid in the translations that validators come with: Rails',
// Laravel's, AJV's, go-playground's, Hibernate's.
var foreignPhrases = []phrase{
	{"obligatoire", missing}, {"est requis", missing}, {"obligator", missing}, {"requerid", missing}, {"erforderlich", missing}, {"pflichtfeld", missing}, {" fehlt", missing},
	{"muss ausgefüllt", missing}, {"obrigat", missing}, {"obbligator", missing}, {"è richiest", missing}, {"verplicht", missing}, {"wymagan", missing}, {"обязател", missing},
	{"必須", missing}, {"必填", missing}, {"缺少", missing}, {"不能为空", missing}, {"zorunlu", missing}, {"påkrævet", missing}, {"obligatorisk", missing}, {"povinn", missing},
	{"必要な", missing}, {"必需", missing}, {"必须填写", missing}, {"필수", missing}, {"입력해", missing}, {"wird benötigt", missing}, {"manquant", missing}, {"ausente", missing}, {"mancante", missing}, {"ontbreekt", missing}, {"vereist", missing}, {"отсутств", missing},
	{"darf nicht null", blank}, {"darf nicht leer", blank}, {"pas être nul", blank}, {"pas être vide", blank}, {"ne peut être vide", blank}, {"no puede ser nul", blank}, {"no debe ser nul", blank}, {"no puede estar vac", blank}, {"no debe estar vac", blank},
	{"não deve ser nul", blank}, {"não pode ser nul", blank}, {"não deve estar", blank}, {"não pode estar", blank}, {"não pode ser vazi", blank}, {"non può essere vuot", blank}, {"non può essere null", blank}, {"non deve essere null", blank}, {"mag niet leeg", blank}, {"mag niet null", blank},
	{"nie może być pust", blank}, {"nie może być null", blank}, {"не может быть пуст", blank}, {"не должно быть пуст", blank}, {"не должно быть null", blank}, {"不能为null", blank}, {"不得为空", blank}, {"を入力してください", blank}, {"を指定してください", blank},
	{"muster ", wrongFormat}, {"formato ", wrongFormat}, {"formaat", wrongFormat}, {"au format", wrongFormat}, {"courriel", wrongFormat}, {"correo electr", wrongFormat},
	{"muss ", wrongValue}, {"ungültig", wrongValue}, {"doit ", wrongValue}, {"devez ", wrongValue}, {"invalide", wrongValue}, {"n'est pas", wrongValue}, {"debe ", wrongValue}, {"no es ", wrongValue},
	{"deve ", wrongValue}, {"inválid", wrongValue}, {"non è ", wrongValue}, {"moet ", wrongValue}, {"ongeldig", wrongValue}, {"недопустим", wrongValue}, {"不正", wrongValue}, {"无效", wrongValue}, {"不合法", wrongValue}, {"должн", wrongValue}, {"недействительн", wrongValue}, {"musi ", wrongValue}, {"nieprawidłow", wrongValue}, {"必须", wrongValue}, {"해야 합니다", wrongValue}, {"유효하지", wrongValue}, {"올바르지", wrongValue}, {"無効", wrongValue}, {"有误", wrongValue}, {"格式错误", wrongFormat},
}
