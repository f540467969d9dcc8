package evidence

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"culprit/diagnose/element"
)

func TestWhatTheAnswerRepeatsOfTheRequest(t *testing.T) {
	r := post(`{"id":1,"items":[{"sku":"a","qty":1},{"sku":"b","qty":2,"at":{"x":1,"y":[1,2]}},{"only":1}]}`)
	for answer, want := range map[string][]string{
		`{"error":"no","object":{"at":{"y":[1,2],"x":1},"qty":2,"sku":"b"}}`: {"items", "1"},
		`{"error":"no","object":{"y":[1,2],"x":1}}`:                          {"items", "1", "at"},
		`{"error":"no","object":{"y":[2,1],"x":1}}`:                          nil,
		`{"error":"no","object":{"qty":2,"sku":"a"}}`:                        nil,
		`{"error":"no","object":{"qty":"1","sku":"a"}}`:                      nil,
		`{"error":"no","object":{"only":1}}`:                                 nil, // may be anything
		`[{"sku":"a","qty":1},{"sku":"b","qty":2,"at":{"x":1,"y":[1,2]}}]`:   nil, // several
	} {
		if got := newReader(answered(r, 400, answer), element.Of(r).Elements).mirrored(); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", answer, got, want)
		}
	}
}

// BenchmarkMirror: a large answer that nearly repeats a large request costs about as much as one that does not.
func BenchmarkMirror(b *testing.B) {
	list := func(last int) string {
		var s strings.Builder
		for i := range 2000 {
			fmt.Fprintf(&s, `{"sku":"tea-%d","qty":%d,"tags":{"a":1,"b":[1,2,{"c":3,"d":4}]}},`, i, i)
		}
		return fmt.Sprintf(`{"order":{"name":"x","items":[%s{"last":%d}]}}`, s.String(), last)
	}
	r := post(list(0))
	els := element.Of(r).Elements
	x := answered(r, 400, list(1))
	for b.Loop() {
		Read(x, els)
	}
}
