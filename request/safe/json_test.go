package safe_test

import (
	"encoding/json"
	"testing"

	"culprit/request/safe"
)

func TestJSONHoldsNothingThatATerminalObeys(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":"plain <&>"}`:             `{"a":"plain <&>"}`,
		"{\n  \"a\": \"é 漢 😀\"\n}":      "{\n  \"a\": \"é 漢 😀\"\n}",
		"\"a\u009b31m\u202eb\x7f\"":     `"a\u009b31m\u202eb\u007f"`,
		"\"\u2066x\u2069\u200f\u061c\"": `"\u2066x\u2069\u200f\u061c"`,
		"\"\\\\\u0085\"":                `"\\\u0085"`,
	} {
		got := string(safe.JSON([]byte(in)))
		if got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
		var a, b any
		if json.Unmarshal([]byte(in), &a) != nil || json.Unmarshal([]byte(got), &b) != nil {
			t.Fatalf("%q: no JSON", in)
		}
		x, _ := json.Marshal(a)
		if y, _ := json.Marshal(b); string(x) != string(y) {
			t.Errorf("%q means something else than %q", got, in)
		}
	}
}
