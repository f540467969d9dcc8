package lab

import (
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// TestTruthsNameElements: what the truth accuses is an element of the failing request, or one that only the
// neighbour has, or no part of a request at all.
func TestTruthsNameElements(t *testing.T) {
	l := start(t)
	beside := strings.Fields("tls tls.client_certificate tls.server_name dns tcp proxy redirect timeout http_version server")
	for _, f := range Faults() {
		has := slices.Concat(element.Of(f.Request(l)).Elements, element.Of(f.Healthy(l)).Elements)
		for _, truth := range f.Truth {
			if !slices.ContainsFunc(truth.Elements, func(id diagnose.ElementID) bool {
				return slices.ContainsFunc(has, func(e diagnose.Element) bool { return alike(id, e.ID) }) || slices.Contains(beside, string(id))
			}) {
				t.Errorf("%s: none of %v is an element of its requests", f.ID, truth.Elements)
			}
		}
	}
}
