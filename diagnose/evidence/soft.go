package evidence

import (
	"cmp"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/lazyre"
)

// An error inside a success: the status says that all is well, the body says that it is not. What counts is a word of
// failure, and a place where only an envelope has one: a resource may well have a field called error, a list may be about
// errors, and many APIs send "error": null, "errors": [] or "code": 0 with every success.

// softError adds what a success with an error in it tells.
func (r *reader) softError(why string) {
	r.add(diagnose.Evidence{Kind: "soft_error", Source: "body", Text: why, Cause: "soft_error_in_success", Ratio: code})
}

// clean2xx reports whether a 2xx carries no error, and when it does, which.
func (r *reader) clean2xx() (bool, string) {
	if r.resp == nil || r.resp.Status < 200 || r.resp.Status > 299 {
		return r.resp != nil && r.resp.Status < 400, ""
	}
	if why := r.rpcStatus(); why != "" {
		return false, why
	}
	d := r.doc
	switch sent := strings.TrimSpace(r.sentBody()); {
	case sent != "" && sent == strings.TrimSpace(d.text):
		return true, "" // what was sent, said back: its words are the person's own
	case r.asksForErrors():
		return true, ""
	case d.root == nil:
		return softText(d)
	case !d.whole && strings.HasPrefix(strings.TrimLeft(d.text[min(len(d.text), d.root.end):], " \t\r\n"), "{"):
		return true, "" // one of several documents, one on a line: it speaks for itself alone
	case !d.root.isObject():
		return softBatch(d, !r.x.Request.Safe())
	}
	n := d.root
	if why := r.softObject(n); why != "" {
		return false, why
	}
	if list, _ := mutationErrors(n); errorItems(list) {
		return false, "the mutation failed: " + errorWords(list.kids[0])
	}
	if r.resp.Status == 207 {
		return softParts(n)
	}
	return true, ""
}

// aboutErrors are words in the names of resources that are errors themselves: what they hold is not about this answer.
var aboutErrors = []string{"error", "fault", "exception", "failure", "incident", "problem", "log", "event", "code", "notification"}

// otherCodeRE are codes that are none of errors.
var otherCodeRE = lazyre.New(`(?:geo|bar|post|zip|qr|en|de|trans|country|currency|area|promo|coupon|source)[_-]?cod(?:es?|ing)`)

// asksForErrors reports a request that reads a resource which is about errors, by the last two words of its path.
func (r *reader) asksForErrors() bool {
	if !r.x.Request.Safe() {
		return false
	}
	path, _, _ := strings.Cut(r.x.Request.URL, "?")
	_, path, _ = strings.Cut(path, "://")
	segs := strings.Split(strings.ToLower(strings.Trim(path, "/")), "/")
	for _, s := range segs[max(1, len(segs)-2):] {
		if slices.ContainsFunc(aboutErrors, func(w string) bool { return strings.Contains(s, w) && (w != "code" || !otherCodeRE.MatchString(s)) }) && !strings.Contains(s, "login") && !strings.Contains(s, "catalog") {
			return true
		}
	}
	return false
}

// rpcStatus reads the status of a gRPC call, which goes with 200 whatever comes of it (gRPC over HTTP/2, "Responses").
func (r *reader) rpcStatus() string {
	for _, fields := range [][]request.Field{r.resp.Trailer, r.resp.Header} {
		if s := request.Get(fields, "Grpc-Status"); s != "" && s != "0" {
			return "gRPC status " + s + ": " + orNothing(request.Get(fields, "Grpc-Message"))
		}
	}
	return ""
}

// softObject says what in an object speaks of failure; "" when nothing does.
func (r *reader) softObject(n *node) string {
	for _, sign := range softSigns {
		if what := sign(n); what != "" {
			return what + ": " + errorWords(n)
		}
	}
	if len(n.keys) == 1 && slices.Contains([]string{"response", "result", "reply", "output"}, fold(n.keys[0])) && n.kids[0].isObject() {
		return r.softObject(n.kids[0])
	}
	if all := n.get("results").list(); len(n.keys) == 1 && len(all) > 0 { // InfluxDB 1 and rqlite answer each statement for itself
		for _, one := range all {
			if one.get("statement_id") == nil && (len(one.keys) != 1 || r.x.Request.Safe()) || !sentence(one.get("error").str()) {
				return ""
			}
		}
		return "no statement of all was carried out: " + errorWords(all[0])
	}
	return ""
}

// softSigns each look for one shape of error envelope and say what they found; "" is none.
var softSigns = []func(*node) string{saysNo, rpcFault, listsErrors, holdsError, namesError, codeBesideWords, statusOfError, jsend}

// saysNo reads success: false and its like. A zero may be a count, and a text is seldom meant so: they need words beside.
func saysNo(n *node) string {
	for i, key := range n.keys {
		v := n.kids[i]
		switch fold(key) {
		case "ok", "success", "succeeded", "issuccess", "successful", "statusok":
		case "response":
			if !v.isString() {
				continue
			}
		default:
			continue
		}
		what := "the body says " + key + ": " + v.text
		switch {
		case v.kind == 'f' && !refutes(n) && (explains(n) || len(n.keys) <= 2):
			return "the body says " + key + ": false"
		case v.kind == '0' && v.text == "0" && (explains(n) || len(n.keys) == 1) && onlyAbout(n, key):
			return what
		case v.isString() && (strings.EqualFold(v.text, "false") || strings.EqualFold(v.text, "no") || v.text == "0") && explains(n) && onlyAbout(n, key):
			return what
		}
	}
	return ""
}

func rpcFault(n *node) string {
	if n.get("jsonrpc") != nil && n.get("error").filled() {
		return "a JSON-RPC error"
	}
	return ""
}

// listsErrors reads errors as a list, or by the name of what they are about.
func listsErrors(n *node) string {
	for _, key := range []string{"errors", "Errors"} {
		errs := n.get(key)
		if !onlyAbout(n, key) || !errs.filled() {
			continue
		}
		if errs.kind == '[' && errorItems(errs) || errs.isObject() && !slices.ContainsFunc(errs.kids, func(k *node) bool { return !(k.isString() && sentence(k.text)) && !errorItems(k) }) {
			return "the body lists errors"
		}
	}
	return ""
}

// holdsError reads error and fault as an object, a text or true.
func holdsError(n *node) string {
	for _, key := range []string{"error", "Error", "fault", "Fault"} {
		e := n.get(key)
		switch {
		case e == nil || !onlyAbout(n, key):
		case e.kind == '[' && len(e.kids) > 0 && !slices.ContainsFunc(e.kids, func(k *node) bool { return !k.isString() || !ofFailure(k.text) }),
			e.isObject() && e.filled() && e.first("message", "code", "type", "status", "reason", "error_msg", "description", "Message", "Code", "faultstring") != "",
			e.isString() && sentence(e.text):
			return "the body holds an error"
		case e.kind == 't' && explains(n):
			return "the body says error: true"
		}
	}
	return ""
}

// namesError reads members whose names say it all: an errorMessage beside an errorType or errorCode.
func namesError(n *node) string {
	for _, key := range []string{"errorMessage", "error_message"} {
		if s := n.get("status"); n.get(key).filled() && s.isString() && ofFailure(spaced(s.text)) && onlyAbout(n, key) {
			return "the body says status: " + s.text // Google's older services
		}
		if n.get(key).filled() && (n.get("errorType") != nil || n.get("errorCode").filled() || n.get("error_code").filled()) && onlyAbout(n, key) {
			return "the body holds an error"
		}
	}
	return ""
}

// statusOfError reads the status in the words of an envelope, or as an HTTP status.
func statusOfError(n *node) string {
	if s := n.get("status"); s != nil && s.isString() && isErrorWord(s.text) && n.get("id") == nil && (n.first("message", "msg", "code") != "" || n.get("error").filled()) && onlyAbout(n, "status") {
		return "the body says status: " + s.text
	}
	if s := n.first("statusCode", "status_code"); len(s) == 3 && (s[0] == '4' || s[0] == '5') && explains(n) && onlyAbout(n, "status") {
		return "the body says status " + s
	}
	return ""
}

// jsend reads the fail of JSend, whose data say what is wrong with what.
func jsend(n *node) string {
	if s := n.get("status"); s.isString() && strings.EqualFold(s.text, "fail") && n.get("data") != nil && onlyAbout(n, "data") {
		return "the body says status: " + s.text
	}
	return ""
}

// softBatch looks at an array: a batch in which every call failed. A list of results is read as one only where
// something was to be done: what is read may be a list of failures.
func softBatch(d *doc, act bool) (bool, string) {
	list := d.root.list()
	failed := 0
	for _, e := range list {
		if rpcFault(e) != "" || act && e.isObject() && (codeBesideWords(e) != "" || failedStatement(e) != "") {
			failed++
		}
	}
	if failed > 0 && failed == len(list) {
		what := cmp.Or(rpcFault(list[0]), codeBesideWords(list[0]), failedStatement(list[0]))
		return false, what + ": " + errorWords(list[0])
	}
	return true, ""
}

// failedStatement reads the result of a statement that was not carried out: a status of its own, and why in words.
func failedStatement(n *node) string {
	s := n.get("status").str()
	if !isErrorWord(s) && !strings.EqualFold(s, "err") || n.get("id") != nil || !sentence(n.first("result", "detail", "message", "error")) {
		return ""
	}
	return "the body says status: " + s
}

// softParts looks into a 207 for failed parts (RFC 4918 §13 is XML; JSON APIs list status numbers).
func softParts(n *node) (bool, string) {
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
