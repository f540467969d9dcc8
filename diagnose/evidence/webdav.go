package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// webdav reads a 400 to a method of WebDAV, whose header fields have rules of their own (RFC 4918 §9.8.3, §10.2).
func (r *reader) webdav() {
	if r.resp.Status != 400 {
		return
	}
	switch r.method() {
	case "COPY", "MOVE":
		if r.sentHeader("Destination") == "" {
			r.add(diagnose.Evidence{Kind: "status", Source: "method", Text: r.method() + " needs a Destination", Cause: "missing_request_header", Element: "header:Destination", Missing: true, Ratio: likely, Ref: "RFC 4918 §9.8.3"})
		}
	case "PROPFIND", "PROPPATCH", "MKCOL", "LOCK", "UNLOCK", "REPORT":
	default:
		return
	}
	if !request.Has(r.x.Request.Header, "Depth") {
		return
	}
	switch d := strings.ToLower(r.sentHeader("Depth")); d {
	case "0", "1", "infinity":
	default:
		r.add(diagnose.Evidence{Kind: "status", Source: "method", Text: "Depth is 0, 1 or infinity", Cause: "invalid_request_header", Element: "header:Depth", Ratio: likely, Allowed: []string{"1", "0", "infinity"}, Ref: "RFC 4918 §10.2"})
	}
}
