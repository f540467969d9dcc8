// What is best written by hand: a small API of a library behind the gateways, once telling and once terse, a gate that hides what an
// error says, gates that fail by chance, and TLS with certificates of unusual faults. stores CONFIG.json, which up.py writes.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
)

type config struct {
	PKI    string            `json:"pki"`
	Ports  map[string]string `json:"ports"`
	Hide   []string          `json:"hide"`   // m_NAME is NAME with the words of its errors taken out
	Chance map[string]string `json:"chance"` // NAME is another, of which so many answers of ten are an error: "rqlite 6 503"
}

var c config

func main() {
	raw, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil {
		log.Fatal(err)
	}
	serve("origin", api(false, false))
	serve("quiet", api(true, false))
	serve("ill", api(false, true))
	for _, name := range c.Hide {
		p := to(name)
		p.ModifyResponse = hide
		serve("m_"+name, p)
	}
	for name, how := range c.Chance {
		f := strings.Fields(how)
		n, _ := strconv.Atoi(f[1])
		status, _ := strconv.Atoi(f[2])
		serve(name, chance(to(f[0]), n, status))
	}
	secure()
	select {}
}

func listen(name string) net.Listener {
	l, err := net.Listen("tcp", c.Ports[name])
	if err != nil {
		log.Fatal(name, err)
	}
	return l
}

func serve(name string, h http.Handler) { go http.Serve(listen(name), h) }

func to(name string) *httputil.ReverseProxy {
	p := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: c.Ports[name]})
	p.ErrorLog = log.New(io.Discard, "", 0)
	return p
}

// hide keeps the status of an error and how to authenticate, as a company's gateway would.
func hide(r *http.Response) error {
	if r.StatusCode < 400 {
		return nil
	}
	r.Body.Close()
	text := `{"error":"request failed"}`
	kept := http.Header{"Content-Type": {"application/json"}, "Content-Length": {strconv.Itoa(len(text))}}
	for _, k := range []string{"Www-Authenticate", "Allow"} {
		if v := r.Header[k]; v != nil && r.StatusCode != 403 {
			kept[k] = v
		}
	}
	r.Header, r.ContentLength, r.TransferEncoding = kept, int64(len(text)), nil
	r.Body = io.NopCloser(strings.NewReader(text))
	return nil
}

// chance fails irregularly, n times of ten: the bits of a counter that was multiplied.
func chance(next http.Handler, n, status int) http.Handler {
	var count atomic.Uint64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if (count.Add(1)*0x9E3779B97F4A7C15>>40)%10 < uint64(n) {
			io.Copy(io.Discard, r.Body)
			http.Error(w, "upstream connect error", status)
			return
		}
		next.ServeHTTP(w, r)
	})
}

var (
	isbn = regexp.MustCompile(`^97[89]\d{10}$`)
	mail = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[a-z]+$`)
	day  = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
)

// api lends books. It says what is wrong, unless it is quiet; an ill node answers 500.
func api(quiet, ill bool) http.Handler {
	say := func(w http.ResponseWriter, status int, v any) {
		b, _ := json.Marshal(v)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		w.Write(append(b, '\n'))
	}
	no := func(w http.ResponseWriter, status int, text string) {
		if quiet {
			text = http.StatusText(status)
		}
		say(w, status, map[string]string{"error": text})
	}
	book := map[string]any{"isbn": "9780141439518", "title": "Pride and Prejudice", "lang": "en", "copies": 3}
	m := http.NewServeMux()
	m.HandleFunc("GET /v3/books", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if l := q.Get("limit"); l != "" {
			if n, err := strconv.Atoi(l); err != nil || n < 1 || n > 50 {
				no(w, 400, "limit has to be a number from 1 to 50")
				return
			}
		}
		if l := q.Get("lang"); l != "" && !strings.Contains(" en de fr ", " "+l+" ") {
			no(w, 400, "lang has to be one of en, de, fr")
			return
		}
		say(w, 200, map[string]any{"books": []any{book}, "next": nil})
	})
	m.HandleFunc("GET /v3/books/{isbn}", func(w http.ResponseWriter, r *http.Request) {
		if id := r.PathValue("isbn"); id == "9780141439518" {
			w.Header().Set("ETag", `"b7"`)
			say(w, 200, book)
		} else if !isbn.MatchString(id) {
			no(w, 400, "not an ISBN: "+id)
		} else {
			no(w, 404, "there is no book "+id)
		}
	})
	m.HandleFunc("GET /v3/files/{name...}", func(w http.ResponseWriter, r *http.Request) {
		say(w, 200, map[string]string{"file": r.PathValue("name")})
	})
	m.HandleFunc("GET /v3/me", func(w http.ResponseWriter, r *http.Request) {
		switch r.Header.Get("X-Api-Key") {
		case "lib-51c07e":
			say(w, 200, map[string]any{"reader": 7, "name": "Ada"})
		case "":
			no(w, 401, "no X-Api-Key")
		default:
			no(w, 401, "this key is not known")
		}
	})
	m.HandleFunc("POST /v3/loans", func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		var v struct {
			Reader json.Number `json:"reader"`
			ISBN   string      `json:"isbn"`
			Until  string      `json:"until"`
			Notify string      `json:"notify"`
		}
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			no(w, 415, "send application/json")
		} else if err := d.Decode(&v); err != nil {
			no(w, 400, err.Error())
		} else if !isbn.MatchString(v.ISBN) {
			no(w, 422, "isbn: thirteen digits")
		} else if !day.MatchString(v.Until) {
			no(w, 422, "until: a date as 2027-03-01")
		} else if v.Notify != "" && !mail.MatchString(v.Notify) {
			no(w, 422, "notify: an address of e-mail")
		} else if v.Reader == "" {
			no(w, 422, "reader: required")
		} else {
			say(w, 201, map[string]any{"loan": 4711, "until": v.Until})
		}
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if ill {
			say(w, 500, map[string]string{"error": "database is locked"})
			return
		}
		if _, pattern := m.Handler(r); pattern == "" {
			for _, method := range []string{"GET", "POST"} {
				other := r.Clone(r.Context())
				other.Method = method
				if _, p := m.Handler(other); p != "" {
					w.Header().Set("Allow", method)
					no(w, 405, r.Method+" is not allowed here")
					return
				}
			}
			no(w, 404, fmt.Sprintf("no route for %s", r.URL.Path))
			return
		}
		m.ServeHTTP(w, r)
	})
}
