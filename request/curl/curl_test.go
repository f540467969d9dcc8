package curl

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/request"
)

// show writes the main parts of a request on one line.
func show(r request.Request) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", r.Method, r.URL)
	for _, f := range r.Header {
		if f.Default && (f.Name == "User-Agent" || f.Value == "*/*") {
			continue
		}
		mark := ""
		if f.Default {
			mark = "*"
		}
		fmt.Fprintf(&b, " | %s%s: %s", mark, f.Name, f.Value)
	}
	if r.Auth.Scheme != "" {
		fmt.Fprintf(&b, " | %s", r.Auth.Scheme)
		for _, p := range r.Auth.Params {
			fmt.Fprintf(&b, " %s", p.Value)
		}
	}
	switch r.Body.Kind {
	case request.RawBody:
		fmt.Fprintf(&b, " | %q", r.Body.Text)
	case request.FileBody:
		fmt.Fprintf(&b, " | file %s", r.Body.Path)
	case request.MultipartBody:
		for _, p := range r.Body.Parts {
			fmt.Fprintf(&b, " | part %s=%s path=%s name=%s type=%s", p.Name, p.Value, p.Path, p.FileName, p.Type)
		}
	}
	return b.String()
}

func TestParseReadsCommands(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`curl example.com`, `GET http://example.com`},
		{`$ curl -XPOST https://h/p`, `POST https://h/p`},
		{`# curl https://h`, `GET https://h`},
		{`curl -sSLX PUT h -d a=1 -d 'b=2'`, `PUT http://h | *Content-Type: application/x-www-form-urlencoded | "a=1&b=2"`},
		{`curl h --json '{"a":1}'`, `POST http://h | *Accept: application/json | *Content-Type: application/json | "{\"a\":1}"`},
		{`curl h --json '{' --json '}' -H 'Content-Type: x'`, `POST http://h | *Accept: application/json | Content-Type: x | "{}"`},
		{`curl -G h/p?x=1 -d a=b --data-urlencode 'c=d e&f' `, `GET http://h/p?x=1&a=b&c=d+e%26f`},
		{`curl 'h/p#f' --url-query 'a=b c' --url-query +d=e`, `GET http://h/p?a=b+c&d=e#f`},
		{`curl -I h`, `HEAD http://h`},
		{`curl h -H 'X-Empty;' -H 'Accept:' -H 'A: b'`, `GET http://h | X-Empty:  | A: b`},
		{`curl h -A ua -e ref -b a=b -b 'c=d' --compressed -r 0-5`, `GET http://h | User-Agent: ua | *Accept-Encoding: deflate, gzip, br, zstd | Range: bytes=0-5 | Referer: ref | Cookie: a=b;c=d`},
		{`curl h -u me:pa:ss`, `GET http://h | basic me pa:ss`},
		{`curl h --oauth2-bearer tok`, `GET http://h | bearer tok`},
		{`curl h -u a:b -H 'Authorization: x'`, `GET http://h | Authorization: x`},
		{`curl h -T dir/f.txt`, `PUT http://h | file dir/f.txt`},
		{`curl h/up/ -T dir/f.txt`, `PUT http://h/up/f.txt | file dir/f.txt`},
		{`curl h --data-binary @f.bin`, `POST http://h | *Content-Type: application/x-www-form-urlencoded | file f.bin`},
		{`curl h --data-binary @- < in.txt`, `POST http://h | *Content-Type: application/x-www-form-urlencoded | file in.txt`},
		{`curl h -d @- <<< hello`, `POST http://h | *Content-Type: application/x-www-form-urlencoded | "hello"`},
		{`curl h --data-raw @x`, `POST http://h | *Content-Type: application/x-www-form-urlencoded | "@x"`},
		{`curl h -F a=b -F 'f=@p.png;type=image/png;filename="q;\".png"' --form-string 'c=@d'`, `POST http://h | part a=b path= name= type= | part f= path=p.png name=q;".png type=image/png | part c=@d path= name= type=`},
		{`curl h -F 'f=@"a,b",c.txt' -F 'j={"x":1};type=application/json;charset=utf-8'`, `POST http://h | part f= path=a,b name= type= | part f= path=c.txt name= type= | part j={"x":1} path= name= type=application/json;charset=utf-8`},
		{`curl h --data-raw $'a\r\n\u0021\x41\'b'`, `POST http://h | *Content-Type: application/x-www-form-urlencoded | "a\r\n!A'b"`},
		{"curl 'h' \\\r\n  -H 'A: b' \\\r\n  -X PUT", `PUT http://h | A: b`},
		{`curl "a b\"c\$d" `, `GET http://a b"c$d`},
		{`curl http://h/a/../b/./c`, `GET http://h/b/c`},
		{`curl --path-as-is http://h/a/../b`, `GET http://h/a/../b`},
		{`curl 'http://h/\[1\]'`, `GET http://h/[1]`},
		{`curl {{host}}/x`, `GET {{host}}/x`},
		{`curl -- -x`, `GET http://-x`},
		{`printf 'a\000b' | curl h --data-binary @-`, `POST http://h | *Content-Type: application/x-www-form-urlencoded | "a\x00b"`},
		{`curl h | jq .`, `GET http://h`},
		{"curl ^\"https://h/a?b=1^&c=2^\" ^\r\n  -H ^\"A: b^\" ^\r\n  --data-raw ^\"^{^\\^\"x^\\^\":1^}^\"", `POST https://h/a?b=1&c=2 | A: b | *Content-Type: application/x-www-form-urlencoded | "{\"x\":1}"`},
		{"curl \"https://h/%20\" ^\n -H \"A: ^b\" ^\n -d \"{\\\"x\\\":1}\"", `POST https://h/%20 | A: ^b | *Content-Type: application/x-www-form-urlencoded | "{\"x\":1}"`},
		{"curl.exe ^\"h^\" --data-raw ^\"a^\n\nb^\"", `POST http://h | *Content-Type: application/x-www-form-urlencoded | "a\nb"`},
	} {
		got, err := Parse(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
		} else if s := show(got.Request); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.in, s, c.want)
		}
	}
}

func TestParseSetsHowToSend(t *testing.T) {
	got, err := Parse(
		`curl https://h -kL --max-redirs 3 -m 2.5 --connect-timeout 1 --resolve h:443:127.0.0.1,::1 --connect-to a:1:b:2 -4 --http1.1 --cacert ca.pem --cert c.pem --key k.pem -x proxy:3128 -U u:p --noproxy a,b --tlsv1.2 --tls-max 1.3 -X POST`)
	if err != nil {
		t.Fatal(err)
	}
	want := request.Settings{Follow: 3, KeepVerb: true, Timeouts: request.Timeouts{Connect: time.Second, Total: 2500 * time.Millisecond},
		HTTPVersion: "1.1", IPFamily: 4,
		TLS:     request.TLS{CAFile: "ca.pem", CertFile: "c.pem", KeyFile: "k.pem", Insecure: true, MinVersion: "1.2", MaxVersion: "1.3"},
		Proxy:   request.Proxy{URL: "http://u:p@proxy:3128", NoProxy: "a,b"},
		Resolve: []request.Override{{Host: "h", Port: "443", To: "127.0.0.1"}, {Host: "h", Port: "443", To: "[::1]"}, {Host: "a", Port: "1", To: "b:2"}}}
	if !reflect.DeepEqual(got.Request.Settings, want) {
		t.Errorf("got  %+v\nwant %+v", got.Request.Settings, want)
	}
	if len(got.Notes) > 0 {
		t.Errorf("notes %+v", got.Notes)
	}
}

func TestParseReportsWhatItLeavesOut(t *testing.T) {
	for _, c := range []struct {
		in, option string
		kind       NoteKind
		at         int
	}{
		{`curl -s h`, "-s", Ignored, 5},
		{`curl h -o out`, "-o", Ignored, 7},
		{`curl h --limit-rate 1k`, "--limit-rate", Ignored, 7},
		{`curl h --frobnicate value`, "--frobnicate", Unknown, 7},
		{`curl --frobnicate https://h`, "--frobnicate", Unknown, 5},
		{`curl –X h`, "–X", Unknown, 5},
		{`curl h --data=x`, "--data=x", Unknown, 7},
		{`curl h -b cookies.txt`, "-b", Unsupported, 7},
		{`curl h -H @file`, "-H", Unsupported, 7},
		{`curl h -p`, "-p", Unsupported, 7},
		{`curl h -K conf`, "-K", Unsupported, 7},
		{`curl h -d @-`, "-d", Unsupported, 7},
		{`curl h -u a:b --negotiate`, "--negotiate", Changed, 14},
		{`curl h?a=1&b=2`, "&", Changed, 10},
		{"curl h \\\r\n -s", "-s", Ignored, 11},
		{`$ curl h -s`, "-s", Ignored, 9},
		{`curl 'http://h/[1-3]'`, "http://h/[1-3]", Changed, 5},
		{`curl h --no-compressed-ssh --cert-status`, "--cert-status", Unsupported, 27},
	} {
		got, err := Parse(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		found := false
		for _, n := range got.Notes {
			found = found || n.Kind == c.kind && n.Option == c.option && n.At == c.at
		}
		if !found || !strings.HasSuffix(strings.TrimPrefix(got.Request.URL, "https"), "h") && !strings.Contains(got.Request.URL, "://h") {
			t.Errorf("%s: %+v, URL %s", c.in, got.Notes, got.Request.URL)
		}
	}
}

func TestParseCountsWhatIsMore(t *testing.T) {
	for in, want := range map[string]int{
		"curl a b c":               2,
		"curl a --next b -: c":     2,
		"curl a; curl b && curl c": 2,
		"curl a":                   0,
	} {
		if got, err := Parse(in); err != nil || got.More != want || got.Request.URL != "http://a" {
			t.Errorf("%s: %d more, %s, %v", in, got.More, got.Request.URL, err)
		}
	}
}

func TestParseRefusesWhatAShellWouldWorkOut(t *testing.T) {
	for in, want := range map[string]string{
		`curl "$HOST/x"`:              "byte 6: the shell variable $HOST",
		`curl h -H "A: $(cat x)"`:     "not run",
		"curl h `id`":                 "not run",
		`curl h -d 'a`:                "shell would not understand",
		`curl h -X`:                   "needs a value",
		`curl -s`:                     "no URL",
		`curl -p -x p:3128 http://h/`: "asks the proxy for a tunnel",
		`wget h`:                      "no curl command",
		``:                            "no curl command",
	} {
		_, err := Parse(in)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", in, err, want)
		}
	}
	if _, err := Parse("x"); !errors.Is(err, ErrNoCurl) {
		t.Errorf("got %v", err)
	}
}

// To a server behind TLS a proxy is asked for a tunnel anyway, and without a proxy there is none to ask.
func TestATunnelThatChangesNothing(t *testing.T) {
	for _, in := range []string{"curl -p -x p:3128 https://h/", "curl -p -x socks5://p http://h/", "curl -p -x '' http://h/"} {
		if got, err := Parse(in); err != nil || len(got.Notes) > 0 {
			t.Errorf("%s: %v, %v", in, got.Notes, err)
		}
	}
}

func TestParserReadsFilesWhenAllowed(t *testing.T) {
	p := Parser{ReadFile: func(name string) ([]byte, error) {
		switch name {
		case "large":
			return nil, fmt.Errorf("%s: %w", name, ErrLarge)
		case "f":
		default:
			return nil, os.ErrNotExist
		}
		return []byte("one\r\ntwo\n"), nil
	}}
	for in, want := range map[string]string{
		"curl h -d @f -d x":               "onetwo&x",
		"curl h --data-binary @f":         "one\r\ntwo\n",
		"curl h --data-urlencode n@f":     "n=one%0D%0Atwo%0A",
		"curl h --data-binary @gone -d x": "&x",
	} {
		got, err := p.Parse(in)
		if err != nil || got.Request.Body.Text != want {
			t.Errorf("%s: got %q, %v", in, got.Request.Body.Text, err)
		}
	}
	got, err := p.Parse("curl h --data-binary @large")
	want := request.Body{Kind: request.FileBody, Path: "large"}
	if err != nil || !reflect.DeepEqual(got.Request.Body, want) || len(got.Notes) > 0 {
		t.Errorf("a large file is to be streamed: got %+v, %v, %v", got.Request.Body, got.Notes, err)
	}
}

func TestCredentialsAreKnownAsSecrets(t *testing.T) {
	got, err := Parse(`curl 'https://h/?api_key=qwertyuiop' -u me:hunter2 -H 'X-Auth-Token: tttttt' -b sid=1`)
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, s := range got.Request.Secrets {
		refs = append(refs, s.Ref)
	}
	if want := []string{"query api_key", "cookie sid", "header X-Auth-Token", "auth password"}; !reflect.DeepEqual(refs, want) {
		t.Errorf("got %q", refs)
	}
}

func TestPrintLaysOut(t *testing.T) {
	r := request.Request{Method: "POST", URL: "https://h/p?a=1&b=2", Auth: request.Auth{Scheme: "basic", Params: []request.Field{{Name: "username", Value: "me"}, {Name: "password", Value: "it's"}}},
		Body: request.Body{Kind: request.RawBody, Text: "{\"a\":\t1}", Type: "application/json"}}
	r = r.WithDefaults("culprit/1")
	want := `curl \
  'https://h/p?a=1&b=2' \
  -H 'User-Agent: culprit/1' \
  -H 'Accept-Encoding: gzip, deflate, br, zstd' \
  -H 'Content-Type: application/json' \
  -u 'me:it'\''s' \
  --data-raw $'{"a":\t1}'`
	if got := Print(r, Lines, nil); got != want {
		t.Errorf("got %s", got)
	}
	masked := Print(r, OneLine, func(s string) string { return strings.ReplaceAll(s, "it's", "‹secret:p›") })
	if strings.Contains(masked, "it") && strings.Contains(masked, `it'`) || !strings.Contains(masked, "-u 'me:‹secret:p›'") {
		t.Errorf("got %s", masked)
	}
}

// An API key is printed where it is sent, whichever way its place is written.
func TestAnAPIKeyIsPrintedWhereItGoes(t *testing.T) {
	for placement, want := range map[string]string{
		"": "curl http://h/a -H 'X-Key: v&w'", "header": "curl http://h/a -H 'X-Key: v&w'",
		"query": "curl 'http://h/a?X-Key=v%26w'", "queryparams": "curl 'http://h/a?X-Key=v%26w'",
	} {
		a := request.Auth{Scheme: "apikey"}.With("key", "X-Key").With("value", "v&w").With("placement", placement)
		got := Print(request.Request{URL: "http://h/a", Auth: a, Header: []request.Field{{Name: "Accept", Value: "*/*", Default: true}, {Name: "User-Agent", Value: Agent, Default: true}}}, OneLine, nil)
		if got != want {
			t.Errorf("%q: got %s, want %s", placement, got, want)
		}
	}
}

func TestADomainOfNTLMIsPrintedBeforeTheName(t *testing.T) {
	r := request.Request{URL: "http://h", Auth: request.Auth{Scheme: "ntlm"}.With("username", "ann").With("password", "pw").With("domain", "SHOP")}
	if got := Print(r, OneLine, nil); !strings.Contains(got, `-u 'SHOP\ann:pw' --ntlm`) {
		t.Errorf("got %s", got)
	}
}

// A request signed for AWS keeps its key, region and service on the way in and out; the key is a secret.
func TestAWSSignatureIsReadAndWritten(t *testing.T) {
	c, err := Parse(`curl https://s3.example/bucket --aws-sigv4 aws:amz:eu-west-1:s3 -u AKID:s3cr3tkey`)
	if err != nil || len(c.Notes) > 0 {
		t.Fatal(err, c.Notes)
	}
	a := c.Request.Auth
	if a.Scheme != "awsv4" || a.Param("accessKeyId") != "AKID" || a.Param("secretAccessKey") != "s3cr3tkey" || a.Param("region") != "eu-west-1" || a.Param("service") != "s3" {
		t.Errorf("got %+v", a)
	}
	if got := Print(c.Request, OneLine, nil); !strings.Contains(got, "--aws-sigv4 aws:amz:eu-west-1:s3") || !strings.Contains(got, "-u AKID:s3cr3tkey") {
		t.Errorf("printed as %s", got)
	}
	if !slices.ContainsFunc(c.Request.Secrets, func(s request.Secret) bool { return s.Value == "s3cr3tkey" }) {
		t.Errorf("the key is not kept secret: %+v", c.Request.Secrets)
	}
	short, _ := Parse(`curl https://sqs.eu-west-1.amazonaws.com --aws-sigv4 aws:amz -u AKID:k`)
	if a := short.Request.Auth; a.Param("region") != "" || a.Param("service") != "" {
		t.Errorf("invented %+v", a)
	}
}
