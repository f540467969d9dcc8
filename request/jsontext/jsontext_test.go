package jsontext

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestEditsChangeOnlyTheirBytes(t *testing.T) {
	src := "{\n  \"a\": 1.10,\n  \"b\": [1, {\"c\": \"x\"}, 3],\n  \"d\": {}\n}"
	for _, tt := range []struct {
		name string
		edit func(src []byte, root *Node) []byte
		want string
	}{
		{"replace", func(s []byte, r *Node) []byte { return Replace(s, r.At("/b/1/c"), []byte(`null`)) },
			"{\n  \"a\": 1.10,\n  \"b\": [1, {\"c\": null}, 3],\n  \"d\": {}\n}"},
		{"remove first", func(s []byte, r *Node) []byte { return Remove(s, r, r.At("/a")) },
			"{\n  \"b\": [1, {\"c\": \"x\"}, 3],\n  \"d\": {}\n}"},
		{"remove last", func(s []byte, r *Node) []byte { return Remove(s, r, r.At("/d")) },
			"{\n  \"a\": 1.10,\n  \"b\": [1, {\"c\": \"x\"}, 3]\n}"},
		{"remove only", func(s []byte, r *Node) []byte { return Remove(s, r.At("/b/1"), r.At("/b/1/c")) },
			"{\n  \"a\": 1.10,\n  \"b\": [1, {}, 3],\n  \"d\": {}\n}"},
		{"remove element", func(s []byte, r *Node) []byte { return Remove(s, r.At("/b"), r.At("/b/2")) },
			"{\n  \"a\": 1.10,\n  \"b\": [1, {\"c\": \"x\"}],\n  \"d\": {}\n}"},
		{"insert", func(s []byte, r *Node) []byte { return Insert(s, r, "e", []byte(`true`)) },
			"{\n  \"a\": 1.10,\n  \"b\": [1, {\"c\": \"x\"}, 3],\n  \"d\": {},\n  \"e\": true\n}"},
		{"insert into empty", func(s []byte, r *Node) []byte { return Insert(s, r.At("/d"), "e", []byte(`true`)) },
			"{\n  \"a\": 1.10,\n  \"b\": [1, {\"c\": \"x\"}, 3],\n  \"d\": {\"e\": true}\n}"},
		{"rename", func(s []byte, r *Node) []byte { return Rename(s, r.At("/a"), "α\"") },
			"{\n  \"α\\\"\": 1.10,\n  \"b\": [1, {\"c\": \"x\"}, 3],\n  \"d\": {}\n}"},
	} {
		root, err := Parse([]byte(src))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(tt.edit([]byte(src), root)); got != tt.want {
			t.Errorf("%s: got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestErrorsNameThePlaceAndTheReason(t *testing.T) {
	for src, want := range map[string]string{
		`{"a":1,}`:         "line 1 column 8: a comma before the closing bracket",
		"{\n 'a':1}":       `line 2 column 2: '\'' where a key in double quotes is expected`,
		`[1 2]`:            "line 1 column 4: '2' where , or ] is expected",
		`{"a":01}`:         "line 1 column 6: a number with a leading zero",
		`{"a":"x`:          "line 1 column 8: the text ends inside a string",
		`{"a":True}`:       "line 1 column 6: 'T' where a value is expected",
		`{} {}`:            "line 1 column 4: more text after the end of the document",
		``:                 "line 1 column 1: the text ends where a value is expected",
		"{\"a\":\"x\ny\"}": "line 1 column 8: a raw control character in a string",
		`[1,2`:             "line 1 column 5: the text ends where , or ] is expected",
	} {
		_, err := Parse([]byte(src))
		if err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", src, err, want)
		}
	}
}

func TestJSONTestSuite(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/fixtures/json/JSONTestSuite/*/*.json")
	more, _ := filepath.Glob("../../../shared/fixtures/json/JSONTestSuite/*.json")
	files = append(files, more...)
	if len(files) == 0 {
		t.Skip("../shared/fixtures is not here")
	}
	n := 0
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, perr := Parse(src)
		switch base := filepath.Base(f); {
		case strings.HasPrefix(base, "y_") && perr != nil:
			t.Errorf("%s refused: %v", base, perr)
		case strings.HasPrefix(base, "n_") && perr == nil:
			t.Errorf("%s accepted", base)
		}
		n++
	}
	t.Logf("%d files", n)
}

// FuzzParse compares with encoding/json and checks that offsets lie inside the text.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`{"a":[1,2.5e3,"x\u00e9",true,null]}`, `[`, `{"a":{"a":1},"a":2}`, `"\ud800"`, `{"":[[]]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		root, err := Parse([]byte(src))
		if valid := json.Valid([]byte(src)); valid != (err == nil) {
			t.Fatalf("json.Valid %v, Parse %v", valid, err)
		}
		if err != nil {
			return
		}
		root.Walk(func(p string, n *Node) bool {
			if n.Start < 0 || n.End > len(src) || n.Start >= n.End {
				t.Fatalf("%s at %d:%d of %d", p, n.Start, n.End, len(src))
			}
			for i := range n.Children {
				out := Remove([]byte(src), n, n.Children[i])
				if !json.Valid(out) {
					t.Fatalf("remove %s child %d: %q", p, i, out)
				}
			}
			if n.Kind == Object || n.Kind == Array {
				out := Insert([]byte(src), n, "k", []byte("1"))
				if !json.Valid(out) {
					t.Fatalf("insert %s: %q", p, out)
				}
			}
			return true
		})
		var a, b any
		json.Unmarshal([]byte(src), &a)
		json.Unmarshal(Replace([]byte(src), root, []byte(src[root.Start:root.End])), &b)
		if !reflect.DeepEqual(a, b) {
			t.Fatal("identity replace changed the value")
		}
	})
}
