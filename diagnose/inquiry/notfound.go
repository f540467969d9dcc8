package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/diagnose/repair"
	"culprit/request"
)

// notFound parts a route that does not exist from a resource that does not.
func (d *detective) notFound() progress {
	d.notes.begin(diagnose.Endpoints)
	if d.kept() && d.cached(&proof{fails: slices.Clone(d.oracle.fails)}) {
		return nothing
	}
	if p, over := d.inTurn(d.pathStages()...); over {
		return p
	}
	if a := d.accused(); len(a) > 0 {
		if p, known := d.saidNotFound(a[0]); known {
			return p
		}
	}
	if p, over := d.inTurn(d.otherPath); over {
		return p
	}
	out, n := d.nonsensePath()
	if n > 0 {
		d.oracle.fails = append(d.oracle.fails, n)
	}
	switch out {
	case diagnose.Same:
		return d.unknownPath()
	case diagnose.Other:
		if d.foundNowAndThen() {
			return nothing
		}
		if d.readable() { // which the path that cannot exist was asked for, too: what it was answered says nothing of the method
			if d.optionsTell() {
				return nothing
			}
			p := d.otherMethod()
			d.onlySuspected()
			return p
		}
		if _, last := d.last(); wordOnly.MatchString(last) && d.base.Body.Kind != request.NoBody {
			d.notes.finding(diagnose.Endpoints, "a path that cannot exist gets another answer: this one is there, and what the body names may not be")
			d.routed = true
			return nothing
		}
		d.notes.finding(diagnose.Endpoints, "a path that cannot exist gets another answer: the route exists, the resource does not")
		d.nonsenseID()
		d.explain("resource_not_found", d.resource(), "the route exists; this resource does not", namingAlready)
	default:
		d.exists()
		d.explain("resource_not_found", d.resource(), "not found", anyEvidence)
	}
	return nothing
}

// fewNotFound is how often the answer has to be seen before it is taken for one that always comes: a coin shows three failures
// in a row once in eight.
const fewNotFound = 3

// foundNowAndThen asks for the request again where its answer was hardly seen twice: what is not found now and then (a node that
// lags behind) is no resource that does not exist. It reports that this was the finding.
func (d *detective) foundNowAndThen() bool {
	same := 0
	for _, r := range d.ladder.Records {
		if r.Outcome == diagnose.Same {
			same++
		}
	}
	for ; same < fewNotFound; same++ {
		switch x, out, n := d.replay("is it not found every time?"); out {
		case diagnose.Pass:
			d.flaky([]int{n}, d.oracle.fails)
			return d.result.done()
		case diagnose.Same:
			d.oracle.calibrate(x, n)
		}
	}
	return false
}

// pathStages are what is tried before the question which of the two it is, the likeliest first.
func (d *detective) pathStages() []func() progress {
	stages := []func() progress{d.baselineFirst, d.mendPath, d.named}
	if d.goodElsewhere() {
		stages = []func() progress{d.mendPath, d.baselineFirst, d.named}
	}
	if a := d.accused(); len(a) > 0 && (!a[0].Element.InURL() || a[0].Cause == "resource_not_found") {
		stages = []func() progress{d.baselineFirst, d.named}
	}
	stages = append(stages, d.otherVersion, d.oddQuery, d.suspicious)
	if len(d.accused()) == 0 && len(d.Good) == 0 {
		stages = append([]func() progress{d.queried}, stages...)
	}
	return stages
}

// saidNotFound follows an answer that says itself what is not there; known is false where it says too little.
func (d *detective) saidNotFound(a diagnose.Evidence) (p progress, known bool) {
	if !a.Element.InURL() {
		d.explain(a.Cause, a.Element, a.Text, anyEvidence)
		return nothing, true
	}
	if a.Cause == "wrong_path" {
		if d.readable() {
			return d.otherMethod(), true
		}
		if p := d.otherPath(); p != nothing || d.result.done() || d.servedOtherwise() {
			return p, true
		}
		if p, over := d.inTurn(d.respelled); over {
			return p, true
		}
		if !d.base.Safe() && d.anotherAllowed() {
			return nothing, true
		}
	}
	if a := d.accused(); len(a) > 0 && a[0].Cause != "" {
		d.explain(a[0].Cause, a[0].Element, a[0].Text, namingAlready) // the answer itself tells the two apart
		return nothing, true
	}
	return nothing, false
}

// unknownPath looks for what is there instead, where a path that cannot exist gets the same answer.
func (d *detective) unknownPath() progress {
	_, last := d.last()
	isWord := shapeOf(last) == "word"
	if d.readable() {
		if d.optionsTell() {
			return nothing
		}
		p := d.otherMethod()
		d.onlySuspected() // the answer names no method: what the body speaks of may not exist
		return p
	}
	if d.servedOtherwise() {
		return nothing
	}
	if isWord {
		if p, over := d.inTurn(d.respelled); over {
			return p
		}
		if !d.base.Safe() && d.optionsTell() {
			return nothing
		}
	}
	if near := d.above(); near.passes {
		if p := d.sibling(near.ids); p != nothing {
			return p
		}
		d.notes.finding(diagnose.Endpoints, "the collection above can be read: the route exists, the resource does not")
		d.explain("resource_not_found", d.resource(), "the collection above exists; this resource does not", namingAlready)
		return nothing
	}
	if !d.base.Safe() && d.exists() {
		text := "the path exists for another method; " + d.base.Method + " is answered as if it did not"
		d.notes.finding(diagnose.Endpoints, text)
		d.hint(text + ": it is the method, or something that the request names and that does not exist")
		d.scene.evidence = slices.DeleteFunc(d.scene.evidence, func(e diagnose.Evidence) bool { return e.Cause == "wrong_path" && e.Ratio < namedRatio })
		d.explain("resource_not_found", d.resource(), text, anyEvidence)
		d.onlySuspected()
		return nothing
	}
	if !isWord {
		if p, over := d.inTurn(d.respelled); over {
			return p
		}
	}
	if !isWord && !d.base.Safe() && d.anotherAllowed() {
		return nothing
	}
	d.notes.finding(diagnose.Endpoints, "a path that cannot exist gets the same answer: this path is not known here")
	d.explain("wrong_path", "url.path", "a nonsense path gets the same answer", namingAlready)
	if d.soundsLikeWork() && !d.askedForPOST() {
		d.onlySuspected()
	}
	return nothing
}

// onlySuspected takes back that the server named who is accused.
func (d *detective) onlySuspected() {
	for i := range d.result.culprits {
		d.result.culprits[i].Standing, d.result.culprits[i].Confidence = diagnose.Suspected, 0.6
	}
}

// paramsAsked is how many parameters are left out one by one to learn which of them names what is not there.
const paramsAsked = 4

// queried asks for the path without its query: where that gets another answer the path is there, and a parameter names
// what is not.
func (d *detective) queried() progress {
	params := slices.DeleteFunc(d.strippable(d.base), func(e diagnose.Edit) bool { return !e.Element.Is("query") })
	if !d.base.Safe() || len(params) == 0 || len(params) > paramsAsked {
		return nothing
	}
	x, out, n := d.vary(params, diagnose.Contrast, "is the path there without its query?")
	switch {
	case out == diagnose.Pass:
		return d.bisect(params, x, n)
	case out != diagnose.Other || x.Status() != 400 && x.Status() != 422:
		return nothing
	}
	needed := params
	if len(params) > 1 {
		needed = nil
		for _, p := range params {
			switch x, out, n := d.vary([]diagnose.Edit{p}, diagnose.Contrast, "is it this parameter that names what is not there?"); out {
			case diagnose.Pass:
				d.prove([]diagnose.Edit{p}, x, n, nil)
				return solved
			case diagnose.Other:
				needed = append(needed, p)
			}
		}
	}
	if len(needed) == 1 {
		text := "without it the answer is another one: the path is there, and what this parameter names is not"
		d.notes.finding(diagnose.Endpoints, text)
		d.explain("resource_not_found", needed[0].Element, text, namingAlready)
	}
	return nothing
}

// otherVersion tries what a header or parameter with a version could say instead: routes may hang on it.
func (d *detective) otherVersion() progress {
	versions := slices.DeleteFunc(slices.Clone(d.scene.repairs), func(e diagnose.Edit) bool {
		return e.Cause != "wrong_api_version" || e.Element.InURL() || e.Weight < worthTrying
	})
	for _, e := range d.scene.index.Elements {
		if e.ID.Is("header") && !e.Default && d.versions(habit.Words(e.ID.Name())) {
			versions = append(versions, diagnose.Edit{Element: e.ID, Op: diagnose.Remove, Source: "transform", Cause: "wrong_api_version", Weight: worthTrying, Why: "the version that is served to who names none"})
		}
	}
	return d.mendOne(versions, len(versions))
}

// versions reports the words of a field that names a version of the API. Of a write only one that says so: what it is of
// otherwise may be what is written, which is guarded by it.
func (f *failure) versions(words []string) bool {
	return slices.Contains(words, "version") && (f.base.Safe() || slices.Contains(words, "api") || slices.Contains(words, "accept"))
}

// oddQuery tries the values of a query that look wrong in the form that they should have: routers that take parameters
// from the query answer as if there were no such route when one cannot be read (Scotty, Rocket, Symfony's MapQueryString).
func (d *detective) oddQuery() progress {
	var odd []diagnose.Edit
	for _, e := range repair.Fine(d.scene.index, repair.Options{Now: d.Now}) {
		if e.Element.Is("query") {
			odd = append(odd, e)
		}
	}
	for _, e := range d.likely() {
		if e.Element.Is("query") {
			odd = append(odd, e)
		}
	}
	if !d.base.Safe() {
		return nothing
	}
	return d.inBulk(round{repair.Together(odd), "values of the query in the form that most servers take"})
}

// mendPath tries other spellings of the path.
func (d *detective) mendPath() progress {
	repairs := append(slices.Clone(d.scene.repairs), d.slash()...)
	return d.mendOne(slices.DeleteFunc(repairs, func(e diagnose.Edit) bool {
		return !e.Element.InURL() || e.Source == "deletion"
	}), singlesTried)
}

// resource is the last path segment: where the id of a resource stands.
func (f *failure) resource() diagnose.ElementID {
	id := diagnose.ElementID("url.path")
	for _, e := range f.scene.index.Elements {
		if e.ID.IsSegment() && e.Text != "" {
			id = e.ID
		}
	}
	return id
}

// goodElsewhere reports that the request which works is one for another resource, by the last word of its path: that this
// path becomes that one mends nothing. A word that is only misspelled is the same.
func (f *failure) goodElsewhere() bool {
	if len(f.Good) == 0 {
		return false
	}
	last := func(url string) string {
		path := strings.Trim(element.SplitURL(url).Path, "/")
		return strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	}
	mine, other := last(f.base.URL), last(f.Good[0].Request.URL)
	return mine != "" && other != "" && !strings.ContainsAny(mine+other, "0123456789") && habit.Distance(mine, other) > len(mine)/2
}

// slash is the path with or without a slash at its end, for a request that can be sent without harm: the
// commonest difference between a route and its near miss.
func (f *failure) slash() []diagnose.Edit {
	path := element.SplitURL(f.base.URL).Path
	to := path + "/"
	if strings.HasSuffix(path, "/") {
		to = strings.TrimRight(path, "/")
	}
	if to == "" || path == "" {
		return nil
	}
	return []diagnose.Edit{{Element: "url.path", Op: diagnose.Set, To: to, Source: "transform", Cause: "trailing_slash", Weight: 12, Harm: 0.1, Why: "the other form of the path, with or without a slash at its end"}}
}
