package evidence

import (
	"net/http"
	"strconv"
	"strings"

	"culprit/request/lazyre"
)

// oaiError is the error that an answer of OAI-PMH holds, which is a success for HTTP (OAI-PMH 2.0 §3.6).
var oaiError = lazyre.New(`<error code=["']([a-zA-Z]{3,40})["']>([^<]{0,200})</error>`)

// softText looks for an error in a success that is no JSON: a SOAP fault, an XML document that is an error, the error page
// of a server.
func softText(d *doc) (bool, string) {
	if !strings.HasPrefix(strings.TrimSpace(d.text), "<") {
		return true, ""
	}
	if d.html {
		return softPage(d)
	}
	head := d.text[:min(len(d.text), maxProse*4)]
	if strings.Contains(head, "Envelope") && (strings.Contains(head, ":Fault>") || strings.Contains(head, "<Fault>") || strings.Contains(head, ":Fault ")) {
		words := d.xmlText("faultstring")
		if words == "" {
			words = d.xmlText("Text")
		}
		return false, "a SOAP fault: " + words
	}
	if m := oaiError.FindStringSubmatch(head); m != nil {
		return false, "the body says " + m[1] + ": " + orNothing(m[2])
	}
	root, rest := rootTag(head)
	words := short(strings.Join(strings.Fields(stripTags(rest)), " "))
	switch name := fold(root[strings.LastIndexByte(root, ':')+1:]); name {
	case "error", "errorresponse", "fault", "exception", "exceptionreport", "serviceexception", "serviceexceptionreport", "problem": // S3, OGC, RFC 9457 §B
		if words != "" || strings.Contains(rest, "=") {
			return false, "the body is an XML " + root + ": " + orNothing(words)
		}
	case "methodresponse":
		if strings.HasPrefix(strings.TrimSpace(rest), "<fault") {
			return false, "an XML-RPC fault: " + orNothing(words)
		}
	case "rsp", "response", "result", "reply":
		open := head[:len(head)-len(rest)]
		if strings.Contains(open, `"fail"`) || strings.Contains(open, `'fail'`) || strings.Contains(open, `status="error"`) || strings.Contains(open, `stat="error"`) {
			return false, "the body says that it failed: " + orNothing(words)
		}
	}
	return true, ""
}

// rootTag is the name of the first element of an XML document, and what follows its start tag.
func rootTag(s string) (name, rest string) {
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 >= len(s) {
			return "", ""
		}
		s = s[i+1:]
		tag, after, ok := strings.Cut(s, ">")
		switch {
		case !ok:
			return "", ""
		case tag[:min(1, len(tag))] == "?" || tag[:min(1, len(tag))] == "!":
			s = after
			continue
		}
		name, _, _ = strings.Cut(strings.TrimSuffix(strings.Join(strings.Fields(tag), " "), "/"), " ")
		return name, after
	}
}

// softPage looks for the error page of a server that goes out as a success: its title is the phrase of a status, or a
// status with it (RFC 9110 §15). A page about errors has more to say in its title.
func softPage(d *doc) (bool, string) {
	title := strings.Join(strings.Fields(d.xmlText("title")), " ")
	for status := 400; status <= 599; status++ {
		phrase := http.StatusText(status)
		if phrase == "" {
			continue
		}
		num := strconv.Itoa(status)
		for _, t := range []string{phrase, num + " " + phrase, num + " - " + phrase, num + ": " + phrase, "Error " + num, "HTTP " + num, "Error " + num + " " + phrase, "HTTP Status " + num + " – " + phrase} {
			if strings.EqualFold(title, t) || strings.EqualFold(strings.TrimPrefix(title, "Error: "), t) {
				return false, "an error page: " + title
			}
		}
	}
	return true, ""
}
