package shell

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui/keys"
	"culprit/tui/screen/workbench"
	"culprit/tui/screentest"
	"culprit/tui/theme"
)

// still returns a shell that is driven by hand, without a program: what its tasks would say is given to it at
// the time that the test chooses.
func still(t *testing.T, opt Options) *Shell {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	s := New(ctx, opt)
	t.Cleanup(func() { cancel(); s.Close() })
	s.Init()
	return s
}

// pool are the keys that the random walk presses: every bound one, and text.
func pool(m *keys.Map) []tea.KeyPressMsg {
	var names []string
	for _, sc := range m.Scopes() {
		for _, n := range sc.Named {
			names = append(names, n.Binding.Keys()...)
		}
	}
	names = append(names, "backspace", "z", "ü", "漢", "\"", "{", "9")
	slices.Sort(names)
	var out []tea.KeyPressMsg
	for _, n := range slices.Compact(names) {
		out = append(out, keys.Press(n))
	}
	return out
}

func intact(t *testing.T, s *Shell, typed []string) {
	t.Helper()
	tail := typed[max(len(typed)-12, 0):]
	v := s.View()
	rows := strings.Split(v.Content, "\n")
	if len(rows) != s.size.H {
		t.Fatalf("%dx%d: %d rows after %q:\n%s", s.size.W, s.size.H, len(rows), tail, ansi.Strip(v.Content))
	}
	for _, row := range rows {
		if ansi.StringWidth(row) != s.size.W {
			t.Fatalf("%dx%d: a row is %d wide after %q:\n%s\n%q", s.size.W, s.size.H, ansi.StringWidth(row), tail, ansi.Strip(v.Content), row)
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= s.size.W || c.Y >= s.size.H) {
		t.Fatalf("the cursor is at %d,%d of %dx%d after %q", c.X, c.Y, s.size.W, s.size.H, tail)
	}
	if focus := s.bench.Focused(); focus < 0 || focus > 2 {
		t.Fatalf("focus %d after %q", focus, tail)
	}
}

func TestEveryThemeDrawsTheSameFrame(t *testing.T) {
	for _, c := range []theme.Choice{{}, {Light: true}, {Contrast: true}, {Depth: theme.Sixteen}, {Depth: theme.Colourless}, {ASCII: true}} {
		s := still(t, options(&world{}))
		s.Update(tea.WindowSizeMsg{Width: 140, Height: 42})
		s.restyle(c)
		intact(t, s, nil)
		if c.ASCII {
			for _, r := range ansi.Strip(s.View().Content) {
				if r > 0x7e {
					t.Fatalf("%q is not ASCII:\n%s", r, ansi.Strip(s.View().Content))
				}
			}
		}
	}
}

func TestEveryBindingShownWorksInSomeScope(t *testing.T) {
	s := still(t, options(&world{}))
	s.Update(tea.WindowSizeMsg{Width: 140, Height: 42})
	for range 3 {
		for _, b := range s.bindings() {
			if !known(s.keys, b) {
				t.Errorf("%q (%s) is shown and is in no scope", b.Help().Key, b.Help().Desc)
			}
		}
		s.bench.Next(1)
	}
}

func known(m *keys.Map, b key.Binding) bool {
	for _, sc := range m.Scopes() {
		for _, n := range sc.Named {
			if slices.Equal(n.Binding.Keys(), b.Keys()) {
				return true
			}
		}
	}
	return false
}

func BenchmarkKeyToFrame(b *testing.B) {
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	body := "[" + strings.Repeat(`{"sku":"mug","price":7.5,"tags":["a","b"]},`, 240_000) + "0]" // 10 MB
	s := New(ctx, Options{Core: Core{Now: time.Now}, Collection: screentest.Shop()})
	s.Update(tea.WindowSizeMsg{Width: 140, Height: 42})
	s.grant(s.bench.Finished("orders/list-orders", workbench.Outcome{Exchange: screentest.Answer("GET", "https://x.example", 200, "OK", body)}))
	s.Update(tea.KeyPressMsg{Code: '3', Text: "3"})
	down := tea.KeyPressMsg{Code: 'j', Text: "j"}
	for b.Loop() {
		s.Update(down)
		s.View()
	}
}

func BenchmarkKeyInABodyOf5000Lines(b *testing.B) {
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	c := screentest.Shop()
	c.Root.Children[0].Children[1].Saved.Body.Text = "[\n" + strings.Repeat("  {\"sku\": \"mug\", \"price\": 7.5},\n", 5000) + "  0\n]"
	s := New(ctx, Options{Core: Core{Now: time.Now}, Collection: c})
	s.Update(tea.WindowSizeMsg{Width: 140, Height: 42})
	for _, k := range []string{"j", "2", "j", "j", "enter"} {
		s.Update(keys.Press(k))
	}
	if !s.typing() {
		b.Fatal("the body is not written")
	}
	letter := keys.Press("x")
	for b.Loop() {
		s.Update(letter)
		s.View()
	}
}
