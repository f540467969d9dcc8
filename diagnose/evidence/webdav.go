package evidence

import (
	"net/url"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// webdav reads a refusal of a method of WebDAV, whose header fields have rules of their own (RFC 4918 §9.3.1, §9.8.3,
// §9.8.5, §10.2).
func (r *reader) webdav() {
	switch m := r.method(); {
	case r.resp.Status == 409 && m == "MKCOL":
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "409: a collection on the way to it is not there", Cause: "conflict", Element: "url.path", Ratio: likely}) // RFC 4918 §9.3.1
	case r.resp.Status == 409 && (m == "COPY" || m == "MOVE"):
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "409: a collection on the way to the destination is not there", Cause: "conflict", Element: "header:Destination", Ratio: likely}) // RFC 4918 §9.8.5
	case r.resp.Status == 502 && (m == "COPY" || m == "MOVE") && r.elsewhere():
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "502: the destination is on another server", Cause: "invalid_request_header", Element: "header:Destination", Ratio: certain}) // RFC 4918 §9.8.5
	}
	if r.resp.Status == 412 && strings.EqualFold(r.sentHeader("Overwrite"), "F") {
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "412: something is at the destination, and Overwrite is F", Cause: "precondition_failed", Element: "header:Overwrite", Ratio: likely}) // RFC 4918 §10.6
	}
	if r.resp.Status != 400 {
		return
	}
	switch r.method() {
	case "COPY", "MOVE":
		if r.sentHeader("Destination") == "" {
			r.add(diagnose.Evidence{Kind: "status", Source: "method", Text: r.method() + " needs a Destination", Cause: "missing_request_header", Element: "header:Destination", Missing: true, Ratio: likely}) // RFC 4918 §9.8.3
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
		r.add(diagnose.Evidence{Kind: "status", Source: "method", Text: "Depth is 0, 1 or infinity", Cause: "invalid_request_header", Element: "header:Depth", Ratio: likely, Allowed: []string{"1", "0", "infinity"}}) // RFC 4918 §10.2
	}
}

// elsewhere reports whether the Destination of a request is on another server than the request itself.
func (r *reader) elsewhere() bool {
	to, err := url.Parse(r.sentHeader("Destination"))
	from, fault := url.Parse(r.x.Request.URL)
	return err == nil && fault == nil && to.Host != "" && to.Host != from.Host
}
