package shell

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"culprit/collections"
	"culprit/tui/screentest"
)

// outside is a shell in which the first request has a draft, and its file says something else after a reload.
func outside(t *testing.T, w *world, width, height int) (*screentest.Screen, *[]collections.Saved) {
	opt := options(w)
	changed := func() *collections.Collection {
		c := screentest.Shop()
		c.Root.Children[0].Children[0].Saved.URL = "{{base}}/v2/orders"
		return c
	}
	opt.Core.Reload = func(context.Context) (*collections.Collection, error) { return changed(), nil }
	var made []collections.Saved
	opt.Core.Create = func(_ context.Context, folder, name string, s collections.Saved) (string, error) {
		if folder != "orders" || name != "List orders (my draft)" {
			t.Errorf("made in %q as %q", folder, name)
		}
		made = append(made, s)
		return "health", nil
	}
	s := open(t, opt, width, height)
	s.Press("2", "m", "ctrl+l")
	return s, &made
}

func TestAnEditOfAnotherProgramIsShownBesideTheDraft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		s, _ := outside(t, w, 140, 42)
		s.Has("The file changed", "- GET {{base}}/v2/orders", "+ POST {{base}}/orders", "k keep my draft", "t take the file's", "b keep both")
		s.Press("esc") // decides nothing
		s.Has("● edited", "POST  {{base}}/orders")
		s.Press("ctrl+l")
		s.Lacks("The file changed") // it was told
		s.Press("ctrl+s")
		s.Has("The file changed", "w write mine over it")
		s.Press("esc", "q", "s")
		s.Has("The file changed")
		s.Press("esc")
		if len(w.saves) != 0 {
			t.Fatalf("written over it without a yes: %q", w.saves)
		}
		s.Press("ctrl+s", "w")
		s.Has("Saved orders/list-orders")
		s.Lacks("edited")
		if len(w.saves) != 1 {
			t.Errorf("saves: %q", w.saves)
		}
	})
}

func TestADraftMayStayAndBeMeantForTheNewFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		s, _ := outside(t, w, 140, 42)
		s.Press("k")
		s.Has("The draft stays; ctrl+s writes it over the file.")
		s.Press("ctrl+s")
		s.Has("Saved orders/list-orders")
	})
}

func TestTheFilesRequestMayBeTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := outside(t, &world{}, 140, 42)
		s.Press("t")
		s.Has("GET  {{base}}/v2/orders", "The request is now what the file says.")
		s.Lacks("edited")
	})
}

func TestBothMayBeKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, made := outside(t, &world{}, 140, 42)
		s.Press("b")
		s.Has("Created health")
		s.Lacks("edited", "unsaved")
		if len(*made) != 1 || (*made)[0].Method != "POST" {
			t.Errorf("made: %+v", *made)
		}
	})
}

func TestADraftOfAnEarlierRunKnowsWhatItWasMadeFrom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		was := screentest.Shop().Root.Children[0].Children[0].Saved
		was.URL = "{{base}}/v0/orders"
		mine := was
		mine.Method = "PATCH"
		opt.Drafts = map[string]collections.Saved{"orders/list-orders": mine}
		opt.Bases = map[string]collections.Saved{"orders/list-orders": was}
		s := open(t, opt, 140, 42)
		s.Press("enter")
		s.Has("The file changed", "+ PATCH {{base}}/v0/orders")
		s.Press("k")
		time.Sleep(time.Second)
		s.Settle()
		s.Has("PATCH", "● edited")
	})
}

// Two windows had edits of one request and both are gone: the person chooses, and the choice alone ends the other draft.
func TestDraftsOfTwoWindowsAreChosenFrom(t *testing.T) {
	for _, c := range []struct{ key, has, said string }{
		{"k", "PATCH", "The newer draft stays"}, {"t", "PURGE", "The other draft is taken"}, {"b", "PATCH", "Created list-orders"}, {"esc", "PATCH", "offered again at the next start"},
	} {
		t.Run(c.key, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				opt, settled := rivals()
				opt.Core.Create = func(_ context.Context, folder, name string, s collections.Saved) (string, error) {
					if folder != "orders" || s.Method != "PURGE" {
						t.Errorf("created %s in %q: %s", name, folder, s.Method)
					}
					return "list-orders (my draft)", nil
				}
				s := open(t, opt, 140, 42)
				s.Press("enter")
				s.Has("Two drafts", "- PURGE", "+ PATCH", "keep both")
				s.Press(c.key)
				s.Settle()
				s.Has(c.has, c.said)
				if want := map[bool]int{true: 0, false: 1}[c.key == "esc"]; *settled != want {
					t.Errorf("settled %d times", *settled)
				}
			})
		})
	}
}

// rivals is a world in which two windows left drafts of one request; how many were settled is counted.
func rivals() (opt Options, settled *int) {
	opt, settled = options(&world{}), new(int)
	mine := screentest.Shop().Root.Children[0].Children[0].Saved
	mine.Method = "PATCH"
	other := mine
	other.Method, other.Headers = "PURGE", []collections.Row{{Name: "X-Trace", Value: "1"}}
	opt.Drafts = map[string]collections.Saved{"orders/list-orders": mine}
	opt.Rivals = []Rival{{Path: "orders/list-orders", ID: "w", Saved: other, At: time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)}}
	opt.Core.Settle = func(Rival) { *settled++ }
	return opt, settled
}

// Where the other draft cannot be made a request, it is said, and the next two are asked about all the same.
func TestTheNextRivalsAreAskedAboutWhateverBecomesOfTheFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt, settled := rivals()
		next := opt.Rivals[0]
		next.ID, next.Saved.Method = "x", "PUT"
		opt.Rivals = append(opt.Rivals, next)
		opt.Core.Create = func(context.Context, string, string, collections.Saved) (string, error) {
			return "", errors.New("the disk is full")
		}
		s := open(t, opt, 140, 42)
		s.Press("enter")
		s.Has("Two drafts", "- PURGE")
		s.Press("b")
		s.Settle()
		s.Has("Not created: the disk is full", "Two drafts", "- PUT")
		if *settled != 0 {
			t.Error("it was settled")
		}
	})
}
