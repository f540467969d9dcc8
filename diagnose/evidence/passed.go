package evidence

import (
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
		want = request.Essence(want)
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

// evidenceUnread says that the server misses what was sent.
func evidenceUnread(id, contentType string, several bool) diagnose.Evidence {
	e := diagnose.Evidence{Kind: "pointer", Source: "body",
		Text:  "the server misses " + id + " although it is sent: it did not read the body as " + orNone(request.Essence(contentType)),
		Cause: "content_type_mismatch", Element: "header:Content-Type", Ratio: challenge}
	if several {
		e.Ratio = likely // one may be a matter of taste; not all of them
	}
	return e
}
