package viewer

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget"
	"culprit/tui/widget/widgettest"
)

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

func open(body, media string, w, h int) *Viewer {
	v := New(nil, keys.Default().Body)
	v.Resize(w, h)
	finish(v, v.SetContent([]byte(body), media))
	return v
}

const sample = `{"id":7,"name":"Ada \u001b[31m","tags":["a","b",[]],"price":1.10,"price":-0,"big":12345678901234567890,
 "nested":{"deep":{"er":[1,2,{"x":null}]}},"empty":{ },"ok":true,"text":"日本語 naïve"}`

const sampleXML = "<?xml version='1.0'?><!-- a\n  note --><s:Body xmlns:s='urn:s'><order id=\"7\" open='>'><item>\x1b[31m</item><item><note>R&amp;D <b>日本語</b>\n  naïve</note><empty/></item></order></s:Body>"

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
		{"xml", sampleXML, "application/soap+xml", []string{"down", "down", "down", "down", "down"}},
		{"xml-folded", sampleXML, "text/xml", []string{"/", "r", "&", "enter", "u", "space"}},
		{"xml-broken", "<a>\n <b>\n</a>", "text/xml", nil},
		{"stream", "{\"a\":1}\n{\"b\":[1,2]}\n3\n", "application/x-ndjson", nil},
	}
	for _, size := range [][2]int{{40, 12}, {80, 24}} {
		for _, s := range stories {
			name := fmt.Sprintf("%s-%dx%d", s.name, size[0], size[1])
			v := open(s.body, s.media, size[0], size[1])
			v.Focus()
			widgettest.Press(v, s.keys...)
			widgettest.Framed(t, v, size[0], size[1])
			widgettest.Golden(t, name, whole(v))
		}
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
		{"a bad expression is said", []string{"/", "ctrl+t", "(", "enter"}, Notice{Text: "error parsing regexp: missing closing ): `(?m)(?i)(`"}},
		{"an unknown key is passed on", []string{"Q"}, tui.Pass{}},
		{"esc is passed on", []string{"esc"}, tui.Pass{}},
		{"esc closes the prompt only", []string{"/", "esc"}, nil},
		{"wrap shows the text of JSON, for its values can be long", []string{"w"}, nil},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			v := open(sample, "application/json", 80, 24)
			if got := widgettest.Press(v, s.keys...); got != s.want {
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
						widgettest.Press(v, k)
					}
					widgettest.Framed(t, v, 60, 10)
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
	widgettest.Press(v, "_", "*", "G", "up")
	if got := widgettest.Press(v, "Y"); got != (Copy{What: "value", Text: "2"}) {
		t.Errorf("got %#v", got)
	}
	if v.lines() != 7 {
		t.Errorf("got %d lines, want 7", v.lines())
	}
}

func TestRandomKeysNeverBreakTheFrame(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	pressed := []string{"up", "down", "j", "k", "pgup", "pgdown", "ctrl+u", "ctrl+d", "g", "G", "left", "right", "0", "space", "enter",
		"-", "+", "_", "*", "p", "/", "n", "N", "y", "Y", "w", "x", "r", "#", "ctrl+t", "esc", "a", "1", "\""}
	items := make([]any, 0, 60)
	for range 60 {
		items = append(items, randomJSON(r, 60))
	}
	data, _ := json.Marshal(items)
	bodies := []string{string(data), sample, strings.Repeat("line of text 日本語\n\n\tx\r\n", 500), "{\"a\":[1,2,", strings.Repeat("x", 9000)}
	v, body := New(nil, keys.Default().Body), []byte(nil)
	widgettest.Random(t, v, 4000, pressed, func(answer tui.Intent) {
		finish(v, answer)
		switch r.IntN(40) {
		case 0:
			media := []string{"application/json", "text/plain", "text/html"}[r.IntN(3)]
			body = []byte(bodies[r.IntN(len(bodies))])
			finish(v, v.SetContent(body[:r.IntN(len(body)+1)], media))
		case 1, 2, 3: // more of it has come
			finish(v, v.Grow(body[:len(v.data)+r.IntN(len(body)-len(v.data)+1)], v.media))
		}
	})
}

func TestLateNewsOfAnOlderBodyIsDropped(t *testing.T) {
	body := `[` + strings.Repeat(`"0123456789",`, 60_000) + `1]`
	v := New(nil, keys.Default().Body)
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
	v := New(nil, keys.Default().Body)
	v.Resize(60, 8)
	work := v.SetContent([]byte(body), "application/json").(Work)
	if what, part := v.Busy(); what != "reading" || part <= 0 || part >= 1 {
		t.Errorf("busy: %s %v", what, part)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	v.Update(work.Run(ctx, nil))
	if what, _ := v.Busy(); what != "" || !strings.Contains(v.Foot().Where, "stopped") {
		t.Errorf("got %q", ansi.Strip(v.View()))
	}
}

func TestStylesAreUsedAndReset(t *testing.T) {
	styles := &widget.Styles{Key: lipgloss.NewStyle().Bold(true)}
	v := New(styles, keys.Default().Body)
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
	v := New(&widget.Styles{Key: lipgloss.NewStyle().Bold(true)}, keys.Default().Body)
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
	widgettest.Framed(t, v, 60, 6)
}

func TestAScreenIsDrawnWithoutAllocating(t *testing.T) {
	v := New(styled(), keys.Default().Body)
	v.Resize(120, 40)
	v.Focus()
	finish(v, v.SetContent(records(1<<20), "application/json"))
	widgettest.Press(v, "G")
	v.buf = v.draw(v.buf[:0])
	if n := testing.AllocsPerRun(20, func() { v.buf = v.draw(v.buf[:0]) }); n > 0 {
		t.Errorf("%v allocations for a screen, want none", n)
	}
}

func TestTheEndIsReachedAlsoWhileItIsBeingRead(t *testing.T) {
	body := []byte("[" + strings.Repeat("1,", firstSlice) + "2]")
	for _, then := range []string{"", "k"} {
		v := New(nil, keys.Default().Body)
		v.Resize(60, 10)
		work := v.SetContent(body, "application/json")
		if work == nil {
			t.Fatal("the body is read at once")
		}
		widgettest.Press(v, "G")
		if then != "" {
			widgettest.Press(v, then)
		}
		finish(v, work)
		if at := v.cursor.line == v.lines()-1; at != (then == "") {
			t.Errorf("after G %s: line %d of %d", then, v.cursor.line, v.lines())
		}
	}
}

func TestALineThatIsCutSaysSo(t *testing.T) {
	v := open(`{"a":"short","b":"`+strings.Repeat("long ", 20)+`"}`, "application/json", 30, 5)
	rows := strings.Split(ansi.Strip(v.View()), "\n")
	if got := rows[2]; !strings.HasSuffix(got, "›") || ansi.StringWidth(got) != 30 {
		t.Errorf("the long line: %q", got)
	}
	if got := rows[1]; strings.HasSuffix(got, "›") {
		t.Errorf("the short line: %q", got)
	}
}
