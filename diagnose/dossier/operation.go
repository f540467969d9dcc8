package dossier

import (
	"cmp"
	"encoding/json"
	"net/url"
	"strings"

	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/lazyre"
)

// wants is what a request says that it wants, where one path serves many operations: the first field of a GraphQL
// document, the method of JSON-RPC, the action of SOAP or of a query API; "" where the path says it. Requests of unlike
// names are as unlike as those of unlike paths: one may read and the other delete.
func wants(r request.Request) string {
	for _, name := range []string{"SOAPAction", "X-Amz-Target"} {
		if v := request.Get(r.Header, name); v != "" {
			return v
		}
	}
	values, _ := url.ParseQuery(element.SplitURL(r.URL).Query)
	for _, f := range r.Body.Fields {
		values.Add(f.Name, f.Value)
	}
	if v := values.Get("Action"); v != "" {
		return v
	}
	body := struct {
		RPC    string `json:"jsonrpc"`
		Method string `json:"method"`
		Query  string `json:"query"`
	}{Query: values.Get("query")}
	_ = json.Unmarshal([]byte(r.Body.Text), &body) // what is no object of this kind has none of them
	if body.RPC != "" {
		return body.Method
	}
	if m := document.Get().FindStringSubmatch(body.Query); m != nil {
		return cmp.Or(m[1], "query") + " " + m[2]
	}
	if strings.Contains(body.Query, "{") {
		return body.Query // fragments first, say: it is its own name
	}
	return ""
}

// document is the beginning of a GraphQL document: what kind of operation it is ("" for a query) and its first field
// without its alias (GraphQL, October 2021, §2.3).
var document = lazyre.New(`^\s*(?:(query|mutation|subscription)\b[^{]*)?\{\s*(?:\w+\s*:\s*)?(\w+)`)
