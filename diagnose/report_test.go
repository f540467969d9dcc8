package diagnose

import "testing"

func TestAChangeShowsWhatDiffers(t *testing.T) {
	text := func(s string) *string { return &s }
	for _, c := range []struct {
		name, from, to string // "-" for not there
		was, is        string
	}{
		{"one line of many", "{\n \"a\": 1,\n \"b\": [2,],\n \"c\": 3\n}", "{\n \"a\": 1,\n \"b\": [2],\n \"c\": 3\n}", ` "b": [2,],`, ` "b": [2],`},
		{"an object that goes", "{\n  \"street\": \"Ockham Park\",\n  \"house\": 1\n}", "-", `{"street":"Ockham Park","house":1}`, "-"},
		{"an array that comes", "-", "[\n  1,\n  2\n]", "-", "[1,2]"},
		{"a text of two lines that is no JSON", "one\ntwo", "-", "one\ntwo", "-"},
	} {
		change := Change{}
		if c.from != "-" {
			change.From = text(c.from)
		}
		if c.to != "-" {
			change.To = text(c.to)
		}
		was, is := change.Differing()
		if or(was, "-") != c.was || or(is, "-") != c.is {
			t.Errorf("%s: %q and %q, want %q and %q", c.name, or(was, "-"), or(is, "-"), c.was, c.is)
		}
	}
}

func or(s *string, nothing string) string {
	if s == nil {
		return nothing
	}
	return *s
}
