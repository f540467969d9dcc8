package viewer

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui"
	"culprit/tui/widget"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// finish runs a work to its end and gives its news to the viewer.
func finish(v *Viewer, intent tui.Intent) {
	for {
		work, ok := intent.(Work)
		if !ok {
			return
		}
		var next tui.Intent
		take := func(m tea.Msg) {
			if answer, _ := v.Update(m); answer != nil {
				next = answer
			}
		}
		take(work.Run(context.Background(), take))
		intent = next
	}
}

func press(v *Viewer, keys ...string) (last tui.Intent) {
	for _, k := range keys {
		last, _ = v.Update(keyOf(k))
	}
	return last
}

func keyOf(k string) tea.KeyPressMsg {
	named := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "down": tea.KeyDown, "up": tea.KeyUp,
		"pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "left": tea.KeyLeft, "right": tea.KeyRight}
	if k == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if c, ok := named[k]; ok {
		return tea.KeyPressMsg{Code: c}
	}
	if c, ok := strings.CutPrefix(k, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(c[0]), Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: rune(k[0]), Text: k}
}

func open(body, media string, w, h int) *Viewer {
	v := New(nil)
	v.Resize(w, h)
	finish(v, v.SetContent([]byte(body), media))
	return v
}

// framed fails unless the view has exactly the size it was given.
func framed(t *testing.T, v *Viewer, w, h int) {
	t.Helper()
	lines := strings.Split(v.View(), "\n")
	if len(lines) != h {
		t.Fatalf("view has %d lines, want %d", len(lines), h)
	}
	for i, l := range lines {
		if got := ansi.StringWidth(l); got != w {
			t.Fatalf("line %d is %d cells wide, want %d: %q", i, got, w, l)
		}
	}
}

const sample = `{"id":7,"name":"Ada \u001b[31m","tags":["a","b",[]],"price":1.10,"price":-0,"big":12345678901234567890,
 "nested":{"deep":{"er":[1,2,{"x":null}]}},"empty":{ },"ok":true,"text":"日本語 naïve"}`

func TestGoldens(t *testing.T) {
	stories := []struct {
		name, body, media string
		keys              []string
	}{
		{"json", sample, "application/json", nil},
		{"folded", sample, "application/json", []string{"down", "down", "down", "space", "_"}},
		{"searched", sample, "application/json", []string{"/", "p", "r", "i", "c", "enter", "n"}},
		{"prompt", sample, "application/json", []string{"/", "x"}},
		{"raw", sample, "application/json", []string{"r", "w"}},
		{"hex", sample, "application/json", []string{"x", "down"}},
		{"broken", "{\n \"a\": 1,\n \"b\": tru,\n}", "application/json", nil},
		{"cut", `{"a":[1,2,{"b":"unfin`, "application/json", nil},
		{"empty", "", "application/json", nil},
		{"hostile", "a\x1b]52;c;eA==\x07b\r\nc\u202ed\x9b \xff\te\n" + strings.Repeat("e", 3) + strings.Repeat("\u0301", 40), "text/plain", nil},
		{"stream", "{\"a\":1}\n{\"b\":[1,2]}\n3\n", "application/x-ndjson", nil},
	}
	for _, size := range [][2]int{{40, 12}, {80, 24}} {
		for _, s := range stories {
			name := fmt.Sprintf("%s-%dx%d", s.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				v := open(s.body, s.media, size[0], size[1])
				v.Focus()
				press(v, s.keys...)
				framed(t, v, size[0], size[1])
				golden(t, name, v.View())
			})
		}
	}
}

func golden(t *testing.T, name, view string) {
	t.Helper()
	lines := strings.Split(ansi.Strip(view), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	got := strings.Join(lines, "\n") + "\n"
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestKeysAnswerWithIntents(t *testing.T) {
	stories := []struct {
		name string
		keys []string
		want tui.Intent
	}{
		{"copy the path", []string{"down", "down", "down", "down", "down", "y"}, Copy{What: "path", Text: ".tags[1]"}},
		{"copy the root's path", []string{"y"}, Copy{What: "path", Text: "."}},
		{"copy a value", []string{"down", "Y"}, Copy{What: "value", Text: "7"}},
		{"copy a container", []string{"down", "down", "down", "Y"}, Copy{What: "value", Text: `["a","b",[]]`}},
		{"copy a deep path", []string{"/", "n", "u", "l", "l", "enter", "y"}, Copy{What: "path", Text: ".nested.deep.er[2].x"}},
		{"a bad expression is said", []string{"/", "ctrl+r", "(", "enter"}, Notice{Text: "error parsing regexp: missing closing ): `(?m)(?i)(`"}},
		{"an unknown key is passed on", []string{"Q"}, tui.Pass{}},
		{"esc is passed on", []string{"esc"}, tui.Pass{}},
		{"esc closes the prompt only", []string{"/", "esc"}, nil},
		{"wrap means nothing in JSON", []string{"w"}, tui.Pass{}},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			v := open(sample, "application/json", 80, 24)
			if got := press(v, s.keys...); got != s.want {
				t.Errorf("got %#v, want %#v", got, s.want)
			}
		})
	}
}

func TestHostileBodiesKeepTheFrame(t *testing.T) {
	bodies := map[string]string{
		"marks":       "e" + strings.Repeat("\u0301", 100_000),
		"joined":      strings.Repeat("\U0001f468\u200d", 10_000),
		"one line":    strings.Repeat("abc 日本 ", 200_000),
		"deep":        strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000),
		"deep open":   strings.Repeat(`{"a":[`, 50_000),
		"long string": `{"a":"` + strings.Repeat("x", 500_000) + `","` + strings.Repeat("k", 200_000) + `":{"b":1},"c":2}`,
		"blanks":      `[` + strings.Repeat(" ", 200_000) + `1` + strings.Repeat("\n", 200_000) + `,2]`,
		"digits":      `[` + strings.Repeat("9", 200_000) + `,2]`,
		"escapes":     strings.Repeat("\x1b]52;c;eA==\x07\u202e\u009b", 1000),
		"bad bytes":   strings.Repeat("a\xff\xc3 \xf0\x9f", 1000),
	}
	for name, body := range bodies {
		t.Run(name, func(t *testing.T) {
			for _, media := range []string{"application/json", "text/plain"} {
				v := open(body, media, 60, 10)
				v.Focus()
				for _, k := range []string{"", "G", "w", "up", "pgup", "right", "right", "G", "-", "space", "x", "x", "r", "w", "G", "pgup", "/", "2", "enter", "right"} {
					if k != "" {
						press(v, k)
					}
					framed(t, v, 60, 10)
					if plain := ansi.Strip(v.View()); strings.ContainsAny(plain, "\x1b\u202e\u009b\x07") {
						t.Fatalf("after %q: something hostile was drawn: %q", k, plain)
					}
				}
			}
		})
	}
}

func TestLongLinesAreWalkedFromTheIndex(t *testing.T) {
	body := `{"a":"` + strings.Repeat("x", 500_000) + `","` + strings.Repeat("k", 200_000) + `":{"b":1},"c":2}`
	v := open(body, "application/json", 60, 12)
	press(v, "_", "*", "G", "up")
	if got := press(v, "Y"); got != (Copy{What: "value", Text: "2"}) {
		t.Errorf("got %#v", got)
	}
	if v.lines() != 7 {
		t.Errorf("got %d lines, want 7", v.lines())
	}
}

func TestRandomKeysNeverBreakTheFrame(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	keys := []string{"up", "down", "j", "k", "pgup", "pgdown", "ctrl+u", "ctrl+d", "g", "G", "left", "right", "0", "space", "enter",
		"-", "+", "_", "*", "p", "/", "n", "N", "y", "Y", "w", "x", "r", "#", "ctrl+r", "esc", "a", "1", "\""}
	items := make([]any, 0, 40)
	for range 60 {
		items = append(items, randomJSON(r, 60))
	}
	data, _ := json.Marshal(items)
	bodies := []string{string(data), sample, strings.Repeat("line of text 日本語\n\n\tx\r\n", 500), "{\"a\":[1,2,", strings.Repeat("x", 9000)}
	v := New(nil)
	w, h := 50, 10
	v.Resize(w, h)
	for n := range 6000 {
		switch r.IntN(40) {
		case 0:
			finish(v, v.SetContent([]byte(bodies[r.IntN(len(bodies))]), []string{"application/json", "text/plain", "text/html"}[r.IntN(3)]))
		case 1:
			w, h = r.IntN(90), r.IntN(30)
			v.Resize(w, h)
		case 2:
			answer, _ := v.Mouse(tea.MouseWheelMsg{Button: []tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}[r.IntN(2)]})
			finish(v, answer)
		case 3:
			answer, _ := v.Mouse(tea.MouseClickMsg{Button: tea.MouseLeft, X: r.IntN(w + 1), Y: r.IntN(h + 1)})
			finish(v, answer)
		default:
			finish(v, press(v, keys[r.IntN(len(keys))]))
		}
		if h > 0 && n%7 == 0 {
			framed(t, v, w, h)
		}
	}
}

func TestLateNewsOfAnOlderBodyIsDropped(t *testing.T) {
	body := `[` + strings.Repeat(`"0123456789",`, 60_000) + `1]`
	v := New(nil)
	v.Resize(40, 8)
	old := v.SetContent([]byte(body), "application/json").(Work)
	v.SetContent([]byte(`{"new":1}`), "application/json")
	old.Run(context.Background(), func(m tea.Msg) { v.Update(m) })
	if v.lines() != 3 {
		t.Errorf("got %d lines, want 3", v.lines())
	}
}

func TestACancelledReadSaysSo(t *testing.T) {
	body := `[` + strings.Repeat(`"0123456789",`, 60_000) + `1]`
	v := New(nil)
	v.Resize(60, 8)
	work := v.SetContent([]byte(body), "application/json").(Work)
	if what, part := v.Busy(); what != "reading" || part <= 0 || part >= 1 {
		t.Errorf("busy: %s %v", what, part)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	v.Update(work.Run(ctx, nil))
	if what, _ := v.Busy(); what != "" || !strings.Contains(v.View(), "stopped") {
		t.Errorf("got %q", ansi.Strip(v.View()))
	}
}

func TestStylesAreUsedAndReset(t *testing.T) {
	styles := &widget.Styles{Key: lipgloss.NewStyle().Bold(true)}
	v := New(styles)
	v.Resize(40, 5)
	v.SetContent([]byte(`{"a":1}`), "application/json")
	if !strings.Contains(v.View(), "\x1b[1m\"a\"\x1b[m") {
		t.Errorf("got %q", v.View())
	}
	styles.Key, styles.Generation = lipgloss.NewStyle().Italic(true), 1
	v.Restyle()
	if !strings.Contains(v.View(), "\x1b[3m\"a\"\x1b[m") {
		t.Errorf("got %q", v.View())
	}
}

func TestHTMLIsColouredByATask(t *testing.T) {
	v := New(&widget.Styles{Key: lipgloss.NewStyle().Bold(true)})
	v.Resize(60, 6)
	work, ok := v.SetContent([]byte("<!doctype html>\r\n<p class=\"x\">é&amp;</p>\r\n<script>let a = 1</script>"), "text/html").(Work)
	if !ok || work.Name != "colour" {
		t.Fatalf("got %#v", work)
	}
	if strings.Contains(v.View(), "\x1b[1m") {
		t.Error("coloured before the task")
	}
	finish(v, work)
	if !strings.Contains(v.View(), "\x1b[1mp\x1b[m") || !strings.Contains(v.View(), "\x1b[1mlet\x1b[m") {
		t.Errorf("got %q", v.View())
	}
	framed(t, v, 60, 6)
}

// randomJSON makes a document of about n values.
func randomJSON(r *rand.Rand, n int) any {
	switch k := r.IntN(8); {
	case n > 1 && k < 4:
		m := map[string]any{}
		for i := range r.IntN(6) {
			m[fmt.Sprintf("k%d\"é/~", i)] = randomJSON(r, n/3)
		}
		return m
	case n > 1:
		a := []any{}
		for range r.IntN(8) {
			a = append(a, randomJSON(r, n/3))
		}
		return a
	case k < 3:
		return strings.Repeat("x\\y\"", r.IntN(9))
	case k < 6:
		return r.IntN(1000)
	default:
		return k == 7
	}
}

// TestLinesAgreeWithIndent compares the walker from every line with encoding/json's Indent.
func TestLinesAgreeWithIndent(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 40 {
		items := make([]any, 0, 40)
		for range 1 + round {
			items = append(items, randomJSON(r, 40))
		}
		data, _ := json.Marshal(items)
		if round%2 == 1 {
			var loose bytes.Buffer
			_ = json.Indent(&loose, data, "", "\t \r")
			data = loose.Bytes()
		}
		var want bytes.Buffer
		_ = json.Indent(&want, data, "", "  ")
		lines := strings.Split(want.String(), "\n")

		x := index{data: data, json: true}
		s := newJSONScanner(data)
		for !x.done {
			x.add(s.scan(1 + r.IntN(200)))
		}
		if x.mistake != nil || x.lines != len(lines) {
			t.Fatalf("round %d: %d lines, want %d, mistake %v", round, x.lines, len(lines), x.mistake)
		}
		for i, line := range lines {
			w := x.at(i)
			s, ok := w.next()
			if !ok || s.line != i {
				t.Fatalf("line %d: not found", i)
			}
			if got := laidOut(data, s); got != line {
				t.Fatalf("round %d line %d: got %q, want %q", round, i, got, line)
			}
			if at, known := x.lineOf(s.start); !known || at != i {
				t.Fatalf("lineOf(%d) = %d %v, want %d", s.start, at, known, i)
			}
		}
		checkPaths(t, data, len(lines))
	}
}

func laidOut(data []byte, s span) string {
	out := strings.Repeat("  ", s.depth)
	if s.nameEnd > s.start {
		out += string(data[s.start:s.nameEnd]) + ": "
	}
	value := data[s.val:s.valEnd]
	if !s.open && !s.close && len(value) > 1 && (value[0] == '{' || value[0] == '[') {
		value = []byte{value[0], value[len(value)-1]}
	}
	out += string(value)
	if s.comma {
		out += ","
	}
	return out
}

// checkPaths follows the pointer of each line and compares the value there with the one on the line.
func checkPaths(t *testing.T, data []byte, lines int) {
	t.Helper()
	v := New(nil)
	v.Resize(80, 24)
	finish(v, v.SetContent(data, "application/json"))
	var root any
	_ = json.Unmarshal(data, &root)
	for i := range lines {
		v.cursor = place{line: i}
		_, pointer, ok := v.Path()
		raw, _ := v.Value()
		if !ok {
			t.Fatalf("line %d has no path", i)
		}
		at := root
		for _, part := range strings.Split(pointer, "/")[1:] {
			switch in := at.(type) {
			case map[string]any:
				at = in[strings.NewReplacer("~1", "/", "~0", "~").Replace(part)]
			case []any:
				var n int
				fmt.Sscan(part, &n)
				at = in[n]
			}
		}
		var got any
		if err := json.Unmarshal(raw, &got); err != nil || fmt.Sprint(got) != fmt.Sprint(at) {
			t.Fatalf("line %d pointer %s: got %v (%v), want %v", i, pointer, got, err, at)
		}
	}
}

func TestScannerAgreesWithEncodingJSON(t *testing.T) {
	for _, body := range []string{`{}`, `[]`, `[1,]`, `{"a"}`, `{"a":}`, `{"a":1,}`, `[1 2]`, `{,}`, `[,1]`, `01`, `-`, `1.`, `1e`, `1e+5`,
		`-0`, `"\u12"`, `"\x"`, "\"\t\"", `"a`, `nul`, `true`, `{"a":1}}`, `[}`, `{]`, `{"a" 1}`, `:`, `{1:2}`, `["\ud800"]`, ` [ ] `, `{"a":[{}]}`,
		`"`, `"\`, `"\u00`, `[1`, `{"a":1`, "\xef\xbb\xbf{}", `1.5E-3`, `+1`, `.5`, `NaN`, `'a'`} {
		d := newJSONScanner([]byte(body)).scan(len(body))
		if got, want := d.mistake == nil && d.lines > 0, json.Valid([]byte(body)); got != want {
			t.Errorf("%s: valid %v, want %v (%+v)", body, got, want, d.mistake)
		}
	}
}

func FuzzScanner(f *testing.F) {
	f.Add([]byte(sample), uint16(3))
	f.Add([]byte(`[[[[1,"a\"",{"b":[]}]]]]`), uint16(1))
	f.Fuzz(func(t *testing.T, data []byte, budget uint16) {
		x := index{data: data, json: true}
		s := newJSONScanner(data)
		for !x.done {
			x.add(s.scan(1 + int(budget)))
		}
		if json.Valid(data) && x.mistake != nil {
			t.Fatalf("valid JSON refused: %+v", x.mistake)
		}
		if x.mistake == nil && x.lines == 1 && !json.Valid(data) {
			t.Fatalf("one line accepted that is no JSON: %q", data)
		}
		v := open(string(data), "application/json", 30, 6)
		framed(t, v, 30, 6)
		press(v, "G", "space", "up", "/", "1", "enter", "r", "w", "G", "pgup", "x")
		framed(t, v, 30, 6)
	})
}
