package inquiry_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// well is a request that nothing is wrong with: whatever fails, fails by the state of the server alone.
func well() diagnose.Case {
	return diagnose.Case{Request: request.Request{
		Method: "GET", URL: "https://api.test/v1/orders/77?limit=20&page=0&sort=newest&fields=a,b",
		Header: []request.Field{{Name: "Accept", Value: "application/json"}, {Name: "X-Trace", Value: "1"}},
		Auth:   request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "abcdefghijk"}}},
	}}
}

// swapped is the good request of listing as the failing one: whatever is different passes no better.
func swapped() diagnose.Case {
	c := listing()
	c.Request, c.Good = c.Good[0].Request, []diagnose.Known{{Label: "another request", Request: c.Request}}
	return c
}

// written is a write and another one that works.
func written() diagnose.Case {
	at := func(text string) request.Request {
		return request.Request{Method: "POST", URL: "https://api.test/v1/orders", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: text}}
	}
	return diagnose.Case{Writes: true, Request: at(`{"sku":"TEA-7","amount":2,"note":"here","gift":true,"a":1,"b":2,"c":3,"d":4}`),
		Good: []diagnose.Known{{Label: "another write", Request: at(`{"sku":"TEA-1","amount":1,"note":"there","gift":false,"a":5,"b":6,"c":7,"d":8}`)}}}
}

// reads are requests that may be sent as often as it takes; with written they are all.
func reads() map[string]func() diagnose.Case {
	return map[string]func() diagnose.Case{"a search": well, "a request with a good one": swapped}
}

// nobody checks that no element of a request is accused below a sky that does not look at it. begin makes a sky anew,
// for it has a state.
func nobody(t *testing.T, name string, cases map[string]func() diagnose.Case, begin func() sky) {
	t.Helper()
	for of, c := range cases {
		r, _ := under(t, 1, c(), begin())
		for _, c := range r.Verdict.Culprits {
			if c.Element != "server" && (c.Standing == diagnose.Confirmed || c.Standing == diagnose.Isolated) {
				t.Errorf("%s, %s: %s %s, %s", name, of, r.Verdict.Outcome, shown(r.Verdict.Culprits), r.Verdict.Summary)
			}
		}
	}
}

// refusals are what a server that is ill, or not ready, may answer to a request that is right.
var refusals = []int{400, 403, 404, 409, 422, 500, 503}

// Nodes behind a balancer that takes them in turn, of which one is ill or only one is well: A-B-A-B looks like a proof.
func TestNodesThatTakeTurnsAccuseNobody(t *testing.T) {
	for _, status := range refusals {
		for _, nodes := range []int{2, 3} {
			for first := range nodes {
				for _, ill := range []bool{true, false} {
					nobody(t, fmt.Sprintf("%d, %d nodes, from %d, the odd one ill: %v", status, nodes, first, ill), reads(), func() sky {
						n := first
						return func(*rand.Rand, diagnose.Question) (int, []request.Field, request.Conn) {
							if n++; (n%nodes == 0) == ill {
								return status, nil, request.Conn{}
							}
							return 200, nil, request.Conn{}
						}
					})
				}
			}
		}
	}
}

// A failure that ends by itself while the search goes on, however late: what happened to be varied then is not the
// cause, also when no probe is left to see it.
func TestWhatEndsByItselfAccusesNobody(t *testing.T) {
	cases := reads()
	cases["a write with a good one"] = written
	for _, status := range refusals {
		for after := range 25 {
			nobody(t, fmt.Sprintf("%d, %d times", status, after), cases, func() sky {
				n := 0
				return func(*rand.Rand, diagnose.Question) (int, []request.Field, request.Conn) {
					if n++; n <= after {
						return status, nil, request.Conn{}
					}
					return 200, nil, request.Conn{}
				}
			})
		}
	}
}

// A cache keeps the failure for its URL: any other URL passes, again and again. The cache is named.
func TestAFailureThatACacheKeepsAccusesNobody(t *testing.T) {
	for _, status := range refusals {
		begin := func() sky {
			kept := ""
			return func(_ *rand.Rand, q diagnose.Question) (int, []request.Field, request.Conn) {
				if kept == "" {
					kept = q.Request.URL
				}
				if q.Request.URL == kept {
					return status, []request.Field{{Name: "X-Cache", Value: "Error from cloudfront"}, {Name: "Age", Value: "4"}}, request.Conn{}
				}
				return 200, nil, request.Conn{}
			}
		}
		nobody(t, fmt.Sprint(status), reads(), begin)
		if r, _ := under(t, 1, swapped(), begin()); status != 403 && r.Verdict.Cause != "stale_cache" {
			t.Errorf("%d: %s %s %s", status, r.Verdict.Outcome, shown(r.Verdict.Culprits), r.Verdict.Summary)
		}
	}
}

// Not every cache says that it is one, and a fix of the URL passes again and again.
func TestACacheThatSaysNothingAccusesNobody(t *testing.T) {
	for _, status := range refusals {
		for _, moment := range []int{1, 3} { // how many of its URLs it keeps a failure for
			nobody(t, fmt.Sprint(status, " ", moment), reads(), func() sky {
				kept := map[string]bool{}
				return func(_ *rand.Rand, q diagnose.Question) (int, []request.Field, request.Conn) {
					if len(kept) < moment {
						kept[q.Request.URL] = true
					}
					if kept[q.Request.URL] {
						return status, nil, request.Conn{}
					}
					return 200, nil, request.Conn{}
				}
			})
		}
	}
}
