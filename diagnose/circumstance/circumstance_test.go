package circumstance

import (
	"testing"

	"culprit/request"
)

// from is n exchanges over new or used connections to an address, answered by a node.
func from(n int, remote string, used bool, node string) (out []*request.Exchange) {
	for range n {
		out = append(out, &request.Exchange{Hops: []request.Hop{{
			Conn:     request.Conn{Remote: remote, Reused: used},
			Response: &request.Response{Status: 200, Proto: "HTTP/1.1", Header: []request.Field{{Name: "X-Served-By", Value: node}}},
		}}})
	}
	return out
}

// TestAFailureThatComesWithOneThingIsLinkedToIt: what all failures have and no pass; nothing where both have the same, and
// nothing where too few were seen.
func TestAFailureThatComesWithOneThingIsLinkedToIt(t *testing.T) {
	const a, b = "192.0.2.1:80", "192.0.2.2:80"
	for name, c := range map[string]struct {
		passes, fails []*request.Exchange
		want          Link
	}{
		"an address":        {from(8, a, false, "web-1"), from(8, b, false, "web-1"), Link{Circumstance: address, Value: "192.0.2.2"}},
		"a node":            {from(8, a, false, "web-1"), from(8, a, false, "web-2"), Link{Circumstance: node, Value: "x-served-by web-2"}},
		"a used connection": {from(8, a, false, "web-1"), from(8, a, true, "web-1"), Link{Circumstance: Reused, Value: "used before"}},
		"nothing":           {from(8, a, false, "web-1"), from(8, a, false, "web-1"), Link{}},
		"too few":           {from(3, a, false, "web-1"), from(3, b, false, "web-1"), Link{}},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := Linked(c.passes, c.fails)
			if ok != (c.want.Value != "") || ok && (got.Circumstance != c.want.Circumstance || got.Value != c.want.Value) {
				t.Errorf("got %v %+v, want %+v", ok, got, c.want)
			}
		})
	}
}
