// Package widgettest holds what the tests of the widgets share: keys by name, the frame that every view must
// keep, and golden files.
package widgettest

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"culprit/tui"
)

// Key returns the message of a key, named as bubbletea names it.
func Key(name string) tea.KeyPressMsg {
	m := tea.KeyPressMsg{}
	for prefix, mod := range map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "alt+": tea.ModAlt, "shift+": tea.ModShift} {
		if i := strings.Index(name, prefix); i >= 0 && len(name) > len(prefix) {
			name = name[:i] + name[i+len(prefix):]
			m.Mod |= mod
		}
	}
	named := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "down": tea.KeyDown, "up": tea.KeyUp, "tab": tea.KeyTab,
		"pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome,
		"end": tea.KeyEnd, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "f3": tea.KeyF3}
	switch c, ok := named[name]; {
	case ok:
		m.Code = c
	case name == "space":
		m.Code, m.Text = tea.KeySpace, " "
	default:
		m.Code = []rune(name)[0]
		if m.Mod == 0 {
			m.Text = name
		}
	}
	return m
}

// Press gives keys to a part and returns its last answer.
func Press(p tui.Part, keys ...string) (last tui.Intent) {
	for _, k := range keys {
		last, _ = p.Update(Key(k))
	}
	return last
}

// Framed fails unless a view has exactly this size.
func Framed(t *testing.T, p interface{ View() string }, w, h int) {
	t.Helper()
	if h == 0 {
		return
	}
	lines := strings.Split(p.View(), "\n")
	if len(lines) != h {
		t.Fatalf("view has %d lines, want %d", len(lines), h)
	}
	for i, l := range lines {
		if got := ansi.StringWidth(l); got != w {
			t.Fatalf("line %d is %d cells wide, want %d: %q", i, got, w, l)
		}
		if plain := ansi.Strip(l); strings.ContainsAny(plain, "\x1b\x07\u202e\u009b\r") {
			t.Fatalf("something hostile was drawn: %q", plain)
		}
	}
}

// Random gives n random keys, clicks and sizes to a part and looks at its frame after each. each is called
// with every answer; nil for nothing.
func Random(t *testing.T, p tui.Part, n int, keys []string, each func(tui.Intent)) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 8))
	w, h := 50, 10
	p.Resize(w, h)
	mouser, _ := p.(tui.Mouser)
	for range n {
		var answer tui.Intent
		switch k := r.IntN(30); {
		case k == 0:
			w, h = r.IntN(100), r.IntN(30)
			p.Resize(w, h)
		case k == 1 && mouser != nil:
			answer, _ = mouser.Mouse(tea.MouseWheelMsg{Button: []tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}[r.IntN(2)]})
		case k == 2 && mouser != nil:
			answer, _ = mouser.Mouse(tea.MouseClickMsg{Button: tea.MouseLeft, X: r.IntN(w + 1), Y: r.IntN(h + 1)})
		case k == 3:
			answer, _ = p.Update(tea.PasteMsg{Content: "pasted \x1b[31m 日本\r\ntext"})
		default:
			answer = Press(p, keys[r.IntN(len(keys))])
		}
		if each != nil {
			each(answer)
		}
		Framed(t, p, w, h)
		if typist, ok := p.(tui.Typist); ok {
			if c := typist.Cursor(); c != nil && w > 0 && h > 1 && (c.X < 0 || c.X >= w || c.Y < 0 || c.Y >= h) {
				t.Fatalf("the cursor is outside of %dx%d: %+v", w, h, c.Position)
			}
		}
	}
}

// Golden compares a view without its styles with a golden file named after the test and name; the flag -update
// rewrites that.
func Golden(t *testing.T, name, view string) {
	t.Helper()
	lines := strings.Split(ansi.Strip(view), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	t.Run(name, func(t *testing.T) { golden.RequireEqual(t, strings.Join(lines, "\n")+"\n") })
}
