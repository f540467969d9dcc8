package workbench

import (
	"testing"

	"culprit/tui/keys"
	"culprit/tui/widget/viewer"
	"culprit/tui/widget/widgettest"
)

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

// The text of an element may be CDATA: it is a value as another is. An element that holds others is none.
func TestATextOfCDATAIsTaken(t *testing.T) {
	for body, want := range map[string]any{
		"<r><k><![CDATA[a<b>]]></k></r>": Take{Name: "k", Value: "a<b>"},
		"<r><k><b/></k></r>":             Say("Only a text or a number can be a variable: go to one."),
		"<r><k/></r>":                    Say("Only a text or a number can be a variable: go to one."),
	} {
		r := reply{body: viewer.New(nil, keys.Default().Body)}
		r.body.Resize(80, 24)
		r.body.SetContent([]byte(body), "text/xml")
		widgettest.Press(r.body, "down")
		if got := r.take(); got != want {
			t.Errorf("%s: %+v, want %+v", body, got, want)
		}
	}
}
