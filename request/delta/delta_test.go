package delta

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestChangesAreNamedByPath(t *testing.T) {
	for _, c := range []struct{ name, a, b, want string }{
		{"same", `{"a":1}`, `{"a":1}`, ""},
		{"other order and spaces", `{"a":1,"b":2}`, "{ \"b\": 2, \"a\": 1 }", ""},
		{"value", `{"a":{"b":[1,2]}}`, `{"a":{"b":[1,3]}}`, "~ .a.b[1] 2 > 3\n"},
		{"gone and new", `{"a":1}`, `{"b c":"x"}`, "- .a 1 > \n+ .[\"b c\"]  > \"x\"\n"},
		{"kind", `{"a":"1"}`, `{"a":1}`, "~ .a \"1\" > 1\n"},
		{"a number is one however it is written", `[12.5,100,-0,0.10]`, `[12.50,1.0E+2,0.0,10e-2]`, ""},
		{"numbers that look alike", `[1.05,10,-1,1e400]`, `[1.5,100,1,1e401]`, "~ .[0] 1.05 > 1.5\n~ .[1] 10 > 100\n~ .[2] -1 > 1\n~ .[3] 1e400 > 1e401\n"},
		{"insert", `[1,2,3]`, `[1,9,2,3]`, "+ .[1]  > 9\n"},
		{"remove", `{"a":[{"x":1},{"x":2}]}`, `{"a":[{"x":2}]}`, "- .a[0] {\"x\":1} > \n"},
		{"root", `1`, `[]`, "~ . 1 > []\n"},
		{"escapes mean the same", `["\u0061"]`, `["a"]`, ""},
		{"the last of two counts", `{"a":1,"a":2}`, `{"a":2}`, ""},
		{"text", "a\nb\n", "a\nc\n", "  @@ -1,2 +1,2 @@  > \n   a > a\n-  b > \n+   > c\n"},
	} {
		got, err := Bodies(t.Context(), []byte(c.a), []byte(c.b))
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, d := range got {
			fmt.Fprintf(&text, "%c %s %s > %s\n", d.Sign, d.Path, d.From, d.To)
		}
		if text.String() != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, text.String(), c.want)
		}
	}
}

func TestTooLargeIsSaid(t *testing.T) {
	if _, err := Bodies(t.Context(), make([]byte, MaxInput+1), nil); !errors.Is(err, ErrTooLarge) {
		t.Errorf("%v", err)
	}
}

func FuzzBodies(f *testing.F) {
	f.Add([]byte(`{"a":[1,{"b":null}]}`), []byte(`{"a":[{"b":0}]}`))
	f.Add([]byte("a\nb"), []byte("\xff"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		if got, err := Bodies(t.Context(), a, a); err != nil || len(got) > 0 {
			t.Fatalf("a body differs from itself: %v %v", got, err)
		}
		there, _ := Bodies(t.Context(), a, b)
		back, _ := Bodies(t.Context(), b, a)
		if (len(there) == 0) != (len(back) == 0) {
			t.Fatalf("%d changes there, %d back", len(there), len(back))
		}
	})
}
