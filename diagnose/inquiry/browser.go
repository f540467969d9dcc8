package inquiry

import (
	"net/url"
	"strings"

	"culprit/request"
)

// unreadable says why a browser would keep the answer from the page that sent the request, although it passes here; "" where
// it would not, or the request does not come from a page of another origin (Fetch, §4.10 CORS check).
func (f *failure) unreadable(x *request.Exchange) string {
	origin := request.Get(f.base.Header, "Origin")
	u, err := url.Parse(f.base.URL)
	if origin == "" || origin == "null" || err != nil || strings.EqualFold(origin, u.Scheme+"://"+u.Host) || x.Response() == nil {
		return ""
	}
	header := x.Response().Header
	allowed, cookies := request.Get(header, "Access-Control-Allow-Origin"), request.Has(f.base.Header, "Cookie")
	before := "a page of " + origin + " may not read this answer in a browser (CORS): "
	switch {
	case allowed == "":
		return before + "it has no Access-Control-Allow-Origin"
	case allowed == "*" && cookies:
		return before + "with cookies, Access-Control-Allow-Origin has to name the origin"
	case allowed != "*" && allowed != origin:
		return before + "Access-Control-Allow-Origin names " + allowed
	case cookies && request.Get(header, "Access-Control-Allow-Credentials") != "true":
		return before + "it came with cookies, and Access-Control-Allow-Credentials is not true"
	}
	return ""
}
