package table

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget/input"
	"culprit/tui/widget/widgettest"
)

func headers() []Row {
	return []Row{
		{Name: "Accept", Value: "application/json", Note: "what we want", ID: 1},
		{Name: "Authorization", Value: "Bearer secret", Secret: true, ID: 2},
		{Name: "X-User", Value: "{{user}} \x1b]52;c;\x07", Off: true, ID: 3},
	}
}

func open(rows []Row, w, h int) *Table {
	t := New(nil, keys.Default().Form)
	t.Resize(w, h)
	t.Focus()
	t.SetRows(rows)
	return t
}

// A value stands near its name, also where there is much room, and a name that is typed is seen whole.
func TestAValueStandsNearItsName(t *testing.T) {
	for w, want := range map[int]int{40: 20, 60: 28, 300: 31} {
		b := open([]Row{{Name: "Accept", Value: "x"}}, w, 3)
		b.SetNotes(false)
		if got := b.Column(Value); got != want {
			t.Errorf("%d cells: the value begins at %d, want %d", w, got, want)
		}
	}
	b := open([]Row{{Name: "X-Correlation-Of-The-Whole-Batch-Run", Value: "x"}}, 300, 3)
	if got := b.Column(Value); got != 45 {
		t.Errorf("the value begins at %d, want behind the name and two cells", got)
	}
	widgettest.Press(b, "enter")
	if got := b.Keys()[1].Help(); got.Key != "tab" {
		t.Errorf("while a name is typed the second key is %q, want the one to its value", got.Key)
	}
}

// What has no room is cut with a sign, and a blank stays before the border.
func TestACellThatIsCutSaysSo(t *testing.T) {
	b := open([]Row{{Name: "X-Account-Context-For-Delegated-Requests", Value: "2026-10-01.acacia; billing=v3"}}, 40, 1)
	b.Blur()
	if got, want := ansi.Strip(b.View()), "  [x] X-Account-Co… 2026-10-01.acacia;… "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestKeysAnswerWithIntents(t *testing.T) {
	row := func(name, value string) Row { return Row{Name: name, Value: value} }
	stories := []struct {
		name string
		rows []Row
		keys []string
		want tui.Intent
		left []Row
	}{
		{"switch off", []Row{row("a", "1")}, []string{"space"}, Changed{}, []Row{{Name: "a", Value: "1", Off: true}}},
		{"edit a value", []Row{row("a", "1")}, []string{"right", "enter", "2", "enter"}, Changed{}, []Row{row("a", "12")}},
		{"leave a cell", []Row{row("a", "1")}, []string{"enter", "2", "esc"}, Changed{}, []Row{row("a", "1")}},
		{"add a row", nil, []string{"a", "k", "enter", "v", "enter"}, Changed{}, []Row{row("k", "v")}},
		{"an empty row goes away", []Row{row("a", "1")}, []string{"a", "esc"}, Changed{}, []Row{row("a", "1")}},
		{"duplicate", []Row{{Name: "a", ID: 5}}, []string{"D"}, Changed{}, []Row{{Name: "a", ID: 5}, {Name: "a"}}},
		{"delete", []Row{row("a", "1"), row("b", "2")}, []string{"x"}, Changed{}, []Row{row("b", "2")}},
		{"move down", []Row{row("a", "1"), row("b", "2")}, []string{"J"}, Changed{}, []Row{row("b", "2"), row("a", "1")}},
		{"move down at the end", []Row{row("a", "1")}, []string{"J"}, nil, []Row{row("a", "1")}},
		{"tab through the cells", []Row{row("", "")}, []string{"enter", "n", "tab", "v", "tab", "o", "tab"}, Changed{}, []Row{{Name: "n", Value: "v", Note: "o"}}},
		{"pass on", []Row{row("a", "1")}, []string{"Q"}, tui.Pass{}, []Row{row("a", "1")}},
		{"nothing to delete", nil, []string{"x"}, tui.Pass{}, nil},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			b := open(s.rows, 70, 8)
			if got := widgettest.Press(b, s.keys...); got != s.want {
				t.Errorf("got %#v, want %#v", got, s.want)
			}
			if got := b.Rows(); len(got)+len(s.left) > 0 && !reflect.DeepEqual(got, s.left) {
				t.Errorf("got %+v, want %+v", got, s.left)
			}
			widgettest.Framed(t, b, 70, 8)
		})
	}
}

func TestGoldens(t *testing.T) {
	for _, size := range [][2]int{{40, 6}, {80, 8}} {
		for name, keys := range map[string][]string{"rows": {"down"}, "editing": {"a", "A"}, "note": {"right", "right", "enter"}} {
			b := open(headers(), size[0], size[1])
			b.Suggest(func(_ int, _ Row, text string, _ int) []input.Offer {
				return []input.Offer{{Text: text + "ccept", Note: "media types"}}
			})
			widgettest.Press(b, keys...)
			widgettest.Framed(t, b, size[0], size[1])
			widgettest.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), b.View())
		}
	}
}

func TestRandomKeysNeverBreakTheFrame(t *testing.T) {
	b := open(headers(), 50, 10)
	b.Suggest(func(int, Row, string, int) []input.Offer { return []input.Offer{{Text: "x"}, {Text: "日本"}} })
	widgettest.Random(t, b, 3000, []string{"up", "down", "left", "right", "enter", "space", "a", "D", "x", "J", "K", "g", "G", "tab", "esc", "日", "backspace", "ctrl+z"}, nil)
}
