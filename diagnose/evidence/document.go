package evidence

import (
	"html"
	"slices"
	"strings"

	"culprit/request"
	"culprit/request/lazyre"
)

// A doc is the body of a response, taken apart once for everybody.
type doc struct {
	status int
	media  string // essence, lower case
	text   string // the first 256 KiB
	root   *node  // nil when it is no JSON
	whole  bool   // root is the whole body
	html   bool
	resp   *request.Response
}

func newDoc(resp *request.Response) *doc {
	d := &doc{resp: resp}
	if resp == nil {
		return d
	}
	d.status = resp.Status
	d.media = request.Essence(request.Get(resp.Header, "Content-Type"))
	d.text = withoutSchemas(string(resp.Body.Head(maxBody)))
	t := strings.TrimLeft(d.text, " \t\r\n\ufeff")
	switch {
	case t == "":
	case strings.HasPrefix(t, "{"), strings.HasPrefix(t, "["):
		d.root, d.whole = parseTree(t)
		if d.root != nil && len(d.root.kids) == 0 && !d.whole {
			d.root = nil
		}
	case strings.HasPrefix(t, `"`):
		d.root, d.whole = parseTree(t)
		if !d.whole {
			d.root = nil
		}
	case strings.HasPrefix(t, "<"):
		head := strings.ToLower(t[:min(len(t), 512)])
		d.html = strings.Contains(d.media, "html") || strings.Contains(head, "<html") || strings.HasPrefix(head, "<!doctype html")
	}
	return d
}

func isJSONMedia(m string) bool {
	return strings.HasSuffix(m, "json") // also application/problem+json, text/json
}

// prose returns the words of a body that is no JSON, tags taken out, at most 4 KiB.
func (d *doc) prose() string {
	if d.root != nil {
		return ""
	}
	t := d.text[:min(len(d.text), maxProse)]
	if strings.HasPrefix(strings.TrimSpace(t), "<") {
		t = html.UnescapeString(stripTags(t))
	}
	return strings.TrimSpace(strings.ToValidUTF8(t, ""))
}

// stripTags takes elements, styles, scripts and comments out of HTML or XML.
func stripTags(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		b.WriteByte(' ')
		s = s[i:]
		end := ">"
		for _, skip := range [][2]string{{"<style", "</style>"}, {"<script", "</script>"}, {"<!--", "-->"}} {
			if len(s) >= len(skip[0]) && strings.EqualFold(s[:len(skip[0])], skip[0]) {
				end = skip[1]
			}
		}
		j := strings.Index(s, end)
		if j < 0 {
			break
		}
		s = s[j+len(end):]
	}
	return b.String()
}

// xmlText returns what stands in the first element of that name, without a namespace prefix.
func (d *doc) xmlText(name string) string {
	t := d.text[:min(len(d.text), maxProse*4)]
	for _, open := range []string{"<" + name + ">", "<" + name + " ", ":" + name + ">", ":" + name + " "} {
		i := strings.Index(t, open)
		if i < 0 || i > 0 && open[0] == ':' && strings.HasPrefix(t[strings.LastIndexByte(t[:i], '<')+1:], "/") {
			continue
		}
		rest := t[i+len(open)-1:]
		_, rest, ok := strings.Cut(rest, ">")
		if !ok {
			return ""
		}
		body, _, ok := strings.Cut(rest, "<")
		if ok {
			return strings.TrimSpace(html.UnescapeString(body))
		}
	}
	return ""
}

// messages returns the sentences of a JSON body that speak of the failure as a whole, each with its place.
func (d *doc) messages() []said {
	if d.root == nil {
		if p := d.prose(); p != "" {
			return []said{{"body", p}}
		}
		return nil
	}
	if d.root.isString() {
		return []said{{"body", d.root.text[:min(len(d.root.text), maxProse)]}}
	}
	var all []said
	left := maxProse
	take := func(n *node, path string) {
		for i, t := range n.texts() {
			if i == 20 || left <= 0 {
				return
			}
			t = filled(t[:min(len(t), left)], d.root.get("parameters"))
			t = t[:min(len(t), left)]
			if !slices.ContainsFunc(all, func(s said) bool { return s.text == t }) {
				all = append(all, said{"body " + path, t})
				left -= len(t)
			}
		}
	}
	tops := []*node{d.root}
	prefix := []string{""}
	if d.root.kind == '[' {
		take(d.root, "[]")
		for i, n := range d.root.kids[:min(len(d.root.kids), 10)] {
			if n.kind == '[' {
				take(n, "["+itoa(i)+"]")
			}
		}
		tops, prefix = nil, nil
		for i, n := range d.root.kids[:min(len(d.root.kids), 10)] {
			tops, prefix = append(tops, n), append(prefix, "["+itoa(i)+"].")
		}
	}
	for i, top := range tops {
		for _, p := range messageKeys {
			take(top.at(p), prefix[i]+p)
		}
		take(top.get("odata.error").at("message.value"), prefix[i]+"odata.error.message.value") // OData 3
	}
	if d.root.isObject() {
		for k, kid := range d.root.kids[:min(len(d.root.kids), maxIssues)] {
			if kid.translations() {
				at := max(slices.IndexFunc(kid.keys, func(tag string) bool { // the rules read English best
					return strings.EqualFold(tag, "en") || strings.HasPrefix(strings.ToLower(tag), "en-") || strings.HasPrefix(strings.ToLower(tag), "en_")
				}), 0)
				take(kid.kids[at], d.root.keys[k]+"."+kid.keys[at])
			}
		}
	}
	if len(all) == 0 { // a sentence under a name of the house's own
		d.root.sentences("", 0, take)
	}
	return all
}

// sentences takes the texts of several words in a document, whatever they are called; deeper than three members nobody puts
// what is said of the whole.
func (n *node) sentences(path string, depth int, take func(*node, string)) {
	if !n.isObject() || depth > 2 {
		return
	}
	for k, kid := range n.kids[:min(len(n.kids), maxIssues)] {
		if strings.Contains(strings.TrimSpace(kid.str()), " ") {
			take(kid, path+n.keys[k])
		}
		kid.sentences(path+n.keys[k]+".", depth+1, take)
	}
}

// translations reports an object that has one sentence in several languages: its keys are tags of languages (RFC 5646).
func (n *node) translations() bool {
	if !n.isObject() || len(n.keys) == 0 {
		return false
	}
	known := false
	for i, k := range n.keys {
		if !languageRE.MatchString(k) || !strings.Contains(n.kids[i].str(), " ") {
			return false
		}
		known = known || len(k) > 2 || k == "en"
	}
	return known || len(n.keys) > 1 && !slices.ContainsFunc(n.keys, func(k string) bool { return !spokenOnWebs[k] })
}

// spokenOnWebs are the languages that most sites are in: km and to are languages, too, and the names of fields before that.
var spokenOnWebs = map[string]bool{"ar": true, "cs": true, "da": true, "de": true, "es": true, "fi": true, "fr": true, "it": true, "ja": true, "ko": true, "nl": true, "pl": true, "pt": true, "ru": true, "sv": true, "tr": true, "uk": true, "zh": true}

var languageRE = lazyre.New(`^[a-z]{2}(?:[-_][A-Z]{2}|[-_][A-Z][a-z]{3})?$`)

// filled puts the parameters of a message in the places that it has for them: "%fieldName is required" (Magento).
func filled(t string, parameters *node) string {
	if !parameters.isObject() || !strings.Contains(t, "%") {
		return t
	}
	var pairs []string
	for i, k := range parameters.keys[:min(len(parameters.keys), maxIssues)] {
		v := parameters.kids[i].str()
		pairs = append(pairs, "%"+k, v[:min(len(v), maxText)])
	}
	return strings.NewReplacer(pairs...).Replace(t) // in one pass: a value may hold the place of another
}

// A said is a sentence with its source.
type said struct{ source, text string }

// issue is a complaint in a sentence, with what the sentence says of the type and of the values that are taken.
func (s said) issue(cl class, ratio float64) issue {
	return issue{text: s.text, class: cl, source: s.source, ratio: ratio, expected: expectedType(s.text), allowed: allowedValues(s.text)}
}

// ofValue is the class of a complaint that is known to be about a value which is there.
func ofValue(cl class) class {
	switch cl {
	case missing, blank, unclear, syntax:
		return wrongValue
	}
	return cl
}

// messageKeys are where messages stand, the telling ones first.
var messageKeys = []string{
	"detail", "details", "message", "messages", "error.message", "error.detail", "error.details", "error.reason", "error.messages", "error_description", "error_summary", "error", "errors",
	"errorMessage", "error_message", "errorMessages", "error_msg", "errmsg", "msg", "title", "reason", "description", "faultstring", "fault.faultstring",
	"status.error", "problems", "explain", "messages.0.message", "error.0.message", "error_messages", "error.errors", "errorCauses.0.errorSummary", "response_metadata.messages", "errors.0.context", "errors.0.error", "details.errors.0.details", "Fault.Error.0.Detail", "Elements.0.ValidationErrors.0.Message", "hint", "cause", "exception", "information", "trace", "error.caused_by.reason", "error.root_cause.0.reason", "error.innererror.message", "error.cause", "error.msg",
	"errors.0.message", "_embedded.errors.0.message", "errors.0.detail", "errors.0.title", "errors.0.description", "errors.0.msg", "errors.0.reason", "errors.1.message", "errors.1.detail", "errors.2.message",
	"data.message", "data.error", "meta.message", "status.message", "response.message", "Message", "ExceptionMessage", "MessageDetail", "Error.Message", "error.errors.0.message", "result.message",
	"error.data", "error.data.message", "error.error_user_msg", "info", "text", "err", "Details", "Detail", "Reason", "Description", "results.0.status", "results.0.error", "results.0.message", "results.0.errors", "error.description", "err.message",
	"errors.detail", "errors.message", "errors.error", "errors.reason", "errors.base", "error.message.value", "error.title", "error.text", "errorDetail", "error_detail", "errorDetails", "error_details", "developerMessage", "developer_message", "userMessage", "user_message",
	"exception.message", "fault.message", "response.error", "response.error.message", "data.detail", "data.msg", "meta.error", "status.description", "result.error", "result.error.message", "issue.0.diagnostics", "issue.0.details.text", "debug",
}

// withoutStack takes out where in the server's own program an error arose, as V8 writes it, where its message stands beside:
// the functions there may be called like something of the request.
func (n *node) withoutStack() {
	if n.get("message") == nil {
		return
	}
	if at := slices.Index(n.keys, "stack"); at >= 0 && strings.Contains(n.kids[at].str(), "\n    at ") {
		n.keys, n.kids = slices.Delete(n.keys, at, at+1), slices.Delete(n.kids, at, at+1)
	}
}
