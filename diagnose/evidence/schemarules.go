package evidence

import (
	"strings"
	"sync"

	"culprit/request/lazyre"
)

// schemaRules are texts of validators that say where the trouble is: JSON Schema's in every language, and parsers with a
// path. They are tried before all others, for a path says more than a word that looks like a name.
var schemaRules = sync.OnceValue(func() []textRule {
	return []textRule{
		{"required value '", lazyre.New(`Required value '(\w+)'(?: \(JSON name '(\w+)'\))? missing at (\$[\w.\[\]]*)`), func(m []string) issue { // Moshi
			if m[2] != "" {
				m[1] = m[2]
			}
			return issue{segs: append(splitPath(m[3]), m[1]), class: missing, place: inBody, absolute: true, dialect: "Moshi"}
		}},
		{"$", lazyre.New(`(?:^|[\s("\[-])(\$(?:[.\[][\w.\[\]'"$-]*)?): ([^\n]{2,240})`), func(m []string) issue { return located(m[1], m[2]) }},                                         // networknt
		{"#", lazyre.New(`(?:^|[\s("])(#(?:/[^\s:]*)?): ([^\n]{2,240})`), func(m []string) issue { return located(strings.TrimSuffix(m[1], "/"), m[2]) }},                               // everit
		{" at \x60/", lazyre.New("(?:value|property|item|string|number|integer|object|array) at `(/[^`\\n]*)` ([^\\n]{2,200})"), func(m []string) issue { return located(m[1], m[2]) }}, // json_schemer
		{"/properties/", lazyre.New(`#/components/schemas/[\w.-]+((?:/properties/[^/\s]+|/items)+) ([^\n]{2,200})`), func(m []string) issue { // committee
			i := located("", m[2])
			i.segs, _, _ = fromSchema(m[1] + "/type")
			i.text, i.class, i.place = m[2], classOfText(m[2]), inBody
			return i
		}},
		{": (", lazyre.New(`\b(\w+): \(((?:\w+: \()*\w+: [^()\n]{2,160})\)`), nestedChain}, // ozzo-validation
		{"keyword validation failed", lazyre.New(`Keyword validation failed: ([^\n\[]{2,200}) \[([\w>.-]+)\]`), func(m []string) issue { // league/openapi-psr7-validator
			return located(strings.ReplaceAll(m[2], "->", "."), m[1])
		}},
		{"decode field \"", lazyre.New(`(decode response\b[^\n]*?)?(?:decode field "[^"\n]+": (?:callback: |decode [a-z]+: |\[\d+\]: )*)+([^\n]*)`), decodeChain}, // ogen
		{"invalid: ", lazyre.New(`\binvalid: (\w+) \(((?:\[\d+\]|\w+): invalid: [^\n]{2,200})`), invalidChain},                                                    // ogen
		{"[path '", lazyre.New(`\[Path '([^']*)'\] ([^\n]{2,240})`), func(m []string) issue { return located(m[1], m[2]) }},                                       // json-schema-validator, as gateways use it
		{"- at '", lazyre.New(`- at '([^']*)': ([^\n]{2,240})`), func(m []string) issue { return located(m[1], m[2]) }},                                           // santhosh-tekuri/jsonschema
		{"(root): ", lazyre.New(`\(root\): ([^\n]{2,240})`), func(m []string) issue { return located("", m[1]) }},                                                 // gojsonschema
		{"decodingfailure at ", lazyre.New(`DecodingFailure at (\.[\w.\[\]]+): ([^\n]{2,240})`), func(m []string) issue { return located(m[1], m[2]) }},           // circe
		{"$", lazyre.New(`(?i)([^\n]{3,240}?)[ ,;-]+(?:at path:?|at|path:?|@) ?[\x60'"]?(\$(?:[.\[][\w.\[\]'"$-]*)?)(?:$|[\x60'"\s),;:])`), func(m []string) issue { return located(m[2], m[1]) }},
		{" of class ", ofHolderRE, ofHolder},
		{" in collection ", ofHolderRE, ofHolder},
		{" of type ", ofHolderRE, ofHolder},
		{" of model ", ofHolderRE, ofHolder},
		{": #/", lazyre.New(`\b([A-Z][a-z]+(?:[A-Z][a-z]+)+): (#/[^\s,"']+)`), func(m []string) issue { // NJsonSchema
			return issue{segs: splitPath(m[2]), code: m[1], class: classOfCode(m[1]), expected: typeWord(strings.TrimSuffix(m[1], "Expected")), place: inBody, absolute: true, dialect: "NJsonSchema"}
		}},
		{"missing \"", lazyre.New(`(?i)^missing "([\w.-]+)" (?:payload|object|key|member|element|node|section) in the (?:request )?body`), func(m []string) issue { // Strapi
			return issue{segs: splitPath(m[1]), class: missing, place: inBody, absolute: true}
		}},
		{"an api version is required", lazyre.New(`An API version is required, but was not specified`), func(m []string) issue { // Asp.Versioning, where it looks by default
			return issue{segs: []string{"api-version"}, class: missing, place: inQuery, absolute: true}
		}},
		{"does not define propert", lazyre.New(`does not define propert(?:y|ies): ([\w.-]+)`), named1(unexpected)}, // committee
		{"field has no data", lazyre.New(`'(\w+)' field has no data\b`), named1(missing)},                          // Tastypie
		{"jsonvalidationerror", lazyre.New(`\((/[\w/()]*),List\(JsonValidationError\(List\(([\w.]+)\)`), func(m []string) issue { // Play
			return located(strings.NewReplacer("(", "/", ")", "").Replace(m[1]), m[2])
		}},
		{"propertypath=", lazyre.New(`interpolatedMessage='([^']*)', propertyPath=([\w.\[\]]+)`), func(m []string) issue { return located(m[2], m[1]) }}, // Hibernate Validator
		{"type=", lazyre.New(`(?m)^(\w+(?:(?: -> |\.)\w+)*)\n  ([^\n]+?) [(\[]type=([\w.]+)[^\n]*$`), func(m []string) issue { // pydantic's own text
			i := located(strings.ReplaceAll(m[1], " -> ", "."), m[2])
			i.code, i.class, i.expected = m[3], classify(m[3], m[2]), pydanticType(m[3])
			return i
		}},
		{"known type ids", lazyre.New(`Could not resolve type id '([^']*)' as a subtype of [^:]+: known type ids = \[([^\]]*)\]`), func(m []string) issue {
			return issue{segs: []string{"?"}, value: m[1], class: wrongValue, allowed: parseList(m[2], false), generic: true, place: inBody, dialect: "Jackson"}
		}},
		{"properties", lazyre.New(`(?i)missing required propert(?:y|ies) \(\["([^"\]]+)"`), named1(missing)},
		{"required propert", lazyre.New(`(?i)required propert(?:y|ies) (?:is|are) missing(?: from object)?: ([\w.]+)`), named1(missing)}, // Azure API Management
		{"required creator property", lazyre.New(`Missing required creator property '([^']+)'`), named1(missing)},
		{"missing type id property", lazyre.New(`missing type id property '([^']+)'`), named1(missing)},
		{"due to missing", lazyre.New(`for JSON property (\w+) due to missing`), named1(missing)},
		{"should contain property", lazyre.New(`should contain property (\w+)`), named1(missing)},                       // Vert.x
		{"must contain [", lazyre.New(`must contain \['([^'\]]+)'[^\]]*\] propert`), named1(missing)},                   // fastjsonschema
		{"must not contain {", lazyre.New(`must not contain \{'([^'}]+)'[^}]*\} propert`), named1(unexpected)},          // fastjsonschema
		{"to be present", lazyre.New(`requires the following parameters to be present ?: "\$?(\w+)"`), named1(missing)}, // Symfony
		{"extra attributes are not allowed", lazyre.New(`Extra attributes are not allowed \("(\w+)"`), named1(unexpected)},
		{"attribute for class", lazyre.New(`The type of the "(\w+)" attribute for class "[^"]*" must be one of "(\w+)"`), func(m []string) issue {
			return issue{segs: []string{m[1]}, class: wrongType, expected: typeWord(m[2]), place: inBody, dialect: "Symfony"}
		}},
		{"schema mismatch for", lazyre.New(`schema mismatch for \w+\.(\w+); expected (\w+) but got (\w+)`), func(m []string) issue { // Parse
			return issue{segs: []string{m[1]}, class: wrongType, expected: typeWord(m[2]), received: jsonType(m[3]), place: inBody}
		}},
		{"not found in type", lazyre.New(`field '([^']+)' not found in type`), named1(unexpected)},                     // Hasura
		{"does not exist on type", lazyre.New(`property '([^']+)' does not exist on type`), named1(unexpected)},        // OData
		{"does not exist in", lazyre.New(`Property "([^"]+)" does not exist in \w+\.`), named1(unexpected)},            // SAP's OData
		{"could not find member", lazyre.New(`Could not find member '([^']+)' on object of type`), named1(unexpected)}, // Newtonsoft.Json
		{"wrong key", lazyre.New(`Wrong keys? '([^']+)'`), named1(unexpected)},                                         // schema (Python)
		{"is not optional", lazyre.New(`Param "(\w+)" is not optional`), named1(missing)},                              // Appwrite
		{"unspecified keys", lazyre.New(`(?:this|([\w.\[\]]+)) field has unspecified keys: ([\w$-]+)`), func(m []string) issue { // Yup's noUnknown
			return issue{segs: append(splitPath(m[1]), m[2]), class: unexpected, place: inBody, absolute: true}
		}},
		{"is a required field", lazyre.New(`\b([A-Za-z_][\w.\[\]]*) is a required field`), named1(missing)},                           // validator's translation, Yup
		{"missing parameter(s)", lazyre.New(`Missing parameter\(s\): ([\w.]+)`), named1(missing)},                                     // WordPress
		{"invalid: ", lazyre.New(`\binvalid: ([\w.\[\]]+) \(([^)]{2,120})\)`), func(m []string) issue { return located(m[1], m[2]) }}, // ogen
		{"not specified", lazyre.New(`Required (QueryValue|Header|CookieValue|PathVariable|Part|Body) \[([\w-]+)\] not specified`), func(m []string) issue { // Micronaut
			pl, _ := placeOf(strings.TrimSuffix(strings.TrimSuffix(m[1], "Value"), "Variable"))
			return issue{segs: []string{m[2]}, class: missing, place: pl, absolute: true}
		}},
		{"missing parameter", lazyre.New(`Missing parameter ([\w.-]+) in (QUERY|HEADER|COOKIE|PATH)`), said2(missing)}, // Vert.x
		{"(missing)", lazyre.New(`(query|header|cookie) parameter ([\w.-]+) \(missing\)`), func(m []string) issue { // tapir
			pl, _ := placeOf(m[1])
			return issue{segs: []string{m[2]}, class: missing, place: pl}
		}},
		{"missing ", lazyre.New(`^missing ([a-z_][\w.-]*)$`), func(m []string) issue { // Vault
			return issue{segs: splitPath(m[1]), class: missing, bare: true}
		}},
		{"_", lazyre.New(`^(?:INVALID|MISSING)_(?:(?:ARG|ARGUMENT|PARAM|PARAMETER|FIELD|ATTRIBUTE)_)?([A-Z][A-Z_]*)$`), func(m []string) issue { // Firebase Authentication
			return issue{segs: []string{strings.ToLower(m[1])}, text: m[0], generic: m[0][0] == 'I'}
		}},
		{"field name", lazyre.New(`(?i)unknown (?:field|property|column|attribute) name:? [\x60'"]?([\w.-]+)`), named1(unexpected)},     // Airtable
		{"fields are missing", lazyre.New(`(?i)required (?:fields|parameters|properties) are missing: ([\w.\[\]-]+)`), named1(missing)}, // Plaid
		{"are not recognized", lazyre.New(`(?i)fields are not recognized[^:\n]*: ([\w.\[\]-]+)`), named1(unexpected)},
		{"is a required parameter", lazyre.New(`(?i)\b([\w.\[\]-]+) is a required (?:parameter|property|argument|attribute)`), named1(missing)}, // DigitalOcean
		{"missing required parameter", lazyre.New(`\[([\w.-]+)\] Missing required parameter`), named1(missing)},                                 // OVH
		{"bad value: ", lazyre.New(`Bad value: ([\w.\[\]-]+)`), named1(wrongValue)},                                                             // Klarna
		{": missing input", lazyre.New(`\b([\w.\[\]-]+): Missing input`), named1(missing)},                                                      // Asana
		{": unknown object", lazyre.New(`\b([\w.\[\]-]+): (?:Unknown object|Not a recognized)`), func(m []string) issue { // Asana
			return issue{segs: splitPath(m[1]), class: wrongValue}
		}},
		{"was provided", lazyre.New(`(?i)\bno ([a-z_][\w.-]*) was (?:provided|given|specified|supplied)`), named1(missing)},                     // Intercom
		{"json-pointer:", lazyre.New(`([^\n\[\]]{3,160}) \[json-pointer:(/[^\]\n]*)\]`), func(m []string) issue { return located(m[2], m[1]) }}, // Slack
		{":: /", lazyre.New(`:: (/[^\s:]+) :: ([^\n]{3,200})`), func(m []string) issue { return located(m[1], m[2]) }},                          // Rest.li
		{"bad request: ", lazyre.New(`Bad Request: ([a-z_]+) is empty`), named1(blank)},                                                         // Telegram
		{"dynamic introduction of", lazyre.New(`dynamic introduction of \[([^\]]+)\]`), named1(unexpected)},                                     // Elasticsearch
		{"no such prop", lazyre.New(`no such prop(?:erty)? with name '([^']+)'`), named1(unexpected)},                                           // Weaviate
		{"the field cannot be left blank", lazyre.New(`\b([\w.]+): The field cannot be left blank`), named1(missing)},                           // Okta
		{"key (", lazyre.New(`Key \((?:lower\()?"?(\w+)"?(?:::text\))?\)=\(([^)\n]*)\) already exists`), func(m []string) issue { // PostgreSQL
			return issue{segs: []string{m[1]}, value: m[2], class: exists, place: inBody, dialect: "PostgreSQL 23505"}
		}},
		{"have a default value", lazyre.New(`Field '([^']+)' doesn't have a default value`), named1(missing)}, // MySQL
		{"constraint failed", lazyre.New(`NOT NULL constraint failed: \w+\.(\w+)`), named1(missing)},          // SQLite
		{"constraint failed", lazyre.New(`UNIQUE constraint failed: \w+\.(\w+)`), func(m []string) issue {
			return issue{segs: []string{m[1]}, class: exists, place: inBody, dialect: "SQLite"}
		}},
		{"of relation \"", lazyre.New(`column "(\w+)" of relation "[^"]+" does not exist`), named1(unexpected)},             // PostgreSQL 42703
		{"has no column named", lazyre.New(`has no column named (\w+)`), named1(unexpected)},                                // SQLite
		{"cannot insert the value null", lazyre.New(`Cannot insert the value NULL into column '([^']+)'`), named1(missing)}, // SQL Server
		{"cannot insert null into", lazyre.New(`cannot insert NULL into \((?:"[^"]*"\.)*"([^"]+)"\)`), func(m []string) issue { // Oracle writes names in capitals
			return issue{segs: []string{strings.ToLower(m[1])}, class: missing, place: inBody, dialect: "ORA-01400"}
		}},
		{"query parameter '", lazyre.New(`(?i)missing required query parameter '([\w.-]+)'`), inTheQuery},                                 // Pekko, Akka
		{"query parameter '", lazyre.New(`Query parameter '([\w.-]+)' is required on path`), inTheQuery},                                  // swagger-request-validator
		{"query argument", lazyre.New(`Query argument ([\w.-]+) is required`), inTheQuery},                                                // oapi-codegen
		{"required request parameters", lazyre.New(`Missing required request parameters: \[([\w.-]+)`), inTheQuery},                       // AWS API Gateway
		{"query string: missing field", lazyre.New("query string: missing field `([^`]+)`"), inTheQuery},                                  // axum
		{"was not provided from", lazyre.New(`Required parameter "(?:[\w?<>.]+ )?(\w+)" was not provided from ([a-z]+)`), said2(missing)}, // ASP.NET's minimal APIs
	}
})

var (
	decodeRE  = lazyre.New(`decode field "([^"\n]+)": `)
	invalidRE = lazyre.New(`^(\[\d+\]|\w+)(?:: invalid: | \()`)
)

// ofHolderRE is what is said of a member, which is named with the kind of thing that it belongs to: Property [email] of class
// [class acme.User] cannot be null; field "title" in collection "posts" can't be null.
var ofHolderRE = lazyre.New(`(?i)\b(?:field|property|attribute) [\[\x60'"]([\w.]+)[\]\x60'"] (?:of|in|on) (?:collection|model|type|entity|class) [\[\x60'"]?(?:class )?[\w.\\$]+[\]\x60'"]?(?: with value \[([^\]\n]*)\])? ([^\n]{4,160})`)

func ofHolder(m []string) issue {
	i := issue{segs: splitPath(m[1]), value: m[2], text: m[0], class: classOfText(m[3]), place: inBody}
	if i.class == unclear {
		return issue{}
	}
	return i
}

// decodeChain reads the fields through which ogen's decoder came, the outermost first. Items of lists have no name in it.
func decodeChain(m []string) issue {
	if m[1] != "" {
		return issue{} // of another server, which this one asked
	}
	i := issue{text: m[2], class: wrongType, place: inBody, generic: true, dialect: "ogen"}
	for _, f := range decodeRE.FindAllStringSubmatch(m[0], maxDepth) {
		i.segs = append(i.segs, f[1])
	}
	if len(i.segs) > 1 {
		i.segs = i.segs[len(i.segs)-1:] // what lies between may be a list
	}
	return i
}

// invalidChain reads the path through which ogen's validation came: items ([1]: invalid: quantity (value -1 less than 0)).
func invalidChain(m []string) issue {
	i := issue{segs: []string{m[1]}, class: wrongValue, place: inBody, absolute: true, dialect: "ogen"}
	rest := m[2]
	for range maxDepth {
		step := invalidRE.FindStringSubmatch(rest)
		if step == nil {
			break
		}
		i.segs, rest = append(i.segs, strings.Trim(step[1], "[]")), rest[len(step[0]):]
	}
	i.text = rest
	return i
}

// nestedChain reads a path whose steps lie in parentheses: rooms: (1: (type: must be a valid value.)).
func nestedChain(m []string) issue {
	steps := strings.Split(m[2], ": (")
	last, text, _ := strings.Cut(steps[len(steps)-1], ": ")
	c := classOfText(text)
	if c == unclear {
		return issue{} // a reason behind a word: upstream: (currency: gone)
	}
	segs := append(append([]string{m[1]}, steps[:len(steps)-1]...), last)
	return issue{segs: segs, text: text, class: c, place: inBody, generic: true, dialect: "ozzo-validation"}
}

// inTheQuery is a parameter of the query that is not there.
func inTheQuery(m []string) issue {
	return issue{segs: []string{m[1]}, class: missing, place: inQuery}
}

// said2 is a name and the place that it belongs to.
func said2(c class) func(m []string) issue {
	return func(m []string) issue {
		pl, _ := placeOf(m[2])
		return issue{segs: splitPath(m[1]), class: c, place: pl, absolute: true}
	}
}

var (
	// lacksRE and extraRE are the name of a member that a validator misses in the object at a path, or does not want there.
	lacksRE = lazyre.New(`(?i)(?:(?:required )?key|required (?:property|properties)|missing (?:key|property|properties|field|required field)|field|fields|object (?:is )?missing required field|required) [\[\x60'"(]+([^\]\x60'")\s,]+)[\]\x60'")]*(?:,[^\n]*?)?(?: not found| (?:is|are) required| is missing|$)|missing (?:property|properties):? ['"]([^'"]+)['"]|^([\w-]+) is required$`)
	extraRE = lazyre.New(`(?i)(?:extraneous key|additional ?propert(?:y|ies)|unknown (?:key|field|property)|unexpected (?:key|property))[ (]+[\[\x60'"]*([\w.-]+)`)
	foundRE = lazyre.New(`(?i)^(\w+) found, (\w+) expected`)
)

// located is a complaint about what is at a path, or about a member of the object there.
func located(path, text string) issue {
	i := issue{segs: splitPath(strings.TrimPrefix(path, "#")), text: text, absolute: true, place: inBody, dialect: "JSON Schema"}
	if m := lacksRE.FindStringSubmatch(text); m != nil {
		i.segs, i.class = append(i.segs, m[1]+m[2]+m[3]), missing
		return i
	}
	if m := extraRE.FindStringSubmatch(text); m != nil && !strings.Contains(text, "does not allow") {
		i.segs, i.class = append(i.segs, m[1]), unexpected
		return i
	}
	if len(i.segs) == 0 {
		return issue{} // about the whole of it, if it is a path at all
	}
	if m := foundRE.FindStringSubmatch(text); m != nil {
		i.class, i.received, i.expected = wrongType, jsonType(m[1]), typeWord(m[2])
	}
	return i
}
