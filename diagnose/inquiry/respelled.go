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
		switch edits := []diagnose.Edit{e}; {
		case out == diagnose.Pass && !d.takesAll(e):
			d.prove(edits, x, n, nil)
			return solved
		case out == diagnose.Other && refusesMore(x.Status()) && !d.strayed(x, edits) && d.besideNothing(e):
			d.peel(edits, x, n)
			return deeper
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

// astray reports a request that passes at another path, below another prefix, where a path that cannot exist passes as well:
// what answers there says yes to everything, and nothing of the failure. Of a write the other path is asked for with HEAD,
// which a server that says yes to every write may refuse, so that only a yes counts.
func (a *asker) astray(edits []diagnose.Edit) bool {
	if len(edits) != 1 || edits[0].Element != "url.path" || edits[0].Op != diagnose.Set {
		return false
	}
	to, ok := edits[0].To.(string)
	if !ok || above(to) == above(element.SplitURL(a.base.URL).Path) {
		return false
	}
	if a.base.Safe() {
		return a.takesAll(edits[0])
	}
	x, _ := a.beside(edits[0])
	return x != nil && x.Status()/100 == 2
}

// pageInstead reports a pass past a proxy that is a page for people, where what came through the proxy is an application's
// word in JSON: another server answers there, and says nothing of the failure. Who asks for a page gets what was asked for.
func (f *failure) pageInstead(edits []diagnose.Edit, x *request.Exchange) bool {
	past := len(edits) == 1 && edits[0].Element == "proxy" && !strings.Contains(strings.ToLower(request.Get(f.base.Header, "Accept")), "html")
	return past && f.explained() && strings.Contains(strings.ToLower(request.Get(x.Response().Header, "Content-Type")), "html")
}

// above is what stands above the last segment of a path.
func above(path string) string {
	path = strings.TrimRight(path, "/")
	return path[:max(0, strings.LastIndexByte(path, '/'))]
}

// takesAll reports that a path that cannot exist passes beside the one of e: then it says nothing that that one does.
func (a *asker) takesAll(e diagnose.Edit) bool {
	x, out := a.beside(e)
	return out == diagnose.Refused || out == diagnose.Pass || !a.base.Safe() && x != nil && x.Status() == 405
}

// besideNothing reports that a path that cannot exist gets the answer of the failure beside the one of e, which got another:
// that one is there, and what is refused is something else.
func (a *asker) besideNothing(e diagnose.Edit) bool {
	_, out := a.beside(e)
	return out == diagnose.Same
}

// beside asks for a path that cannot exist beside the one of e.
func (a *asker) beside(e diagnose.Edit) (*request.Exchange, diagnose.Outcome) {
	r := a.base.Clone()
	u := element.SplitURL(r.URL)
	u.Path, u.Query = above(e.To.(string))+safety.Nonsense+safety.NoWord, ""
	r.URL = u.String()
	if !r.Safe() {
		r.Method, r.Body, r.Header = "HEAD", request.Body{}, request.Del(r.Header, "Content-Type")
	}
	x, out, _ := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Why: "K3: does a path that cannot exist pass there, too?"})
	return x, out
}
