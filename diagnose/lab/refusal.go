package lab

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
)

// A refusal is why the shop does not do what it was asked for. How it is told depends on the style.
type refusal struct {
	status     int
	code       string // "validation_failed"
	detail     string // one sentence
	header     http.Header
	violations []violation
}

func refuse(status int, code, detail string, header ...string) *refusal {
	r := &refusal{status: status, code: code, detail: detail, header: http.Header{}}
	for i := 0; i+1 < len(header); i += 2 {
		r.header.Add(header[i], header[i+1])
	}
	return r
}

func invalid(violations ...violation) *refusal {
	r := refuse(http.StatusUnprocessableEntity, "validation_failed", "The request is not valid.")
	r.violations = violations
	return r
}

// An answer is a response.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func reply(status int, v any) answer {
	body, err := json.Marshal(v)
	if err != nil {
		return answer{status: http.StatusInternalServerError} // cannot happen: the shop's own values
	}
	return answer{status, http.Header{"Content-Type": {"application/json"}}, append(body, '\n')}
}

func (a answer) with(name, value string) answer {
	a.header = maps.Clone(a.header)
	if a.header == nil {
		a.header = http.Header{}
	}
	a.header.Set(name, value)
	return a
}

func (a answer) write(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
	w.Write(a.body) //nolint:errcheck // the client is gone
}

// A style turns a refusal into a response.
type style func(*refusal) answer

// problem tells as RFC 9457 does, with a pointer for each broken rule.
func problem(r *refusal) answer {
	type fault struct {
		Pointer   string `json:"pointer,omitempty"`
		Parameter string `json:"parameter,omitempty"`
		Header    string `json:"header,omitempty"`
		Detail    string `json:"detail"`
	}
	body := struct {
		Type     string  `json:"type"`
		Title    string  `json:"title"`
		Status   int     `json:"status"`
		Detail   string  `json:"detail"`
		Instance string  `json:"instance"`
		Errors   []fault `json:"errors,omitempty"`
	}{"https://shop.example/problems/" + strings.ReplaceAll(r.code, "_", "-"), http.StatusText(r.status), r.status, r.detail,
		"urn:request:" + requestID(), nil}
	for _, v := range r.violations {
		f := fault{Detail: v.text}
		switch v.in {
		case "body":
			f.Pointer = "#" + pointer(v.path)
		case "header":
			f.Header = fmt.Sprint(v.path...)
		default:
			f.Parameter = fmt.Sprint(v.path...)
		}
		body.Errors = append(body.Errors, f)
	}
	return reply(r.status, body).with("Content-Type", "application/problem+json")
}

// located tells as FastAPI does: a list of details, each with the location of its value.
func located(r *refusal) answer {
	if len(r.violations) == 0 {
		return reply(r.status, map[string]any{"detail": r.detail})
	}
	type fault struct {
		Type  string `json:"type"`
		Loc   []any  `json:"loc"`
		Msg   string `json:"msg"`
		Input any    `json:"input,omitempty"`
	}
	var detail []fault
	for _, v := range r.violations {
		detail = append(detail, fault{pydantic(v), append([]any{v.in}, v.path...), sentence(v), v.got})
	}
	return reply(r.status, map[string]any{"detail": detail})
}

// pydantic is the type of error that pydantic gives for a violation.
func pydantic(v violation) string {
	switch v.kind {
	case "missing":
		return "missing"
	case "unexpected":
		return "extra_forbidden"
	case "type":
		return map[string]string{"integer": "int_type", "number": "float_type", "string": "string_type",
			"boolean": "bool_type", "array": "list_type", "object": "model_attributes_type"}[v.expected]
	case "format":
		return strings.ReplaceAll(v.expected, "-", "_") + "_parsing"
	}
	if len(v.allowed) > 0 {
		return "literal_error"
	}
	return "value_error"
}

func sentence(v violation) string {
	switch v.kind {
	case "missing":
		return "Field required"
	case "unexpected":
		return "Extra inputs are not permitted"
	case "conflict":
		return "Value error, " + v.text
	}
	return "Input should be " + strings.TrimPrefix(v.text, "must be ")
}

// coded tells a code and no place.
func coded(r *refusal) answer {
	code := strings.ToUpper(r.code)
	if len(r.violations) > 0 {
		code = "INVALID_" + strings.ToUpper(r.violations[0].in)
	}
	status := r.status
	if status == http.StatusUnprocessableEntity {
		status = http.StatusBadRequest
	}
	return reply(status, map[string]any{"error": map[string]any{"code": code, "trace": requestID()}})
}

// opaque tells nothing: whatever the client did wrong is one and the same answer.
func opaque(r *refusal) answer {
	status := http.StatusBadRequest
	if r.status >= 500 {
		status = http.StatusInternalServerError
	}
	r.header = nil
	return reply(status, map[string]any{"error": http.StatusText(status), "requestId": requestID()})
}

// told writes r in the given style, with the header fields that belong to it.
func told(s style, r *refusal) answer {
	a := s(r)
	for name, values := range r.header {
		a.header[name] = values
	}
	return a
}

func requestID() string { return strings.ToLower(rand.Text()[:16]) }

// pointer writes a path as RFC 6901 does.
func pointer(path []any) string {
	var b strings.Builder
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	for _, p := range path {
		b.WriteString("/" + escape.Replace(fmt.Sprint(p)))
	}
	return b.String()
}
