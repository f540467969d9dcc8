package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

func elementsOf(r diagnose.Report) string {
	var out []string
	for _, c := range r.Verdict.Culprits {
		out = append(out, string(c.Element))
	}
	return strings.Join(out, " ")
}

// A write with an old tag and a wrong operation, and a server that says no more than the status of each: with the tag of now it is
// refused for its data, so the condition holds, and the search goes on behind it.
func TestBehindAConditionThatHoldsIsTheData(t *testing.T) {
	put := write("/pages/7", `{"title":"Hello","lang":"en","draft":"no"}`)
	put.Request.Method = "PUT"
	put.Request.Header = append(put.Request.Header, request.Field{Name: "If-Match", Value: `"r1"`})
	r, _ := asked(t, put, func(q diagnose.Question) (int, string, []string) {
		h, body := q.Request.Header, q.Request.Body.Text
		switch {
		case q.Request.Method == "GET":
			return 200, `{"title":"Welcome","lang":"en","draft":false}`, []string{"ETag", `"r2"`}
		case request.Get(h, "If-Match") == "":
			return 428, `{"status":428}`, nil
		case request.Get(h, "If-Match") != `"r2"`:
			return 412, `{"status":412}`, nil
		case strings.Contains(body, `"no"`):
			return 422, `{"status":422}`, nil
		}
		return 200, `{}`, nil
	})
	if got := elementsOf(r); !strings.Contains(got, "header:If-Match") || !strings.Contains(got, "body:/draft") {
		t.Errorf("%s after %d probes: %s", got, r.Cost.Probes, r.Verdict.Summary)
	}
}

// What is missed is put in, and the refusal is another one, of an earlier status: that is the next fault.
func TestWhatIsMissedNoMoreIsMended(t *testing.T) {
	r, _ := asked(t, write("/silences", `{"matchers":[{"name":"job","value":"api"}],"startsAt":"2030-01-01T10:00:00Z","endsAt":"2030-01-01T08:00:00Z"}`), func(q diagnose.Question) (int, string, []string) {
		body := q.Request.Body.Text
		switch {
		case !strings.Contains(body, "createdBy"):
			return 422, `{"code":602,"message":"createdBy in body is required"}`, nil
		case strings.Contains(body, `"endsAt":"2030-01-01T08:00:00Z"`) || strings.Contains(body, `"endsAt": "2030-01-01T08:00:00Z"`):
			return 400, `"failed to create silence: start time must be before end time"`, nil
		}
		return 200, `{"id":1}`, nil
	})
	if got := elementsOf(r); !strings.Contains(got, "body:/createdBy") || !strings.Contains(got, "body:/endsAt") && !strings.Contains(got, "body:/startsAt") {
		t.Errorf("%s after %d probes: %s", got, r.Cost.Probes, r.Verdict.Summary)
	}
}

// The server knows neither the word that was sent nor the one that was put in its place: the fault in front is not mended, and
// what is varied after it would be for nothing.
func TestAWordThatIsRefusedInThePlaceOfAnotherIsNoProgress(t *testing.T) {
	r, _ := asked(t, write("/publish", `{"properties":{"delivery_mode":2},"routing_key":"audit","payload":{"order":17},"payload_encoding":"json"}`), func(q diagnose.Question) (int, string, []string) {
		body := strings.ReplaceAll(q.Request.Body.Text, ": ", ":")
		_, word, _ := strings.Cut(body, `"payload_encoding":`)
		word = strings.TrimRight(word, "}")
		switch {
		case !strings.Contains(body, `"payload":"`):
			return 400, `{"error":"bad_request","reason":"payload_not_string"}`, nil
		case word != `"base64"`:
			return 400, `{"error":"bad_request","reason":["unsupported_encoding",` + word + `]}`, nil
		}
		return 200, `{}`, nil
	})
	if got := elementsOf(r); !strings.HasPrefix(got, "body:/payload") || r.Cost.Probes > 12 {
		t.Errorf("%s after %d probes: %s", got, r.Cost.Probes, r.Verdict.Summary)
	}
}

// Two faults and not a word: one is in the header, and one in a list that may be left out. The item is named, and not the list.
func TestTheItemBesideAnotherFault(t *testing.T) {
	c := write("/contacts", `{"name":"Eva","email":"eva@example.com","phone":"+4917612345678","labels":["friend","Berlin Mitte"]}`)
	c.Request.Header = []request.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if request.Get(q.Request.Header, "Content-Type") != "application/json" || strings.Contains(q.Request.Body.Text, "Berlin Mitte") {
			return 400, `Bad Request`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := elementsOf(r); !strings.Contains(got, "header:Content-Type") || !strings.Contains(got, "body:/labels/1") {
		t.Errorf("%s after %d probes: %s", got, r.Cost.Probes, r.Verdict.Summary)
	}
}

// A reader of JSON complains of the member that it misses where it stops, at the comma that is too much: both are told.
func TestABodyThatIsNoJSONIsToldBesideWhatIsMissed(t *testing.T) {
	r, _ := asked(t, write("/orders", `{"account":70012,"legs":[{"symbol":"SAP","quantity":10}],"fee":1.5,}`), func(q diagnose.Question) (int, string, []string) {
		return 422, "Failed to deserialize the JSON body into the target type: missing field `kind` at line 1 column 70", nil
	})
	if got := elementsOf(r); !strings.HasPrefix(got, "body:/kind") || !strings.Contains(got+" ", "body ") {
		t.Errorf("%s after %d probes: %s", got, r.Cost.Probes, r.Verdict.Summary)
	}
}

// A 403 says of the method no more than of who asks: that the path can be read accuses the method of nothing for certain.
func TestARefusedWriteOfWhatCanBeReadIsNoProofAgainstTheMethod(t *testing.T) {
	r, _ := asked(t, write("/articles", `{"data":{"words":"many"}}`), func(q diagnose.Question) (int, string, []string) {
		if q.Request.Method == "POST" {
			return 403, "<html><body><h1>403 Forbidden</h1></body></html>", []string{"Content-Type", "text/html"}
		}
		return 200, `[]`, nil
	})
	for _, c := range r.Verdict.Culprits {
		if c.Element == "method" && c.Standing != diagnose.Suspected {
			t.Errorf("%s", shown(r.Verdict.Culprits))
		}
	}
}

// A cookie without which the request passes passes with half of it, too: it is too long, whatever the status.
func TestACookieThatIsTooLong(t *testing.T) {
	g := get("/books")
	g.Header = []request.Field{{Name: "Cookie", Value: "sid=4f; prefs=" + strings.Repeat("c2V0dGluZw", 150)}}
	r, _ := asked(t, diagnose.Case{Request: g}, func(q diagnose.Question) (int, string, []string) {
		if len(request.Get(q.Request.Header, "Cookie")) > 1024 {
			return 400, `Bad Request`, nil
		}
		return 200, `[]`, nil
	})
	if c := r.Verdict.Culprits; len(c) != 1 || c[0].Element != "cookie:prefs" || c[0].Cause != "request_header_too_large" {
		t.Errorf("%s after %d probes", shown(c), r.Cost.Probes)
	}
}

// What is wrong with a long cookie may be a word in its second half: it is not called too long, for one that is as long passes.
func TestALongCookieWithABadWordIsNotTooLong(t *testing.T) {
	g := get("/books")
	g.Header = []request.Field{{Name: "Cookie", Value: "sid=4f; prefs=" + strings.Repeat("c2V0dGluZw", 50) + "%00bad"}}
	r, _ := asked(t, diagnose.Case{Request: g}, func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(request.Get(q.Request.Header, "Cookie"), "%00") {
			return 400, `Bad Request`, nil
		}
		return 200, `[]`, nil
	})
	if c := r.Verdict.Culprits; len(c) != 1 || c[0].Element != "cookie:prefs" || c[0].Cause == "request_header_too_large" {
		t.Errorf("%s after %d probes", shown(c), r.Cost.Probes)
	}
}

// A parameter that the server names is left out, and what is answered then is another failure: a second parameter looks wrong by
// itself. Both together pass.
func TestWhatLooksWrongIsTriedTogetherWithWhatIsNamed(t *testing.T) {
	r, _ := asked(t, diagnose.Case{Request: get("/classes/Order?where=%7B%22total%22%3A%7B%22%24greater%22%3A10%7D%7D&limit=five&order=-total")}, func(q diagnose.Question) (int, string, []string) {
		switch u := q.Request.URL; {
		case strings.Contains(u, "where=test"):
			return 400, `{"code":107,"error":"where parameter is not valid JSON"}`, nil
		case strings.Contains(u, "where="):
			return 400, `{"code":119,"error":"this query type is not supported: {\"$greater\":10}"}`, nil
		case strings.Contains(u, "limit=five"):
			return 500, `{"code":1,"error":"An internal server error occurred"}`, nil
		}
		return 200, `{"results":[{"total":11}]}`, nil
	})
	if got := elementsOf(r); !strings.Contains(got, "query:where") || !strings.Contains(got, "query:limit") {
		t.Errorf("%s after %d probes: %s", got, r.Cost.Probes, r.Verdict.Summary)
	}
}

// Who is refused with and without what only looks like a credential is not known to be refused for the address.
func TestTheAddressIsNotAccusedForAPlaceThatIsClosed(t *testing.T) {
	g := get("/sensors/latest")
	g.Header = append(g.Header, request.Field{Name: "X-Session-Trace", Value: "b7d1"})
	r, _ := asked(t, diagnose.Case{Request: g}, func(q diagnose.Question) (int, string, []string) { return 403, `403: Forbidden`, nil })
	for _, c := range r.Verdict.Culprits {
		if c.Cause == "ip_not_allowed" && c.Standing != diagnose.Suspected {
			t.Errorf("%s after %d probes", shown(r.Verdict.Culprits), r.Cost.Probes)
		}
	}
}

// A body that is no JSON makes the server fail with an error of its own: the body is the fault, whatever the status says.
func TestABodyThatIsNoJSONUnderAServerErrorWithoutAWord(t *testing.T) {
	r, _ := asked(t, write("/jsonrpc", `{"jsonrpc":"2.0","id":"q","method":"tell","params":["token",0,10]`), func(q diagnose.Question) (int, string, []string) {
		if !strings.HasSuffix(q.Request.Body.Text, "}") {
			return 500, ``, nil
		}
		return 200, `{"jsonrpc":"2.0","id":"q","result":[]}`, nil
	})
	if c := r.Verdict.Culprits; len(c) != 1 || c[0].Element != "body" || c[0].Cause != "malformed_json" {
		t.Errorf("%s after %d probes", shown(c), r.Cost.Probes)
	}
}

// A mock server answers 401 with the sample of its document, which speaks of a member: who asks without a credential lacks that.
func TestASampleInA401AccusesNoMember(t *testing.T) {
	r, _ := asked(t, write("/tasks", `{"data":{"name":"Write","due_on":"2031-09-15"}}`), func(q diagnose.Question) (int, string, []string) {
		return 401, `{"errors":[{"message":"project: Missing input","phrase":"6 sad squid snuggle softly"}]}`, nil
	})
	if c := r.Verdict.Culprits; len(c) != 1 || c[0].Element != "auth" || c[0].Cause != "missing_credentials" {
		t.Errorf("%s after %d probes", shown(c), r.Cost.Probes)
	}
}

// HEAD gets a 405 where POST gets a 404: the path is there, and what the answer to a POST is like says nothing against it.
func TestAPathThatAnotherMethodFindsIsNotWrong(t *testing.T) {
	r, _ := asked(t, write("/write?db=metric&precision=s", `{"points":[1,2]}`), func(q diagnose.Question) (int, string, []string) {
		switch {
		case q.Request.Method != "POST" && strings.Contains(q.Request.URL, "/write?"):
			return 405, ``, nil
		case strings.Contains(q.Request.URL, "/write?") && strings.Contains(q.Request.URL, "db=metrics"):
			return 204, ``, nil
		}
		return 404, `<html><body>Sorry</body></html>`, []string{"Content-Type", "text/html"}
	})
	for _, c := range r.Verdict.Culprits {
		if c.Cause == "wrong_path" {
			t.Errorf("%s after %d probes", shown(r.Verdict.Culprits), r.Cost.Probes)
		}
	}
}
