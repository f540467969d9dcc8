package shell

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"culprit/collections"
	"culprit/tui/screentest"
)

// disk is a collection that another program changes while the workbench shows it.
type disk struct {
	w     *world
	coll  func() *collections.Collection
	heard chan []string
}

func newDisk() *disk {
	return &disk{w: &world{}, coll: screentest.Shop, heard: make(chan []string)}
}

func (d *disk) options() Options {
	opt := options(d.w)
	opt.Core.Reload = func(context.Context) (*collections.Collection, error) { return d.coll(), nil }
	opt.Core.Watch = func(ctx context.Context, heard func(files []string)) error {
		for {
			select {
			case files := <-d.heard:
				heard(files)
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return opt
}

// changes makes another program write v2 into the URL of the first request.
func (d *disk) changes(files ...string) {
	d.coll = func() *collections.Collection {
		c := screentest.Shop()
		c.Root.Children[0].Children[0].Saved.URL = "{{base}}/v2/orders"
		return c
	}
	d.tell(files...)
}

func (d *disk) tell(files ...string) { d.heard <- files }

// rest waits until the hands rest, and a little.
func rest(s *screentest.Screen) { time.Sleep(restAfter); s.Settle() }

func begun(s *screentest.Screen) { time.Sleep(watchAfter); s.Settle() }

func TestAFileThatChangedOnDiskIsReadAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDisk()
		s := open(t, d.options(), 140, 42)
		begun(s)
		d.changes("orders/list-orders.yml")
		s.Settle()
		s.Has("GET  {{base}}/v2/orders", "orders/list-orders.yml changed on disk and is read anew.")
		s.Lacks("edited", "The file changed")

		written := len(s.Raw())
		time.Sleep(time.Minute)
		s.Settle()
		if n := len(s.Raw()) - written; n != 0 {
			t.Errorf("%d bytes in a minute in which nothing happened", n)
		}
		d.tell("a.yml", "b.yml", "a.yml")
		s.Settle()
		s.Has("What is in 2 files changed on disk")
	})
}

func TestADraftIsShownBesideWhatAnotherProgramWrote(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDisk()
		s := open(t, d.options(), 140, 42)
		begun(s)
		s.Press("2", "m")
		d.changes("orders/list-orders.yml")
		s.Settle()
		s.Lacks("The file changed") // a key has just been pressed: the next one could answer
		rest(s)
		s.Has("The file changed", "- GET {{base}}/v2/orders", "+ POST {{base}}/orders", "k keep my draft", "t take the file's")
		s.Press("esc")
		s.Has("● edited, file changed")
		s.Press("ctrl+s", "t")
		s.Has("GET  {{base}}/v2/orders")
		s.Lacks("edited")
	})
}

// TestNothingIsTakenFromTheHands: a field that is being typed in stays as it is.
func TestNothingIsTakenFromTheHands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDisk()
		s := open(t, d.options(), 140, 42)
		begun(s)
		s.Press("2", "enter") // the URL
		s.Type("XY")
		d.changes("orders/list-orders.yml")
		rest(s)
		s.Has("XY", "orders/list-orders.yml changed on disk: read when you are done typing.")
		s.Type("Z")
		s.Press("enter")
		rest(s)
		s.Has("The file changed", "XYZ", "- GET {{base}}/v2/orders")
		s.Press("k")

		s.Press("?") // an overlay is not covered by another
		d.tell("x.yml")
		rest(s)
		s.Lacks("x.yml changed")
		s.Press("esc")
		rest(s)
		s.Has("x.yml changed on disk and is read anew.")
	})
}

func TestADraftWhoseFileIsGoneIsNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDisk()
		var made []string
		opt := d.options()
		opt.Core.Create = func(_ context.Context, _, _ string, s collections.Saved) (string, error) {
			made = append(made, s.Method+" "+s.URL)
			return "health", nil
		}
		s := open(t, opt, 80, 24)
		begun(s)
		s.Press("2", "m")
		d.coll = func() *collections.Collection {
			c := screentest.Shop()
			folder := c.Root.Children[0]
			folder.Children = slices.Delete(folder.Children, 0, 1)
			return c
		}
		d.tell("orders/list-orders.yml")
		rest(s)
		s.Has("The file is gone", "POST {{base}}/orders", "n a new request of my draft", "x throw the draft away")
		s.Press("n")
		s.Has("Created health")
		s.Lacks("unsaved")
		if len(made) != 1 || !strings.HasPrefix(made[0], "POST {{base}}/orders") {
			t.Errorf("made: %q", made)
		}
	})
}

// TestQuittingBeforeTheWatchBegins: a timer that is on its way starts nothing that keeps the program.
func TestQuittingBeforeTheWatchBegins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDisk()
		opt := d.options()
		opt.Collection = nil
		opt.Core.Reload = func(context.Context) (*collections.Collection, error) {
			time.Sleep(time.Second) // a slow disk, which no cancelling makes faster
			return d.coll(), nil
		}
		s := open(t, opt, 80, 24) // takes less than watchAfter
		s.Send(HangUp{})
		if err := s.Ended(); err != nil {
			t.Error(err)
		}
	})
}

func TestWhatCannotBeWatchedIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		opt.Core.Watch = func(context.Context, func([]string)) error { return errors.New("too many open files") }
		s := open(t, opt, 140, 42)
		begun(s)
		s.Has("What other programs change is not noticed, ctrl+l reads the files anew: too many open files")
	})
}

// The key of the editor says where it works, beside a form that has no text.
func TestTheEditorIsOfferedForTextsOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, everywhere(), 80, 24)
		s.Press("2", "ctrl+o")
		s.Has("$EDITOR opens a text: the one of the tab Body or Docs.")
	})
}
