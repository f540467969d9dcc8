package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// google is family 3: AIP-193 with BadRequest violations, and the older list of errors.
func google(d *doc) []issue {
	e := d.root.get("error")
	if e == nil && d.root.get("code") != nil && d.root.get("details") != nil {
		e = d.root // grpc-gateway has no envelope
	}
	var out []issue
	for i, detail := range e.get("details").list() {
		src := "body error.details[" + itoa(i) + "]"
		for k, v := range append(detail.get("fieldViolations").list(), detail.get("field_violations").list()...) {
			is := issue{segs: splitPath(v.get("field").str()), text: v.get("description").str(), code: v.get("reason").str(), source: src + ".fieldViolations[" + itoa(k) + "]", dialect: "AIP-193"}
			if googleText(&is) || len(is.segs) > 0 {
				out = append(out, is)
			}
		}
		if strings.HasSuffix(detail.get("@type").str(), "PreconditionFailure") {
			for k, v := range detail.get("violations").list() {
				out = append(out, issue{segs: splitPath(v.get("subject").str()), text: v.get("description").str(), source: src + ".violations[" + itoa(k) + "].subject",
					cause: "business_rule_violation", generic: true, ratio: code, dialect: "AIP-193"}) // its subject may be anything
			}
		}
		if !strings.HasSuffix(detail.get("@type").str(), "ErrorInfo") {
			continue
		}
		reason := detail.get("reason").str()
		if cause, ok := googleReasons[reason]; ok {
			out = append(out, issue{code: reason, text: e.get("message").str(), source: src + ".reason", cause: cause, ratio: likely, dialect: "AIP-193"})
		}
	}
	is := issue{text: e.get("message").str(), source: "body error.message", dialect: "AIP-193"}
	if len(out) == 0 && googleText(&is) {
		out = append(out, is)
	}
	return out
}

// googleReasons are the reasons of an ErrorInfo that name a cause.
var googleReasons = map[string]diagnose.CauseID{
	"API_KEY_INVALID": "invalid_credentials", "ACCESS_TOKEN_EXPIRED": "expired_token", "CREDENTIALS_MISSING": "missing_credentials",
	"ACCESS_TOKEN_SCOPE_INSUFFICIENT": "insufficient_scope", "SERVICE_DISABLED": "insufficient_permission", "RATE_LIMIT_EXCEEDED": "rate_limit_exceeded",
}

var (
	googleValueRE   = lazyre.New(`Invalid value at '([^']+)' \(([^)]+)\)(?:, "([^"]*)")?`)
	googleUnknownRE = lazyre.New(`Unknown name "([^"]+)"(?: at '([^']+)')?`)
)

// googleText reads the texts that the JSON transcoding of Google's APIs gives.
func googleText(i *issue) bool {
	i.text = short(i.text)
	if !strings.Contains(i.text, "nvalid value at") && !strings.Contains(i.text, "nknown name") {
		return false
	}
	if m := googleValueRE.FindStringSubmatch(i.text); m != nil {
		i.segs, i.class, i.value = splitPath(m[1]), wrongType, m[3]
		i.expected = typeWord(m[2])
		if strings.Contains(m[2], "type.googleapis.com") {
			i.class = wrongValue
			if strings.HasSuffix(m[2], "Timestamp") {
				i.class, i.expected = wrongFormat, "date-time"
			}
		}
		return true
	}
	if m := googleUnknownRE.FindStringSubmatch(i.text); m != nil {
		i.segs, i.class = append(splitPath(m[2]), m[1]), unexpected
		return true
	}
	return false
}

var (
	awsConstraintRE = lazyre.New(`(?:Value (?:'([^']*)' )?|Value null )?at '([^']+)' failed to satisfy constraint: ([^;]+)`)
	awsTokenRE      = lazyre.New(`^([A-Z]+)_VALUE cannot be converted to (\w+)`)
	awsMissingRE    = lazyre.New(`Missing required (?:parameter|key)[^:]*: "?([\w.\[\]-]+)`)
	awsObjectRE     = lazyre.New(`\[?#?/?([\w/.-]*): (required key \[(\w+)\] not found|extraneous key \[(\w+)\] is not permitted|expected type: (\w+), found: (\w+)[^,\]]*|[^,\]]+ is not a valid enum value|[^,\]]{3,120})`)
)

// aws is family 4: the JSON protocols and API Gateway's request validator.
func aws(d *doc) []issue {
	msg := short(d.root.first("message", "Message", "errorMessage"))
	typ := d.root.first("__type", "code", "Code")
	var out []issue
	for i, f := range append(d.root.get("fieldList").list(), d.root.get("fields").list()...) {
		if is, ok := itemIssue(f, "body fieldList["+itoa(i)+"]"); ok {
			out = append(out, is)
		}
	}
	if len(out) > 0 {
		return out
	}
	if !strings.Contains(msg, "constraint") && !strings.Contains(msg, "issing") && !strings.Contains(msg, "equest body") && !strings.HasPrefix(msg, "[#") && !strings.HasPrefix(msg, "Model") && typ == "" {
		return nil
	}
	for _, m := range awsConstraintRE.FindAllStringSubmatch(msg, 20) {
		is := issue{segs: splitPath(m[2]), value: m[1], text: m[3], source: "body message", dialect: "AWS Smithy validation"}
		switch {
		case strings.Contains(m[3], "must not be null"):
			is.class, is.pascal = missing, true
		case strings.Contains(m[3], "regular expression pattern"):
			is.class = wrongFormat
		default:
			is.class = wrongValue
			if _, set, ok := strings.Cut(m[3], "enum value set: "); ok {
				is.allowed = parseList(set, false)
			}
		}
		out = append(out, is)
	}
	if m := awsMissingRE.FindStringSubmatch(msg); m != nil {
		out = append(out, issue{segs: splitPath(m[1]), class: missing, text: msg, source: "body message"})
	}
	if list, ok := strings.CutPrefix(msg, "Invalid request body: "); ok || strings.HasPrefix(msg, "[#") || strings.HasPrefix(msg, "Model validation failed") {
		out = append(out, awsModel(list)...)
	}
	if len(out) == 0 && strings.HasSuffix(typ, "SerializationException") {
		is := issue{text: msg, class: wrongType, place: inBody, source: "body __type", ratio: code}
		if m := awsTokenRE.FindStringSubmatch(msg); m != nil {
			is.received, is.expected = jsonType(strings.ToLower(m[1])), typeWord(strings.ToLower(m[2]))
		}
		out = append(out, is)
	}
	return out
}

// awsModel reads the validator of API Gateway models: [object has missing required properties (["a"])],
// #/a: expected type: Number, found: String.
func awsModel(s string) []issue {
	var out []issue
	if _, rest, ok := strings.Cut(s, "missing required properties ("); ok {
		for _, name := range parseList(rest, true) {
			out = append(out, issue{segs: []string{name}, class: missing, text: "missing required property " + name, source: "body message", absolute: true})
		}
		return out
	}
	for _, m := range awsObjectRE.FindAllStringSubmatch(s, 20) {
		is := issue{segs: splitPath("/" + m[1]), text: m[2], source: "body message", absolute: true}
		switch {
		case m[3] != "":
			is.segs, is.class = append(is.segs, m[3]), missing
		case m[4] != "":
			is.segs, is.class = append(is.segs, m[4]), unexpected
		case m[5] != "":
			is.class, is.expected, is.received = wrongType, typeWord(m[5]), jsonType(m[6])
		}
		if len(is.segs) > 0 && is.class != unclear {
			out = append(out, is)
		}
	}
	return out
}

// awsCodes are the error types that name a cause.
var awsCodes = []struct {
	code    string
	cause   diagnose.CauseID
	element diagnose.ElementID
}{
	{"ExpiredToken", "expired_token", "auth"}, {"RequestTimeTooSkewed", "clock_skew", "auth"}, {"RequestExpired", "clock_skew", "auth"},
	{"SignatureDoesNotMatch", "signature_mismatch", "auth"}, {"InvalidSignature", "signature_mismatch", "auth"}, {"IncompleteSignature", "malformed_authorization", "auth"},
	{"InvalidAccessKeyId", "invalid_credentials", "auth"}, {"UnrecognizedClient", "invalid_credentials", "auth"}, {"InvalidClientTokenId", "invalid_credentials", "auth"},
	{"MissingAuthenticationToken", "missing_credentials", "auth"}, {"AccessDenied", "insufficient_permission", "auth"}, {"Throttling", "rate_limit_exceeded", ""},
	{"TooManyRequests", "rate_limit_exceeded", ""}, {"LimitExceeded", "quota_exhausted", ""}, {"SlowDown", "rate_limit_exceeded", ""}, {"UnknownOperation", "invalid_request_header", "header:X-Amz-Target"},
	{"NoSuchKey", "resource_not_found", "url.path"}, {"NoSuchBucket", "resource_not_found", "url.path"}, {"MalformedXML", "malformed_request_body", "body"}, {"MissingContentLength", "missing_request_header", "header:Content-Length"},
	{"EntityTooLarge", "payload_too_large", "body"}, {"PermanentRedirect", "wrong_host_or_environment", "url.host"}, {"ConditionalCheckFailed", "precondition_failed", ""},
	{"InvalidDigest", "invalid_request_header", "header:Content-MD5"}, {"BadDigest", "invalid_request_header", "header:Content-MD5"}, {"InvalidRange", "invalid_request_header", "header:Range"},
	{"InvalidBucketName", "invalid_request_parameter", "url.path[0]"},
	// Azure's storage (Blob service error codes): a name of a container or blob that none can have, or that none has.
	{"InvalidResourceName", "invalid_request_parameter", "url.path"}, {"InvalidUri", "invalid_request_parameter", "url.path"},
	{"ContainerNotFound", "resource_not_found", "url.path"}, {"BlobNotFound", "resource_not_found", "url.path"},
}

// awsCode adds what an AWS error type says by itself.
func (r *reader) awsCode(name, source string) {
	name = name[strings.LastIndexByte(name, '#')+1:]
	for _, c := range awsCodes {
		if strings.HasPrefix(name, c.code) {
			if c.code == "MissingAuthenticationToken" && r.has("auth") {
				r.add(diagnose.Evidence{Kind: "header", Source: source, Text: name + ": API Gateway says this for an unknown path or method", Cause: "gateway_route_not_found", Element: "url.path", Ratio: likely})
				return
			}
			if c.element == "header:X-Amz-Target" && !r.has(c.element) {
				return // the operation was named in another way (AWS JSON protocols: by this field alone)
			}
			if source := diagnose.ElementID("header:X-Amz-Copy-Source"); c.cause == "resource_not_found" && r.has(source) {
				c.element = source // the object that is copied, and not the one that is written
			}
			r.add(diagnose.Evidence{Kind: "header", Source: source, Text: name, Cause: c.cause, Element: c.element, Missing: c.cause == "missing_credentials" && !r.has("auth"), Ratio: likely}) // AWS common errors
			return
		}
	}
}

// azure is family 5: Azure and OData.
func azure(d *doc) []issue {
	e := d.root.get("error")
	if e.get("code") == nil {
		return nil
	}
	var out []issue
	for i, n := range e.get("details").list() {
		if t := n.get("target").str(); looksLikeName(t) {
			out = append(out, issue{segs: splitPath(t), code: n.get("code").str(), text: n.get("message").str(), source: "body error.details[" + itoa(i) + "].target"})
		}
	}
	t := e.get("target").str()
	if inside := strings.HasSuffix(e.get("message").str(), " in "+t); len(out) == 0 && looksLikeName(t) && !inside {
		out = append(out, issue{segs: splitPath(t), code: e.get("code").str(), text: e.get("message").str(), source: "body error.target"})
	}
	return out
}

// kubernetes is family 26: a Status object.
func kubernetes(d *doc) []issue {
	if d.root.get("kind").str() != "Status" {
		return nil
	}
	var out []issue
	for i, c := range d.root.at("details.causes").list() {
		f := c.get("field").str()
		is := issue{segs: splitPath(f), code: c.get("reason").str(), text: c.get("message").str(), source: "body details.causes[" + itoa(i) + "].field", place: inBody, absolute: true}
		if len(is.segs) > 0 {
			out = append(out, is)
		}
	}
	return out
}

var elasticFieldRE = lazyre.New(`(?:field|property) \[([^\]]+)\]`)

// elastic is family 27: Elasticsearch and OpenSearch, the innermost cause first.
func elastic(d *doc) []issue {
	e := d.root.get("error")
	if e.get("root_cause") == nil && e.get("caused_by") == nil {
		return nil
	}
	for depth := 0; e.get("caused_by").isObject() && depth < maxDepth; depth++ {
		if e.get("caused_by").get("reason").str() == "" || elasticFieldRE.MatchString(short(e.get("reason").str())) {
			break
		}
		e = e.get("caused_by")
	}
	top := d.root.get("error")
	is := issue{text: short(e.get("reason").str()), source: "body error.reason", dialect: "Elasticsearch errors"}
	if m := elasticFieldRE.FindStringSubmatch(is.text); m != nil {
		is.segs = splitPath(m[1])
	} else if toks := bracketTokens(is.text); len(toks) > 0 {
		is.segs = splitPath(toks[len(toks)-1])
		is.generic = true
	}
	if m := quotedTokens(top.at("caused_by.reason").str()); len(m) > 0 {
		is.value = m[0]
	}
	return []issue{is}
}

// bracketTokens returns what stands in square brackets.
func bracketTokens(s string) []string {
	var out []string
	for range 10 {
		_, rest, ok := strings.Cut(s, "[")
		if !ok {
			break
		}
		in, after, ok := strings.Cut(rest, "]")
		if !ok {
			break
		}
		if looksLikeName(in) {
			out = append(out, in)
		}
		s = after
	}
	return out
}
