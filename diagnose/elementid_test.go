package diagnose

import "testing"

// An id is read in parts and put together again without a change of how it is written.
func TestElementIDParts(t *testing.T) {
	for _, c := range []struct {
		id                ElementID
		kind, name, last  string
		place, parent     ElementID
		item, url, member bool
	}{
		{"body:/items/1/price", "body", "/items/1/price", "price", "body:/items/1/", "body:/items/1", false, false, true},
		{"body:/items/1", "body", "/items/1", "1", "body:/items/", "body:/items", true, false, true},
		{"body:/", "body", "/", "", "body:/", "body:", false, false, true},
		{"body", "body", "", "body", "", "", false, false, false},
		{"query:tag#1", "query", "tag#1", "tag#1", "query:", "", false, false, false},
		{"query:7", "query", "7", "7", "query:", "", false, false, false},
		{"header:X-Api-Key", "header", "X-Api-Key", "X-Api-Key", "header:", "", false, false, false},
		{"url.path[2]", "url.path[2]", "", "url.path[2]", "", "", false, true, false},
		{"url", "url", "", "url", "", "", false, true, false},
	} {
		if c.id.Kind() != c.kind || c.id.Name() != c.name || c.id.Last() != c.last || c.id.Place() != c.place || c.id.Parent() != c.parent {
			t.Errorf("%s: kind %q, name %q, last %q, place %q, parent %q", c.id, c.id.Kind(), c.id.Name(), c.id.Last(), c.id.Place(), c.id.Parent())
		}
		if c.id.IsItem() != c.item || c.id.InURL() != c.url || c.id.Is("body") != c.member {
			t.Errorf("%s: item %t, url %t, member %t", c.id, c.id.IsItem(), c.id.InURL(), c.id.Is("body"))
		}
		if kind, name, named := c.id.Cut(); named && ID(kind, name) != c.id {
			t.Errorf("%s is put together as %s", c.id, ID(kind, name))
		}
	}
}

func TestElementIDNumbers(t *testing.T) {
	for id, want := range map[ElementID]struct {
		first ElementID
		n     int
	}{
		"query:tag#1": {"query:tag", 1}, "query:tag": {"query:tag", 0}, "query:#2": {"query:", 2},
		"query:a#b": {"query:a#b", 0}, "body:/a#1": {"body:/a#1", 0}, "auth": {"auth", 0},
	} {
		if first, n := id.Numbered(); first != want.first || n != want.n {
			t.Errorf("%s: %s and %d", id, first, n)
		}
	}
	if i, ok := SegmentID(3).Segment(); i != 3 || !ok {
		t.Error("segment 3:", i, ok)
	}
	if _, ok := ElementID("url.path").Segment(); ok {
		t.Error("the path is taken for a segment")
	}
}

func TestElementIDPlaces(t *testing.T) {
	if got := ID("body", "/items").Child("0").Child("a/b"); got != "body:/items/0/a~1b" {
		t.Error("child:", got)
	}
	if got := ElementID("body:/items/0/price").Beside("a/b"); got != "body:/items/0/a~1b" {
		t.Error("beside in the body:", got)
	}
	if got := ElementID("query:x").Beside("a/b"); got != "query:a/b" {
		t.Error("beside in the query:", got)
	}
	if !ElementID("body:/items/0/price").Within("body:/items") || ElementID("body:/items2").Within("body:/items") || ElementID("body:/items").Within("body:/items") {
		t.Error("within")
	}
}
