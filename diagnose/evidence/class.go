package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// A class is what a server says is wrong with an element.
type class int

const (
	unclear     class = iota
	missing           // absent and required
	blank             // required, and perhaps there but empty
	unexpected        // not known here
	wrongType         // another JSON type
	wrongFormat       // right type, wrong spelling: date, UUID, e-mail
	wrongValue        // outside of what is allowed
	syntax            // the body cannot be parsed
	exists            // a duplicate
	together          // two elements exclude each other, or one needs another
)

// cause returns the id for a class at a place.
func (c class) cause(p place) diagnose.CauseID {
	switch c {
	case syntax:
		return "malformed_json"
	case exists:
		return "already_exists"
	case together:
		return "interacting_parameters"
	}
	switch p {
	case inHeader, inCookie:
		if c == missing || c == blank {
			return "missing_request_header"
		}
		return "invalid_request_header"
	case inQuery, inPath:
		if c == missing || c == blank {
			return "missing_request_parameter"
		}
		return "invalid_request_parameter"
	}
	switch c {
	case missing, blank:
		return "missing_body_property"
	case unexpected:
		return "unexpected_body_property"
	case wrongType:
		return "invalid_body_property_type"
	case wrongFormat:
		return "invalid_body_property_format"
	}
	return "invalid_body_property_value"
}

// classify reads the class from a code and, when that says nothing, from the message.
func classify(code, message string) class {
	switch c := classOfCode(code); {
	case c == wrongType && strings.Contains(strings.ToLower(message), "received undefined"):
		return missing // what is not there has that type (Zod)
	case c != unclear:
		return c
	}
	return classOfText(message)
}

// classOfCode knows the codes of the common validators, spelled without '_', '-', '.' and case.
func classOfCode(code string) class {
	f := strings.ReplaceAll(fold(code), ".", "")
	switch f {
	case "":
		return unclear
	case "missing", "required", "missingargument", "valueerrormissing", "anyrequired", "missingfield",
		"parametermissing", "missingrequiredparameter", "missingparameter", "missingrequiredfield",
		"requiredfieldmissing", "fieldvaluerequired", "basetyperequired", "missingkeywordonlyargument",
		"missingpositionalonlyargument", "keyrequired", "fieldrequired", "requirederror", "requiredif",
		"requiredwith", "requiredunless", "missingrequiredproperty", "objectmissingrequiredproperty",
		"dependentrequired", "isrequired", "propertyrequired", "notnullviolation", "missingproperty", "cantbemissing", "nulliserror", "missingbodyproperty":
		return missing
	case "blank", "empty", "null", "notnull", "notblank", "notempty", "notnullvalidator", "notemptyvalidator",
		"parameterinvalidempty", "isempty", "cannotbeblank", "isblank", "notemptyarray":
		return blank
	case "extraforbidden", "valueerrorextra", "unexpectedkeywordargument", "unexpectedpositionalargument",
		"additionalproperties", "unevaluatedproperties", "unrecognizedkeys", "objectunknown", "parameterunknown",
		"unknownparameter", "unknownfield", "unexpectedproperty", "unexpectedfield", "falseschema",
		"fieldvalueforbidden", "whitelistvalidation", "unknownproperty", "objectadditionalproperties",
		"unknownkey", "unexpectedbodyproperty", "noadditionalpropertiesallowed", "nosuchfield", "invalidfieldforinsertupdate":
		return unexpected
	case "jsoninvalid", "jsontype", "valueerrorjsondecode", "jsonparseerror", "jsonparsererror", "parseerror",
		"jsonparsingexception", "xcontentparseexception", "invalidjson", "malformedjson", "fsterrctpinvalidjsonbody",
		"entityparsefailed", "notparseable":
		return syntax
	case "type", "invalidtype", "incorrecttype", "typemismatch", "fieldvaluetypeinvalid", "stringbase", "numberbase",
		"booleanbase", "arraybase", "objectbase", "numberunsafe", "numberinteger", "parameterinvalidinteger",
		"parameterinvalidstring", "numbertypecoerce", "intfromfloat", "expectedstring", "expectedinteger",
		"expectedboolean", "expectedarray", "expectedobject", "expectedmap", "modelattributestype", "dictattributestype",
		"number", "string", "boolean", "array", "object", "integer", "float", "typeerror", "invalidarguments", "isnumber", "isint", "isstring", "isboolean", "isarray", "isobject", "typeerrorinteger",
		"notanumber", "notaninteger", "stringexpected", "integerexpected", "numberexpected", "booleanexpected", "arrayexpected", "objectexpected", "nullexpected":
		return wrongType
	case "datebase", "dateformat", "format", "pattern", "email", "uuid", "uri", "url", "datetime", "guid",
		"invalidstring", "invalidformat", "invaliddate", "stringpatternmismatch", "stringemail", "stringguid", "stringuri",
		"stringisodate", "stringpatternbase", "regex", "invalidemail", "emailvalidator", "urlparsing", "urltype",
		"uuidparsing", "dateparsing", "datetimeparsing", "timeparsing", "datefromdatetimeparsing", "datefromdatetimeinexact",
		"datetimefromdateparsing", "timedeltaparsing", "invalidtime", "invaliddatetime", "malformedid",
		"invalidemailaddress", "valueerroremail", "valueerrordatetime", "valueerrordate", "valueerroruuid",
		"typeerroruuid", "invalidparametersyntax", "isuuid", "isemail", "isdatestring", "isurl", "isiso8601", "matches", "timezoneaware", "dateexpected", "datetimeexpected", "timeexpected", "uuidexpected", "guidexpected", "emailexpected", "uriexpected", "patternmismatch":
		return wrongFormat
	case "enum", "const", "literalerror", "uniontaginvalid", "oneof", "anyof", "anyonly", "invalidenumvalue", "invalidliteral", "invalidvalue",
		"invalidunion", "minimum", "maximum", "exclusiveminimum", "exclusivemaximum", "minlength", "maxlength", "minitems",
		"maxitems", "uniqueitems", "multipleof", "greaterthan", "greaterthanequal", "lessthan", "lessthanequal", "tooshort",
		"toolong", "toosmall", "toobig", "stringtooshort", "stringtoolong", "stringempty", "notmultipleof", "fieldvalueinvalid",
		"fieldvaluenotsupported", "fieldvaluenotfound", "size", "min", "max", "range", "length", "positive", "positiveorzero",
		"negative", "past", "future", "futureorpresent", "pastorpresent", "decimalmin", "decimalmax", "gt", "gte", "lt", "lte",
		"valuetoolong", "valuetooshort", "valuetoolow", "valuetoohigh", "valueerror", "assertionerror", "unexpectedvalue", "invalidparametervalue",
		"invalidstringlength", "unsupportedvalue", "integerbelowminvalue", "integerabovemaxvalue", "stringabovemaxlength",
		"invalidchoice", "inclusion", "exclusion", "confirmation", "acceptance", "wronglength", "lessthanorequalto", "greaterthanorequalto", "equalto", "otherthan", "notinlist", "maxvalue", "minvalue", "isenum", "isin", "notenum", "basetypechoices",
		"basetypebadlength", "invalidvaluetype", "decimalmaxdigits", "decimalmaxplaces", "enumtypecoerce", "invalidoption", "notallowed", "notinenumeration", "numbertoobig", "numbertoosmall", "toomanyitems", "toofewitems", "itemsnotunique":
		return wrongValue
	case "alreadyexists", "unique", "taken", "duplicatevalue", "fieldvalueduplicate", "uniqueviolation", "duplicate":
		return exists
	case "objectmissing", "objectand", "objector", "objectxor", "objectnand", "objectoxor", "objectwith", "objectwithout",
		"excludedwith", "excludedif", "mutuallyexclusive":
		return together
	}
	return classOfCodeShape(f)
}

// classOfCodeShape reads families of codes: pydantic's int_parsing, string_type, type_error.integer.
func classOfCodeShape(f string) class {
	switch {
	case strings.HasPrefix(f, "typeerrorenum"), strings.HasPrefix(f, "valueerrorconst"):
		return wrongValue
	case strings.HasPrefix(f, "typeerrornone"):
		return blank
	case strings.HasPrefix(f, "typeerror"), strings.HasSuffix(f, "typecoerce"):
		return wrongType
	case strings.HasPrefix(f, "valueerrorurl"), strings.HasPrefix(f, "valueerrorstrregex"):
		return wrongFormat
	case strings.HasPrefix(f, "valueerror"):
		return wrongValue
	case strings.HasSuffix(f, "parsing"):
		return wrongType
	case strings.HasSuffix(f, "type") && len(f) <= len("iterabletypexxxx"):
		switch strings.TrimSuffix(f, "type") {
		case "date", "datetime", "time", "uuid", "timedelta":
			return wrongFormat
		case "string", "int", "integer", "float", "number", "decimal", "bool", "boolean", "list", "tuple", "set", "dict",
			"model", "bytes", "iterable", "mapping", "object", "array", "none", "frozenset":
			return wrongType
		}
	case strings.HasPrefix(f, "missing"):
		return missing
	case strings.HasPrefix(f, "string"), strings.HasPrefix(f, "number"), strings.HasPrefix(f, "array"):
		return wrongValue
	}
	return unclear
}

// A phrase is a wording of validators; the earlier in the table wins.
type phrase struct {
	words string
	class class
}

// classOfText reads a message. The table is ordered from the telling to the vague.
func classOfText(message string) class {
	m := strings.ToLower(message[:min(len(message), 1000)])
	if at := pointerRE.FindStringSubmatch(m); at != nil {
		m = m[len(at[1]):] // a name, and no word of the sentence: body/format must be equal to one of the allowed values
	}
	m = strings.ReplaceAll(strings.ReplaceAll(m, "`", ""), `"`, "")
	switch strings.TrimRight(m, ".") {
	case "":
		return unclear
	case "syntax error": // all that PHP's json_last_error_msg says
		return syntax
	case "unexpected", "unknown", "not expected", "extra": // all that is said of an element named beside it
		return unexpected
	}
	if noMemberRE.MatchString(m) {
		return unexpected
	}
	for _, group := range [][]phrase{syntaxPhrases, missingPhrases, unexpectedPhrases, typePhrases, formatPhrases, valuePhrases, foreignPhrases} {
		for _, p := range group {
			if !strings.Contains(m, p.words) {
				continue
			}
			if p.class == wrongType && strings.HasSuffix(p.words, "object") && objectAsText(message) {
				return wrongFormat
			}
			if p.class == wrongValue && vague(p.words) && isType(expectedType(message)) {
				return wrongType
			}
			return p.class
		}
	}
	return unclear
}

// noMemberRE says of a member that the server has none of that name.
var noMemberRE = lazyre.New(`\b(?:property|field|attribute) '?[\w.-]+'? (?:does not|doesn't) exist\b`)

// pointerRE is the pointer that Ajv begins its messages with.
var pointerRE = lazyre.New(`^((?:[a-z]+)?(?:/[^/ ]+)+ )(?:must|should) `)

// vague reports a phrase that says what is wanted only with what stands behind it.
func vague(words string) bool {
	switch words {
	case "muss ", "doit ", "debe ", "deve ", "must be ", "should be ", "expected", "not a valid", "invalid value", "is not valid":
		return true
	}
	return false
}

// isType reports a type of JSON, and no format of a text.
func isType(t string) bool { return t != "" && t != "string" && !isFormat(t) && t != "null" }

var syntaxPhrases = []phrase{
	{"invalid characters", wrongFormat},
	{"cannot deserialize value", wrongType}, {"cannot coerce", wrongType}, {"cannot construct instance", wrongType}, {"resolve type id", wrongValue}, {"resolve subtype", missing}, {"unrecognized field", unexpected}, // Jackson's, behind Spring's "JSON parse error"
	{"unexpected token", syntax}, {"unexpected end of", syntax}, {"unexpected eof", syntax}, {"unexpected character", syntax},
	{"invalid character", syntax}, {"malformed json", syntax}, {"invalid json", syntax}, {"not valid json", syntax},
	{"json decode error", syntax}, {"json parse error", syntax}, {"json parsing error", syntax}, {"parse json", syntax}, {"parsing json", syntax},
	{"eof while parsing", syntax}, {"trailing comma", syntax}, {"trailing characters", syntax},
	{"expecting value", syntax}, {"expecting property name", syntax}, {"is an invalid start of", syntax}, {"body is not json", syntax},
	{"could not decode json", syntax}, {"failed to decode json", syntax}, {"unparseable", syntax}, {"unterminated string", syntax},
	{"expected property name", syntax}, {"not in json format", syntax}, {"json syntax", syntax}, {"malformed request body", syntax},
	{"parse body as json", syntax}, {"parse the body as json", syntax}, {"data due to invalid formatting", syntax},
}

var missingPhrases = []phrase{
	{"definition for this key is missing", unexpected}, {"match the dimension", wrongValue}, {"dimension mismatch", wrongValue}, {"dimension error", wrongValue},
	{"value found, but", wrongType}, {"file of type", wrongValue}, {"required pattern", wrongFormat}, {"required format", wrongFormat}, {"required length", wrongValue}, {"required type", wrongType},
	{"already exists", exists}, {"exists with same", exists}, {"exists with the same", exists}, {"exists with that", exists}, {"exists with this", exists}, {"already been taken", exists}, {"already in use", exists}, {"must be unique", exists},
	{"exists already", exists}, {"already registered", exists}, {"already taken", exists}, {"is taken", exists}, {"already used", exists},
	{"must differ", together}, {"must be different", together}, {"must not be the same", together}, {"cannot be the same", together},
	{"duplicate key", exists}, {"duplicate entry", exists}, {"unique constraint", exists}, {"uniqueness constraint", exists},
	{"mutually exclusive", together}, {"cannot be used together", together}, {"can not be used together", together},
	{"cannot be combined", together}, {"conflict between", together}, {"only one of", together}, {"cannot both be", together},
	{"may not be specified together", together}, {"not allowed together", together}, {"cannot specify both", together}, {"in combination with", together},
	{"can't be null", blank}, {"can't be blank", blank}, {"not be blank", blank},
	{"not be null", blank}, {"not be empty", blank}, {"can't be empty", blank},
	{"not allowed to be empty", wrongValue}, {"must be filled", blank},
	{"but received undefined", missing}, {"contain at least one of", missing}, {"missing required peer", missing}, {"expected never but", unexpected}, {"is missing or the value is empty", missing}, {"a number is required", wrongType}, {"valid number is required", wrongType}, {"valid integer is required", wrongType},
	{"valid boolean is required", wrongType}, {"valid list is required", wrongType}, {"valid array is required", wrongType}, {"valid object is required", wrongType}, {"valid string is required", wrongType}, {"valid date is required", wrongFormat},
	{"too big: expected", wrongValue}, {"too small: expected", wrongValue}, {"invalid string: must match", wrongFormat}, {"invalid option: expected", wrongValue}, // Zod 4
	{"to be one of", wrongValue}, {"instance of date", wrongFormat}, {"instance of time", wrongFormat},
	{"missing", missing}, {"must specify", missing}, {"should be defined", missing}, {"must be provided", missing}, {"must be present", missing}, {"must be specified", missing},
	{"must be set", missing}, {"must be supplied", missing}, {"not be undefined", missing}, {"is not present", missing},
	{"not provided", missing}, {"not supplied", missing}, {"not specified", missing}, {"no value given", missing}, {"received undefined", missing},
	{"must include", missing}, {"you must provide", missing}, {"please provide", missing}, {"is not set", missing},
	{"is undefined", missing}, {"not found in request", missing}, {"required", missing},
}

var unexpectedPhrases = []phrase{
	{"file extension", wrongFormat}, {"unexpected file", unexpected}, {"must be removed", unexpected},
	{"unexpected item '", unexpected}, {"unknown field", unexpected}, {"invalid key ", unexpected}, {"unknown name", unexpected}, {"unknown key", unexpected}, {"unknown parameter", unexpected},
	{"unknown property", unexpected}, {"unknown attribute", unexpected}, {"unknown argument", unexpected}, {"unknown column", unexpected},
	{"unrecognised", unexpected}, {"unrecognized", unexpected}, {"unexpected field", unexpected},
	{"unexpected property", unexpected}, {"unexpected key", unexpected}, {"unexpected parameter", unexpected},
	{"unexpected argument", unexpected}, {"unexpected attribute", unexpected}, {"additional propert", unexpected},
	{"additional field", unexpected}, {"extra key", unexpected}, {"was not expected", unexpected}, {"is not expected", unexpected}, {"is unexpected", unexpected}, {"not understood by this", unexpected}, {"extra field", unexpected}, {"extra inputs", unexpected}, {"extra propert", unexpected},
	{"should not exist", unexpected}, {"forbidden property", unexpected}, {"is not a property", unexpected}, {"is not a field", unexpected}, {"is not an attribute", unexpected}, {"property does not exist", unexpected}, {"property doesn't exist", unexpected}, {"property doesnt exist", unexpected},
	{"unpermitted parameter", unexpected}, {"undeclared", unexpected}, {"no such field", unexpected}, {"unsupported field", unexpected},
	{"unsupported property", unexpected}, {"was not declared", unexpected}, {"is not declared", unexpected}, {"unsupported parameter", unexpected}, {"strict mode", unexpected}, {"is not defined by type", unexpected},
	{"not a known", unexpected}, {"is not known", unexpected}, {"is unknown", unexpected}, {"could not be mapped to any", unexpected}, {"could not find member", unexpected}, {"is not defined in the schema", unexpected}, {"field found but not allowed", unexpected}, {"not allowed by the schema", unexpected}, {"not permitted", unexpected}, {"is not allowed", unexpected},
}

var typePhrases = []phrase{
	{"one of the following types", wrongType}, {"must be one of type", wrongType}, {"should be one of type", wrongType}, {"expected one of type", wrongType},
	{"must be one of", wrongValue}, {"should be one of", wrongValue}, {"expected one of", wrongValue}, // before the names of formats, which are choices, too
	{"valid date", wrongFormat}, {"date string", wrongFormat}, {"iso 8601", wrongFormat}, {"iso8601", wrongFormat},
	{"rfc 3339", wrongFormat}, {"rfc3339", wrongFormat}, {"numeric string", wrongType},
	{"no start_object", wrongType}, {"primitive type", wrongType}, {"cast to ", wrongType}, {"be coerced to", wrongType}, {"expected.js", wrongType}, {"failed to parse type", wrongType}, {"but was string", wrongType},
	{"expects to be int", wrongType}, {"expects to be float", wrongType}, {"expects to be bool", wrongType}, {"expects to be string", wrongType}, {"expects to be array", wrongType}, {"expects to be list", wrongType}, // Nette
	{"expected begin_", wrongType}, {"wrong type", wrongType}, {"must be of ", wrongType}, {"invalid type", wrongType}, {"invalid value type", wrongType}, {"incorrect type", wrongType}, {"type mismatch", wrongType}, {"invalid data type", wrongType},
	{"cannot unmarshal", wrongType}, {"cannot deserialize", wrongType}, {"cannot coerce", wrongType}, {"json value could not be converted", wrongType},
	{"failed to convert", wrongType}, {"expected type", wrongType},
	{"of type", wrongType}, {"unable to parse string as", wrongType}, {"incorrect result type", wrongType}, {"could not convert", wrongType}, {"unable to convert", wrongType}, {"to a number", wrongType}, {"to an integer", wrongType}, {"to a boolean", wrongType}, {"as a number", wrongType}, {"as an integer", wrongType}, {"as a boolean", wrongType},
	{"a valid float", wrongType}, {"a valid decimal", wrongType}, {"a valid list", wrongType}, {"a valid dictionary", wrongType}, {"a valid array", wrongType},
	{"valid integer", wrongType}, {"valid number", wrongType}, {"valid boolean", wrongType}, {"valid string", wrongType},
	{"not an integer", wrongType}, {"not a number", wrongType}, {"not a string", wrongType}, {"not a boolean", wrongType}, {"not a list", wrongType},
	{"must be a number", wrongType}, {"must be number", wrongType}, {"must be integer", wrongType},
	{"must be a string", wrongType}, {"must be string", wrongType}, {"must be a boolean", wrongType}, {"must be boolean", wrongType},
	{"must be an array", wrongType}, {"must be array", wrongType}, {"must be an object", wrongType}, {"must be object", wrongType},
	{"should be number", wrongType}, {"should be string", wrongType}, {"should be integer", wrongType}, {"should be boolean", wrongType}, {"should be array", wrongType}, {"should be object", wrongType},
	{"be numeric", wrongType}, {"whole number", wrongType}, {"must be a numeric", wrongType}, {"must be null", wrongType}, {"must be an int", wrongType},
	{"must be a list", wrongType}, {"should be a number", wrongType}, {"should be a string", wrongType}, {"should be an integer", wrongType},
	{"should be a boolean", wrongType}, {"must be true or false", wrongType}, {"expected number", wrongType}, {"expected string", wrongType}, {"expected boolean", wrongType},
	{"expected integer", wrongType}, {"expected array", wrongType}, {"expected object", wrongType}, {"expected a number", wrongType},
	{"expected a string", wrongType}, {"expected an integer", wrongType}, {"expected a boolean", wrongType},
	{"got string", wrongType}, {"got number", wrongType}, {"got integer", wrongType},
	{"got object, want", wrongType}, {"got array, want", wrongType}, {"got boolean, want", wrongType}, {"got null, want", wrongType}, {"invalid input syntax for type", wrongType}, {"incompatible type", wrongType},
}

var formatPhrases = []phrase{
	{"may only contain", wrongFormat}, {"can only contain", wrongFormat}, {"email", wrongFormat}, {"e-mail", wrongFormat}, {"uuid", wrongFormat}, {"valid url", wrongFormat}, {"https url", wrongFormat}, {"http url", wrongFormat}, {"absolute url", wrongFormat}, {"valid uri", wrongFormat},
	{"datetime", wrongFormat}, {"parsing time", wrongFormat},
	{"does not match the namespace", wrongValue}, {"does not match the name", wrongValue}, {"does not match the one", wrongValue}, {"does not match the value", wrongValue},
	{"format", wrongFormat}, {"pattern", wrongFormat}, {"regular expression", wrongFormat}, {"must match", wrongFormat},
	{"does not match", wrongFormat}, {"hexadecimal", wrongFormat}, {"base64", wrongFormat}, {"timestamp", wrongFormat},
	{"yyyy", wrongFormat}, {"malformed", wrongFormat}, {"could not be parsed", wrongFormat}, {"cannot parse", wrongFormat}, {"unable to parse", wrongFormat}, {"ip address", wrongFormat},
}

var valuePhrases = []phrase{
	{"duplicate item", wrongValue}, {"duplicate value", wrongValue}, {"must not be before", wrongValue}, {"must not be after", wrongValue}, {"must be before", wrongValue}, {"must be after", wrongValue}, {"earlier than", wrongValue}, {"later than", wrongValue},
	{"valid enum value", wrongValue}, {"enumeration", wrongValue}, {"in enum", wrongValue}, {"contain element with name", wrongValue}, {"one of", wrongValue}, {"allowed values", wrongValue}, {"valid values", wrongValue}, {"valid choice", wrongValue}, {"valid option", wrongValue},
	{"permitted values", wrongValue}, {"accepted values", wrongValue}, {"accepted for enum", wrongValue}, {"unknown variant", wrongValue},
	{"at least", wrongValue}, {"at most", wrongValue}, {"greater than", wrongValue}, {"less than", wrongValue}, {"no more than", wrongValue},
	{"too long", wrongValue}, {"too short", wrongValue}, {"too large", wrongValue}, {"too small", wrongValue}, {"too big", wrongValue}, {"too low", wrongValue}, {"too high", wrongValue}, {"out of range", wrongValue},
	{"between", wrongValue}, {"must be positive", wrongValue}, {"must be negative", wrongValue}, {"maximum", wrongValue}, {"minimum", wrongValue},
	{"exceeds", wrongValue}, {"not included in the list", wrongValue}, {"is not supported", wrongValue}, {"unsupported value", wrongValue},
	{"selected", wrongValue}, {"must be equal", wrongValue}, {"must exist", wrongValue}, {"must be >", wrongValue}, {"must be <", wrongValue}, {"must be ", wrongValue}, {"should be ", wrongValue},
	{"invalid enum", wrongValue}, {"invalid value", wrongValue}, {"not a valid", wrongValue}, {"is invalid", wrongValue}, {"is not valid", wrongValue},
	{"invalid", wrongValue}, {"illegal", wrongValue}, {"does not exist", wrongValue}, {"not in the", wrongValue}, {"not understood", wrongValue}, {"not recogni", wrongValue}, {"unexpected value", wrongValue}, {"expected", wrongValue},
}
