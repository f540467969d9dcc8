package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// A refused write is answered as if its path did not exist, and OPTIONS names another method for this path alone.
func TestAWriteOfAnotherMethodIsAnsweredLikeNoRoute(t *testing.T) {
	c := write("/pickups/812", `{"slot":"evening"}`)
	c.Request.Method = "PUT"
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if q.Request.Method == "OPTIONS" && strings.HasSuffix(q.Request.URL, "/pickups/812") {
			return 204, "", []string{"Allow", "PATCH"}
		}
		return 404, "Cannot " + q.Request.Method + " /pickups/812", nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "method" || got[0].Cause != "method_not_allowed" {
		t.Errorf("%s: %s", shown(got), words(r))
	}
}

// A server that says nothing takes an item with the number of its sibling and not the text: it is the type, whatever a check
// thinks of the name. A text that is empty is no value, whatever the server thinks of names.
func TestAValueIsAtFaultAndNotItsName(t *testing.T) {
	for _, c := range []struct {
		body, bad string
		element   diagnose.ElementID
		cause     diagnose.CauseID
	}{
		{`{"pots":[{"litres":5,"stock":12},{"litres":"10 l","stock":3}]}`, `"10 l"`, "body:/pots/1/litres", "invalid_body_property_type"},
		{`{"email":"ines@example.pt","room":"double","promo":""}`, `"promo"`, "body:/promo", "invalid_body_property_value"},
	} {
		r, _ := asked(t, write("/plants", c.body), func(q diagnose.Question) (int, string, []string) {
			text := q.Request.Body.Text
			if strings.Contains(text, c.bad) || strings.Contains(text, "zz_") || strings.Count(text, "litres") < strings.Count(c.body, "litres") {
				return 400, "", nil
			}
			return 201, `{"id":1}`, nil
		})
		if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != c.element || got[0].Cause != c.cause {
			t.Errorf("%s: %s", shown(got), words(r))
		}
	}
}

// An answer names a container of which no alternative fits, and the value in it that does not fit the one that was meant.
func TestOfAlternativesTheInnermostIsMended(t *testing.T) {
	r, _ := asked(t, write("/comments", `{"message":"Blue?","meta":{"node":"1:23","offset":{"x":"120","y":64}}}`), func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, `"120"`) {
			return 400, `{"errors":[{"message":"must be number","path":"/meta/offset/x"},{"message":"must match exactly one schema in oneOf","path":"/meta"}]}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/meta/offset/x" || len(r.Verdict.Repair.Diff) != 1 {
		t.Errorf("%s: %v", shown(got), r.Verdict.Repair.Diff)
	}
}

const envelope = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Convert><from>EUR</from><to>USD</to><date>2025-02-28</date></Convert></s:Body></s:Envelope>`

// A gateway hides what a SOAP service says, and leaves its status: 500 has every fault, so the value is at fault, and no crash.
func TestTheStatusOfAFaultOfSOAPIsNoCrash(t *testing.T) {
	for said, want := range map[string]diagnose.CauseID{
		`{"error":"Internal Server Error"}`:               "invalid_body_property_format",
		`<h1>HTTP 500</h1>java.lang.NullPointerException`: "input_triggered_server_error", // that one stumbled
	} {
		c := write("/rates", strings.Replace(envelope, "2025-02-28", "28.02.2025", 1))
		c.Request.Header = []request.Field{{Name: "Content-Type", Value: "text/xml"}, {Name: "SOAPAction", Value: `""`}}
		r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
			if strings.Contains(q.Request.Body.Text, "28.02.2025") {
				return 500, said, nil
			}
			return 200, "<ok/>", []string{"Content-Type", "text/xml"}
		})
		if got := r.Verdict.Culprits; len(got) != 1 || !strings.HasSuffix(string(got[0].Element), "/date") || got[0].Cause != want {
			t.Errorf("%s: %s: %s", said, shown(got), words(r))
		}
	}
}

// A body is no XML, and the server stumbles over it in words of its own: what breaks the syntax is said, and mended where it broke.
func TestABodyThatIsNoXMLIsCalledThat(t *testing.T) {
	c := write("/rates", strings.Replace(envelope, "</to>", "", 1))
	c.Request.Header = []request.Field{{Name: "Content-Type", Value: "text/xml"}, {Name: "SOAPAction", Value: `""`}}
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if !strings.Contains(q.Request.Body.Text, "<to>USD</to><date>") {
			return 500, "TypeError: Cannot use 'in' operator to search for 'date' in USD", nil
		}
		return 200, "<ok/>", []string{"Content-Type", "text/xml"}
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body" || got[0].Cause != "malformed_request_body" || !r.Verdict.Repair.Verified {
		t.Errorf("%s: %s", shown(got), words(r))
	}
}
