package webhook

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
	"testing"
	"time"

	"culprit/request"
	"culprit/request/har"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

const (
	body  = `{"id":"evt_1","type":"order.paid","data":{"name":"Zoë","url":"https://a.test/x","n":12.50}}`
	plain = "s3cr3t"
	coded = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" // of the Standard Webhooks documentation
)

func mac(h func() hash.Hash, key, text string) []byte {
	m := hmac.New(h, []byte(key))
	m.Write([]byte(text))
	return m.Sum(nil)
}

func hexed(key, text string) string { return hex.EncodeToString(mac(sha256.New, key, text)) }

func based(key, text string) string {
	return base64.StdEncoding.EncodeToString(mac(sha256.New, key, text))
}

// delivered is a delivery of text with headers "Name: value".
func delivered(text string, headers ...string) Delivery {
	d := Delivery{Method: "POST", URL: "https://shop.example.com/hooks", Body: []byte(text), At: noon}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		d.Header = append(d.Header, request.Field{Name: name, Value: value})
	}
	return d
}

func (d Delivery) answered(status int, took time.Duration, text string, headers ...string) Delivery {
	d.Answer = &Answer{Status: status, Took: took, Body: []byte(text), Header: delivered("", headers...).Header}
	return d
}

// documented makes a delivery of each scheme by the formula of its documentation.
func documented(text, secret string) map[string]Delivery {
	at := fmt.Sprint(noon.Unix())
	key := strings.TrimPrefix(secret, "whsec_")
	raw, _ := base64.StdEncoding.DecodeString(key)
	return map[string]Delivery{
		"Stripe":            delivered(text, "Stripe-Signature: t="+at+",v1="+hexed(secret, at+"."+text)+",v0=00"),
		"GitHub":            delivered(text, "X-GitHub-Delivery: 7", "X-Hub-Signature-256: sha256="+hexed(secret, text)),
		"Standard Webhooks": delivered(text, "webhook-id: msg_1", "webhook-timestamp: "+at, "webhook-signature: v1,AAAA v1,"+based(string(raw), "msg_1."+at+"."+text)),
		"Svix":              delivered(text, "svix-id: msg_1", "svix-timestamp: "+at, "svix-signature: v1,"+based(string(raw), "msg_1."+at+"."+text)),
		"Slack":             delivered(text, "X-Slack-Request-Timestamp: "+at, "X-Slack-Signature: v0="+hexed(secret, "v0:"+at+":"+text)),
		"Shopify":           delivered(text, "X-Shopify-Hmac-Sha256: "+based(secret, text)),
	}
}

func one(d Delivery, secrets ...string) Result {
	var all []Secret
	for i, s := range secrets {
		all = append(all, Secret{fmt.Sprintf("SECRET_%d", i+1), s})
	}
	return Check([]Delivery{d}, all)[0]
}

func rulesOf(r Result) string {
	var out []string
	for _, h := range r.Hits {
		out = append(out, h.Rule)
	}
	return strings.Join(out, " ")
}

func TestDocumentedSchemesFit(t *testing.T) {
	for name, d := range documented(body, coded) {
		r := one(d, coded)
		if r.Scheme != name || r.Match == nil || !r.Match.Fits() || r.Match.Hash != "SHA-256" || len(r.Hits) != 0 {
			t.Errorf("%s: got %+v, match %+v", name, r, r.Match)
		}
	}
	old := delivered(body, "X-Hub-Signature: sha1="+hex.EncodeToString(mac(sha1.New, plain, body)))
	if r := one(old, plain); r.Match == nil || !r.Match.Fits() || r.Match.Hash != "SHA-1" {
		t.Errorf("SHA-1: got %+v", r.Match)
	}
	// The example of the Standard Webhooks specification, whose secret, id, time, body and signature are fixed.
	spec := delivered(`{"test": 2432232314}`, "webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp: 1614265330", "webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
	if r := one(spec, coded); r.Match == nil || !r.Match.Fits() {
		t.Errorf("the specification's example: got %+v", r)
	}
}

// Senders that sign in a way of their own are found by trying.
func TestOtherSendersAreFound(t *testing.T) {
	at := fmt.Sprint(noon.Unix())
	for want, d := range map[string]Delivery{
		"body":                            delivered(body, "Linear-Signature: "+hexed(plain, body)),
		"timestamp:body":                  delivered(body, "Paddle-Signature: ts="+at+";h1="+hexed(plain, at+":"+body)),
		"id, timestamp and body":          delivered(body, "Twitch-Eventsub-Message-Id: e7", "Twitch-Eventsub-Message-Timestamp: "+at, "Twitch-Eventsub-Message-Signature: sha256="+hexed(plain, "e7"+at+body)),
		"URL and body":                    delivered(body, "x-square-hmacsha256-signature: "+based(plain, "https://shop.example.com/hooks"+body)),
		"method, URL, body and timestamp": delivered(body, "X-HubSpot-Request-Timestamp: "+at, "X-HubSpot-Signature-v3: "+based(plain, "POSThttps://shop.example.com/hooks"+body+at)),
		"timestamp and body":              delivered(body, "X-Zendesk-Webhook-Signature-Timestamp: "+at, "X-Zendesk-Webhook-Signature: "+based(plain, at+body)),
	} {
		r := one(d, plain)
		if r.Match == nil || r.Match.Layout != want || r.Match.Body != "as stored" || rulesOf(r) != "" {
			t.Errorf("%s: got %+v, %+v", want, r.Match, r.Hits)
		}
	}
}

// A sample is a delivery that a rule must find, and one that looks alike and that it must leave alone.
type sample struct {
	rule      string
	bad, good []Delivery
	secrets   []string
	says      string // a part of the text
}

func samples() []sample {
	ok := documented(body, plain)
	github := ok["GitHub"]
	stripe := ok["Stripe"]
	signed := func(text string) Delivery { return documented(text, plain)["GitHub"] }
	stored := func(d Delivery, text string) []Delivery { d.Body = []byte(text); return []Delivery{d} }
	at := func(d Delivery, url string) []Delivery { d.URL = url; return []Delivery{d} }
	is := func(d ...Delivery) []Delivery { return d }
	late := stripe
	late.At = noon.Add(10 * time.Minute)
	early := stripe
	early.At = noon.Add(-2 * time.Hour)
	unknownTime := late
	unknownTime.At = time.Time{}
	failing := func(n int) []Delivery {
		var out []Delivery
		for range n {
			out = append(out, delivered("{}").answered(500, 0, ""))
		}
		return out
	}
	standard := documented(body, coded)["Standard Webhooks"]
	asText := delivered(body, "webhook-id: msg_1", "webhook-timestamp: 1", "webhook-signature: v1,"+based(coded, "msg_1.1."+body))
	asText.At = time.Time{}
	bare := delivered(body, "X-Hub-Signature-256: sha256="+hexed(strings.TrimPrefix(coded, "whsec_"), body))
	slackAsBody := delivered(body, "X-Slack-Request-Timestamp: "+fmt.Sprint(noon.Unix()), "X-Slack-Signature: v0="+hexed(plain, body))
	pretty := "{\n  \"a\": 1,\n  \"b\": \"x\"\n}"
	return []sample{
		{"W1", at(github, "https://localhost:3000/hooks"), at(github, "https://localhost.example.com/hooks"), nil, "tunnel"},
		{"W1", at(github, "https://192.168.1.7/hooks"), at(github, "https://8.8.8.8/hooks"), nil, "private"},
		{"W1", at(github, "https://shop.local/hooks"), at(github, "https://local.shop.com/hooks"), nil, "private"},
		{"W2", at(github, "http://shop.example.com/hooks"), at(github, "//shop.example.com/hooks"), nil, "https only"},
		{"W3", is(github.answered(301, 0, "")), is(github.answered(204, 0, "")), nil, "final URL"},
		{"W4", stored(github, strings.ReplaceAll(body, `":`, `": `)), is(github), []string{plain}, "as compact JSON"},
		{"W4", stored(github, body+"\n"), is(github), []string{plain}, "without the line break"},
		{"W4", stored(github, strings.ReplaceAll(body, "ë", "Ã«")), is(github), []string{plain}, "Latin-1"},
		{"W4", stored(signed(strings.ReplaceAll(body, "ë", `\u00eb`)), body), is(github), []string{plain}, "in ASCII"},
		{"W4", stored(signed(strings.ReplaceAll(body, "/", `\/`)), body), is(github), []string{plain}, `/ as \/`},
		{"W4", stored(signed(pretty), `{"a":1,"b":"x"}`), is(signed(pretty)), []string{plain}, "indented by 2"},
		{"W4", stored(signed("a\r\nb"), "a\nb"), is(signed("a\r\nb")), []string{plain}, "CRLF for LF"},
		{"W4", stored(signed(`{"a": "x:y,z", "b": 2}`), `{"a":"x:y,z","b":2}`), is(signed(`{"a": "x:y,z", "b": 2}`)), []string{plain}, "spaces after"},
		{"W4", stored(signed(`{"a":1,"b":2}`), `{"b":2,"a":1}`), is(signed(`{"b":2,"a":1}`)), []string{plain}, "sorted"},
		{"W4", is(asText), is(standard), []string{coded}, "as given"},
		{"W4", is(bare), is(github), []string{coded, plain}[:1], "without its prefix"},
		{"W4", is(signed(body)), is(signed(body)), []string{" " + plain + "\n"}, "white space"},
		{"W4", is(slackAsBody), is(documented(body, plain)["Slack"]), []string{plain}, "as Slack documents"},
		{"W4", is(delivered(body, "X-Hub-Signature-256: sha256=abcd")), is(github), []string{plain}, "cut or changed"},
		{"W5", is(github), is(github), []string{"other"}, "secret is another one"},
		{"W5", is(github), is(github), []string{"other", plain}, "secret of SECRET_2"},
		{"W6", is(late), is(unknownTime), []string{plain}, "10 min before"},
		{"W6", is(early), is(stripe), []string{plain}, "after"},
		{"W7", is(github.answered(200, 12*time.Second, "")), is(github.answered(200, 2*time.Second, "")), nil, "took 12 s"},
		{"W7", is(ok["Slack"].answered(200, 4*time.Second, "")), is(stripe.answered(200, 4*time.Second, "")), nil, "Slack waits about 3 s"},
		{"W7", is(github.answered(500, 0, "")), is(github.answered(202, 0, "")), nil, "only 2xx"},
		{"W8", failing(8), append(failing(8), delivered("{}").answered(200, 0, "")), nil, "disable"},
		{"W9", is(github.answered(419, 0, "")), is(github.answered(400, 0, "")), nil, "forgery"},
		{"W9", is(github.answered(403, 0, `{"detail":"CSRF token missing"}`)), is(github.answered(403, 0, `{"error":"bad signature"}`)), nil, "Exempt"},
		{"W9", is(github.answered(401, 0, "", "WWW-Authenticate: Basic")), is(github.answered(401, 0, `{"error":"invalid signature"}`)), nil, "login"},
		{"W10", is(github.answered(200, 0, ""), github.answered(409, 0, "")), is(github.answered(500, 0, ""), github.answered(200, 0, "")), nil, "repetition"},
	}
}

func TestRules(t *testing.T) {
	for i, c := range samples() {
		t.Run(fmt.Sprintf("%s %d", c.rule, i), func(t *testing.T) {
			var secrets []Secret
			for i, s := range c.secrets {
				secrets = append(secrets, Secret{fmt.Sprintf("SECRET_%d", i+1), s})
			}
			bad := last(Check(c.bad, secrets))
			found := false
			for _, h := range bad.Hits {
				found = found || h.Rule == c.rule && strings.Contains(h.Text, c.says)
				if h.Cause.Cause().Side == "unknown" || h.Element == "" {
					t.Errorf("incomplete %+v", h)
				}
				for _, s := range c.secrets {
					if strings.Contains(h.Text, strings.TrimSpace(s)) && len(s) > 5 {
						t.Errorf("shows a secret: %s", h.Text)
					}
				}
			}
			if !found {
				t.Errorf("not found: got %+v, match %+v", bad.Hits, bad.Match)
			}
			right := []Secret{{"SECRET_1", plain}}
			if len(c.secrets) > 0 && c.secrets[0] == coded && c.rule == "W4" && last(Check(c.good, secrets)).Match != nil {
				right = secrets
			}
			if c.secrets == nil {
				right = nil
			}
			for _, h := range last(Check(c.good, right)).Hits {
				if h.Rule == c.rule {
					t.Errorf("the look-alike is accused: %s", h.Text)
				}
			}
		})
	}
}

func last(r []Result) Result { return r[len(r)-1] }

// Every rule of §5 that a delivery can show has a sample of each kind.
func TestEveryRuleHasSamples(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range samples() {
		seen[c.rule] = seen[c.rule] || len(c.bad) > 0 && len(c.good) > 0
	}
	for n := range 10 {
		if id := fmt.Sprintf("W%d", n+1); !seen[id] {
			t.Errorf("%s has no sample", id)
		}
	}
}

func TestTextIsReadByteForByte(t *testing.T) {
	for _, text := range []string{
		"POST /hooks?a=1 HTTP/1.1\r\nHost: shop.example.com\r\nX-Forwarded-Proto: https\r\nX-A:  b \r\n\r\n{\"a\":1}\r\n\r\n",
		"POST /hooks?a=1 HTTP/1.1\nHost: shop.example.com\nX-Forwarded-Proto: https\nX-A:  b \n\n{\"a\":1}\r\n\r\n",
	} {
		d, err := Text([]byte(text))
		if err != nil || string(d.Body) != "{\"a\":1}\r\n\r\n" || d.URL != "https://shop.example.com/hooks?a=1" || request.Get(d.Header, "X-A") != "b" {
			t.Errorf("got %+v, %v", d, err)
		}
	}
	for _, text := range []string{"", "{}", "POST /x\n\n", "POST / HTTP/1.1\nno colon\n\n", "POST / HTTP/1.1\nHost: x"} {
		if _, err := Text([]byte(text)); err == nil {
			t.Errorf("%q is taken for a request", text)
		}
	}
}

func TestEntryOfAnArchive(t *testing.T) {
	e := har.Entry{Started: "2026-11-20T12:00:00.5Z", Time: 1500, Request: har.Request{Method: "POST", URL: "https://h.test/x", Headers: []har.Pair{{Name: "X-A", Value: "b"}}, PostData: &har.Post{MimeType: "application/json", Text: "{}"}},
		Response: har.Response{Status: 500, Headers: []har.Pair{{Name: "Server", Value: "x"}}, Content: har.Content{Text: "no"}}}
	d := Entry(e)
	if string(d.Body) != "{}" || d.At.UnixMilli() != noon.UnixMilli()+500 || d.Answer == nil || d.Answer.Status != 500 || d.Answer.Took != 1500*time.Millisecond || string(d.Answer.Body) != "no" {
		t.Errorf("got %+v", d)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("POST /x HTTP/1.1\nStripe-Signature: t=1,v1=00\n\n{\"a\":1}", "whsec_x")
	f.Add("POST http://h/x HTTP/1.1\r\nX-Signature: sha1=;\r\nX-Timestamp: 1e9\r\n\r\n\"\\", "")
	f.Fuzz(func(t *testing.T, text, secret string) {
		d, err := Text([]byte(text))
		if err != nil {
			return
		}
		for _, h := range one(d, secret).Hits {
			if len(secret) > 12 && strings.Contains(h.Text, secret) {
				t.Fatalf("shows the secret: %s", h.Text)
			}
		}
	})
}
