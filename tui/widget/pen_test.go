package widget

import (
	"strings"
	"testing"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// FuzzPen draws any bytes into any window: the row is exactly as wide as it should be, valid, and holds nothing
// but our own styles.
func FuzzPen(f *testing.F) {
	f.Add([]byte("plain"), 3, 0)
	f.Add([]byte("\x1b]52;c;eA==\x07\u202e日本\t\xff e\u0301\u0301"), 12, 3)
	f.Add([]byte("\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f \u0301"), 7, 1)
	f.Add([]byte(strings.Repeat("\u0301", 5000)), 10, 2)
	bold := lipgloss.NewStyle().Bold(true)
	styles := &Styles{Key: bold, Escape: bold, Cursor: bold}
	f.Fuzz(func(t *testing.T, raw []byte, width, skip int) {
		width, skip = width&127, skip&127
		var ink Ink
		ink.Load(styles)
		var p Pen
		p.Begin(&ink, nil, width)
		p.Base(Cursor)
		p.Scroll(skip)
		p.Put(Key, raw)
		row := string(p.End())
		if got := ansi.StringWidth(row); got != width {
			t.Fatalf("the row is %d cells wide, want %d: %q", got, width, row)
		}
		plain := ansi.Strip(row)
		if !utf8.ValidString(plain) || strings.ContainsAny(plain, "\x1b\x07\r\n\t\u202e\u009b") {
			t.Fatalf("something hostile was drawn: %q", plain)
		}
		for at := 0; at < len(raw); {
			n := Cluster(raw[at:])
			if n <= 0 {
				t.Fatalf("a character of %d bytes", n)
			}
			at += n
		}
		if n := Fit(raw, width+1); len(raw) > 0 && (n <= 0 || n > len(raw)) {
			t.Fatalf("%d of %d bytes fit", n, len(raw))
		}
		if at := Before(raw, len(raw)); len(raw) > 0 && (at < 0 || at >= len(raw)) {
			t.Fatalf("the last character begins at %d of %d", at, len(raw))
		}
	})
}

func TestStylesBecomeBytesOnce(t *testing.T) {
	var ink Ink
	ink.Load(&Styles{Key: lipgloss.NewStyle().Bold(true)})
	var p Pen
	row := func() string {
		p.Begin(&ink, nil, 6)
		p.Put(Key, []byte("a\x1b"))
		p.Put(Text, []byte("b"))
		return string(p.End())
	}
	if got, want := row(), "\x1b[1ma\x1b[m␛b   "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	buf := make([]byte, 0, 256)
	text := []byte(strings.Repeat("plain text ", 20))
	if n := testing.AllocsPerRun(100, func() {
		p.Begin(&ink, buf[:0], 80)
		p.Put(Key, text)
		p.Number(LineNumber, 123456, 8)
		p.End()
	}); n != 0 {
		t.Errorf("%v allocations for a row, want none", n)
	}
}

func TestVariablesAreFound(t *testing.T) {
	for in, want := range map[string]string{"a{{b}}c": "{{b}}", "{{{a}}": "{{a}}", "{{a {{b}}": "{{b}}", "{{a": "", "": ""} {
		a, b := NextVariable([]byte(in))
		got := ""
		if a >= 0 {
			got = in[a:b]
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
