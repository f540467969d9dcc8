package workbench

import (
	"reflect"
	"testing"

	"culprit/collections"
)

func q(name, value string) collections.Row {
	return collections.Row{Name: name, Value: value, Kind: "query"}
}

func TestTheURLFollowsTheRows(t *testing.T) {
	off := q("c", "3")
	off.Off = true
	path := collections.Row{Name: "id", Value: "7", Kind: "path"}
	for _, c := range []struct {
		url  string
		rows []collections.Row
		want string
	}{
		{"http://h/p", nil, "http://h/p"},
		{"http://h/p?x=1", nil, "http://h/p"},
		{"http://h/p?x=1#f", []collections.Row{q("a", "1"), off, path, q("b", "{{v}}")}, "http://h/p?a=1&b={{v}}#f"},
		{"http://h/p?flag", []collections.Row{q("flag", "")}, "http://h/p?flag"},
		{"http://h/p?flag=", []collections.Row{q("flag", "")}, "http://h/p?flag="},
	} {
		if got := withQuery(c.url, c.rows); got != c.want {
			t.Errorf("%q with %v: %q, want %q", c.url, c.rows, got, c.want)
		}
	}
}

func TestTheRowsFollowTheURL(t *testing.T) {
	off := q("c", "3")
	off.Off = true
	about := q("a", "1")
	about.About = "what it is"
	got := withURL("http://h/p?b=2&a=9#f", []collections.Row{about, off})
	again := q("a", "9")
	again.About = "what it is"
	if want := []collections.Row{q("b", "2"), again, off}; !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// FuzzQuery: whatever is typed as a URL, its rows give the same URL back.
func FuzzQuery(f *testing.F) {
	for _, s := range []string{"http://h/p?a=1&b", "?", "?&", "#?", "a?b=c=d&&e#f?g", "?=", "{{base}}/x?y={{z}}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, url string) {
		rows := withURL(url, nil)
		if len(rows) == 0 {
			return // "?" alone is dropped when a row is edited, and only then
		}
		if got := withQuery(url, rows); got != url {
			t.Errorf("%q became %q through %+v", url, got, rows)
		}
	})
}
