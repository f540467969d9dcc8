package repair

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/lint"
	"culprit/diagnose/spec"
	"culprit/request"
)

// A row is one line of the table of §8: a request that calls for the repair, and the edit that must be among the
// candidates, with at least that weight and at most that harm.
type row struct {
	name   string
	r      request.Request
	status int
	ev     []diagnose.Evidence
	facts  lint.Facts
	want   string
	weight float64
	harm   float64
}

func header(lines ...string) request.Request {
	r := post(`{"a":1}`, lines...)
	return r
}

func server(id diagnose.ElementID, cause diagnose.CauseID, text string, allowed ...string) []diagnose.Evidence {
	return []diagnose.Evidence{{Element: id, Cause: cause, Text: text, Allowed: allowed, Ratio: 1, Missing: strings.HasPrefix(string(cause), "missing")}}
}

func rows() []row {
	sibling := lint.Facts{Siblings: []request.Request{post(`{"order":{"name":"a","qty":1}}`, "X-Tenant: 7", "X-Api-Key: k"), post(`{"order":{"name":"b","qty":2}}`, "X-Tenant: 7", "X-Api-Key: k")}}
	query := func(q string) request.Request { return get("https://api.shop.test/v1/orders?" + q) }
	path := func(p string) request.Request { return get("https://api.shop.test" + p) }
	keyInQuery := query("api_key=k")
	return []row{
		{"trim a token", header("Authorization: Bearer abc "), 401, nil, lint.Facts{}, "set auth Bearer abc", 60, .01},
		{"strip invisible characters of a header", header("X-A: b\u200bc"), 400, nil, lint.Facts{}, "set header:X-A bc", 10, .01},
		{"trim a text", post(`{"country":"DE "}`), 400, nil, lint.Facts{}, `set body:/country "DE"`, 10, .01},
		{"collapse a duplicate scheme", header("Authorization: Bearer Bearer abc"), 401, nil, lint.Facts{}, "set auth Bearer abc", 70, .01},
		{"add a scheme", header("Authorization: ghp_0123456789abcdef"), 401, nil, lint.Facts{}, "set auth Bearer ghp_0123456789abcdef", 40, .05},
		{"the sniffed type", header("Content-Type: application/xml"), 400, nil, lint.Facts{}, "set header:Content-Type application/json", 60, .02},
		{"without a charset", header("Content-Type: application/json; charset=utf-8"), 415, nil, lint.Facts{}, "set header:Content-Type application/json", 8, .02},
		{"accept anything", header("Accept: application/xml"), 406, nil, lint.Facts{}, "set header:Accept */*", 25, .01},
		{"a header of the siblings", header(), 400, nil, sibling, "add header:X-Tenant 7", 30, .02},
		{"a header of the error", header(), 400, server("header:X-Tenant", "missing_request_header", "X-Tenant is required", "acme"), lint.Facts{}, "add header:X-Tenant acme", 30, .02},
		{"a method of Allow", header(), 405, server("method", "method_not_allowed", "", "GET", "PUT"), lint.Facts{}, "set method PUT", 80, .5},
		{"toggle the slash", path("/v1/orders/"), 404, nil, lint.Facts{}, "set url.path /v1/orders", 12, .1},
		{"https", get("http://api.shop.test:443/"), 400, nil, lint.Facts{}, "set url.scheme https", 12, .1},
		{"decode once", query("q=a%2520b"), 400, nil, lint.Facts{}, "set query:q a b", 40, .1},
		{"encode once", path("/v1/a b"), 400, nil, lint.Facts{}, "set url.path /v1/a%20b", 40, .1},
		{"a bound beside its decimal places", post(`{"price":150.5}`), 400, server("body:/price", "invalid_body_property_value", "must be between 1 and 100 with at most 2 decimal places"), lint.Facts{}, `set body:/price 100`, 24, .1},
		{"as many decimal places as the server takes", post(`{"price":"12.999"}`), 400, server("body:/price", "invalid_body_property_value", "Ensure that there are no more than 2 decimal places."), lint.Facts{}, `set body:/price "12.99"`, 24, .1},
		{"a number in a text stays one", post(`{"age":"200"}`), 400, server("body:/age", "invalid_body_property_value", "\"200\" is greater than maximum value 130"), lint.Facts{}, `set body:/age "130"`, 20, .05},
		{"another number for a number", post(`{"team_id":900}`), 422, server("body:/team_id", "invalid_body_property_value", "does not exist"), lint.Facts{}, "set body:/team_id 1", 4, .4},
		{"a decimal in quotes", post(`{"x":"12.50"}`), 400, nil, lint.Facts{}, "set body:/x 12.50", 14, .1},
		{"a decimal in quotes, by name", post(`{"weight":"12.50"}`), 400, nil, lint.Facts{}, "set body:/weight 12.50", 28, .1},
		{"a price in quotes, as many have them", post(`{"unit_price":"12.50"}`), 400, nil, lint.Facts{}, "set body:/unit_price 12.50", 10, .4},
		{"a whole number in quotes", post(`{"quantity":"5"}`), 400, nil, lint.Facts{}, "set body:/quantity 5", 12, .9},
		{"a whole number in quotes that may be a code", post(`{"zip":"10115"}`), 400, nil, lint.Facts{}, "set body:/zip 10115", .5, .9},
		{"an id as text", post(`{"customer_id":7}`), 400, nil, lint.Facts{}, `set body:/customer_id "7"`, 6, .9},
		{"True", post(`{"gift":"True"}`), 400, nil, lint.Facts{}, "set body:/gift true", 25, .02},
		{"yes", post(`{"is_gift":"yes"}`), 400, nil, lint.Facts{}, "set body:/is_gift true", 25, .02},
		{"1", post(`{"enabled":1}`), 400, nil, lint.Facts{}, "set body:/enabled true", 20, .1}, // it may be a number after all
		{"null", post(`{"a":null}`), 400, nil, lint.Facts{}, "remove body:/a", 12, .05},
		{"empty text", post(`{"email":""}`), 400, nil, lint.Facts{}, "remove body:/email", 6, .05},
		{"a date as a day", post(`{"due_date":"31/12/2026"}`), 400, nil, lint.Facts{}, `set body:/due_date "2026-12-31"`, 14, .3},
		{"a date as a moment", post(`{"created_at":"31/12/2026"}`), 400, nil, lint.Facts{}, `set body:/created_at "2026-12-31T00:00:00Z"`, 14, .3},
		{"a word in lower case", post(`{"status":"Pending"}`), 400, nil, lint.Facts{}, `set body:/status "pending"`, 10, .5},
		{"a word in upper case", post(`{"status":"pending"}`), 400, nil, lint.Facts{}, `set body:/status "PENDING"`, 2, .5},
		{"a word with a dash", post(`{"status":"in_stock"}`), 400, nil, lint.Facts{}, `set body:/status "in-stock"`, 1, .5},
		{"the nearest allowed word", post(`{"status":"shiped"}`), 400, server("body:/status", "invalid_body_property_value", "", "open", "shipped"), lint.Facts{}, `set body:/status "shipped"`, 60, .1},
		{"a key in the style of its siblings", post(`{"first_name":"a","last_name":"b","zip_code":"10115","birthDate":"2000-01-01"}`), 400, nil, lint.Facts{}, "rename body:/birthDate birth_date", 20, .1},
		{"a key that is nearly known", post(`{"quantiy":1}`), 400, nil, lint.Facts{}, "rename body:/quantiy quantity", 20, .1},
		{"a key of the server's list", post(`{"quantiy":1}`), 400, server("body:/quantiy", "unexpected_body_property", "", "quantity"), lint.Facts{}, "rename body:/quantiy quantity", 60, .1},
		{"without what is unexpected", post(`{"a":1,"b":2}`), 400, server("body:/b", "unexpected_body_property", ""), lint.Facts{}, "remove body:/b", 60, .05},
		{"with what is missing", post(`{"a":1}`), 400, server("body:/email", "missing_body_property", "required"), lint.Facts{}, `add body:/email "user@example.com"`, 60, .02},
		{"wrap the root", post(`{"name":"c","qty":1}`), 400, nil, sibling, `set body {"order":{"name":"c","qty":1}}`, 30, .3},
		{"a list of one", post(`{"tags":"a"}`), 400, server("body:/tags", "invalid_body_property_type", "must be an array"), lint.Facts{}, `set body:/tags ["a"]`, 40, .3},
		{"the first of a list", post(`{"name":["a"]}`), 400, server("body:/name", "invalid_body_property_type", "must be a string"), lint.Facts{}, `set body:/name "a"`, 40, .3},
		{"clamp to the most", post(`{"quantity":500}`), 400, server("body:/quantity", "invalid_body_property_value", "must be at most 100"), lint.Facts{}, "set body:/quantity 100", 40, .05},
		{"clamp to the length", post(`{"name":"abcdef"}`), 400, server("body:/name", "invalid_body_property_value", "no more than 3 characters"), lint.Facts{}, `set body:/name "abc"`, 40, .05},
		{"one of a pair of the same meaning", query("page=2&offset=20"), 400, nil, lint.Facts{}, "remove query:offset", 8, .2},
		{"one of two keys of the same meaning", post(`{"zip":"10115","postal_code":"10115"}`), 400, nil, lint.Facts{}, "remove body:/postal_code", 8, .2},
		{"move the key to where siblings send it", keyInQuery, 401, nil, sibling, "move query:api_key header:X-Api-Key", 40, .05},
	}
}

func TestRowsOfTheTable(t *testing.T) {
	for _, c := range rows() {
		t.Run(c.name, func(t *testing.T) {
			c.facts.Now, c.facts.Status = noon, c.status
			x := element.Of(c.r)
			all := For(x, c.ev, lint.Check(x, c.facts), Options{Now: noon, Status: c.status})
			i := slices.IndexFunc(all, func(e diagnose.Edit) bool { return show(e) == c.want })
			if i < 0 {
				t.Fatalf("got %v, want %s", head(all, 8), c.want)
			}
			if e := all[i]; e.Weight < c.weight || e.Harm > c.harm {
				t.Errorf("got weight %.1f, harm %.2f; want at least %.1f, at most %.2f", e.Weight, e.Harm, c.weight, c.harm)
			}
		})
	}
}

// The rows that need a document are made by package spec, with the same weights.
func TestRowsOfADocument(t *testing.T) {
	s, err := spec.Load([]byte(`{"openapi":"3.0.3","info":{"title":"x","version":"1"},"components":{"securitySchemes":{"k":{"type":"apiKey","in":"header","name":"X-Api-Key"}}},"security":[{"k":[]}],
		"paths":{"/v1/orders":{"get":{"responses":{"200":{"description":"ok"}}},"put":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","additionalProperties":false,"required":["name"],
		"properties":{"name":{"type":"string"},"qty":{"type":"integer","maximum":9}}}}}},"responses":{"200":{"description":"ok"}}}}}}`), "x.json")
	if err != nil {
		t.Fatal(err)
	}
	put := post(`{"nmae":"a","qty":12}`, "X-Api-Key: k", "Content-Type: application/json")
	put.Method = "PUT"
	extra := put.Clone()
	extra.Body.Text = `{"name":"a","zzz":1}`
	lone := put.Clone()
	lone.Body.Text = `{"qty":1}`
	for _, c := range []struct {
		r    request.Request
		want string
	}{
		{get("https://api.shop.test/v1/orders?X-Api-Key=k"), "move query:X-Api-Key header:X-Api-Key"},
		{put, "rename body:/nmae name"}, {put, "set body:/qty 9"}, {extra, "remove body:/zzz"}, {lone, `add body:/name "`},
	} {
		edits := s.Edits(c.r, noon)
		if !slices.ContainsFunc(edits, func(e diagnose.Edit) bool { return strings.HasPrefix(show(e), c.want) && e.Weight >= 40 }) {
			t.Errorf("got %v, want %s", head(edits, 5), c.want)
		}
	}
}

// Two things of nearly the same name are no pair.
func TestPairsAreOfOneMeaning(t *testing.T) {
	for _, r := range []request.Request{
		get("https://h.test/?page=1&limit=5&sort=a"), get("https://h.test/?page=1&page=2"), post(`{"shipping":{"zip":"1"},"billing":{"postal_code":"2"}}`), post(`{"phone":"1","mobile":"2","mail_opt_in":true}`),
	} {
		for _, e := range candidates(r, 400) {
			if e.Cause == "interacting_parameters" {
				t.Errorf("%s: %s", r.URL+r.Body.Text, show(e))
			}
		}
	}
}

// What a try costs is in the order (§9.1): among the edits of one unsafe request the likeliest stays first, and a safe
// request is varied safely before it is sent as one that changes data.
func TestSideEffectsAreInTheOrder(t *testing.T) {
	likelier, writes := edit("url.path", diagnose.Set, "/b", .1, ""), edit("method", diagnose.Set, "POST", .5, "")
	safe, unsafe := get("https://h.test/a"), post(`{}`)
	for _, c := range []struct {
		r    request.Request
		e    diagnose.Edit
		p    float64
		side float64
		want float64
	}{
		{safe, likelier, .3, sideProduction, 1}, {safe, writes, .3, sideProduction, 13}, {unsafe, likelier, .3, sideProduction, 13}, {unsafe, likelier, .3, sideHarmless, 1.9},
		{unsafe, edit("method", diagnose.Set, "GET", .5, ""), .3, sideTest, 4}, {safe, edit("tls.max_version", diagnose.Set, "", .1, ""), .3, sideTest, .5}, {unsafe, likelier, .3, 0, 1},
	} {
		if got := cost(c.r, c.e, c.p, c.side); fmt.Sprintf("%.2f", got) != fmt.Sprintf("%.2f", c.want) {
			t.Errorf("%s %s: got %.2f, want %.2f", c.r.Method, show(c.e), got, c.want)
		}
	}
	if Side(unsafe, true) != sideProduction || Side(unsafe, false) != sideTest || Side(post(`{}`, "Idempotency-Key: 1"), true) != sideHarmless {
		t.Error("the cost of a pass is not that of §9.1")
	}
	lost := get("https://api.shop.test/v1/orders/")
	order := func(side float64) (slash, method int) {
		x := element.Of(lost)
		all := For(x, nil, nil, Options{Now: noon, Status: 405, Side: side})
		at := func(want string) int {
			return slices.IndexFunc(all, func(e diagnose.Edit) bool { return show(e) == want })
		}
		return at("set url.path /v1/orders"), at("set method POST")
	}
	if slash, method := order(0); slash < 0 || method < 0 || method > slash {
		t.Errorf("without side effects the method is likelier: got %d, %d", slash, method)
	}
	if slash, method := order(sideProduction); slash > method {
		t.Errorf("a write comes before a safe try: got %d, %d", slash, method)
	}
	var before []string
	for _, side := range []float64{0, sideTest, sideProduction} {
		x := element.Of(post(`{"price":"12.50","status":"Open","n":null}`))
		var got []string
		for _, e := range For(x, nil, lint.Check(x, lint.Facts{Now: noon}), Options{Now: noon, Status: 400, Side: side}) {
			got = append(got, show(e))
		}
		if before != nil && !slices.Equal(before, got) {
			t.Errorf("the order of one unsafe request changed with its side effects:\n%v\n%v", before, got)
		}
		before = got
	}
}

// Classes of mistakes are mended together, and what only looks alike stays (§8).
func TestClasses(t *testing.T) {
	x := element.Of(post(`{"a":"5","b":{"price":"12.50","zip":"10115","phone":"0301234","n":"007","v":"1.2.3"},"on":"yes","off":"False","note":"n","word":"yesterday","d":"31/12/2026","e":"2026-12-30 10:00"}`))
	for _, c := range []struct {
		name string
		got  []diagnose.Edit
		want []string
	}{
		{"numbers", Numbers(x, Options{Now: noon}), []string{"set body:/a 5", "set body:/b/price 12.50"}},
		{"truths", Truths(x, Options{Now: noon}), []string{"set body:/on true", "set body:/off false"}},
		{"days", moments(x, Options{Now: noon}, true), []string{`set body:/d "2026-12-31"`, `set body:/e "2026-12-30"`}},
		{"moments", moments(x, Options{Now: noon}, false), []string{`set body:/d "2026-12-31T00:00:00Z"`, `set body:/e "2026-12-30T10:00:00Z"`}},
	} {
		var got []string
		for _, e := range c.got {
			got = append(got, show(e))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if _, err := element.Apply(x.Request, c.got); err != nil {
			t.Error(err)
		}
	}
}
