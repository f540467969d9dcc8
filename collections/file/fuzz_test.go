package file

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"culprit/collections"
)

// FuzzOpenFile: a file that is saved without an edit stays byte for byte; an edit of any scalar to any text
// reads back and changes only the scalar.
func FuzzOpenFile(f *testing.F) {
	n := 0
	for _, src := range fixtures(f) {
		if n++; n%4 == 0 {
			f.Add(src, n, "replaced {{x}}")
		}
	}
	f.Add([]byte("info: {name: a, type: http}\nhttp:\n  body: {type: json, data: 'x'}\n  headers:\n  - name: a\n    value: |2+\n       b\n\n"), 3, "a\n b\n\n")
	f.Fuzz(func(t *testing.T, src []byte, which int, value string) {
		d, fault := Parse(bytes.Clone(src))
		if fault != nil {
			return
		}
		for _, folder := range []bool{false, true} {
			saved := d.read(folder)
			got, err := Edit(src, folder, saved)
			if err == nil && !bytes.Equal(got, src) {
				t.Fatalf("saved without an edit:\n%q\nwas\n%q", got, src)
			}
		}
		paths := leaves(place{node: d.root}, "")
		if len(paths) == 0 {
			return
		}
		path := paths[uint(which)%uint(len(paths))]
		at, ok := d.find(path)
		if !ok {
			return
		}
		start, end, err := d.scalar(at)
		if err != nil || d.Set(path, value) != nil {
			return
		}
		if !bytes.HasPrefix(d.Bytes(), src[:start]) || !bytes.HasSuffix(d.Bytes(), src[end:]) {
			t.Fatalf("%s: the bytes around it changed:\n%q\nwas\n%q", path, d.Bytes(), src)
		}
		if at, _ := d.find(path); at.node.Value != value {
			t.Fatalf("%s reads back as %q, not %q", path, at.node.Value, value)
		}
	})
}

// FuzzSave: any list of headers, saved over any other, reads back.
func FuzzSave(f *testing.F) {
	f.Add("a\nb\nc", "c\na\nx", true, "\r\n")
	f.Add("", "a", false, "\n")
	f.Add("a\na\nb", "", false, "\n")
	f.Fuzz(func(t *testing.T, old, new string, flow bool, body string) {
		src := []byte("info: {name: t, type: http}\n# c\nhttp: {method: GET, url: http://x}\n")
		if !flow {
			src = []byte("info:\n  name: t\n  type: http\n# c\nhttp:\n  method: GET\n  url: http://x\n")
		}
		for _, list := range []string{old, new} {
			var rows []collections.Row
			for i, name := range bytes.Split([]byte(list), []byte("\n")) {
				rows = append(rows, collections.Row{Name: string(name), Value: body, Off: i%3 == 1, About: list[:min(len(list), i)]})
			}
			if list == "" {
				rows = nil
			}
			next, err := Edit(src, false, collections.Saved{Method: "GET", URL: "http://x", Headers: rows,
				Body: collections.SavedBody{Type: "json", Text: body + list}})
			if err != nil {
				return // refused, for what YAML cannot hold
			}
			if got, err := Read(next, false); err != nil || !slices.Equal(got.Headers, rows) {
				t.Fatalf("%v\n%q\nfrom %q", err, next, src)
			}
			src = next
		}
	})
}

// leaves returns the paths of all scalars below a place that are values, not keys.
func leaves(at place, path string) []string {
	if at.node.Kind == yaml.ScalarNode {
		return []string{path}
	}
	var paths []string
	for i := range at.len() {
		c := at.child(i)
		step := strconv.Itoa(i)
		if c.key != nil {
			step = strings.ReplaceAll(strings.ReplaceAll(c.key.Value, "~", "~0"), "/", "~1")
		}
		paths = append(paths, leaves(c, join(path, step))...)
	}
	return paths
}
