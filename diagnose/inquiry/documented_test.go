package inquiry_test

import (
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/spec"
	"culprit/request"
)

const contract = `openapi: 3.0.3
info: {title: shop, version: "1"}
servers: [{url: "https://api.test"}]
paths:
  /orders/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                required: [id, total]
                properties: {id: {type: integer}, total: {type: number}, note: {type: string, nullable: true}}
`

// A success is held against the document: what it requires and forbids, and nothing more.
func TestASuccessIsHeldAgainstTheDocument(t *testing.T) {
	doc, err := spec.Load([]byte(contract), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, body, says string }{
		{"as documented", `{"id":7,"total":1.5}`, ""}, {"null where it may be", `{"id":7,"total":1.5,"note":null}`, ""}, {"more than documented", `{"id":7,"total":1,"new":true}`, ""},
		{"a required member is missing", `{"id":7}`, "total"}, {"another type", `{"id":7,"total":"1.5"}`, "/total"}, {"null where it may not be", `{"id":7,"total":null}`, "/total"},
	} {
		w := world{answers: func(request.Request) (int, string) { return 200, c.body }}
		got, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: parsed(t, `curl https://api.test/orders/7`), Spec: doc, Now: time.Unix(0, 0)}), w.ask, nil)
		if err != nil {
			t.Fatal(err)
		}
		v := got.Verdict
		switch {
		case c.says == "" && (v.Outcome != diagnose.OutcomePassing || len(v.Culprits) > 0):
			t.Errorf("%s: accused: %+v", c.name, v)
		case c.says != "" && (v.Outcome != diagnose.OutcomeExplained || v.Cause != "response_schema_mismatch" || !strings.Contains(v.Culprits[0].Explanation, c.says)):
			t.Errorf("%s: got %+v", c.name, v)
		}
	}
}
