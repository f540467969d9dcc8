package shell

import (
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"culprit/request"
	"culprit/tui/theme"
)

func TestWarningsOfTheStartStopNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		opt.Warnings = []string{"config.toml:2:1: nothing is called \"colour\"; it is ignored"}
		opt.Keys = map[string]string{"everywhere.sned": "x", "everywhere.send": "Z"}
		s := open(t, opt, 140, 42)
		s.Has("2 warnings: ctrl+p, then “warnings”", "List orders")
		s.Press("ctrl+p")
		s.Type("warnings")
		s.Press("enter")
		s.Has("no binding is called")
		s.Press("esc", "Z")
		s.Has("✓ 200 OK") // the new key sends
	})
}

func TestTheThemeChangesWhileItRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		own := &theme.Own{Name: "forest", Colours: map[string]string{"accent": "#00aa55"}}
		opt.Themes = []Look{{"dark", theme.Choice{}}, {"forest", theme.Choice{Own: own}}}
		s := open(t, opt, 140, 42)
		before := s.Styled()
		s.Press("ctrl+p")
		s.Type("change the theme")
		s.Press("enter")
		s.Has("dark", "forest")
		s.Type("forest")
		s.Press("enter")
		s.Has("Theme: forest")
		if s.Styled() == before {
			t.Error("the screen looks as before")
		}
	})
}

func TestProgressIsShownOnlyWhereTheTerminalKnowsIt(t *testing.T) {
	for _, known := range []bool{true, false} {
		opt := options(&world{})
		opt.Progress = known
		s := New(t.Context(), opt)
		if s.View().ProgressBar != nil {
			t.Error("nothing runs, and progress is shown")
		}
		s.jobs[1] = &job{what: "Sending", started: time.Now()}
		p := s.View().ProgressBar
		if (p != nil) != known || known && p.State != tea.ProgressBarIndeterminate {
			t.Errorf("known %v: progress %+v", known, p)
		}
		s.jobs[1].path = "orders"
		s.bench.Sending("orders")
		s.bench.Progress("orders", request.Event{Kind: request.HeaderRead, Text: "200 OK", Size: 400})
		s.bench.Progress("orders", request.Event{Kind: request.BodyProgress, Size: 100})
		if p = s.View().ProgressBar; known && (p.State != tea.ProgressBarDefault || p.Value != 25) {
			t.Errorf("a quarter of the body is there: %+v", p)
		}
	}
}

func TestTheTitleCanBeLeftAlone(t *testing.T) {
	opt := options(&world{})
	if got := New(t.Context(), opt).View().WindowTitle; got != "culprit: Shop API" {
		t.Errorf("title %q", got)
	}
	opt.NoTitle = true
	if got := New(t.Context(), opt).View().WindowTitle; got != "" {
		t.Errorf("title %q", got)
	}
}

func TestTheGreetingIsSaidUnlessThereIsAWarning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		opt.Greeting = "Many of these requests fail."
		open(t, opt, 80, 24).Has("Many of these requests fail.")
	})
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		opt.Greeting, opt.Warnings = "Many of these requests fail.", []string{"a warning"}
		s := open(t, opt, 80, 24)
		s.Has("a warning")
		s.Lacks("Many of these")
	})
}
