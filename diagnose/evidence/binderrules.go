package evidence

import (
	"strings"
	"sync"

	"culprit/request/lazyre"
)

// binderRules are what the binders and routers of frameworks say of a parameter or a member that they cannot read, and what
// stores with an API of their own say of one.
var binderRules = sync.OnceValue(func() []textRule {
	return []textRule{
		{" to a ", lazyre.New("(?i)cannot parse (?:`\\w+` with value )?[`\"]([^`\"\\n]{1,60})[`\"] to an? [`\"]?(\\w+)"), func(m []string) issue { // axum, actix
			return issue{segs: []string{"?"}, value: m[1], class: wrongType, expected: typeWord(m[2]), generic: true}
		}},
		{"unmarshal json ", lazyre.New(`cannot unmarshal JSON (\w+)[^\n]{0,60}? into Go (\S+)(?: value)?(?:[^\n]{0,40}?) within "(/[^"\n]*)"`), func(m []string) issue { // encoding/json/v2
			return issue{segs: splitPointer(strings.TrimPrefix(m[3], "/")), class: wrongType, received: goType(m[1]), expected: goWanted(m[2]), place: inBody, absolute: true, generic: true, dialect: "encoding/json/v2"}
		}},
		{"query string: ", lazyre.New(`[Qq]uery string: ([\w.\[\]-]+): ((?:invalid|cannot|missing|provided|premature|unknown|out of)[^\n]{2,120})`), func(m []string) issue { // axum, actix
			i := issue{segs: splitPath(m[1]), text: m[0], class: wrongType, place: inQuery}
			if strings.HasPrefix(m[2], "invalid digit") {
				i.expected = "integer"
			}
			return i
		}},
		{"attribute must be \"", lazyre.New(`The type of the "(\w+)" attribute must be "(\w+)", "(\w+)" given`), func(m []string) issue { // Symfony
			return issue{segs: []string{m[1]}, class: wrongType, expected: typeWord(m[2]), received: jsonType(m[3]), place: inBody}
		}},
		{"must be formatted as", lazyre.New(`\b(?:body\.)?([\w.\[\]]+) must be formatted as an? ([\w-]+) but got value "([^"\n]*)"`), func(m []string) issue { // goa
			return issue{segs: splitPath(m[1]), text: m[0], value: m[3], class: wrongFormat, expected: typeWord(m[2])}
		}},
		{"occurred while parsing", lazyre.New(`expected (\w+) \(occurred while parsing "(?:\w+\.)*(\w+)"\)`), func(m []string) issue { // poem
			return issue{segs: []string{m[2]}, text: m[0], class: wrongType, expected: typeWord(m[1]), place: inBody}
		}},
		{"unable to deserialize property", lazyre.New(`Unable to deserialize property '(\w+)' because of: [^\n]*?into type: (?:class )?([\w.]+)`), func(m []string) issue { // Yasson
			return issue{segs: []string{m[1]}, text: m[0], class: wrongType, expected: typeWord(strings.TrimSuffix(m[2], ".")), place: inBody}
		}},
		{"be parsed/converted to", lazyre.New(`Request parameter ([\w.-]+) couldn't be parsed/converted to (\w+)`), func(m []string) issue { // Ktor
			return issue{segs: []string{m[1]}, class: wrongType, expected: typeWord(m[2])}
		}},
		{": no parse: ", lazyre.New(`Scotty\.(\w+?)(?:Param)?: no parse: ([\w.-]+):`), func(m []string) issue {
			i := issue{segs: []string{m[2]}, class: wrongType}
			i.place, _ = placeOf(strings.ToLower(m[1]))
			return i
		}},
		{"invalid value for: ", lazyre.New(`Invalid value for: (query|header|path|cookie)(?: parameter)? ([\w-]+)`), said3}, // tapir
		{"permission to access field", lazyre.New(`permission to access fields? "(\w+)"[^\n]{0,60} or it does not exist`), func(m []string) issue { // Directus
			return issue{segs: []string{m[1]}, class: unexpected, place: inBody, generic: true, ratio: likely}
		}},
		{"value is required: ", lazyre.New(`Value is required: ([\w.-]+)`), named1(missing)}, // Yesod
		{"unable to parse query string: ", lazyre.New(`unable to parse query string: (invalid (?:digit|float)[^\n]{0,60})`), func(m []string) issue { // Dropshot
			return issue{segs: []string{"?"}, text: m[0], class: wrongType, expected: "integer", place: inQuery, generic: true}
		}},
		{"failed to bind parameter", lazyre.New(`Failed to bind parameter "([\w?<>.\[\]]+) (\w+)" from "([^"\n]*)"`), func(m []string) issue { // ASP.NET's minimal APIs
			return issue{segs: []string{m[2]}, value: m[3], class: wrongType, expected: typeWord(strings.TrimSuffix(m[1], "?"))}
		}},
		{"error parsing ", lazyre.New(`Error parsing (query parameter|header|capture) ([\w-]+) failed: `), func(m []string) issue { // Servant
			i := issue{segs: []string{m[2]}, class: wrongType}
			i.place, _ = placeOf(strings.Replace(firstWord(m[1]), "capture", "path", 1))
			return i
		}},
		{"in the schema cache", lazyre.New(`Could not find the table '(?:\w+\.)?(\w+)' in the schema cache`), func(m []string) issue { // PostgREST
			return issue{segs: []string{"?"}, value: m[1], place: inPath, class: wrongValue, cause: "resource_not_found", generic: true}
		}},
		{"argument ", lazyre.New("Argument `(\\w+)` is missing"), named1(missing)},                                                                              // Prisma
		{"has been declared in the schema", lazyre.New("Field `([\\w.]+)` has been declared in the schema, but is not found in the document"), named1(missing)}, // Typesense
		{" property '", lazyre.New(`invalid (\w+) property '([\w.]+)' on class '[^']*': `), func(m []string) issue { // Weaviate
			return issue{segs: splitPath(m[2]), class: wrongType, expected: typeWord(m[1]), place: inBody}
		}},
		{" query option", lazyre.New(`Invalid value '[^'\n]*' for (\$\w+) query option`), func(m []string) issue { // OData
			return issue{segs: []string{m[1]}, class: wrongValue, place: inQuery}
		}},
		{" at path '", lazyre.New(`Value was not of type '(\w+)' at path '([\w.]+)'`), func(m []string) issue { // Vapor
			return issue{segs: splitPath(m[2]), class: wrongType, expected: typeWord(m[1]), place: inBody, absolute: true}
		}},
		{"required for key", lazyre.New(`Value of type '(\w+)' required for key '(\w+)'`), func(m []string) issue { // Vapor
			return issue{segs: []string{m[2]}, class: wrongType, expected: typeWord(m[1]), generic: true, dialect: thrown}
		}},
	}
})

// said3 is a place and the name of what is refused there.
func said3(m []string) issue {
	i := issue{segs: []string{m[2]}, class: wrongValue}
	i.place, _ = placeOf(m[1])
	return i
}
