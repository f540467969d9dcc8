package lab

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func parse(t testing.TB, text string) any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestRulesNameWhatTheyFind(t *testing.T) {
	r := checked(object(
		must("n", whole(1, 9)), may("x", number(0, 1)), may("s", oneOf("a", "b")), may("d", formatted("date")),
		may("l", atMost(2, list(flag(), 1))), may("o", nullable(object(may("k", text(1, 2))))), may("lo", formatted("date")), may("hi", formatted("date")),
	), apart("x", "s"), ordered("lo", "hi"))
	for _, c := range []struct{ doc, want string }{
		{`{"n":1}`, ""},
		{`{"n":1.0,"x":0.5,"o":null,"l":[true]}`, ""},
		{`{}`, "/n missing"},
		{`{"n":"1"}`, "/n type"},
		{`{"n":1.5}`, "/n type"},
		{`{"n":0}`, "/n value"},
		{`{"n":1,"s":"A"}`, "/s value"},
		{`{"n":1,"d":"31/12/2026"}`, "/d format"},
		{`{"n":1,"d":"2026-02-30"}`, "/d format"},
		{`{"n":1,"l":[]}`, "/l value"},
		{`{"n":1,"l":[true,true,true]}`, "/l value"},
		{`{"n":1,"l":[true,0]}`, "/l/1 type"},
		{`{"n":1,"o":{"k":"abc"}}`, "/o/k value"},
		{`{"n":1,"z":1,"y":1}`, "/y unexpected, /z unexpected"},
		{`{"n":1,"x":1,"s":"a"}`, "/x conflict, /s conflict"},
		{`{"n":1,"lo":"2031-01-02","hi":"2031-01-01"}`, "/lo conflict, /hi conflict"},
		{`{"n":1,"lo":"2031-01-02","hi":"01/01/2031"}`, "/hi format"},
		{`[]`, " type"},
		{`null`, " type"},
	} {
		var got []string
		for _, v := range r.validate("body", nil, parse(t, c.doc)) {
			got = append(got, pointer(v.path)+" "+v.kind)
		}
		if g := strings.Join(got, ", "); g != c.want {
			t.Errorf("%s: got %q, want %q", c.doc, g, c.want)
		}
	}
}

// FuzzOrderRule: no document brings the validator down, and every style can tell what it found.
func FuzzOrderRule(f *testing.F) {
	for _, doc := range []string{fullOrder, earlierOrder, shortOrder, `[]`, `{"items":[{}]}`, `{"a~/b":1}`} {
		f.Add(doc)
	}
	r := orderRule()
	f.Fuzz(func(t *testing.T, doc string) {
		d := json.NewDecoder(strings.NewReader(doc))
		d.UseNumber()
		var v any
		if d.Decode(&v) != nil {
			return
		}
		found := r.validate("body", nil, v)
		for _, s := range styles() {
			no := invalid(found...)
			if a := told(s.tell, no); a.status < 400 || !json.Valid(a.body) {
				t.Errorf("%s: %d %s", s.prefix, a.status, a.body)
			}
		}
	})
}

func TestAcceptHeaders(t *testing.T) {
	for _, c := range []struct {
		accept string
		want   bool
	}{
		{"application/json", true}, {"*/*", true}, {"application/*", true}, {"text/html, application/json;q=0.2", true},
		{"application/xml", false}, {"application/json;q=0", false}, {"application/json;q=0.0, text/html", false}, {"", false},
	} {
		if got := accepts(c.accept, "application/json"); got != c.want {
			t.Errorf("accepts(%q) = %v", c.accept, got)
		}
	}
}

func TestRoutesAreFound(t *testing.T) {
	routes := []route{{method: "GET", path: "/orders"}, {method: "POST", path: "/orders"}, {method: "GET", path: "/orders/{id}"}, {method: "GET", path: "/brands/"}}
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "/orders", 0, ""}, {"HEAD", "/orders", 0, ""}, {"GET", "/orders/7", 0, ""}, {"GET", "/brands/", 0, ""}, {"OPTIONS", "/orders", 0, ""},
		{"GET", "/orders/", http.StatusNotFound, ""}, {"GET", "/brands", http.StatusNotFound, ""}, {"GET", "/Orders", http.StatusNotFound, ""},
		{"PUT", "/orders", http.StatusMethodNotAllowed, "GET, HEAD, POST"}, {"DELETE", "/orders/7", http.StatusMethodNotAllowed, "GET, HEAD"},
	} {
		_, _, no := find(routes, c.method, c.path)
		switch {
		case no == nil && c.status != 0, no != nil && no.status != c.status:
			t.Errorf("%s %s: got %v, want %d", c.method, c.path, no, c.status)
		case no != nil && no.header.Get("Allow") != c.allow:
			t.Errorf("%s %s: Allow is %q, want %q", c.method, c.path, no.header.Get("Allow"), c.allow)
		}
	}
}
