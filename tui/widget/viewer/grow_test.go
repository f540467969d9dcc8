package viewer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"culprit/request/safe"
	"culprit/tui/keys"
	"culprit/tui/widget/widgettest"
)

// arriving is a document of n records, and a viewer that has the first part bytes of it.
func arriving(n, part int) (*Viewer, []byte) {
	var b strings.Builder
	b.WriteString("[")
	for i := range n {
		fmt.Fprintf(&b, `{"id":%d,"email":"user%d@example.com","tags":["a","b"]},`, i, i)
	}
	b.WriteString(`"the end"]`)
	body := []byte(b.String())
	v := New(nil, keys.Default().Body)
	v.Resize(60, 12)
	finish(v, v.SetContent(body[:part:part], "application/json"))
	return v, body
}

func typed(v *Viewer, text string) {
	for _, r := range text {
		widgettest.Press(v, string(r))
	}
}

func seen(t *testing.T, v *Viewer, want string) {
	t.Helper()
	if !strings.Contains(whole(v), want) {
		t.Errorf("%q is not seen in\n%s", want, whole(v))
	}
}

// whole is the view and its foot, as an owner shows them.
func whole(v *Viewer) string {
	f := v.Foot()
	sign := "- "
	if f.Wrong {
		sign = "! "
	}
	return ansi.Strip(v.View()) + "\n" + safe.Line(sign+f.Where+" | "+f.Tally).String()
}

// Far behind what is read at once a reader stays where he is: what was seen is seen until the place is known again, and a
// key that was pressed meanwhile counts.
func TestAReaderStaysWhereHeIsWhileABodyGrows(t *testing.T) {
	for _, wrap := range []bool{false, true} {
		v, body := arriving(40_000, 1<<20)
		if wrap {
			finish(v, widgettest.Press(v, "w"))
		}
		widgettest.Press(v, "/")
		typed(v, "user12000@")
		finish(v, widgettest.Press(v, "enter"))
		seen(t, v, "user12000@")
		rows := func() string { return strings.Join(strings.Split(ansi.Strip(v.View()), "\n")[:11], "\n") }
		before, at := rows(), v.cursor
		work := v.Grow(body, "application/json")
		if rows() != before {
			t.Errorf("another screen is seen:\n%s\nwant\n%s", rows(), before)
		}
		widgettest.Press(v, "j")
		finish(v, work)
		if v.back(v.cursor, 1) != at || v.cursor == at {
			t.Errorf("at %v, want one row behind %v", v.cursor, at)
		}
		seen(t, v, "user12000@")
		widgettest.Press(v, "G")
		seen(t, v, "the end")
	}
}

// What is typed into the prompt stays there, and does nothing else.
func TestThePromptStaysOpenWhileABodyGrows(t *testing.T) {
	v, body := arriving(40_000, 1<<20)
	widgettest.Press(v, "/")
	typed(v, "user3")
	work := v.Grow(body, "application/json")
	typed(v, "0000@")
	finish(v, work)
	finish(v, widgettest.Press(v, "enter"))
	seen(t, v, "user30000@")
	seen(t, v, "1/1")
}

// What was looked for is looked for in the rest too: all are found, each once.
func TestASearchGoesOnWhileABodyGrows(t *testing.T) {
	v, body := arriving(40_000, 100_000)
	widgettest.Press(v, "/")
	typed(v, "99@example")
	finish(v, widgettest.Press(v, "enter"))
	for _, part := range []int{100_001, 500_000, 1 << 20, len(body)} {
		finish(v, v.Grow(body[:part:part], "application/json"))
		want, at := strings.Count(string(body[:part]), "99@example"), v.cursor
		if len(v.search.found) != want || v.search.running {
			t.Errorf("of %d bytes %d are found, want %d", part, len(v.search.found), want)
		}
		if at.line > 2000 {
			t.Errorf("the cursor went to line %d", at.line)
		}
	}
	seen(t, v, "1/400")
}

// A container that is whole stays folded; the one that goes on cannot be.
func TestFoldsStayWhileABodyGrows(t *testing.T) {
	v, body := arriving(40_000, 50_000)
	widgettest.Press(v, "j", "space")
	seen(t, v, "{…}")
	finish(v, v.Grow(body, "application/json"))
	seen(t, v, "{…}")
	if len(v.folds) != 1 {
		t.Errorf("%d folds", len(v.folds))
	}
}

// Whoever went to the end sees the end.
func TestTheEndIsFollowedWhileABodyGrows(t *testing.T) {
	v, body := arriving(40_000, 1<<20)
	widgettest.Press(v, "G")
	for _, part := range []int{2 << 20, len(body)} {
		finish(v, v.Grow(body[:part:part], "application/json"))
		if v.cursor.line != v.lines()-1 {
			t.Errorf("of %d bytes at line %d of %d", part, v.cursor.line, v.lines())
		}
	}
	seen(t, v, "the end")
}

// What still arrives is not said to be cut off.
func TestWhatStillComesIsNotCutOff(t *testing.T) {
	v, body := arriving(40_000, 1<<20)
	widgettest.Press(v, "G")
	seen(t, v, "cut off")
	v.Coming()
	seen(t, v, "so far")
	if view := whole(v); strings.Contains(view, "cut off") || strings.Contains(view, "ends") {
		t.Errorf("it is said to be cut off:\n%s", view)
	}
	finish(v, v.Grow(body, "application/json"))
	if view := ansi.Strip(v.View()); strings.Contains(view, "so far") {
		t.Errorf("it is said to come:\n%s", view)
	}
}
