package tabs

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"culprit/tui/widget"
	"culprit/tui/widget/widgettest"
)

func open(w int) *Bar {
	b := New(nil, []Tab{{Label: "Body"}, {Label: "Headers", Mark: "12"}, {Label: "Timeline"}, {Label: "TLS\x1b[31m"}})
	b.Resize(w, 1)
	return b
}

func TestTheOpenTabIsAlwaysVisible(t *testing.T) {
	b := open(14)
	b.Select(2)
	widgettest.Golden(t, "third-14x1", b.View())
	if got, _ := b.Mouse(tea.MouseClickMsg{Button: tea.MouseLeft, X: 3}); got != (Selected{}) || b.At() != 2 {
		t.Errorf("got %#v, tab %d", got, b.At())
	}
	b.Resize(60, 1)
	widgettest.Framed(t, b, 60, 1)
}

// What has no room is counted; before that the blanks between the names are shared, and counts left out.
func TestWhoeverLooksSeesThatThereIsMore(t *testing.T) {
	all := []Tab{{Label: "Body"}, {Label: "Headers", Mark: "5", Role: widget.Muted}, {Label: "Cookies"}, {Label: "Timeline"}, {Label: "TLS"}, {Label: "Diff"}}
	for _, c := range []struct {
		width, open int
		want        string
	}{
		{60, 0, "[Body] Headers 5  Cookies  Timeline  TLS  Diff "},
		{44, 0, "[Body] Headers 5 Cookies Timeline TLS Diff"},
		{44, 2, " Body Headers 5 [Cookies] Timeline TLS Diff"},
		{41, 0, "[Body] Headers Cookies Timeline TLS Diff"}, // a name says more than a count
		{40, 0, "[Body] Headers Cookies Timeline TLS Diff"},
		{39, 0, "[Body]Headers Cookies Timeline TLS Diff"},
		{39, 1, "Body[Headers]Cookies Timeline TLS Diff"},
		{39, 5, "Body Headers Cookies Timeline TLS[Diff]"},
		{38, 0, "[Body] Headers 5 Cookies Timeline  +2›"},
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

func TestNoTabBreaksTheFrame(t *testing.T) {
	for w := range 60 {
		for n := range 4 {
			b := open(w)
			b.Select(n)
			widgettest.Framed(t, b, w, 1)
		}
	}
}
