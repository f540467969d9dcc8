package dossier

import (
	"strings"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/lazyre"
)

// maxSiblings bounds how many requests are compared with: majorities do not change beyond it.
const maxSiblings = 50

// siblings are other saved requests of the same host, for the majority rules of §5.
func (s Subject) siblings() (out []request.Request) {
	s.others(func(_ *collections.Entry, r request.Request) bool {
		if sameHost(s.Resolved.Request, r) {
			out = append(out, r)
		}
		return len(out) < maxSiblings
	})
	return out
}

// operations are other saved requests of the same operation: same host, method and path template, and where one path
// serves many operations the same of them.
func (s Subject) operations() (known []diagnose.Known) {
	mine := template(s.Saved.URL, s.Resolved.Request.URL)
	s.others(func(e *collections.Entry, r request.Request) bool {
		if method(r) == method(s.Resolved.Request) && sameHost(s.Resolved.Request, r) && sameScheme(s.Resolved.Request, r) &&
			template(e.Saved.URL, r.URL) == mine && wants(r) == wants(s.Resolved.Request) && !same(s.Resolved.Request, r) {
			known = append(known, diagnose.Known{Label: "the saved request " + e.Path + " of the same operation", Request: r, From: diagnose.FromSibling})
		}
		return len(known) < most
	})
	return known
}

func method(r request.Request) string {
	if r.Method == "" {
		return "GET"
	}
	return strings.ToUpper(r.Method)
}

func sameHost(a, b request.Request) bool {
	u, v := element.SplitURL(a.URL), element.SplitURL(b.URL)
	return strings.EqualFold(u.Host, v.Host) && u.Port == v.Port
}

func sameScheme(a, b request.Request) bool {
	return strings.EqualFold(element.SplitURL(a.URL).Scheme, element.SplitURL(b.URL).Scheme)
}

// idLike are path segments that name one resource of many: a number, a UUID, a long hexadecimal.
var idLike = lazyre.New(`(?i)^([0-9]+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12,})$`)

// template is the path of a URL with "{}" for each segment that stands for a resource: a variable or parameter of
// the saved URL, or what looks like an id.
func template(saved, resolved string) string {
	path := strings.Trim(element.SplitURL(resolved).Path, "/")
	segments := strings.Split(path, "/")
	saved, _, _ = strings.Cut(saved, "?")
	written := strings.Split(strings.Trim(saved, "/"), "/")
	for i := range segments {
		// The saved URL begins with what gives scheme and host, so the two are compared from the end.
		w := ""
		if k := len(written) - len(segments) + i; k > 0 {
			w = written[k]
		}
		if idLike.MatchString(segments[i]) || strings.HasPrefix(w, ":") || strings.HasPrefix(w, "{{") && strings.HasSuffix(w, "}}") {
			segments[i] = "{}"
		}
	}
	return strings.Join(segments, "/")
}
