package jsontext

import (
	"fmt"
	"strings"
	"testing"
)

// Lookup finds what Child finds, in small objects, large ones and what is no object.
func TestLookupIsChildForMany(t *testing.T) {
	var many strings.Builder
	for i := range 3 * few {
		fmt.Fprintf(&many, `"%d":%d,`, i%(2*few), i) // some twice
	}
	for _, src := range []string{`{"a":1,"a":2,"b":3}`, "{" + many.String() + `"":0}`, `[1,2]`, `"a"`} {
		n, err := Parse([]byte(src))
		if err != nil {
			t.Fatal(err)
		}
		look := n.Lookup()
		for _, key := range []string{"a", "b", "", "0", "1", "20", "31", "32", "none"} {
			if got, want := look(key), n.Child(key); got != want {
				t.Errorf("%q in %.30s is %v, want %v", key, src, got, want)
			}
		}
	}
	var none *Node
	if none.Lookup()("a") != nil {
		t.Error("something is in nothing")
	}
}
