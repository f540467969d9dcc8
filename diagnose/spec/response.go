package spec

import (
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/secret"
)

// maxAnswer is how much of an answer is checked against its schema, in bytes; a longer one is not.
const maxAnswer = 8 << 20

// Response implements diagnose.Knowledge: it checks the last answer of an exchange. The elements of a request
// do not name parts of an answer, so Source does: "response body /items/0/price". It may read a spool file.
func (s *Spec) Response(x *request.Exchange) []diagnose.Evidence {
	hop := x.Last()
	if hop == nil || hop.Response == nil {
		return nil
	}
	asked := x.Request
	if len(x.Hops) > 1 {
		asked = request.Request{Method: hop.Sent.Method, URL: hop.Sent.URL}
	}
	i := &inspection{spec: s, x: element.Of(asked), judge: &judge{}}
	var ok bool
	if i.op, ok = i.route(); !ok || !i.op.exact || i.op.op.Responses == nil {
		return nil
	}
	got := hop.Response
	want := documentedStatus(i.op.op.Responses, got.Status)
	if want == nil {
		return []diagnose.Evidence{answer("response status", "", hint, "the document has no answer "+strconv.Itoa(got.Status)+" for "+i.op.method+" "+i.op.path, sorted(i.op.op.Responses.Map()))}
	}
	if got.Status/100 != 2 || len(want.Content) == 0 {
		return nil
	}
	return i.success(got, want)
}

// documentedStatus finds a status, its class ("2XX") or the default.
func documentedStatus(r *openapi3.Responses, status int) *openapi3.Response {
	code := strconv.Itoa(status)
	for _, key := range []string{code, code[:1] + "XX", code[:1] + "xx", "default"} {
		if v := r.Value(key); v != nil && v.Value != nil {
			return v.Value
		}
	}
	return nil
}

func answer(source string, cause diagnose.CauseID, ratio float64, text string, allowed []string) diagnose.Evidence {
	return diagnose.Evidence{Kind: "spec", Source: source, Cause: cause, Ratio: ratio, Text: text, Allowed: allowed} // OpenAPI document
}

// success checks the body of a documented success.
func (i *inspection) success(got *request.Response, want *openapi3.Response) []diagnose.Evidence {
	method, _ := i.x.Get("method")
	if method.Text == "HEAD" || got.Status == 204 || got.Status == 205 || got.Body.Size() > maxAnswer {
		return nil
	}
	if got.Body.Size() == 0 {
		return []diagnose.Evidence{answer("response body", "unexpected_empty_response", likely, "the document has "+sorted(want.Content)[0]+" in this answer, and it is empty", nil)}
	}
	t := request.Get(got.Header, "Content-Type")
	media := content(want.Content, t)
	if media == nil {
		return []diagnose.Evidence{answer("response header Content-Type", "response_content_type_mismatch", certain, "the document has another media type than "+quoted(t)+" in this answer", sorted(want.Content))}
	}
	if !request.IsJSON(t) || media.Schema == nil {
		return nil
	}
	b, err := got.Body.Bytes()
	if err != nil {
		return nil
	}
	v, ok := decode(b)
	if !ok {
		return []diagnose.Evidence{answer("response body", "response_schema_mismatch", certain, "the answer is no JSON", nil)}
	}
	c := checker{judge: i.judge, response: true}
	c.value(media.Schema.Value, v, nil)
	var out []diagnose.Evidence
	for _, p := range c.out {
		if !p.certain() {
			continue
		}
		where := "response body"
		if len(p.at) > 0 {
			where += " " + pointer(p.at)
		}
		e := answer(where, "response_schema_mismatch", p.ratio, where+" is "+p.text+was(p), p.allowed)
		e.Expected, e.Missing = p.expected, p.fault == absent
		out = append(out, e)
	}
	return out
}

// was shows a short value that is no secret.
func was(p problem) string {
	if p.fault == absent || len(p.at) > 0 && secret.Sensitive(p.at[len(p.at)-1]) {
		return ""
	}
	switch v := p.value.(type) {
	case string:
		return ": " + quoted(shorten(v, 40))
	case bool:
		return ": " + strconv.FormatBool(v)
	case nil:
		return ""
	default:
		if n, ok := float(v); ok && p.fault != badValue {
			return ": " + plain(n)
		}
	}
	return ""
}
