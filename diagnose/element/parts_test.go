package element

import (
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// What is a list, a range or a set of pairs has parts; a sentence, a name, a path, a fraction and a secret are one value.
func TestPartsOfPackedValues(t *testing.T) {
	for _, c := range []struct {
		id, value string
		want      []string // nil for one value
	}{
		{"query:ids", "1,2,x", []string{"1", "2", "x"}}, {"query:sort", "-a,b", []string{"-a", "b"}}, {"header:Prefer", "return=minimal, wait=10", []string{"return=minimal", " wait=10"}},
		{"query:during", "2026-01-01/2026-01-31", []string{"2026-01-01", "2026-01-31"}}, {"query:size", "5..10", []string{"5", "10"}},
		{"header:Upload-Metadata", "name aGk=,private", []string{"name aGk=", "private"}},
		{"query:q", "milk, and two eggs", nil}, {"query:name", "Ada", nil}, {"query:open", "24/7", nil}, {"query:type", "text/html", nil}, {"query:path", "/a/1", nil}, {"query:ids", "1,,2", nil}, {"header:Date", "Sun, 22 Nov 2026 08:00:00 GMT", nil},
		{"query:api_key", "a1,b2", nil},
	} {
		kind, name, _ := diagnose.ElementID(c.id).Cut()
		r := request.Request{URL: "https://h.test/x"}
		if kind == "query" {
			r.URL += "?" + name + "=" + Encode(c.value)
		} else {
			r.Header = []request.Field{{Name: name, Value: c.value}}
		}
		e, _ := Of(r).Get(diagnose.ElementID(c.id))
		p, ok := Parts(e)
		if ok != (c.want != nil) || !slices.Equal(p.Parts, c.want) {
			t.Errorf("%s=%q: got %q, %v", c.id, c.value, p.Parts, ok)
		}
	}
}

// A value that is set keeps the spelling of the signs that stood in it.
func TestASetValueKeepsItsSigns(t *testing.T) {
	for was, want := range map[string]string{"ids=1,2,x": "ids=1,2", "ids=1%2C2%2Cx": "ids=1%2C2"} {
		r, err := Apply(request.Request{URL: "https://h.test/x?" + was}, []diagnose.Edit{{Element: "query:ids", Op: diagnose.Set, To: "1,2"}})
		if _, got, _ := strings.Cut(r.URL, "?"); err != nil || got != want {
			t.Errorf("%s: got %q, %v, want %q", was, got, err, want)
		}
	}
}
