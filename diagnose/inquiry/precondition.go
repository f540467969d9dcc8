package inquiry

import (
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/ladder"
	"culprit/diagnose/repair"
	"culprit/request"
)

// stale asks for the entity tag of what a write with a condition is about, when the answer does not say that it is
// something else: another tag than the condition's means that it changed since (RFC 9110 §13.1.1).
func (d *detective) stale() progress {
	if _, ok := d.scene.index.Get("header:If-Match"); !ok {
		return nothing
	}
	return d.conditional("precondition_failed", "the condition with the tag of now")
}

// unconditional does the same for a write without a condition: servers that give tags may insist on them (RFC 6585 §3).
func (d *detective) unconditional() progress {
	if _, ok := d.scene.index.Get("header:If-Match"); ok || d.combined {
		return nothing
	}
	return d.conditional("precondition_required", "a condition with the tag of now")
}

// conditional tries a write with the tag that a GET of its resource shows, or of the resource that this one is a part of.
func (d *detective) conditional(cause diagnose.CauseID, why string) progress {
	switch d.base.Method {
	case "PUT", "PATCH", "DELETE":
	default:
		return nothing
	}
	switch d.oracle.exchange.Status() {
	case 400, 403, 409, 412, 422, 428:
	default:
		return nothing
	}
	if a := d.accused(); len(a) > 0 && a[0].Element != "header:If-Match" {
		return nothing
	}
	tag := d.tag(d.base.URL)
	if whole := element.SplitURL(d.base.URL); tag == "" && strings.Count(strings.Trim(whole.Path, "/"), "/") > 1 {
		whole.Path = whole.Path[:strings.LastIndexByte(strings.TrimRight(whole.Path, "/"), '/')]
		tag = d.tag(whole.String())
	}
	now, sent := d.scene.index.Get("header:If-Match")
	if tag == "" || sent && now.Text == tag {
		return nothing
	}
	op := diagnose.Add
	if sent {
		op = diagnose.Set
	}
	e := diagnose.Edit{Element: "header:If-Match", Op: op, To: tag, Source: "server", Cause: cause, Weight: 2 * strong, Why: why}
	if p := d.mend(e); p != nothing {
		return p
	}
	if odd := d.suspects(strong); len(odd) > 0 { // alone neither helped: the one may hide the other
		return d.inBulk(round{repair.Together([]diagnose.Edit{e}, odd), why + ", and what looks wrong"})
	}
	return nothing
}

// tag is the strong entity tag that a GET shows, "" when there is none.
func (a *asker) tag(url string) string {
	r := a.base.Clone()
	r.Method, r.URL, r.Body = "GET", url, request.Body{}
	for _, name := range []string{"If-Match", "Content-Type"} {
		r.Header = request.Del(r.Header, name)
	}
	x, _, _ := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Why: "which tag has the resource now?", Pass: "the tag that a condition needs"})
	if x == nil || x.Status() != 200 {
		return ""
	}
	tag := request.Get(x.Response().Header, "ETag")
	if !strings.HasPrefix(tag, `"`) {
		return "" // a weak tag never matches (RFC 9110 §13.1.1)
	}
	return tag
}
