package repair

import (
	"net/http"

	"culprit/diagnose"
	"culprit/request/jsontext"
)

// Weights of leaving something out; what stands in most requests without need weighs more.
const (
	dropQuery   = 1.5
	dropHeader  = 1.2
	dropCookie  = .7
	dropMember  = optional
	dropObject  = .6 // takes several members along
	dropDefault = .02
)

// deletions adds the removal of everything that may be optional. Headers that the client added come last.
func (g *generator) deletions() {
	for _, e := range g.x.Elements {
		if !removable(e) {
			continue
		}
		kind := e.ID.Kind()
		weight, harm, cause := 0.0, .4, diagnose.CauseID("")
		switch kind {
		case "query":
			weight, cause = dropQuery, "invalid_request_parameter"
		case "header":
			weight, harm, cause = dropHeader, .2, "invalid_request_header"
			if e.Default {
				weight = dropDefault
			}
		case "cookie":
			weight, harm, cause = dropCookie, .3, "session_cookie_invalid"
		case "form", "multipart":
			weight, cause = dropMember, "unexpected_body_property"
		case "body":
			weight, cause = dropMember, "unexpected_body_property"
			if isContainer(e) {
				weight = dropObject
			}
			if e.ID.IsItem() {
				weight = dropObject / 2 // an item of a list: the others stay
			}
		}
		d := edit(e.ID, diagnose.Remove, nil, harm, "without it")
		d.Source, d.Cause, d.Weight = "deletion", cause, weight*max(1, g.named[e.ID]/8)
		g.put(d)
	}
}

// removable reports whether an element may be left out without making another request of it.
func removable(e diagnose.Element) bool {
	kind, name, ok := e.ID.Cut()
	if !ok {
		return false
	}
	switch kind {
	case "header":
		switch http.CanonicalHeaderKey(name) {
		case "Content-Type", "Host", "Content-Length", "Authorization":
			return false
		}
		return true
	case "query", "cookie", "form", "multipart":
		return true
	case "body":
		return len(jsontext.Split(name)) > 0
	}
	return false
}
