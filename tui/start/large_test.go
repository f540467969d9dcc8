//go:build linux

package start_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Of a collection that is higher than the window, the first frame has its rows, and then the rest comes, with either
// renderer.
func TestALargeCollectionComesWhole(t *testing.T) {
	for _, renderer := range []string{"", "stock"} {
		t.Run(renderer, func(t *testing.T) {
			dir := shop(t)
			for i := range 60 {
				folder := filepath.Join(dir, fmt.Sprintf("folder %d", i/20))
				file := fmt.Sprintf("info:\n  name: Number %d\n  type: http\n  seq: %d\nhttp:\n  method: PUT\n  url: \"http://127.0.0.1:9/%d\"\n", i, i, i)
				if err := os.MkdirAll(folder, 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.yml", i)), []byte(file), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			p := started(t, dir, renderer)
			p.Shows(soon, "Number 1")
			p.Shows(soon, "help")
			p.Type("G")
			p.Shows(soon, "PUT  Number 59")
			p.Shows(soon, "Create order")
		})
	}
}
