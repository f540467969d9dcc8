package shell

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"culprit/collections"
	"culprit/tui/screentest"
)

// Of a large collection the rows of the window come first. The person is told that the rest is on its way, and where
// they are meanwhile they stay.
func TestALargeCollectionBeginsWithItsFirstRows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		beginning := screentest.Shop()
		orders := beginning.Root.Children[0]
		for i, e := range orders.Children[1:] {
			orders.Children[i+1] = &collections.Entry{Name: e.Path, Path: e.Path, Parent: orders}
		}
		opt.Collection, opt.First = nil, func() (*collections.Collection, bool) { return beginning, false }
		opt.Core.Reload = func(context.Context) (*collections.Collection, error) {
			time.Sleep(time.Second)
			return screentest.Shop(), nil
		}
		s := open(t, opt, 140, 42)
		s.Has("Reading the collection", "GET List orders", "orders/create-order", "{{base}}/orders?limit=20")
		s.Lacks("Create order")
		s.Press("down")
		s.Has("Not read yet.")
		time.Sleep(time.Second)
		s.Settle()
		s.Has("POST Create order", "https://local.shop.example/orders  ")
		s.Lacks("Reading the collection", "orders/create-order ")
	})
}
