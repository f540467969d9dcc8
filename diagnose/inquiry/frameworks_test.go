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

// A server that overlooks what it does not know takes a request without one member, and with no value of it: what it minds is
// that the member is there, beside another one, and not what stands in it.
func TestAMemberThatPassesWithNoValueIsNotRefusedForItsValue(t *testing.T) {
	r, _ := asked(t, write("/sessions", `{"name":"Generics","capacity":80,"room":"B2","link":"https://meet.example.com/1"}`), func(q diagnose.Question) (int, string, []string) {
		if b := q.Request.Body.Text; strings.Contains(b, `"room"`) && strings.Contains(b, `"link"`) || !strings.Contains(b, `"name"`) || !strings.Contains(b, `"capacity"`) {
			return 400, `{"message":"The request could not be processed."}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) == 0 || got[0].Element != "body:/link" || got[0].Cause == "invalid_body_property_value" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// A parameter of a write is refused, and nothing is said: without the query it passes, and the parameter is found.
func TestTheQueryOfAWriteIsNotForgotten(t *testing.T) {
	c := write("/shipments?notify=true&label_format=png", `{"reference":"PO-2291","service":"express","pickup":"2026-12-01","to":{"name":"Jo Fischer","street":"Hauptstr. 1","city":"Ulm","country":"DE"},"parcels":[{"weight":2.5},{"weight":12.0}]}`)
	c.Budget = diagnose.Budget{Probes: 25}
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if b := q.Request.Body.Text; strings.Contains(q.Request.URL, "label_format=png") || !strings.Contains(b, `"weight"`) || !strings.Contains(b, `"country"`) {
			return 400, `{"message":"Bad Request"}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "query:label_format" || got[0].Standing == diagnose.Suspected {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// A word stands where a number passes: the type is wrong, although the answer only calls the value invalid.
func TestAWordInThePlaceOfANumberIsOfTheWrongType(t *testing.T) {
	r, _ := asked(t, write("/sessions", `{"name":"Generics","capacity":"eighty"}`), func(q diagnose.Question) (int, string, []string) {
		if regexp.MustCompile(`"capacity": ?"`).MatchString(q.Request.Body.Text) {
			return 400, `{"error":"capacity is invalid, capacity does not have a valid value"}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Cause != "invalid_body_property_type" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// Opaque: what the values of one request tell of each other.
func TestAValueIsMadeLikeItsOtherHalf(t *testing.T) {
	r, _ := asked(t, diagnose.Case{Request: get("/trips?origin=Berlin&destination=b2e783e1-c824-4d63-b37a-d8d698862f1d")}, func(q diagnose.Question) (int, string, []string) {
		if !regexp.MustCompile(`origin=[0-9a-f-]{36}`).MatchString(q.Request.URL) {
			return 400, ``, nil
		}
		return 200, `{"trips":[]}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "query:origin" || got[0].Standing == diagnose.Suspected {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// The names below "env" are the sender's own, and what is there is text; an address of e-mail that people write is mended
// under any name.
func TestValuesUnderNamesOfTheSender(t *testing.T) {
	for _, c := range []struct {
		body    string
		right   *regexp.Regexp
		element diagnose.ElementID
	}{
		{`{"name":"backup","timeout":900,"env":{"BUCKET":"s3://b","LEVEL":9},"notify":["ops@example.com"]}`, regexp.MustCompile(`"LEVEL": ?"9".*"notify"`), "body:/env/LEVEL"},
		{`{"name":"backup","timeout":900,"reporter":"ops at example.com"}`, regexp.MustCompile(`"name":"backup".*"reporter": ?"ops@example.com`), "body:/reporter"},
	} {
		r, _ := asked(t, write("/jobs", c.body), func(q diagnose.Question) (int, string, []string) {
			if !c.right.MatchString(q.Request.Body.Text) {
				return 400, `{"message":"Invalid request payload input"}`, nil
			}
			return 201, `{"id":1}`, nil
		})
		if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != c.element || got[0].Standing == diagnose.Suspected {
			t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
		}
	}
}
