package evidence

import (
	"strings"
	"sync"

	"culprit/request/lazyre"
)

var prismNameRE = lazyre.New(`(?:property '([^']+)'|parameter:? '?([\w.$\[\]-]+?)'? (?:is required|must))`)

// prism is the shape of Stoplight Prism: validation[].{location: ["body", "items", "1"], code, message}.
func prism(d *doc) []issue {
	return prismItems(d.root.get("validation"), "body validation")
}

// prismItems reads the list itself, which Prism also sends in the header sl-violations, there with "request" in
// front of each location.
func prismItems(list *node, source string) []issue {
	var out []issue
	for k, n := range list.list() {
		loc := n.get("location").texts()
		if len(loc) > 0 && loc[0] == "request" {
			loc = loc[1:]
		}
		if len(loc) == 0 || loc[0] == "response" {
			continue
		}
		i := issue{segs: loc[1:], code: n.get("code").str(), text: short(n.get("message").str()), source: source + "[" + itoa(k) + "].location", absolute: true, dialect: "Prism UNPROCESSABLE_ENTITY"}
		i.place, _ = placeOf(loc[0])
		i.class = classify(i.code, i.text)
		if m := prismNameRE.FindStringSubmatch(i.text); m != nil && (i.class == missing || i.class == unexpected) {
			if name := m[1] + m[2]; len(i.segs) == 0 || i.segs[len(i.segs)-1] != name {
				i.segs = append(i.segs, name)
			}
		}
		out = append(out, i)
	}
	return out
}

// placed gives the path in the first group, the place in the second and the complaint in the third.
func placed(m []string) issue {
	i := issue{segs: splitPath(m[1]), text: m[3], absolute: true}
	i.place, _ = placeOf(m[2])
	return i
}

// openapiRules are the texts of validators that work from an OpenAPI document or a JSON Schema: go-openapi,
// kin-openapi, swagger-tools, jsonschema of Python and of Node.
var openapiRules = sync.OnceValue(func() []textRule {
	return []textRule{
		{" in ", lazyre.New(`([\w.$\[\]-]+) in (body|query|path|header|formData) ((?:is|must|should|shall) [^\n]{2,160})`), placed},
		{"has an error", lazyre.New(`parameter "([^"]+)" in (query|path|header|cookie) has an error: ([^\n]{2,160})`), func(m []string) issue {
			i := placed(m)
			if i.class = classOfText(m[3]); i.class == unclear {
				i.class = wrongValue
			}
			return i
		}},
		{"error at \"", lazyre.New(`Error at "(/[^"]*)": ([^\n|]{2,160})`), func(m []string) issue {
			return issue{segs: splitPath(m[1]), text: m[2], place: inBody, absolute: true, dialect: "kin-openapi"}
		}},
		{"is unsupported", lazyre.New(`property "([^"]+)" is unsupported`), named1(unexpected)},
		{"parameter (", lazyre.New(`[Pp]arameter \(([\w.\[\]-]+)\) ([^\n]{2,120})`), func(m []string) issue {
			i := issue{segs: splitPath(m[1]), text: m[0]}
			if i.class = classOfText(m[2]); i.class == unclear {
				i.class = wrongValue
			}
			return i
		}},
		{"instance", lazyre.New(`\binstance((?:\.\w+|\[\d+\]|\["[^"]+"\])*) (?:requires property "([^"]+)"|is not allowed to have the additional property "([^"]+)"|((?:is|does|must|has) [^\n]{2,120}))`), func(m []string) issue {
			i := issue{segs: splitPath(strings.TrimPrefix(m[1], ".")), text: m[4], place: inBody, absolute: true, dialect: "jsonschema (Node)"}
			switch {
			case m[2] != "":
				i.segs, i.class, i.text = append(i.segs, m[2]), missing, m[0]
			case m[3] != "":
				i.segs, i.class, i.text = append(i.segs, m[3]), unexpected, m[0]
			case strings.HasPrefix(m[4], "is not of a type(s) "):
				i.class, i.expected = wrongType, typeWord(firstWord(strings.TrimPrefix(m[4], "is not of a type(s) ")))
			}
			return i
		}},
		{"invalid input for field/attribute", lazyre.New(`Invalid input for field/attribute ([\w.\[\]-]+)\. Value: '([^'\n]*)'\. ([^\n]{2,160})`), func(m []string) issue { // WSME, as OpenStack's services send it
			return issue{segs: splitPath(m[1]), text: m[0], class: classOfText(m[3])}
		}},
		{"null value in column", pgNullRE, named1(missing)},
		{"required", lazyre.New(`(?i)(?:missing )?required (?:field|propert|parameter|key|attribute|argument)(?:\(s\)|ies|s)?: ` + name + `, `), named1(missing)},
		{"extra fields not permitted", lazyre.New(`extra fields not permitted: ` + name), named1(unexpected)},
	}
})
