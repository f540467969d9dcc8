package element

import (
	"strconv"
	"strings"

	"culprit/diagnose"
)

// InWords names an element as a sentence does: "/qty in the body", "the header Accept". A name it does not know stays
// as it is.
func InWords(id diagnose.ElementID) string {
	kind, name, n := parse(id)
	if n > 0 {
		name += " (number " + strconv.Itoa(n+1) + ")"
	}
	if i, ok := id.Segment(); ok {
		return "part " + strconv.Itoa(i+1) + " of the path"
	}
	if kind == "body" && name != "" {
		return name + " in the body"
	}
	words, ok := map[string]string{
		"body": "the body", "header": "the header", "query": "the query parameter", "form": "the field", "cookie": "the cookie",
		"multipart": "the part", "auth": "the credential", "method": "the method", "url": "the URL", "url.path": "the path",
		"url.host": "the host", "url.port": "the port", "url.scheme": "the scheme", "timeout": "the time limit",
		"server": "the server", "redirect": "the redirect", "proxy": "the proxy", "dns": "the name", "tcp": "the connection",
		"tls": "the certificate", "tls.client_certificate": "the client certificate", "http_version": "the HTTP version",
		"tls.ca": "the certificate's authority", "tls.server_name": "the server name of TLS", "tls.min_version": "the lowest TLS version",
		"tls.max_version": "the highest TLS version", "ip_family": "the IP family", "url.query": "the query",
		"url.fragment": "the fragment", "client": "this program", "place": "this machine",
	}[kind]
	if !ok {
		return string(id)
	}
	return strings.TrimSpace(words + " " + name)
}
