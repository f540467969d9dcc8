package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// A server answers 501 to a method that it does not know and to a transfer coding that it does not know (RFC 9112 §6.1); chunked
// is known to all.
func TestA501IsAboutTheCodingWhereThereIsOne(t *testing.T) {
	for coding, want := range map[string]diagnose.ElementID{"gzip": "header:Transfer-Encoding", "gzip, chunked": "header:Transfer-Encoding", "Chunked": "method", "": "method"} {
		r := posted("https://h.test/x", `{}`)
		if coding != "" {
			r.Header = append(r.Header, request.Field{Name: "Transfer-Encoding", Value: coding})
		}
		var best diagnose.Evidence
		for _, e := range read(answered(r, 501, ``)) {
			if e.Element != "" && e.Ratio > best.Ratio {
				best = e
			}
		}
		if best.Element != want {
			t.Errorf("%q: read %s (%.0f), want %s", coding, best.Element, best.Ratio, want)
		}
	}
}
