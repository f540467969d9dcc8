package spec

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

func TestLoadSaysWhereAndWhy(t *testing.T) {
	for _, c := range []struct{ name, doc, want string }{
		{"empty", "", "no OpenAPI document"},
		{"a list", "[1]", "no OpenAPI document"},
		{"another YAML", "a: 1", "no OpenAPI document"},
		{"JSON with a comma too many", "{\n \"openapi\": \"3.0.0\",,\n}", "line 2 column 21"},
		{"YAML", "openapi: 3.0.0\npaths:\n\t/a: {}", "line 3"},
		{"OpenAPI 4", "info: {}\nopenapi: 4.0.0", "line 2 column 10: OpenAPI 4.0.0 is not supported"},
		{"Swagger 1", "swagger: \"1.2\"", "line 1 column 10: Swagger 1.2"},
		{"a file", "openapi: 3.0.0\npaths:\n  /a:\n    $ref: a.yaml", `line 4 column 11: $ref "a.yaml" refers to another document`},
		{"a URL", "openapi: 3.0.0\ncomponents:\n  schemas:\n    A: {$ref: 'http://127.0.0.1:1/x.yaml#/A'}", "line 4 column 15"},
		{"a file, hidden as an example", "openapi: 3.0.0\npaths: {}\ncomponents:\n  schemas:\n    A:\n      properties:\n        example: {$ref: '/etc/passwd'}", "another document"},
		{"nothing there", "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      parameters: [{$ref: '#/components/parameters/P'}]\n      responses: {}", "line 5 column 27"},
		{"itself", "openapi: 3.0.0\nx: &a [*a]", "contains itself"},
		{"a bomb", "openapi: 3.0.0\na: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]", "aliases"},
		{"too deep", "{\"openapi\": \"3.0.0\", \"x\": " + strings.Repeat("[", 500) + strings.Repeat("]", 500) + "}", "nested deeper"},
		{"too large", "openapi: 3.0.0\n#" + strings.Repeat("x", MaxSize), "larger than 8 MiB"},
	} {
		s, err := Load([]byte(c.doc), "api.yaml")
		if err == nil {
			t.Errorf("%s: no error, %d operations", c.name, s.Operations())
		} else if !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "api.yaml: ") {
			t.Errorf("%s: %q does not say %q", c.name, err, c.want)
		}
	}
	if _, err := Load([]byte("openapi: 3.0.0\nx: {$ref: b.json}"), ""); !errors.Is(err, ErrExternal) {
		t.Errorf("%v is not ErrExternal", err)
	}
}

func TestLoadKeepsDatesAndSpelling(t *testing.T) {
	s, err := Load([]byte("openapi: 3.0.0\ninfo: {title: A, version: 1.10}\npaths:\n  /a:\n    get:\n      parameters: [{name: on, in: query, required: true, schema: {type: string, format: date}, example: 2026-01-02}]\n      responses: {200: {description: ok}}"), "")
	if err != nil {
		t.Fatal(err)
	}
	if s.Title() != "A 1.10" {
		t.Errorf("title %q", s.Title())
	}
	edits := s.Edits(ask("GET http://h/a"), noon)
	if len(edits) == 0 || edits[0].To != "2026-01-02" {
		t.Errorf("%+v", edits)
	}
}

// On a host that the document does not name, its paths are right with its base path and without.
func TestAnotherHostMayHaveNoBasePath(t *testing.T) {
	s := load(t, "shop.yaml")
	for _, u := range []string{"http://127.0.0.1:4010/orders", "http://127.0.0.1:4010/v1/orders"} {
		r := ask("GET " + u + ten)
		if got := said(s.Check(r)); got != "" {
			t.Errorf("%s: %s", u, got)
		}
		edits := s.Edits(r, noon)
		if len(edits) != 1 || edits[0].Element != "url.path" || edits[0].Weight > slight || !edits[0].Widens {
			t.Errorf("%s: %+v", u, edits)
		}
	}
}

func TestFixturesLoadOrSayWhy(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "fixtures", "openapi")
	if _, err := os.Stat(root); err != nil {
		t.Skip("no ../shared/fixtures/openapi here")
	}
	bad := map[string]bool{"openapi-broken.json": true, "openapi-malformed.yaml": true}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		s, err := Load(b, d.Name())
		if err != nil {
			t.Logf("%v", err)
			if !bad[d.Name()] {
				t.Errorf("does not load: %v", err)
			}
			return nil
		}
		t.Logf("%s: %q, %d operations", d.Name(), s.Title(), s.Operations())
		for _, o := range s.ops {
			everything(t, s, o)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// everything asks all there is to ask about one operation, and looks that what is generated passes the check
// but for credentials, which nobody can generate.
func everything(t *testing.T, s *Spec, o operation) {
	r := request.Request{Method: o.method, URL: "http://localhost" + o.servers[0].base + strings.NewReplacer("{", "", "}", "").Replace(o.path)}
	s.Edits(r, noon)
	for _, k := range s.Known(r, noon) {
		if strings.Contains(k.Label, "example") {
			continue // the document's own, right or not
		}
		for _, e := range s.Check(k.Request) {
			if e.Ratio >= certain && !strings.Contains(string(e.Cause), "credentials") {
				t.Errorf("%s %s: %s", o.method, o.path, e.Text)
			}
		}
	}
	s.Response(&request.Exchange{Request: r, Hops: []request.Hop{{Response: &request.Response{
		Status: 200, Header: []request.Field{{Name: "Content-Type", Value: "application/json"}}, Body: request.NewContent([]byte(`{"a":[1]}`)),
	}}}})
}

// The validator agrees with kin-openapi's about what is valid: thousands of bodies, each with a few changes.
func TestValidatorAgreesWithKin(t *testing.T) {
	s := load(t, "shop.yaml")
	schema := s.doc.Components.Schemas["Order"].Value
	values := []string{`"x"`, `1`, `1.5`, `0`, `-3`, `true`, `null`, `{}`, `[]`, `"2026-01-01"`, `"c-5"`, `"paid"`, `3000000000`, `{"city":"X"}`, `"too long a text"`, `[{"sku":"A","price":2}]`}
	names := []string{"customer", "placed", "gift", "status", "note", "ship", "items", "parent", "extra"}
	rnd := rand.New(rand.NewPCG(1, 2))
	disagree := 0
	for range 3000 {
		o := map[string]json.RawMessage{"customer": json.RawMessage(`"c-1"`), "items": json.RawMessage(`[{"sku":"A","price":1}]`)}
		for range rnd.IntN(3) {
			n := names[rnd.IntN(len(names))]
			if o[n] = json.RawMessage(values[rnd.IntN(len(values))]); rnd.IntN(6) == 0 {
				delete(o, n)
			}
		}
		text, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		v, _ := decode(text)
		var theirs any
		if err := json.Unmarshal(text, &theirs); err != nil {
			t.Fatal(err)
		}
		ours, kin := (&judge{}).valid(schema, v), schema.VisitJSON(theirs) == nil
		// kin-openapi does not know the direction here, so that it asks for the read-only id.
		o["id"] = json.RawMessage(`"1"`)
		text, _ = json.Marshal(o)
		_ = json.Unmarshal(text, &theirs)
		kin = kin || schema.VisitJSON(theirs) == nil
		if _, ok := o["parent"]; ok {
			continue // its read-only id is asked for as well
		}
		if ours != kin {
			if disagree++; disagree < 5 {
				t.Errorf("%s: ours says %v, kin-openapi %v: %v", text, ours, kin, (&judge{}).problems(schema, v))
			}
		}
	}
}

// A thicket is a schema that contains itself in every way at once: to ask about it ends all the same.
const thicket = `openapi: 3.0.0
info: {title: a, version: 1}
paths:
  /a:
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/N'}}}}
      responses: {200: {description: ok}}
components:
  schemas:
    N:
      type: object
      required: [l, r, m]
      additionalProperties: false
      properties:
        l: {oneOf: [{$ref: '#/components/schemas/N'}, {$ref: '#/components/schemas/M'}]}
        r: {anyOf: [{$ref: '#/components/schemas/M'}, {$ref: '#/components/schemas/N'}]}
        m: {allOf: [{$ref: '#/components/schemas/N'}, {anyOf: [{$ref: '#/components/schemas/M'}, {$ref: '#/components/schemas/N'}]}]}
    M: {oneOf: [{$ref: '#/components/schemas/N'}, {$ref: '#/components/schemas/M'}, {allOf: [{$ref: '#/components/schemas/M'}]}]}
`

func TestThicketEnds(t *testing.T) {
	s, err := Load([]byte(thicket), "")
	if err != nil {
		t.Fatal(err)
	}
	s.Edits(ask("POST http://h/a\n\n"+`{"l":{"l":{},"r":{"l":1}},"r":{"m":{"l":{},"r":[]}},"x":{}}`), noon)
}

func FuzzLoad(f *testing.F) {
	for _, name := range []string{"shop.yaml", "pay31.json", "pets2.yaml"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("openapi: 3.0.0\npaths:\n  /{a}/b:\n    get: {parameters: [{name: a, in: path, schema: {allOf: [{$ref: '#/components/schemas/S'}]}}]}\ncomponents: {schemas: {S: {anyOf: [{$ref: '#/components/schemas/S'}, {type: [string, 'null']}]}}}"))
	f.Add([]byte(thicket))
	f.Fuzz(func(t *testing.T, doc []byte) {
		if len(doc) > 20_000 {
			return
		}
		s, err := Load(doc, "") // a document that takes for ever ends the test by its time limit
		if err != nil {
			return
		}
		for k, o := range s.ops {
			if k > 8 {
				break
			}
			url := "http://localhost" + o.servers[0].base + strings.NewReplacer("{", "", "}", "").Replace(o.path)
			r := request.Request{Method: o.method, URL: url, Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"customer":1,"items":[{}]}`}}
			for _, e := range s.Edits(r, noon) {
				if e.Element == "" || e.Op == "" {
					t.Errorf("an empty edit: %+v", e)
				}
			}
			s.Known(r, noon)
			s.Response(&request.Exchange{Request: r, Hops: []request.Hop{{Response: &request.Response{Status: 200, Body: request.NewContent([]byte("[]"))}}}})
		}
		var _ diagnose.Knowledge = s
	})
}

// A check is asked several times in a diagnosis; it must cost nothing beside a probe.
func BenchmarkCheck(b *testing.B) {
	s := load(b, "shop.yaml")
	r := ask(post + `{"customer":"c-1","items":[{"sku":"A","price":1},{"sku":"B","price":"12.50"}]}`)
	for b.Loop() {
		s.Check(r)
	}
}
