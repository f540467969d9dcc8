package editor

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget/input"
	"culprit/tui/widget/widgettest"
)

func open(text string, l Language, w, h int) *Editor {
	e := New(nil, keys.Default().Text, keys.Default().Chord.External)
	e.SetLanguage(l)
	e.Resize(w, h)
	e.Focus()
	e.SetValue(text)
	return e
}

// Names of variables are offered from "{{" on and stand in the text with their end; other keys do what they always do.
func TestNamesAreCompleted(t *testing.T) {
	offers := func(text string, at int) []input.Offer {
		var out []input.Offer
		for _, name := range []string{"base", "token", "tenant"} {
			if word, ok := strings.CutPrefix(text[:at], "{{"); ok && strings.HasPrefix(name, word) {
				out = append(out, input.Offer{Text: "{{" + name + "}}"})
			}
		}
		return out
	}
	for _, c := range []struct {
		name, text string
		keys       []string
		want, sees string
	}{
		{"the first", "x\ny", []string{"{", "{", "t", "tab", "!"}, "{{token}}!x\ny", ""},
		{"a chosen one", "", []string{"{", "{", "t", "down", "down", "enter"}, "{{tenant}}", ""},
		{"enter without a choice is a line end", "", []string{"{", "{", "t", "enter"}, "{{t\n", ""},
		{"esc closes them, and tab indents", "", []string{"{", "{", "t", "esc", "tab"}, "{{t  ", ""},
		{"an end that is there is not written twice", "}}", []string{"{", "{", "b", "tab"}, "{{base}}", ""},
		{"one brace offers nothing", "", []string{"{", "tab"}, "{  ", ""},
		{"undo takes the whole name back", "", []string{"{", "{", "b", "tab", "ctrl+z"}, "{{b", ""},
		{"they are seen below", "1\n2\n3", []string{"{", "{"}, "{{1\n2\n3", "{{tenant}}"},
		{"and above the last line", "1\n2\n3\n4\n5\n6", []string{"alt+>", "{", "{"}, "1\n2\n3\n4\n5\n6{{", "{{tenant}}"},
	} {
		e := open(c.text, Plain, 40, 8)
		e.Suggest(offers)
		widgettest.Press(e, c.keys...)
		if got := e.Value(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if !strings.Contains(e.View(), c.sees) {
			t.Errorf("%s: not seen:\n%s", c.name, e.View())
		}
		if c.sees == "" && strings.Contains(e.View(), "tenant}}") && !strings.Contains(c.want, "tenant") {
			t.Errorf("%s: still offered:\n%s", c.name, e.View())
		}
	}
}

func TestWhatIsPastedIntoTheSearchIsFound(t *testing.T) {
	e := open("one two three", Plain, 40, 6)
	widgettest.Press(e, "ctrl+f")
	e.Update(tea.PasteMsg{Content: "two"})
	widgettest.Press(e, "esc", "X")
	if got := e.Value(); got != "one X three" {
		t.Errorf("%q", got)
	}
}

func TestKeysEditTheText(t *testing.T) {
	stories := []struct {
		name, text string
		keys       []string
		want       string
	}{
		{"type", "", []string{"a", "b"}, "ab"},
		{"break a line and keep its end", "ab\r\ncd", []string{"right", "enter"}, "a\r\nb\r\ncd"},
		{"join lines", "ab\ncd", []string{"down", "home", "backspace"}, "abcd"},
		{"delete a wide character", "日本", []string{"end", "backspace"}, "日"},
		{"delete a cluster", "e\u0301x", []string{"delete"}, "x"},
		{"replace the selection", "hello world", []string{"shift+right", "shift+right", "X"}, "Xllo world"},
		{"delete a word", "one two", []string{"end", "ctrl+w"}, "one "},
		{"delete to the end", "one two\nx", []string{"right", "ctrl+k", "ctrl+k"}, "ox"},
		{"cut and paste a line", "a\nb\nc", []string{"ctrl+x", "down", "ctrl+v"}, "b\na\nc"},
		{"undo a run of typing", "x", []string{"a", "b", "c", "ctrl+z"}, "x"},
		{"undo and redo", "x", []string{"a", "left", "b", "ctrl+z", "ctrl+z", "ctrl+y"}, "ax"},
		{"indent behind a bracket", "{", []string{"end", "enter", "1"}, "{\n  1"},
		{"select all", "a\nb", []string{"alt+a", "x"}, "x"},
		{"find and replace", "one two one", []string{"ctrl+f", "o", "n", "e", "enter", "esc", "X"}, "one two X"},
		{"find back", "one two one", []string{"ctrl+f", "t", "w", "o", "esc", "ctrl+f", "o", "n", "e", "up", "esc", "X"}, "X two one"},
		{"find the next without the prompt", "one two one", []string{"ctrl+f", "o", "n", "e", "esc", "alt+n", "X"}, "one two X"},
		{"enter in the search destroys nothing", "one two one", []string{"ctrl+f", "o", "n", "e", "enter", "enter", "enter", "esc"}, "one two one"},
		{"select without shift", "one two", []string{"ctrl+space", "right", "right", "right", "X"}, "X two"},
		{"select no more", "one two", []string{"ctrl+space", "right", "esc", "right", "X"}, "onXe two"},
		{"to the other bracket", "[1,[2]]", []string{"alt+m", "X"}, "[1,[2]X]"},
		{"up keeps the column", "abcd\nx\nabcd", []string{"end", "down", "down", "X"}, "abcd\nx\nabcdX"},
		{"nothing is lost", "a\tb\r\n\x1b[31m\rc\n", nil, "a\tb\r\n\x1b[31m\rc\n"},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			e := open(s.text, JSON, 40, 8)
			widgettest.Press(e, s.keys...)
			if got := e.Value(); got != s.want {
				t.Errorf("got %q, want %q", got, s.want)
			}
			widgettest.Framed(t, e, 40, 8)
		})
	}
}

func TestKeysAnswerWithIntents(t *testing.T) {
	stories := []struct {
		keys []string
		want tui.Intent
	}{
		{[]string{"a"}, Changed{}},
		{[]string{"right"}, nil},
		{[]string{"ctrl+o"}, External{}},
		{[]string{"shift+right", "alt+c"}, Copy{What: "selection", Text: "o"}},
		{[]string{"alt+c"}, Notice{Text: "nothing is selected"}},
		{[]string{"ctrl+x"}, Cut{"one\n"}},
		{[]string{"esc"}, tui.Pass{}},
		{[]string{"shift+right", "esc"}, nil},
		{[]string{"ctrl+s"}, tui.Pass{}},
		{[]string{"ctrl+f", "q", "enter"}, Notice{Text: "not found"}},
	}
	for _, s := range stories {
		e := open("one\ntwo", Plain, 40, 8)
		if got := widgettest.Press(e, s.keys...); got != s.want {
			t.Errorf("%v: got %#v, want %#v", s.keys, got, s.want)
		}
	}
}

func TestPasteTakesTheLineEndsOfTheText(t *testing.T) {
	e := open("a\r\nb", Plain, 40, 8)
	e.Update(tea.PasteMsg{Content: "x\ry\nz"})
	if got, want := e.Value(), "x\r\ny\r\nza\r\nb"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	widgettest.Press(e, "ctrl+z")
	if e.Value() != "a\r\nb" {
		t.Errorf("got %q after undo", e.Value())
	}
	answer, _ := e.Update(tea.PasteMsg{Content: strings.Repeat("x", maxText)})
	if _, said := answer.(Notice); !said || e.Value() != "a\r\nb" {
		t.Errorf("got %#v", answer)
	}
}

func TestTheMistakeIsMarked(t *testing.T) {
	e := open("{\n  \"a\": {{id}},\n  \"b\": tru\n}", JSON, 60, 8)
	line, col, what := e.Mistake()
	if line != 2 || col != 7 || what == "" {
		t.Errorf("got %d:%d %q", line, col, what)
	}
	widgettest.Press(e, "down", "down", "end", "e")
	if _, _, what = e.Mistake(); what != "" {
		t.Errorf("still wrong: %s", what)
	}
	e.SetMistake(0, 0, "the server did not like this")
	if wrong, _ := e.Foot(); wrong != "1:1 the server did not like this" {
		t.Error("the caller's mark is not shown")
	}
	widgettest.Press(e, "x")
	if _, _, what = e.Mistake(); strings.Contains(what, "server") {
		t.Error("the caller's mark outlived an edit")
	}
}

func TestTheCursorIsWhereTheCharacterIs(t *testing.T) {
	e := open("日本\tx\x1b[", Plain, 40, 8)
	for i, want := range []int{5, 7, 9, 13, 14, 15, 16} {
		if c := e.Cursor(); c == nil || c.X != want || c.Y != 0 {
			t.Fatalf("step %d: got %+v, want x %d", i, c, want)
		}
		widgettest.Press(e, "right")
	}
	e.Mouse(tea.MouseClickMsg{Button: tea.MouseLeft, X: 8, Y: 0})
	if e.cursor != (pos{0, 3}) {
		t.Errorf("clicked at %+v", e.cursor)
	}
	e.Mouse(tea.MouseMotionMsg{Button: tea.MouseLeft, X: 14, Y: 0})
	if from, to := e.selection(); from != (pos{0, 3}) || to != (pos{0, 8}) {
		t.Errorf("selected %+v %+v", from, to)
	}
}

// TestUndoGoesAllTheWayBack types random keys, then undoes all and redoes all.
func TestUndoGoesAllTheWayBack(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	keys := []string{"a", "é", "日", "\"", "{", "enter", "tab", "backspace", "delete", "ctrl+w", "ctrl+k", "ctrl+u", "ctrl+x", "ctrl+v", "left",
		"right", "up", "down", "home", "end", "pgup", "pgdown", "shift+left", "shift+right", "shift+down", "shift+up", "alt+a", "alt+b", "alt+f", "alt+m", "alt+n", "alt+c",
		"alt+<", "alt+>"}
	for round := range 12 {
		start := "{\r\n  \"a\": [1, 2],\n\t\"b\": \"x\x1b[31m\"\r\n}\n\xff\xfe bad"
		e := open(start, JSON, 30, 6)
		for n := range 200 {
			if n%50 == 49 {
				e.Update(tea.PasteMsg{Content: "one\r\ntwo\rthree"})
			}
			widgettest.Press(e, keys[r.IntN(len(keys))])
			if got := sizeOf(e.text.lines); got != e.text.size {
				t.Fatalf("size %d, counted %d", e.text.size, got)
			}
			widgettest.Framed(t, e, 30, 6)
			if c := e.Cursor(); c == nil || c.X >= 30 || c.Y >= 6 {
				t.Fatalf("the cursor is lost: %+v at %+v, top %d left %d", c, e.cursor, e.top, e.left)
			}
		}
		end := e.Value()
		for len(e.past.back) > 0 {
			widgettest.Press(e, "ctrl+z")
		}
		if got := e.Value(); got != start {
			t.Fatalf("round %d: undo ended at %q", round, got)
		}
		for len(e.past.forth) > 0 {
			widgettest.Press(e, "ctrl+y")
		}
		if got := e.Value(); got != end {
			t.Fatalf("round %d: redo ended at %q, want %q", round, got, end)
		}
	}
}

func FuzzValueIsKept(f *testing.F) {
	f.Add("a\r\n\rb\n\n", "x")
	f.Fuzz(func(t *testing.T, text, typed string) {
		e := open(text, JSON, 20, 4)
		if got := e.Value(); got != text {
			t.Fatalf("got %q, want %q", got, text)
		}
		widgettest.Framed(t, e, 20, 4)
		e.Update(tea.PasteMsg{Content: typed})
		widgettest.Framed(t, e, 20, 4)
		widgettest.Press(e, "ctrl+z")
		if got := e.Value(); got != text {
			t.Fatalf("after undo got %q, want %q", got, text)
		}
	})
}

func TestGoldens(t *testing.T) {
	body := "{\n  \"name\": \"{{user}}\",\n\t\"escape\": \"\x1b]52;c;\x07\",\n  \"wide\": \"日本語\",\n  \"n\": [1, true, nil]\n}\r\n" + strings.Repeat("long ", 40)
	for _, size := range [][2]int{{40, 12}, {80, 24}, {9, 2}} {
		for name, keys := range map[string][]string{"start": nil, "find": {"ctrl+f", "n"}, "end": {"alt+>"}} {
			e := open(body, JSON, size[0], size[1])
			widgettest.Press(e, keys...)
			widgettest.Framed(t, e, size[0], size[1])
			widgettest.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), e.View())
		}
	}
}

func BenchmarkKeyIn5000Lines(b *testing.B) {
	var text strings.Builder
	text.WriteString("[\n")
	for i := range 5000 {
		fmt.Fprintf(&text, "  {\"id\": %d, \"name\": \"user %d\", \"mail\": \"{{user}}@example.com\"},\n", i, i)
	}
	text.WriteString("  1\n]\n")
	e := open(text.String(), JSON, 120, 40)
	e.cursor = pos{2500, 10}
	e.arrange()
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		widgettest.Press(e, "x")
		_ = e.View()
		if n%100 == 99 {
			widgettest.Press(e, "enter")
			_ = e.View()
		}
	}
}

func BenchmarkKeyInALineOf1MiB(b *testing.B) {
	e := open(strings.Repeat("{\"a\":1},", 1<<17), JSON, 120, 40)
	e.cursor = pos{0, 1 << 19}
	e.arrange()
	for b.Loop() {
		widgettest.Press(e, "x")
		_ = e.View()
	}
}

func TestRandomKeysNeverBreakTheFrame(t *testing.T) {
	e := open("{\n  \"a\": [1, {\"b\": \"{{x}}\"}],\n\t日本 \x1b[31m\r\n}", JSON, 30, 6)
	widgettest.Random(t, e, 2000, []string{"a", "日", "{", "enter", "backspace", "ctrl+f", "esc", "alt+n", "alt+p", "alt+a", "alt+m", "ctrl+z",
		"ctrl+y", "shift+down", "pgdown", "pgup", "left", "right", "up", "end", "home"}, nil)
}

func TestXMLIsColouredAndItsMistakeNamed(t *testing.T) {
	text := `<?xml version="1.0"?><a x='1'><!-- hi -->{{v}}<b/></a>`
	var words []string
	for _, p := range lexXML(nil, text) {
		words = append(words, text[p.start:p.end])
	}
	want := []string{`<?xml version="1.0"?>`, "<", "a", "x", "=", "'1'", ">", "<!-- hi -->", "<", "b", "/", ">", "</", "a", ">"}
	if !slices.Equal(words, want) {
		t.Errorf("%q, want %q", words, want)
	}
	for broken, place := range map[string][2]int{"<a>\n  <b>\n</a>": {2, 0}, "<a>\n  <b x=1/>\n</a>": {1, 7}} {
		e := open(broken, XML, 40, 10)
		if line, col, what := e.Mistake(); line != place[0] || what == "" {
			t.Errorf("%q: %d:%d %q", broken, line, col, what)
		}
	}
	if _, _, what := open(text, XML, 40, 10).Mistake(); what != "" {
		t.Errorf("all right, but %q", what)
	}
}

func FuzzLexXML(f *testing.F) {
	f.Add(`<a x="1">text</a>`)
	f.Add(`<!-- <a 'b`)
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, p := range lexXML(nil, s) {
			if p.start < at || p.end <= p.start || p.end > len(s) {
				t.Fatalf("%q: %d-%d after %d", s, p.start, p.end, at)
			}
			at = p.end
		}
	})
}

// A cursor far to the right takes its own line along, and no other: those are still read.
func TestOnlyTheLineOfTheCursorMovesAside(t *testing.T) {
	e := open("{\n  \"long\": \""+strings.Repeat("0123456789", 9)+"\",\n  \"short\": 1\n}", JSON, 30, 5)
	widgettest.Press(e, "down", "end")
	lines := strings.Split(e.View(), "\n")
	if !strings.Contains(lines[0], "{") || !strings.Contains(lines[2], `"short": 1`) {
		t.Errorf("the others went too:\n%s", strings.Join(lines, "\n"))
	}
	if !strings.Contains(lines[1], "2‹") || !strings.Contains(lines[1], `89",`) {
		t.Errorf("its end is not seen, or not that it has a beginning:\n%s", lines[1])
	}
	widgettest.Press(e, "home")
	if got := e.View(); strings.Contains(got, "‹") || !strings.Contains(got, `"long": "0123`) {
		t.Errorf("it did not come back:\n%s", got)
	}
}
