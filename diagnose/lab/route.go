package lab

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// A route is one operation of the shop and what it asks for, in the order in which it is checked.
type route struct {
	method string
	path   string // "/orders/{id}"
	access access
	scope  string // that the token needs
	needs  []field
	offers []string // media types; nil is application/json
	takes  []string // media types of the body; nil is application/json where there is a body rule
	limit  int64    // bytes of the body; 0 is maxBody
	query  []param
	body   *rule // of a JSON body; nil when the operation reads the body itself or has none
	do     func(*call) (answer, *refusal)
	// coy operations are matched with their method, as many frameworks do: to any other the path is not there. OPTIONS
	// lists the method all the same where it is "listed".
	coy string
}

// access says which credentials an operation asks for.
type access string

const (
	byToken   access = "" // a bearer token
	openToAll access = "open"
	byKey     access = "key" // X-Api-Key
	byEither  access = "key or basic"
	byBasic   access = "basic"
	byDigest  access = "digest"
	bySession access = "session" // a cookie; a write needs the CSRF token as well
)

// A param is a query parameter. Its rule's shape says how the text is read.
type param struct {
	field
	many bool // may be repeated
}

// A call is one request on its way through a route.
type call struct {
	*http.Request
	vars   map[string]string // from the path, decoded
	claims claims
	raw    []byte // the body
	body   any    // the body, read as JSON
	query  url.Values
	writer func(http.ResponseWriter) // writes the response instead, when set
}

// match returns the variables of path, or false.
func (r route) match(path string) (map[string]string, bool) {
	want, have := strings.Split(r.path, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return nil, false
	}
	vars := map[string]string{}
	for i, w := range want {
		name, ok := strings.CutPrefix(w, "{")
		switch {
		case ok && have[i] == "":
			return nil, false
		case ok:
			value, err := url.PathUnescape(have[i])
			if err != nil {
				return nil, false
			}
			vars[strings.TrimSuffix(name, "}")] = value
		case w != have[i]:
			return nil, false
		}
	}
	return vars, true
}

// find returns the route of a request, or why there is none.
func find(routes []route, method, path string) (route, map[string]string, *refusal) {
	var allow []string
	for _, r := range routes {
		vars, ok := r.match(path)
		if !ok {
			continue
		}
		if r.method == method || (r.method == http.MethodGet && method == http.MethodHead) {
			return r, vars, nil
		}
		if r.coy == "listed" && method == http.MethodOptions || r.coy == "" {
			allow = append(allow, r.method)
		}
		if r.method == http.MethodGet {
			allow = append(allow, http.MethodHead)
		}
	}
	if allow == nil {
		return route{}, nil, refuse(http.StatusNotFound, "route_not_found", "There is nothing at this path.")
	}
	if method == http.MethodOptions {
		return route{access: openToAll, do: func(*call) (answer, *refusal) {
			return answer{status: http.StatusNoContent, header: http.Header{"Allow": {strings.Join(append(allow, method), ", ")}}}, nil
		}}, nil, nil
	}
	return route{}, nil, refuse(http.StatusMethodNotAllowed, "method_not_allowed", "The resource does not support this method.",
		"Allow", strings.Join(allow, ", "))
}

// negotiate checks Accept (RFC 9110 §12.5.1) and the media type of the body.
func (r route) negotiate(c *call) *refusal {
	offers := r.offers
	if offers == nil {
		offers = []string{"application/json"}
	}
	if accept := c.Header.Values("Accept"); len(accept) > 0 && !slices.ContainsFunc(offers, func(o string) bool { return accepts(strings.Join(accept, ","), o) }) {
		return refuse(http.StatusNotAcceptable, "not_acceptable", "Available: "+strings.Join(offers, ", ")+".")
	}
	takes := r.takes
	if takes == nil && r.body != nil {
		takes = []string{"application/json"}
	}
	if takes == nil {
		return nil
	}
	if coding := c.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return refuse(http.StatusUnsupportedMediaType, "unsupported_content_coding", "The content coding is not supported.", "Accept-Encoding", "identity")
	}
	kind, params, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	if charset := params["charset"]; err == nil && slices.Contains(takes, kind) && (charset == "" || strings.EqualFold(charset, "utf-8")) {
		return nil
	}
	name := "Accept-Post"
	if c.Method == http.MethodPatch {
		name = "Accept-Patch"
	}
	return refuse(http.StatusUnsupportedMediaType, "unsupported_media_type", "The media type of the body is not supported.", name, strings.Join(takes, ", "))
}

// accepts reports whether an Accept value allows a media type with a quality above zero.
func accepts(accept, offer string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		kind, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil || strings.Trim(params["q"], "0.") == "" && params["q"] != "" {
			continue
		}
		major, _, _ := strings.Cut(offer, "/")
		if kind == "*/*" || kind == offer || kind == major+"/*" {
			return true
		}
	}
	return false
}

// read reads the body and, where there is a rule for it, its JSON.
func (r route) read(c *call) *refusal {
	limit := r.limit
	if limit == 0 {
		limit = maxBody
	}
	large := refuse(http.StatusRequestEntityTooLarge, "payload_too_large", fmt.Sprintf("The body may have %d bytes at most.", limit))
	if c.ContentLength > limit {
		return large
	}
	raw, err := io.ReadAll(io.LimitReader(c.Body, limit+1))
	if err != nil {
		return refuse(http.StatusBadRequest, "unreadable_body", "The body could not be read.")
	}
	if int64(len(raw)) > limit {
		return large
	}
	c.raw = raw
	if r.body == nil {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&c.body); err != nil {
		return refuse(http.StatusBadRequest, "malformed_json", "The body is not JSON: "+where(err)+".")
	}
	if _, err := d.Token(); err != io.EOF {
		return refuse(http.StatusBadRequest, "malformed_json", fmt.Sprintf("There is more after the end of the JSON document (offset %d).", d.InputOffset()))
	}
	return nil
}

// where says what is wrong with a JSON document, and at which byte when that is known.
func where(err error) string {
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "unexpected end of input"
	case errors.As(err, &syntax):
		return fmt.Sprintf("%v (offset %d)", err, syntax.Offset)
	}
	return err.Error()
}

// validate checks header fields, query and body against their rules.
func (r route) validate(c *call) *refusal {
	var out []violation
	for _, n := range r.needs {
		v := c.Header.Get(n.name)
		switch {
		case v == "" && n.must:
			out = append(out, violation{in: "header", path: []any{n.name}, kind: "missing", text: "is required"})
		case v != "":
			out = append(out, n.rule.validate("header", []any{n.name}, v)...)
		}
	}
	for _, p := range r.query {
		out = append(out, p.validate(c.query)...)
	}
	if r.body != nil {
		out = append(out, r.body.validate("body", nil, c.body)...)
	}
	if len(out) > 0 {
		return invalid(out...)
	}
	return nil
}

func (p param) validate(q url.Values) []violation {
	values := q[p.name]
	switch {
	case len(values) == 0 && p.must:
		return []violation{{in: "query", path: []any{p.name}, kind: "missing", expected: string(p.rule.shape), text: "is required"}}
	case len(values) > 1 && !p.many:
		return []violation{{in: "query", path: []any{p.name}, kind: "repeated", text: "must be given once", got: values}}
	}
	var out []violation
	for _, v := range values {
		var typed any = v
		switch p.rule.shape {
		case anInteger, aNumber:
			// Not a json.Number unless it is one: the rule then finds a string where a number is wanted.
			if json.Valid([]byte(v)) && strings.Trim(v, "-+.0123456789eE") == "" {
				typed = json.Number(v)
			}
		case aBoolean:
			if v == "true" || v == "false" {
				typed = v == "true"
			}
		}
		out = append(out, p.rule.validate("query", []any{p.name}, typed)...)
	}
	return out
}
