package lint

import (
	"net/http"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// checkAkin is H21, H12 and H13 for few siblings: a header field of its own that another saved request of the same
// resource sends and this one does not, whatever its method is and whatever stands in front of the resource.
func checkAkin(s *scan, r rule) {
	mine := resourceOf(s.u)
	if mine == "" {
		return
	}
	var told []string
	for _, x := range s.same {
		if !sameOrigin(x, s.x) || resourceOf(element.SplitURL(x.Request.URL)) != mine {
			continue
		}
		for _, h := range x.Request.Header {
			name := http.CanonicalHeaderKey(h.Name)
			_, here := s.x.Get(diagnose.ID("header", name))
			if here || h.Default || sensitive(name) || slices.Contains(standard, name) || slices.Contains(told, name) || strings.HasPrefix(name, "Content-") || strings.HasPrefix(name, "If-") {
				continue
			}
			told = append(told, name)
			e := add(diagnose.ID("header", name), h.Value, .02)
			e.Source = "sibling"
			s.hit(r, e.Element, "missing_request_header", "Another saved request of "+mine+" sends "+name+", this one does not.", e)
		}
	}
}

// resourceOf is the last word of a path that is no id and no number, "" when there is none.
func resourceOf(u element.URL) string {
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	for _, s := range slices.Backward(segments) {
		if s != "" && !strings.ContainsAny(s, "0123456789{}%:") {
			return s
		}
	}
	return ""
}
