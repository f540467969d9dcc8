package har_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"culprit/request"
	"culprit/request/client"
	"culprit/request/har"
	"culprit/request/mask"
)

// exchange performs r against a server that redirects once and then greets.
func exchange(t *testing.T, r request.Request) *request.Exchange {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new?x=1", http.StatusTemporaryRedirect)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"greeting":"hello","session_token":"a-fresh-token"}`))
	}))
	t.Cleanup(s.Close)
	r.URL = s.URL + r.URL
	engine := client.New(client.Config{})
	t.Cleanup(func() { engine.Close() })
	x, err := engine.Do(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	return x
}

// A body that is no text is masked before it is encoded: a form with a picture has the token beside it.
func TestASecretInABinaryBodyIsNotInTheArchive(t *testing.T) {
	const secret = "abcdefgh12345678"
	x := exchange(t, request.Request{Method: "POST", URL: "/new", Body: request.Body{Kind: request.RawBody, Text: "\xff\xd8 token=" + secret},
		Secrets: []request.Secret{{Ref: "token", Value: secret}}})
	for _, c := range []struct {
		mask *mask.Mask
		want bool
	}{{nil, true}, {mask.Of(x.Request), false}} {
		p := har.Of(x, c.mask)[0].Request.PostData
		got, err := base64.StdEncoding.DecodeString(p.Text)
		if err != nil || p.Encoding != "base64" || !bytes.HasPrefix(got, []byte("\xff\xd8 token=")) {
			t.Fatalf("%+v, %v", p, err)
		}
		if bytes.Contains(got, []byte(secret)) != c.want {
			t.Errorf("got %q, with the secret: %v", got, c.want)
		}
	}
}

func TestAnExchangeIsWrittenAndReadAgain(t *testing.T) {
	x := exchange(t, request.Request{
		Method: "POST", URL: "/old", Header: []request.Field{{Name: "X-Api-Key", Value: "abcdefgh12345678"}},
		Body:     request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"a":1}`},
		Settings: request.Settings{Follow: 5},
	})
	var b bytes.Buffer
	if err := har.Write(&b, har.Creator{Name: "culprit", Version: "test"}, har.Of(x, nil)); err != nil {
		t.Fatal(err)
	}
	a, err := har.Parse(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if n := len(a.Log.Entries); n != 2 {
		t.Fatalf("got %d entries, want one for each hop", n)
	}
	first, last := a.Log.Entries[0], a.Log.Entries[1]
	if first.Response.Status != 307 || !strings.HasSuffix(first.Response.RedirectURL, "/new?x=1") || last.Response.Status != 200 {
		t.Errorf("got %+v and %+v", first.Response, last.Response)
	}
	if !strings.Contains(last.Response.Content.Text, "a-fresh-token") || last.Response.Content.MimeType != "application/json" {
		t.Errorf("got content %+v", last.Response.Content)
	}
	if len(last.Request.QueryString) != 1 || last.Request.QueryString[0] != (har.Pair{Name: "x", Value: "1"}) {
		t.Errorf("got query %v", last.Request.QueryString)
	}
	r, notes := first.Sendable()
	if len(notes) > 0 || r.Method != "POST" || r.Body.Text != `{"a":1}` || request.Get(r.Header, "X-Api-Key") != "abcdefgh12345678" {
		t.Errorf("got %+v, notes %v", r, notes)
	}
	if request.Has(r.Header, "Host") || request.Has(r.Header, "Content-Length") {
		t.Errorf("fields of the connection were taken over: %v", r.Header)
	}
	if len(r.Secrets) == 0 {
		t.Error("the key is not known as a secret")
	}
}

func TestSecretsAreHidden(t *testing.T) {
	x := exchange(t, request.Request{URL: "/new?api_key=query-secret-1", Header: []request.Field{{Name: "Cookie", Value: "sid=cookie-secret-1"}}})
	var b bytes.Buffer
	if err := har.Write(&b, har.Creator{}, har.Of(x, mask.Of(x.Request))); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"query-secret-1", "cookie-secret-1", "a-fresh-token"} {
		if strings.Contains(b.String(), s) {
			t.Errorf("the archive holds %s", s)
		}
	}
}

func TestFormsAndPiecesOfOtherPrograms(t *testing.T) {
	for _, c := range []struct {
		name, post string
		kind       request.BodyKind
		text       string
		note       bool
	}{
		{"text goes before params", `{"mimeType":"application/x-www-form-urlencoded","text":"a=%31","params":[{"name":"a","value":"1"}]}`, request.RawBody, "a=%31", false},
		{"params alone", `{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"a","value":"1"}]}`, request.FormBody, "", false},
		{"base64", `{"mimeType":"application/octet-stream","text":"AAE=","encoding":"base64"}`, request.RawBody, "\x00\x01", false},
		{"no base64", `{"mimeType":"x","text":"?","encoding":"base64"}`, request.RawBody, "?", true},
		{"multipart", `{"mimeType":"multipart/form-data; boundary=x","text":"--x","params":[{"name":"a","value":"1"},{"name":"f","fileName":"a.png"}]}`, request.MultipartBody, "", true},
		{"nothing", `{"mimeType":""}`, request.NoBody, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := har.Parse([]byte("\ufeff" + `{"log":{"version":"1.2","entries":[{"request":{"method":"POST","url":"http://h/","postData":` + c.post + `}}]}}`))
			if err != nil {
				t.Fatal(err)
			}
			e, err := a.Entry(1)
			if err != nil {
				t.Fatal(err)
			}
			r, notes := e.Sendable()
			if r.Body.Kind != c.kind || r.Body.Text != c.text || len(notes) > 0 != c.note {
				t.Errorf("got %+v, notes %v", r.Body, notes)
			}
			if _, err := a.Entry(2); !errors.Is(err, har.ErrEntry) {
				t.Errorf("got %v for an entry that is not there", err)
			}
		})
	}
	for _, bad := range []string{"", "{}", "[]", `{"log":1}`} {
		if _, err := har.Parse([]byte(bad)); err == nil {
			t.Errorf("%q is taken for an archive", bad)
		}
	}
}

// Fixtures are archives that others wrote.
func TestArchivesOfOthersAreRead(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "fixtures", "har")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no ../shared/fixtures here")
	}
	files, read, entries := 0, 0, 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		a, err := har.Parse(src)
		if err != nil {
			t.Logf("%s: %v", d.Name(), err)
			return nil
		}
		read++
		for _, e := range a.Log.Entries {
			if r, _ := e.Sendable(); r.URL != "" {
				entries++
			}
		}
		return nil
	})
	if err != nil || read == 0 {
		t.Errorf("%d of %d archives read: %v", read, files, err)
	}
	t.Logf("%d of %d archives read, %d requests", read, files, entries)
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"log":{"version":"1.2","entries":[{"request":{"method":"POST","url":"http://h/?a=b","headers":[{"name":"Host","value":"h"}],"postData":{"mimeType":"multipart/form-data","params":[{"name":"a"}]}}}]}}`))
	f.Fuzz(func(t *testing.T, src []byte) {
		a, err := har.Parse(src)
		if err != nil {
			return
		}
		for _, e := range a.Log.Entries {
			e.Sendable()
		}
		var b bytes.Buffer
		if err := har.Write(&b, a.Log.Creator, a.Log.Entries); err != nil {
			t.Fatal(err)
		}
		again, err := har.Parse(b.Bytes())
		if err != nil || len(again.Log.Entries) != len(a.Log.Entries) {
			t.Fatalf("written and read again: %v", err)
		}
	})
}
