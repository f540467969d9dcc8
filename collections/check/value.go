package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"culprit/request"
)

// A kind is the type of a value as JavaScript has it.
type kind int

const (
	missing kind = iota // undefined
	null
	boolean
	number
	str
	array
	object
)

// A value is what an expression stands for.
type value struct {
	kind   kind
	is     string // of a boolean, number or string: its text; a number as it was spelled
	number float64
	inner  any // of an array or object: []any or map[string]any
}

func valueOf(v any) value {
	switch v := v.(type) {
	case nil:
		return value{kind: null, is: "null"}
	case bool:
		return value{kind: boolean, is: strconv.FormatBool(v)}
	case json.Number:
		n, _ := v.Float64()
		return value{kind: number, is: v.String(), number: n}
	case string:
		return value{kind: str, is: v}
	case []any:
		return value{kind: array, inner: v}
	case map[string]any:
		return value{kind: object, inner: v}
	}
	return value{}
}

func numberOf(n float64) value {
	return value{kind: number, is: strconv.FormatFloat(n, 'f', -1, 64), number: n}
}

// text is the value as JSON, cut to a line.
func (v value) text() string {
	switch v.kind {
	case missing:
		return "undefined"
	case str:
		return shorten(strconv.Quote(v.is))
	case array, object:
		b, err := json.Marshal(v.inner)
		if err != nil {
			return "?"
		}
		return shorten(string(b))
	}
	return v.is
}

// length is that of a text, an array or an object, in JavaScript's units (UTF-16 for a text); false for others.
func (v value) length() (int, bool) {
	switch in := v.inner.(type) {
	case []any:
		return len(in), true
	case map[string]any:
		return len(in), true
	}
	return len(utf16.Encode([]rune(v.is))), v.kind == str
}

// equal is JavaScript's ===, and by parts for what is not a plain value.
func (v value) equal(w value) bool {
	switch {
	case v.kind != w.kind:
		return false
	case v.kind == number:
		return v.is == w.is || v.number == w.number
	case v.kind == array || v.kind == object:
		a, _ := json.Marshal(v.inner)
		b, _ := json.Marshal(w.inner)
		return bytes.Equal(a, b)
	}
	return v.is == w.is
}

// An answer is the exchange that is looked at; its body is decoded once.
type answer struct {
	exchange *request.Exchange
	body     *value
}

// maxBody is how large a body may be to be decoded: it takes about ten times its bytes of memory.
const maxBody = 64 << 20

// value looks a path up. Only what cannot be looked at is an error; what is not there is undefined.
func (a *answer) value(p path) (value, error) {
	root, rest := p[0].name, p[1:]
	if root == "req" {
		return a.request(rest)
	}
	if len(rest) == 0 {
		return value{}, fmt.Errorf("%q is the whole response; say res.status, res.body, …", root)
	}
	res := a.exchange.Response()
	first, rest := rest[0], rest[1:]
	switch first.name {
	case "status", "getStatus":
		return numberOf(float64(res.Status)).at(rest), nil
	case "statusText", "getStatusText":
		return value{kind: str, is: res.Reason}.at(rest), nil
	case "responseTime", "getResponseTime":
		return numberOf(float64(a.exchange.Took.Milliseconds())).at(rest), nil
	case "headers", "getHeaders", "getHeader":
		if first.call && first.name == "getHeader" {
			rest = append(path{{name: first.arg}}, rest...)
		}
		return a.header(res.Header, rest), nil
	case "body", "getBody":
		v, err := a.content()
		return v.at(rest), err
	case "":
		if first.call { // res('path'), Bruno's query of the body
			sub, err := parse("body." + first.arg)
			if err != nil {
				return value{}, err
			}
			v, err := a.content()
			return v.at(sub[1:]).at(rest), err
		}
	}
	return value{}, fmt.Errorf("res.%s is not known; known are status, statusText, responseTime, headers and body", first.name)
}

func (a *answer) request(rest path) (value, error) {
	if len(rest) > 0 {
		switch rest[0].name {
		case "method", "getMethod":
			return value{kind: str, is: a.exchange.Request.Method}, nil
		case "url", "getUrl":
			return value{kind: str, is: a.exchange.Request.URL}, nil
		}
	}
	return value{}, fmt.Errorf("of the request only req.method and req.url are known")
}

// header looks a field up by name without regard to case; of several with one name the values are joined, as in
// RFC 9110 §5.3.
func (a *answer) header(fields []request.Field, rest path) value {
	if len(rest) == 0 {
		all := map[string]any{}
		for _, f := range fields {
			all[strings.ToLower(f.Name)] = f.Value
		}
		return valueOf(all)
	}
	var found []string
	for _, f := range fields {
		if strings.EqualFold(f.Name, rest[0].name) {
			found = append(found, f.Value)
		}
	}
	if found == nil {
		return value{}
	}
	return value{kind: str, is: strings.Join(found, ", ")}.at(rest[1:])
}

// content is the body: decoded when it is JSON, else its text.
func (a *answer) content() (value, error) {
	if a.body != nil {
		return *a.body, nil
	}
	c := a.exchange.Response().Body
	if c.Size() > maxBody {
		return value{}, fmt.Errorf("the body is too large to look into: the limit is %d MiB", maxBody>>20)
	}
	data := c.Head(maxBody)
	v := value{kind: str, is: string(data)}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var decoded any
	if err := d.Decode(&decoded); err == nil && !d.More() {
		v = valueOf(decoded)
	}
	a.body = &v
	return v, nil
}

// at walks on: a member, an index, or the length.
func (v value) at(p path) value {
	for _, s := range p {
		switch in := v.inner.(type) {
		case map[string]any:
			next, ok := in[s.name]
			if !ok {
				return value{}
			}
			v = valueOf(next)
			continue
		case []any:
			if i, err := strconv.Atoi(s.name); err == nil && i >= 0 && i < len(in) {
				v = valueOf(in[i])
				continue
			}
		}
		n, ok := v.length()
		if !ok || s.name != "length" {
			return value{}
		}
		v = numberOf(float64(n))
	}
	return v
}
