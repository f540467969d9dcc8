package inquiry

import (
	"fmt"
	"net/url"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/ladder"
	"culprit/request"
)

// maxDocument bounds a description that is read, in bytes: that of package spec.
const maxDocument = 8 << 20

// described reads the document that the answer points at (RFC 8631: Link, rel service-desc), when nobody gave one.
func (a *asker) described() progress {
	if target, ok := a.ownDescription(); ok {
		a.fetchDescription(target, "the answer names a description of the API")
	}
	return nothing
}

// Where APIs keep their description when nobody configured it otherwise, the most usual first: FastAPI, Huma and
// others; Flask-RESTX, Express; springdoc. No standard says it.
var wellKnown = []string{"/openapi.json", "/swagger.json", "/v3/api-docs"}

// selfDescribed looks for a description at the usual places, the first n of them that were not asked yet: an answer
// that names nothing leaves nothing better to read. What a document says is acted on at once.
func (d *detective) selfDescribed(n int) func() progress {
	return func() progress {
		if d.Spec != nil || d.Describe == nil || !d.varied() || d.accusedAny() {
			return nothing
		}
		for ; n > 0 && len(d.unasked) > 0 && d.Spec == nil && d.ladder.Stopped == ""; n-- {
			u := element.SplitURL(d.base.URL)
			u.Path, u.Query, u.Fragment = d.unasked[0], "", ""
			d.unasked = d.unasked[1:]
			d.fetchDescription(u.String(), "APIs often describe themselves here")
		}
		if d.Spec == nil {
			return nothing
		}
		return d.heed()
	}
}

// heed does what a description of the API that has just come in says.
func (d *detective) heed() progress {
	p, _ := d.inTurn(d.asDocumented, d.suspicious, d.baseline)
	return p
}

// accusedAny reports whether the answer names any element: then its words are worth more than a document.
func (f *failure) accusedAny() bool { return len(f.accused()) > 0 }

// fetchDescription asks for a document, without credentials, and takes what it knows.
func (a *asker) fetchDescription(target, why string) {
	if a.Spec != nil || a.Describe == nil {
		return
	}
	x := a.fetchText(target, "application/json, application/yaml, */*", ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Why: why, Pass: "the request can be compared with it"})
	if x == nil {
		return
	}
	known, err := a.Describe(x.Response().Body.Head(maxDocument), target)
	if err != nil {
		a.notes.ok(diagnose.Endpoints, "what is at "+element.SplitURL(target).Path+" cannot be used as a description: "+err.Error())
		return
	}
	a.Spec = known
	a.ladder.Learn(known)
	a.notes.ok(diagnose.Endpoints, fmt.Sprintf("the API describes itself at %s", element.SplitURL(target).Path))
	a.survey()
}

// fetchText fetches what the API says about itself, without credentials; nil when nothing came.
func (a *asker) fetchText(target, accept string, p ladder.Probe) *request.Exchange {
	r := request.Request{URL: target, Header: []request.Field{{Name: "Accept", Value: accept}}, Settings: a.base.Settings}
	r.Settings.Follow, r.Settings.TLS.CertFile, r.Settings.TLS.KeyFile, r.Settings.Limits.Body = 0, "", "", maxDocument
	x, out, _ := a.send(r, p)
	if out != diagnose.Pass || x.Response() == nil {
		return nil
	}
	return x
}

// ownDescription is the document that the answer names on the origin of the request.
func (f *failure) ownDescription() (string, bool) {
	for _, e := range f.scene.evidence {
		if ref, ok := strings.CutPrefix(e.Text, "service-desc: "); ok && e.Source == "header Link" {
			if to, ok := f.here(ref); ok {
				return to, true
			}
		}
	}
	return "", false
}

// here resolves a reference of the answer and reports whether it stays on the origin of the request.
func (f *failure) here(ref string) (string, bool) {
	base, err1 := url.Parse(f.base.URL)
	link, err2 := url.Parse(strings.TrimSpace(ref))
	if err1 != nil || err2 != nil {
		return "", false
	}
	to := base.ResolveReference(link)
	to.Fragment = ""
	return to.String(), to.User == nil && strings.EqualFold(to.Scheme, base.Scheme) && strings.EqualFold(to.Host, base.Host)
}
