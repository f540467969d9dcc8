package shell

import (
	"context"
	"testing"
	"testing/synctest"
)

// TestTheWorkbenchOpensWhereItWasLeft: the environment and the request are those of the last time.
func TestTheWorkbenchOpensWhereItWasLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var left []Place
		opt := options(&world{})
		opt.Environment = ""
		opt.Core.Leave = func(_ context.Context, at Place) error { left = append(left, at); return nil }
		s := open(t, opt, 140, 42)
		s.Has("no environment", "2 List orders")
		s.Press("ctrl+e", "1", "j", "q")
		if err := s.Ended(); err != nil {
			t.Fatal(err)
		}
		if len(left) != 1 || left[0] != (Place{"local", "orders/create-order"}) {
			t.Fatalf("left at %q", left)
		}

		opt.Was = left[0]
		s = open(t, opt, 140, 42)
		s.Has("env local", "2 Create order", "https://local.shop.example/orders")
		s.Press("q")
		if s.Ended(); len(left) != 1 {
			t.Errorf("nothing moved, and %q was written", left[1:])
		}

		opt.Environment = "production" // given with --env
		s = open(t, opt, 140, 42)
		s.Has("env production", "2 Create order")
		opt.Environment, opt.Was = "", Place{"gone", "gone/too"}
		s = open(t, opt, 140, 42)
		s.Has("no environment", "2 List orders")
	})
}
