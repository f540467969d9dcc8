package lint

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// protocolRules are about what lies between HTTP and the application: GraphQL, SOAP, JSON-RPC, JSON Patch.
func protocolRules() []rule {
	return []rule{{"B17", 60, checkGraphQL}, {"B17", 40, checkSOAP}, {"B17", 30, checkRPC}, {"B22", 70, checkPatchOperations}}
}

var (
	operation  = lazyre.New(`(?m)(?:^|[}\s])(query|mutation|subscription)\s+([A-Za-z_]\w*)`)
	declared   = lazyre.New(`\$([A-Za-z_]\w*)\s*:\s*[\[\]!\w]+!\s*(?:[,)$])`) // with a default value it is not asked for
	gqlComment = lazyre.New(`#[^\n]*`)
)

// checkGraphQL looks into a GraphQL request: operations that are not there, variables that the document asks for and
// that are not sent, a mutation by GET (GraphQL over HTTP §5.2, §5.4).
func checkGraphQL(s *scan, r rule) {
	if !strings.HasSuffix(strings.TrimRight(s.u.Path, "/"), "/graphql") {
		return
	}
	if s.method() == "GET" {
		s.pairs(func(id diagnose.ElementID, _, value string) {
			if id == "query:query" && strings.HasPrefix(strings.TrimSpace(value), "mutation") {
				s.hit(r, "method", "method_not_allowed", "A mutation is sent with POST, not GET.", set("method", "POST", .5))
			}
		})
		return
	}
	if s.root == nil || s.root.Kind != jsontext.Object {
		return
	}
	text := func(p string) string {
		if n := s.root.At(p); n != nil && n.Kind == jsontext.String {
			return jsontext.Unquote([]byte(s.src[n.Start:n.End]))
		}
		return ""
	}
	doc := gqlComment.ReplaceAllString(text("/query"), "")
	if doc == "" {
		return
	}
	var names []string
	for _, m := range operation.Get().FindAllStringSubmatch(doc, -1) {
		names = append(names, m[2])
	}
	if name := text("/operationName"); name != "" && len(names) > 0 && !slices.Contains(names, name) {
		to := cmpOr(habit.Nearest(name, names), names[0])
		s.hit(r, "body:/operationName", "invalid_body_property_value", "The document has no operation of the name in operationName.", set("body:/operationName", to, .02))
	} else if name == "" && len(names) > 1 && s.root.At("/operationName") == nil {
		s.hit(r.at(50), "body:/operationName", "missing_body_property", "The document has several operations; operationName says which one is meant.", add("body:/operationName", names[0], .1))
	}
	for _, m := range declared.Get().FindAllStringSubmatch(doc, -1) {
		id := diagnose.ID("body", "/variables/"+m[1])
		if n := s.root.At("/variables"); n != nil && n.Kind != jsontext.Object && n.Kind != jsontext.Null {
			return
		}
		n := s.root.At("/variables/" + m[1])
		if n == nil || n.Kind == jsontext.Null {
			s.hit(r, id, "missing_body_property", "The document asks for the variable $"+m[1]+", which is not sent.")
		}
	}
}

var (
	soap11 = lazyre.New(`<(?:[\w-]+:)?Envelope[^>]*http://schemas\.xmlsoap\.org/soap/envelope/`)
	soap12 = lazyre.New(`<(?:[\w-]+:)?Envelope[^>]*http://www\.w3\.org/2003/05/soap-envelope`)
)

// checkSOAP compares the version of an envelope with the header: text/xml with SOAPAction for 1.1 (§6.1.1 of its note),
// application/soap+xml for 1.2 (RFC 3902).
func checkSOAP(s *scan, r rule) {
	body := s.r.Body
	if body.Kind != request.RawBody || !strings.Contains(body.Text, "Envelope") {
		return
	}
	_, action := s.x.Get("header:Soapaction")
	switch {
	case soap12.MatchString(body.Text) && s.media() == "text/xml":
		s.hit(r, typeID, "content_type_mismatch", "An envelope of SOAP 1.2 is sent as application/soap+xml.", set(typeID, "application/soap+xml; charset=utf-8", .05))
	case soap11.MatchString(body.Text) && s.media() == "application/soap+xml":
		s.hit(r, typeID, "content_type_mismatch", "An envelope of SOAP 1.1 is sent as text/xml.", set(typeID, "text/xml; charset=utf-8", .05))
	case soap11.MatchString(body.Text) && !action:
		s.hit(r, "header:Soapaction", "missing_request_header", "SOAP 1.1 asks for the header SOAPAction; it may be empty.", add("header:Soapaction", `""`, .02))
	}
}

// checkRPC is about JSON-RPC 2.0 §4.
func checkRPC(s *scan, r rule) {
	if s.root == nil || s.root.Kind != jsontext.Object {
		return
	}
	version, method, params := s.root.At("/jsonrpc"), s.root.At("/method"), s.root.At("/params")
	switch {
	case version != nil && s.src[version.Start:version.End] != `"2.0"`:
		s.hit(r.at(70), "body:/jsonrpc", "invalid_body_property_value", `The member jsonrpc is exactly "2.0".`, set("body:/jsonrpc", "2.0", .02))
	case version == nil && method != nil && method.Kind == jsontext.String && params != nil && (params.Kind == jsontext.Array || params.Kind == jsontext.Object) && s.root.At("/id") != nil && len(s.root.Children) == 3:
		s.hit(r, "body:/jsonrpc", "missing_body_property", `A request of JSON-RPC 2.0 has the member jsonrpc: "2.0".`, add("body:/jsonrpc", "2.0", .05))
	case version != nil && params != nil && params.Kind != jsontext.Array && params.Kind != jsontext.Object:
		s.hit(r.at(60), "body:/params", "invalid_body_property_type", "The params of JSON-RPC are a list or an object.", set("body:/params", json.RawMessage("["+s.src[params.Start:params.End]+"]"), .1))
	}
}

// patchNames are the operations of RFC 6902 §4.
var patchNames = []string{"add", "remove", "replace", "move", "copy", "test"}

// dotted is the beginning of a path of JSONPath or of a program.
var dotted = lazyre.New(`^\$?\.`)

// operations reports a PATCH with a list of objects that each have an op and a path: a JSON Patch by another media type.
func (s *scan) operations() bool {
	return s.method() == "PATCH" && len(s.root.Children) > 0 && !slices.ContainsFunc(s.root.Children, func(n *jsontext.Node) bool {
		return n.At("/op") == nil || n.At("/path") == nil
	})
}

// checkPatchOperations is B22: a JSON Patch that its RFC does not allow.
func checkPatchOperations(s *scan, r rule) {
	if s.root == nil || s.root.Kind != jsontext.Array || s.media() != "application/json-patch+json" && !s.operations() {
		return
	}
	for i, op := range s.root.Children {
		at := func(key string) (string, diagnose.ElementID, bool) {
			n := op.At("/" + key)
			id := diagnose.ID("body", "/"+itoa(i)+"/"+key)
			if n == nil || n.Kind != jsontext.String {
				return "", id, n != nil
			}
			return jsontext.Unquote([]byte(s.src[n.Start:n.End])), id, true
		}
		if op.Kind != jsontext.Object {
			continue
		}
		name, nameID, _ := at("op")
		if !slices.Contains(patchNames, name) {
			var edits []diagnose.Edit
			low := strings.ToLower(name)
			if !slices.Contains(patchNames, low) {
				low = ""
			}
			if to := cmp.Or(low, habit.Nearest(strings.ToLower(name), patchNames), map[string]string{"set": "replace", "update": "replace", "delete": "remove", "insert": "add"}[strings.ToLower(name)]); to != "" {
				edits = append(edits, set(nameID, to, .05))
			}
			s.hit(r, nameID, "invalid_body_property_value", "The operation is none of RFC 6902: add, remove, replace, move, copy, test.", edits...)
		}
		for _, key := range []string{"path", "from"} {
			if p, id, there := at(key); there && p != "" && !strings.HasPrefix(p, "/") {
				to := "/" + strings.ReplaceAll(dotted.ReplaceAllString(p, ""), ".", "/")
				s.hit(r, id, "invalid_body_property_format", "A path of JSON Patch is a JSON Pointer: it begins with a slash (RFC 6901).", set(id, to, .05))
			}
		}
		if _, id, there := at("value"); !there && (name == "add" || name == "replace" || name == "test") {
			s.hit(r, id, "missing_body_property", "The operation "+name+" has a value.")
		}
	}
}
