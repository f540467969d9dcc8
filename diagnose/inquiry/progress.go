package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/safety"
	"culprit/request"
)

// strayed reports whether edits that only guessed at another path came to another place where the request is refused:
// what answers there is nothing that stood behind the failure.
func (f *failure) strayed(x *request.Exchange, edits []diagnose.Edit) bool {
	guessed := slices.ContainsFunc(edits, func(e diagnose.Edit) bool {
		return inPath(e.Element) && e.Source == "transform"
	})
	if !guessed {
		return false
	}
	switch x.Status() {
	case 401:
		return safety.Credentials(f.base)
	case 403, 404, 405, 410:
		return true
	}
	return false
}

// inPath reports the path or a segment of it.
func inPath(id diagnose.ElementID) bool { return id == "url.path" || id.IsSegment() }

// missedAgain reports whether edits only put another name in the place of the one that is not there: that this one is
// not there either is no progress.
func (f *failure) missedAgain(x *request.Exchange, edits []diagnose.Edit) bool {
	return x.Status() == 404 && slices.ContainsFunc(f.accused(), func(a diagnose.Evidence) bool {
		return a.Cause == "resource_not_found" && slices.ContainsFunc(edits, func(e diagnose.Edit) bool { return e.Element == a.Element })
	})
}

// caused reports whether a complaint only comes from the edits: something is missing now that something was left out,
// or what holds an edited member is not of the right type any more.
func caused(e diagnose.Evidence, edits []diagnose.Edit) bool {
	for _, edit := range edits {
		switch {
		case e.Missing && edit.Op == diagnose.Remove:
			return true
		case !edit.Element.Is("body"):
		case e.Element == "body", edit.Element.Within(e.Element):
			return true
		}
	}
	return false
}

// within reports whether an edit lies in a container.
func within(edits []diagnose.Edit, container diagnose.ElementID) bool {
	return slices.ContainsFunc(edits, func(e diagnose.Edit) bool { return e.Element.Within(container) })
}
