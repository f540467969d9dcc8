package inquiry_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// answering runs a diagnosis, with consent to writes, against what answers each request with a whole response.
func answering(t *testing.T, c diagnose.Case, f func(r *request.Request) request.Response) diagnose.Report {
	t.Helper()
	c.Now, c.Writes = time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), true
	r, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		if q.Request == nil {
			return diagnose.Answer{}, nil
		}
		a := f(q.Request)
		x := &request.Exchange{Request: *q.Request, Took: time.Millisecond, Hops: []request.Hop{{
			Sent: request.Sent{Method: q.Request.Method, URL: q.Request.URL, Header: q.Request.Header}, Response: &a,
		}}}
		if p := q.Request.Settings.Proxy.URL; p != "direct" {
			x.Hops[0].Conn.Proxy = p
		}
		return diagnose.Answer{Exchange: x}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func says(status int, body string, header ...string) request.Response {
	r := request.Response{Status: status, Body: request.NewContent([]byte(body))}
	if strings.HasPrefix(body, "{") {
		header = append(header, "Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header = append(r.Header, request.Field{Name: header[i], Value: header[i+1]})
	}
	return r
}

// fields are the names of the header fields of r.
func fields(r *request.Request) string {
	var b strings.Builder
	for _, f := range r.Header {
		b.WriteString(f.Name + " ")
	}
	return b.String()
}

// What gateways, caches and proxies between the client and the API do is found where it is done.
func TestWhatLiesBetween(t *testing.T) {
	order := `{"reference":"ORD-7","weight":850}`
	get := func(fields ...string) request.Request {
		return sending("GET", "https://h.test/v2/parcels?limit=5", fields...)
	}
	for _, tt := range []struct {
		name    string
		r       request.Request
		stage   func(r *request.Request) request.Response
		element diagnose.ElementID
		cause   diagnose.CauseID
	}{
		{"a cache keeps a 404", get(), func(r *request.Request) request.Response {
			if strings.Contains(r.URL, "uncached") {
				return says(200, `{"parcels":[]}`, "X-Cache", "MISS")
			}
			return says(404, `{"error":"not found"}`, "X-Cache", "HIT")
		}, "server", "stale_cache"},
		{"a version in a field that no route has", get("Accept-Version", "2.x"), func(r *request.Request) request.Response {
			if request.Has(r.Header, "Accept-Version") || !strings.HasPrefix(r.URL, "https://h.test/v2/parcels?") {
				return says(404, "")
			}
			return says(200, `{"parcels":[]}`)
		}, "header:Accept-Version", "wrong_api_version"},
		{"Fastify has the path for other methods", withBody(sending("PATCH", "https://h.test/v2/parcels/P-1"), order), func(r *request.Request) request.Response {
			if r.Method != "PATCH" && r.URL == "https://h.test/v2/parcels/P-1" {
				return says(200, order)
			}
			return says(404, `{"message":"Route `+r.Method+":"+strings.TrimPrefix(r.URL, "https://h.test")+` not found","error":"Not Found","statusCode":404}`)
		}, "method", "method_not_allowed"},
		{"a path that cannot exist is asked for in another method", withBody(sending("PATCH", "https://h.test/v2/parcels/P-1"), order), func(r *request.Request) request.Response {
			switch {
			case r.URL == "https://h.test/v2/parcels/P-1" && r.Method != "PATCH":
				return says(200, order)
			case r.Method == "GET":
				return says(404, `{"error":"no such page"}`)
			}
			return says(404, "")
		}, "method", "method_not_allowed"},
		{"a filter turns away a program by its name", get("User-Agent", "harvest/1.7"), func(r *request.Request) request.Response {
			if request.Get(r.Header, "User-Agent") == "harvest/1.7" {
				return says(403, "")
			}
			return says(200, `{"parcels":[]}`)
		}, "header:User-Agent", "blocked_by_waf"},
		{"Traffic Server maps another host", get("Host", "parcel.h.test"), func(*request.Request) request.Response {
			return says(404, `<HTML><HEAD><TITLE>Not Found on Accelerator</TITLE></HEAD><BODY><FONT FACE="Helvetica,Arial"><B>Description: Your request on the specified host was not found.</B></FONT></BODY></HTML>`, "Server", "ATS/9.2.9", "Content-Type", "text/html")
		}, "header:Host", "host_header_mismatch"},
		{"Kong takes the key from its own field", get("Authorization", "Bearer 77a1-kong"), func(r *request.Request) request.Response {
			if request.Get(r.Header, "Apikey") == "77a1-kong" {
				return says(200, `{"parcels":[]}`)
			}
			return says(401, `{"message":"No API key found in request"}`, "WWW-Authenticate", `Key realm="kong"`, "Server", "kong/3.6.1")
		}, "header:Apikey", "credentials_in_wrong_place"},
		{"Apigee looked for the key in the query", get("X-Api-Key", "Zx81kLq0"), func(r *request.Request) request.Response {
			if strings.Contains(r.URL, "apikey=Zx81kLq0") {
				return says(200, `{"parcels":[]}`)
			}
			return says(401, `{"fault":{"faultstring":"Failed to resolve API Key variable request.queryparam.apikey","detail":{"errorcode":"steps.oauth.v2.FailedToResolveAPIKey"}}}`)
		}, "query:apikey", "missing_credentials"},
		{"Cloudflare wants a person", get(), func(*request.Request) request.Response {
			return says(403, "<html><title>Just a moment...</title></html>", "Cf-Mitigated", "challenge", "Server", "cloudflare", "CF-RAY", "8a1b-FRA", "Content-Type", "text/html")
		}, "server", "blocked_by_waf"},
		{"Cloudflare wants a person of a library alone", get("User-Agent", "python-requests/2.31"), func(r *request.Request) request.Response {
			if !strings.Contains(request.Get(r.Header, "User-Agent"), "python") {
				return says(200, `{"parcels":[]}`)
			}
			return says(403, "<html><title>Just a moment...</title></html>", "Cf-Mitigated", "challenge", "Server", "cloudflare", "CF-RAY", "8a1b-FRA", "Content-Type", "text/html")
		}, "header:User-Agent", "blocked_by_waf"},
		{"Fastify gets no body", sending("POST", "https://h.test/v2/labels", "Content-Type", "application/json"), func(r *request.Request) request.Response {
			if r.Body.Text != "" {
				return says(400, `{"statusCode":400,"message":"not as expected"}`)
			}
			return says(400, `{"statusCode":400,"code":"FST_ERR_CTP_EMPTY_JSON_BODY","error":"Bad Request","message":"Body cannot be empty when content-type is set to 'application/json'"}`)
		}, "body", "missing_body_property"},
		{"more fields than the gateway takes", get("X-Meta-0", "0", "X-Meta-1", "1", "X-Meta-2", "2", "X-Meta-3", "3", "X-Meta-4", "4", "X-Meta-5", "5"), func(r *request.Request) request.Response {
			if n := strings.Count(strings.ToLower(fields(r)), "x-meta"); n > 3 {
				return says(431, "")
			}
			return says(200, `{"parcels":[]}`)
		}, "header:X-Meta-0", "request_header_too_large"},
		{"a proxy takes the key out", through(sending("GET", "http://h.test/v2/parcels", "X-Api-Key", "71c9-live"), "http://proxy.test:3128"), func(r *request.Request) request.Response {
			if r.Settings.Proxy.URL == "direct" {
				return says(200, `{"parcels":[]}`)
			}
			return says(401, "")
		}, "proxy", "proxy_misrouted"},
		{"a company's proxy keeps the site from everybody", through(sending("GET", "http://h.test/v2/parcels"), "http://proxy.test:3128"), func(*request.Request) request.Response {
			return says(403, "<html><title>Blocked</title><h1>This site is blocked by company policy</h1></html>", "Content-Type", "text/html")
		}, "proxy", "blocked_by_waf"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := answering(t, diagnose.Case{Request: tt.r}, tt.stage).Verdict
			if len(v.Culprits) == 0 || v.Culprits[0].Element != tt.element || v.Culprits[0].Cause != tt.cause {
				t.Errorf("got %q %v, want %s at %s", v.Summary, v.Culprits, tt.cause, tt.element)
			}
		})
	}
}

// The host of a request that works is another one: it is not that a header was missing, for every request has this one.
func TestAHostThatWasNotNamed(t *testing.T) {
	r := sending("GET", "https://h.test/v2/rates")
	good := diagnose.Known{Request: sending("GET", "https://h.test/v2/rates", "Host", "rates.h.test"), Label: "the one that works"}
	v := answering(t, diagnose.Case{Request: r, Good: []diagnose.Known{good}}, func(r *request.Request) request.Response {
		if request.Get(r.Header, "Host") == "rates.h.test" {
			return says(200, `{"price":4}`)
		}
		return says(404, "404 page not found\n")
	}).Verdict
	if len(v.Culprits) == 0 || v.Culprits[0].Cause != "host_header_mismatch" || v.Culprits[0].Element != "header:Host" {
		t.Errorf("got %q %v", v.Summary, v.Culprits)
	}
}

// The records that the API shows spell the value in small letters: that one is meant, and not the commonest.
func TestARecordSaysHowAValueIsSpelled(t *testing.T) {
	r := withBody(sending("POST", "https://h.test/v2/parcels"), `{"reference":"ORD-77","weight_g":850,"service":"Express","to":{"name":"Ada","street":"1 Rue Lu","city":"Lyon","postcode":"69001","country":"FR"},"insured":true,"notes":"leave at door"}`)
	v := answering(t, diagnose.Case{Request: r}, func(r *request.Request) request.Response {
		switch {
		case r.Method == "GET" && r.URL == "https://h.test/v2/parcels":
			var records []string
			for i, service := range []string{"standard", "express", "standard", "express", "standard"} {
				records = append(records, fmt.Sprintf(`{"id":"P-100%d","reference":"ORD-%d","weight_g":%d,"service":%q,"to":{"name":"Ken","city":"Lyon","country":"FR"}}`, i, i, 400+250*i, service))
			}
			return says(200, `{"parcels":[`+strings.Join(records, ",")+`]}`)
		case r.Method == "POST" && (strings.Contains(r.Body.Text, `"express"`) || strings.Contains(r.Body.Text, `"standard"`)):
			return says(201, `{"id":"P-9"}`)
		}
		return says(422, "")
	}).Verdict
	if v.Repair == nil || len(v.Repair.Diff) != 1 || v.Repair.Diff[0].To == nil || strings.Trim(*v.Repair.Diff[0].To, `"`) != "express" || len(v.Culprits) != 1 || v.Culprits[0].Cause != "invalid_body_property_value" {
		t.Errorf("got %q %v %+v", v.Summary, v.Culprits, v.Repair)
	}
}
