package picker

import (
	"testing"

	"culprit/tui"
	"culprit/tui/widget"
	"culprit/tui/widget/widgettest"
)

func open(w, h int) *Picker {
	p := New(nil, []Item{
		{ID: "send", Label: "Send the request", Note: "ctrl+s"},
		{ID: "diag", Label: "Diagnose the failure", Note: "d", Off: "nothing failed yet"},
		{ID: "env", Label: "Switch the environment 日本 \x1b[31m", Note: "e"},
	})
	p.Resize(w, h)
	return p
}

func TestKeysAnswerWithIntents(t *testing.T) {
	stories := []struct {
		name string
		keys []string
		want tui.Intent
	}{
		{"the first", []string{"enter"}, Picked{"send"}},
		{"the best match", []string{"s", "w", "e", "n", "enter"}, Picked{"env"}},
		{"the beginning of a word before letters apart", []string{"r", "e", "enter"}, Picked{"send"}}, // not failuRE
		{"move", []string{"down", "down", "enter"}, Picked{"env"}},
		{"what works before what does not", []string{"t", "h", "e", "down", "enter"}, Picked{"env"}},
		{"why not", []string{"d", "i", "a", "g", "enter"}, Notice{Text: "nothing failed yet"}},
		{"no match", []string{"z", "z", "z", "enter"}, nil},
		{"leave", []string{"esc"}, widget.Cancelled{}},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			if got := widgettest.Press(open(30, 6), s.keys...); got != s.want {
				t.Errorf("got %#v, want %#v", got, s.want)
			}
		})
	}
}

func TestGoldens(t *testing.T) {
	p := open(40, 6)
	widgettest.Golden(t, "all-40x6", p.View())
	widgettest.Press(p, "s", "e")
	widgettest.Golden(t, "found-40x6", p.View())
}

func TestRandomKeysNeverBreakTheFrame(t *testing.T) {
	widgettest.Random(t, open(30, 6), 1500, []string{"up", "down", "s", "e", "t", "日", "backspace", "ctrl+u", "pgup", "pgdown", "tab", "enter", "left"}, nil)
}

// A word also begins behind a sign: a name in brackets is found before letters that lie apart.
func TestAWordInBracketsIsFoundFirst(t *testing.T) {
	p := New(nil, []Item{{ID: "copy", Label: "Copy the request as a curl command"}, {ID: "carl", Label: "Create order (Carl)"}})
	p.Resize(30, 6)
	if got := widgettest.Press(p, "c", "a", "r", "l", "enter"); got != (Picked{"carl"}) {
		t.Errorf("got %#v", got)
	}
}
