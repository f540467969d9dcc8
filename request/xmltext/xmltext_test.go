package xmltext

import (
	"strings"
	"testing"
)

func TestXMLIsLaidOut(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"nested":       {`<a><b x='1'  y="2"/><c>text</c></a>`, "<a>\n  <b x='1'  y=\"2\"/>\n  <c>text</c>\n</a>"},
		"mixed":        {`<p>one <b>two</b>  three</p>`, "<p>one <b>two</b>  three</p>"},
		"prolog":       {`<?xml version="1.0" encoding="ISO-8859-1"?><!-- hi --><a/>`, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<!-- hi -->\n<a/>"},
		"cdata":        {`<a><![CDATA[ <x> ]]></a>`, `<a><![CDATA[ <x> ]]></a>`},
		"namespaces":   {`<s:e xmlns:s="u"><s:b>1</s:b></s:e>`, "<s:e xmlns:s=\"u\">\n  <s:b>1</s:b>\n</s:e>"},
		"empty":        {`<a>  </a>`, `<a></a>`},
		"a variable":   {`<a><b>{{id}}</b></a>`, "<a>\n  <b>{{id}}</b>\n</a>"},
		"laid out yet": {"<a>\n  <b/>\n</a>", "<a>\n  <b/>\n</a>"},
	} {
		got, _, err := Indent(c.in)
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
}

func TestWhatIsNoXMLStaysAndTheMistakeIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		in  string
		at  int
		why string
	}{
		"not closed":   {"<a><b></a>", 6, "closes nothing that is open"},
		"end missing":  {"<a><b/>", 0, "<a> is not closed"},
		"text outside": {"<a/>text", 4, "outside of the elements"},
		"an attribute": {"<a b=c/>", 6, "attribute"},
	} {
		got, at, err := Indent(c.in)
		if err == nil || !strings.Contains(err.Error(), c.why) || got != c.in || at > len(c.in) {
			t.Errorf("%s: %q at %d: %v", name, got, at, err)
		}
	}
}

// FuzzIndent: only white space changes, and what is laid out stays as it is.
func FuzzIndent(f *testing.F) {
	for _, s := range []string{`<a><b x='1'/><c>t</c></a>`, `<p>one <b>two</b> </p>`, `<?xml version="1.0"?><a/>`, `<a>&lt;</a>`} {
		f.Add(s)
	}
	bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
	f.Fuzz(func(t *testing.T, text string) {
		out, _, err := Indent(text)
		if err != nil {
			return
		}
		if bare(out) != bare(text) {
			t.Fatalf("%q became %q", text, out)
		}
		if again, _, err := Indent(out); err != nil || again != out {
			t.Fatalf("%q, laid out again: %q %v", out, again, err)
		}
	})
}

// A server may nest as deep as it likes: what is laid out grows with what came, not with its square.
func TestDeepNestingDoesNotExplode(t *testing.T) {
	const n = 5000
	text := strings.Repeat("<a>", n) + strings.Repeat("</a>", n)
	if out, _, err := Indent(text); err != nil || len(out) > 64*len(text) {
		t.Errorf("%d bytes of %d: %v", len(out), len(text), err)
	}
}
