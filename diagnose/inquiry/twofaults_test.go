package inquiry_test

import (
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestTwoFaultsOfWhichTheFirstHidesTheSecond: the method, the path or the version is refused first. Once it is mended the
// answer is another refusal, which is searched like the first one; what only the mending brought about is not accused.
func TestTwoFaultsOfWhichTheFirstHidesTheSecond(t *testing.T) {
	bare := func(method, path string) request.Request {
		r := get(path)
		r.Method = method
		return r
	}
	withBody := bare("POST", "/orders")
	withBody.Body = request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"sku":"TEA-1","quantity":2}`}
	versioned := bare("GET", "/orders?status=open%21")
	versioned.Header = append(versioned.Header, request.Field{Name: "Api-Version", Value: "v3"})
	onlyGet := func(then func(q diagnose.Question) (int, string)) answers {
		return func(q diagnose.Question) (int, string, []string) {
			if q.Request.Method != "GET" {
				return 405, `{"error":"method not allowed"}`, []string{"Allow", "GET"}
			}
			status, text := then(q)
			return status, text, nil
		}
	}
	status := func(q diagnose.Question) (int, string) {
		if !strings.HasSuffix(q.Request.URL, "status=open") {
			return 400, `{"message":"status must be one of [open, paid]"}`
		}
		return 200, `{"data":[]}`
	}
	for _, c := range []struct {
		what string
		r    request.Request
		f    answers
		want string
	}{
		{"a method, then no credentials", bare("POST", "/orders/7"), onlyGet(func(diagnose.Question) (int, string) {
			return 401, `{"message":"no credentials"}`
		}), "auth=missing_credentials method=method_not_allowed"},
		{"a method, then a parameter", bare("POST", "/orders?status=2"), onlyGet(status), "method=method_not_allowed query:status=invalid_request_parameter"},
		{"a method of what has a body is another operation", withBody, onlyGet(func(diagnose.Question) (int, string) {
			return 400, `{"message":"query parameter 'page' is required"}`
		}), "method=method_not_allowed"},
		{"a path, then a parameter", bare("GET", "/v1/orders?status=2"), func(q diagnose.Question) (int, string, []string) {
			if !strings.HasPrefix(q.Request.URL, "https://api.test/api/v1/orders") {
				return 404, `{"error":"no such endpoint"}`, nil
			}
			status, text := status(q)
			return status, text, nil
		}, "query:status=invalid_request_parameter url.path=wrong_path"},
		{"a prefix under which all is refused", bare("GET", "/v1/orders?status=2"), func(q diagnose.Question) (int, string, []string) {
			if !strings.HasPrefix(q.Request.URL, "https://api.test/api/") {
				return 404, `{"error":"no such endpoint"}`, nil
			}
			return 400, `{"error":"bad request"}`, nil
		}, "url.path=wrong_path"},
		{"a version that the answer names, then a parameter", versioned, func(q diagnose.Question) (int, string, []string) {
			if request.Get(q.Request.Header, "Api-Version") != "2026-03-01" {
				return 400, `{"detail":"Invalid value of header Api-Version, supported: 2026-03-01"}`, nil
			}
			status, text := status(q)
			return status, text, nil
		}, "header:Api-Version=invalid_request_header query:status=invalid_request_parameter"},
	} {
		t.Run(c.what, func(t *testing.T) {
			report, all := asked(t, diagnose.Case{Request: c.r, Writes: true}, c.f)
			if got := strings.Join(blamed(report), " "); got != c.want {
				t.Errorf("got %s after %d probes: %s", got, len(all), words(report))
			}
		})
	}
}

// TestAConditionBesideWhatLooksWrong: a silent server wants the tag of what is changed, and a number in quotes is refused,
// too. Neither mends it alone.
func TestAConditionBesideWhatLooksWrong(t *testing.T) {
	put := get("/orders/7")
	put.Method, put.Body = "PUT", request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"items":[{"sku":"A-1","price":3.5},{"sku":"A-2","price":"4.5"},{"sku":"A-3","price":1.25}]}`}
	report, all := asked(t, diagnose.Case{Request: put, Writes: true}, func(q diagnose.Question) (int, string, []string) {
		switch {
		case q.Request.Method == "GET":
			return 200, `{"id":7}`, []string{"ETag", `"a1"`}
		case request.Get(q.Request.Header, "If-Match") != `"a1"`, strings.Contains(q.Request.Body.Text, `"4.5"`):
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 200, `{"id":7}`, nil
	})
	if got := strings.Join(blamed(report), " "); got != "body:/items/1/price=invalid_body_property_type header:If-Match=precondition_required" {
		t.Errorf("got %s after %d probes: %s", got, len(all), words(report))
	}
}

// TestAnObjectTooManyAroundABody: the answer misses what stands in the only object of the body, and passes once that is the
// body; the Content-Type, which was refused before, is a fault of its own.
func TestAnObjectTooManyAroundABody(t *testing.T) {
	post := get("/orders")
	post.Method, post.Body = "POST", request.Body{Kind: request.RawBody, Text: `{"payload":{"sku":"TEA-1","quantity":2}}`}
	post.Header = append(post.Header, request.Field{Name: "Content-Type", Value: `application\json`})
	report, all := asked(t, diagnose.Case{Request: post, Writes: true}, func(q diagnose.Question) (int, string, []string) {
		switch {
		case request.Get(q.Request.Header, "Content-Type") != "application/json":
			return 415, `{"detail":"expected application/json"}`, nil
		case !strings.HasPrefix(q.Request.Body.Text, `{"sku"`):
			return 400, `{"message":"body must have required property 'sku'"}`, nil
		}
		return 201, `{"id":7}`, nil
	})
	if got := strings.Join(blamed(report), " "); got != "body=invalid_body_property_type header:Content-Type=unsupported_media_type" || len(all) > 5 {
		t.Errorf("got %s after %d probes: %s", got, len(all), words(report))
	}
}

// TestWhatIsMissedInAContainerIsNoFaultOfTheContainer: an earlier request had no delivery at all, and this one has one without
// a word that the answer asks for. That it passes without the delivery does not make the delivery unknown.
func TestWhatIsMissedInAContainerIsNoFaultOfTheContainer(t *testing.T) {
	good := write("/orders", `{"sku":"A-1"}`).Request
	c := write("/orders", `{"sku":"A-1","delivery":{"street":"Test 1"}}`)
	c.Good = []diagnose.Known{{Label: "the last one that passed", Request: good, From: diagnose.FromHistory}}
	report, all := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		switch text := q.Request.Body.Text; {
		case !strings.Contains(text, `"delivery"`):
		case !strings.Contains(text, `"window"`):
			return 400, `{"errors":[{"path":"delivery.window","message":"is required"}]}`, nil
		default:
			return 400, `{"errors":[{"path":"delivery.window","message":"is no window of ours"}]}`, nil
		}
		return 201, `{"id":7}`, nil
	})
	if got := strings.Join(blamed(report), " "); got != "body:/delivery/window=missing_body_property" || strings.Contains(report.Verdict.Summary, "does not take /delivery ") {
		t.Errorf("got %s after %d probes: %s", got, len(all), words(report))
	}
}

// blamed are the culprits of a report, each with its cause, in the order of their names.
func blamed(r diagnose.Report) []string {
	var out []string
	for _, c := range r.Verdict.Culprits {
		out = append(out, string(c.Element)+"="+string(c.Cause))
	}
	slices.Sort(out)
	return out
}
