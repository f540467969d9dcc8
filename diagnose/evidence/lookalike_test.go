package evidence

import (
	"fmt"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// TestLookAlikesAccuseNobody: each answer has the words of one that names an element, and is about something else.
func TestLookAlikesAccuseNobody(t *testing.T) {
	upload := func(files ...string) request.Request {
		parts := []request.Part{{Name: "shape", Value: "circle"}}
		for _, f := range files {
			parts = append(parts, request.Part{Name: "photo", Path: f})
		}
		return request.Request{Method: "POST", URL: "https://h.test/photos", Body: request.Body{Kind: request.MultipartBody, Parts: parts}}
	}
	text := func(kind, body string) request.Request {
		return request.Request{Method: "POST", URL: "https://h.test/a", Body: request.Body{Kind: request.RawBody, Type: "application/" + kind, Text: body}}
	}
	fault := func(words string) string {
		return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>` + words + `</faultstring></s:Fault></s:Body></s:Envelope>`
	}
	const envelope = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><Order><Date>1</Date></Order></e:Body></e:Envelope>`
	token := []string{"Authorization", "Bearer abcdefgh"}
	for _, c := range []struct {
		name   string
		sent   request.Request
		status int
		answer string
		el     diagnose.ElementID // with cause, what must not be read
		cause  diagnose.CauseID
	}{
		{"an element that the schema misses", text("xml", envelope), 500, fault("Validation failed: missing element Name"), "body", "malformed_request_body"},
		{"the XML of another service", text("xml", envelope), 500, fault("Error parsing XML from the warehouse"), "body", "malformed_request_body"},
		{"a body of another type", upload("a.gif"), 415, `{"message":"Unsupported media type: only application/json is accepted"}`, "multipart:photo", "invalid_body_property_value"},
		{"no JSON", upload("a.gif"), 400, `{"message":"Request body must be valid JSON"}`, "multipart:photo", "invalid_body_property_value"},
		{"the first of two files", upload("a.png", "b.gif"), 400, `{"message":"Only .png files are allowed"}`, "multipart:photo", "invalid_body_property_value"},
		{"an id in the path", ask("GET", "https://h.test/users/abc", "X-Request-Id", "77"), 400, `{"message":"Invalid ID"}`, "header:X-Request-Id", "invalid_request_header"},
		{"a key", ask("GET", "https://h.test/users/abc", "X-Api-Key", "77abcdef"), 403, `{"message":"Invalid key"}`, "header:X-Api-Key", "invalid_request_header"},
		{"a bad request", ask("GET", "https://h.test/users", "X-Request", "77"), 400, `{"message":"Bad request"}`, "header:X-Request", "invalid_request_header"},
		{"all of the path", ask("GET", "https://h.test/api/orders"), 400, `{"message":"Bad request for \"/api/orders\""}`, "url.path[1]", "invalid_request_parameter"},
		{"all of a short path", ask("GET", "https://h.test/orders"), 400, `{"message":"Bad request for \"/orders\""}`, "url.path[0]", "invalid_request_parameter"},
		{"a path that is kept", ask("GET", "https://h.test/api/orders"), 403, `{"message":"You may not read \"/orders\""}`, "url.path[1]", "invalid_request_parameter"},
		{"no such path", called(`{"deviceId":"a12345","limit":1}`), 404, `{"detail":"Not Found"}`, "body:/deviceId", "resource_not_found"},
		{"a name that XML ends with", text("xml", `<order><date>1</date></order>`), 400, `expected </invoice> but found </order>`, "body", "malformed_request_body"},
		{"the value that a form ends with", text("x-www-form-urlencoded", `name=ada&email=ada@example.test`), 400, `{"message":"example.test may not register"}`, "body", "malformed_request_body"},
		{"a right that is for another", ask("GET", "https://h.test/a", token...), 403, `{"message":"Your role may read, but not for this project"}`, "auth", "wrong_audience"},
		{"an endpoint for others", ask("GET", "https://h.test/a", token...), 403, `{"message":"This endpoint is not intended for public use"}`, "auth", "wrong_audience"},
	} {
		var h []string
		if strings.HasPrefix(c.answer, "<") {
			h = []string{"Content-Type", "text/xml"}
		}
		for _, e := range read(answered(c.sent, c.status, c.answer, h...)) {
			if e.Element == c.el && e.Cause == c.cause && e.Ratio > hint {
				t.Errorf("%s: accuses %s of %s (%.0f)", c.name, e.Element, e.Cause, e.Ratio)
			}
		}
	}
}

// TestTheSecondOfTwoFilesIsNamed by its own id.
func TestTheSecondOfTwoFilesIsNamed(t *testing.T) {
	sent := request.Request{Method: "POST", URL: "https://h.test/photos", Body: request.Body{Kind: request.MultipartBody, Parts: []request.Part{{Name: "photo", Path: "a.png"}, {Name: "photo", Path: "b.gif"}}}}
	if out := read(answered(sent, 400, `{"message":"Only .png files are allowed"}`)); len(out) == 0 || out[0].Element != "multipart:photo#1" {
		t.Errorf("%+v", out)
	}
}

// A fragment is never sent, so nothing of an answer is the target of the request because of it.
func TestAFragmentIsNoTarget(t *testing.T) {
	x := answered(ask("GET", "https://h.test/#/search?q=1"), 400, `{}`)
	if got := newReader(x, element.Of(x.Request).Elements).withoutTarget("a/b"); got != "a/b" {
		t.Error(got)
	}
}

// TestDigestIsSilentOnAnotherScheme: who answers with NTLM computed no digest.
func TestDigestIsSilentOnAnotherScheme(t *testing.T) {
	r := ask("GET", "https://h.test/a")
	r.Auth = request.Auth{Scheme: "anyauth"}.With("username", "ada").With("password", "pw")
	x := answered(r, 401, "", "WWW-Authenticate", `Digest realm="vault", nonce="n2"`)
	x.Hops[len(x.Hops)-1].Sent.Header = []request.Field{{Name: "Authorization", Value: "NTLM TlRMTVNTUAAB"}}
	for _, e := range read(x) {
		if strings.Contains(e.Text, "another digest") {
			t.Error(e.Text)
		}
	}
}

// BenchmarkManyComplaints: many complaints about one large object. When a pattern was made for each member and each of
// them, it took six seconds; it takes some 50 ms.
func BenchmarkManyComplaints(b *testing.B) {
	var in, errs strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&in, `"member_%d":{"a":"x%d"},`, i, i)
	}
	for range maxIssues {
		errs.WriteString(`{"field":"settings","message":"Invalid format"},`)
	}
	r := post(`{"settings":{` + in.String() + `"z":1}}`)
	els, x := element.Of(r).Elements, answered(r, 400, `{"errors":[`+errs.String()+`{}]}`)
	for b.Loop() {
		Read(x, els)
	}
}
