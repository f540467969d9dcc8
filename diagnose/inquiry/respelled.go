package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/ladder"
	"culprit/diagnose/repair"
	"culprit/diagnose/safety"
	"culprit/request"
)

// spellingsTried is how many other spellings of an unknown path are tried.
const spellingsTried = 5

// respelled tries other ways to write a path that nobody knows: the request itself where it only reads, else whether
// something is there, which HEAD tells. A path below a prefix counts only where not everything below it passes.
func (d *detective) respelled() progress {
	tried := 0
	for _, e := range repair.Spellings(element.SplitURL(d.base.URL).Path) {
		if tried == spellingsTried || d.ladder.Stopped != "" {
			break
		}
		if d.sentBefore(e) {
			continue
		}
		tried++
		if !d.base.Safe() {
			if d.isThere(e) {
				return nothing
			}
			continue
		}
		x, out, n := d.vary([]diagnose.Edit{e}, diagnose.Repair, e.Why)
		if out == diagnose.Pass && !d.takesAll(e) {
			d.prove([]diagnose.Edit{e}, x, n, nil)
			return solved
		}
	}
	return nothing
}

// sentBefore reports that the request went out with this very path.
func (a *asker) sentBefore(e diagnose.Edit) bool {
	return slices.ContainsFunc(a.ladder.Records, func(r diagnose.ProbeRecord) bool {
		return r.Question != nil && r.Question.Request != nil && r.Outcome != diagnose.Refused && element.SplitURL(r.Question.Request.URL).Path == e.To
	})
}

// takesAll reports that a path that cannot exist passes beside the one of e: then it says nothing that that one does.
func (a *asker) takesAll(e diagnose.Edit) bool {
	r := a.base.Clone()
	u := element.SplitURL(r.URL)
	path := strings.TrimRight(e.To.(string), "/")
	u.Path, u.Query = path[:max(0, strings.LastIndexByte(path, '/'))]+safety.Nonsense+safety.NoWord, ""
	r.URL = u.String()
	if !r.Safe() {
		r.Method, r.Body, r.Header = "HEAD", request.Body{}, request.Del(r.Header, "Content-Type")
	}
	x, out, _ := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Why: "K3: does a path that cannot exist pass there, too?"})
	return out == diagnose.Refused || out == diagnose.Pass || !a.base.Safe() && x != nil && x.Status() == 405
}
