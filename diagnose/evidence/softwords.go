package evidence

import (
	"slices"
	"strconv"
	"strings"

	"culprit/request/lazyre"
)

// codeNames are members that hold the number of a result, wordNames those that hold its words, as fold writes them. The
// words of the second half are about errors by their name.
var (
	codeNames = strings.Fields("code result resultcode retcode returncode rc ret rtn errcode errno errorcode errorno status statuscode stat cod responsecode respcode rescode bizcode errornum")
	wordNames = strings.Fields("message msg text info desc description detail reason resultmessage resultmsg retmsg rtnmsg returnmsg statusmessage statustext statusmsg responsemessage respmsg resmsg" +
		" errmsg errormessage errormsg error errortext errordescription errinfo")
	errorNames = wordNames[slices.Index(wordNames, "errmsg"):]
)

// codeBesideWords is the general rule: the number of a result that is no success, beside words of failure, and nothing
// else. Where the number is one of errors by its name any words will do: with 0 there is none.
func codeBesideWords(n *node) string {
	words, failing := false, false
	for i, k := range n.keys {
		name := fold(k)
		if v := n.kids[i]; v.isString() && slices.Contains(wordNames, name) && sentence(v.text) {
			words, failing = true, failing || slices.Contains(errorNames, name) || ofFailure(v.text)
		}
	}
	for i, k := range n.keys {
		name, v := fold(k), n.kids[i]
		if !slices.Contains(codeNames, name) || !v.isString() && v.kind != '0' {
			continue
		}
		ofErrors := strings.HasPrefix(name, "err")
		if (failing && failureCode(v) || words && ofErrors && v.kind == '0' && v.text != "0") && onlyAbout(n, k) {
			return "the body says " + k + ": " + v.text
		}
	}
	return ""
}

// failureCode reports the code of a result that is no success: a number that is neither 0 nor the status of a success,
// or a word for an error.
func failureCode(v *node) bool {
	num, err := strconv.ParseFloat(v.text, 64)
	if err != nil {
		return !strings.Contains(v.text, " ") && (isErrorWord(v.text) || ofFailure(spaced(v.text)))
	}
	return num != 0 && (num < 100 || num >= 400)
}

// spaced parts the words of a code, so that they can be told apart: InvalidKey, NOT_FOUND.
func spaced(s string) string {
	var b strings.Builder
	for i, c := range s {
		if c == '_' || c == '-' || c == '.' {
			c = ' '
		}
		if i > 0 && c >= 'A' && c <= 'Z' && s[i-1] >= 'a' && s[i-1] <= 'z' {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

var (
	failureRE = lazyre.New(`(?i)\b(errors?|fail(s|ed|ure|ing)?|invalid|illegal|unknown|missing|denied|unauthori[sz]ed|forbidden|refused|rejected|expired|revoked|unsupported|unable|malformed|wrong|incorrect|exceed(s|ed)?|unavailable|` +
		`required|exception|timed ?out|timeout|cannot|can't|could not|couldn't|does not|doesn't|do not|did not|must|no such|bad|already|conflict(s|ing)?|too (many|long|large|short|big|small|old)|` +
		`not (found|allowed|supported|permitted|valid|exist|exists|available|authori[sz]ed|authenticated|enabled|recogni[sz]ed|enough|implemented|match|matching)|insufficient|undefined|unrecogni[sz]ed|` +
		`fehler|ungültig|fehlgeschlagen|nicht|erreur|invalide|échec|inválido|inválida|fallo)\b|失败|错误|无效|不存在|非法|过期|拒绝|不能|不正确|エラー|失敗|無効|ошибка`)
	noFailureRE = lazyre.New(`(?i)\b(no|0|zero|without( any)?) (errors?|failures?|conflicts?)\b`)
)

// ofFailure reports words that speak of a failure.
func ofFailure(s string) bool {
	s = s[:min(len(s), maxProse)]
	return failureRE.MatchString(noFailureRE.ReplaceAllString(s, ""))
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
	for _, k := range []string{"error", "errors", "message", "msg", "code", "reason", "error_code", "errorCode", "error_message", "errorMessage", "detail", "details", "errmsg", "description", "exception", "error_description", "Error", "Message"} {
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
		switch f := fold(k); f {
		case "request", "errorvalue": // what was asked, beside what came of it
			if name != "error" && name != "errors" {
				return false
			}
		case "errors", "errortype", "details", "title", "type", "success", "ok", "requestid", "traceid", "timestamp", "path", "method", "id", "jsonrpc", "instance",
			"extensions", "meta", "stacktrace", "trace", "exception", "needed", "provided", "warning", "responsemetadata", "messages", "hint", "help", "documentationurl", "erroruri", "httpstatus", "httpcode", "cause":
		case "data":
			// GraphQL: partial data beside errors is still a failure of a part.
			if name != "errors" {
				return false
			}
		case "transaction", "transactionid", "sessionid", "correlationid", "conversationid", "sender", "seq", "nonce":
			// what ties an answer to its request
		default:
			v := n.kids[i]
			switch {
			case slices.Contains(wordNames, f), slices.Contains(codeNames, f) && !v.isObject() && v.kind != '[':
			case v.isString() && isErrorWord(v.text): // the kind of the message, which is an error
			default:
				return false
			}
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
	for _, k := range []string{"error.message", "errors.0.message", "message", "error", "msg", "error_description", "error_message", "errorMessage", "errmsg", "text", "errors.0.detail", "errors.0.title", "errors.0", "detail", "reason", "description",
		"Error", "Error.Message", "fault.faultstring", "error.code", "code"} {
		if s := n.at(k).str(); s != "" {
			return s
		}
	}
	return orNothing("")
}

// orNothing is words, or that there are none.
func orNothing(words string) string {
	if words == "" {
		return "no further word"
	}
	return words
}
