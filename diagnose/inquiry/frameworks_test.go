package inquiry_test

import (
	"regexp"
	"strings"
	"testing"

	"culprit/diagnose"
)

// A server of Rails asks for the object around all attributes; it was sent under another name and is renamed, not filled anew.
func TestTheObjectAroundAllIsRenamed(t *testing.T) {
	r, _ := asked(t, write("/products", `{"item":{"title":"Mug","price":9.5}}`), func(q diagnose.Question) (int, string, []string) {
		if !regexp.MustCompile(`^\{"product": ?\{"title":"Mug"`).MatchString(q.Request.Body.Text) {
			return 400, `{"error":"param is missing or the value is empty: product"}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/item" && got[0].Element != "body:/product" || got[0].Standing == diagnose.Suspected {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// A program in Go misses a field that was sent in another style: it is renamed, and its value stays.
func TestAFieldOfGoThatWasSentInAnotherStyle(t *testing.T) {
	r, _ := asked(t, write("/orders", `{"customerEmail":"joe@example.com","currency":"EUR"}`), func(q diagnose.Question) (int, string, []string) {
		if !strings.Contains(q.Request.Body.Text, `"customer_email":"joe@example.com"`) && !strings.Contains(q.Request.Body.Text, `"customer_email": "joe@example.com"`) {
			return 400, `{"error":"Key: 'order.CustomerEmail' Error:Field validation for 'CustomerEmail' failed on the 'required' tag"}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Cause != "missing_body_property" && got[0].Cause != "unexpected_body_property" || got[0].Standing == diagnose.Suspected {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// A server calls its refusal of a body that is no JSON a fault of its own: it is the body all the same.
func TestABodyThatIsNoJSONIsThatUnderAnyStatus(t *testing.T) {
	r, _ := asked(t, write("/posts", `{'title': "two"}`), func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, "'") {
			return 500, `SyntaxError: Expected property name or '}' in JSON at position 1 at JSON.parse (<anonymous>)`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body" || got[0].Cause != "malformed_json" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// A server takes a length of time in seconds alone, and says nothing.
func TestALengthOfTimeInSeconds(t *testing.T) {
	r, _ := asked(t, diagnose.Case{Request: get("/latest?window=5m")}, func(q diagnose.Question) (int, string, []string) {
		if !regexp.MustCompile(`window=[0-9]+$`).MatchString(q.Request.URL) {
			return 400, ``, nil
		}
		return 200, `{"value":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "query:window" || got[0].Standing == diagnose.Suspected {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}
