package repair

import (
	"slices"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// What stands beside a value, or beside a name, says how it is written in this API.
func TestWhatStandsBeside(t *testing.T) {
	lines := func(second string) string {
		return `{"lines":[{"sku":"AB-100","tax":0.07,"url":"https://a.test/1"},` + second + `,{"sku":"CD-300","tax":0.19,"url":"https://a.test/3"}]}`
	}
	for _, c := range []struct {
		name, method, url, body string
		id                      diagnose.ElementID
		want, not               string
	}{
		{"signs of the other items", "POST", "http://a.test/o", lines(`{"sku":"AB200","tax":0.07,"url":"https://a.test/2"}`), "body:/lines/1/sku", `"AB-200"`, ""},
		{"their capitals", "POST", "http://a.test/o", lines(`{"sku":"ab-200","tax":0.07,"url":"https://a.test/2"}`), "body:/lines/1/sku", `"AB-200"`, ""},
		{"their scheme", "POST", "http://a.test/o", lines(`{"sku":"AB-200","tax":0.07,"url":"http://a.test/2"}`), "body:/lines/1/url", `"https://a.test/2"`, ""},
		{"a share of one", "POST", "http://a.test/o", lines(`{"sku":"AB-200","tax":19,"url":"https://a.test/2"}`), "body:/lines/1/tax", `0.19`, ""},
		{"as all are", "POST", "http://a.test/o", lines(`{"sku":"AB-200","tax":1,"url":"https://a.test/2"}`), "body:/lines/1/tax", "", `0.01`},
		{"an amount is no share", "POST", "http://a.test/o", `{"lines":[{"price":0.5},{"price":12}]}`, "body:/lines/1/price", "", `0.12`},
		{"one other item is no habit", "POST", "http://a.test/o", `{"lines":[{"ref":"TEAX"},{"ref":"teax"}]}`, "body:/lines/1/ref", "", `"TEAX"`},
		{"not of one mind", "POST", "http://a.test/o", `{"lines":[{"sku":"AB200"},{"sku":"AB-100"},{"sku":"CD_300"}]}`, "body:/lines/0/sku", "", `"AB-200"`},
		{"the other end of a span", "GET", "http://a.test/o?from=2026-11-01&until=2026-11-20", "", "query:until", `"to"`, ""},
		{"both ends of one pair", "GET", "http://a.test/o?from=2026-11-01&to=2026-11-20", "", "query:to", "", `"until"`},
		{"the only name of two words", "POST", "http://a.test/o", `{"meter":"a","readAt":"b"}`, "body:/readAt", `"read_at"`, ""},
		{"one of several", "POST", "http://a.test/o", `{"meterId":"a","readAt":"b"}`, "body:/readAt", "", `"read_at"`},
		{"a size beside its page", "GET", "http://a.test/o?page=1&limit=50", "", "query:limit", `"per_page"`, ""},
		{"a longitude", "POST", "http://a.test/o", `{"lat":1.5,"lon":2.5}`, "body:/lon", `"lng"`, ""},
		{"both names", "POST", "http://a.test/o", `{"lat":1.5,"lon":2.5,"lng":2.5}`, "body:/lon", "", `"lng"`},
		{"an amount beside its currency", "POST", "http://a.test/o", `{"value":"1250","currency":"EUR"}`, "body:/value", `"1250.00"`, ""},
		{"a value of something else", "POST", "http://a.test/o", `{"value":"1250","unit":"g"}`, "body:/value", "", `"1250.00"`},
	} {
		p := place(placesOf(c.method, c.url, c.body, Options{}), c.id)
		if p == nil {
			t.Fatalf("%s: no place", c.name)
		}
		has := func(want string) bool {
			return slices.ContainsFunc(p.Changes, func(ch Change) bool { return string(element.Raw(ch.Edit.To)) == want })
		}
		if c.want != "" && !has(c.want) || c.not != "" && has(c.not) {
			t.Errorf("%s: want %s, not %s: %+v", c.name, c.want, c.not, p.Changes)
		}
	}
}

// An item that alone is empty is the likeliest of all to be at fault.
func TestAnEmptyItem(t *testing.T) {
	all := placesOf("POST", "http://a.test/o", `{"tags":["a",""],"lines":[{"n":1},{}],"notes":["",""]}`, Options{})
	for id, odd := range map[diagnose.ElementID]bool{"body:/tags/1": true, "body:/lines/1": true, "body:/notes/1": false} {
		if p := place(all, id); p == nil || (p.Fault > 1.5) != odd && odd {
			t.Errorf("%s: %+v", id, p)
		}
	}
}
