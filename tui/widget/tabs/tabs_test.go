package tabs

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget/widgettest"
)

func open(w int) *Bar {
	b := New(nil, []Tab{{Label: "Body"}, {Label: "Headers", Mark: "12"}, {Label: "Timeline"}, {Label: "TLS\x1b[31m"}})
	b.Resize(w, 1)
	return b
}

func TestKeysAnswerWithIntents(t *testing.T) {
	stories := []struct {
		keys []string
		want tui.Intent
	}{
		{[]string{"]"}, Selected{1}},
		{[]string{"["}, Selected{3}},
		{[]string{"]", "["}, Selected{0}},
		{[]string{"x"}, tui.Pass{}},
	}
	for _, s := range stories {
		if got := widgettest.Press(open(40), s.keys...); got != s.want {
			t.Errorf("%v: got %#v, want %#v", s.keys, got, s.want)
		}
	}
}

func TestTheOpenTabIsAlwaysVisible(t *testing.T) {
	b := open(14)
	widgettest.Press(b, "]", "]")
	widgettest.Golden(t, "third-14x1", b.View())
	if got, _ := b.Mouse(tea.MouseClickMsg{Button: tea.MouseLeft, X: 3}); got != (Selected{2}) {
		t.Errorf("got %#v", got)
	}
	b.Resize(60, 1)
	widgettest.Framed(t, b, 60, 1)
}

func TestRandomKeysNeverBreakTheFrame(t *testing.T) {
	widgettest.Random(t, open(30), 500, []string{"[", "]", "x"}, nil)
}
