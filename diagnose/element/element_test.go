package element

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

var order = request.Request{
	Method: "POST", URL: "https://api.test:8443/v1/orders?limit=10&tag=a&tag=b%20c",
	Header: []request.Field{{Name: "accept", Value: "*/*"}, {Name: "Authorization", Value: "Bearer t"}, {Name: "Cookie", Value: "sid=1; theme=dark"}, {Name: "X-Org", Value: "7"}},
	Body:   request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"items":[{"sku":"a","qty":"2"},{"sku":"b"}],"note":null}`},
}

func TestOfNamesEveryPart(t *testing.T) {
	want := []diagnose.ElementID{
		"method", "url.scheme", "url.host", "url.port", "url.path", "url.path[0]", "url.path[1]", "auth",
		"header:Accept", "header:X-Org", "header:Content-Type", "cookie:sid", "cookie:theme", "query:limit", "query:tag", "query:tag#1", "body",
		"body:/items", "body:/items/0", "body:/items/0/sku", "body:/items/0/qty", "body:/items/1", "body:/items/1/sku", "body:/note",
	}
	got := Of(order).Elements
	for i := range max(len(want), len(got)) {
		if i >= len(got) || i >= len(want) || got[i].ID != want[i] {
			t.Fatalf("at %d: got %v", i, got)
		}
	}
}

func TestApplyTouchesOnlyWhatItNames(t *testing.T) {
	for _, tt := range []struct {
		edit diagnose.Edit
		got  func(request.Request) string
		want string
	}{
		{diagnose.Edit{Element: "body:/items/0/qty", Op: diagnose.Set, To: json.Number("2")},
			body, `{"items":[{"sku":"a","qty":2},{"sku":"b"}],"note":null}`},
		{diagnose.Edit{Element: "body:/note", Op: diagnose.Remove}, body, `{"items":[{"sku":"a","qty":"2"},{"sku":"b"}]}`},
		{diagnose.Edit{Element: "body:/items/1/price", Op: diagnose.Add, To: "x"}, body,
			`{"items":[{"sku":"a","qty":"2"},{"sku":"b","price":"x"}],"note":null}`},
		{diagnose.Edit{Element: "query:tag#1", Op: diagnose.Set, To: "c+d"}, link, "https://api.test:8443/v1/orders?limit=10&tag=a&tag=c%2Bd"},
		{diagnose.Edit{Element: "query:limit", Op: diagnose.Remove}, link, "https://api.test:8443/v1/orders?tag=a&tag=b%20c"},
		{diagnose.Edit{Element: "url.path", Op: diagnose.Set, To: "/v2/orders"}, link, "https://api.test:8443/v2/orders?limit=10&tag=a&tag=b%20c"},
		{diagnose.Edit{Element: "header:Accept", Op: diagnose.Set, To: "text/csv"}, header("Accept"), "text/csv"},
		{diagnose.Edit{Element: "cookie:sid", Op: diagnose.Remove}, header("Cookie"), "theme=dark"},
		{diagnose.Edit{Element: "auth", Op: diagnose.Set, To: "Bearer u"}, header("Authorization"), "Bearer u"},
		{diagnose.Edit{Element: "header:X-Org", Op: diagnose.Move, To: "query:org"}, link, "https://api.test:8443/v1/orders?limit=10&tag=a&tag=b%20c&org=7"},
	} {
		r, err := Apply(order, []diagnose.Edit{tt.edit})
		if err != nil {
			t.Errorf("%v: %v", tt.edit, err)
		}
		if got := tt.got(r); got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.edit, got, tt.want)
		}
	}
	if body(order) != `{"items":[{"sku":"a","qty":"2"},{"sku":"b"}],"note":null}` {
		t.Error("the original changed")
	}
}

func body(r request.Request) string { return r.Body.Text }
func link(r request.Request) string { return r.URL }
func header(name string) func(request.Request) string {
	return func(r request.Request) string { return request.Get(r.Header, name) }
}

// Whatever two requests differ in, applying their difference leads from one to the other.
func TestDiffLeadsThere(t *testing.T) {
	other := order.Clone()
	other.URL = "https://api.test/v2/orders?tag=a&page=2"
	other.Method = "PUT"
	other.Header = []request.Field{{Name: "Accept", Value: "application/json"}, {Name: "Authorization", Value: "Bearer u"}, {Name: "Cookie", Value: "sid=2"}, {Name: "X-New", Value: "1"}}
	other.Body.Text = `{"items":[{"sku":"z"}],"ship":{"city":"x"},"note":"n"}`
	keyed := order.Clone() // its credential stands in a field of its own
	keyed.Header = request.Del(keyed.Header, "Authorization")
	keyed.Auth = request.Auth{Scheme: "apikey", Params: []request.Field{{Name: "key", Value: "X-Api-Key"}, {Name: "value", Value: "k-1"}, {Name: "placement", Value: "header"}}}
	asked := keyed.Clone()
	asked.Auth = keyed.Auth.With("placement", "query").With("key", "api_key")
	for _, pair := range [][2]request.Request{{order, other}, {other, order}, {order, {Method: "GET", URL: order.URL}}, {order, keyed}, {keyed, other}, {keyed, asked}, {asked, keyed}} {
		got, err := Apply(pair[0], Diff(pair[0], pair[1]))
		if err != nil {
			t.Fatal(err)
		}
		if d := Diff(got, pair[1]); len(d) > 0 {
			t.Errorf("still different: %+v", d)
		}
	}
}

// FuzzApply removes every element of an arbitrary request, one at a time.
func FuzzApply(f *testing.F) {
	f.Add("http://h/p?a=1&a", "Cookie", "a=b", `{"a":[1,{"b":null}]}`)
	f.Add("nonsense", "authorization", "x", "a=1&b=%zz")
	f.Fuzz(func(t *testing.T, u, name, value, text string) {
		r := request.Request{URL: u, Header: []request.Field{{Name: name, Value: value}}, Body: request.Body{Kind: request.RawBody, Type: "application/x-www-form-urlencoded", Text: text}}
		for _, e := range Of(r).Elements {
			if _, err := Apply(r, []diagnose.Edit{{Element: e.ID, Op: diagnose.Remove}}); err != nil {
				t.Fatalf("remove %q: %v", e.ID, err)
			}
		}
		if d := Diff(r, r); len(d) > 0 {
			t.Fatalf("differs from itself: %v", d)
		}
	})
}

// What differs between any two exchanges stays as it is in the failing one (§7.2).
func TestDiffTakesNothingVolatile(t *testing.T) {
	from := request.Request{Method: "GET", URL: "https://api.test/a?nonce=1&oauth_timestamp=1&limit=1&X-Amz-Signature=1", Header: []request.Field{
		{Name: "Idempotency-Key", Value: "1"}, {Name: "traceparent", Value: "1"}, {Name: "X-Shop-Signature-256", Value: "1"}, {Name: "X-Request-Timestamp", Value: "1"},
		{Name: "X-Nonce", Value: "1"}, {Name: "X-Signatory", Value: "1"}, {Name: "Accept", Value: "text/html"}}}
	to := from.Clone()
	to.URL = strings.ReplaceAll(from.URL, "=1", "=2")
	for i := range to.Header {
		to.Header[i].Value = "2"
	}
	to.Header = append(to.Header, request.Field{Name: "X-Correlation-Id", Value: "9"})
	var got []string
	for _, e := range Diff(from, to) {
		got = append(got, string(e.Element))
	}
	if want := []string{"header:X-Signatory", "header:Accept", "query:limit"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A secret is one whatever the parameter is called that carries it, and so is what a variation makes of it.
func TestWhatHoldsASecretIsSecret(t *testing.T) {
	token := "9f3k-Long-Secret-Value-77"
	r := request.Request{Method: "POST", URL: "https://api.test/?tok=" + token + "&q=tea", Header: []request.Field{{Name: "X-Who", Value: "id " + token}},
		Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"a":"` + token + `","b":"tea"}`}, Secrets: []request.Secret{{Ref: "env.tok", Value: token}}}
	for id, want := range map[diagnose.ElementID]bool{"query:tok": true, "query:q": false, "header:X-Who": true, "body:/a": true, "body:/b": false} {
		if e, _ := Of(r).Get(id); e.Secret != want {
			t.Errorf("%s: secret %v", id, e.Secret)
		}
	}
	for _, to := range []string{token[:10], strings.ToLower(token), token[:20] + "x", " " + token[5:]} {
		varied, err := Apply(r, []diagnose.Edit{{Element: "query:tok", Op: diagnose.Set, To: strings.TrimSpace(to)}})
		if err != nil {
			t.Fatal(err)
		}
		if e, _ := Of(varied).Get("query:tok"); !e.Secret {
			t.Errorf("%q is shown", e.Text)
		}
	}
	if same, _ := Apply(r, []diagnose.Edit{{Element: "query:q", Op: diagnose.Set, To: "coffee-and-cake"}}); len(same.Secrets) != 1 {
		t.Errorf("secrets %v", same.Secrets)
	}
}

// TestChangesOfNamesAndPlaces: what gets another name or place is gone here and there with the value that it had.
func TestChangesOfNamesAndPlaces(t *testing.T) {
	r := request.Request{Method: "POST", URL: "http://h.test/?a/b=1", Header: []request.Field{{Name: "X-Key", Value: "k"}},
		Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"items":[{"Nam":"x"}]}`}}
	for _, c := range []struct {
		edit diagnose.Edit
		want string
	}{
		{diagnose.Edit{Element: "body:/items/0/Nam", Op: diagnose.Rename, To: "na/me"}, `- body:/items/0/Nam "x" + body:/items/0/na~1me "x"`},
		{diagnose.Edit{Element: "query:a/b", Op: diagnose.Rename, To: "c"}, `- query:a/b 1 + query:c 1`},
		{diagnose.Edit{Element: "header:X-Key", Op: diagnose.Move, To: "query:key"}, `- header:X-Key k + query:key k`},
		{diagnose.Edit{Element: "header:X-Key", Op: diagnose.Set, To: "l"}, `- header:X-Key k + header:X-Key l`},
		{diagnose.Edit{Element: "header:X-Key", Op: diagnose.Remove}, `- header:X-Key k`},
		{diagnose.Edit{Element: "url", Op: diagnose.Set, To: "http://h.test/v2"}, `- url http://h.test/?a/b=1 + url http://h.test/v2`},
	} {
		var got []string
		for _, d := range Changes(Of(r), []diagnose.Edit{c.edit}) {
			if d.From != nil {
				got = append(got, "- "+string(d.Element)+" "+*d.From)
			}
			if d.To != nil {
				got = append(got, "+ "+string(d.Element)+" "+*d.To)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("got %s, want %s", s, c.want)
		}
	}
}

// TestPhraseHidesShortCredentials: a value that is too short to be found in a text is hidden where it stands as a credential.
func TestPhraseHidesShortCredentials(t *testing.T) {
	x := Of(request.Request{Method: "POST", URL: "http://h.test/?k=sev&page=2", Secrets: []request.Secret{{Ref: "k", Value: "sev"}, {Ref: "k of the good one", Value: "abc"}},
		Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"pin":"1234","qty":3}`}})
	for want, e := range map[string]diagnose.Edit{
		"query:k = ••••••":              {Element: "query:k", Op: diagnose.Set, To: "abc"},
		`body:/pin = "••••••"`:          {Element: "body:/pin", Op: diagnose.Set, To: "9876"},
		"with header:X-Thing = ••••••":  {Element: "header:X-Thing", Op: diagnose.Add, To: "abc"},
		"query:page = 3":                {Element: "query:page", Op: diagnose.Set, To: "3"},
		"body:/qty = 5":                 {Element: "body:/qty", Op: diagnose.Set, To: json.Number("5")},
		"query:page renamed to pages":   {Element: "query:page", Op: diagnose.Rename, To: "pages"},
		"without query:k":               {Element: "query:k", Op: diagnose.Remove},
		"body:/pin = \"longer-than-5\"": {Element: "body:/pin", Op: diagnose.Set, To: "longer-than-5"}, // found by its value, wherever it stands
	} {
		if got := x.Phrase(e); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// A sentence names no address of ours: each part of a request, and of the way there, has words.
func TestEveryPartHasWords(t *testing.T) {
	for _, id := range []diagnose.ElementID{"method", "url", "url.scheme", "url.host", "url.port", "url.path", "url.query", "url.fragment", "auth", "body", "dns", "tcp",
		"ip_family", "proxy", "tls", "tls.ca", "tls.server_name", "tls.min_version", "tls.max_version", "tls.client_certificate", "http_version", "redirect", "timeout", "server"} {
		if words := InWords(id); !strings.HasPrefix(words, "the ") {
			t.Errorf("%s: %q", id, words)
		}
	}
}
