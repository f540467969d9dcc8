package request

import (
	"encoding/json"
	"io"
	"mime/multipart"
	"net/url"
	"slices"
	"strings"
)

// An Instead is a place in which a request asks the server to take another method for it, as frameworks do for clients
// that know only GET and POST.
type Instead struct {
	Where  string // "the header X-HTTP-Method-Override", "_method in the query", "_method in the body"
	Method string // in capitals
}

// Overrides returns the methods that r asks for instead of its own: in a field of the header (X-HTTP-Method-Override and its
// kin), or under a name like _method in its query, a form or at the top of its JSON (Rack, Laravel, Symfony, Spring, WordPress).
// A server may look at them or not.
func (r Request) Overrides() []Instead {
	var out []Instead
	add := func(name, value, where string) {
		if value = strings.ToUpper(strings.TrimSpace(value)); value != "" {
			out = append(out, Instead{strings.Replace(where, "?", name, 1), value})
		}
	}
	for _, f := range r.Header {
		if instead(f.Name) || strings.EqualFold(f.Name, "X-Method") {
			add(f.Name, f.Value, "the header ?")
		}
	}
	target, _, _ := strings.Cut(r.URL, "#")
	if _, query, ok := strings.Cut(target, "?"); ok && naming(query) {
		for _, f := range pairs(query) {
			if instead(f.Name) || strings.EqualFold(f.Name, "method") && slices.Contains(changing, strings.ToUpper(f.Value)) {
				add(f.Name, f.Value, "? in the query")
			}
		}
	}
	for _, f := range r.Body.named() {
		if instead(f.Name) {
			add(f.Name, f.Value, "? in the body")
		}
	}
	return out
}

// changing are the methods that a query may ask for under the plain name "method": a remote procedure has such names, too.
var changing = []string{"PUT", "PATCH", "DELETE"}

// Removes returns what in r asks for a deletion, "" where nothing does: its method, or what stands for it.
func (r Request) Removes() string {
	if strings.EqualFold(r.Method, "DELETE") {
		return "the method DELETE"
	}
	for _, o := range r.Overrides() {
		if o.Method == "DELETE" {
			return o.Where
		}
	}
	return ""
}

// instead reports a name under which another method is asked for, in a header, a query or a form.
func instead(name string) bool {
	switch strings.ReplaceAll(strings.ToLower(name), "_", "-") {
	case "-method", "-http-method", "-httpmethod", "x-http-method-override", "x-method-override", "x-http-method", "x-http-methodoverride",
		"-method-override", "http-method-override", "method-override":
		return true
	}
	return false
}

// naming reports whether text may hold such a name, so that what has none costs nothing.
func naming(text string) bool {
	return strings.IndexByte(text, '%') >= 0 || strings.IndexByte(text, '\\') >= 0 || wordMethod(text, 'h') || wordMethod(text, 'H')
}

// wordMethod reports whether the word method stands in text, in any case but with its h as given: each request is looked
// through again and again, and bodies are long.
func wordMethod(text string, h byte) bool {
	const word = "method"
	for at := 0; ; at++ {
		i := strings.IndexByte(text[at:], h)
		if i < 0 {
			return false
		}
		at += i
		if from := at - strings.IndexByte(word, 'h'); from >= 0 && from+len(word) <= len(text) && strings.EqualFold(text[from:from+len(word)], word) {
			return true
		}
	}
}

// named are the fields of a form, and the members at the top of JSON that are text, where one of them may name a method.
func (b Body) named() []Field {
	switch b.Kind {
	case FormBody:
		return b.Fields
	case MultipartBody:
		var out []Field
		for _, p := range b.Parts {
			out = append(out, Field{Name: p.Name, Value: p.Value})
		}
		return out
	case RawBody:
		if !naming(b.Text) {
			return nil
		}
		if d := json.NewDecoder(strings.NewReader(b.Text)); strings.HasPrefix(strings.TrimSpace(b.Text), "{") {
			return members(d)
		}
		if found := parts(b.Text); len(found) > 0 {
			return found
		}
		return pairs(b.Text)
	}
	return nil
}

// members are the members of the object that d is at and that are text, as far as it can be read.
func members(d *json.Decoder) (out []Field) {
	if _, err := d.Token(); err != nil {
		return nil
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return out
		}
		var value any
		if d.Decode(&value) != nil {
			return out
		}
		if text, ok := value.(string); ok {
			out = append(out, Field{Name: name.(string), Value: text})
		}
	}
	return out
}

// longMethod is more than the name of a method takes.
const longMethod = 64

// parts are the parts of a multipart body in one piece, as browsers copy it; its first line is the boundary.
func parts(text string) (out []Field) {
	text, ok := strings.CutPrefix(strings.TrimLeft(text, "\r\n"), "--")
	if !ok {
		return nil
	}
	boundary, _, _ := strings.Cut(text, "\n")
	r := multipart.NewReader(strings.NewReader("--"+text), strings.TrimRight(boundary, "\r"))
	for {
		p, err := r.NextRawPart()
		if err != nil {
			return out
		}
		value, _ := io.ReadAll(io.LimitReader(p, longMethod)) // what is cut short counts as far as it goes
		out = append(out, Field{Name: p.FormName(), Value: string(value)})
	}
}

// pairs are the fields of a query or of a form in one piece; what cannot be decoded stays as it is. Some servers part
// them at a semicolon, too.
func pairs(text string) (out []Field) {
	for pair := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '&' || r == ';' }) {
		name, value, _ := strings.Cut(pair, "=")
		for _, s := range []*string{&name, &value} {
			if plain, err := url.QueryUnescape(*s); err == nil {
				*s = plain
			}
		}
		out = append(out, Field{Name: name, Value: value})
	}
	return out
}
