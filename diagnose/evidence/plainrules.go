package evidence

import (
	"slices"
	"strings"
	"sync"

	"culprit/request/lazyre"
)

// ajvPlace matches what AJV's errorsText and Fastify put before a sentence: the place and the path of an object.
const ajvPlace = `(?:\b(body|querystring|query|params|headers)([\w/.\[\]-]*) |([\w/.\[\]-]+ )?)`

// ajvMissing is a member that is missing in the object before the sentence.
func ajvMissing(m []string) issue {
	i := issue{segs: append(splitPath(strings.TrimSpace(m[2]+m[3])), m[4]), class: missing, absolute: true, dialect: "AJV"}
	i.place, _ = placeOf(m[1])
	if i.place == inBody || m[1] != "" {
		return i
	}
	i.segs = trimDataWord(i.segs)
	return i
}

// scriptRules are texts of JavaScript validators: Fastify, AJV, Joi, Zod's prettified errors.
var scriptRules = sync.OnceValue(func() []textRule {
	return []textRule{
		{" have required propert", lazyre.New(ajvPlace + `(?:must|should) have required propert(?:y '|ies )\.?([\w$.-]+)`), ajvMissing},
		{" have property ", lazyre.New(ajvPlace + `(?:must|should) have property ([\w$-]+) when property [\w$-]+ is present`), ajvMissing}, // of several it does not say which
		{"must not have additional properties", lazyre.New(`\b(body|querystring|params|headers|data)([\w/.\[\]-]*) must NOT have additional properties`), func(m []string) issue {
			i := issue{segs: splitPath(m[2]), class: unexpected, absolute: true}
			i.place, _ = placeOf(m[1])
			return i
		}},
		{" ", lazyre.New(`\b(?:data|body|query|querystring|path|params|headers|cookies)[/.][\w/.\[\]-]+ (?:must|should) [^\n]{2,160}`), func(m []string) issue {
			i := issue{text: m[0], dialect: "AJV errorsText, Fastify FST_ERR_VALIDATION"}
			i.located()
			return i
		}},
		{"fails to match", lazyre.New(`"([\w.\[\]-]+)" with value "([^"]*)" fails to match ([^\n]{2,160})`), func(m []string) issue {
			return issue{segs: splitPath(m[1]), value: m[2], text: m[0], class: wrongFormat, absolute: true, dialect: "Joi string.pattern.base"}
		}},
		{"at path: ", lazyre.New(`At path: ([\w.$\[\]-]+) -- (Expected [^\n]+)`), func(m []string) issue {
			i := issue{segs: splitPath(m[1]), text: m[0], absolute: true, dialect: "superstruct"}
			switch {
			case strings.Contains(m[2], "received: `undefined`"):
				i.class = missing
			case strings.Contains(m[2], "type `never`"):
				i.class = unexpected
			case strings.Contains(m[2], " matching "):
				i.class = wrongFormat
			case strings.Contains(m[2], " with a "), strings.Contains(m[2], " than "), strings.Contains(m[2], "nonempty"):
				i.class = wrongValue
			}
			return i
		}},
	}
})

// trimDataWord drops AJV's name for the root.
func trimDataWord(segs []string) []string {
	if len(segs) > 1 && (segs[0] == "data" || segs[0] == "body") {
		return segs[1:]
	}
	return segs
}

// saasRules are texts of well-known services: family 28, and Google's.
var saasRules = sync.OnceValue(func() []textRule {
	google := func(m []string) issue {
		i := issue{text: m[0]}
		googleText(&i)
		return i
	}
	return []textRule{
		{"invalid value at '", googleValueRE, google},
		{"unknown name \"", googleUnknownRE, google},
		{": ", lazyre.New(`^([a-z_]+(?:\.(?:\d+|[a-z_]+))+): (.{3,160})`), func(m []string) issue { // Anthropic: messages.0.content: …
			return issue{segs: splitPath(m[1]), text: m[2], absolute: true, place: inBody}
		}},
		{">> request.", lazyre.New(`>> REQUEST\.(?:PARAMETERS\.)?(QUERY|HEADERS?|BODY)\.(\S+)\s+(R\d+[^\n]*)?`), func(m []string) issue { // Specmatic
			pl, _ := placeOf(m[1])
			return issue{segs: splitPath(m[2]), place: pl, text: m[3], absolute: pl == inBody, dialect: "Specmatic rules"}
		}},
		{"unrecognized request argument", lazyre.New(`Unrecognized request argument supplied: ([\w\[\]]+)`), named1(unexpected)},
		{"param is missing or the value is empty", lazyre.New(`param is missing or the value is empty(?: or invalid)?: (\w+)`), func(m []string) issue {
			return issue{segs: []string{m[1]}, class: missing, absolute: true} // params.require(:order): the object around all attributes
		}},
		{"to be present in params", lazyre.New(`expected key "([\w.]+)" to be present in params`), named1(missing)}, // Phoenix
		{"missing required peer", lazyre.New(`"[^"\n]+" missing required peer "([^"\n]+)"`), named1(missing)},       // Joi
		{"found unpermitted parameter", lazyre.New(`found unpermitted parameters?: :?(\w+)`), named1(unexpected)},
	}
})

// name is a field, bare or in quotes, with a path in it; at least two characters.
const name = `[\x60'"\[]*([A-Za-z_$][\w.\-]*(?:\[\w*\][\w.\-]*)*)[\x60'"\]]*`

// ownedRE are things that one has, or that a server has, and does not send: the 'admin' role is required.
var ownedRE = lazyre.New(`\b(?:roles?|scopes?|permissions?|privileges?|rights?|plan|tier|subscription|licen[sc]e|account|feature|modules?|extensions?|plugins?|package|membership|quorum)\b`)

// plainRules are the wordings of everybody else, telling ones first: 'x' is required, missing field x, unknown
// field x, x must be a number, invalid value for x.
var plainRules = sync.OnceValue(func() []textRule {
	return []textRule{
		{"at least one of", lazyre.New(`(?i)(?:contain|provide|specify|supply|include|have|requires?|of|give|pass|need) at least one of(?: the(?:se)?)?(?: following)?(?: fields| propert(?:y|ies)| parameters| attributes| keys)?:? ?[\[(]?['"\x60]?([A-Za-z_]\w*)['"\x60]?(?:, ?| or |\|)`), named1(missing)},
		{"header", lazyre.New(`(?i)(?:the )?(?:request )?[\x60'"]?([A-Za-z][\w-]+)[\x60'"]? (?:request |http )?header (?:is |was )?(?:required|missing|must be (?:present|set|provided|specified)|not (?:found|present|set|provided))`), func(m []string) issue {
			return issue{segs: []string{m[1]}, place: inHeader, class: missing}
		}},
		{"header", lazyre.New(`(?i)(\b(?:csv|tsv|file|sheet|table|row|column|document|image|archive)\b[^\n]{0,40})?missing (?:the )?(?:(?:required|mandatory|request|http) )*headers?(?:: ?[\x60'"]?| [\x60'"])([A-Za-z][\w-]+)`), func(m []string) issue {
			if m[1] != "" {
				return issue{} // the head of a table
			}
			m = m[1:]
			return issue{segs: []string{m[1]}, place: inHeader, class: missing}
		}},
		{"=", lazyre.New(`[?&]([A-Za-z_][\w.\[\]-]*)=`), func(m []string) issue { // "try another resolution (?step=XX)"
			return issue{segs: []string{m[1]}, place: inQuery, class: wrongValue, generic: true, ratio: code}
		}},
		{"parameter", lazyre.New(`(?i)(?:missing|required)(?: required)? (?:query |url |request )?(?:string )?parameters?:? \(?` + name), func(m []string) issue {
			return issue{segs: splitPath(m[1]), class: missing, place: placeByWord(m[0])}
		}},
		{"parameter", lazyre.New(`(?i)\bno ([\w.-]+(?:\[\w*\])*) (?:query |url |request )?parameter (?:was |is )?(?:provided|given|specified|supplied|present|found|set)`), func(m []string) issue {
			return issue{segs: []string{m[1]}, class: missing, place: inQuery}
		}},
		{"missing:", lazyre.New(`(?i)\b(header|parameter|param|field|property|propertie|key|attribute|argument|column)s?(?: are| is)? missing: ` + name), func(m []string) issue {
			i := issue{segs: splitPath(m[2]), class: missing}
			if strings.EqualFold(m[1], "header") {
				i.place = inHeader
			}
			return i
		}},
		{"to find", lazyre.New(`(?i)\bexpect(?:ed|ing|s) to find (?:an? |the )?['"\x60]?([A-Za-z_][\w-]*)['"\x60]? in (?:the )?['"\x60]?([A-Za-z_][\w-]*)`), func(m []string) issue { // Keystone
			return issue{segs: []string{m[2], m[1]}, class: missing, place: inBody}
		}},
		{" for ", lazyre.New(`(?i)\bno values? (?:was |is |were )?(?:given|specified|provided|supplied|set|bound|found) for (?:(?:the|an?|one|required|mandatory|declared|named|bound|bind|query|template|path|parameter|argument|variable|field|property|placeholder) ){0,4}['"\x60:@$]*([A-Za-z_]\w*)`), named1(missing)},
		{": ", lazyre.New(`(?i)\b(?:error|failed|failure|unable|could not|cannot|problem)(?: to)? (?:process|pars|read|decod|convert|validat|interpret|evaluat)(?:e|ing)? (?:the )?(?:(?:value|parameter|field|property|option|setting|argument) (?:of |for )?)?` + name + `: [^\n]{3,160}`), func(m []string) issue {
			i := issue{segs: splitPath(m[1]), text: m[0], class: classOfText(m[0][strings.Index(m[0], ": "):]), generic: true, bare: true, ratio: likely}
			if i.class == unclear {
				return issue{}
			}
			if i.class == missing || i.class == syntax {
				i.class = wrongValue
			}
			return i
		}},
		{"value ", lazyre.New(`(?i)\bvalue ([^\s'"\x60]{1,60}) (?:cannot|can't|could not|can not) be (?:parsed|converted|cast|interpreted|read|decoded) (?:as|to|into) (?:an? )?(\w+)`), func(m []string) issue {
			return issue{segs: []string{"?"}, text: m[0], value: m[1], class: wrongType, expected: typeWord(m[2]), generic: true}
		}},
		{"", lazyre.New(`(?i)\b(?:invalid|illegal|malformed|unsupported|unknown|bad) (?:[\w-]+ ){1,3}[\[(]([^\])\n]{2,80})[\])](?:, [^\n]{1,80}|[.:]|$)`), func(m []string) issue {
			return issue{segs: []string{"?"}, text: m[0], value: m[1], class: ofValue(classOfText(m[0])), generic: true}
		}},
		{"expected ", lazyre.New(`(?i)\bexpected (?:parameter|argument|property|field|variable|key)(?:\(s\)|s)?: ` + name), named1(missing)},
		{"must", lazyre.New(`(?i)\bmust (?:contain|include|have|carry|provide|specify) (?:an? |the )?['"\x60]?([A-Za-z][\w]*(?:-[\w]+)+)['"\x60]? (?:request |http )?header\b`), func(m []string) issue {
			return issue{segs: []string{m[1]}, place: inHeader, class: missing}
		}},
		{"missing: ", lazyre.New(`(?i)^missing: ` + name + `(?:, [^\n]{1,200})?$`), named1(missing)},
		{"expected but", lazyre.New(`(?i)\b(?:property|field|key|parameter|member|attribute|argument) ` + name + ` (?:was |is )?expected but (?:was |is )?(?:not (?:found|present|given|there|provided)|missing|absent)`), named1(missing)},
		{"null ", lazyre.New(`(?i)\bnull (?:is|values are) not (?:allowed|permitted|accepted|supported) (?:for|in|as) (?:the )?(?:field |property |value of )?` + name), named1(blank)},
		{": ", lazyre.New(`(?i)\b(?:field|parameter|property|attribute) ` + name + `: ((?:too|must|should|not|invalid|out of|has|is|wrong|bad)\b[^\n]{3,160})`), func(m []string) issue {
			i := issue{segs: splitPath(m[1]), text: m[0], class: classOfText(m[2]), generic: true, ratio: likely}
			if i.class == unclear {
				return issue{}
			}
			return i
		}},
		{"", lazyre.New(`(?i)^` + name + `:? (?:is )?(?:unknown|unsupported|malformed|illegal|not recogni[sz]ed|rejected|out of range)\.?$`), twoWords},
		{"", lazyre.New(`(?i)^(?:bad|wrong|incorrect|illegal|malformed|unknown) ` + name + `\.?$`), twoWords},
		{"find", lazyre.New(`(?i)\b(?:didn't|did not|couldn't|could not|can't|cannot|can not) find (?:the )?(?:required )?(?:key|field|property|parameter|argument|attribute|member) ` + name), named1(missing)},
		{"not contain", lazyre.New(`(?i)\brequest does not (?:contain|have|include|specify) (?:an? |the |any )?(?:[\w-]+ ){0,4}?([A-Za-z_]\w*)\.?\s*$`), func(m []string) issue {
			return issue{segs: splitPath(m[1]), class: missing, ratio: likely}
		}},
		{"expect", lazyre.New(`(?i)\bexpect(?:ed|ing|s) (?:an? )?(\w+)(?: value| type)? for (?:the )?(?:key|field|parameter|property|argument|attribute|member) ` + name), func(m []string) issue {
			i := issue{segs: splitPath(m[2]), class: wrongValue}
			if t := typeWord(m[1]); t != "" {
				i.class, i.expected = wrongType, t
			}
			return i
		}},
		{"at least one", lazyre.New(`(?i)\bat least one (?:of )?(?:the )?` + name + `(?: or [^\n]{1,60})? (?:query )?parameter`), func(m []string) issue {
			return issue{segs: splitPath(m[1]), class: missing, place: inQuery}
		}},
		{"no ", lazyre.New(`(?i)^no ([a-z_][\w-]*)(?: id| name| key)?(?: or (?:an? )?[\w-]+)?(?: is| was| were| has been)? (?:given|provided|specified|supplied|passed)\b`), named1(missing)},
		{"not provided", lazyre.New(`(?i)\b([\w.-]+) is not (?:provided|given|specified|supplied|set)`), named1(missing)},
		{"parameter", lazyre.New(`(?i)(?:unknown|unsupported|unrecognized|unexpected|invalid)(?: value for)?(?: the)? (?:query |url |request )?(?:string )?parameter:? ` + name), func(m []string) issue {
			i := issue{segs: splitPath(m[1]), class: wrongValue, place: placeByWord(m[0])}
			if !strings.HasPrefix(strings.ToLower(m[0]), "invalid") {
				i.class = unexpected
			}
			return i
		}},
		{"parameter", lazyre.New(`(?i)(?:query |url )?parameter ` + name + ` (is (?:required|missing)|was not provided|must [^\n]{2,80}|should [^\n]{2,80}|is invalid|has an invalid[^\n]{0,60})`), func(m []string) issue {
			return issue{segs: splitPath(m[1]), text: m[0], place: placeByWord(m[0])}
		}},
		{"parameter", lazyre.New(`(?i)\b(?:invalid|unknown|unsupported|illegal|bad|wrong)\b[^.\n]{1,40} in (?:the )?` + name + ` parameter\b`), func(m []string) issue { // WMS
			return issue{segs: splitPath(m[1]), class: wrongValue}
		}},
		{" number of ", lazyre.New(`(?i)\b(?:wrong|invalid|incorrect|bad) number of (?:arguments|values|elements|items|parts|coordinates) (?:for|in|of) (?:the )?` + name), named1(wrongValue)},
		{"parameter missing", lazyre.New(`(?i)` + name + ` parameter missing\b`), named1(missing)},
		{"missing", lazyre.New(`(?i)missing (?:the )?(?:required |mandatory )*(?:field|property|key|attribute|argument|member|element|value for|parameter)s?(?: named)?:? \(?` + name), named1(missing)},
		{"missing", lazyre.New("(?i)missing (?:the )?[\x60'\"]([A-Za-z_][\\w.-]*(?:\\[\\w*\\])*)[\x60'\"] (?:arg|argument|param|parameter|field|property)\\b"), func(m []string) issue {
			return issue{segs: []string{m[1]}, class: missing}
		}},
		{"missing", lazyre.New(`(?i)missing (?:the |required )*([A-Za-z_][\w.-]*) (?:argument|param|parameter|field|property|attribute)(?:[.,;)!]|\s*$| in | of | from )`), named1(missing)},
		{"missing", lazyre.New(`(?i)missing (?:the )?((?:x-[a-z0-9-]+)|[a-z]+(?:-[a-z0-9]+)+) header`), func(m []string) issue {
			return issue{segs: []string{m[1]}, place: inHeader, class: missing}
		}},
		{"contain", lazyre.New(`(?i)\b(?:must|has to|needs to|should) (?:contain|include|have|carry) (?:an? |the )?(?:(?:required|mandatory|query|url|body|form) )*(?:parameter|field|property|attribute|argument|member|key) ` + name), func(m []string) issue {
			return issue{segs: splitPath(m[1]), class: missing, place: placeByWord(m[0])}
		}},
		{"absent", lazyre.New(`(?i)` + name + `(?: field| property| parameter| attribute| argument)? is absent\b`), func(m []string) issue {
			i := issue{segs: splitPath(m[1]), class: missing}
			if strings.Contains(strings.ToLower(m[0]), "parameter") {
				i.ratio = code
			}
			return i
		}},
		{"invalid", lazyre.New(`(?i)^\W*invalid ['"\x60]([A-Za-z_][\w.-]*)['"\x60]( (?:type|value|format|field|parameter|property|argument|attribute))?\.?$`), func(m []string) issue {
			return issue{segs: splitPath(m[1]), class: wrongValue, generic: m[2] == ""} // by itself it may be a value, or the server's own
		}},
		{"exist", lazyre.New(`(?i)non-?exist(?:ent|ing) (?:column|field|property|key|attribute|argument|parameter|member)s?:? [<(]?` + name), named1(unexpected)},
		{"must", lazyre.New(`(?i)\b(?:you )?must (?:provide|specify|supply|include|give) (?:an?|the) [\x60'"]?([A-Za-z_][\w.]*)[\x60'"]?`), func(m []string) issue {
			return issue{segs: splitPath(m[1]), class: missing}
		}},
		{" '", lazyre.New(`(?i)\b(?:convert|parse|cast|interpret)(?:ing)? (?:the )?(?:value |string |input )?'([^'\n]{1,60})' (?:to|as|into) (?:an? )?([\w -]{3,30})`), func(m []string) issue {
			return issue{segs: []string{"?"}, value: m[1], class: wrongType, expected: typeWord(firstWord(m[2])), generic: true}
		}},
		{"no such method", lazyre.New(`(?i)no such method:? [\x60'"]?([\w./]+)`), func(m []string) issue { // JSON-RPC
			return issue{segs: []string{"?"}, value: m[1], class: wrongValue, generic: true}
		}},
		{"@ data[", lazyre.New(`(?i)([^\n,]{2,160}?) @ data((?:\['?[^\]\n]{1,60}\])+)`), func(m []string) issue { // voluptuous
			return issue{segs: splitPath(strings.ReplaceAll(m[2], "'", "")), text: m[1], class: classOfText(m[1]), absolute: true}
		}},
		{"required", lazyre.New(`(?i)required (?:field|property|key|attribute|argument)s?:? ` + name), named1(missing)},
		{"unknown", lazyre.New(`(?i)unknown (?:field|property|key|attribute|argument|column|member|setting|option)s?:? ` + name), named1(unexpected)},
		{"unexpected", lazyre.New(`(?i)unexpected (?:field|property|key|attribute|argument|member)s?:? ` + name), named1(unexpected)},
		{"unrecognized", lazyre.New(`(?i)unrecogni[sz]ed (?:field|property|key|attribute|argument|member)s?(?:\(s\))?(?: in object)?:? ` + name), named1(unexpected)},
		{"additional propert", lazyre.New(`(?i)additional propert(?:y|ies) (?:are|is)? ?(?:not allowed|forbidden)?[^'"\x60\w]*['"\x60]([^'"\x60]+)['"\x60]`), named1(unexpected)},
		{"is a required property", requiredRE, named1(missing)},
		{"is required", lazyre.New(`(?i)\b(?:file|field|part|input|property|key|attribute|argument|param(?:eter)?) (?:called|named) ["'\x60]?([\w.\[\]-]+)["'\x60]? is required(?:[.,;!\n]|$)`), func(m []string) issue { // a file called x
			return issue{segs: splitPath(m[1]), class: missing, ratio: likely}
		}},
		{"required", lazyre.New(`(?i)['"\x60]([A-Za-z_][\w.-]*)['"\x60] ((?:[a-z]+ ){1,3})(?:is|are) required\b`), func(m []string) issue { // A 'To' phone number is required
			if ownedRE.MatchString(m[2]) {
				return issue{}
			}
			return issue{segs: []string{m[1]}, class: missing}
		}},
		{" must have ", mustHaveRE, func(m []string) issue {
			return issue{segs: append(splitPath(m[1]), m[2]), class: missing, place: inBody, wire: true}
		}},
		{"header", lazyre.New(`(?i)\b([A-Za-z]+(?:-[A-Za-z]+)*)(?: header should be (?:defined|present|set)|: (?:the )?(?:request )?header is (?:required|missing))`), func(m []string) issue {
			return issue{segs: []string{m[1]}, place: inHeader, class: missing}
		}},
		{" both ", lazyre.New(`(?i)\b([a-z_]\w*) and [a-z_]\w* (?:must |should |need to |have to )?both (?:must |should |need to |have to )?be (?:sent|provided|specified|given|supplied|present|set)\b`), named1(missing)},
		{" both ", lazyre.New(`(?i)\b[a-z_]\w* and ([a-z_]\w*) (?:must |should |need to |have to )?both (?:must |should |need to |have to )?be (?:sent|provided|specified|given|supplied|present|set)\b`), named1(missing)},
		{"missing a", lazyre.New(`(?i)\bis missing (?:an? |the |its )(?:required )?['"\x60]?([A-Za-z_]\w*)['"\x60]? (?:attribute|field|property|key|parameter|member|argument)\b`), named1(missing)},
		{"invalid", lazyre.New(`(?i)^\W*invalid (?:(?:([a-z_-]+)|\w*\d\w*) )?(id|identifier|uuid|guid)\W*$`), func(m []string) issue {
			return issue{segs: []string{strings.ToLower(m[1] + m[2])}, place: inPath, class: wrongFormat, generic: true, bare: true, ratio: likely}
		}},
		{"not a", lazyre.New(`(?i)\bnot an? (?:valid )?([a-z][\w ]{1,25}): ['"\x60]?([^\s'"\x60]{2,60})['"\x60]?\.?$`), func(m []string) issue { // task: Not a Long: abc
			expected := typeWord(firstWord(m[1]))
			if expected == "" {
				return issue{} // not a member: Ann
			}
			return issue{segs: []string{"?"}, value: m[2], class: wrongType, expected: expected, generic: true}
		}},
		{"is required", lazyre.New(`(?i)` + name + `(?: field| property| parameter| attribute| member| key| element| argument| column)? (?:is|are) required\b`), named1(missing)},
		{"is not present", lazyre.New(`(?i)` + name + `(?: field| property| parameter| attribute)? is not present\b`), named1(missing)}, // Sequel
		{"is missing", lazyre.New(`(?i)` + name + `(?: field| property| parameter| attribute| member| key| element| argument| column)? is missing\b`), named1(missing)},
		{"mandatory", lazyre.New(`(?i)` + name + `(?: field| property| parameter| attribute)? is mandatory\b`), named1(missing)},
		{"does not", lazyre.New(`(?i)` + name + ` does not (?:have a valid value|match[^\n]{0,80}|conform[^\n]{0,80})`), func(m []string) issue { return issue{segs: splitPath(m[1]), text: m[0]} }},
		{"required", lazyre.New(`(?i)\b` + name + `: (?:is required|required|field required|missing data for required field)`), named1(missing)},
		{"can't be blank", lazyre.New(`(?i)\b(?:query|header|parameter|param|field|property|value of) (\w+) can't be blank`), named1(blank)},
		{"can't be blank", lazyre.New(`(?i)\b([A-Z][\w ]{0,40}?) can't be blank`), named1(blank)},
		{" be ", lazyre.New(`(?i)` + name + `:? (?:can ?not|must not|should not|may not) be (?:null|empty|blank|undefined)`), named1(blank)},
		{"not allowed", lazyre.New(`(?i)` + name + ` (?:is|are) not (?:allowed|permitted|a known|a recognized|a valid (?:field|property|parameter))`), named1(unexpected)},
		{"should not exist", lazyre.New(`(?i)` + name + ` should not exist`), named1(unexpected)},
		{" can", lazyre.New(`(?i)` + name + `:? ((?:cannot|can ?not|can only) (?:match|have|contain|exceed|include|start|end)\b[^\n]{1,160})`), func(m []string) issue { return issue{segs: splitPath(m[1]), text: m[0]} }},
		{"must", lazyre.New(`(?i)` + name + `:? (must(?: only| not)? (?:be|match|have|contain|conform|exceed|include|start|end)\b[^\n]{1,160})`), func(m []string) issue { return issue{segs: splitPath(m[1]), text: m[0]} }},
		{"should", lazyre.New(`(?i)` + name + `:? (should (?:be|match|have|contain)\b[^\n]{1,160})`), func(m []string) issue { return issue{segs: splitPath(m[1]), text: m[0]} }},
		{"expected", lazyre.New(`(?i)` + name + `: expected [^\n]{1,120}`), func(m []string) issue { return issue{segs: splitPath(m[1]), text: m[0]} }},
		{"invalid", lazyre.New(`(?i)invalid (?:values?|type|format|date|data)(?: type)?(?: supplied| provided| given| specified)? (?:for|in|of|at)(?: the)?(?: field| property| parameter| key)? ` + name), func(m []string) issue {
			return issue{segs: splitPath(m[1]), text: ""}
		}},
		{"invalid", lazyre.New(`(?i)invalid (?:field|property|attribute|argument)s?:? ` + name), named1(wrongValue)},
		{"", lazyre.New(`(?i)^\W*(?:invalid|unknown|no such|unrecogni[sz]ed|unsupported) [a-z]{3,20}:? ([\w.-]{3,80})\.?$`), func(m []string) issue { // Invalid table incidnt
			return issue{segs: []string{"?"}, value: m[1], class: wrongValue, generic: true}
		}},
		{"", lazyre.New(`(?i)\b(?:unknown|invalid|unsupported|unrecogni[sz]ed) ((?:[a-z]+ ){1,2})([a-z_]{3,30})\.?$`), func(m []string) issue { // Unknown asset pair
			if slices.ContainsFunc(strings.Fields(strings.ToLower(m[1])), stopWord) {
				return issue{}
			}
			return issue{segs: []string{m[2]}, class: wrongValue, generic: true, bare: true, ratio: code}
		}},
		{"is invalid", lazyre.New(`(?i)` + name + ` (?:is invalid|is not valid|is not a valid [\w -]{2,40}|has an invalid (?:value|format|type))(\.? ?\([^)\n]{1,200}\))?`), func(m []string) issue {
			return issue{segs: splitPath(m[1]), text: m[0]}
		}},
		{"invalid", lazyre.New(`(?i)invalid ([A-Za-z_][\w.]*)\b`), func(m []string) issue {
			return issue{segs: splitPath(m[1]), class: wrongValue, generic: true, ratio: code}
		}},
	}
})

// placeByWord reads "query parameter", "path parameter"; anything else may be anywhere.
func placeByWord(s string) place {
	l := strings.ToLower(s)
	switch {
	case strings.Contains(l, "query"), strings.Contains(l, "url param"):
		return inQuery
	case strings.Contains(l, "path param"):
		return inPath
	}
	return anywhere
}

// twoWords is a name and a word for what is wrong: a path is sure, a bare name may be what the request is about (message
// rejected).
func twoWords(m []string) issue {
	i := misnamed(wrongValue)(m)
	if !strings.ContainsAny(m[1], "._[") && !quotedIn(m[0], i.segs) {
		i.ratio, i.bare = code, true
	}
	return i
}
