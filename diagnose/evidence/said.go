package evidence

import (
	"net/http"
	"strings"

	"culprit/request"
)

// Said returns what a failing answer says of its failure in its own words: the most telling sentence of its body, on one
// line of at most 200 characters, without the secrets of the request; "" when it says no more than its status does. It is
// untrusted, reads at most 256 KiB and never blocks.
func Said(x *request.Exchange) string {
	resp := x.Response()
	if resp == nil {
		return ""
	}
	r := newReader(x, nil)
	for _, m := range r.sayings() {
		if m = r.clean(m); strings.Contains(m, " ") && !statusAgain(m, resp) {
			return m
		}
	}
	return ""
}

// sayings are the sentences of a body, the telling ones first: what it says of a place, then of the whole; of a page its
// headline and title alone.
func (r *reader) sayings() []string {
	if r.doc.html {
		return []string{r.doc.xmlText("h1"), r.doc.xmlText("title")}
	}
	var out []string
	for _, i := range r.doc.issues() {
		if len(i.segs) > 0 {
			out = append(out, i.sentence())
		}
	}
	for _, m := range r.doc.messages() {
		out = append(out, m.text)
	}
	return out
}

// statusAgain reports a sentence that says the status of its answer and nothing else: "502 Bad Gateway".
func statusAgain(m string, resp *request.Response) bool {
	bare := func(s string) string {
		return strings.ToLower(strings.Trim(strings.TrimPrefix(strings.Trim(s, " .:!-"), itoa(resp.Status)), " .:!-"))
	}
	m = bare(m)
	return m == "" || m == bare(resp.Reason) || m == bare(http.StatusText(resp.Status))
}

// sentence is what an issue says, with the place that it speaks of where its words do not name it.
func (i *issue) sentence() string {
	if i.text == "" || strings.Contains(strings.ToLower(i.text), strings.ToLower(i.segs[len(i.segs)-1])) {
		return i.text
	}
	return strings.Join(i.segs, ".") + ": " + i.text
}
