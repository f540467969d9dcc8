package spec

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// spread is a document in files of a folder.
var spread = fstest.MapFS{
	"api.yaml": {Data: []byte(`openapi: 3.0.3
info: {title: Shop, version: "1"}
paths:
  /orders:
    $ref: paths/orders.yaml
`)},
	"paths/orders.yaml": {Data: []byte(`post:
  requestBody:
    required: true
    content:
      application/json:
        schema: {$ref: '../schemas/order.json#/Order'}
  responses: {201: {description: ok}}
`)},
	"schemas/order.json": {Data: []byte(`{"Order": {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string"}, "price": {"$ref": "#/Price"}, "parent": {"$ref": "#/Order"}}}, "Price": {"type": "number"}}`)},
}

func files(fsys fs.FS) Beside {
	return func(name string) ([]byte, error) { return fs.ReadFile(fsys, name) }
}

func TestADocumentMayBeSpreadOverItsFolder(t *testing.T) {
	s, err := LoadBeside(spread["api.yaml"].Data, "doc/api.yaml", files(spread))
	if err != nil {
		t.Fatal(err)
	}
	r := ask(`POST http://h/orders`)
	r.Body.Kind, r.Body.Type, r.Body.Text = "raw", "application/json", `{"sku":"a","parent":{"sku":"b","price":"9.90"}}`
	found := s.Check(r)
	if len(found) != 1 || found[0].Element != "body:/parent/price" {
		t.Errorf("%+v", found)
	}
}

func TestNothingOutsideOfTheFolderIsRead(t *testing.T) {
	for _, ref := range []string{
		"/etc/passwd", "../secret.yaml", "a/../../secret.yaml", "a/%2e%2e/%2e%2e/secret.yaml", "http://127.0.0.1:1/x.yaml", "//host/x.yaml",
		"file:///etc/passwd", `..\secret.yaml`, `c:\x.yaml`, "x.yaml?y", "nested.yaml",
	} {
		asked := []string{}
		read := func(name string) ([]byte, error) {
			asked = append(asked, name)
			if name == "nested.yaml" {
				return []byte("get: {responses: {200: {$ref: '../up.yaml'}}}"), nil
			}
			return nil, fs.ErrNotExist
		}
		doc := "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths:\n  /a:\n    $ref: '" + ref + "'\n"
		if _, err := LoadBeside([]byte(doc), "api.yaml", read); !errors.Is(err, ErrExternal) {
			t.Errorf("%s: %v", ref, err)
		}
		for _, name := range asked {
			if !fs.ValidPath(name) || strings.Contains(name, "secret") || strings.Contains(name, "up.yaml") {
				t.Errorf("%s: %s was read", ref, name)
			}
		}
	}
}

func TestAFolderIsBoundedAsADocumentIs(t *testing.T) {
	doc := "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths:\n  /a: {$ref: a.yaml}\n  /b: {$ref: b.yaml}\n"
	read := func(string) ([]byte, error) {
		return []byte("get: {responses: {}}\n#" + strings.Repeat("x", MaxSize/2)), nil
	}
	if _, err := LoadBeside([]byte(doc), "api.yaml", read); err == nil || !strings.Contains(err.Error(), ErrTooLarge.Error()) {
		t.Errorf("%v", err)
	}
	bomb := "a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]"
	if _, err := LoadBeside([]byte(doc), "api.yaml", func(string) ([]byte, error) { return []byte(bomb), nil }); err == nil || !strings.Contains(err.Error(), "aliases") {
		t.Errorf("%v", err)
	}
}
