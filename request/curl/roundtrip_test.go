package curl

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"culprit/request"
)

// wire writes what goes out for r, as far as Print promises to keep it.
func wire(r request.Request) string {
	header := []request.Field{}
	content := false
	for _, f := range r.Header {
		header = append(header, request.Field{Name: f.Name, Value: strings.TrimLeft(f.Value, " \t")})
		content = content || strings.EqualFold(f.Name, "Content-Type")
	}
	body := r.Body.Text
	typ := r.Body.Type
	if r.Body.Kind == request.FormBody {
		var pairs []string
		for _, f := range r.Body.Fields {
			pairs = append(pairs, url.QueryEscape(f.Name)+"="+url.QueryEscape(f.Value))
		}
		body = strings.Join(pairs, "&")
		if typ == "" {
			typ = formType
		}
	}
	if !content && typ != "" {
		header = append(header, request.Field{Name: "Content-Type", Value: typ})
	}
	switch r.Auth.Scheme {
	case "basic":
		header = append(header, request.Field{Name: "Authorization", Value: "Basic " + base64.StdEncoding.EncodeToString([]byte(r.Auth.Param("username")+":"+r.Auth.Param("password")))})
	case "bearer":
		header = append(header, request.Field{Name: "Authorization", Value: "Bearer " + r.Auth.Param("token")})
	}
	var b strings.Builder
	method := r.Method
	if method == "" {
		method = "GET"
	}
	fmt.Fprintf(&b, "%s %s\n", method, r.URL)
	// curl puts some fields first: they are compared by name, the rest in order.
	for _, name := range []string{"user-agent", "accept", "accept-encoding", "content-type", "authorization", ""} {
		for _, f := range header {
			lower := strings.ToLower(f.Name)
			special := strings.Contains(" user-agent accept accept-encoding content-type authorization ", " "+lower+" ")
			if name == lower || name == "" && !special {
				fmt.Fprintf(&b, "%s: %q\n", lower, f.Value)
			}
		}
	}
	fmt.Fprintf(&b, "%q %q", body, r.Body.Path)
	for _, p := range r.Body.Parts {
		fmt.Fprintf(&b, " %+v", p)
	}
	return b.String()
}

// anyText is text that a command may hold: quotes, controls, bytes that are no UTF-8, never a zero byte.
var anyText = rapid.Custom(func(t *rapid.T) string {
	s := rapid.OneOf(rapid.StringOfN(rapid.RuneFrom([]rune("ab'\"\\$`!^&%{}@<;=:#~*? \t\n\r\x1b\u202e日\u00e9")), 0, 12, -1), rapid.String(),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 8), func(b []byte) string { return string(b) })).Draw(t, "text")
	return strings.ReplaceAll(s, "\x00", "")
})

var anyRequest = rapid.Custom(func(t *rapid.T) request.Request {
	r := request.Request{
		Method: rapid.SampledFrom([]string{"", "GET", "POST", "PUT", "HEAD", "wHat", "DELETE"}).Draw(t, "method"),
		URL:    "http://h/" + strings.TrimLeft(anyText.Draw(t, "url"), " "),
	}
	name := rapid.SampledFrom([]string{"User-Agent", "accept", "Accept-Encoding", "Content-Type", "X-A", "X-B", "Cookie", "Host", "Expect"})
	for range rapid.IntRange(0, 4).Draw(t, "fields") {
		f := request.Field{Name: name.Draw(t, "name"), Value: strings.Trim(anyText.Draw(t, "value"), " \t")}
		if strings.HasPrefix(f.Name, "X-") || !request.Has(r.Header, f.Name) {
			r.Header = append(r.Header, f)
		}
	}
	switch rapid.IntRange(0, 3).Draw(t, "auth") {
	case 1:
		r.Auth = request.Auth{Scheme: "basic", Params: []request.Field{{Name: "username", Value: strings.ReplaceAll(anyText.Draw(t, "user"), ":", "")}, {Name: "password", Value: anyText.Draw(t, "password")}}}
	case 2:
		r.Auth = request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: strings.Trim("t"+anyText.Draw(t, "token"), " \t")}}}
	}
	if rapid.Bool().Draw(t, "defaults") {
		r = r.WithDefaults(rapid.SampledFrom([]string{"culprit/1", Agent}).Draw(t, "agent"))
	}
	b := &r.Body
	switch b.Kind = rapid.SampledFrom([]request.BodyKind{"", request.RawBody, request.FormBody, request.MultipartBody, request.FileBody}).Draw(t, "kind"); b.Kind {
	case request.RawBody:
		b.Text = anyText.Draw(t, "body") + rapid.SampledFrom([]string{"", "\x00%\\'\x00"}).Draw(t, "zero")
		b.Type = rapid.SampledFrom([]string{"", "application/json"}).Draw(t, "type")
	case request.FormBody:
		b.Fields = []request.Field{{Name: anyText.Draw(t, "n"), Value: anyText.Draw(t, "v")}, {Name: "x", Value: anyText.Draw(t, "v")}}
	case request.FileBody:
		b.Path = "f" + anyText.Draw(t, "path")
	case request.MultipartBody:
		b.Parts = []request.Part{{Name: "a", Value: anyText.Draw(t, "v")},
			{Name: "b", Path: "f" + anyText.Draw(t, "path"), FileName: anyText.Draw(t, "filename"), Type: rapid.SampledFrom([]string{"", "image/png", "text/plain;charset=utf-8"}).Draw(t, "type")},
			{Name: "c", Value: "v" + anyText.Draw(t, "v"), Type: "text/plain"}}
	}
	return r
})

func TestParseUndoesPrint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest.Draw(t, "request")
		for _, style := range []Style{OneLine, Lines} {
			command := Print(r, style, nil)
			got, err := Parse(command)
			if err != nil {
				t.Fatalf("%s\n%v", command, err)
			}
			if w, g := wire(r), wire(got.Request); w != g {
				t.Fatalf("%s\n got %s\nwant %s\nnotes %+v", command, g, w, got.Notes)
			}
			if got.More > 0 {
				t.Fatalf("%s: %d more", command, got.More)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"curl h -d @- <<< x", "$ curl -XPOST 'h' --data-raw $'\\u0021'", "curl ^\"h^\" ^\n-H ^\"a: b^\"", "curl -F 'a=@b;type=c,d' h",
		"curl h --resolve a:1:b --next c", "curl 'h/\\[1\\]/../x#' -G -d a", "printf 'a' | curl h -T -", "curl --no-", "curl <<E\nx\nE\n", "curl h --json @x --cert a:b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, command string) {
		got, err := Parse(command)
		if err != nil {
			return
		}
		for _, n := range got.Notes {
			if n.At < 0 || n.At > len(command) {
				t.Errorf("%q: note outside of the command: %+v", command, n)
			}
		}
		if strings.ContainsRune(command, 0) || strings.Contains(command, "\\") {
			return // a zero byte cannot be in an argument
		}
		printed := Print(got.Request, OneLine, nil)
		again, err := Parse(printed)
		if err != nil {
			t.Fatalf("%q printed as %s: %v", command, printed, err)
		}
		if w, g := wire(got.Request), wire(again.Request); w != g {
			t.Errorf("%q printed as %s\n got %s\nwant %s", command, printed, g, w)
		}
	})
}
