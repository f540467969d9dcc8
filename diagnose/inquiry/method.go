package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/ladder"
	"culprit/diagnose/safety"
	"culprit/request"
	"culprit/request/lazyre"
)

// What a refusal of the method tells, and a path that is answered as if it were not there because of its method: many
// frameworks match the two together and know no 405 (Express, Fastify, Rails, Sinatra), where RFC 9110 §15.5.6 asks for it.

// wrongMethod reads Allow. Another method does something else: it is tried only where it is safe, and
// otherwise proposed.
func (d *detective) wrongMethod() progress {
	d.notes.begin(diagnose.Endpoints)
	if p, over := d.inTurn(d.baselineFirst); over {
		return p
	}
	var propose []diagnose.Edit
	for _, e := range d.scene.repairs {
		if e.Element != "method" {
			continue
		}
		to, _ := e.To.(string)
		if !(request.Request{Method: to}).Safe() {
			propose = append(propose, e)
			continue
		}
		switch x, out, n := d.vary([]diagnose.Edit{e}, diagnose.Repair, e.Why); {
		case out == diagnose.Pass:
			d.prove([]diagnose.Edit{e}, x, n, nil)
			return solved
		case out == diagnose.Other && d.meantToRead() && refusesMore(x.Status()):
			d.peel([]diagnose.Edit{e}, x, n)
			return deeper
		}
	}
	d.explain("method_not_allowed", "method", "the server does not take "+d.base.Method+" here", namingAlready)
	if !request.Has(d.oracle.exchange.Response().Header, "Allow") && !slices.ContainsFunc(propose, func(e diagnose.Edit) bool { return e.Source == "server" }) {
		var told []diagnose.Edit // goes before what is usual
		for _, m := range d.options() {
			if m != d.base.Method && m != "OPTIONS" && m != "HEAD" {
				told = append(told, diagnose.Edit{Element: "method", Op: diagnose.Set, To: m, Source: "server", Cause: "method_not_allowed", Why: "the server names it in Allow"})
			}
		}
		propose = append(told, propose...)
	}
	if len(propose) > 0 {
		d.result.fix = append(slices.Clone(d.peeled), propose[0])
	}
	return nothing
}

// meantToRead reports a request that may be a read with the wrong method. Of what has a body, deletes, puts something
// somewhere or is called after something to do another method is another operation.
func (f *failure) meantToRead() bool {
	u := element.SplitURL(f.base.URL)
	return bodiless(f.base) && (f.base.Safe() || f.base.Method == "POST" && !safety.Overridden(f.base) && !safety.Acts(u.Path, u.Query))
}

// refusesMore reports a refusal that comes after the method was taken: of credentials, of what is asked for, of data.
func refusesMore(status int) bool {
	switch status {
	case 400, 401, 402, 403, 406, 409, 412, 415, 422, 428:
		return true
	}
	return false
}

// otherMethod concludes that a route answers as if it did not exist because of the method: frameworks that match the
// method with the path do (Rails, Stripe), where RFC 9110 §15.5.6 asks for 405.
func (d *detective) otherMethod() progress {
	text := "the path can be read; " + d.base.Method + " is answered as if it did not exist"
	d.notes.finding(diagnose.Endpoints, text)
	d.explain("method_not_allowed", "method", text, certainty+1)
	return nothing
}

// servedOtherwise asks whether a path that a reading request gets a 404 for is served for another method. Nothing is sent
// there in another method but OPTIONS, unless the person says yes to it. It reports whether it came to a conclusion.
func (d *detective) servedOtherwise() bool {
	_, last := d.last()
	if !d.base.Safe() || shapeOf(last) != "word" {
		return false // an identifier that is not known is likelier
	}
	if m := d.savedMethod(); m != "" {
		d.otherwise(m, "another saved request goes to this path with "+m, diagnose.Suspected)
		return true
	}
	options := allow(d.optionsOf(d.base.URL), "Allow", "Access-Control-Allow-Methods")
	if d.servedForOthers(options) {
		return true
	}
	if !d.soundsLikeWork() {
		return d.servedHere(options) // nothing speaks for a method that acts
	}
	if d.takes("POST") {
		d.otherwise("POST", "a POST whose body was kept back is let in here, and refused on a path that cannot exist", diagnose.Named)
		return true
	}
	if !d.askedForPOST() {
		d.hint("the path sounds like something to do: it may be served for POST alone, which was not tried")
	}
	return false
}

// anotherAllowed asks by OPTIONS, and concludes where it is answered with other methods for this path alone.
func (d *detective) anotherAllowed() bool {
	return d.servedForOthers(allow(d.optionsOf(d.base.URL), "Allow", "Access-Control-Allow-Methods"))
}

// askedForPOST reports that the path was seen to be refused for POST, too.
func (a *asker) askedForPOST() bool {
	return slices.ContainsFunc(a.ladder.Records, func(r diagnose.ProbeRecord) bool {
		return r.Outcome != diagnose.Refused && r.Question != nil && r.Question.Request != nil && r.Question.Request.Method == "POST" && r.Question.Request.URL == a.base.URL
	})
}

// works matches the last words of paths that do something for the one who asks, though they change nothing: most take a
// body, and so a POST.
var works = lazyre.New(`(?i)^(calculate|compute|convert|preview|validate|verify|check|quote|query|graphql|tokens?|rpc|batch|bulk|evaluate|estimate|render|generate|analy[sz]e|predict|translate|completions?|embeddings?|introspect)$`)

// soundsLikeWork reports a reading request whose path ends with a word for something to do, or that has a body.
func (f *failure) soundsLikeWork() bool {
	_, last := f.last()
	return f.base.Safe() && (safety.Acts(last, "") || works.MatchString(last) || !bodiless(f.base))
}

// otherwise concludes that the path is there for another method.
func (d *detective) otherwise(method, text string, s diagnose.Standing) {
	d.notes.finding(diagnose.Endpoints, text)
	d.explain("method_not_allowed", "method", text, certainty+1)
	for i := range d.result.culprits {
		d.result.culprits[i].Standing = s
	}
	fix := diagnose.Edit{Element: "method", Op: diagnose.Set, To: method, Source: "server", Cause: "method_not_allowed", Widens: true, Why: text}
	d.result.fix = append(slices.Clone(d.peeled), fix)
}

// savedMethod is the method with which the collection has a request to the same path; "" when it has none, or one with
// the same method, too.
func (f *failure) savedMethod() string {
	here := element.SplitURL(f.base.URL)
	found := ""
	for _, s := range f.Siblings {
		u := element.SplitURL(s.URL)
		if !strings.EqualFold(u.Host, here.Host) || u.Port != here.Port || strings.TrimRight(u.Path, "/") != strings.TrimRight(here.Path, "/") {
			continue
		}
		if s.Safe() {
			return ""
		}
		found = s.Method
	}
	return found
}

// An allowance is the methods that OPTIONS names for the path of the request, and the field that does.
type allowance struct {
	methods []string
	by      string
}

// has reports that a method is one of them.
func (n allowance) has(method string) bool {
	return slices.Contains(n.methods, method) || method == "HEAD" && slices.Contains(n.methods, "GET")
}

// silentOf reports that the list says nothing of a method: CORS always allows GET, HEAD and POST (Fetch, CORS-safelisted
// method), and a list without any of them leaves them out.
func (n allowance) silentOf(method string) bool {
	safelisted := func(m string) bool { return m == "GET" || m == "HEAD" || m == "POST" }
	return n.by != "Allow" && safelisted(method) && !slices.ContainsFunc(n.methods, safelisted)
}

// onlyHere reports that a path that cannot exist is told something else: many servers name all methods for everything.
func (a *asker) onlyHere(n allowance) bool {
	control := a.optionsOf(nowhere(a.base.URL))
	return control != nil && !slices.Equal(allow(control, n.by).methods, n.methods)
}

// servedForOthers concludes that OPTIONS names methods for this path, and not that of the request.
func (d *detective) servedForOthers(n allowance) bool {
	others := slices.DeleteFunc(slices.Clone(n.methods), func(m string) bool { return m == "OPTIONS" || m == "HEAD" })
	if len(others) == 0 || n.has(d.base.Method) || n.silentOf(d.base.Method) || !d.onlyHere(n) {
		return false
	}
	d.otherwise(others[0], "the server names "+strings.Join(others, ", ")+" in "+n.by+" for this path, and not "+d.base.Method, diagnose.Named)
	return true
}

// servedHere reports that OPTIONS names the method of the request for this path: then it is something that the request names
// or holds which is answered as if the path did not exist, and the search goes on there.
func (d *detective) servedHere(n allowance) bool {
	if !n.has(d.base.Method) || !d.onlyHere(n) {
		return false
	}
	d.routed = true
	d.scene.evidence = slices.DeleteFunc(d.scene.evidence, func(e diagnose.Evidence) bool { return e.Cause == "wrong_path" })
	d.notes.finding(diagnose.Endpoints, "the server names "+d.base.Method+" in "+n.by+" for this path, and not for one that cannot exist: the path is there")
	return true
}

// optionsTell reports that OPTIONS tells whether the path is served by the method of the request: it is not, or it is.
func (d *detective) optionsTell() bool {
	options := allow(d.optionsOf(d.base.URL), "Allow", "Access-Control-Allow-Methods")
	return d.servedForOthers(options) || d.servedHere(options)
}

// fewVaried is how many variations have to be answered alike before it is asked whether the method is served at all.
const fewVaried = 3

// notServed asks OPTIONS for the method of a write that is refused without a word, in the same way whatever was varied.
func (d *detective) notServed() progress {
	varied, looked := 0, false
	for _, r := range d.ladder.Records {
		if r.Kind == diagnose.Repair || r.Kind == diagnose.Control {
			varied, looked = varied+1, looked || r.Outcome == diagnose.Other
		}
	}
	if s := d.oracle.exchange.Status(); varied >= fewVaried && !looked && !d.base.Safe() && len(d.drifted) == 0 && len(d.accused()) == 0 && (s == 400 || s == 422 || s == 500) {
		d.servedForOthers(allow(d.optionsOf(d.base.URL), "Allow"))
	}
	return nothing
}

// allow are the methods that an answer names, and which of these fields does: Allow is that of RFC 9110 §10.2.1,
// Access-Control-Allow-Methods that of the Fetch standard.
func allow(x *request.Exchange, fields ...string) allowance {
	if x == nil || x.Response() == nil {
		return allowance{}
	}
	for _, by := range fields {
		if methods := methodsIn(x.Response().Header, by); len(methods) > 0 {
			return allowance{methods, by}
		}
	}
	return allowance{}
}

// options is K5: what does the server take here? It returns the methods of Allow.
func (a *asker) options() []string {
	x := a.optionsOf(a.base.URL)
	if x == nil || x.Response() == nil {
		return nil
	}
	return methodsIn(x.Response().Header, "Allow")
}

// methodsIn are the methods that a field names.
func methodsIn(header []request.Field, name string) (methods []string) {
	for m := range strings.SplitSeq(request.Get(header, name), ",") {
		if m = strings.TrimSpace(m); m != "" && m != "*" {
			methods = append(methods, m)
		}
	}
	return methods
}

func (a *asker) optionsOf(url string) *request.Exchange {
	r := a.base.Clone()
	r.URL, r.Method, r.Body = url, "OPTIONS", request.Body{}
	r.Header = request.Del(r.Header, "Content-Type")
	x, _, _ := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Why: "K5: which methods does the server take here?"})
	return x
}

// takes asks whether the path is served for a method that may act, by the header alone: the body is announced and never
// sent. A server could act all the same, so that the person is asked. A path that cannot exist goes first: where that is
// let in, too, the header tells nothing. Silence may be a slow server's: then both are seen twice.
func (a *asker) takes(method string) bool {
	r := a.base.Clone()
	r.Method, r.Body = method, request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"a": null}`}
	r.Header = request.Set(r.Header, "Content-Type", "application/json")
	r = keepBack(r)
	silent := false
	refused := func(kind diagnose.Kind, url, why string) (refused, known bool) {
		r.URL = url
		x, out, _ := a.send(r, ladder.Probe{Kind: kind, Step: diagnose.Endpoints, Why: why, Pass: "the path is there, and the method of the request is wrong", Again: true})
		if out == diagnose.Refused || x == nil {
			return false, false
		}
		silent = x.Response() == nil
		return x.Status() == 404 || x.Status() == 405, !silent || withheld(x)
	}
	for _, kind := range []diagnose.Kind{diagnose.Contrast, diagnose.Confirm} {
		if control, known := refused(kind, nowhere(a.base.URL), "K10: is "+method+" refused on a path that cannot exist? The body is kept back"); !control || !known {
			return false
		}
		if here, known := refused(kind, a.base.URL, "K10: is this path there for "+method+"? The body is kept back"); here || !known {
			return false
		}
		if !silent {
			return true
		}
	}
	return true
}
