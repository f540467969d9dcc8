package evidence

import (
	"slices"
	"strings"

	"culprit/request/lazyre"
)

// stripe is family 6, and OpenAI's errors, which have the same form: error.{type, code, param, message}.
func stripe(d *doc) []issue {
	e := d.root.get("error")
	if !e.isObject() || e.get("param") == nil {
		return nil
	}
	i := issue{segs: splitPath(e.get("param").str()), code: e.get("code").str(), text: e.get("message").str(), source: "body error.param", dialect: "Stripe errors"}
	if len(i.segs) == 0 {
		return nil
	}
	return []issue{i}
}

// salesforce is part of family 28: [{errorCode, message, fields: []}].
func salesforce(d *doc) []issue {
	var out []issue
	for k, n := range d.root.list() {
		code := n.get("errorCode").str()
		if code == "" {
			continue
		}
		i := issue{code: code, text: n.get("message").str(), source: "body [" + itoa(k) + "].fields", dialect: "Salesforce REST errors"}
		for _, f := range n.get("fields").texts() {
			one := i
			one.segs = splitPath(f)
			out = append(out, one)
		}
		if n.get("fields") == nil || len(n.get("fields").kids) == 0 {
			if m := salesforceColumnRE.FindStringSubmatch(short(i.text)); m != nil {
				i.segs, i.class = []string{m[1]}, unexpected
			}
			switch code {
			case "INVALID_SESSION_ID":
				i.cause = "expired_token"
			case "REQUEST_LIMIT_EXCEEDED":
				i.cause = "quota_exhausted"
			}
			out = append(out, i)
		}
	}
	return out
}

var salesforceColumnRE = lazyre.New(`No such column '(\w+)'`)

var (
	pgColumnRE = lazyre.New(`(?:column|Could not find the) '?"?(\w+)'?"?(?: of relation| column of|"? of|"? does not exist)`)
	pgNullRE   = lazyre.New(`null value in column "(\w+)"`)
	pgValueRE  = lazyre.New(`invalid input (?:syntax|value) for (?:type|enum) ([\w ]+): "([^"]*)"`)
	pgKeyRE    = lazyre.New(`Key \((\w+)\)=\(([^)]*)\)`)
)

// postgREST is part of family 28: PostgREST and Supabase, {code, details, hint, message} with SQLSTATE codes.
func postgREST(d *doc) []issue {
	n := d.root
	if n.get("hint") == nil || n.get("details") == nil || n.get("code") == nil {
		return nil
	}
	msg, details := short(n.get("message").str()), short(n.get("details").str())
	i := issue{text: msg, source: "body message", dialect: "PostgREST errors"}
	switch c := n.get("code").str(); c {
	case "23502":
		if m := pgNullRE.FindStringSubmatch(msg); m != nil {
			i.segs, i.class = []string{m[1]}, missing
		}
	case "PGRST204", "42703":
		if m := pgColumnRE.FindStringSubmatch(msg); m != nil {
			i.segs, i.class = []string{m[1]}, unexpected
		}
	case "22P02", "22007", "22008":
		if m := pgValueRE.FindStringSubmatch(msg); m != nil {
			i.expected, i.value, i.class = typeWord(m[1]), m[2], wrongType
			i.segs = []string{"?"}
			if isFormat(i.expected) || strings.HasPrefix(c, "220") {
				i.class = wrongFormat
			}
			if strings.Contains(msg, "enum") {
				i.class = wrongValue
			}
			i.generic = true
		}
	case "23505", "23503", "23514":
		if m := pgKeyRE.FindStringSubmatch(details); m != nil {
			i.segs, i.value, i.class = []string{m[1]}, m[2], wrongValue
			if c == "23505" {
				i.class = exists
			}
		}
	case "PGRST301", "PGRST303":
		i.cause = "invalid_credentials"
		if strings.Contains(msg, "expired") {
			i.cause = "expired_token"
		}
	case "PGRST102":
		i.class = syntax
	}
	if len(i.segs) == 0 && i.cause == "" && i.class != syntax {
		return nil
	}
	return []issue{i}
}

var (
	graphVariableRE = lazyre.New(`Variable ["'\x60]\$(\w+)["'\x60] (?:got invalid value (.+?)(?: at ["'\x60]([^"'\x60]+)["'\x60])?; (.+)|of (?:required )?type ["'\x60]([^"'\x60]+)["'\x60])`)
	graphInvalidRE  = lazyre.New(`(?i)\bvariable ["'\x60]\$?(\w+)["'\x60] (?:has|got) an invalid value(?:: ([^\n]+))?`) // graphql-java
	graphUsedRE     = lazyre.New(`^cannot use (\w+) as (\w+)$`)                                                         // gqlparser
	graphFieldRE    = lazyre.New(`(?:Cannot query field ["'\x60](\w+)["'\x60] on type|Unknown argument ["'\x60](\w+)["'\x60] on field|Unknown type ["'\x60](\w+)["'\x60])`)
	// graphLiteralRE is said of a value or an argument in the document itself (graphql-js, validation rules).
	graphLiteralRE  = lazyre.New(`^(?:\w+|Enum "\w+") cannot represent |^Expected (?:value of )?type "?[\w\[\]!]+"?, found |^(?:Unknown argument|Field) "\w+" .*argument|^Unknown (?:argument|type|fragment|directive) "`)
	graphNotFoundRE = lazyre.New(`Field ["'\x60]?(\w+)["'\x60]? (?:of required type ["'\x60]([^"'\x60]+)["'\x60] was not provided|is not defined by type)`)
	graphArgRE      = lazyre.New(`argument "(\w+)" of type "([^"]+)" is required`)
	graphAbsentRE   = lazyre.New(`(?i)["'\x60]?([\w.-]*\d[\w.-]*)["'\x60]? (?:was |is )?(?:not found|does not exist)|(?:no|unknown|find) \w+ (?:with |for |by )?(?:the )?(?:id )?["'\x60]?([\w.-]*\d[\w.-]*)`)
)

// graphQL is family 8; the answer may well have status 200.
func graphQL(d *doc) []issue {
	errs := d.root.get("errors")
	if errs == nil || errs.kind != '[' {
		return nil
	}
	var out []issue
	for k, n := range errs.kids {
		if n.get("locations") == nil && n.get("extensions") == nil && n.get("path") == nil || n.get("source") != nil {
			continue
		}
		i := issue{text: short(n.get("message").str()), source: "body errors[" + itoa(k) + "]", dialect: "GraphQL §7.1.2"}
		if f := n.at("extensions.field").str(); f != "" { // Directus
			i.segs, i.code = splitPath(f), n.at("extensions.code").str()
			out = append(out, i)
			continue
		}
		if at := n.get("path").texts(); len(at) > 1 && at[0] == "variable" { // gqlparser
			i.segs, i.place, i.absolute = append([]string{"variables"}, at[1:]...), inBody, true
			if m := graphUsedRE.FindStringSubmatch(i.text); m != nil {
				i.class, i.received, i.expected = wrongType, jsonType(m[1]), typeWord(m[2])
			}
			out = append(out, i)
			continue
		}
		if graphText(&i) {
			out = append(out, i)
			continue
		}
		if graphLiteralRE.MatchString(i.text) && n.get("path") == nil { // a value that stands in the document itself
			i.segs, i.absolute, i.class = []string{"query"}, true, wrongValue
			out = append(out, i)
			continue
		}
		if strings.HasPrefix(i.text, "Syntax Error") { // graphql-js
			i.cause, i.segs, i.absolute, i.class = "malformed_request_body", []string{"query"}, true, wrongFormat
			out = append(out, i)
			continue
		}
		switch n.at("extensions.code").str() {
		case "UNAUTHENTICATED":
			i.cause = "invalid_credentials"
		case "FORBIDDEN":
			i.cause = "insufficient_permission"
		case "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED":
			i.segs, i.absolute, i.class = []string{"query"}, true, wrongValue
		case "PERSISTED_QUERY_NOT_FOUND":
			i.segs, i.class, i.place, i.absolute = []string{"query"}, missing, inBody, true
		default:
			i.segs, i.value, i.generic = []string{"?"}, graphValue(i.text), true // its path is one of the answer, not of the request
			if i.value == "" {
				continue
			}
			i.class = wrongValue
		}
		out = append(out, i)
	}
	return out
}

// withoutResponsePaths takes the paths out of GraphQL errors that stand beside data: what went wrong while the answer was
// made is at a place in the answer (GraphQL §7.1.2), and such a path leads to nothing that was sent.
func (n *node) withoutResponsePaths() {
	errs := n.get("errors")
	if n.get("data") == nil || errs == nil || errs.kind != '[' {
		return
	}
	for _, e := range errs.kids {
		if p := e.get("path").texts(); len(p) > 1 && p[0] == "variable" && e.at("extensions.code").str() == "GRAPHQL_VALIDATION_FAILED" {
			continue // gqlparser's path to a variable: nothing was answered yet
		}
		if at := slices.Index(e.keys, "path"); at >= 0 && e.get("message") != nil {
			e.keys, e.kids = slices.Delete(e.keys, at, at+1), slices.Delete(e.kids, at, at+1)
		}
	}
}

// graphValue is the word of a message that says what is not there: Cart c9 not found, "No user with id 7".
func graphValue(text string) string {
	if m := graphAbsentRE.FindStringSubmatch(text); m != nil {
		return m[1] + m[2]
	}
	return ""
}

// graphText reads the messages of graphql-js, which most servers copy.
func graphText(i *issue) bool {
	if m := graphVariableRE.FindStringSubmatch(i.text); m != nil {
		path := m[3]
		if path == "" {
			path = m[1]
		}
		i.segs = append([]string{"variables"}, splitPath(path)...)
		why := m[4]
		switch nf := graphNotFoundRE.FindStringSubmatch(why); {
		case m[5] != "":
			i.class, i.expected = missing, typeWord(strings.TrimRight(m[5], "!"))
		case nf != nil && nf[2] != "":
			i.segs, i.class = append(i.segs, nf[1]), missing
			i.expected = typeWord(strings.TrimRight(nf[2], "!"))
		case nf != nil:
			i.segs, i.class = append(i.segs, nf[1]), unexpected
		case strings.Contains(why, "cannot represent"):
			i.class = wrongType
			word, _, _ := strings.Cut(why, " ")
			i.expected = typeWord(word)
		case strings.Contains(why, "not to be null"):
			i.class = missing
		}
		i.value = unquote(m[2])
		i.absolute = true
		return true
	}
	if m := graphInvalidRE.FindStringSubmatch(i.text); m != nil {
		i.segs, i.place, i.absolute, i.class, i.expected = []string{"variables", m[1]}, inBody, true, wrongValue, expectedType(m[2])
		if isType(i.expected) {
			i.class = wrongType
		}
		return true
	}
	if graphFieldRE.MatchString(i.text) || graphArgRE.MatchString(i.text) {
		i.segs, i.class, i.absolute = []string{"query"}, wrongValue, true
		return true
	}
	return false
}

// fhir is part of family 30: an OperationOutcome.
func fhir(d *doc) []issue {
	if d.root.get("resourceType").str() != "OperationOutcome" {
		return nil
	}
	var out []issue
	for k, n := range d.root.get("issue").list() {
		i := issue{code: n.get("code").str(), text: n.first("diagnostics", "details.text"), source: "body issue[" + itoa(k) + "].expression", dialect: "FHIR OperationOutcome"}
		for _, e := range append(n.get("expression").texts(), n.get("location").texts()...) {
			if i.segs = splitPath(e); len(i.segs) == 1 && startsUpper(i.segs[0]) {
				i.segs, i.generic = nil, true // the resource as a whole
			}
			break
		}
		switch i.code {
		case "structure":
			switch i.class = classOfText(i.text); {
			case i.class == unexpected:
			case len(i.segs) > 0:
				i.class = wrongType
			default:
				i.class = syntax
			}
		}
		if len(i.segs) > 0 || i.class == syntax {
			out = append(out, i)
		}
	}
	return out
}

// xmlErrors reads the code of an XML error as S3 and older APIs send it, and a SOAP fault.
func (r *reader) xmlErrors() {
	d := r.doc
	if d.html || d.root != nil || !strings.HasPrefix(strings.TrimSpace(d.text), "<") {
		return
	}
	if c := d.xmlText("Code"); c != "" && len(c) < 100 {
		r.awsCode(c, "body Code")
	}
	r.soapFault()
}

// userErrors is part of family 28: a GraphQL mutation of Shopify that failed by its own rules, in a success.
func userErrors(d *doc) []issue {
	list, source := mutationErrors(d.root)
	return items(list, source)
}

// mutationErrors finds data.*.userErrors and the like; nil when there are none in it.
func mutationErrors(root *node) (list *node, source string) {
	data := root.get("data")
	if !data.isObject() {
		return nil, ""
	}
	for i, op := range data.kids {
		if !op.isObject() {
			continue
		}
		for k, name := range op.keys {
			if (name == "userErrors" || strings.HasSuffix(name, "UserErrors")) && len(op.kids[k].list()) > 0 {
				return op.kids[k], "body data." + data.keys[i] + "." + name
			}
		}
	}
	return nil, ""
}

// slack is part of family 28: {ok: false, error, needed, provided} in a success.
func slack(d *doc) []issue {
	e := d.root.get("error").str()
	if ok := d.root.get("ok"); ok == nil || ok.kind != 'f' || e == "" {
		return nil
	}
	i := issue{code: e, text: e, source: "body error", ratio: likely, dialect: "Slack Web API errors"}
	switch e {
	case "not_authed":
		i.cause = "missing_credentials"
	case "invalid_auth", "account_inactive", "token_revoked", "not_allowed_token_type":
		i.cause = "invalid_credentials"
	case "token_expired":
		i.cause = "expired_token"
	case "missing_scope":
		i.cause, i.allowed = "insufficient_scope", list(d.root.get("needed").str())
		i.text += ", needed: " + d.root.get("needed").str()
	case "ratelimited":
		i.cause = "rate_limit_exceeded"
	default:
		return nil
	}
	return []issue{i}
}
