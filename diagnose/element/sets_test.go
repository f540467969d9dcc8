package element

import (
	"encoding/json"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// Several values that are set at once are what they are one by one: those that are there, and those that are not, come
// twice, or hold another.
func TestSetsAreWhatEachWouldBe(t *testing.T) {
	for _, text := range []string{
		`{"a":1,"b":{"c":"x","d":[1, 2,{"e":null}]},"f/g":0}`,
		`{"a":1,"a":{"c":2},"b":3}`, // the last one counts
		`<a id="7"><b>1</b><b at="x"/><c> two </c></a>`,
		`no body of values`,
	} {
		r := request.Request{Method: "POST", URL: "https://h.test/", Body: request.Body{Kind: request.RawBody, Text: text}}
		ids := []diagnose.ElementID{"body:/a", "body:/b", "body:/b/c", "body:/b/d/0", "body:/b/d/2/e", "body:/b/d/3", "body:/f~1g", "body:/a/c", "body:/new",
			"body:/a/@id", "body:/a/b/0", "body:/a/b/1", "body:/a/b/1/@at", "body:/a/new"}
		for i, a := range ids {
			for _, b := range ids {
				for _, c := range ids[:i+1] {
					edits := []diagnose.Edit{{Element: a, Op: diagnose.Set, To: "one & <two>"}, {Element: b, Op: diagnose.Set, To: json.RawMessage(`[1]`)}, {Element: c, Op: diagnose.Set, To: json.Number("3")}}
					got, err := Apply(r, edits)
					want, wantErr := r, error(nil)
					for _, e := range edits {
						if wantErr == nil {
							want, wantErr = Apply(want, []diagnose.Edit{e})
						}
					}
					if (err == nil) != (wantErr == nil) || err == nil && got.Body.Text != want.Body.Text {
						t.Fatalf("%s, %s, %s in %s\ngot  %s, %v\nwant %s, %v", a, b, c, text, got.Body.Text, err, want.Body.Text, wantErr)
					}
				}
			}
		}
	}
}
