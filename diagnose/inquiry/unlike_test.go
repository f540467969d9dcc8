package inquiry

import "testing"

// What two requests differ in anyway is told from a slip: the search begins with the slips.
func TestHowTwoValuesDiffer(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{`"Express"`, `"express"`, otherSlip},
		{`"in_stock"`, `"in stock"`, otherSlip},
		{`"12.50"`, `12.5`, otherSlip},
		{`null`, `"CUP"`, otherSlip},
		{``, `x`, otherSlip},
		{`[1]`, `{"a":1}`, otherSlip},
		{`"2031-03-20"`, `"20.03.2031"`, otherLook},
		{`"A-17"`, `"17"`, otherLook},
		{`1000`, `5`, otherLook},
		{`-3`, `3`, otherLook},
		{`1.5`, `2`, otherLook},
		{`7`, `6`, 1},
		{`"2031-03-20"`, `"1999-12-01"`, 1},
		{`"Ada Lovelace"`, `"Charles Babbage the elder"`, 1},
		{`true`, `false`, 1},
	} {
		if got := unlike(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}
