package lint

import (
	"fmt"
	"strings"
	"testing"

	"culprit/request"
)

// accused is the odds from which a hit would lead the search astray on a healthy request.
const accused = 40

func healthy() []request.Request {
	j := func(s string) request.Request { return data(s) }
	long := strings.Repeat("a1B2", 400)
	return []request.Request{
		j(`{"zip":"01234","phone":"0301234567","sku":"100200","version":"1.10"}`),
		j(`{"card":{"last4":"4242","exp_month":12,"exp_year":2030,"cvc":"012"}}`),
		j(`{"product_code":"0815","iban":"DE89370400440532013000","vat":"DE123456789"}`),
		j(`{"name":"42","title":"1984","street":"5th Avenue 7"}`),
		j(`{"middle_name":null,"nickname":"","tags":[],"meta":{}}`),
		j(`{"a":{"b":{"c":{"d":[[[1]]]}}}}`),
		j(`[]`), j(`{}`), j(`[1,2,3]`), j(`"just text"`), j(`null`), j(`true`), j(`12.5`),
		j(`{"emoji":"🎉","name":"Zoë Ångström","city":"東京","rtl":"שלום"}`),
		j(`{"note":"line one\nline two","html":"<b>x</b>","path":"C:\\dir"}`),
		j(`{"text":"He said: \"None of it is undefined\"","reason":"null pointer"}`),
		j(`{"template":"Dear {{name}}, your code is ${CODE}"}`),
		j(`{"query":"{ user(id: 1) { name } }","variables":{"id":1}}`),
		j(`{"arguments":"{\"city\":\"Paris\"}","role":"assistant"}`),
		j(`{"start_date":"2026-12-01","end_date":"2026-12-31"}`),
		j(`{"created_after":"2026-12-01T10:00:00Z","timestamp":1790000000}`),
		j(`{"time":"10:00","duration":"PT1H","interval":"5m"}`),
		j(`{"price":1250,"currency":"EUR","discount":-5,"balance":-12.5}`),
		j(`{"amount":"12.50","currency":"USD"}`),
		j(`{"is_admin":false,"active":true,"enabled":true}`),
		j(`{"country":"GB","language":"en-GB","timezone":"Europe/London"}`),
		j(`{"email":"first.last+tag@sub.example.museum","reply_to":"\"Odd Name\" <a@b.co>"}`),
		j(`{"url":"https://example.com/?a=1&b=%20","callback":"myapp://done"}`),
		j(`{"id":"507f1f77bcf86cd799439011","uuid":"3fa85f64-5717-4562-b3fc-2c963f66afa6"}`),
		j(`{"user_id":"12345","order_ids":["1","2"]}`),
		j(`{"lat":-33.86,"lng":151.2,"altitude":-3}`),
		j(`{"status":"weird-state","type":"X","level":"NONE"}`),
		j(`{"camelCase":1,"snake_case":2,"other":3}`),
		j(`{"_id":"x","$set":{"a":1},"@type":"Thing"}`),
		j(`{"quantity":0,"limit":1000,"page":1}`),
		j(`{"items":[{"sku":"a","qty":1},{"sku":"b","qty":2,"gift":true}]}`),
		j(`{"values":[1,"two",null,true]}`),
		j(`{"big":9007199254740991,"small":1e-7,"zero":0.0}`),
		j(`{"min":0,"max":0,"from":"Berlin","to":"Aachen"}`),
		j(`{"description":"` + strings.Repeat("word ", 200) + `"}`),
		j(`{"password":" spaces are fine ","token":"abc...def is text"}`),
		post("text/plain", `{'not': json,}`), post("text/csv", "a,b\n1,2\n"), post("application/octet-stream", "\x00\x01\xff"),
		post("application/x-ndjson", "{\"a\":1}\n{\"a\":2}\n"), post("application/vnd.api+json", `{"data":{"type":"x","attributes":{}}}`),
		post("application/xml", `<?xml version="1.0"?><a xmlns="u"><b c="d"/></a>`), post("application/x-www-form-urlencoded", "a=1&b=x+y&c=%C3%A9&d[]=1&d[]=2"),
		post("application/x-www-form-urlencoded", "grant_type=client_credentials&scope=a+b", "Authorization: Basic "+b64("client:secret")),
		post("application/json; charset=utf-8", `{"a":1}`), post("application/json", `{"a":1}`, "Prefer: return=minimal", "X-Request-Id: 7", "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
		with("PATCH", "https://h.test/u/1", "application/merge-patch+json", `{"nickname":null}`),
		with("PATCH", "https://h.test/u/1", "application/json-patch+json", `[{"op":"remove","path":"/a"}]`),
		with("PATCH", "https://h.test/u/1", "application/json", `{"a":1}`),
		with("DELETE", "https://h.test/u/1", "", ""), with("DELETE", "https://h.test/u", "application/json", `{"ids":[1]}`), with("POST", "https://h.test/jobs/7/run", "", ""),
		with("HEAD", "https://h.test/", "", ""), with("OPTIONS", "https://h.test/", "", "", "Origin: https://x.test", "Access-Control-Request-Method: PUT"),
		with("GET", "https://h.test/_search", "application/json", `{"query":{"match_all":{}}}`), with("PROPFIND", "https://h.test/dav/", "application/xml", `<propfind xmlns="DAV:"><allprop/></propfind>`),
		get("https://h.test/", `If-None-Match: "abc"`), get("https://h.test/", "If-Modified-Since: Fri, 20 Nov 2026 00:00:00 GMT"), get("https://h.test/", "Range: bytes=0-99"),
		get("https://h.test/?tag=a&tag=b&ids=1,2,3"), get("https://h.test/?q=caf%C3%A9%20au%20lait&discount=100%25"), get("https://h.test/?filter[name]=x&sort=-created_at&fields[a]=b,c"),
		get("https://h.test/?q=a+b&empty=&flag"), get("https://h.test/a%2Fb/c%20d"), get("https://h.test/users/me"), get("https://h.test/users/O'Brien"), get("https://h.test/v1/users:batchGet"),
		get("https://h.test/a;v=1/b@2/~me"), get("https://h.test/repos/x/y/contents/README.md?ref=v1.2"), get("https://h.test/search?q=null+pointer"), get("https://h.test/?page=2&per_page=50&order=desc"),
		get("https://h.test/?since=2026-11-01&until=2026-11-30"), get("https://h.test/?lang=de&country=DE&currency=EUR"), get("https://h.test/?redirect_uri=https%3A%2F%2Fa.test%2Fcb"), get("https://h.test/?price_min=5&price_max=10"),
		get("http://localhost:8080/x"), get("http://127.0.0.1:3000/x"), get("https://[::1]:8443/x"), get("http://api:8080/x"), get("https://xn--mnchen-3ya.de/"), get("https://h.test:8443/"), get("https://HOST.test/Path"),
		get("https://h.test/", "Accept: application/vnd.github+json", "X-GitHub-Api-Version: 2022-11-28"), get("https://h.test/", "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), get("https://h.test/", "Accept: image/png"),
		get("https://h.test/", "Accept-Language: de-DE,de;q=0.9", "Cache-Control: no-cache", "DNT: 1", "X-Custom_Header: a,b; c=d"), get("https://h.test/", "Cookie: a=b; theme=dark; _ga=GA1.2.3.4"),
		auth("Bearer " + long), auth("Bearer " + jwt(`{"exp":1900000000,"aud":"api","scope":"read"}`)), auth("Basic " + b64("user:p:a:ss")), auth("Token 0123456789abcdef"), auth("ApiKey abc:def=="),
		auth("Bearer sk-proj-0123456789abcdefghij"), auth("Bearer ya29.a0AfH6SMB-_x"), auth("SSWS 00abc"), auth(`OAuth oauth_consumer_key="a", oauth_nonce="b"`), get("https://h.test/", "X-Api-Key: 0123-abcd"), get("https://h.test/?api_key=0123abcd"),
		{Method: "POST", URL: "https://h.test/up", Body: request.Body{Kind: request.MultipartBody, Parts: []request.Part{{Name: "file", Path: "a.png"}, {Name: "title", Value: "x"}}}},
		{Method: "POST", URL: "https://h.test/f", Body: request.Body{Kind: request.FormBody, Fields: []request.Field{{Name: "agree", Value: "on"}, {Name: "email", Value: "a@b.co"}}}},
		{Method: "PUT", URL: "https://h.test/f", Body: request.Body{Kind: request.FileBody, Path: "a.bin", Type: "application/octet-stream"}},
		{Method: "GET", URL: "https://h.test/f", Auth: request.Auth{Scheme: "basic", Params: []request.Field{{Name: "username", Value: "u"}, {Name: "password", Value: "p w"}}}},
		{Method: "GET", URL: "https://h.test/f", Auth: request.Auth{Scheme: "apikey", Params: []request.Field{{Name: "key", Value: "X-K"}, {Name: "value", Value: "a b:c"}, {Name: "placement", Value: "header"}}}},
	}
}

func TestHealthyRequestsAreNotAccused(t *testing.T) {
	all := healthy()
	if len(all) < 100 {
		t.Fatalf("only %d requests", len(all))
	}
	for i, r := range all {
		// Siblings are the request itself in other words: they must not accuse it either.
		for _, f := range []Facts{{}, {Siblings: []request.Request{r, r}, Around: in("dev")}} {
			hits := check(r, f)
			for _, h := range hits {
				if h.Fatal || h.Odds >= accused {
					t.Errorf("%d %s %s %s: %s %s %.0f %s", i, r.Method, r.URL, r.Body.Text[:min(60, len(r.Body.Text))], h.Rule, h.Element, h.Odds, h.Text)
				}
			}
			applies(t, r, hits)
		}
	}
}

// BenchmarkCheck measures a body of forty fields, the usual size of a case.
func BenchmarkCheck(b *testing.B) {
	var body strings.Builder
	for i := range 40 {
		fmt.Fprintf(&body, `"field_%d":"value %d",`, i, i)
	}
	r := data("{" + body.String() + `"price":"12.50"}`)
	for b.Loop() {
		check(r, Facts{})
	}
}
