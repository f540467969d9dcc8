package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// Sentences that look like a complaint about an element and are about something else accuse it of nothing.
func TestWhatIsSaidOfSomethingElse(t *testing.T) {
	with := func(r request.Request, header ...string) request.Request {
		for i := 0; i+1 < len(header); i += 2 {
			r.Header = append(r.Header, request.Field{Name: header[i], Value: header[i+1]})
		}
		return r
	}
	program := with(request.Request{Method: "POST", URL: "https://h.test/run", Body: request.Body{Kind: request.RawBody, Type: "text/plain", Text: "allow { input.total > 10 }"}}, "X-Tenant", "a b")
	stamped := with(posted("https://h.test/x", `{"end":"2026-01-01","timestamp":"x"}`), "X-Timestamp", "1")
	pay := posted("https://h.test/payments", `{"card":"4242","password":"pdf-lock"}`)
	order := posted("https://h.test/api/orders/7", `{"lines":[]}`)
	for said, c := range map[string]struct {
		sent    request.Request
		status  int
		element diagnose.ElementID
		cause   diagnose.CauseID
	}{
		`{"message":"X-Tenant is invalid","stack":[{"file":"app.js","line":10,"column":5}]}`: {program, 400, "body", "malformed_request_body"},
		`{"message":"no tenant","frames":[{"file":"a.js","lineNumber":1,"columnNumber":5}]}`: {program, 400, "body", "malformed_request_body"},
		`expected header X-Tenant to be a UUID but "a b" found`:                              {program, 400, "body", "malformed_request_body"},
		`Expecting application/json, got text/plain`:                                         {program, 400, "body", "malformed_request_body"},
		`Expected revision 4 but 5 was found`:                                                {program, 400, "body", "malformed_request_body"},
		`{"message":"invalid OrderRequest.OrderLines: value must contain 1 item(s)"}`:        {order, 400, "url.path[2]", "invalid_request_parameter"},
		`{"message":"invalid ListRequest.ApiKey: value length must be at least 1 runes"}`:    {order, 400, "url.path[1]", "invalid_request_parameter"},
		`{"message":"item a: unknown type given"}`:                                           {posted("https://h.test/x", `{"items":[{"name":"x","type":"a"}]}`), 400, "body:/items/0/type", "invalid_body_property_value"},
		`{"message":"open /srv/views/api/status: no such file or directory"}`:                {ask("GET", "https://h.test/api/status"), 500, "url.path", "resource_not_found"},
		`{"message":"threshold timestamp missing"}`:                                          {stamped, 400, "header:X-Timestamp", "clock_skew"},
		`{"message":"timestamp of 'end' must be later than that of 'start'"}`:                {stamped, 400, "header:X-Timestamp", "clock_skew"},
		`{"message":"The timestamp cannot contain more than 20 characters"}`:                 {stamped, 400, "header:X-Timestamp", "clock_skew"},
		`{"message":"timestamp expired"}`:                                                    {stamped, 400, "header:X-Timestamp", "clock_skew"}, // that of the body, perhaps
		`{"message":"timestamp of the session is more than 3600 seconds old"}`:               {stamped, 401, "header:X-Timestamp", "clock_skew"},
		`{"message":"Failed to authenticate with the payment provider"}`:                     {pay, 400, "body:/password", "invalid_credentials"},
		`{"message":"Failed to log in: MFA code required"}`:                                  {pay, 401, "body:/password", "invalid_credentials"},
		"Order rejected\n  at: card\n    the bank is closed":                                 {pay, 400, "body:/card", "invalid_body_property_value"},
		"Traceback:\n  at: card\n    db timeout":                                             {pay, 400, "body:/card", "missing_body_property"},
		`{"message":"a user called admin is required to approve"}`:                           {pay, 400, "body:/admin", "missing_body_property"},
		`{"message":"The role named owner is required for this action"}`:                     {pay, 400, "body:/owner", "missing_body_property"},
		`{"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error","data":"TypeError: invalid argument 1 of execvp"}}`: {
			posted("https://h.test/", `{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":1}}`), 500, "body:/params", "invalid_body_property_value"},
	} {
		if e := find(read(answered(c.sent, c.status, said)), c.cause, c.element); e != nil && e.Ratio >= code {
			t.Errorf("%s: accuses %s of %s at %v", said, e.Element, e.Cause, e.Ratio)
		}
	}
}

// An example of a list is one of its items; that of an object which is no text of JSON's says that a text is meant.
func TestTheExampleOfAList(t *testing.T) {
	sent := posted("https://h.test/x", `{"tags":"news","meta":"x"}`)
	for said, id := range map[string]diagnose.ElementID{"tags must be an array (e.g. 'news', 'sport')": "body:/tags", "meta must be an object (e.g. '{a: 1}')": "body:/meta"} {
		if find(read(answered(sent, 400, `{"message":"`+said+`"}`)), "invalid_body_property_type", id) == nil {
			t.Errorf("%s: no type", said)
		}
	}
}

// A form is shown with the names of its parts, which is no value.
func TestTheFormOfADateIsNoValue(t *testing.T) {
	for _, e := range read(answered(posted("https://h.test/x", `{"date":"x"}`), 400, `{"message":"date is not valid (e.g. MM/DD/YYYY)"}`)) {
		if len(e.Allowed) > 0 {
			t.Errorf("allows %v", e.Allowed)
		}
	}
}

// An application behind a forward proxy speaks of policies and administrators as well.
func TestTheApplicationRefusesThroughAProxy(t *testing.T) {
	for said, want := range map[string]string{
		`{"message":"Access denied by organization policy: VPC Service Controls"}`:                                    "origin",
		`{"error":"This host is blocked by the tenant's policy"}`:                                                     "origin",
		`<html><h1>Forbidden</h1>Access to this page is restricted to administrators</html>`:                          "origin",
		`<html>Access was denied; contact your administrator</html>`:                                                  "origin",
		`<html><h1>Web Page Blocked!</h1>You have tried to access a web page which belongs to a category.</html>`:     "forward proxy", // FortiGuard
		`<html>Access Denied (policy_denied) Your system policy has denied access to the requested URL.</html>`:       "forward proxy", // Symantec
		`<html>Access to this web page is restricted at this time. The Websense category "Games" is filtered.</html>`: "forward proxy", // Forcepoint
	} {
		x := answered(ask("GET", "http://h.test/api/status"), 403, said)
		x.Hops[0].Conn.Proxy = "http://proxy.test:3128"
		if got, _, _ := Responder(x); got != want {
			t.Errorf("%s: got %q, want %q", said, got, want)
		}
	}
}
