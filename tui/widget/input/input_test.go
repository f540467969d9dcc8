package input

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
	"culprit/tui/widget/widgettest"
)

func field(text string) *Field {
	f := New(nil)
	f.Resize(20, 1)
	f.SetValue(text)
	f.Focus()
	return f
}

func TestKeysEditTheText(t *testing.T) {
	stories := []struct {
		name, text string
		keys       []string
		want       tui.Intent
		value      string
	}{
		{"type", "a", []string{"b"}, Changed{"ab"}, "ab"},
		{"delete a wide character", "日本", []string{"backspace"}, Changed{"日"}, "日"},
		{"delete a letter with its mark", "xe\u0301", []string{"backspace"}, Changed{"x"}, "x"},
		{"delete a word", "one two", []string{"ctrl+w"}, Changed{"one "}, "one "},
		{"delete to the start", "one", []string{"left", "ctrl+u"}, Changed{"e"}, "e"},
		{"delete to the end", "one", []string{"home", "right", "ctrl+k"}, Changed{"o"}, "o"},
		{"move by words", "one two", []string{"alt+b", "alt+b", "X"}, Changed{"Xone two"}, "Xone two"},
		{"undo a run", "x", []string{"a", "b", "ctrl+z"}, Changed{"x"}, "x"},
		{"redo", "x", []string{"a", "ctrl+z", "ctrl+y"}, Changed{"xa"}, "xa"},
		{"nothing to undo", "x", []string{"ctrl+z"}, nil, "x"},
		{"submit", "x", []string{"enter"}, Submitted{"x"}, "x"},
		{"leave", "x", []string{"esc"}, widget.Cancelled{}, "x"},
		{"pass on", "x", []string{"f3"}, tui.Pass{}, "x"},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			f := field(s.text)
			if got := widgettest.Press(f, s.keys...); got != s.want {
				t.Errorf("got %#v, want %#v", got, s.want)
			}
			if f.Value() != s.value {
				t.Errorf("got %q, want %q", f.Value(), s.value)
			}
			widgettest.Framed(t, f, 20, 1)
		})
	}
}

func TestPasteIsOneLine(t *testing.T) {
	f := field("")
	f.Update(tea.PasteMsg{Content: "http://a\r\nb\rc\n"})
	if got, want := f.Value(), "http://a b c"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if answer, _ := f.Update(tea.PasteMsg{Content: strings.Repeat("x", maxBytes)}); answer != (Refused{"too long to paste here: the limit is 64 KiB"}) {
		t.Errorf("got %#v", answer)
	}
}

func TestSuggestionsAreChosenAndTaken(t *testing.T) {
	f := field("")
	f.Resize(20, 4)
	f.Suggest(func(text string, at int) []Offer {
		return []Offer{{Text: "Accept", From: 0}, {Text: "Accept-Language", Note: "RFC 9110", From: 0}}
	})
	widgettest.Press(f, "A")
	widgettest.Framed(t, f, 20, 4)
	widgettest.Press(f, "down", "down")
	if got := widgettest.Press(f, "tab"); got != (Changed{"Accept-Language"}) {
		t.Errorf("got %#v", got)
	}
	if got := widgettest.Press(f, "x", "esc", "esc"); got != (widget.Cancelled{}) {
		t.Errorf("the first esc closes the list, the second leaves: got %#v", got)
	}
}

func TestTheCursorStaysInTheField(t *testing.T) {
	f := field(strings.Repeat("日本語x", 20))
	f.SetPrompt("> ")
	for range 90 {
		widgettest.Press(f, "left")
		if c := f.Cursor(); c.X < 2 || c.X >= 20 {
			t.Fatalf("cursor at %d", c.X)
		}
		widgettest.Framed(t, f, 20, 1)
	}
}

func TestRandomKeysNeverBreakTheFrame(t *testing.T) {
	f := field("")
	f.SetPrompt("GET ")
	f.Suggest(func(text string, at int) []Offer {
		return []Offer{{Text: "one\x1b[31m", Note: "日本", From: at / 2}, {Text: "two"}}
	})
	widgettest.Random(t, f, 1500, []string{"a", "日", "{", "left", "right", "home", "end", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k",
		"ctrl+z", "ctrl+y", "tab", "down", "up", "enter", "esc", "alt+b", "alt+f"}, nil)
}
