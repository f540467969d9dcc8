package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// everyPlace is a saved request with something at every place that a fix may touch; BODY stands for its body.
const everyPlace = `# kept as it is
info:
  name: r   # the name
  type: http
http:
  method: POST
  url: "{{base}}/ordrs/:id?limit=1O&x={{kind}}"
  headers:
    - name: Accept
      value: "text/html"   # a comment
    - name: X-Kind
      value: "{{kind}}"
    - name: X-Only
      value: '{{only}}'
    - name: Cookie
      value: "a=1; sid=old"
  params:
    - name: id
      value: "7"
      type: path
    - name: limit
      value: "1O"
      type: query
    - name: x
      value: "{{kind}}"
      type: query
  body:
BODY
  auth:
    type: bearer
    token: "old token"
runtime:
  variables:
    - name: kind
      value: tea
    - name: only
      value: one
`

// bodies are the forms in which a body stands in a file.
var bodies = map[string]string{
	"block":  "    type: json\n    data: |-\n      {\n        \"price\": \"12.50\",\n        \"items\": [{\"qty\": \"2\"}, {\"qty\": 3}],\n        \"kind\": \"{{kind}}\",\n        \"last\": null\n      }",
	"quoted": `    type: json` + "\n" + `    data: "{\"price\": \"12.50\", \"items\": [{\"qty\": \"2\"}, {\"qty\": 3}], \"kind\": \"{{kind}}\", \"last\": null}"`,
	"single": `    type: json` + "\n" + `    data: '{"price": "12.50", "items": [{"qty": "2"}, {"qty": 3}], "kind": "{{kind}}", "last": null}'`,
	"form":   "    type: form-urlencoded\n    data:\n      - name: price\n        value: \"12,50\"\n      - name: kind\n        value: \"{{kind}}\"",
	"parts":  "    type: multipart-form\n    data:\n      - name: price\n        type: text\n        value: \"12,50\"",
	"text":   "    type: text\n    data: |-\n      one\n      two",
	"xml":    "    type: xml\n    data: |-\n      <a>\n        <b>1</b>\n      </a>",
}

// A fix is written as the fewest lines, in files of both line ends and in every form of a body, and the file then sends
// what was proved.
func TestApplyWritesTheSmallestEdit(t *testing.T) {
	set := func(id, to string) diagnose.Edit {
		return diagnose.Edit{Element: diagnose.ElementID(id), Op: diagnose.Set, To: to}
	}
	number := func(id string, n float64) diagnose.Edit {
		return diagnose.Edit{Element: diagnose.ElementID(id), Op: diagnose.Set, To: n}
	}
	remove := func(id string) diagnose.Edit {
		return diagnose.Edit{Element: diagnose.ElementID(id), Op: diagnose.Remove}
	}
	add := func(id string, to any) diagnose.Edit {
		return diagnose.Edit{Element: diagnose.ElementID(id), Op: diagnose.Add, To: to}
	}
	for _, tt := range []struct {
		name, body string
		edit       diagnose.Edit
		lines      int // of the file that differ, at most
	}{
		{"method", "block", set("method", "PUT"), 1},
		{"path", "block", set("url.path[0]", "orders"), 1},
		{"path parameter", "block", set("url.path[1]", "8"), 1},
		{"query", "block", set("query:limit", "10"), 2}, // the URL and its row
		{"query of a variable", "block", set("query:x", "milk"), 2},
		{"query removed", "block", remove("query:limit"), 2}, // its row is switched off
		{"query added", "block", add("query:page", "2"), 4},
		{"header", "block", set("header:Accept", "application/json"), 1},
		{"header of a variable used elsewhere", "block", set("header:X-Kind", "milk"), 1},
		{"header of a variable of its own", "block", set("header:X-Only", "two"), 1},
		{"header removed", "block", remove("header:X-Kind"), 1},
		{"header added", "block", add("header:X-New", "n"), 2},
		{"cookie", "block", set("cookie:sid", "new"), 1},
		{"auth", "block", set("auth", "Bearer new"), 1},
		{"member", "block", number("body:/price", 12.5), 1},
		{"member in an item", "block", number("body:/items/0/qty", 2), 1},
		{"member of a variable", "block", set("body:/kind", "milk"), 1},
		{"member removed", "block", remove("body:/last"), 2},
		{"member added", "block", add("body:/more", true), 2},
		{"member, quoted", "quoted", number("body:/price", 12.5), 1},
		{"member removed, quoted", "quoted", remove("body:/last"), 1},
		{"member, single", "single", number("body:/items/0/qty", 2), 1},
		{"member with an apostrophe, single", "single", set("body:/price", "it's"), 1},
		{"form field", "form", set("form:price", "12.50"), 1},
		{"form field of a variable", "form", set("form:kind", "milk"), 1},
		{"form field removed", "form", remove("form:price"), 1},
		{"form field added", "form", add("form:more", "1"), 2},
		{"part", "parts", set("multipart:price", "12.50"), 1},
		{"part added", "parts", add("multipart:more", "1"), 3},
		{"text", "text", set("body", "one\nthree"), 1},
		{"XML", "xml", set("body", "<a>\n  <b>2</b>\n</a>"), 1},
	} {
		for end, eol := range map[string]string{"LF": "\n", "CRLF": "\r\n"} {
			t.Run(tt.name+" "+end, func(t *testing.T) {
				src := strings.ReplaceAll(strings.Replace(everyPlace, "BODY", bodies[tt.body], 1), "\n", eol)
				got, sends, want := applied(t, src, tt.edit)
				if n := differ(src, got); n > tt.lines || n == 0 {
					t.Errorf("%d lines differ, want at most %d:\n%s", n, tt.lines, udiff.Unified("before", "after", src, got))
				}
				if strings.Count(got, "\n") != strings.Count(got, eol) || eol == "\n" && strings.Contains(got, "\r") {
					t.Errorf("line ends are mixed: %q", got)
				}
				if d := element.Diff(sends, want); len(d) > 0 {
					t.Errorf("the file sends something else than was proved: %+v", d)
				}
			})
		}
	}
}

// applied writes an edit into a file of a collection. It returns the file, the request it now sends, and the one that
// was proved.
func applied(t *testing.T, src string, e diagnose.Edit) (after string, sends, proved request.Request) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"opencollection.yml": "opencollection: 1.0.0\ninfo:\n  name: c\n", "r.yml": src,
		"environments/local.yml": "name: local\nvariables:\n  - name: base\n    value: http://127.0.0.1:1\n"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := file.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	entry := c.Root.Children[0]
	o := collections.ResolveOptions{Dir: dir, Environment: &c.Environments[0]}
	r, err := collections.Resolve(entry, o)
	if err != nil {
		t.Fatal(err)
	}
	proved, err = element.Apply(r.Request, []diagnose.Edit{e})
	if err != nil {
		t.Fatal(err)
	}
	a, err := collections.Amend(entry, entry.Saved, r, proved, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Assign) > 0 {
		t.Errorf("it wants to change %+v", a.Assign)
	}
	if err := s.Save(entry, a.Saved); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "r.yml"))
	if err != nil {
		t.Fatal(err)
	}
	again := s.Reload(entry)
	again.Parent = c.Root
	r, err = collections.Resolve(again, o)
	if err != nil {
		t.Fatal(err)
	}
	return string(text), r.Request, proved
}

// differ counts the lines that a diff adds or takes away, whichever are more.
func differ(a, b string) int {
	less, more := 0, 0
	for line := range strings.SplitSeq(udiff.Unified("a", "b", a, b), "\n") {
		switch {
		case strings.HasPrefix(line, "---"), strings.HasPrefix(line, "+++"):
		case strings.HasPrefix(line, "-"):
			less++
		case strings.HasPrefix(line, "+"):
			more++
		}
	}
	return max(less, more)
}
