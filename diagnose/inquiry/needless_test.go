package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
)

// The server names a value and not what it takes instead. Without it the request fails in another way, which names nothing:
// that may be for want of the value, so the rest of the request is left in peace, and what was named is the verdict.
func TestBehindAGuessNothingIsGuessed(t *testing.T) {
	c := write("/stores/7/check", `{"tuple_key":{"user":"user:anna","relation":"view","object":"document:plan"},"trace":false,"limit":20}`)
	c.Writes = true
	r, questions := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		switch body := q.Request.Body.Text; {
		case strings.Contains(body, `"view"`):
			return 400, `{"code":"validation_error","message":"relation 'document#view' not found"}`, nil
		default:
			return 400, `{"code":"validation_error","message":"it does not match the pattern"}`, nil
		}
	})
	if v := r.Verdict; len(v.Culprits) == 0 || v.Culprits[0].Element != "body:/tuple_key/relation" || v.Culprits[0].Standing != diagnose.Named {
		t.Errorf("%s: %s", v.Outcome, shown(v.Culprits))
	}
	if len(questions) > 10 {
		t.Errorf("%d probes", len(questions))
		for _, q := range questions {
			t.Logf("%s %v", q.Why, q.Edits)
		}
	}
}

// The answer shows a part of the request, and so our value in the place of the one that it showed first. Nothing stands
// behind that: the search goes on.
func TestWhatAnAnswerOnlyShowsIsNotBehindAGuess(t *testing.T) {
	c := write("/imposters/1/stubs", `{"stubs":[{"predicates":[{"equal":{"method":"GET","path":"/orders"}}],"responses":[{"is":{"statusCode":200}}]},{"responses":[{"is":{"statusCode":404}}]}]}`)
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		body := q.Request.Body.Text
		i := strings.Index(body, `{"equal":`)
		if i < 0 {
			return 200, `{"stubs":[]}`, nil
		}
		source, _, _ := strings.Cut(body[i:], "}}")
		return 400, `{"errors":[{"code":"bad data","message":"missing predicate","source":` + source + `}}}]}`, nil
	})
	if v := r.Verdict; v.Outcome != diagnose.OutcomeIsolated {
		t.Errorf("%s after %d probes: %s", v.Outcome, r.Cost.Probes, shown(v.Culprits))
	}
}
