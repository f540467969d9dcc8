package shell

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

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
		now := c
		opt.Core.Reload = func(context.Context) (*collections.Collection, error) { return now, nil }
		s := open(t, opt, 80, 24)
		s.Has("environments/prod.yml:3:5: a colon is missing")
		s.Press("ctrl+p")
		s.Type("warnings")
		s.Press("enter")
		s.Has("environments/prod.yml:3:5: a colon is missing", "orders/list.yml:9:1: \"colour\" is not known here")
		s.Press("esc")
		more := *c
		more.Problems = append(more.Problems, collections.Problem{File: "/shop/environments/dev.yml", Text: "it is a folder"})
		now = &more
		s.Press("ctrl+l")
		s.Has("2 warnings: ctrl+p, then “warnings”")
		now = c
		time.Sleep(stays + time.Second)
		s.Press("ctrl+l")
		s.Lacks("warnings", "a colon is missing") // what was said before is not said again
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
