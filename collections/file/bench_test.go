package file

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// large makes a collection of n requests in folders of 100.
func large(tb testing.TB, n int) string {
	dir := tb.TempDir()
	files := map[string]string{rootFile: "opencollection: 1.0.0\ninfo:\n  name: Large\n"}
	for i := range n {
		files[fmt.Sprintf("f%03d/r%05d.yml", i/100, i)] = fmt.Sprintf(`info:
  name: Request %d
  type: http
  seq: %d

http:
  method: POST
  url: "{{host}}/orders/:id?limit=10&page=%d"
  headers:
    - name: Accept
      value: application/json
    - name: X-Trace
      value: "%d"
      disabled: true
  params:
    - name: id
      value: "7"
      type: path
  body:
    type: json
    data: |-
      {
        "sku": "A-%d",
        "qty": 2
      }
  auth: inherit

settings:
  encodeUrl: true
  timeout: 0
`, i, i%100, i, i, i)
	}
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	return dir
}

func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{200, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := large(b, n)
			for b.Loop() {
				s, err := Open(dir)
				if err != nil {
					b.Fatal(err)
				}
				c, err := s.Load(b.Context())
				if err != nil || len(c.Root.Children) == 0 {
					b.Fatal(err)
				}
				s.Close()
			}
		})
	}
}

// BenchmarkList is how long the tree takes to appear.
func BenchmarkList(b *testing.B) {
	dir := large(b, 10_000)
	s, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for b.Loop() {
		if _, _, err := s.list(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSave(b *testing.B) {
	s, err := Open(large(b, 1))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	c, err := s.Load(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	e := c.Root.Children[0].Children[0]
	saved := e.Saved
	for i := 0; b.Loop(); i++ {
		saved.Method = []string{"PUT", "POST"}[i%2]
		if err := s.Save(e, saved); err != nil {
			b.Fatal(err)
		}
	}
}

// To list a folder asks nothing of the files in it: that was two thirds of the time until the tree is there, and two
// allocations a file.
func TestAListingAsksNothingOfEachFile(t *testing.T) {
	const n, most = 500, 6
	s, err := Open(large(t, n))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	got := testing.AllocsPerRun(3, func() {
		if _, entries, err := s.list(t.Context()); err != nil || len(entries) < n {
			t.Fatal(len(entries), err)
		}
	})
	if got > most*n {
		t.Errorf("%.0f allocations for %d files, want at most %d a file", got, n, most)
	}
}
