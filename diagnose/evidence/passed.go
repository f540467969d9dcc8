package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// Expect is what a healthy answer is like. The zero value expects any 2xx without an error in it.
type Expect struct {
	// Redirect accepts a 3xx as well: set it when the failure was no redirect.
	Redirect bool
	// Media is the essence of the media type that a healthy answer has, from the last good one or from the
	// documentation; "" when it is not known.
	Media string
	// Content is what a person expects of the body. It holds for every answer, a redirect's too.
	Content diagnose.Expectation
	// Statuses are the successes that the operation documents; nil for every 2xx.
	Statuses []int
}

// Passed reports whether x is a success by the guard of §3.5, and when not, why, in one sentence without
// secrets. It never blocks.
func Passed(x *request.Exchange, e Expect) (ok bool, why string) {
	resp := x.Response()
	switch {
	case x == nil:
		return false, "nothing was sent"
	case x.Failure != nil:
		return false, "no whole response: " + newReader(x, nil).clean(x.Failure.Text)
	case resp == nil:
		return false, "no response"
	}
	if ok, why := asExpected(resp.Body, e.Content); !ok {
		return false, why
	}
	s := resp.Status
	if s >= 300 && s < 400 && (e.Redirect || s == 304) {
		return true, ""
	}
	if s < 200 || s > 299 {
		return false, "status " + itoa(s)
	}
	if len(e.Statuses) > 0 && !slices.Contains(e.Statuses, s) {
		return false, "status " + itoa(s) + " is a success that this operation does not document"
	}
	r := newReader(x, nil)
	if ok, why := r.clean2xx(); !ok {
		return false, r.clean(why)
	}
	if ok, why := r.expectedMedia(e.Media); !ok {
		return false, why
	}
	return true, ""
}

// searched is how much of a body is looked through for what is expected in it.
const searched = 1 << 20

// asExpected compares a body with what a person expects of it. What was cut off cannot be said to lack anything.
func asExpected(body *request.Content, e diagnose.Expectation) (bool, string) {
	if e == (diagnose.Expectation{}) {
		return true, ""
	}
	text := string(body.Head(searched))
	whole := body.Cut == "" && body.Size() <= searched
	switch {
	case e.Has != "" && !strings.Contains(text, e.Has):
		return false, "the answer lacks what is expected in it"
	case e.Lacks != "" && strings.Contains(text, e.Lacks):
		return false, "the answer has what should not be in it"
	case e.Lacks != "" && !whole:
		return false, "the answer is too long to say that something is not in it"
	}
	return true, ""
}

// expectedMedia compares the media type with what was expected: by the caller, or by the request's Accept.
func (r *reader) expectedMedia(want string) (bool, string) {
	if r.resp.Status == 204 || r.resp.Body.Size() == 0 {
		return true, ""
	}
	got := r.doc.media
	if want != "" {
		want = essence(want)
		same := got == want || isJSONMedia(got) && isJSONMedia(want) || isXML(got) && isXML(want)
		if got == "" {
			same = !isJSONMedia(want) || r.doc.root != nil
		}
		if !same && (r.doc.html || isJSONMedia(want) && r.doc.root == nil) {
			return false, "the answer is " + orNone(got) + " where " + want + " is expected"
		}
		return true, ""
	}
	if r.doc.html && r.wantsJSON() {
		return false, "an HTML page came where JSON was asked for"
	}
	return true, ""
}

func isXML(m string) bool { return strings.HasSuffix(m, "/xml") || strings.HasSuffix(m, "+xml") }

func orNone(m string) string {
	if m == "" {
		return "of no declared type"
	}
	return m
}

// wantsJSON reports whether the request asks for JSON and would not take a page.
func (r *reader) wantsJSON() bool {
	accept := strings.ToLower(r.sentHeader("Accept"))
	return strings.Contains(accept, "json") && !strings.Contains(accept, "html") && !strings.Contains(accept, "*/*")
}

// clean2xx reports whether a 2xx carries no error. Only strong shapes count: a resource may well have a field
// called error, and many APIs send "error": null or "errors": [] with every success.
func (r *reader) clean2xx() (bool, string) {
	if r.resp == nil || r.resp.Status < 200 || r.resp.Status > 299 {
		return r.resp != nil && r.resp.Status < 400, ""
	}
	d := r.doc
	if sent := strings.TrimSpace(r.sentBody()); sent != "" && sent == strings.TrimSpace(d.text) {
		return true, "" // what was sent, said back: its words are the person's own
	}
	if d.root == nil {
		return soapClean(d)
	}
	if !d.root.isObject() {
		return batchClean(d)
	}
	n := d.root
	says := func(what string) (bool, string) { return false, what + ": " + errorWords(n) }
	for _, k := range []string{"ok", "success", "Success", "succeeded", "isSuccess", "IsSuccess", "successful", "status_ok"} {
		if v := n.get(k); v != nil && v.kind == 'f' && !refutes(n) {
			if explains(n) || len(n.keys) <= 2 {
				return says("the body says " + k + ": false")
			}
		}
	}
	if n.get("jsonrpc") != nil && n.get("error").filled() {
		return says("a JSON-RPC error")
	}
	if errs := n.get("errors"); errs != nil && errs.kind == '[' && len(errs.kids) > 0 && errorItems(errs) && onlyAbout(n, "errors") {
		return says("the body lists errors")
	}
	if e := n.get("error"); e.isObject() && e.filled() && e.first("message", "code", "type", "status", "reason", "error_msg", "description") != "" && onlyAbout(n, "error") {
		return says("the body holds an error")
	}
	if e := n.get("error"); e != nil && e.kind == 't' && explains(n) && onlyAbout(n, "error") {
		return says("the body says error: true")
	}
	if e := n.get("error"); e.isString() && sentence(e.text) && onlyAbout(n, "error") {
		return says("the body holds an error")
	}
	for _, k := range []string{"errcode", "errno", "err_code", "err_no"} { // with words beside it, 0 is none
		if v := n.get(k); v != nil && v.kind == '0' && v.text != "0" && n.first("errmsg", "err_msg", "error_msg", "errMsg", "message", "msg") != "" && onlyAbout(n, k) {
			return says("the body says " + k + ": " + v.text)
		}
	}
	for _, k := range []string{"errorMessage", "error_message"} {
		if n.get(k).filled() && (n.get("errorType") != nil || n.get("errorCode").filled() || n.get("error_code").filled()) && onlyAbout(n, k) {
			return says("the body holds an error")
		}
	}
	if s := n.get("status"); s != nil && s.isString() && isErrorWord(s.text) && n.get("id") == nil && (n.first("message", "msg", "code") != "" || n.get("error").filled()) && onlyAbout(n, "status") {
		return says("the body says status: " + s.text)
	}
	if s := n.first("statusCode", "status_code"); len(s) == 3 && (s[0] == '4' || s[0] == '5') && explains(n) && onlyAbout(n, "status") {
		return says("the body says status " + s)
	}
	if list, _ := mutationErrors(n); errorItems(list) {
		return false, "the mutation failed: " + errorWords(list.kids[0])
	}
	if r.resp.Status == 207 {
		return multiClean(n)
	}
	return true, ""
}

// refutes reports whether members next to success:false say that nothing failed.
func refutes(n *node) bool {
	for _, k := range []string{"data", "result", "results"} {
		if n.get(k).filled() && !n.get("error").filled() && !n.get("errors").filled() && !n.get("message").filled() {
			return true
		}
	}
	return false
}

// explains reports whether the object says what went wrong.
func explains(n *node) bool {
	for _, k := range []string{"error", "errors", "message", "msg", "code", "reason", "error_code", "errorCode", "error_message", "errorMessage", "detail", "details", "errmsg", "description", "exception", "error_description"} {
		if n.get(k).filled() {
			return true
		}
	}
	return false
}

// onlyAbout reports whether an object is an envelope of an error and not a resource that happens to have a
// member of that name: nothing else of it is filled but what envelopes have.
func onlyAbout(n *node, name string) bool {
	for i, k := range n.keys {
		if k == name || !n.kids[i].filled() {
			continue
		}
		switch fold(k) {
		case "error", "errors", "message", "msg", "code", "status", "statuscode", "reason", "errorcode", "errormessage", "errortype", "errordescription",
			"errmsg", "errcode", "errno", "detail", "details", "description", "title", "type", "success", "ok", "requestid", "traceid", "timestamp", "path", "method", "id", "jsonrpc", "instance",
			"extensions", "meta", "stacktrace", "trace", "exception", "needed", "provided", "warning", "responsemetadata", "messages", "hint", "help", "documentationurl", "erroruri", "httpstatus", "httpcode", "cause":
		case "data":
			// GraphQL: partial data beside errors is still a failure of a part.
			if name != "errors" {
				return false
			}
		case "transaction", "transactionid", "sessionid", "correlationid", "conversationid", "sender", "seq", "nonce":
			// what ties an answer to its request
		default:
			if v := n.kids[i]; v.isString() && isErrorWord(v.text) {
				continue // the kind of the message, which is an error
			}
			return false
		}
	}
	return true
}

// sentence reports whether a string is words about a failure and not a value such as "none" or "0".
func sentence(s string) bool {
	t := strings.ToLower(strings.TrimSpace(s))
	switch t {
	case "", "none", "null", "no", "false", "0", "ok", "no error", "success", "nil", "n/a", "-", "noerror", "no_error", "no errors":
		return false
	}
	return len(t) > 2
}

func isErrorWord(s string) bool {
	switch strings.ToLower(s) {
	case "error", "fail", "ko", "nok": // JSend and its like; "failed" is a state of jobs and orders
		return true
	}
	return false
}

// errorItems reports whether the elements of an errors array describe errors.
func errorItems(list *node) bool {
	for _, e := range list.list() {
		if e.isObject() && (e.first("message", "code", "detail", "title", "reason", "msg", "type", "description") != "" || e.get("extensions") != nil) || e.isString() && sentence(e.text) {
			return true
		}
	}
	return false
}

// errorWords returns what the error says, for the reason.
func errorWords(n *node) string {
	for _, k := range []string{"error.message", "errors.0.message", "message", "error", "msg", "error_description", "error_message", "errorMessage", "errors.0.detail", "errors.0.title", "errors.0", "detail", "reason", "description", "error.code", "code"} {
		if s := n.at(k).str(); s != "" {
			return s
		}
	}
	return "no further word"
}

// soapClean looks for a SOAP fault or an XML error document in a success.
func soapClean(d *doc) (bool, string) {
	if d.html || !strings.HasPrefix(strings.TrimSpace(d.text), "<") {
		return true, ""
	}
	head := d.text[:min(len(d.text), maxProse*4)]
	if strings.Contains(head, "Envelope") && (strings.Contains(head, ":Fault>") || strings.Contains(head, "<Fault>") || strings.Contains(head, ":Fault ")) {
		words := d.xmlText("faultstring")
		if words == "" {
			words = d.xmlText("Text")
		}
		return false, "a SOAP fault: " + words
	}
	return true, ""
}

// batchClean looks at an array: a JSON-RPC batch in which every call failed.
func batchClean(d *doc) (bool, string) {
	list := d.root.list()
	failed := 0
	for _, e := range list {
		if e.get("jsonrpc") != nil && e.get("error").filled() {
			failed++
		}
	}
	if failed > 0 && failed == len(list) {
		return false, "a JSON-RPC error: " + errorWords(list[0])
	}
	return true, ""
}

// multiClean looks into a 207 for failed parts (RFC 4918 §13 is XML; JSON APIs list status numbers).
func multiClean(n *node) (bool, string) {
	for _, list := range n.kids {
		for _, part := range list.list() {
			s := part.first("status", "statusCode", "code")
			if len(s) == 3 && (s[0] == '4' || s[0] == '5') {
				return false, "a part of the 207 failed with " + s + ": " + errorWords(part)
			}
		}
	}
	return true, ""
}

// softError adds what a success with an error in it tells.
func (r *reader) softError(why string) {
	r.add(diagnose.Evidence{Kind: "soft_error", Source: "body", Text: why, Cause: "soft_error_in_success", Ratio: code})
}

// evidenceUnread says that the server misses what was sent.
func evidenceUnread(id, contentType string, several bool) diagnose.Evidence {
	e := diagnose.Evidence{Kind: "pointer", Source: "body",
		Text:  "the server misses " + id + " although it is sent: it did not read the body as " + orNone(essence(contentType)),
		Cause: "content_type_mismatch", Element: "header:Content-Type", Ratio: challenge}
	if several {
		e.Ratio = likely // one may be a matter of taste; not all of them
	}
	return e
}
