package inquiry_test

import (
	"encoding/json"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestOfAnItemTheMemberIsAccused: an answer names an object of a list, or nothing, and the culprit is a member of it; the
// operations of a JSON Patch are not made like each other for that. Where no member mends it, the item stays accused.
func TestOfAnItemTheMemberIsAccused(t *testing.T) {
	patch := func(body string) diagnose.Case {
		c := write("/items/1", body)
		c.Request.Method = "PATCH"
		c.Request.Header = request.Set(c.Request.Header, "Content-Type", "application/json-patch+json")
		return c
	}
	operations := func(says string) answers {
		return func(q diagnose.Question) (int, string, []string) {
			var ops []map[string]any
			if q.Request.Method == "GET" {
				return 200, `{"name":"a","qty":1}`, nil
			}
			if json.Unmarshal([]byte(q.Request.Body.Text), &ops) != nil {
				return 400, says, nil
			}
			for _, o := range ops {
				op, _ := o["op"].(string)
				_, number := o["value"].(float64)
				if op != "replace" && op != "remove" || o["path"] == "/qty" && !number || o["path"] != "/qty" && o["path"] != "/name" {
					return 400, says, nil
				}
			}
			return 200, `{"name":"b"}`, nil
		}
	}
	lines := func(says string, bad func(l map[string]any) bool) answers {
		return func(q diagnose.Question) (int, string, []string) {
			var b struct{ Lines []map[string]any }
			if json.Unmarshal([]byte(q.Request.Body.Text), &b) != nil {
				return 400, says, nil
			}
			for _, l := range b.Lines {
				if bad(l) {
					return 400, says, nil
				}
			}
			return 201, `{"id":1}`, nil
		}
	}
	const opaque, second = `{"error":"Bad Request"}`, `{"errors":[{"pointer":"/lines/1","detail":"is not valid"}]}`
	for name, c := range map[string]struct {
		c       diagnose.Case
		f       answers
		element diagnose.ElementID
	}{
		"an operation in capitals":  {patch(`[{"op":"REPLACE","path":"/name","value":"Tea"},{"op":"replace","path":"/qty","value":2}]`), operations(opaque), "body:/0/op"},
		"the value of an operation": {patch(`[{"op":"replace","path":"/name","value":"Tea"},{"op":"replace","path":"/qty","value":"two"}]`), operations(opaque), "body:/1/value"},
		"the path of an operation":  {patch(`[{"op":"replace","path":"/nam","value":"Tea"},{"op":"replace","path":"/qty","value":2}]`), operations(opaque), "body:/0/path"},
		"a choice":                  {write("/orders", `{"lines":[{"sku":"A","unit":"kg"},{"sku":"B","unit":"kgg"},{"sku":"C","unit":"g"}],"note":"n"}`), lines(second, func(l map[string]any) bool { return l["unit"] == "kgg" }), "body:/lines/1/unit"},
		"a member too many":         {write("/orders", `{"lines":[{"sku":"A","qty":1},{"sku":"B","qty":2,"colour":"red"}],"note":"n"}`), lines(second, func(l map[string]any) bool { _, ok := l["colour"]; return ok }), "body:/lines/1/colour"},
		"a number out of bounds":    {write("/orders", `{"lines":[{"sku":"A","qty":1},{"sku":"B","qty":-2}],"note":"n"}`), lines(second, func(l map[string]any) bool { q, _ := l["qty"].(float64); return q < 0 }), "body:/lines/1/qty"},
		"an item too many": {write("/orders", `{"lines":[{"sku":"A","qty":1},{"sku":"B","qty":2}],"note":"n"}`), func(q diagnose.Question) (int, string, []string) {
			var b struct{ Lines []map[string]any }
			if json.Unmarshal([]byte(q.Request.Body.Text), &b) != nil || len(b.Lines) > 1 {
				return 400, second, nil
			}
			return 201, `{"id":1}`, nil
		}, "body:/lines/1"},
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := asked(t, c.c, c.f)
			if v := r.Verdict; v.Outcome != diagnose.OutcomeIsolated || len(v.Culprits) != 1 || v.Culprits[0].Element != c.element {
				t.Errorf("%s", words(r))
			}
		})
	}
}

// An empty list against one that has items is one difference: any of the items would do, and none of them is at fault.
func TestAnEmptyListIsAtFaultItself(t *testing.T) {
	c := write("/tools", `{"name":"saw","parts":[]}`)
	good := write("/tools", `{"name":"saw","parts":[{"label":"blade"},{"label":"key"}]}`).Request
	c.Good = []diagnose.Known{{Request: good, Label: "the good request"}}
	report, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, `"parts":[]`) || !strings.Contains(q.Request.Body.Text, `"parts":[`) {
			return 400, "Bad Request", nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/parts" || got[0].Standing != diagnose.Confirmed {
		t.Errorf("got %s", shown(got))
	}
}
