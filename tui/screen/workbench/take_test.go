package workbench

import "testing"

// A variable is called after the last word of where its value stands, and has what XML means by what is written there.
func TestAVariableIsCalledAfterItsPlace(t *testing.T) {
	for at, want := range map[string]string{"/data/token": "token", "/items/3": "items", "/a~1b": "a_1b", "/r/item[2]/s:key": "s_key", "/r/item[2]": "item", "/": "value"} {
		if got := named(at); got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
	for written, want := range map[string]string{"\n R&amp;D ": "R&D", "<![CDATA[<x>]]>": "<x>", "&undeclared;": "&undeclared;", "12": "12"} {
		if got := meant(written); got != want {
			t.Errorf("%s: %q, want %q", written, got, want)
		}
	}
}
