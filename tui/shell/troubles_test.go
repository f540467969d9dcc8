package shell

import (
	"testing"
	"testing/synctest"

	"culprit/collections"
)

// What is wrong with a file of the collection is said at the start and, with what is only odd, listed by the palette.
func TestWhatIsWrongWithTheFilesIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		c := opt.Collection
		c.Dir = "/shop"
		c.Problems = []collections.Problem{{File: "/shop/environments/prod.yml", Line: 3, Column: 5, Text: "a colon is missing"}}
		c.Root.Children[0].Children[0].Problems = []collections.Problem{{File: "/shop/orders/list.yml", Line: 9, Column: 1, Text: "\"colour\" is not known here; it is kept", Warning: true}}
		s := open(t, opt, 80, 24)
		s.Has("environments/prod.yml:3:5: a colon is missing")
		s.Press("ctrl+p")
		s.Type("warnings")
		s.Press("enter")
		s.Has("environments/prod.yml:3:5: a colon is missing", "orders/list.yml:9:1: \"colour\" is not known here")
		s.Press("esc")
	})
}

func TestAnOddKeyAloneIsNotSaidAtTheStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		opt.Collection.Problems = []collections.Problem{{File: "/shop/.culprit.json", Text: "what it says is not known", Warning: true}}
		s := open(t, opt, 80, 24)
		s.Lacks("not known")
	})
}
