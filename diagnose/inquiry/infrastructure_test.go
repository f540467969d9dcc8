package inquiry_test

import (
	"context"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// A stage is a server for one diagnosis: what it answers to a request, or why there is no answer.
type stage func(r *request.Request) (status int, body string, failure *request.Failure)

// staged runs a diagnosis against a stage.
func staged(t *testing.T, c diagnose.Case, s stage) diagnose.Report {
	t.Helper()
	c.Now = time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	r, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		if q.Request == nil {
			return diagnose.Answer{}, nil
		}
		status, body, failure := s(q.Request)
		x := &request.Exchange{Request: *q.Request, Took: time.Millisecond, Failure: failure, Hops: []request.Hop{{Sent: request.Sent{Method: q.Request.Method, URL: q.Request.URL, Header: q.Request.Header}}}}
		if failure == nil {
			kind := "text/plain"
			if strings.HasPrefix(body, "{") {
				kind = "application/json"
			}
			x.Hops[0].Response = &request.Response{Status: status, Header: []request.Field{{Name: "Content-Type", Value: kind}}, Body: request.NewContent([]byte(body))}
		}
		return diagnose.Answer{Exchange: x}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func sending(method, url string, fields ...string) request.Request {
	r := request.Request{Method: method, URL: url}
	for i := 0; i+1 < len(fields); i += 2 {
		r.Header = append(r.Header, request.Field{Name: fields[i], Value: fields[i+1]})
	}
	return r
}

func withBody(r request.Request, text string) request.Request {
	r.Body = request.Body{Kind: request.RawBody, Type: "application/json", Text: text}
	r.Header = append(r.Header, request.Field{Name: "Content-Type", Value: "application/json"})
	return r
}

func carrying(method, url, media, text string) request.Request {
	r := sending(method, url, "Content-Type", media)
	r.Body = request.Body{Kind: request.RawBody, Type: media, Text: text}
	return r
}

func through(r request.Request, proxy string) request.Request {
	r.Settings.Proxy.URL = proxy
	return r
}

// TestInfrastructureInTheWay are faults of what stands before an API, or beside it: proxies, versions of HTTP, guards
// against other sites, filters, and servers that keep what a probe has made.
func TestInfrastructureInTheWay(t *testing.T) {
	ok := func() (int, string, *request.Failure) { return 200, `{"ok":true}`, nil }
	no := func(status int, body string) (int, string, *request.Failure) { return status, body, nil }
	broken := func(phase request.Phase, cause string) (int, string, *request.Failure) {
		return 0, "", &request.Failure{Phase: phase, Cause: cause, Text: "no answer", Err: net.ErrClosed}
	}
	made := false
	for _, tt := range []struct {
		name  string
		r     request.Request
		s     stage
		el    diagnose.ElementID
		cause diagnose.CauseID
	}{
		{"a reverse proxy is no forward proxy", through(sending("GET", "http://api.test/stock"), "http://edge.test:8080"), func(r *request.Request) (int, string, *request.Failure) {
			if r.Settings.Proxy.URL == "http://edge.test:8080" {
				return no(404, "Not Found on Accelerator")
			}
			return ok()
		}, "proxy", "proxy_misrouted"},
		{"a proxy of another kind", through(sending("GET", "http://api.test/stock"), "http://proxy.test:1080"), func(r *request.Request) (int, string, *request.Failure) {
			if r.Settings.Proxy.URL == "http://proxy.test:1080" {
				return broken(request.PhaseRead, "not_http_service")
			}
			return ok()
		}, "proxy", "proxy_misrouted"},
		{"a proxy that filters", through(sending("GET", "http://api.test/stock/13"), "http://proxy.test:8118"), func(r *request.Request) (int, string, *request.Failure) {
			if r.Settings.Proxy.URL == "http://proxy.test:8118" && strings.HasSuffix(r.URL, "/13") {
				return no(403, "<html><title>Request blocked</title></html>")
			}
			return ok()
		}, "proxy", "proxy_misrouted"},
		{"a field that is too long, whatever it is called", sending("GET", "https://api.test/stock?limit=5", "X-Trace", strings.Repeat("t", 1200)), func(r *request.Request) (int, string, *request.Failure) {
			for _, h := range r.Header {
				if len(h.Value) > 1024 {
					return no(400, "")
				}
			}
			return ok()
		}, "header:X-Trace", "request_header_too_large"},
		{"a key whose name has lost its X", sending("GET", "https://api.test/plan", "Api-Key", "k-live-5f2a9c"), func(r *request.Request) (int, string, *request.Failure) {
			if request.Get(r.Header, "X-Api-Key") != "k-live-5f2a9c" {
				return no(401, `{"error":"request failed"}`)
			}
			return ok()
		}, "header:Api-Key", "credentials_in_wrong_place"},
		{"a number of keys is no key", sending("GET", "https://api.test/photos?max-keys=ten&prefix=a", "Authorization", "Bearer abcdefgh12345678"), func(r *request.Request) (int, string, *request.Failure) {
			if strings.Contains(r.URL, "max-keys=ten") {
				return no(400, "")
			}
			return ok()
		}, "query:max-keys", "invalid_request_parameter"},
		{"the session is gone", sending("GET", "https://api.test/cart", "Cookie", "theme=dark; sid=s-0007"), func(r *request.Request) (int, string, *request.Failure) {
			return no(401, `{"error":"no_session","message":"the session has ended, log in again"}`)
		}, "cookie:sid", "session_cookie_invalid"},
		{"the token against forgery", withBody(sending("POST", "https://api.test/cart", "Cookie", "sid=s-1; csrf=c9", "X-CSRF-Token", "c8"), `{"qty":1}`), func(r *request.Request) (int, string, *request.Failure) {
			return no(403, `{"error":"csrf","message":"CSRF token missing or incorrect"}`)
		}, "header:X-Csrf-Token", "csrf_or_origin_rejected"},
		{"HTTP/2 without TLS and nothing else", sending("GET", "http://api.test:8080/stock"), func(r *request.Request) (int, string, *request.Failure) {
			if r.Settings.HTTPVersion != "2-prior-knowledge" {
				return broken(request.PhaseRead, "connection_reset")
			}
			return ok()
		}, "http_version", "http_version_mismatch"},
		{"another site's name", sending("GET", "https://api.test/version", "Origin", "https://other.test"), func(r *request.Request) (int, string, *request.Failure) {
			if request.Get(r.Header, "Origin") == "https://other.test" {
				return no(401, "Unauthorized")
			}
			return ok()
		}, "header:Origin", "csrf_or_origin_rejected"},
		{"another host's name", sending("GET", "https://api.test/version", "Host", "other.test"), func(r *request.Request) (int, string, *request.Failure) {
			if request.Get(r.Header, "Host") == "other.test" {
				return no(401, "Unauthorized")
			}
			return ok()
		}, "header:Host", "host_header_mismatch"},
		{"markup in a header field", sending("GET", "https://api.test/search?q=tea", "Referer", "https://x.test/?q=<script>alert(1)</script>"), func(r *request.Request) (int, string, *request.Failure) {
			if strings.Contains(request.Get(r.Header, "Referer"), "<script") {
				return no(403, "")
			}
			return ok()
		}, "header:Referer", "blocked_by_waf"},
		{"what was made is there", withBody(sending("POST", "https://api.test/racks"), `{"name":5,"site":"north"}`), func(r *request.Request) (int, string, *request.Failure) {
			switch {
			case !strings.Contains(r.Body.Text, `"name":"5"`):
				return no(400, "The request could not be processed.")
			case made:
				return no(409, "The request could not be processed.")
			}
			made = true
			return no(201, `{"id":1}`)
		}, "body:/name", "invalid_body_property_type"},
		{"a webhook too old", withBody(sending("POST", "https://api.test/hook", "webhook-id", "m1", "webhook-timestamp", "1600000000", "webhook-signature", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="), `{"a":1}`), func(r *request.Request) (int, string, *request.Failure) {
			return no(401, `{"error":"Message timestamp too old"}`)
		}, "header:Webhook-Timestamp", "clock_skew"},
		{"a filter that knows few types", carrying("POST", "https://api.test/comments", "application/x-yaml", "room: 12"), func(r *request.Request) (int, string, *request.Failure) {
			if request.Get(r.Header, "Content-Type") == "application/x-yaml" {
				return no(403, "Forbidden")
			}
			return ok()
		}, "header:Content-Type", "unsupported_media_type"},
		{"a value that a gate does not know", sending("GET", "https://api.test/export?format=xlsx&from=2026-01-01"), func(r *request.Request) (int, string, *request.Failure) {
			if !strings.Contains(r.URL, "format=csv") && !strings.Contains(r.URL, "format=json") {
				return no(403, "Forbidden")
			}
			return ok()
		}, "query:format", "invalid_request_parameter"},
		{"a method that another site may not use", sending("OPTIONS", "https://api.test/menu", "Origin", "https://till.test", "Access-Control-Request-Method", "DELETE"), func(r *request.Request) (int, string, *request.Failure) {
			if request.Has(r.Header, "Origin") && request.Get(r.Header, "Access-Control-Request-Method") == "DELETE" {
				return no(403, "")
			}
			return ok()
		}, "header:Access-Control-Request-Method", "csrf_or_origin_rejected"},
		{"a network that wants a sign-in", sending("GET", "http://api.test/menu", "Host", "news.test"), func(r *request.Request) (int, string, *request.Failure) {
			if request.Has(r.Header, "Host") {
				return no(511, "Accept our terms")
			}
			return no(404, `{"message":"no Route matched with those values"}`)
		}, "server", "captive_portal"},
		{"a password that a bare 401 refuses", sending("GET", "https://api.test/overview", "Authorization", "Basic Z3Vlc3Q6Z2VzdA=="), func(r *request.Request) (int, string, *request.Failure) {
			return no(401, "")
		}, "auth", "invalid_credentials"},
		{"a session that a bare 401 refuses", sending("GET", "https://api.test/me", "Cookie", "session=s-100; theme=dark"), func(r *request.Request) (int, string, *request.Failure) {
			return no(401, `{"error":"unauthorized","login":"/login"}`)
		}, "cookie:session", "session_cookie_invalid"},
		{"a link that was signed for another path", sending("GET", "https://api.test/b/k2?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20300102%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20300102T030000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=5741be2f9f775a78"), func(r *request.Request) (int, string, *request.Failure) {
			return no(403, `<?xml version="1.0"?><Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided.</Message></Error>`)
		}, "query:X-Amz-Signature", "signature_mismatch"},
		{"a value whose name is known there", withBody(sending("POST", "https://api.test/bookings"), `{"guest":"eve","beds":"two","paid":false}`), func(r *request.Request) (int, string, *request.Failure) {
			switch {
			case strings.Contains(r.Body.Text, `"bed":`):
				return no(400, `{"code":119,"error":"Permission denied for action addField on class Booking."}`)
			case strings.Contains(r.Body.Text, `"beds":"`):
				return no(400, `{"code":111,"error":"schema mismatch for Booking.beds; expected Number but got String"}`)
			}
			return no(201, `{"id":1}`)
		}, "body:/beds", "invalid_body_property_type"},
		{"a parameter by the short of its name", carrying("POST", "https://api.test/write?precision=s", "text/plain", "temp value=21"), func(r *request.Request) (int, string, *request.Failure) {
			if !strings.Contains(r.URL, "db=") {
				return no(400, `{"error":"database is required"}`)
			}
			return no(404, `{"error":"database not found: \"test\""}`)
		}, "query:db", "missing_request_parameter"},
		{"a parameter that another one needs", sending("GET", "https://api.test/patients?limit=5"), func(r *request.Request) (int, string, *request.Failure) {
			if strings.Contains(r.URL, "limit=") && !strings.Contains(r.URL, "since=0") {
				return no(400, `{"message":"Missing \"since\" argument for GET request against: /patients"}`)
			}
			return ok()
		}, "query:since", "missing_request_parameter"},
		{"a zone without the dot of the root", sending("PUT", "https://api.test/cache/flush?domain=example.com"), func(r *request.Request) (int, string, *request.Failure) {
			if !strings.HasSuffix(r.URL, "domain=example.com.") {
				return no(422, "The request could not be processed.")
			}
			return ok()
		}, "query:domain", "invalid_request_parameter"},
		{"a redirect URI with a fragment", withBody(sending("POST", "https://api.test/clients"), `{"redirect_uris":["https://a.example/cb#done"],"client_name":"Shop"}`), func(r *request.Request) (int, string, *request.Failure) {
			if strings.Contains(r.Body.Text, "#") || !strings.Contains(r.Body.Text, "redirect_uris") {
				return no(400, "The request could not be processed.")
			}
			return no(201, `{"id":1}`)
		}, "body:/redirect_uris/0", "invalid_body_property_value"},
		{"a kind of thing that the path misspells", sending("GET", "https://api.test/v1/objects/hots"), func(r *request.Request) (int, string, *request.Failure) {
			switch {
			case strings.HasSuffix(r.URL, "/v1/objects"):
				return no(404, `{"error":404,"status":"The requested path could not be found"}`)
			case strings.HasSuffix(r.URL, "/v1/objects/hosts"):
				return ok()
			}
			return no(400, `{"error":400,"status":"Invalid type specified."}`)
		}, "url.path[2]", "wrong_path"},
		{"another thing of the collection is there", sending("GET", "https://api.test/v1/hosts/web9"), func(r *request.Request) (int, string, *request.Failure) {
			switch {
			case strings.HasSuffix(r.URL, "/v1/hosts"):
				return no(200, `{"results":[{"id":"localhost"}]}`)
			case strings.HasSuffix(r.URL, "/v1/hosts/localhost"):
				return ok()
			}
			return no(404, `{"error":404,"status":"No objects found."}`)
		}, "url.path[2]", "resource_not_found"},
		{"what the server asked for is not left out again", sending("GET", "https://api.test/sparql?format=json&timeout=9"), func(r *request.Request) (int, string, *request.Failure) {
			switch {
			case !strings.Contains(r.URL, "="):
				return no(200, "<html>a form for queries</html>")
			case strings.Contains(r.URL, "query="):
				return no(400, "SPARQL compiler, line 1: syntax error at 'test' before ';'")
			}
			return no(400, "The request does not contain text of SPARQL query")
		}, "query:query", "missing_request_parameter"},
		{"a parameter that names what is not there", sending("GET", "https://api.test/v1/data?chart=system.cpuu&after=-10&points=2"), func(r *request.Request) (int, string, *request.Failure) {
			switch {
			case !strings.Contains(r.URL, "/v1/data"):
				return no(404, "No metrics where matched to query.")
			case !strings.Contains(r.URL, "chart="):
				return no(400, "It is not clear what is meant.")
			case strings.Contains(r.URL, "chart=system.cpu&"):
				return ok()
			}
			return no(404, "No metrics where matched to query.")
		}, "query:chart", "resource_not_found"},
		{"none is given, says the server", sending("GET", "https://api.test/v1/chart?after=-5"), func(r *request.Request) (int, string, *request.Failure) {
			if strings.Contains(r.URL, "chart=") {
				return no(404, "Chart is not found")
			}
			return no(400, "No chart id is given at the request.")
		}, "query:chart", "missing_request_parameter"},
		{"a cookie that leads to an ill node", sending("GET", "https://api.test/shop", "Cookie", "theme=dark; SERVERID=node2"), func(r *request.Request) (int, string, *request.Failure) {
			if strings.Contains(request.Get(r.Header, "Cookie"), "node2") {
				return no(503, "Service Unavailable")
			}
			return ok()
		}, "cookie:SERVERID", "invalid_request_header"},
		{"a body of a type that is not acceptable", func() request.Request {
			r := sending("POST", "https://api.test/search", "Content-Type", "application/x-www-form-urlencoded")
			r.Body = request.Body{Kind: request.RawBody, Text: `{"query": {"size": 5}}`}
			return r
		}(), func(r *request.Request) (int, string, *request.Failure) {
			if request.Get(r.Header, "Content-Type") != "application/json" {
				return no(406, "Not Acceptable")
			}
			return ok()
		}, "header:Content-Type", "content_type_mismatch"},
		{"a copy to another server", sending("COPY", "https://api.test/a", "Destination", "https://other.test/b"), func(r *request.Request) (int, string, *request.Failure) {
			if strings.HasPrefix(request.Get(r.Header, "Destination"), "https://other.test") {
				return no(502, "Bad Gateway")
			}
			return no(201, "Created")
		}, "header:Destination", "invalid_request_header"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := staged(t, diagnose.Case{Request: tt.r, Writes: true}, tt.s)
			if len(r.Verdict.Culprits) != 1 || r.Verdict.Culprits[0].Element != tt.el || r.Verdict.Culprits[0].Cause != tt.cause || r.Verdict.Culprits[0].Standing == diagnose.Suspected {
				t.Errorf("want %s %s, got %s: %s", tt.el, tt.cause, shown(r.Verdict.Culprits), r.Verdict.Summary)
			}
		})
	}
}

// TestAnEmptyParameterIsNotThePathsFault: a collection that can be read says nothing about a search for nothing.
func TestAnEmptyParameterIsNotThePathsFault(t *testing.T) {
	r := staged(t, diagnose.Case{Request: sending("GET", "https://api.test/servers/localhost/search-data?q=")}, func(r *request.Request) (int, string, *request.Failure) {
		switch {
		case strings.Contains(r.URL, "/servers/localhost") && !strings.Contains(r.URL, "search-data"):
			return 200, `{"id":"localhost","type":"Server"}`, nil
		}
		return 422, "The request could not be processed.", nil
	})
	for _, c := range r.Verdict.Culprits {
		if strings.HasPrefix(string(c.Element), "url.") {
			t.Errorf("%s: %s", shown(r.Verdict.Culprits), r.Verdict.Summary)
		}
	}
}

// TestWhatWasAddedAndTakenAwayIsNoCulprit: a parameter that the server misses, with a value that nothing tells, and
// that it does not miss without the other one.
func TestWhatWasAddedAndTakenAwayIsNoCulprit(t *testing.T) {
	r := staged(t, diagnose.Case{Request: sending("GET", "https://api.test/patients?limit=5")}, func(r *request.Request) (int, string, *request.Failure) {
		switch {
		case !strings.Contains(r.URL, "="):
			return 200, `{"ok":true}`, nil
		case strings.Contains(r.URL, "since="):
			return 400, `{"message":"Bad type for a parameter"}`, nil
		}
		return 400, `{"message":"Missing \"since\" argument for GET request against: /patients"}`, nil
	})
	seen := map[diagnose.ElementID]bool{}
	for _, c := range r.Verdict.Culprits {
		if seen[c.Element] {
			t.Errorf("twice: %s", shown(r.Verdict.Culprits))
		}
		seen[c.Element] = true
	}
}

// TestThePortSpeaksTLS: a server says that it was spoken to in clear, or says nothing; over TLS it shows a certificate that
// nobody here trusts. Waiting would not change that, so nobody waits. Over https is another origin: no credential goes there.
func TestThePortSpeaksTLS(t *testing.T) {
	const said = "<html><center><h1>400 Bad Request</h1></center><center>The plain HTTP request was sent to HTTPS port</center></html>"
	bare := sending("GET", "http://api.test:8443/orders")
	known := sending("GET", "http://api.test:8443/orders", "X-Api-Key", "3f9c2d71aa0b4e55")
	for _, c := range []struct {
		name              string
		r                 request.Request
		silent, untrusted bool
		verified          bool
	}{
		{"it passes", bare, false, false, true},
		{"not trusted", bare, false, true, false},
		{"with a credential", known, false, false, false},
		{"with a credential, not trusted", known, false, true, false},
		{"without a word, with a credential", known, true, false, false},
	} {
		var waited time.Duration
		r := staged(t, diagnose.Case{Request: c.r}, func(r *request.Request) (int, string, *request.Failure) {
			clear := strings.HasPrefix(r.URL, "http:")
			switch {
			case !clear && request.Has(r.Header, "X-Api-Key"):
				t.Errorf("%s: the credential went to %s", c.name, r.URL)
			case clear && c.silent:
				return 0, "", &request.Failure{Phase: request.PhaseWait, Cause: "empty_response", Text: "The server ended the connection without an answer."}
			case clear:
				return 400, said, nil
			case c.untrusted:
				return 0, "", &request.Failure{Phase: request.PhaseTLS, Cause: "tls_unknown_authority", Text: "The certificate comes from an authority that is not trusted here."}
			case c.r.URL == known.URL && len(c.r.Header) > 0:
				return 401, `{"error":"who are you?"}`, nil
			}
			return 200, `{"id":1}`, nil
		})
		for _, p := range r.Probes {
			waited += p.Question.Wait
		}
		v := r.Verdict
		if v.Cause != "scheme_mismatch" || v.Repair == nil || v.Repair.Request.URL != "https://api.test:8443/orders" || v.Repair.Verified != c.verified || waited > 0 || len(r.Probes) > 6 {
			t.Errorf("%s: %s %s, %d probes, waited %v, %+v", c.name, v.Outcome, v.Summary, len(r.Probes), waited, v.Repair)
		}
	}
}

// TestAChoiceThatNothingMendsIsLeftOut: what stands behind it comes to light, and both are named.
func TestAChoiceThatNothingMendsIsLeftOut(t *testing.T) {
	r := staged(t, diagnose.Case{Request: withBody(sending("POST", "https://api.test/range"), `{"key":"ZG9vci8=","limit":"10","sort_order":"UP","sort_target":"NAME"}`), Writes: true}, func(r *request.Request) (int, string, *request.Failure) {
		for _, c := range []struct{ member, enum, known string }{{"sort_order", "SortOrder", "ASCEND"}, {"sort_target", "SortTarget", "KEY"}} {
			_, rest, there := strings.Cut(r.Body.Text, `"`+c.member+`":"`)
			if value, _, _ := strings.Cut(rest, `"`); there && value != c.known {
				return 400, `{"code":3,"message":"unknown value \"` + value + `\" for enum etcdserverpb.RangeRequest_` + c.enum + `"}`, nil
			}
		}
		return 200, `{"kvs":[]}`, nil
	})
	var got []diagnose.ElementID
	for _, c := range r.Verdict.Culprits {
		got = append(got, c.Element)
	}
	if !slices.Contains(got, "body:/sort_order") || !slices.Contains(got, "body:/sort_target") || r.Verdict.Repair == nil {
		t.Errorf("%s: %v", r.Verdict.Summary, got)
	}
}

// TestWhatIsRefusedForItsBody: where the bare request passes it is the body that is refused, and the pass is evidence but no
// failure; where that only misses its body, the refusal may come from behind that question, and is a suspicion.
func TestWhatIsRefusedForItsBody(t *testing.T) {
	for bare, want := range map[int]diagnose.Standing{200: diagnose.Named, 400: diagnose.Suspected} {
		r := staged(t, diagnose.Case{Request: carrying("POST", "https://api.test/comments", "application/json", `{"text":"hello"}`), Writes: true}, func(r *request.Request) (int, string, *request.Failure) {
			switch {
			case r.Method != "POST":
				return 200, "[]", nil
			case r.Body.Kind == request.NoBody:
				return bare, "no body", nil
			}
			return 403, "Forbidden", nil
		})
		got := r.Verdict.Culprits
		if len(got) != 1 || got[0].Cause != "blocked_by_waf" || got[0].Element != "body" || got[0].Standing != want || got[0].With.Seen >= len(got[0].Evidence) {
			t.Errorf("%d: %s %+v", bare, shown(got), got)
		}
	}
}

// TestAPageThatAnswersInsteadIsNoMend: without its query a SPARQL endpoint shows a page, which the client does not accept.
// That is no second fault, and the Accept is not accused.
func TestAPageThatAnswersInsteadIsNoMend(t *testing.T) {
	r := staged(t, diagnose.Case{Request: sending("GET", "http://api.test/sparql?query=select+%3Fs+where+%7B+%3Fs+%3Fp+%3Fo+%7D+limit+ten", "Accept", "application/sparql-results+json")}, func(r *request.Request) (int, string, *request.Failure) {
		switch accept := request.Get(r.Header, "Accept"); {
		case strings.Contains(r.URL, "query="):
			return 400, "Error SP030: SPARQL compiler, line 1: syntax error at 'ten' before '}'", nil
		case strings.Contains(accept, "sparql"):
			return 406, "", nil
		}
		return 200, "<html><form></form></html>", nil
	})
	for _, c := range r.Verdict.Culprits {
		if c.Element != "query:query" {
			t.Errorf("got %s", shown(r.Verdict.Culprits))
		}
	}
}
