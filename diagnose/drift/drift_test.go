package drift

import (
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// answer is an exchange of GET /orders/7 that brought body with status 200.
func answer(body string, header ...string) *request.Exchange {
	r := request.Request{Method: "GET", URL: "https://api.example.com/orders/7"}
	resp := &request.Response{Status: 200, Body: request.NewContent([]byte(body)), Wire: int64(len(body))}
	for i := 0; i+1 < len(header); i += 2 {
		resp.Header = append(resp.Header, request.Field{Name: header[i], Value: header[i+1]})
	}
	if !request.Has(resp.Header, "Content-Type") {
		resp.Header = append(resp.Header, request.Field{Name: "Content-Type", Value: "application/json"})
	}
	return &request.Exchange{Request: r, Hops: []request.Hop{{Sent: request.Sent{Method: "GET", URL: r.URL}, Response: resp}}}
}

func before(x ...*request.Exchange) []diagnose.Known {
	var out []diagnose.Known
	for _, e := range x {
		out = append(out, diagnose.Known{Label: "the last pass", Request: e.Request, Exchange: e})
	}
	return out
}

const order = `{"id":7,"total":12.5,"paid":true,"customer":{"name":"Ada","city":"London"},"items":[{"sku":"A","qty":1},{"sku":"B","qty":2}],"note":null,"tags":[]}`

func swap(old, new string) string { return strings.Replace(order, old, new, 1) }

func TestDriftAgainstTheLastGoodAnswer(t *testing.T) {
	for _, c := range []struct {
		name, is string
		place    string
		change   string
		cause    diagnose.CauseID
		sure     bool
		says     string
	}{
		{"a number became a string", swap("12.5", `"12.50"`), "body /total", "type", "response_schema_mismatch", true, `was a number (12.5), is a string ("12.50")`},
		{"a flag became a word", swap("true", `"yes"`), "body /paid", "type", "response_schema_mismatch", true, "true or false"},
		{"an object became its id", swap(`{"name":"Ada","city":"London"}`, `"cus_1"`), "body /customer", "type", "response_schema_mismatch", true, "was an object, is a string"},
		{"a list became an object", swap(`[{"sku":"A","qty":1},{"sku":"B","qty":2}]`, `{"A":1}`), "body /items", "type", "response_schema_mismatch", true, "was a list, is an object"},
		{"in every element", strings.NewReplacer(`"qty":1`, `"qty":"1"`, `"qty":2`, `"qty":"2"`).Replace(order), "body /items/0/qty", "type", "response_schema_mismatch", true, ""},
		{"a member is gone", swap(`"total":12.5,`, ``), "body /total", "removed", "response_schema_mismatch", false, "is gone, it was a number (12.5)"},
		{"gone in every element", strings.NewReplacer(`,"qty":1`, ``, `,"qty":2`, ``).Replace(order), "body /items/0/qty", "removed", "response_schema_mismatch", false, "is gone"},
		{"another spelling", swap(`"total"`, `"Total"`), "body /total", "renamed", "response_schema_mismatch", true, "is now called Total"},
		{"another name", swap(`"total"`, `"amount"`), "body /total", "renamed", "response_schema_mismatch", true, "is now called amount"},
		{"most of it is gone", `{"id":7,"items":[],"tags":[]}`, "body /total", "removed", "response_schema_mismatch", true, ""},
		{"nothing in it", `{}`, "body", "empty", "unexpected_empty_response", true, "had members before"},
		{"null", `null`, "body", "empty", "unexpected_empty_response", true, ""},
		{"no byte", ``, "body", "empty", "unexpected_empty_response", true, "the answer is empty"},
		{"half of it", order[:60], "body", "cut", "truncated_response", true, "ends in the middle"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := Of(answer(c.is), before(answer(order)), nil)
			if len(all) == 0 {
				t.Fatal("no departure")
			}
			d := all[0]
			if d.Place != c.place || d.Change != c.change || d.Cause != c.cause || (d.Weight == proof) != c.sure || d.Weight == note || !strings.Contains(d.Text, c.says) {
				t.Errorf("got %+v", all)
			}
		})
	}
}

// A page where data was, and a text that is not what it is called.
func TestDriftOfTheMediaType(t *testing.T) {
	page := `<!doctype html><html><body>Sign in</body></html>`
	for _, c := range []struct {
		name  string
		x     *request.Exchange
		cause diagnose.CauseID
		place string
	}{
		{"a page", answer(page, "Content-Type", "text/html; charset=utf-8"), "response_content_type_mismatch", "body"},
		{"a page that is called JSON", answer(page), "response_content_type_mismatch", "header Content-Type"},
		{"XML", answer(`<order/>`, "Content-Type", "application/xml"), "response_content_type_mismatch", "header Content-Type"},
		{"no JSON", answer(`all is well`), "response_content_type_mismatch", "body"},
		{"compressed and not said", answer("\x1f\x8b\x08\x00abc"), "content_coding_error", "header Content-Encoding"},
		{"compressed twice", answer("\x1f\x8b\x08\x00abc", "Content-Encoding", "gzip"), "content_coding_error", "header Content-Encoding"},
		{"Latin-1 in JSON", answer("{\"city\":\"K\xf6ln\"}"), "response_content_type_mismatch", "header Content-Type"},
		{"Latin-1 that is called UTF-8", answer("K\xf6ln", "Content-Type", "text/plain; charset=utf-8"), "response_content_type_mismatch", "header Content-Type"},
	} {
		all := Of(c.x, before(answer(order)), nil)
		if len(all) == 0 || all[0].Cause != c.cause || all[0].Place != c.place || all[0].Weight != proof {
			t.Errorf("%s: got %+v", c.name, all)
		}
	}
	x := answer(`<html><form><input type="password"></form></html>`, "Content-Type", "text/html")
	x.Hops = append([]request.Hop{{Followed: &request.Redirect{Status: 302}}}, x.Hops...)
	if all := Of(x, nil, nil); len(all) != 1 || all[0].Cause != "session_cookie_invalid" {
		t.Errorf("a sign-in page after a redirect: %+v", all)
	}
}

// What an API may do at any time accuses nobody.
func TestHealthyAnswersAreNoDrift(t *testing.T) {
	list := `{"data":[{"id":1,"name":"a"},{"id":2,"name":"b"}],"total":2,"next":"/x?page=2"}`
	events := `[{"type":"paid","amount":3},{"type":"paid","amount":4}]`
	rates := `{"base":"EUR","rates":{"2030-01-01":1.1,"2030-01-02":1.2}}`
	for _, c := range []struct{ name, was, is string }{
		{"the same", order, order}, {"other values", order, swap("12.5", "99")}, {"another order of members", order, `{"tags":[],"note":null,"items":[{"qty":1,"sku":"A"}],"customer":{"city":"London","name":"Ada"},"paid":false,"total":1,"id":7}`},
		{"an added member", order, swap(`"id":7`, `"id":7,"currency":"EUR"`)}, {"an added member of every element", order, strings.ReplaceAll(order, `"sku"`, `"unit":"kg","sku"`)},
		{"a whole number", order, swap("12.5", "12")}, {"an exponent", order, swap("12.5", "1.25e1")},
		{"null became a text", order, swap(`"note":null`, `"note":"hi"`)}, {"a text became null", swap(`"note":null`, `"note":"hi"`), order},
		{"null became an object", order, swap(`"note":null`, `"note":{"a":1}`)}, {"what was null is gone", order, swap(`"note":null,`, ``)}, {"what was empty is gone", order, swap(`,"tags":[]`, ``)},
		{"an empty list was filled", order, swap(`"tags":[]`, `"tags":["a"]`)}, {"a list is empty", order, swap(`[{"sku":"A","qty":1},{"sku":"B","qty":2}]`, `[]`)},
		{"the whole list is empty", `[{"id":1}]`, `[]`}, {"nothing was found", list, `{"data":[],"total":0}`}, {"the last page", list, `{"data":[{"id":3,"name":"c"}],"total":2}`},
		{"PHP writes an empty map as a list", swap(`{"name":"Ada","city":"London"}`, `[]`), order}, {"false for none", order, swap(`{"name":"Ada","city":"London"}`, `false`)},
		{"an optional member of some elements", `[{"id":1,"x":"a"},{"id":2}]`, `[{"id":1},{"id":2}]`}, {"one element without it", `[{"id":1,"x":"a"},{"id":2,"x":"b"}]`, `[{"id":1}]`},
		{"other kinds of events", events, `[{"type":"sent","to":"a"},{"type":"sent","to":"b"}]`}, {"mixed types before", `[{"v":1},{"v":"a"}]`, `[{"v":"b"},{"v":"c"}]`},
		{"other days", rates, `{"base":"EUR","rates":{"2030-01-03":1.3}}`}, {"other keys of a dictionary", `{"ada":1,"bob":2,"cyd":3}`, `{"dan":4,"eve":5,"fay":6}`},
		{"a state that is over", `{"id":1,"locked_at":"2030-01-02T03:04:05Z"}`, `{"id":1}`}, {"no longer an error", `{"id":1,"error":"boom"}`, `{"id":1}`},
		{"an empty text for none", swap("12.5", `""`), order}, {"not JSON before", `hello`, `world`},
	} {
		if got := Accused(Of(answer(c.is), before(answer(c.was)), nil)); len(got) > 0 && c.name != "not JSON before" {
			t.Errorf("%s: accused: %+v", c.name, got)
		}
	}
	for _, x := range []*request.Exchange{
		answer(`)]}',` + "\n" + `{"a":1}`), answer(`{"a":1}` + "\n" + `{"a":2}` + "\n"), answer("\ufeff{}"), answer(`3`), answer(`"text"`), answer(``),
		answer("PK\x03\x04", "Content-Type", "application/zip"), answer("\x1f\x8b\x08\x00", "Content-Type", "application/gzip"), answer("\x1f\x8b\x08\x00", "Content-Type", "application/octet-stream"),
		answer("K\xf6ln", "Content-Type", "text/plain; charset=iso-8859-1"), answer("K\xf6ln", "Content-Type", "text/plain"), answer(`<html></html>`, "Content-Type", "text/html"),
		answer("{\"city\":\"Köln 🫖\"}"), answer(`{"type":"password"}`),
	} {
		if got := Accused(Of(x, nil, nil)); len(got) > 0 {
			t.Errorf("%q: accused: %+v", x.Response().Body.Head(20), got)
		}
	}
	for _, s := range []int{204, 404} { // nothing to say, and a failure is not ours
		x := answer(``)
		x.Response().Status = s
		if got := Accused(Of(x, before(answer(order)), nil)); len(got) > 0 {
			t.Errorf("%d: accused: %+v", s, got)
		}
	}
}

func TestWhatWasAskedForMatters(t *testing.T) {
	other := answer(swap(`"total":12.5,`, ``))
	other.Request.URL += "?fields=id"
	if got := Accused(Of(other, before(answer(order)), nil)); len(got) > 0 {
		t.Errorf("fewer fields were asked for: %+v", got)
	}
	x := answer(`{"id":7,"note":"hi"}`)
	if got := Accused(Of(x, before(answer(`{"id":7,"note":"hi","extra":1}`), answer(`{"id":7,"note":"ho"}`)), nil)); len(got) > 0 {
		t.Errorf("an earlier answer went without it too: %+v", got)
	}
	// Who sees a wrong answer sends the request once more before he asks: the last passes are as wrong. What has been
	// so for longer is how it is, and what changes to and fro is no change.
	now, old := swap("12.5", `"12.50"`), order
	for _, c := range []struct {
		name    string
		passes  []string // newest first
		accused bool
	}{{"sent again", []string{now, old}, true}, {"twice", []string{now, now, old, old}, true}, {"long since", []string{now, now, now, old}, false}, {"to and fro", []string{now, old, now, old}, false}} {
		var earlier []*request.Exchange
		for _, b := range c.passes {
			earlier = append(earlier, answer(b))
		}
		if got := Accused(Of(answer(now), before(earlier...), nil)); (len(got) > 0) != c.accused {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	masked := answer(`{"access_token":{"a":1}}`)
	for _, d := range Of(masked, before(answer(`{"access_token":"s3cret-value-of-a-token"}`)), nil) {
		if strings.Contains(d.Text, "s3cret") {
			t.Errorf("a secret is shown: %s", d.Text)
		}
	}
}

func TestNotesSayWhatIsWorthKnowing(t *testing.T) {
	says := func(all []diagnose.Departure, words string) {
		t.Helper()
		for _, d := range all {
			if strings.Contains(d.Text, words) && d.Weight == note {
				return
			}
		}
		t.Errorf("no note %q in %+v", words, all)
	}
	says(Of(answer(swap(`[{"sku":"A","qty":1},{"sku":"B","qty":2}]`, `[]`)), before(answer(order)), nil), "body /items is an empty list")
	says(Of(answer(swap(`12.5`, `null`)), before(answer(order)), nil), "body /total was a number (12.5), is null")
	says(Of(answer(order, "Deprecation", "@1688169599", "Sunset", "Sat, 31 Dec 2050 23:59:59 GMT"), nil, nil), "deprecated: 2023-06-30")
	says(Of(answer(order, "Sunset", "Sat, 31 Dec 2050 23:59:59 GMT"), nil, nil), "switched off: Sat, 31 Dec 2050")
}

func TestASlowSuccess(t *testing.T) {
	x := answer(order)
	x.Took = 3 * time.Second
	x.Hops[0].Timing = request.Timing{ConnectStart: 1, ConnectDone: time.Millisecond, Wrote: 2 * time.Millisecond, FirstByte: 2900 * time.Millisecond, Done: 3 * time.Second}
	ms := func(all ...int) (out []time.Duration) {
		for _, n := range all {
			out = append(out, time.Duration(n)*time.Millisecond)
		}
		return out
	}
	got := Of(x, nil, ms(200, 180, 260))
	if len(got) != 1 || got[0].Cause != "slow_response" || !strings.Contains(got[0].Text, "2.9 s went into waiting for the server") {
		t.Errorf("got %+v", got)
	}
	if got := Of(x, nil, ms(3100, 2900, 200, 180, 260)); len(got) != 1 {
		t.Errorf("sent again just now: %+v", got)
	}
	for name, past := range map[string][]time.Duration{"two passes make no median": ms(200, 180), "one was slow as well": ms(200, 180, 1800), "always slow": ms(2000, 2500, 2900), "no history": nil} {
		if got := Of(x, nil, past); len(got) > 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	x.Took = 30 * time.Millisecond
	if got := Of(x, nil, ms(2, 2, 3)); len(got) > 0 {
		t.Errorf("ten times nothing is nothing: %+v", got)
	}
}

func FuzzDrift(f *testing.F) {
	f.Add(order, swap("12.5", `"x"`))
	f.Add(`[{"a":1}]`, `[[[`)
	f.Fuzz(func(t *testing.T, was, is string) {
		x := answer(is)
		Of(x, before(answer(was)), nil)
		if got := Accused(Of(answer(was), before(answer(was)), nil)); len(got) > 0 && len(own(answer(was))) == 0 {
			t.Errorf("an answer departs from itself: %+v", got)
		}
	})
}
