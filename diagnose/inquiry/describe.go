package inquiry

import (
	"fmt"
	"net/url"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// maxDocument bounds a description that is read, in bytes: that of package spec.
const maxDocument = 8 << 20

// described reads the document that the answer points at (RFC 8631: Link, rel service-desc), when nobody gave one. It
// is asked for once, without credentials, and only from the origin of the request.
func (d *detective) described() progress {
	target, ok := d.ownDescription()
	if !ok || d.Spec != nil || d.Describe == nil {
		return nothing
	}
	r := request.Request{URL: target, Header: []request.Field{{Name: "Accept", Value: "application/json, application/yaml, */*"}}, Settings: d.base.Settings}
	r.Settings.Follow, r.Settings.TLS.CertFile, r.Settings.TLS.KeyFile, r.Settings.Limits.Body = 0, "", "", maxDocument
	describe := d.Describe
	d.Describe = nil // once
	x, out, _ := d.ladder.send(&d.oracle, r, probe{kind: diagnose.Contrast, step: diagnose.Endpoints, why: "the answer names a description of the API", pass: "the request can be compared with it"})
	if out != diagnose.Pass || x.Response() == nil {
		return nothing
	}
	known, err := describe(x.Response().Body.Head(maxDocument), target)
	if err != nil {
		d.notes.ok(diagnose.Endpoints, "the description that the answer names cannot be used: "+err.Error())
		return nothing
	}
	d.Spec = known
	d.notes.ok(diagnose.Endpoints, fmt.Sprintf("the API describes itself at %s", element.SplitURL(target).Path))
	d.survey()
	return nothing
}

// ownDescription is the document that the answer names on the origin of the request.
func (d *detective) ownDescription() (string, bool) {
	for _, e := range d.scene.evidence {
		ref, ok := strings.CutPrefix(e.Text, "service-desc: ")
		if !ok || e.Source != "header Link" {
			continue
		}
		base, err1 := url.Parse(d.base.URL)
		link, err2 := url.Parse(strings.TrimSpace(ref))
		if err1 != nil || err2 != nil {
			continue
		}
		to := base.ResolveReference(link)
		if to.User == nil && strings.EqualFold(to.Scheme, base.Scheme) && strings.EqualFold(to.Host, base.Host) {
			to.Fragment = ""
			return to.String(), true
		}
	}
	return "", false
}
