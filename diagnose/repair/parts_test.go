package repair

import (
	"slices"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// TestOnlyThePartIsChangedThatTheAnswerNames: in a value of many parts the one that the answer names is mended; what it
// names elsewhere, and what is no list, is left whole.
func TestOnlyThePartIsChangedThatTheAnswerNames(t *testing.T) {
	get := func(query string) request.Request {
		return request.Request{Method: "GET", URL: "https://h.test/items?" + query}
	}
	post := func(body string) request.Request {
		return request.Request{Method: "POST", URL: "https://h.test/q", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: body}}
	}
	header := func(name, value string) request.Request {
		return request.Request{Method: "GET", URL: "https://h.test/", Header: []request.Field{{Name: name, Value: value}}}
	}
	for _, c := range []struct {
		r        request.Request
		id, says string
		allowed  []string
		want     string // the best change of the part; "" for none
	}{
		{post(`{"sql":"SELEC id FROM users"}`), "body:/sql", `syntax error at or near "SELEC"`, nil, "SELECT id FROM users"},
		{post(`{"sql":"SELECT id, nmae FROM users"}`), "body:/sql", `column "nmae" does not exist; perhaps you meant to reference the column "name"`, nil, "SELECT id, name FROM users"},
		{post(`{"KeyConditionExpression":"pk = :p and d bettween :a and :b"}`), "body:/KeyConditionExpression", `Syntax error; token: "bettween", near: "d bettween :a"`, nil, "pk = :p and d between :a and :b"},
		{post(`{"query":"{ order { skuu } }"}`), "body:/query", `Cannot query field "skuu" on type "Line". Did you mean "sku"?`, nil, "{ order { sku } }"},
		{get("query=rat(up[5m])"), "query:query", `parse error: unknown function with name "rat"`, nil, "rate(up[5m])"},
		{get("sort=-name,cretaed_at"), "query:sort", "unknown sort field: cretaed_at", nil, "-name"},
		{get("sort=-name,cretaed_at"), "query:sort", "unknown sort field 'cretaed_at'", []string{"created_at", "name"}, "-name,created_at"},
		{get("fields=id,skuu,price"), "query:fields", "Unknown field 'skuu' in fields", nil, "id,price"},
		{get("scope=read+admn"), "query:scope", "The scope 'admn' is not known", nil, "read"},
		{header("Prefer", "return=minimal, wiat=10"), "header:Prefer", "unknown preference 'wiat'", nil, "return=minimal"},
		{get("fields=id,price"), "query:fields", "Unknown field 'skuu' in fields", nil, ""},
		{get("q=buy+milk,+and+eggs"), "query:q", "the word 'milk' is too long", nil, ""},
		{get("sort=name"), "query:sort", "unknown sort field 'name'", nil, ""},
		{header("Authorization", "Digest username=ann, realm=r"), "auth", "the realm 'r' is not known", nil, ""},
	} {
		x := element.Of(c.r)
		el, ok := x.Get(diagnose.ElementID(c.id))
		if !ok {
			t.Fatalf("no %s", c.id)
		}
		ev := diagnose.Evidence{Element: el.ID, Cause: "invalid_request_parameter", Ratio: 100, Text: c.says, Allowed: c.allowed}
		all := For(x, []diagnose.Evidence{ev}, nil, Options{Status: 400})
		i := slices.IndexFunc(all, func(e diagnose.Edit) bool {
			_, text := e.To.(string)
			return e.Element == el.ID && text && len(e.Why) > 0 && isPart(e.Why)
		})
		switch {
		case c.want == "" && i >= 0:
			t.Errorf("%s, %q: got %v", c.id, c.says, all[i].To)
		case c.want != "" && (i != 0 || all[i].To != c.want):
			t.Errorf("%s, %q: got %d %+v, want first %q", c.id, c.says, i, all[:min(3, len(all))], c.want)
		}
	}
}

func isPart(why string) bool {
	return slices.Contains([]string{"the part that the server proposes", "the nearest part that the server takes", "the usual word of the language", "without the part that the server names"}, why)
}
