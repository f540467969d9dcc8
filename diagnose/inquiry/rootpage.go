package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose/element"
	"culprit/request"
)

// rootPage reports that nothing is left of a question that was asked in the query of a server's root, and that what came is
// a page: every server has one there that says that it is up, whatever was asked before. A person may know it to be right.
func (o *oracle) rootPage(x *request.Exchange) bool {
	if o.exchange == nil || x.Response() == nil || o.rootRight {
		return false
	}
	asked, now := &o.exchange.Request, &x.Request
	was, query := ofRoot(asked.URL)
	if is, left := ofRoot(now.URL); !was || !is || query == "" || left != "" {
		return false
	}
	if now.Body.Kind != request.NoBody || len(now.Header) > len(asked.Header) || now.Auth.Scheme != asked.Auth.Scheme {
		return false // it is asked in another place
	}
	return slices.Contains([]string{"text/html", "text/plain"}, request.Essence(request.Get(x.Response().Header, "Content-Type")))
}

// ofRoot reports a URL without a path, and its query.
func ofRoot(url string) (root bool, query string) {
	u := element.SplitURL(url)
	return strings.Trim(u.Path, "/") == "", u.Query
}
