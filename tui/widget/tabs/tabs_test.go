package tabs

import (
	"strings"
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

// What has no room is counted; before that the blanks between the names are shared.
func TestWhoeverLooksSeesThatThereIsMore(t *testing.T) {
	all := []Tab{{Label: "Body"}, {Label: "Headers", Mark: "5"}, {Label: "Cookies"}, {Label: "Timeline"}, {Label: "TLS"}, {Label: "Diff"}}
	for _, c := range []struct {
		width, open int
		want        string
	}{
		{60, 0, "[Body] Headers 5  Cookies  Timeline  TLS  Diff "},
		{44, 0, "[Body] Headers 5 Cookies Timeline TLS Diff"},
		{44, 2, " Body Headers 5 [Cookies] Timeline TLS Diff"},
		{40, 0, "[Body] Headers 5 Cookies Timeline    +2›"},
		{30, 0, "[Body] Headers 5 Cookies   +3›"},
		{30, 4, "‹2 Cookies Timeline [TLS] Diff"},
		{30, 3, "‹2 Cookies [Timeline] TLS Diff"},
		{9, 3, "‹3[Timeli"},
	} {
		b := New(nil, all)
		b.Resize(c.width, 1)
		b.Select(c.open)
		if got := strings.TrimRight(b.View(), " "); got != strings.TrimRight(c.want, " ") {
			t.Errorf("%d cells, tab %d: got %q, want %q", c.width, c.open, got, c.want)
		}
	}
}

func TestRandomKeysNeverBreakTheFrame(t *testing.T) {
	widgettest.Random(t, open(30), 500, []string{"[", "]", "x"}, nil)
}
