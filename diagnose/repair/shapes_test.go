package repair

import (
	"testing"

	"culprit/diagnose/element"
	"culprit/request"
)

func TestShapesAreWithoutWhatIsAroundABody(t *testing.T) {
	for body, want := range map[string]string{
		`[{"name":"a"}]`:                             `{"name":"a"}`,
		`{"data":{"name":"a"}}`:                      `{"name":"a"}`,
		`{"data":{"type":"orders","attributes":{}}}`: "",
		`[{"name":"a"},{"name":"b"}]`:                "",
		`{"name":"a"}`:                               "",
		`[1]`:                                        "",
	} {
		got := ""
		for _, e := range Shapes(element.Of(request.Request{Method: "POST", URL: "https://h.test/orders", Body: request.Body{Kind: request.RawBody, Text: body, Type: "application/json"}})) {
			got += e.To.(string)
		}
		if got != want {
			t.Errorf("of %s: got %s, want %s", body, got, want)
		}
	}
}
