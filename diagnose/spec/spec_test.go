package spec

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func load(t testing.TB, name string) *Spec {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Load(b, name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ask makes a request from "METHOD URL", header lines, and a body after an empty line.
func ask(text string) request.Request {
	head, body, has := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	var r request.Request
	r.Method, r.URL, _ = strings.Cut(lines[0], " ")
	for _, l := range lines[1:] {
		n, v, _ := strings.Cut(l, ": ")
		r.Header = append(r.Header, request.Field{Name: n, Value: v})
	}
	if has {
		r.Body = request.Body{Kind: request.RawBody, Text: body}
		if !request.Has(r.Header, "Content-Type") {
			r.Body.Type = "application/json"
		}
	}
	return r
}

const (
	shop = "https://eu.shop.example/v1"
	key  = "\nX-Api-Key: k"
	post = "POST " + shop + "/orders" + key + "\n\n"
	all  = "GET " + shop + "/orders"
	ten  = key + "\nX-Tenant: acme"
)

// story: a request that departs from the document, what is said of it, and the first repair, after which
// nothing certain is left.
type story struct {
	name, doc, ask string
	says           string // cause element, joined with "; " for several; "" for nothing
	fix            string // op element to
}

var stories = []story{
	{"healthy", "shop.yaml", all + "?limit=5&tags=new&tags=hot&ids=1,2" + ten, "", ""},
	{"the other region", "shop.yaml", strings.Replace(all, "eu.", "us.", 1) + ten, "", ""},
	{"healthy body", "shop.yaml", post + `{"customer":"c-1","items":[{"sku":"A","price":1}],"note":null}`, "", ""},
	{"optional credentials", "shop.yaml", "GET " + shop + "/orders/search?q=x", "", ""},
	{"head is get", "shop.yaml", strings.Replace(all, "GET", "HEAD", 1) + ten, "", ""},

	{"case of the path", "shop.yaml", "GET " + shop + "/Orders" + ten, "wrong_path url.path", "set url.path /v1/orders"},
	{"trailing slash", "shop.yaml", "GET " + shop + "/orders/" + ten, "trailing_slash url.path", "set url.path /v1/orders"},
	{"no version", "shop.yaml", "GET https://eu.shop.example/orders" + ten, "wrong_api_version url.path", "set url.path /v1/orders"},
	{"other version", "shop.yaml", "GET https://eu.shop.example/v2/orders" + ten, "wrong_api_version url.path", "set url.path /v1/orders"},
	{"singular", "shop.yaml", "GET " + shop + "/order" + ten, "wrong_path url.path", "set url.path /v1/orders"},
	{"one slip", "shop.yaml", "GET " + shop + "/ordres/search?q=1", "wrong_path url.path", "set url.path /v1/orders/search"},
	{"doubled base", "shop.yaml", "GET " + shop + "/v1/orders" + ten, "wrong_api_version url.path", "set url.path /v1/orders"},
	{"no such path", "shop.yaml", "GET " + shop + "/warehouses/7" + key, "wrong_path url.path", ""},
	{"a word in the place of an id", "pets2.yaml", "GET https://pets.example/v2/pet/findByStatu?status=sold", "wrong_path url.path; invalid_request_parameter url.path[2]; invalid_request_parameter query:status", "set url.path /v2/pet/findByStatus"},
	{"method", "shop.yaml", "PUT " + shop + "/orders/3fa85f64-5717-4562-b3fc-2c963f66afa6" + key + "\nContent-Type: application/merge-patch+json\n\n{}", "method_not_allowed method", "set method PATCH"},

	{"limit too large", "shop.yaml", all + "?limit=500" + ten, "invalid_request_parameter query:limit", "set query:limit 100"},
	{"limit is a word", "shop.yaml", all + "?limit=ten" + ten, "invalid_request_parameter query:limit", "set query:limit 10"},
	{"enum", "shop.yaml", all + "?status=Paid" + ten, "invalid_request_parameter query:status", "set query:status paid"},
	{"date", "shop.yaml", all + "?since=31/12/2026" + ten, "invalid_request_parameter query:since", "set query:since 2026-12-31"},
	{"second of a list", "shop.yaml", all + "?tags=new&tags=hott" + ten, "invalid_request_parameter query:tags#1", "set query:tags#1 hot"},
	{"joined list", "shop.yaml", all + "?ids=1,two" + ten, "invalid_request_parameter query:ids", "set query:ids 1,1"},
	{"misspelled", "shop.yaml", all + "?limt=5" + ten, "invalid_request_parameter query:limt", "rename query:limt limit"},
	{"unknown", "shop.yaml", all + "?colour=red" + ten, "invalid_request_parameter query:colour", "remove query:colour <nil>"},
	{"missing query", "pets2.yaml", "GET https://pets.example/v2/pet/findByStatus", "missing_request_parameter query:status", "add query:status available"},
	{"missing header", "shop.yaml", all + key, "missing_request_header header:X-Tenant", "add header:X-Tenant acme"},
	{"short header", "shop.yaml", all + key + "\nX-Tenant: a", "invalid_request_header header:X-Tenant", "set header:X-Tenant test"},
	{"misspelled header", "shop.yaml", all + key + "\nX-Tennant: acme", "missing_request_header header:X-Tenant", "rename header:X-Tennant X-Tenant"},
	{"path parameter", "shop.yaml", "GET " + shop + "/orders/3FA85F645717-4562-B3FC-2C963F66AFA6" + key, "invalid_request_parameter url.path[2]", "set url.path[2] 3fa85f64-5717-4562-b3fc-2c963f66afa6"},

	{"no key", "shop.yaml", all + "\nX-Tenant: acme", "missing_credentials header:X-Api-Key", ""},
	{"key in the query", "shop.yaml", all + "?api_key=k\nX-Tenant: acme", "invalid_request_parameter query:api_key; credentials_in_wrong_place query:api_key", "move query:api_key header:X-Api-Key"},
	{"key as bearer", "shop.yaml", all + "\nX-Tenant: acme\nAuthorization: Bearer k", "credentials_in_wrong_place auth", "add header:X-Api-Key k"},
	{"no bearer", "shop.yaml", "GET " + shop + "/me", "missing_credentials auth", ""},
	{"bearer without scheme", "shop.yaml", "GET " + shop + "/me\nAuthorization: abc", "malformed_authorization auth", "set auth Bearer abc"},
	{"bearer as key", "shop.yaml", "GET " + shop + "/me\nX-Api-Key: abc", "credentials_in_wrong_place header:X-Api-Key", "add auth Bearer abc"},

	{"media type", "shop.yaml", "POST " + shop + "/orders" + key + "\nContent-Type: text/plain\n\n" + `{"customer":"c-1","items":[{"sku":"A","price":1}]}`, "unsupported_media_type header:Content-Type", "set header:Content-Type application/json"},
	{"patch type", "shop.yaml", "PATCH " + shop + "/orders/3fa85f64-5717-4562-b3fc-2c963f66afa6" + key + "\n\n{}", "unsupported_media_type header:Content-Type", "set header:Content-Type application/merge-patch+json"},
	{"accept", "shop.yaml", all + ten + "\nAccept: application/xml", "not_acceptable header:Accept", "set header:Accept application/json"},
	{"no body", "shop.yaml", "POST " + shop + "/orders" + key, "missing_body_property body", "set body *"},

	{"a number in quotes", "shop.yaml", post + `{"customer":"c-1","items":[{"sku":"A","price":1},{"sku":"B","price":"12.50"}]}`, "invalid_body_property_type body:/items/1/price", "set body:/items/1/price 12.50"},
	{"missing property", "shop.yaml", post + `{"items":[{"sku":"A","price":1}]}`, "missing_body_property body:/customer", "add body:/customer *"},
	{"missing in an item", "shop.yaml", post + `{"customer":"c-1","items":[{"price":1}]}`, "missing_body_property body:/items/0/sku", "add body:/items/0/sku A-1"},
	{"misspelled and required", "shop.yaml", post + `{"custmer":"c-1","items":[{"sku":"A","price":1}]}`, "missing_body_property body:/customer; unexpected_body_property body:/custmer", "rename body:/custmer customer"},
	{"not allowed", "shop.yaml", post + `{"customer":"c-1","items":[{"sku":"A","price":1}],"color":"red"}`, "unexpected_body_property body:/color", "remove body:/color <nil>"},
	{"misspelled where more is allowed", "shop.yaml", post + `{"customer":"c-1","items":[{"sku":"A","price":1}],"ship":{"city":"X","postcod":"1"}}`, "unexpected_body_property body:/ship/postcod", "rename body:/ship/postcod postcode"},
	{"enum in another case", "shop.yaml", post + `{"customer":"c-1","items":[{"sku":"A","price":1}],"status":"PAID"}`, "invalid_body_property_value body:/status", "set body:/status paid"},
	{"date in the body", "shop.yaml", post + `{"customer":"c-1","placed":"2026-05-01T10:00:00Z","items":[{"sku":"A","price":1}]}`, "invalid_body_property_format body:/placed", "set body:/placed 2026-05-01"},
	{"pattern", "shop.yaml", post + `{"customer":"C-1","items":[{"sku":"A","price":1}]}`, "invalid_body_property_format body:/customer", "set body:/customer c-1"},
	{"truth", "shop.yaml", post + `{"customer":"c-1","gift":"yes","items":[{"sku":"A","price":1}]}`, "invalid_body_property_type body:/gift", "set body:/gift true"},
	{"too long", "shop.yaml", post + `{"customer":"c-1","note":"too long a note","items":[{"sku":"A","price":1}]}`, "invalid_body_property_value body:/note", "set body:/note too l"},
	{"no items", "shop.yaml", post + `{"customer":"c-1","items":[]}`, "invalid_body_property_value body:/items", "set body:/items *"},
	{"one in place of a list", "shop.yaml", post + `{"customer":"c-1","items":{"sku":"A","price":1}}`, "invalid_body_property_type body:/items", `set body:/items [{"price":1,"sku":"A"}]`},
	{"zero is not more than zero", "shop.yaml", post + `{"customer":"c-1","items":[{"sku":"A","price":0}]}`, "invalid_body_property_value body:/items/0/price", "set body:/items/0/price 0.01"},
	{"int32", "shop.yaml", post + `{"customer":"c-1","items":[{"sku":"A","price":1,"quantity":3000000000}]}`, "invalid_body_property_value body:/items/0/quantity", "set body:/items/0/quantity 2147483647"},
	{"null", "shop.yaml", post + `{"customer":null,"items":[{"sku":"A","price":1}]}`, "invalid_body_property_type body:/customer", "set body:/customer *"},
	{"read-only", "shop.yaml", post + `{"id":"7","customer":"c-1","items":[{"sku":"A","price":1}]}`, "unexpected_body_property body:/id", "remove body:/id <nil>"},
	{"recursive", "shop.yaml", post + `{"customer":"c-1","items":[{"sku":"A","price":1}],"parent":{"customer":"c-1","items":[{"sku":1,"price":1}]}}`, "invalid_body_property_type body:/parent/items/0/sku", "set body:/parent/items/0/sku 1"},
	{"form", "shop.yaml", "POST " + shop + "/login\nContent-Type: application/x-www-form-urlencoded\n\nuser=a&age=old", "invalid_body_property_type form:age", "set form:age 30"},
	{"wrapped", "pets2.yaml", "POST https://pets.example/v2/pet\n\n" + `{"pet":{"name":"x"}}`, "missing_body_property body:/name", `set body {"name":"x"}`},

	{"3.1 nullable and branch", "pay31.json", "POST http://localhost/api/v2/payments\n\n" + `{"amount":5,"memo":null,"method":{"kind":"card","number":"4111111111111111"}}`, "", ""},
	{"3.1 multiple", "pay31.json", "POST http://localhost/api/v2/payments\n\n" + `{"amount":7,"method":{"kind":"iban","iban":"x"}}`, "invalid_body_property_value body:/amount", "set body:/amount 10"},
	{"3.1 branch by discriminator", "pay31.json", "POST http://localhost/api/v2/payments\n\n" + `{"amount":5,"method":{"kind":"card","number":4111111111111111}}`, "invalid_body_property_type body:/method/number", "set body:/method/number 4111111111111111"},
	{"3.1 unevaluated", "pay31.json", "POST http://localhost/api/v2/payments\n\n" + `{"amount":5,"x":1,"method":{"kind":"iban","iban":"x"}}`, "unexpected_body_property body:/x", "remove body:/x <nil>"},
}

func TestCheckNamesAndEditsRepair(t *testing.T) {
	docs := map[string]*Spec{}
	for _, st := range stories {
		t.Run(st.name, func(t *testing.T) {
			if docs[st.doc] == nil {
				docs[st.doc] = load(t, st.doc)
			}
			s, r := docs[st.doc], ask(st.ask)
			if got := said(s.Check(r)); got != st.says {
				t.Errorf("it says %q, want %q", got, st.says)
			}
			edits := s.Edits(r, noon)
			if st.doc == "pay31.json" { // a host that the document does not name: its base path is a guess
				edits = slices.DeleteFunc(edits, func(e diagnose.Edit) bool { return e.Element == "url.path" })
			}
			for _, h := range s.Hits(r, noon) {
				if h.Rule != "spec" || h.Element == "" || h.Cause == "" || h.Odds <= 0 || h.Text == "" {
					t.Errorf("hit says too little: %+v", h)
				}
			}
			if st.fix == "" {
				if len(edits) > 0 && st.says != "" && edits[0].Weight >= clamped {
					t.Errorf("an edit for what only a person knows: %+v", edits[0])
				}
				return
			}
			if len(edits) == 0 {
				t.Fatal("no edit")
			}
			e := edits[0]
			op, to, wild := string(e.Op)+" "+string(e.Element)+" ", shown(e.To), strings.HasSuffix(st.fix, "*")
			if op+to != st.fix && !(wild && op+"*" == st.fix) {
				t.Errorf("first edit %q, want %q", op+to, st.fix)
			}
			if e.Source != "spec" || e.Weight == 0 || e.Cause == "" || e.Why == "" {
				t.Errorf("edit says too little: %+v", e)
			}
			fixed, err := element.Apply(r, []diagnose.Edit{e})
			if err != nil {
				t.Fatal(err)
			}
			for _, left := range s.Check(fixed) {
				if left.Ratio >= certain && st.name != "key as bearer" {
					t.Errorf("after %q it still says %s: %s", op+to, left.Element, left.Text)
				}
			}
		})
	}
}

func said(evidence []diagnose.Evidence) string {
	var out []string
	for _, e := range evidence {
		out = append(out, string(e.Cause)+" "+string(e.Element))
	}
	return strings.Join(out, "; ")
}

func shown(v any) string {
	switch v := v.(type) {
	case json.RawMessage:
		return string(v)
	case request.Body:
		return v.Text
	}
	return fmt.Sprint(v)
}

func TestKnownIsValidAndKeepsTheRest(t *testing.T) {
	for _, c := range []struct{ doc, ask, url, body string }{
		{"shop.yaml", "POST " + shop + "/orders?debug=1" + key + "\nX-Odd: 1\n\n" + `{"customer":"c-7","gift":"yes","items":[{"sku":"Z","price":"9"},{"sku":"Y"}]}`, shop + "/orders", `{"customer":"c-7","items":[{"price":1,"sku":"Z"}]}`},
		{"shop.yaml", "POST " + shop + "/Orders" + key, shop + "/orders", ""},
		{"pay31.json", "POST http://localhost:8080/payments\n\n" + `{"amount":"7"}`, "http://localhost:8080/payments", `{"amount":5,"method":{"kind":"card","number":"*"}}`},
		{"pets2.yaml", "GET https://pets.example/v2/pet/findByStatus?status=lost", "https://pets.example/v2/pet/findByStatus?status=available", ""},
	} {
		s, r := load(t, c.doc), ask(c.ask)
		known := s.Known(r, noon)
		if len(known) == 0 {
			t.Errorf("%s: nothing known", c.ask)
			continue
		}
		for _, k := range known {
			for _, e := range s.Check(k.Request) {
				t.Errorf("%s: %s: %s in %s", k.Label, e.Element, e.Text, k.Request.Body.Text)
			}
			if request.Get(k.Request.Header, "X-Api-Key") != request.Get(r.Header, "X-Api-Key") || request.Has(k.Request.Header, "X-Odd") {
				t.Errorf("%s: headers %v", k.Label, k.Request.Header)
			}
		}
		if known[0].Request.URL != c.url {
			t.Errorf("URL %s, want %s", known[0].Request.URL, c.url)
		}
		v, _ := decode([]byte(known[0].Request.Body.Text))
		b, _ := json.Marshal(v)
		if want, _, wild := strings.Cut(c.body, "*"); c.body != "" && !(string(b) == c.body || wild && strings.HasPrefix(string(b), want)) {
			t.Errorf("body %s, want %s", b, c.body)
		}
	}
	s := load(t, "shop.yaml")
	known := s.Known(ask(post+"{}"), noon)
	if len(known) != 2 || !strings.Contains(known[1].Label, "example") || !strings.Contains(known[1].Request.Body.Text, `"c-9"`) {
		t.Errorf("the example is not there: %+v", known)
	}
	if got := s.Known(ask("GET "+shop+"/me\nAuthorization: Bearer x"), noon); got != nil {
		t.Errorf("the original itself is known: %+v", got)
	}
}

func TestResponseIsCompared(t *testing.T) {
	s := load(t, "shop.yaml")
	for _, c := range []struct {
		name, ask, media, body string
		status                 int
		want                   string
	}{
		{"as documented", all + ten, "application/json", `[{"id":"1","customer":"c-1","items":[{"sku":"A","price":1}]}]`, 200, ""},
		{"a field of another type", all + ten, "application/json; charset=utf-8", `[{"id":"1","customer":"c-1","items":[{"sku":"A","price":"1.50"}]}]`, 200,
			`response_schema_mismatch response body /0/items/0/price number response body /0/items/0/price is documented as a number, and is a string: "1.50"`},
		{"a field that is gone", all + ten, "application/json", `[{"customer":"c-1","items":[{"sku":"A","price":1}]}]`, 200,
			"response_schema_mismatch response body /0/id string response body /0/id is documented as required, and absent"},
		{"a page", all + ten, "text/html", `<html>`, 200, `response_content_type_mismatch response header Content-Type  the document has another media type than "text/html" in this answer`},
		{"nothing", all + ten, "application/json", ``, 200, "unexpected_empty_response response body  the document has application/json in this answer, and it is empty"},
		{"another status", all + ten, "application/json", `{}`, 418, " response status  the document has no answer 418 for GET /orders"},
		{"a documented refusal is no concern", "POST http://localhost/api/v2/payments\n\n{}", "text/html", `x`, 400, ""},
	} {
		x := &request.Exchange{Request: ask(c.ask), Hops: []request.Hop{{Response: &request.Response{
			Status: c.status, Header: []request.Field{{Name: "Content-Type", Value: c.media}}, Body: request.NewContent([]byte(c.body)),
		}}}}
		doc := s
		if strings.Contains(c.ask, "/payments") {
			doc = load(t, "pay31.json")
		}
		var got []string
		for _, e := range doc.Response(x) {
			got = append(got, strings.Join([]string{string(e.Cause), e.Source, e.Expected, e.Text}, " "))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, strings.Join(got, "; "), c.want)
		}
	}
}

// Secrets go into edits, which are sent, and never into what is shown.
func TestTextsHoldNoSecrets(t *testing.T) {
	s := load(t, "shop.yaml")
	for _, a := range []string{all + "?api_key=hush-hush", all + "\nAuthorization: Bearer hush-hush", "GET " + shop + "/me\nAuthorization: hush-hush"} {
		r := ask(a)
		for _, e := range s.Check(r) {
			if strings.Contains(e.Text+e.Expected+strings.Join(e.Allowed, ""), "hush") {
				t.Errorf("%s", e.Text)
			}
		}
		for _, e := range s.Edits(r, noon) {
			if strings.Contains(e.Why, "hush") {
				t.Errorf("%s", e.Why)
			}
		}
	}
}
