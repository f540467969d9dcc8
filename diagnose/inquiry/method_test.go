package inquiry_test

import (
	"context"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// A path that is served for POST is answered 404 for GET. What says so is OPTIONS, where it does not say the same of every
// path, a saved request, or a POST whose body is kept back, for which the person is asked. Without any of it the path is
// not known, and where it sounds like something to do that is only suspected.
func TestAMethodThatIsAnsweredLikeNoRoute(t *testing.T) {
	here := func(q diagnose.Question) bool { return strings.HasSuffix(q.Request.URL, "/prices/preview") }
	listing := func(field, some, others string) answers {
		return func(q diagnose.Question) (int, string, []string) {
			switch {
			case q.Request.Method == "OPTIONS" && here(q):
				return 204, "", []string{field, some}
			case q.Request.Method == "OPTIONS" && others != "":
				return 204, "", []string{field, others}
			}
			return 404, `{"error":"not found"}`, nil
		}
	}
	held := func(status int) answers {
		return func(q diagnose.Question) (int, string, []string) {
			if q.Request.Method == "POST" && here(q) {
				if !q.Request.Settings.WithholdBody || q.Safety != diagnose.S5 {
					t.Error("a POST goes out that could act, or without being asked for")
				}
				return status, `{"error":"no"}`, nil
			}
			return 404, `{"error":"not found"}`, nil
		}
	}
	slow := func() answers { // it is silent once, where it refuses
		n := 0
		return func(q diagnose.Question) (int, string, []string) {
			if q.Request.Method == "POST" && here(q) {
				if n++; n == 1 {
					return 2, "response_timeout", nil
				}
			}
			return 404, `{"error":"not found"}`, nil
		}
	}
	saved := get("/prices/preview")
	saved.Method, saved.Body = "POST", request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"a":1}`}
	const everything = "GET, HEAD, POST, PUT, DELETE, OPTIONS"
	for _, c := range []struct {
		what     string
		siblings []request.Request
		f        answers
		cause    diagnose.CauseID
		standing diagnose.Standing
	}{
		{"Allow names POST", nil, listing("Allow", "POST, OPTIONS", ""), "method_not_allowed", diagnose.Named},
		{"CORS names POST", nil, listing("Access-Control-Allow-Methods", "POST,OPTIONS", "GET"), "method_not_allowed", diagnose.Named},
		{"everything for every path", nil, listing("Allow", everything, everything), "wrong_path", diagnose.Named},
		{"POST for every path", nil, listing("Access-Control-Allow-Methods", "POST", "POST"), "wrong_path", diagnose.Suspected},
		{"a saved POST", []request.Request{saved}, always(404, `{"error":"not found"}`), "method_not_allowed", diagnose.Suspected},
		{"a header that is let in", nil, held(415), "method_not_allowed", diagnose.Named},
		{"a header that is met by silence, once", nil, slow(), "wrong_path", diagnose.Named},
		{"a header that is not", nil, held(404), "wrong_path", diagnose.Named},
	} {
		t.Run(c.what, func(t *testing.T) {
			r, _ := asked(t, diagnose.Case{Request: get("/prices/preview"), Siblings: c.siblings, Writes: true}, c.f)
			if got := r.Verdict.Culprits; len(got) != 1 || got[0].Cause != c.cause || got[0].Standing != c.standing {
				t.Errorf("%s: %s", shown(got), words(r))
			}
		})
	}
}

// Nobody says yes to a POST: then that the path is not there is no more than likely.
func TestAMethodThatNobodyMayTry(t *testing.T) {
	c := diagnose.Case{Request: get("/prices/preview")}
	r, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		if q.Request == nil || q.Safety >= diagnose.S4 {
			return diagnose.Answer{Refused: "no consent"}, nil
		}
		return diagnose.Answer{Exchange: exchange(*q.Request, always(404, `{"error":"not found"}`), q)}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if v := r.Verdict; v.Cause != "wrong_path" || v.Standing() != diagnose.Suspected || len(r.Hints) == 0 || !strings.Contains(r.Hints[0].Text, "it may be served for POST alone") {
		t.Error(words(r))
	}
}
