package inquiry_test

import (
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// A gateway looked for a key in the query. A name with its password, an answer to a challenge and a session are no keys: none
// of them is put into a URL, which logs and proxies keep.
func TestWhatIsNoKeyIsNotPutIntoAURL(t *testing.T) {
	for _, c := range []struct {
		name, value string
		tried       bool
	}{
		{"Authorization", "Bearer 77a1-kong", true},
		{"X-Api-Key", "Zx81kLq0", true},
		{"Authorization", "Basic YWRhOmh1bnRlcjIz", false},
		{"Authorization", "NTLM TlRMTVNTUAABAAAA", false},
		{"Cookie", "sessionid=5f3a9c-77a1", false},
	} {
		tried := false
		answering(t, diagnose.Case{Request: sending("GET", "https://h.test/v2/parcels?limit=5", c.name, c.value)}, func(r *request.Request) request.Response {
			tried = tried || strings.Contains(r.URL, "apikey=")
			return says(401, `{"fault":{"faultstring":"Failed to resolve API Key variable request.queryparam.apikey","detail":{"errorcode":"steps.oauth.v2.FailedToResolveAPIKey"}}}`)
		})
		if tried != c.tried {
			t.Errorf("%s: %s: tried in the query: %v", c.name, c.value, tried)
		}
	}
}

// A request that asks for a deletion or for something to be done is not a read that was sent with the wrong method: what the
// read minds of it is no fault.
func TestWhatAReadMindsIsNoFaultOfAnAct(t *testing.T) {
	for _, c := range []struct{ method, path, param string }{
		{"DELETE", "/orders?ids=4,7", "ids"},
		{"PUT", "/orders/7/star?on=1", "on"},
		{"POST", "/orders/7/cancel?reason=late", "reason"},
	} {
		r := get(c.path)
		r.Method = c.method
		report, _ := asked(t, diagnose.Case{Request: r, Writes: true}, func(q diagnose.Question) (int, string, []string) {
			switch {
			case q.Request.Method != "GET":
				return 405, `{"error":"method not allowed"}`, []string{"Allow", "GET"}
			case strings.Contains(q.Request.URL, c.param+"="):
				return 400, `{"message":"unknown query parameter '` + c.param + `'"}`, nil
			}
			return 200, `{"data":[]}`, nil
		})
		if got := blamed(report); !slices.Equal(got, []string{"method=method_not_allowed"}) {
			t.Errorf("%s %s: %v: %s", c.method, c.path, got, words(report))
		}
	}
}

// What CORS allows needs not name GET, HEAD and POST, which it allows always (Fetch, CORS-safelisted method): where it names
// none of them it says nothing of a GET.
func TestWhatCORSNeedNotNameIsServed(t *testing.T) {
	for methods, want := range map[string]string{"PUT, DELETE": "wrong_path", "POST, OPTIONS": "method_not_allowed"} {
		report, _ := asked(t, diagnose.Case{Request: get("/orders/quote")}, func(q diagnose.Question) (int, string, []string) {
			if q.Request.Method == "OPTIONS" && strings.HasPrefix(element.SplitURL(q.Request.URL).Path, "/orders/") {
				return 204, "", []string{"Access-Control-Allow-Methods", methods}
			}
			return 404, `{"error":"not found"}`, nil
		})
		if got := report.Verdict.Culprits; len(got) != 1 || string(got[0].Cause) != want {
			t.Errorf("%s: %s: %s", methods, shown(got), words(report))
		}
	}
}

// A field with a version is left out to learn whether it names one of the API that is not served. A version of what is changed
// guards the write, and a conversion is no version.
func TestAVersionThatGuardsAWriteStays(t *testing.T) {
	for _, c := range []struct {
		method, name string
		left         bool
	}{
		{"GET", "Shop-Version", true},
		{"GET", "X-Conversion-Id", false},
		{"PUT", "X-Api-Version", true},
		{"PUT", "Accept-Version", true},
		{"PUT", "If-Version", false},
		{"PUT", "X-Expected-Version", false},
	} {
		k := write("/orders/7", `{"note":"ring twice"}`)
		if c.method == "GET" {
			k.Request = get("/orders/7")
		}
		k.Request.Method = c.method
		k.Request.Header = append(k.Request.Header, request.Field{Name: c.name, Value: "3"})
		left := false
		asked(t, k, func(q diagnose.Question) (int, string, []string) {
			left = left || q.Request.Method == c.method && q.Request.URL == k.Request.URL && !request.Has(q.Request.Header, c.name)
			return 404, `{"error":"not found"}`, nil
		})
		if left != c.left {
			t.Errorf("%s with %s: left out: %v", c.method, c.name, left)
		}
	}
}

// A proxy wants credentials of its own: the request's are not sent past it in clear text.
func TestAProxyThatAsksForCredentialsIsNotGonePast(t *testing.T) {
	r := through(sending("GET", "http://h.test/v2/parcels", "X-Api-Key", "71c9-live"), "http://proxy.test:3128")
	past := false
	v := answering(t, diagnose.Case{Request: r}, func(r *request.Request) request.Response {
		if r.Settings.Proxy.URL == "direct" {
			past = true
			return says(200, `{"parcels":[]}`)
		}
		return says(407, "<html>Proxy Authentication Required</html>", "Proxy-Authenticate", `Basic realm="squid"`, "Content-Type", "text/html")
	}).Verdict
	if past || len(v.Culprits) != 1 || v.Culprits[0].Cause != "proxy_auth_required" {
		t.Errorf("past it: %v: %s: %s", past, shown(v.Culprits), v.Summary)
	}
}

// A write is not found, and the path can be read. OPTIONS names its method: it is not the method, but what the body names.
func TestAMethodThatOPTIONSNamesIsNotSuspected(t *testing.T) {
	for allow, want := range map[string]string{"GET, PUT": "body:/customer", "GET, PATCH": "method", "": "method"} {
		c := write("/orders/7", `{"customer":"c 99","note":"ring"}`)
		c.Request.Method = "PUT"
		report, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
			here := element.SplitURL(q.Request.URL).Path == "/orders/7"
			switch {
			case here && q.Request.Method == "OPTIONS" && allow != "":
				return 204, "", []string{"Allow", allow}
			case here && q.Request.Method == "GET", here && q.Request.Method == "PUT" && allow == "GET, PUT" && !strings.Contains(q.Request.Body.Text, "c 99"):
				return 200, `{"id":7}`, nil
			case here:
				return 404, `{"error":"not found"}`, nil
			}
			return 404, "<html>no such page</html>", nil
		})
		if got := report.Verdict.Culprits; len(got) != 1 || string(got[0].Element) != want {
			t.Errorf("%s: %s: %s", allow, shown(got), words(report))
		}
	}
}
