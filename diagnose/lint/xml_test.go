package lint

import (
	"strings"
	"testing"
)

// What was left open is closed behind its text, the root behind all.
func TestXMLThatWasLeftOpen(t *testing.T) {
	for text, want := range map[string]string{
		"<order><sku>TEA<qty>3</qty></order>": "<order><sku>TEA</sku><qty>3</qty></order>",
		"<order><sku>TEA<qty>3":               "<order><sku>TEA</sku><qty>3</qty></order>",
		"<p>Hello <b>Ada</b>, welcome":        "<p>Hello <b>Ada</b>, welcome</p>",
	} {
		if got, ok := closeXML(text); got != want || !ok {
			t.Errorf("%s: got %s %v", text, got, ok)
		}
	}
	// With a copy of all for each tag, or a look at all for each that ends nothing, this is a matter of minutes.
	const many = 1 << 17
	if got, _ := closeXML(strings.Repeat("<a>x", many) + strings.Repeat("</b>", many)); strings.Count(got, "</a>") != many || strings.Contains(got, "b") {
		t.Error("not all are closed")
	}
}
