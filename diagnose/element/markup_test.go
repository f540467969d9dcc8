package element_test

import (
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// TestABodyInXMLHasElements: its values and attributes are elements, and an edit changes only the one that it names.
func TestABodyInXMLHasElements(t *testing.T) {
	const text = `<order id="7"><item><qty>two</qty></item><item><qty>3</qty></item><password>s3cret</password></order>`
	r := request.Request{Method: "POST", URL: "https://h.test/", Body: request.Body{Kind: request.RawBody, Type: "application/xml", Text: text}}
	x := element.Of(r)
	for id, want := range map[diagnose.ElementID]string{"body:/order/@id": "7", "body:/order/item/0/qty": "two", "body:/order/item/1/qty": "3", "body:/order/password": "s3cret"} {
		e, ok := x.Get(id)
		if kind, _ := element.Kind(e); !ok || e.Value != want || kind != "form" || e.Secret != (want == "s3cret") {
			t.Errorf("%s: %+v", id, e)
		}
	}
	got, err := element.Apply(r, []diagnose.Edit{
		{Element: "body:/order/item/0/qty", Op: diagnose.Set, To: "2"}, {Element: "body:/order/@id", Op: diagnose.Remove},
		{Element: "body:/order/note", Op: diagnose.Set, To: "a < b"}, {Element: "body:/order/password", Op: diagnose.Rename, To: "pin"},
	})
	if want := `<order><item><qty>2</qty></item><item><qty>3</qty></item><pin>s3cret</pin><note>a &lt; b</note></order>`; err != nil || got.Body.Text != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, got.Body.Text, want)
	}
	if back := element.Diff(got, r); len(back) == 0 {
		t.Error("no difference is seen")
	} else if again, err := element.Apply(got, back); err != nil || again.Body.Text == got.Body.Text {
		t.Errorf("%v: %s", err, again.Body.Text)
	}
}
