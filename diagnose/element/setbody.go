package element

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/xmltext"
)

// setBody replaces the whole body: To is a text, or a request.Body of another kind.
func setBody(r *request.Request, e diagnose.Edit) error {
	if e.Op == diagnose.Remove {
		r.Body = request.Body{}
		return nil
	}
	switch to := e.To.(type) {
	case string:
		r.Body = request.Body{Kind: request.RawBody, Type: r.Body.Type, Text: to}
	case request.Body:
		r.Body = to
	default:
		return fmt.Errorf("a body cannot be set to a %T", e.To)
	}
	return nil
}

// setMarkup edits the XML body at a path.
func setMarkup(r *request.Request, path string, e diagnose.Edit) error {
	var err error
	text, to := r.Body.Text, Plain(e.To)
	switch e.Op {
	case diagnose.Remove:
		text, err = xmltext.Remove(text, path)
	case diagnose.Rename:
		text, err = xmltext.Rename(text, path, to)
	case diagnose.Add:
		text, err = xmltext.Add(text, path, to)
	default:
		if text, err = xmltext.Set(text, path, to); errors.Is(err, xmltext.ErrAbsent) {
			text, err = xmltext.Add(text, path, to)
		}
	}
	r.Body.Text = text
	return err
}

// setMember edits the JSON or XML body at a pointer.
func setMember(r *request.Request, pointer string, e diagnose.Edit) error {
	if isMarkup(r.Body.Text) {
		return setMarkup(r, pointer, e)
	}
	src := []byte(r.Body.Text)
	root, perr := jsontext.Parse(src)
	if perr != nil {
		return fmt.Errorf("the body is not JSON: %w", perr)
	}
	n := root.At(pointer)
	up, key := parentOf(pointer)
	parent := root.At(up)
	switch {
	case n == nil && e.Op == diagnose.Remove:
		return nil
	case n == nil && (e.Op == diagnose.Add || e.Op == diagnose.Set):
		if parent == nil || parent.Kind != jsontext.Object && parent.Kind != jsontext.Array {
			return errAbsent
		}
		src = jsontext.Insert(src, parent, key, Raw(e.To))
	case n == nil:
		return errAbsent
	case e.Op == diagnose.Remove:
		src = jsontext.Remove(src, parent, n)
	case e.Op == diagnose.Rename:
		to, _ := e.To.(string)
		src = jsontext.Rename(src, n, to)
	default:
		src = jsontext.Replace(src, n, Raw(e.To))
	}
	r.Body.Text = string(src)
	return nil
}

func parentOf(pointer string) (parent, key string) {
	i := strings.LastIndexByte(pointer, '/')
	if i < 0 {
		return "", ""
	}
	return pointer[:i], jsontext.Split(pointer[i:])[0]
}

// Raw writes the To of an edit as JSON.
func Raw(v any) []byte {
	switch v := v.(type) {
	case json.RawMessage:
		return v
	case string:
		return jsontext.Quote(v)
	case json.Number:
		return []byte(v)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return []byte("null")
	}
	return b
}
