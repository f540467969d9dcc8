package evidence

import (
	"cmp"
	"strings"
	"sync"

	"culprit/request/lazyre"
)

// named1 gives the class to the path in the first group.
func named1(c class) func(m []string) issue {
	return func(m []string) issue { return issue{segs: splitPath(m[1]), class: c} }
}

// jvmRules are the texts of Spring, Jackson and Bean Validation: families 13, 14, 15.
var jvmRules = sync.OnceValue(func() []textRule {
	return []textRule{
		{"reference chain", lazyre.New(`(?s)(.{0,600}?)\(?through reference chain: ([^\n]+?)\)?(?:$|\n)`), jackson},
		{"(token ", lazyre.New(`Cannot deserialize value of type [\x60'](?:[\w.]*<)?(?:[\w$]+[.$])*(\w+)>?[\x60'] from (Array|Object) value`), func(m []string) issue {
			i := issue{segs: []string{m[1]}, received: strings.ToLower(m[2]), class: wrongType, expected: "object", place: inBody, generic: true, dialect: "Jackson"}
			if i.received == "object" {
				i.expected = cmp.Or(typeWord(m[1]), "array")
			}
			return i
		}},
		{"cannot deserialize value", lazyre.New(`Cannot deserialize value of type [\x60']([^\x60'\n]+)[\x60'] from (\w+)(?: "([^"]*)"| \(([^)]*)\))?`), func(m []string) issue {
			i := issue{segs: []string{"?"}, value: m[3] + m[4], class: wrongType, expected: typeWord(m[1]), generic: true}
			if isFormat(i.expected) {
				i.class = wrongFormat
			}
			if typeWord(m[1]) == "" {
				i.class = wrongValue
			}
			return i
		}},
		{"required request parameter", lazyre.New(`Required (?:request|\w+) parameter '([^']+)'(?: for method parameter type (\w+))? is not present`), func(m []string) issue {
			return issue{segs: splitPath(m[1]), place: inQuery, class: missing, expected: typeWord(m[2])}
		}},
		{"required parameter", lazyre.New(`Required parameter '([^']+)' is not present`), func(m []string) issue {
			return issue{segs: splitPath(m[1]), place: inQuery, class: missing}
		}},
		{"failed to convert", lazyre.New(`Failed to convert (?:value of type|'(\w+)' with value: '([^']*)')(?:.*?required type '([^']+)')?(?:.*?For input string: [\\"]*"([^"\\]*))?(?:.*?[Mm]ethod parameter '(\w+)')?`), func(m []string) issue {
			name := m[1]
			if name == "" {
				name = m[5]
			}
			return issue{segs: orAny(splitPath(name)), generic: name == "", value: m[2] + m[4], place: inQuery, class: wrongType, expected: typeWord(m[3])}
		}},
		{"for input string", lazyre.New(`For input string: \\?"([^"\\\n]{1,60})`), func(m []string) issue { // NumberFormatException
			return issue{segs: []string{"?"}, value: m[1], class: wrongType, expected: "integer", generic: true}
		}},
		{"with value [", lazyre.New(`parameter \[([\w.-]+)\] with value \[([^\]\n]*)\]`), func(m []string) issue { // Elasticsearch
			return issue{segs: []string{m[1]}, value: m[2], class: wrongType}
		}},
		{"invalid", lazyre.New(`(?i)^invalid (?:value for )?(integer|boolean|number|float|date|timestamp)(?: parameter| value)?: \\?"([^"\\\n]{1,60})`), func(m []string) issue { // CouchDB
			return issue{segs: []string{"?"}, value: m[2], class: wrongType, expected: typeWord(m[1]), generic: true}
		}},
		{"on field", lazyre.New(`on field '([^']+)': rejected value \[([^\]]*)\].*?default message \[([^\]]*)\](?:\s*\]|;|$)`), func(m []string) issue {
			i := issue{segs: splitPath(m[1]), value: m[2], class: classOfText(m[3])}
			if m[2] == "null" && (i.class == blank || i.class == missing) {
				i.class = missing
			}
			return i
		}},
		{"text '", lazyre.New(`Text '([^']*)' could not be parsed`), func(m []string) issue {
			return issue{segs: []string{"?"}, value: m[1], class: wrongFormat, generic: true}
		}},
		{"parse error", lazyre.New(`JSON parse error: (Unexpected (?:character|end-of-input|token)|Unexpected|Illegal)[^:]*`), func(m []string) issue { return issue{class: syntax} }},
	}
})

// jackson reads a reference chain: Order["items"]->java.util.ArrayList[1]->Item["price"].
func jackson(m []string) issue {
	i := issue{text: m[1], absolute: true, place: inBody, dialect: "Jackson"}
	for part := range strings.SplitSeq(m[2], "->") {
		_, in, ok := strings.Cut(part, "[")
		in = strings.Trim(strings.TrimRight(in, ")\"} \\"), "]\"\\")
		if ok && in != "" {
			i.segs = append(i.segs, in)
		}
	}
	lower := strings.ToLower(m[1])
	switch {
	case strings.Contains(lower, "unrecognized field"):
		i.class = unexpected
	case strings.Contains(lower, "missing required creator"), strings.Contains(lower, "due to missing"), strings.Contains(lower, "missing (therefore null)"):
		i.class = missing
	case strings.Contains(lower, "accepted for enum"), strings.Contains(lower, "out of range of"):
		i.class = wrongValue
	case strings.Contains(lower, "cannot deserialize value"), strings.Contains(lower, "cannot coerce"), strings.Contains(lower, "cannot construct"):
		i.class = wrongType
	}
	if _, typ, ok := strings.Cut(m[1], "of type \x60"); ok {
		typ, _, _ = strings.Cut(typ, "\x60")
		i.expected = typeWord(typ)
		if base, _, generic := strings.Cut(typ, "<"); generic {
			i.expected = typeWord(base)
		}
	}
	if isFormat(i.expected) && i.class == wrongType {
		i.class = wrongFormat
	}
	if _, v, ok := strings.Cut(m[1], `from String "`); ok {
		i.value, _, _ = strings.Cut(v, `"`)
	}
	return i
}

// goRules are the texts of encoding/json, go-playground/validator and gin: family 24.
var goRules = sync.OnceValue(func() []textRule {
	return []textRule{
		{"cannot unmarshal", lazyre.New(`cannot unmarshal (\w+)(?: [-\d.e+]+)? into Go (?:struct field (?:\w+\.)?([\w.\[\]-]+) of type ([\w.\[\]*]+)|value of type ([\w.\[\]*]+))`), func(m []string) issue {
			i := issue{class: wrongType, received: goType(m[1]), expected: goWanted(m[3] + m[4]), place: inBody, dialect: "encoding/json"}
			if m[2] != "" {
				i.segs = splitPath(m[2])
			}
			return i
		}},
		{"json: unknown field", lazyre.New(`json: unknown field "([^"]+)"`), func(m []string) issue {
			return issue{segs: []string{m[1]}, class: unexpected, place: inBody, dialect: "encoding/json"}
		}},
		{"field validation for", lazyre.New(`Key: '([^']+)' Error:\s*Field validation for '[^']+' failed on the '(\w+)' tag`), func(m []string) issue {
			return goField(m[1], m[2], m[0])
		}},
		{"parsing time", lazyre.New(`parsing time \\?"+\\?([^"\\]+)\\?"+ as`), func(m []string) issue {
			return issue{segs: []string{"?"}, value: m[1], class: wrongFormat, expected: "date-time", generic: true}
		}},
		{"strconv.", lazyre.New(`strconv\.(Parse\w+|Atoi): parsing \\?"([^"\\]*)`), func(m []string) issue {
			e := map[string]string{"ParseBool": "boolean", "ParseFloat": "number"}[m[1]]
			if e == "" {
				e = "integer"
			}
			return issue{segs: []string{"?"}, value: m[2], class: wrongType, expected: e, generic: true}
		}},
		{"invalid value for", lazyre.New(`invalid value for (\w+) field ([\w.]+): (?:"([^"\\]*)|([^\s"]+))`), func(m []string) issue { // protojson
			i := issue{segs: splitPath(m[2]), class: wrongType, expected: typeWord(m[1]), value: m[3] + m[4], place: inBody, dialect: "google.golang.org/protobuf"}
			if m[1] == "enum" {
				i.class = wrongValue
			}
			return i
		}},
		{"unmarshal type error", lazyre.New(`expected=([\w.\[\]*]+), got=([\w ]+), field=([\w.\[\]]*)`), func(m []string) issue { // echo
			return issue{segs: splitPath(m[3]), class: wrongType, expected: goWanted(m[1]), received: goType(firstWord(m[2])), place: inBody}
		}},
		{"validation error", lazyre.New(`(?:[Vv]alidation errors?: ?|\n ?- )([a-z_]\w*(?:\.\w+|\[[^\]\n]+\])*): ([^\n]{2,160})`), func(m []string) issue {
			return protoField(splitPath(m[1]), m[2])
		}},
	}
})

// goField reads the namespace of go-playground/validator: the name of the struct's type, then names of Go fields.
// Its rule "required" refuses the zero value, whether it was sent or not.
func goField(namespace, tag, text string) issue {
	segs := splitPath(namespace)
	if len(segs) > 1 {
		segs = segs[1:]
	}
	return issue{segs: segs, code: tag, absolute: true, zero: true, text: text, dialect: "go-playground/validator"}
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}

func goType(w string) string {
	if w == "bool" {
		return "boolean"
	}
	return jsonType(w)
}

func goWanted(t string) string {
	switch {
	case strings.HasPrefix(t, "[]"):
		return "array"
	case strings.HasPrefix(t, "map["):
		return "object"
	}
	if w := typeWord(strings.TrimLeft(t, "*")); w != "" {
		return w
	}
	if strings.Contains(t, ".") {
		return "object"
	}
	return ""
}

// rustRules are the texts of serde and axum: family 25.
var rustRules = sync.OnceValue(func() []textRule {
	return []textRule{
		{"invalid type:", lazyre.New(`(?:([\w.\[\]-]+): )?invalid type: (\w+)(?: (?:"([^"]*)"|\x60?([^,\x60]*)\x60?))?, expected (?:an? )?([\w-]+)`), func(m []string) issue {
			i := issue{segs: serdePath(m[1]), received: serdeType(m[2]), value: m[3] + m[4], class: wrongType, expected: typeWord(m[5]), place: inBody, dialect: "serde"}
			return i
		}},
		{"missing field", lazyre.New(`(?:([\w.\[\]-]+): )?missing field [\x60'"]([\w-]+)[\x60'"]`), func(m []string) issue {
			above := serdePath(m[1])
			return issue{segs: append(above, m[2]), class: missing, place: inBody, absolute: len(above) > 0, dialect: "serde"}
		}},
		{"unknown field found", lazyre.New(`Unknown field found while parsing \w+ format: (\w+)`), named1(unexpected)}, // ClickHouse
		{"unknown field", lazyre.New(`(?:([\w.\[\]-]+): )?unknown field [\x60'"]([\w-]+)[\x60'"]`), func(m []string) issue {
			segs := serdePath(m[1])
			if len(segs) == 0 || fold(segs[len(segs)-1]) != fold(m[2]) {
				segs = append(segs, m[2])
			}
			return issue{segs: segs, class: unexpected, place: inBody, dialect: "serde"}
		}},
		{"unknown variant", lazyre.New(`(?:([\w.\[\]-]+): )?unknown variant \x60([^\x60]*)\x60, expected (?:one of )?(.+?)(?: at line|$)`), func(m []string) issue {
			at := serdePath(m[1]) // what axum says in front ends in "type: ", and is no path
			return issue{segs: orAny(at), value: m[2], class: wrongValue, allowed: parseList(m[3], true), generic: len(at) == 0, place: inBody, dialect: "serde"}
		}},
		{"invalid value:", lazyre.New(`(?:([\w.\[\]-]+): )?invalid value: (\w+)(?: (?:"([^"]*)"|\x60?([^,\x60]*)\x60?))?, expected ([^\n]{1,80}?)(?: at line|$)`), func(m []string) issue {
			return issue{segs: serdePath(m[1]), value: m[3] + m[4], class: wrongValue, expected: typeWord(m[5]), place: inBody, dialect: "serde"}
		}},
		{"failed to parse the request body as json", lazyre.New(`Failed to parse the request body as JSON`), func(m []string) issue { return issue{class: syntax} }},
	}
})

// serdePath reads the path that serde_path_to_error puts in front; prose in front is none.
func serdePath(s string) []string {
	if s == "" || strings.EqualFold(s, "json") || strings.EqualFold(s, "error") || strings.EqualFold(s, "type") {
		return nil
	}
	return splitPath(s)
}

// orAny stands for a path that only the value can tell.
func orAny(segs []string) []string {
	if len(segs) == 0 {
		return []string{"?"}
	}
	return segs
}

func serdeType(w string) string {
	switch w {
	case "integer", "floating":
		return "number"
	case "map":
		return "object"
	case "sequence":
		return "array"
	case "unit":
		return "null"
	}
	return jsonType(w)
}

// dotnetRules are texts of ASP.NET outside of a validation problem.
var dotnetRules = sync.OnceValue(func() []textRule {
	return []textRule{
		{"error converting value", lazyre.New(`Error converting value "?([^"]*?)"? to type '([\w.]+)'\. Path '([^']*)'`), func(m []string) issue {
			return issue{segs: splitPath(m[3]), value: m[1], class: wrongType, expected: typeWord(m[2]), absolute: true, place: inBody, dialect: "Newtonsoft.Json"}
		}},
		{"could not convert string to", lazyre.New(`Could not convert string to (\w+): ([^.]*)\. Path '([^']*)'`), func(m []string) issue {
			i := issue{segs: splitPath(m[3]), value: m[2], class: wrongType, expected: typeWord(m[1]), absolute: true, place: inBody, dialect: "Newtonsoft.Json"}
			if isFormat(i.expected) {
				i.class = wrongFormat
			}
			return i
		}},
		{"required property", lazyre.New(`Required property '([^']+)' not found in JSON\. Path '([^']*)'`), func(m []string) issue {
			return issue{segs: append(splitPath(m[2]), m[1]), class: missing, absolute: true, place: inBody, dialect: "Newtonsoft.Json"}
		}},
		{"is not valid for", lazyre.New(`The value '([^']*)' is not valid for (\w+)`), func(m []string) issue {
			return issue{segs: splitPath(m[2]), value: m[1], class: wrongType}
		}},
	}
})
