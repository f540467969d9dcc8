package evidence

import (
	"slices"
	"strings"
	"sync"

	"culprit/request/lazyre"
)

// dialectRules are texts of validators and binders of single languages that put a path or a class into words of their
// own. They come before all others, for what they repeat of a schema would else be read as a complaint.
var dialectRules = sync.OnceValue(func() []textRule {
	return []textRule{
		{"→ at ", lazyre.New(`(?m)^[✖×x*-]? ?([^\n]{2,240})\n\s*→ at ([\w.\[\]"$-]+)`), func(m []string) issue { // zod's prettifyError
			i := issue{segs: splitPath(m[2]), text: m[1], place: inBody, dialect: "zod prettifyError"}
			if strings.HasSuffix(m[1], "received undefined") {
				i.class = missing
			}
			i.absolute = true
			return i
		}},
		{"in object", lazyre.New("(?:Expected property|Did not expect property) (?:\\w+ )?`([^`\\n]+)`([^\\n]{2,240}?)((?: in object(?: `[^`\\n]+`)?)+)"), func(m []string) issue {
			i := issue{segs: append(innermostLast(m[3]), m[1]), text: m[0], absolute: true, place: inBody, dialect: "ow"}
			switch {
			case strings.HasPrefix(m[0], "Did not expect"):
				i.class = unexpected
			case strings.Contains(m[2], "received type `undefined`"):
				i.class = missing
			case classOfText(m[2]) == unclear:
				i.class = wrongValue
			}
			i.allowed = bracketedList(m[2])
			return i
		}},
		{"(array ", lazyre.New("\\(array `([^`\\n]+)`\\) Expected property values to be of type `(\\w+)` but received type `(\\w+)`"), func(m []string) issue { // ow
			return issue{segs: append(splitPath(m[1]), "*"), class: wrongType, expected: typeWord(m[2]), received: jsonType(m[3]), text: m[0], absolute: true, place: inBody, dialect: "ow"}
		}},
		{"' parameter, but the request", lazyre.New(`'([^']+)' field is a 'required' parameter, but the request`), named1(missing)}, // Hertz
		{"expr_path=", lazyre.New(`expr_path=([\w.\[\]]+), cause=([^\n]{2,160})`), func(m []string) issue { // tagexpr: Hertz, Kitex
			i := issue{segs: splitPath(m[1]), text: m[0], class: classOfText(m[2]), absolute: true, dialect: "go-tagexpr"}
			if i.class == unclear {
				i.class = wrongValue
			}
			return i
		}},
		{"invalid path \"", lazyre.New(`schema: invalid path "([^"]+)"`), named1(unexpected)}, // gorilla/schema
		{" is empty", lazyre.New(`^([A-Za-z_][\w.\[\]-]*) is empty(?: \(and \d+ other errors?\))?$`), func(m []string) issue {
			return issue{segs: splitPath(m[1]), class: blank, dialect: "gorilla/schema"}
		}},
		{"json attribute: ", lazyre.New(`(Missing|Unknown) JSON attribute: ([\w.$-]+)`), func(m []string) issue { // Crystal
			i := issue{segs: []string{m[2]}, class: missing, place: inBody, dialect: "JSON::Serializable"}
			if m[1] == "Unknown" {
				i.class = unexpected
			}
			return i
		}},
		{"unknown enum ", lazyre.New(`Unknown enum ([\w:]+) value: "?([^"\n]+?)"?(?:$|\n| at line)`), func(m []string) issue { // Crystal
			return ofType(m[1], m[2])
		}},
		{"no enum constant", lazyre.New(`No enum constant ([\w.$]+)\.([\w-]+)`), func(m []string) issue { return ofType(m[1], m[2]) }}, // Java
		{"'arg' ", lazyre.New(`'arg' (?:must|should) be (?:one )?of ([^\n]{2,300})`), func(m []string) issue { // R: the word is match.arg's own
			return issue{segs: []string{"?"}, text: m[0], class: wrongValue, allowed: parseList(m[1], true), generic: true}
		}},
		{"'", lazyre.New(`^(?:KeyError:? )?'([A-Za-z_][\w.-]*)'$`), lacked}, // Python: str(KeyError)
		{"of hash", lazyre.New(`(?s)did not pass type constraint.*`), typeTiny},
		{"to appear in hash", lazyre.New(`(?s)did not pass type constraint.*`), typeTiny},
		{"of hash with \"", lazyre.New(`constrains value at key "([^"]+)" of hash with "(Enum\[[^\]\n]*\]|[^"\n]*)"`), func(m []string) issue { // one step of typeTiny by itself
			i := issue{segs: []string{m[1]}, text: m[0], class: wrongValue, place: inBody, generic: true, dialect: "Type::Tiny"}
			i.allowed = []string{}
			if list, ok := strings.CutPrefix(m[2], "Enum["); ok {
				i.allowed = parseList(strings.TrimSuffix(list, "]"), true)
			}
			return i
		}},
	}
})

// innermostLast reads the objects in which ow says a property lies, the innermost first, and drops the outermost: it is
// the name of the value that was checked.
func innermostLast(objects string) []string {
	var segs []string
	for _, o := range strings.Split(objects, " in object")[1:] {
		segs = append(segs, strings.Trim(o, " `"))
	}
	slices.Reverse(segs)
	return segs[min(1, len(segs)):]
}

// bracketedList reads a list in JSON out of a sentence.
func bracketedList(text string) []string {
	at := strings.IndexByte(text, '[')
	if at < 0 {
		return nil
	}
	n, _ := parseTree(text[at:])
	return n.texts()
}

// ofType is a value that a type of the server does not know. The type is mostly named like the field; the value alone
// does not say where it stands when it is short.
func ofType(typ, value string) issue {
	typ = typ[strings.LastIndexAny(typ, ".:$")+1:]
	return issue{segs: []string{typ}, value: value, class: wrongValue, generic: true}
}

var (
	tinyPathRE = lazyre.New(`\(in \$_->([^()\n]+)\)`)
	tinyKeyRE  = lazyre.New(`constrains value at key "([^"]+)" of hash|constrains each value in the array`)
	tinyLackRE = lazyre.New(`(requires|does not allow) key "([^"]+)" to appear in hash`)
)

// typeTiny reads the explanation of Type::Tiny: one step from a type to the next for each level of the data.
func typeTiny(m []string) issue {
	i := issue{text: m[0], class: wrongValue, place: inBody, absolute: true, dialect: "Type::Tiny"}
	i.allowed = []string{} // what is quoted is types, not values
	rest := m[0]
	if at := tinyPathRE.FindAllStringSubmatchIndex(rest, -1); len(at) > 0 {
		last := at[len(at)-1]
		i.segs, rest = splitPath(strings.NewReplacer("{", "[", "}", "]").Replace(rest[last[2]:last[3]])), rest[last[1]:]
	}
	for _, step := range tinyKeyRE.FindAllStringSubmatch(rest, maxDepth) {
		if step[1] == "" {
			step[1] = "*"
		}
		i.segs = append(i.segs, step[1])
	}
	if lack := tinyLackRE.FindStringSubmatch(rest); lack != nil {
		i.segs, i.class = append(i.segs, lack[2]), missing
		if lack[1] != "requires" {
			i.class = unexpected
		}
	}
	return i
}

// schemaWords are the words of JSON Schema that lead from a schema to one below it, in a location of the schema.
var schemaWords = []string{"properties", "patternProperties", "definitions", "$defs", "allOf", "anyOf", "oneOf", "then", "else", "$ref", "components", "schemas"}

// fromSchema reads the location of a rule in a schema as the path of what it is about: /properties/lines/items/required
// is about lines and its items. ok is false when it is none.
func fromSchema(location string) (segs []string, rule string, ok bool) {
	p := strings.TrimPrefix(location, "#")
	if p == "/required" || p == "/additionalProperties" { // of the whole
		return nil, p[1:], true
	}
	if !strings.HasPrefix(p, "/properties/") {
		return nil, "", false
	}
	all := splitPointer(strings.TrimPrefix(p, "/"))
	for n := 0; n < len(all)-1; n++ {
		switch s := all[n]; {
		case s == "properties":
			n++
			if n < len(all) {
				segs = append(segs, all[n])
			}
		case s == "items" || s == "prefixItems":
			segs = append(segs, "*")
		case isNumber(s) || slices.Contains(schemaWords, s):
		default:
			return nil, "", false
		}
	}
	return segs, lastOf(all), true
}
