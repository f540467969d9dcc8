package file

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fixtures returns the OpenCollection files that others wrote.
func fixtures(t testing.TB) map[string][]byte {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "fixtures", "opencollection")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the fixtures are not here: %v", err)
	}
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".yml") {
			return err
		}
		b, err := os.ReadFile(path)
		files[path] = b
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var replacements = []string{
	"replaced", "{{host}}/a?b=1&c", "no", "007", "a: b # c", `say "hi" it's`, "two\nlines\n", "", " lead",
}

// TestReplacingAnyScalarKeepsTheRest is the promise of the package: an edit changes only its bytes.
func TestReplacingAnyScalarKeepsTheRest(t *testing.T) {
	for _, form := range []string{"as it is", "crlf", "bom"} {
		done, refused, wrong, unread := 0, 0, 0, 0
		for name, src := range fixtures(t) {
			switch form {
			case "crlf":
				src = bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n"))
			case "bom":
				src = append([]byte("\ufeff"), src...)
			}
			d, fault := Parse(src)
			if fault != nil {
				unread++
				continue
			}
			for i, path := range leaves(place{node: d.root}, "") {
				e, _ := Parse(src)
				at, _ := e.find(path)
				before := at.node.Value
				start, end, err := e.scalar(at)
				if err == nil {
					err = e.Set(path, replacements[i%len(replacements)])
				}
				if err != nil {
					refused++
					t.Logf("%s %s: %v", name, path, err)
					continue
				}
				got := e.Bytes()
				if !bytes.HasPrefix(got, src[:start]) || !bytes.HasSuffix(got, src[end:]) {
					wrong++
					t.Errorf("%s %s (%q): bytes around it changed", name, path, before)
					continue
				}
				if at, ok := e.find(path); !ok || at.node.Value != replacements[i%len(replacements)] {
					wrong++
					t.Errorf("%s %s: reads back as %q", name, path, at.node.Value)
				}
				done++
			}
		}
		t.Logf("%s: %d edits done, %d refused, %d wrong, %d files not read", form, done, refused, wrong, unread)
	}
}

func TestEditsChangeOnlyTheirLines(t *testing.T) {
	const src = `# top
info: {name: A, type: http, seq: 1}

http:
  method: GET # verb
  url: "{{host}}/x"
  headers:
    - name: A   # first
      value: 'it''s'
    # about B
    - name: B
      value: plain
  body:
    type: json
    data: |-
      {
        "a": 1,

        "b": 2
      }
  later: kept
`
	order := []string{"method", "url", "headers", "params", "body", "auth"}
	tests := []struct {
		name string
		do   func(d *Document) error
		old  string
		new  string
	}{
		{"plain", func(d *Document) error { return d.Set("http/method", "POST") }, "GET # verb", "POST # verb"},
		{"flow", func(d *Document) error { return d.Set("info/name", "A, b") }, "{name: A,", `{name: "A, b",`},
		{"word", func(d *Document) error { return d.SetWord("info/seq", "12") }, "seq: 1}", "seq: 12}"},
		{"single quotes stay", func(d *Document) error { return d.Set("http/headers/0/value", "don't") }, "'it''s'", "'don''t'"},
		{"a line of a block", func(d *Document) error {
			return d.Set("http/body/data", "{\n  \"a\": 1,\n\n  \"b\": 3\n}")
		}, `"b": 2`, `"b": 3`},
		{"block with a line more", func(d *Document) error {
			return d.Set("http/body/data", "{\n  \"a\": 1,\n\n  \"b\": 2,\n  \"c\": 3\n}\n")
		}, "|-\n      {\n        \"a\": 1,\n\n        \"b\": 2\n", "|\n      {\n        \"a\": 1,\n\n        \"b\": 2,\n        \"c\": 3\n"},
		{"key in its place", func(d *Document) error { return d.add("http/auth", text("inherit"), order...) },
			"  later", "  auth: inherit\n  later"},
		{"key in flow", func(d *Document) error { return d.add("info/tags", list(text("a"), text("b"))) },
			"seq: 1}", "seq: 1, tags: [a, b]}"},
		{"top key", func(d *Document) error {
			return d.add("runtime/variables", list(put(put(mapping(), "name", text("v")), "value", text("1"))), "info", "http", "runtime")
		}, "later: kept\n", "later: kept\n\nruntime:\n  variables:\n    - name: v\n      value: \"1\"\n"},
		{"row behind", func(d *Document) error {
			return d.insert("http/headers", 2, put(put(mapping(), "name", text("C")), "value", text("{{x}}")))
		}, "value: plain\n", "value: plain\n    - name: C\n      value: \"{{x}}\"\n"},
		{"row first", func(d *Document) error {
			return d.insert("http/headers", 0, put(put(mapping(), "name", text("C")), "value", text("3")))
		}, "    - name: A ", "    - name: C\n      value: \"3\"\n    - name: A "},
		{"row out", func(d *Document) error { return d.remove("http/headers/0") },
			"    - name: A   # first\n      value: 'it''s'\n", ""},
		{"key out", func(d *Document) error { return d.remove("http/url") }, "  url: \"{{host}}/x\"\n", ""},
		{"first key of a row out", func(d *Document) error { return d.remove("http/headers/1/name") },
			"- name: B\n      value", "- value"},
		{"key out of flow", func(d *Document) error { return d.remove("info/type") }, "type: http, ", ""},
		{"last key out of flow", func(d *Document) error { return d.remove("info/seq") }, ", seq: 1", ""},
		{"switch off", func(d *Document) error { return d.add("http/headers/1/disabled", word("true")) },
			"value: plain\n", "value: plain\n      disabled: true\n"},
	}
	for _, eol := range []string{"\n", "\r\n"} {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				crlf := func(s string) string { return strings.ReplaceAll(s, "\n", eol) }
				d, fault := Parse([]byte(crlf(src)))
				if fault != nil {
					t.Fatal(fault)
				}
				if err := tt.do(d); err != nil {
					t.Fatal(err)
				}
				want := strings.Replace(crlf(src), crlf(tt.old), crlf(tt.new), 1)
				if got := string(d.Bytes()); got != want {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
			})
		}
	}
}

func TestFaultsNameTheirPlace(t *testing.T) {
	tests := []struct {
		src  string
		line int
		text string
	}{
		{"", 0, "empty"},
		{"a: 1\nb: [1, 2\n", 1, ""},
		{"a: 1\n\tb: 2\n", 2, ""},
		{"a: &x 1\nb: *x\n", 2, "alias"},
		{"a: 1\na: 2\n", 2, "twice"},
		{"a: 1\n---\nb: 2\n", 2, "second document"},
		{"a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n", 2, "git"},
		{"a: 1\nb: \xff\n", 2, "UTF-8"},
		{strings.Repeat("[", 200) + strings.Repeat("]", 200), 1, "deeper"},
		{strings.Repeat("a", maxSize+1), 0, "1 MiB"},
	}
	for _, tt := range tests {
		_, fault := Parse([]byte(tt.src))
		if fault == nil {
			t.Errorf("%.20q: no fault", tt.src)
			continue
		}
		if fault.Line != tt.line || !strings.Contains(fault.Text, tt.text) {
			t.Errorf("%.20q: got %v, want line %d and %q", tt.src, fault, tt.line, tt.text)
		}
	}
}
