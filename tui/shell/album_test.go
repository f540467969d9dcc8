package shell

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/tui/screentest"
)

// A sitting leads to something that is seen and takes its picture. coverage_test.go says when one is missing.
type sitting struct {
	name string
	opt  func() Options
	keys []string
}

// album are the overlays and screens that need a world of their own.
var album = []sitting{
	{"quit", everywhere, []string{"2", "m", "q"}},
	{"drafts", func() Options {
		opt := options(&world{})
		opt.Drafts = map[string]collections.Saved{"orders/list-orders": {Method: "PUT", URL: "{{base}}/orders"}}
		return opt
	}, nil},
	{"two drafts", func() Options { opt, _ := rivals(); return opt }, []string{"enter"}},
	{"welcome", bare, nil},
	{"control characters", keystrokes, []string{"s", "3", "Y"}},
	{"consent", func() Options { return wizarding(&world{}) }, []string{"j", "s", "d"}},
	{"verdict", func() Options { return wizarding(&world{}) }, []string{"j", "s", "d", "y"}},
	{"help of the verdict", func() Options { return wizarding(&world{}) }, []string{"j", "s", "d", "y", "?"}},
	{"probe", func() Options { return wizarding(&world{}) }, []string{"j", "s", "d", "y", "3", "enter"}},
	{"step", func() Options { return wizarding(&world{}) }, []string{"j", "s", "d", "y", "1", "enter"}},
	{"why it failed", func() Options { return wizarding(&world{}) }, []string{"j", "s", "d", "y", "e"}},
	{"save the report", func() Options { return wizarding(&world{}) }, []string{"j", "s", "d", "y", "s"}},
	{"change a variable", assigning, []string{"j", "s", "d", "y", "a"}},
	{"allow the rest", func() Options { return quantities(&world{}, new([]string), "http://127.0.0.1:8080/orders") }, []string{"j", "s", "d", "n", "esc", "esc", "A"}},
	{"question with choices", func() Options { return questioning(screentest.OrderChoice()) }, []string{"j", "s", "d"}},
	{"question for a text", func() Options { return questioning(screentest.OrderPrompt()) }, []string{"j", "s", "d"}},
	{"history", func() Options { return looking(archived(60)) }, []string{"H"}},
	{"export", func() Options { return looking(archived(60)) }, []string{"H", "x"}},
	{"request that is gone", func() Options {
		a := archived(60)
		a.redraft = Redraft{Saved: collections.Saved{Method: "POST", URL: "https://api.shop.example/orders"}, Notes: []string{"The saved request is not there any more."}}
		return looking(a)
	}, []string{"H", "e"}},
	{"environments", environed, []string{"E"}},
	{"no environments", func() Options {
		w := newEstate()
		w.all = nil
		return w.options()
	}, []string{"E"}},
	{"environments compared", environed, []string{"E", "=", "enter"}},
	{"compare an environment", environed, []string{"E", "="}},
	{"mark an environment", environed, []string{"E", "j", "p"}},
	{"new environment", environed, []string{"E", "n"}},
	{"rename an environment", environed, []string{"E", "R"}},
	{"delete an environment", environed, []string{"E", "x"}},
	{"edit a variable", environed, []string{"E", "enter", "j", "enter"}},
	{"add a variable", environed, []string{"E", "enter", "a"}},
	{"delete a variable", environed, []string{"E", "enter", "j", "x"}},
	{"make it a secret", environed, []string{"E", "enter", "j", "s"}},
	{"which answer was right", func() Options {
		opt := documented("", new([]string))
		old := archived(8)
		old.items[1].Environment, old.items[5].Environment = "local", "local"
		opt.Core.Past = old.past()
		return opt
	}, []string{"s", "wait", "d", "wait", "w", "3"}},
	{"which document", func() Options { return documented("", new([]string)) }, []string{"s", "wait", "d", "wait", "w", "3"}},
	{"rename", everywhere, []string{"1", "R"}},
	{"duplicate", everywhere, []string{"1", "D"}},
	{"save the body", everywhere, []string{"s", "wait", "3", "S"}},
	{"environment", everywhere, []string{"ctrl+e"}},
}

func environed() Options { return newEstate().options() }

// assigning is a diagnosis whose fix goes through a variable.
func assigning() Options {
	opt := wizarding(&world{})
	opt.Core.Repair = func(p Problem, _ diagnose.Fix) (collections.Amendment, error) {
		return collections.Amendment{Saved: p.Saved, Assign: []collections.Assignment{{Environment: "local", Name: "base", Value: "https://shop.example"}}}, nil
	}
	opt.Core.Assign = func(context.Context, Problem, []collections.Assignment) error { return nil }
	return opt
}

// questioning is a diagnosis that asks q.
func questioning(q diagnose.Question) Options {
	opt := wizarding(&world{})
	opt.Core.Diagnose = func(ctx context.Context, _ Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
		for _, e := range screentest.OrderHalf() {
			emit(e)
		}
		_, err := ask.Reply(ctx, q)
		return screentest.OrderInconclusive(), err
	}
	return opt
}

func TestTheAlbum(t *testing.T) {
	for _, a := range album {
		pictures(t, a.opt, func(s *screentest.Screen, keep func(string)) {
			for _, k := range a.keys {
				if k == "wait" {
					s.Settle()
					s.Settle()
					continue
				}
				s.Press(k)
			}
			keep(a.name)
		})
	}
}

// TestTheStormOnEverythingSeen resizes the terminal over each sitting of the album and presses keys at random; no frame
// breaks, and esc leads home from there.
func TestTheStormOnEverythingSeen(t *testing.T) {
	sizes := [][2]int{{60, 15}, {59, 15}, {300, 100}, {1, 1}, {80, 24}, {100, 30}, {2, 90}, {120, 16}, {140, 42}, {139, 41}, {61, 15}}
	all := slices.Clone(album)
	for _, scene := range scenes {
		all = append(all, sitting{"scene " + scene.name, everywhere, scene.keys})
	}
	for _, a := range all {
		t.Run(a.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := &hand{Shell: still(t, a.opt()), t: t}
				h.tell(tea.WindowSizeMsg{Width: 80, Height: 24})
				var typed []string
				press := func(name string) {
					typed = append(typed, name)
					h.press(name)
					intact(t, h.Shell, typed)
				}
				for _, k := range a.keys {
					press(k)
				}
				for _, size := range sizes {
					h.tell(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
					intact(t, h.Shell, append(typed, fmt.Sprint(size)))
				}
				r := rand.New(rand.NewPCG(3, 4))
				any := pool(h.keys)
				for range 60 {
					k := any[r.IntN(len(any))]
					typed = append(typed, k.String())
					h.tell(k)
					intact(t, h.Shell, typed)
				}
				if h.bench.Empty() {
					return // there is no collection to lead home to
				}
				home(t, h, press, typed)
				time.Sleep(time.Minute) // the timers that are on their way end
			})
		})
	}
}

// What another program does to a file with a draft.
func TestTheAlbumOfOtherPrograms(t *testing.T) {
	var d *disk
	opt := func() Options {
		d = newDisk()
		return d.options()
	}
	pictures(t, opt, func(s *screentest.Screen, keep func(string)) {
		begun(s)
		s.Press("2", "m")
		d.changes("orders/list-orders.yml")
		rest(s)
		keep("changed")
	})
	pictures(t, opt, func(s *screentest.Screen, keep func(string)) {
		begun(s)
		s.Press("2", "m")
		d.coll = func() *collections.Collection {
			c := screentest.Shop()
			c.Root.Children = c.Root.Children[1:]
			return c
		}
		d.tell("orders/list-orders.yml")
		rest(s)
		keep("gone")
	})
}

func TestTheAlbumOfPastes(t *testing.T) {
	opt := func() Options {
		opt := options(&world{})
		opt.Core.ParseCurl = func(string) (Pasted, error) {
			return Pasted{}, errors.New("a quote is not closed: 'https://x.example")
		}
		return opt
	}
	pictures(t, opt, func(s *screentest.Screen, keep func(string)) {
		s.Paste("curl 'https://x.example")
		keep("no curl command")
	})
	pictures(t, func() Options { return wizarding(&world{}) }, func(s *screentest.Screen, keep func(string)) {
		s.Press("j", "s", "d", "n")
		s.Paste("curl https://x.example")
		keep("a request that works")
	})
}
