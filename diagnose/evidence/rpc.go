package evidence

import (
	"slices"
	"strings"

	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// argumentRE counts the parameters of a remote procedure from 0; "argument 1 must be int" may count from 1.
var argumentRE = lazyre.New(`(?i)\b(?:(?:invalid|required) argument |(?:argument|param(?:eter)?)s?\[|(?:argument|param(?:eter)?)s? at (?:index |position )?)(\d{1,2})\b`)

// jsonRPC is part of family 30: error.code with the numbers of JSON-RPC 2.0 §5.1. What the envelope repeats of the request,
// its version and its id, is taken out of the document: it names nothing.
func (r *reader) jsonRPC(d *doc) []issue {
	e := d.root.get("error")
	if d.root.get("jsonrpc") == nil || !e.isObject() {
		return nil
	}
	for _, name := range []string{"jsonrpc", "id"} {
		if at := slices.Index(d.root.keys, name); at >= 0 {
			d.root.keys, d.root.kids = slices.Delete(d.root.keys, at, at+1), slices.Delete(d.root.kids, at, at+1)
		}
	}
	i := issue{text: e.get("message").str(), source: "body error.code", dialect: "JSON-RPC 2.0 §5.1"}
	if s := e.get("data").str(); s != "" {
		i.text += ": " + s
	}
	if token := r.tokenParam(); token >= 0 && authComplaint(i.text) {
		i.segs, i.absolute, i.class, i.cause = []string{"params", "0"}, true, wrongValue, "invalid_credentials"
		return []issue{i}
	}
	if m := argumentRE.FindStringSubmatch(i.text); m != nil { // go-ethereum, aria2; what has names is not counted
		a := r.argument(i, m[1])
		if e.get("code").str() == "-32602" || len(r.ix.exact([]string{"params", "0"}, inBody)) > 0 {
			return []issue{a}
		}
	}
	switch e.get("code").str() {
	case "-32700":
		if _, err := jsontext.Parse([]byte(r.sentBody())); err == nil {
			return nil // it could be read, and something in it could not
		}
		i.class = syntax
	case "-32600":
		i.place, i.class = inBody, wrongValue
	case "-32601":
		i.segs, i.class, i.absolute = []string{"method"}, wrongValue, true
	case "-32602":
		i.segs, i.class, i.absolute = []string{"params"}, wrongValue, true
		if found := items(e.get("data"), "body error.data"); len(found) > 0 {
			return found
		}
		if one, ok := itemIssue(e.get("data"), "body error.data"); ok {
			one.text += i.text
			return []issue{one}
		}
		if d.root.at("error.data").isString() {
			i.ratio = challenge // something in them, and the data say what
		}
	default:
		return nil
	}
	return []issue{i}
}

// tokenParam is the entry of a token that goes before all parameters and is not counted with them (aria2, "RPC authorization
// secret token"); -1 for none.
func (r *reader) tokenParam() int {
	first := r.ix.exact([]string{"params", "0"}, inBody)
	if len(first) == 1 && strings.HasPrefix(r.ix.entries[first[0]].value(), "token:") {
		return first[0]
	}
	return -1
}

// argument is the complaint about the parameter of that number.
func (r *reader) argument(i issue, number string) issue {
	n, _ := atoi(number)
	if r.tokenParam() >= 0 {
		n++
	}
	i.segs, i.absolute, i.expected = []string{"params", itoa(n)}, true, expectedType(i.text)
	return i
}
