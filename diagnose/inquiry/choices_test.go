package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// A choice decides what else an object holds: of the values that the server allows, the one is taken that goes with what
// is there, and nothing else is accused.
func TestTheAllowedValueThatGoesWithItsNeighboursIsTaken(t *testing.T) {
	c := diagnose.Case{Request: write("/orders", `{"ship":{"kind":"post","street":"Mill Lane 3"}}`).Request, Writes: true}
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		switch b := q.Request.Body.Text; {
		case strings.Contains(b, "courier") && strings.Contains(b, "street"):
			return 201, `{"ok":true}`, nil
		case strings.Contains(b, "pickup"):
			return 422, "{\"error\":\"missing field `shop` at line 1 column 9\"}", nil
		}
		return 422, "{\"error\":\"unknown variant `post`, expected `pickup` or `courier` at line 1 column 9\"}", nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/ship/kind" || r.Verdict.Repair == nil || !r.Verdict.Repair.Verified {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// A server fails on one value of a query, and fails without all of them, too, because the others are missed.
func TestAServerErrorOnOneOfSeveralValuesIsFound(t *testing.T) {
	c := diagnose.Case{Request: request.Request{Method: "GET", URL: "https://api.test/mean?from=1&to=10&method=median"}}
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if u := q.Request.URL; strings.Contains(u, "from=") && strings.Contains(u, "to=") && !strings.Contains(u, "median") {
			return 200, `{"mean":5.5}`, nil
		}
		return 500, `{"error":"Internal Server Error"}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "query:method" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// A route whose parameters cannot be read answers as if it were not there.
func TestAnOddValueOfAQueryIsTriedBeforeThePathIsAccused(t *testing.T) {
	c := diagnose.Case{Request: request.Request{Method: "GET", URL: "https://api.test/sightings?limit=ten&region=north"}}
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.URL, "limit=10") {
			return 200, `[]`, nil
		}
		return 404, `<h1>404: File Not Found!</h1>`, []string{"Content-Type", "text/html"}
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "query:limit" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// A server that checks one parameter after the other refuses the smaller request for what was left out, once its culprit
// is mended: what is shown as the smallest request has to pass without the culprit.
func TestTheSmallestRequestPassesWithoutItsCulprit(t *testing.T) {
	pass := func(u string) bool {
		return !strings.Contains(u, "lat=522") && strings.Contains(u, "lon=") && strings.Contains(u, "end=") && strings.Contains(u, "seats=")
	}
	c := diagnose.Case{Request: request.Request{Method: "GET", URL: "https://api.test/price?lat=522.3&lon=13&end=52&seats=2"}}
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		switch u := q.Request.URL; {
		case strings.Contains(u, "lat=522"):
			return 400, `{"errors":[{"field":"lat","location":"query","message":"must be less than or equal to 90"}]}`, nil
		case !pass(u):
			return 400, `{"errors":[{"field":"lon","location":"query","message":"is required"}]}`, nil
		}
		return 200, `[]`, nil
	})
	if m := r.Verdict.Minimal; m == nil || !pass(strings.Replace(m.Request.URL, "lat=522.3", "lat=52.3", 1)) {
		t.Errorf("%+v in %d probes", m, r.Cost.Probes)
	}
}

// A server fails while it reads a value: without the member it refuses the request, because that is required.
func TestTheValueThatAServerErrorHangsOnIsFound(t *testing.T) {
	c := diagnose.Case{Request: write("/pizzas", `{"crust":"thin","size":"medium","price":9.5,"toppings":[{"name":"basil","grams":5},{"name":"feta","grams":30}],"vegan":false,"table":4,"ready_at":"19:30"}`).Request, Writes: true}
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		switch b := q.Request.Body.Text; {
		case strings.Contains(b, `T19:30`) || strings.Contains(b, `T00:00`):
			return 201, `{"ok":true}`, nil
		case !strings.Contains(b, "ready_at"):
			return 400, `Bad Request`, nil
		}
		return 500, `Internal Server Error`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/ready_at" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}
