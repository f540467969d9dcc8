package tree

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget"
	"culprit/tui/widget/widgettest"
)

func rows() []Row {
	return []Row{
		{ID: "users", Label: "users", Branch: true},
		{ID: "list", Depth: 1, Label: "list users", Badge: "GET"},
		{ID: "new", Depth: 1, Label: "new user", Badge: "POST", Mark: "*", MarkRole: widget.Busy},
		{ID: "admin", Depth: 1, Label: "admin", Branch: true},
		{ID: "del", Depth: 2, Label: "delete a user with a very long name \x1b[31m", Badge: "DEL"},
		{ID: "health", Label: "health", Badge: "GET"},
	}
}

func open(w, h int) *Tree {
	t := New(nil, keys.Default().List)
	t.Resize(w, h)
	t.Focus()
	t.SetRows(rows())
	return t
}

// A note stands before the signs where nothing of the label is lost by it; a wide tree has more to say.
func TestANoteTakesNothingFromItsLabel(t *testing.T) {
	long := []Row{{ID: "a", Label: "list", Sign: "+", Note: "200", Wide: "200  12 ms"}, {ID: "b", Label: "list of users", Mark: "*", Sign: "x", Note: "404"}}
	for _, c := range []struct {
		w    int
		want []string
	}{
		{20, []string{"list         200 +", "list of users  * x"}},
		{30, []string{"list                   200 +", "list of users        404 * x"}},
		{60, []string{"200  12 ms +", "404 * x"}},
	} {
		b := New(nil, keys.Default().List)
		b.Resize(c.w, 2)
		b.SetRows(long)
		for i, l := range strings.Split(ansi.Strip(b.View()), "\n") {
			if !strings.Contains(l, c.want[i]) {
				t.Errorf("%d cells: got %q, want %q in it", c.w, l, c.want[i])
			}
		}
	}
}

func TestKeysAnswerWithIntents(t *testing.T) {
	stories := []struct {
		name string
		keys []string
		want tui.Intent
		at   string
	}{
		{"move", []string{"down"}, Moved{"list"}, "list"},
		{"open a leaf", []string{"down", "enter"}, Chosen{"list"}, "list"},
		{"fold a branch", []string{"enter", "down"}, Moved{"health"}, "health"},
		{"fold from a leaf goes up", []string{"down", "left"}, Moved{"users"}, "users"},
		{"the first row does not move", []string{"up"}, nil, "users"},
		{"filter", []string{"/", "d", "e", "l", "e", "enter", "G", "enter"}, Chosen{"del"}, "del"},
		{"filter anew", []string{"/", "h", "e", "a", "enter", "/", "d", "e", "l", "enter", "G", "enter"}, Chosen{"del"}, "del"},
		{"leave the filter, keep the row", []string{"/", "h", "e", "a", "enter", "esc"}, nil, "health"},
		{"fold all", []string{"down", "down", "-"}, Moved{"users"}, "users"},
		{"pass on", []string{"Q"}, tui.Pass{}, "users"},
		{"esc is passed on", []string{"esc"}, tui.Pass{}, "users"},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			b := open(30, 8)
			if got := widgettest.Press(b, s.keys...); got != s.want {
				t.Errorf("got %#v, want %#v", got, s.want)
			}
			if b.At() != s.at {
				t.Errorf("at %q, want %q", b.At(), s.at)
			}
			widgettest.Framed(t, b, 30, 8)
		})
	}
}

func TestNewRowsKeepTheCursorAndTheFolds(t *testing.T) {
	b := open(30, 8)
	widgettest.Press(b, "enter", "G")
	b.SetRows(append([]Row{{ID: "first", Label: "first"}}, rows()...))
	if b.At() != "health" || len(b.seen) != 3 {
		t.Errorf("at %q with %d rows", b.At(), len(b.seen))
	}
}

func TestAClickOpens(t *testing.T) {
	b := open(30, 8)
	if got, _ := b.Mouse(tea.MouseClickMsg{Button: tea.MouseLeft, X: 5, Y: 2}); got != (Chosen{"new"}) {
		t.Errorf("got %#v", got)
	}
}

func TestGoldens(t *testing.T) {
	for _, size := range [][2]int{{24, 8}, {50, 8}} {
		for name, keys := range map[string][]string{"open": {"down"}, "folded": {"enter"}, "filter": {"/", "u", "s"}} {
			b := open(size[0], size[1])
			widgettest.Press(b, keys...)
			widgettest.Framed(t, b, size[0], size[1])
			widgettest.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), b.View())
		}
	}
}

func TestRandomKeysNeverBreakTheFrame(t *testing.T) {
	widgettest.Random(t, open(30, 8), 2000, []string{"up", "down", "left", "right", "enter", "/", "u", "x", "esc", "-", "g", "G", "pgup", "pgdown", "backspace"}, nil)
}

// What is shown from elsewhere is seen with what is around it.
func TestARevealedRowHasNeighbours(t *testing.T) {
	b := New(nil, keys.Default().List)
	b.Resize(30, 9)
	var all []Row
	for i := range 60 {
		all = append(all, Row{ID: fmt.Sprint(i), Label: "row " + fmt.Sprint(i)})
	}
	b.SetRows(all)
	for _, to := range []string{"40", "20"} { // below what is seen, and above it
		b.Reveal(to)
		if at := b.window.At - b.window.Top; at < 3 || at > 5 {
			t.Errorf("row %s is line %d of 9", to, at)
		}
	}
	top := b.window.Top
	if b.Reveal("21"); b.window.Top != top {
		t.Error("a row that was seen moved")
	}
}
