package safe

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

func TestLineShowsWhatHides(t *testing.T) {
	for _, c := range []struct{ name, raw, want string }{
		{"ascii", "GET /orders?id=1", "GET /orders?id=1"},
		{"clipboard", "\x1b]52;c;cHduZWQ=\a", "␛]52;c;cHduZWQ=␇"},
		{"overprint", "ok\r PWNED\b\x7f", "ok␍ PWNED␈␡"},
		{"line end", "a\nb", "a␊b"},
		{"tab", "a\tb\tc", "a   b   c"},
		{"c1 as utf-8", "\u009b31m", "‹U+009B›31m"},
		{"c1 raw", "\x9b31m", "‹9B›31m"},
		{"bidi", "a\u202eb\u2066c", "a‹U+202E›b‹U+2066›c"},
		{"invisible", "a\u200bb\ufeffc\u00add", "a‹U+200B›b‹U+FEFF›c‹U+00AD›d"},
		{"separators", "\u2028\u2029", "‹U+2028›‹U+2029›"},
		{"tags", "\U000E0041", "‹U+E0041›"},
		{"noncharacter", "\ufffe\ufdd0", "‹U+FFFE›‹U+FDD0›"},
		{"bad bytes", "\xff\xfe\xc0\xaf", "‹FF›‹FE›‹C0›‹AF›"},
		{"cut utf-8", "a\xe2\x82", "a‹E2›‹82›"},
		{"replacement character itself", "\ufffd", "\ufffd"},
		{"leading mark", "\u0301x", "◌\u0301x"},
		{"mark after picture", "\x1b\u0301", "␛◌\u0301"},
		{"mark on letter", "e\u0301", "e\u0301"},
		{"tower", "e" + strings.Repeat("\u0301", 100), "e" + strings.Repeat("\u0301", 15) + "‹+85›"},
		{"heart", "❤️", "❤"},
		{"family", "👨‍👩‍👧", "👨👩👧"},
		{"tone", "👍🏽", "👍"},
		{"keycap", "1\ufe0f\u20e3", "1\u20e3"},
		{"flag", "🇩🇪", "🇩🇪"},
		{"joiner between letters", "a\u200db", "a‹U+200D›b"},
		{"selector on letter", "a\ufe0fb", "a‹U+FE0F›b"},
		{"han", "日本語", "日本語"},
		{"no-break space stays", "10\u00a0€", "10\u00a0€"},
	} {
		if got := Line(c.raw).String(); got != c.want {
			t.Errorf("%s: Line(%q) = %q, want %q", c.name, c.raw, got, c.want)
		}
	}
}

func TestBlockSplitsLines(t *testing.T) {
	var got []string
	for _, l := range Block("a\r\nb\n\nc\rd\n") {
		got = append(got, l.String())
	}
	if want := "a|b||c␍d"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if Block("") != nil {
		t.Error("the empty string has lines")
	}
}

func TestAppendLineStopsAtTheWindow(t *testing.T) {
	long := make([]byte, 100<<20)
	for i := range long {
		long[i] = 'x'
	}
	marks := []byte("e" + strings.Repeat("\u0301", 5<<20))
	for name, raw := range map[string][]byte{"letters": long, "marks": marks} {
		var out []byte
		for range 2_000 { // takes many minutes if it reads all of it each time
			var cells int
			if out, cells = AppendLine(out[:0], raw, 80); cells != 80 {
				t.Fatalf("%s: %d cells", name, cells)
			}
		}
	}
	for n := range 9 {
		out, cells := AppendLine(nil, []byte("日a\u202e"), n)
		if w := ansi.StringWidth(string(out)); w != cells || cells > n {
			t.Errorf("limit %d: %q has %d cells, said %d", n, out, w, cells)
		}
	}
}

func TestLineOfPlainTextAllocatesNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { _ = Line("HTTP/1.1 200 OK") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	dst, raw := make([]byte, 0, 256), []byte("naïve café 日本")
	if n := testing.AllocsPerRun(100, func() { _, _ = AppendLine(dst, raw, 80) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestNaughtyStrings(t *testing.T) {
	data, err := os.ReadFile("../../../shared/fixtures/text/blns.json")
	if err != nil {
		t.Skip("needs ../shared/fixtures/text/blns.json:", err)
	}
	var all []string
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		check(t, s)
	}
}

// check holds the promises of Line and AppendLine against any input.
func check(t *testing.T, raw string) {
	t.Helper()
	line := Line(raw).String()
	if !utf8.ValidString(line) {
		t.Errorf("Line(%q) = %q is not UTF-8", raw, line)
	}
	for _, r := range line {
		if r < 0x20 || r >= 0x7f && r < 0xa0 || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Bidi_Control, r) {
			t.Errorf("Line(%q) = %q holds %U", raw, line, r)
		}
	}
	if got := Line(line).String(); got != line && !strings.Contains(line, "‹+") {
		t.Errorf("Line(%q) = %q, and of that %q", raw, line, got)
	}
	for _, limit := range []int{-1, 0, 1, 7, 40} {
		out, cells := AppendLine([]byte("<"), []byte(raw), limit)
		if w := ansi.StringWidth(string(out)) - 1; limit >= 0 && cells > limit || w != cells {
			t.Errorf("AppendLine(%q, %d) = %q: %d cells, measured %d", raw, limit, out, cells, w)
		}
	}
}

func FuzzLine(f *testing.F) {
	for _, s := range []string{"", "a\x1b[2Jb", "e\u0301\u0301", "👨‍👩‍👧", "\u202e", "\xff\xc2\x9b", "1️⃣🇩🇪", "कि स्ते", "\u0600a", "각"} {
		f.Add(s)
	}
	f.Fuzz(check)
}

func FuzzBlock(f *testing.F) {
	f.Add("a\r\nb\n\nc\r")
	f.Fuzz(func(t *testing.T, raw string) {
		for _, l := range Block(raw) {
			if strings.ContainsAny(l.String(), "\n\r\x1b\x9b") || !utf8.ValidString(l.String()) {
				t.Errorf("Block(%q) has the line %q", raw, l)
			}
		}
	})
}

func BenchmarkAppendLine(b *testing.B) {
	for name, line := range map[string]string{
		"ascii": strings.Repeat(`{"id": 12345, "name": "a plain line"} `, 3),
		"mixed": strings.Repeat(`{"né": "übergrößen", "a": 1} `, 4),
		"han":   strings.Repeat("日本語テキスト", 10),
	} {
		raw, dst := []byte(line), make([]byte, 0, 1024)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				dst, _ = AppendLine(dst[:0], raw, -1)
			}
		})
	}
}
