package inquiry_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// A reading is a world in which a contrast probe is asked, and what it is read as there: a piece of a step, of the
// summary, of a hint.
type reading struct {
	c     diagnose.Case
	f     answers
	looks func(diagnose.Look) diagnose.Sight // nil: none is answered
	says  string
}

// contrasts is §6 as it is used: the probe, the function that asks it, and both of its readings.
var contrasts = []struct {
	id, used        string
	same, different reading
}{
	{"K1", "withoutCredentials",
		reading{c: withToken("/me"), f: always(401, `{"error":"no"}`), says: "without credentials the answer is the same"},
		reading{c: withToken("/me"), f: func(q diagnose.Question) (int, string, []string) {
			if q.Request.Auth.Scheme == "" {
				return 401, `{"error":"anonymous"}`, nil
			}
			return 401, `{"error":"no"}`, nil
		}, says: "these are read and refused"}},
	{"K2", "garbage",
		reading{c: withToken("/me"), f: always(403, `{"error":"no"}`), says: "the refusal does not depend on them"},
		reading{c: withToken("/me"), f: func(q diagnose.Question) (int, string, []string) {
			if strings.Contains(q.Request.Auth.Param("token"), "xxxx") {
				return 401, `{"error":"token"}`, nil
			}
			return 403, `{"error":"no"}`, nil
		}, says: "a credential that cannot be right gets another answer"}},
	{"K3", "nonsensePath",
		reading{c: withToken("/orders/7"), f: always(404, `{"error":"no"}`), says: "a path that cannot exist gets the same answer"},
		reading{c: withToken("/orders/7"), f: routes(`{"error":"order"}`), says: "a path that cannot exist gets another answer"}},
	{"K4", "nonsenseID",
		reading{c: withToken("/orders/41"), f: routes(`{"error":"order"}`), says: "the route exists, the resource does not"},
		reading{c: withToken("/orders/41"), f: func(q diagnose.Question) (int, string, []string) {
			if strings.HasSuffix(q.Request.URL, "/77") {
				return 404, `{"error":"never heard of"}`, nil
			}
			return routes(`{"error":"order"}`)(q)
		}, says: "it is about this one, its state or a permission"}},
	{"K5", "options",
		reading{c: withToken("/me"), f: always(405, `{"error":"no"}`), says: "method = POST"},
		reading{c: withToken("/me"), f: func(q diagnose.Question) (int, string, []string) {
			if q.Request.Method == "OPTIONS" {
				return 204, "", []string{"Allow", "PUT, OPTIONS"}
			}
			return 405, `{"error":"no"}`, nil
		}, says: "method = PUT"}},
	{"K6", "exists",
		reading{c: write("/things", `{"a":1}`), f: always(404, `{"error":"no"}`), says: "a path that cannot exist gets the same answer"},
		reading{c: write("/things", `{"a":1}`), f: func(q diagnose.Question) (int, string, []string) {
			if q.Request.Method == "HEAD" && strings.HasSuffix(q.Request.URL, "/things") {
				return 200, "", nil
			}
			return 404, `{"error":"no"}`, nil
		}, says: "the path exists for another method"}},
	{"K7", "broken",
		reading{c: write("/things", `{"a":1}`), f: onBodies("{}"), says: "a media type that nobody knows gets the same answer"}, // and so was the broken body
		reading{c: write("/things", `{"a":1}`), f: onBodies("{}", "{"), says: "a broken body gets another answer: this one is read"}},
	{"K8", "empty",
		reading{c: write("/things", `{"a":1,"c":2,"e":"x"}`), f: onBodies("{"), says: "an empty body gets the same answer"},
		reading{c: write("/things", `{"a":1,"c":2,"e":"x"}`), f: onBody("{}", 422, `{"detail":[{"type":"missing","loc":["body","b"],"msg":"Field required"}]}`), says: "the server says: Field required"}},
	{"K9", "oddMedia",
		reading{c: write("/things", `{"a":1}`), f: onBodies("{}"), says: "the media type is not what is refused"},
		reading{c: write("/things", `{"a":1}`), f: func(q diagnose.Question) (int, string, []string) {
			if request.Get(q.Request.Header, "Content-Type") == "text/x-gx" {
				return 415, `{"error":"type"}`, nil
			}
			return onBodies("{}")(q)
		}, says: "the media type is looked at"}},
	{"K10", "headerOnly",
		reading{c: guarded(`{"a":1}`), f: always(403, `{"error":"no"}`), says: "the header alone is refused: status 403"},
		reading{c: guarded(`{"a":1}`), f: func(q diagnose.Question) (int, string, []string) {
			if q.Request.Settings.WithholdBody {
				return 1, "", nil // it asks for the body
			}
			return 403, `{"error":"no"}`, nil
		}, says: "not sent: it may change data"}},
	{"K11", "another",
		reading{c: siblings(), f: always(502, `{"error":"no"}`), says: "another request fails the same way"},
		reading{c: siblings(), f: refusing("/me", 502), says: "another request works"}},
	{"K12", "root",
		reading{c: withToken("/me"), f: always(502, `{"error":"no"}`), says: "the host answers its root the same way"},
		reading{c: withToken("/me"), f: refusing("/me", 502), says: "the host answers its root"}},
	{"K13", "lookAt",
		reading{c: withToken("/me"), f: always(1, "connection_reset"), looks: sight(false, "10.0.0.1:443 does not answer; 10.0.0.2:443 does not answer"), says: "10.0.0.2:443 does not answer"},
		reading{c: withToken("/me"), f: always(1, "connection_reset"), looks: sight(true, "10.0.0.1:443 does not answer; 10.0.0.2:443 answers"), says: "not every address takes a connection"}},
	{"K14", "ways",
		reading{c: withToken("/me"), f: edge(nil), says: "the refusal does not depend on them"},
		reading{c: withToken("/me"), f: edge(func(s request.Settings) bool { return s.IPFamily == 4 }), says: "over IPv4 it passes"}},
	{"K15", "ways",
		reading{c: withToken("/me"), f: edge(nil), says: "the refusal does not depend on them"},
		reading{c: withToken("/me"), f: edge(func(s request.Settings) bool { return s.Proxy.URL == "direct" }), says: "without the proxy it passes"}},
	{"K16", "ways",
		reading{c: withToken("/me"), f: edge(nil), says: "the refusal does not depend on them"},
		reading{c: withToken("/me"), f: edge(func(s request.Settings) bool { return s.HTTPVersion == "1.1" }), says: "over HTTP/1.1 it passes"}},
	{"K17", "profile",
		reading{c: withToken("/me"), f: edge(nil), says: "with a browser's header the answer is the same"},
		reading{c: withToken("/me"), f: func(q diagnose.Question) (int, string, []string) {
			if strings.HasPrefix(request.Get(q.Request.Header, "User-Agent"), "Mozilla") {
				return 200, `{}`, nil
			}
			return edge(nil)(q)
		}, says: "header:User-Agent"}},
	{"K18", "detours",
		reading{c: patient(), f: always(1, "response_timeout"), says: "response_timeout"},
		reading{c: patient(), f: func(q diagnose.Question) (int, string, []string) {
			if q.Request.Settings.Timeouts.FirstByte > 2*time.Second {
				return 200, `{}`, nil
			}
			return 1, "response_timeout", nil
		}, says: "it passes"}},
	{"K19", "reuse",
		reading{c: kept(), f: always(1, "empty_response"), says: "it fails now"},
		reading{c: kept(), f: always(200, `{}`), says: "passes on new ones"}},
	{"K20", "tooLarge",
		reading{c: many(), f: func(q diagnose.Question) (int, string, []string) {
			if q.Request.Settings.WithholdBody && len(q.Request.Body.Text) < 5000 {
				return 1, "", nil
			}
			return 413, `{"error":"large"}`, nil
		}, says: "a body of 4613 bytes is let through, one of 9226 is refused"},
		reading{c: many(), f: func(q diagnose.Question) (int, string, []string) {
			if q.Request.Settings.WithholdBody {
				return 1, "", nil
			}
			if strings.Count(q.Request.Body.Text, `"n"`) > 10 {
				return 413, `{"error":"large"}`, nil
			}
			return 200, `{}`, nil
		}, says: "9 items of body:/rows pass, 18 are refused"}},
	{"K21", "repairs of 412",
		reading{c: conditional(), f: always(412, `{"error":"no"}`), says: "precondition_failed"},
		reading{c: conditional(), f: func(q diagnose.Question) (int, string, []string) {
			if !request.Has(q.Request.Header, "If-Match") {
				return 200, `{}`, nil
			}
			return 412, `{"error":"no"}`, nil
		}, says: "without header:If-Match"}},
	{"K22", "detours",
		reading{c: withToken("/me"), f: always(1, "content_coding_error"), says: "content_coding_error"},
		reading{c: withToken("/me"), f: func(q diagnose.Question) (int, string, []string) {
			if request.Get(q.Request.Header, "Accept-Encoding") == "identity" {
				return 200, `{}`, nil
			}
			return 1, "content_coding_error", nil
		}, says: "with identity as the header Accept-Encoding it passes"}},
}

func get(path string) request.Request {
	return request.Request{Method: "GET", URL: "https://api.test" + path}.WithDefaults("culprit/test")
}

func withToken(path string) diagnose.Case {
	r := get(path)
	r.Auth = request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "3f9c2d71aa0b4e55"}}}
	return diagnose.Case{Request: r}
}

func write(path, body string) diagnose.Case {
	r := get(path)
	r.Method, r.Body = "POST", request.Body{Kind: request.RawBody, Type: "application/json", Text: body}
	r.Header = append(r.Header, request.Field{Name: "Content-Type", Value: "application/json"})
	return diagnose.Case{Request: r, Writes: true, Budget: diagnose.Budget{Probes: 60}}
}

func guarded(body string) diagnose.Case {
	c := write("/things", body)
	c.Writes = false
	return c
}

func siblings() diagnose.Case {
	c := withToken("/me")
	c.Siblings = []request.Request{get("/health")}
	return c
}

func patient() diagnose.Case {
	c := withToken("/me")
	c.Request.Settings.Timeouts.FirstByte = time.Second
	return c
}

func kept() diagnose.Case {
	c := withToken("/me")
	f := &request.Failure{Phase: request.PhaseWait, Cause: "keepalive_race", Text: "closed", Err: context.Canceled}
	c.Recorded = &request.Exchange{Request: c.Request, Failure: f, Hops: []request.Hop{{Sent: request.Sent{Method: "GET"}, Conn: request.Conn{Reused: true}}}}
	return c
}

func many() diagnose.Case {
	return write("/rows", `{"rows":[`+strings.TrimSuffix(strings.Repeat(`{"n":1},`, 1152), ",")+`]}`)
}

func conditional() diagnose.Case {
	c := withToken("/me")
	c.Request.Header = append(c.Request.Header, request.Field{Name: "If-Match", Value: `"a"`})
	return c
}

func always(status int, text string) answers {
	return func(diagnose.Question) (int, string, []string) { return status, text, nil }
}

// routes answers routes that exist with text, and others in another way.
func routes(text string) answers {
	return func(q diagnose.Question) (int, string, []string) {
		if !strings.Contains(q.Request.URL, "/orders/") {
			return 404, `{"error":"route"}`, nil
		}
		return 404, text, nil
	}
}

// refusing refuses one path.
func refusing(path string, status int) answers {
	return func(q diagnose.Question) (int, string, []string) {
		if strings.HasSuffix(q.Request.URL, path) {
			return status, `{"error":"no"}`, nil
		}
		return 200, `{}`, nil
	}
}

// onBody is an opaque server that tells one body apart.
func onBody(body string, status int, text string) answers {
	return func(q diagnose.Question) (int, string, []string) {
		if q.Request.Body.Text == body {
			return status, text, nil
		}
		return 400, `{"error":"no"}`, nil
	}
}

// onBodies refuses everything, some bodies in other words.
func onBodies(told ...string) answers {
	return func(q diagnose.Question) (int, string, []string) {
		if slices.Contains(told, q.Request.Body.Text) {
			return 400, `{"error":"this body"}`, nil
		}
		return 400, `{"error":"no"}`, nil
	}
}

// edge refuses with a page of its own, over HTTP/2, IPv6 and a proxy, unless passes says otherwise.
func edge(passes func(request.Settings) bool) answers {
	return func(q diagnose.Question) (int, string, []string) {
		if passes != nil && passes(q.Request.Settings) {
			return 200, `{}`, nil
		}
		return 403, "<html><body>Forbidden</body></html>", []string{":proto", "HTTP/2.0", ":remote", "[2001:db8::1]:443", ":resolved", "2001:db8::1", ":resolved", "192.0.2.1", ":proxy", "http://proxy.test:3128"}
	}
}

func sight(ok bool, text string) func(diagnose.Look) diagnose.Sight {
	return func(diagnose.Look) diagnose.Sight {
		return diagnose.Sight{OK: ok, Text: text, Found: strings.Split(text, "; ")}
	}
}

// TestContrastProbesAreReadBothWays: every probe of §6 is asked where it should be, and says one thing when the answer
// is the same and another when it is not.
func TestContrastProbesAreReadBothWays(t *testing.T) {
	for _, k := range contrasts {
		for name, r := range map[string]reading{"same": k.same, "different": k.different} {
			t.Run(k.id+" "+name, func(t *testing.T) {
				r.c.Now = time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
				probed := false
				report, err := diagnose.Run(t.Context(), inquiry.New(r.c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
					probed = probed || strings.HasPrefix(q.Why, k.id+":")
					for _, e := range q.Edits { // K21 is a repair
						probed = probed || k.id == "K21" && e.Op == diagnose.Remove && e.Element == "header:If-Match"
					}
					switch {
					case q.Look != nil && r.looks != nil:
						s := r.looks(*q.Look)
						return diagnose.Answer{Sight: &s}, nil
					case q.Request == nil, q.Safety >= diagnose.S4 && !r.c.Writes:
						return diagnose.Answer{Refused: "no consent"}, nil
					}
					return diagnose.Answer{Exchange: exchange(*q.Request, r.f, q)}, nil
				}, nil)
				if err != nil {
					t.Fatal(err)
				}
				if !probed && !(k.id == "K19") { // K19 is that every probe has a connection of its own
					t.Errorf("%s was not asked", k.id)
				}
				if said := words(report); !strings.Contains(said, r.says) {
					t.Errorf("not said: %q\n%s", r.says, said)
				}
			})
		}
	}
}

// words is all that a report says to a person, and how its probes came out.
func words(r diagnose.Report) string {
	var b strings.Builder
	for _, p := range r.Probes {
		b.WriteString(p.Why + " -> " + string(p.Outcome) + " " + p.Error + "\n")
	}
	for _, s := range r.Steps {
		b.WriteString(s.Step + ": " + s.Text + "\n")
	}
	b.WriteString(r.Verdict.Outcome + " " + r.Verdict.Summary + "\n")
	for _, c := range r.Verdict.Culprits {
		b.WriteString(string(c.Element) + " " + string(c.Cause) + " " + c.Explanation + " " + c.Fix + "\n")
	}
	if f := r.Verdict.Repair; f != nil {
		for _, e := range f.Edits {
			b.WriteString(string(e.Element) + " = ")
			if s, ok := e.To.(string); ok {
				b.WriteString(s)
			}
		}
	}
	return b.String() + fmt.Sprint(r.Hints)
}

// TestEveryContrastProbeIsUsed: the table is whole, and the functions it names are there.
func TestEveryContrastProbeIsUsed(t *testing.T) {
	methods := map[string]bool{"repairs of 412": true} // package repair
	packages, err := parser.ParseDir(token.NewFileSet(), ".", func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packages {
		ast.Inspect(p, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				methods[s.Sel.Name] = true // called, not only declared
			}
			return true
		})
	}
	for i, k := range contrasts {
		if want := "K" + strconv.Itoa(i+1); k.id != want {
			t.Errorf("%s stands where %s should", k.id, want)
		}
		if !methods[k.used] {
			t.Errorf("%s: nothing calls %s", k.id, k.used)
		}
	}
	if len(contrasts) != 22 {
		t.Errorf("%d probes, §6 has 22", len(contrasts))
	}
}
