package inquiry

import (
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// What an answer to a mended request tells of whether the fault is gone and another one stands behind it, beyond the stages of
// the statuses and what is named.

// ofData reports a refusal of what a request carries, by which a server has come as far as to read it.
func ofData(status int) bool { return status == 400 || status == 409 || status == 415 || status == 422 }

// onlyEchoes reports that x says what was said before, with the value that was put in where the other one stood, of a fixed word:
// the server knows neither. An answer that repeats a part of the request as it was sent only shows it.
func (f *failure) onlyEchoes(x *request.Exchange, edits []diagnose.Edit) bool {
	before := f.oracle.exchange.Response()
	if len(edits) != 1 || edits[0].Op != diagnose.Set || x.Status() != f.oracle.exchange.Status() || before == nil {
		return false
	}
	e, ok := f.scene.index.Get(edits[0].Element)
	was, now := element.Plain(e.Value), element.Plain(edits[0].To)
	if !ok || was == "" || f.repeatsPart(e) {
		return false
	}
	old, text := string(before.Body.Head(headRead)), string(x.Response().Body.Head(headRead))
	plain := strings.ReplaceAll(old, was, now)
	quoted := strings.ReplaceAll(old, strconv.Quote(was), now)
	return old != text && (plain == text || quoted == text)
}

// repeatsPart reports that the answer has an element with its name and value side by side, as they were sent.
func (f *failure) repeatsPart(e diagnose.Element) bool {
	text := string(f.oracle.exchange.Response().Body.Head(headRead))
	name := strconv.Quote(e.ID.Last())
	for _, between := range []string{":", ": "} {
		if strings.Contains(text, name+between+e.Text) {
			return true
		}
	}
	return false
}

// conditionHolds reports that a write with the tag of now is refused for its data: conditions are looked at just before it is
// carried out (RFC 9110 §13.2.1), and this one holds.
func (f *failure) conditionHolds(x *request.Exchange, edits []diagnose.Edit) bool {
	s := f.oracle.exchange.Status()
	return (s == 412 || s == 428) && len(edits) == 1 && edits[0].Element == "header:If-Match" && edits[0].Op != diagnose.Remove && edits[0].Source == "server" && ofData(x.Status())
}

// nothingMissed reports that what the answer missed for certain was put in, and that x refuses the data for something else.
// The caller has seen that x does not speak of what was put in.
func (f *failure) nothingMissed(x *request.Exchange, edits []diagnose.Edit) bool {
	a := f.accused()
	if len(a) == 0 || !a[0].Missing || a[0].Ratio < certainty || !ofData(x.Status()) {
		return false
	}
	for _, e := range edits {
		if e.Op != diagnose.Add {
			return false
		}
	}
	return edits[0].Element == a[0].Element
}

// ownType reports that e takes away the type that was given to a multipart body: the client gives it the one with the boundary
// in its place (RFC 7578 §4.1).
func (f *failure) ownType(e diagnose.Edit) bool {
	return e.Element == "header:Content-Type" && f.base.Body.Kind == request.MultipartBody
}
