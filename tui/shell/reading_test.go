package shell

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/screen"
	"culprit/tui/screen/workbench"
	"culprit/tui/screentest"
)

// priced answers with a price that changes each time.
func priced(body ...string) *world {
	n := 0
	return &world{answer: func(*collections.Entry) (*request.Exchange, error) {
		n++
		return screentest.Answer("GET", "https://shop.example/orders", 200, "OK", body[(n-1)%len(body)]), nil
	}}
}

func TestABodyIsFilteredWhileTheProgramIsTyped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(priced(`{"items":[{"sku":"mug","price":7.50},{"sku":"cup","price":3}],"total":2}`)), 140, 42)
		s.Press("s", "3", "|")
		s.Type(".items[].sku")
		s.Has(`"mug"`, `"cup"`, "jq .items[].sku")
		s.Lacks("total", "price")
		s.Type(" |")
		s.Has("… jq: the program is not finished", `"mug"`)
		s.Lacks("✗ jq")
		s.Press("esc")
		s.Has(`"total": 2`)
		s.Lacks("jq .items")
		s.Press("|")
		s.Type(".total")
		s.Press("enter")
		s.Has("jq .total")
		s.Press("s")
		s.Has("jq .total") // it stays for the next answer
		s.Lacks("mug")
		s.Press("esc", "|", "up")
		s.Has("jq .total")
	})
}

func TestWhatChangedSinceTheLastAnswerIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(priced(`{"items":[{"sku":"mug","price":7.50}]}`, `{"items":[{"sku":"mug","price":8}],"more":true}`)), 140, 42)
		s.Press("s", "3", "[")
		s.Has("Nothing to compare with yet.")
		s.Press("s")
		s.Has("~ .items[0].price", "7.50 → 8", "+ .more", "true")
		s.Press("s")
		s.Has("8 → 7.50", "- .more")
	})
}

func TestABodyGoesIntoAFileAndThePager(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(priced(`{"a":1}`))
		var name string
		opt.Core.SaveBody = func(_ context.Context, x *request.Exchange, n string) (string, error) {
			name = n
			return "/home/me/" + n, nil
		}
		opt.Core.Reader = func(body *request.Content, suffix string, edit bool, done func(error) tea.Msg) tea.Cmd {
			name += " " + string(body.Head(9)) + suffix
			if edit {
				name += " edited"
			}
			return func() tea.Msg { return done(nil) }
		}
		s := open(t, opt, 80, 24)
		s.Press("s", "3", "S")
		s.Has("Save the body", "orders.json")
		s.Press("enter")
		s.Has("The body is in /home/me/orders.json")
		s.Press("o")
		s.Press("ctrl+o")
		if name != `orders.json {"a":1}.json {"a":1}.json edited` {
			t.Errorf("%q", name)
		}
	})
}

func TestWorkOnALargeBodyCanBeStopped(t *testing.T) {
	w := &world{}
	s := still(t, options(w))
	s.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	s.opt.Core.Now = func() time.Time { return now }
	body := "[" + strings.Repeat(`{"sku":"mug","price":7.5,"tags":["a","b"]},`, 100_000) + "0]"
	s.grant(s.bench.Finished("orders/list-orders", workbench.Outcome{Exchange: screentest.Answer("GET", "https://x.example", 200, "OK", body)}))
	s.Update(tea.KeyPressMsg{Code: '3', Text: "3"})
	if s.slow() != "" {
		t.Errorf("said too early: %q", s.slow())
	}
	now = now.Add(time.Second)
	if got := s.slow(); !strings.HasPrefix(got, "reading the body") {
		t.Errorf("%q", got)
	}
	s.Update(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl})
	if s.slow() != "" || !strings.HasPrefix(s.status.text, "Stopped") || s.pending.quit {
		t.Errorf("%q, %q", s.slow(), s.status.text)
	}
	intact(t, s, nil)
}

// Work that says nothing until it ends, a program over a large body, is seen to go on: a timer draws the line that says so.
func TestWorkThatSaysNothingIsSeen(t *testing.T) {
	s := still(t, options(&world{}))
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	s.opt.Core.Now = func() time.Time { return now }
	s.task(screen.Task{Name: "jq", Run: func(ctx context.Context, _ func(tea.Msg)) tea.Msg { <-ctx.Done(); return nil }, Hear: func(tea.Msg) tui.Intent { return nil }})
	for range 3 {
		if !s.pending.spin {
			t.Fatal("nothing draws the line again")
		}
		now = now.Add(time.Second)
		s.Update(spun{})
	}
	if s.slow() == "" {
		t.Error("it is not said")
	}
	s.stopReading()
	s.Update(spun{})
	if s.pending.spin {
		t.Error("the timer goes on after the end")
	}
}

// TestWhatANewerWorkReplacedIsNotHeard: the answer to an older search may be on its way when the next one begins.
func TestWhatANewerWorkReplacedIsNotHeard(t *testing.T) {
	s := still(t, options(&world{}))
	var heard []string
	work := func(what string) screen.Task {
		return screen.Task{Name: "find", Run: func(context.Context, func(tea.Msg)) tea.Msg { return what },
			Hear: func(m tea.Msg) tui.Intent { heard = append(heard, m.(string)); return nil }}
	}
	s.task(work("older"))
	var older tui.ID
	for id := range s.jobs {
		older = id
	}
	s.task(work("newer"))
	for id := range s.jobs {
		if id != older {
			s.news(tui.News{From: id, Msgs: []tea.Msg{"newer"}, Done: true})
		}
	}
	s.news(tui.News{From: older, Msgs: []tea.Msg{"older"}, Done: true})
	if len(heard) != 1 || heard[0] != "newer" {
		t.Errorf("heard %q", heard)
	}
}
