package shell

import (
	"testing"
	"testing/synctest"

	"culprit/collections"
)

// A deletion that a row of a form hides is asked about before it goes to what is guarded, as what it is; a row that is off
// is not sent.
func TestAHiddenDeletionIsGuarded(t *testing.T) {
	row := func(name, value string, off bool) collections.Saved {
		return collections.Saved{Method: "GET", URL: "{{base}}/orders/7", Body: collections.SavedBody{Type: "form-urlencoded", Rows: []collections.Row{{Name: name, Value: value, Off: off}}}}
	}
	for _, c := range []struct {
		saved collections.Saved
		by    string
	}{
		{row("_method", "DELETE", false), "_method in the body"},
		{row("_method", "DELETE", true), ""},
		{row("name", "DELETE", false), ""},
		{collections.Saved{Method: "GET", URL: "{{base}}/orders/7?_method=delete"}, "_method in the query"},
		{collections.Saved{Method: "GET", Headers: []collections.Row{{Name: "X-HTTP-Method-Override", Value: "DELETE"}}}, "the header X-HTTP-Method-Override"},
	} {
		if r := outline(&collections.Entry{}, c.saved); r.Removes() != c.by || r.Safe() != (c.by == "") {
			t.Errorf("%+v: deletes by %q, safe: %v", c.saved, r.Removes(), r.Safe())
		}
	}
	folder := &collections.Entry{Saved: collections.Saved{Headers: []collections.Row{{Name: "X-HTTP-Method-Override", Value: "DELETE"}}}}
	in, own := &collections.Entry{Parent: folder}, []collections.Row{{Name: "x-http-method-override", Value: "GET"}}
	if r := outline(in, collections.Saved{Method: "GET"}); r.Removes() == "" || r.Safe() {
		t.Error("what a folder's header makes of it is not seen")
	}
	if r := outline(in, collections.Saved{Method: "GET", Headers: own}); r.Removes() != "" {
		t.Errorf("the request's own header goes before the folder's: %q", r.Removes())
	}
	synctest.Test(t, func(t *testing.T) {
		w := newEstate()
		w.all[2] = collections.Environment{Name: "staging", Production: true, Variables: []collections.Variable{{Name: "base", Value: "https://staging.shop.example"}}}
		opt := w.options()
		opt.Collection.Root.Children[0].Children[1].Saved = row("_method", "DELETE", false)
		lab := &world{}
		opt.Core.Send = lab.send
		s := open(t, opt, 140, 42)
		s.Press("ctrl+e", "3", "j", "s")
		s.Has("Send to production?", "This request deletes data: _method in the body asks for it.")
		s.Press("esc")
		if len(lab.sent) != 0 {
			t.Errorf("sent without a yes: %q", lab.sent)
		}
	})
}
