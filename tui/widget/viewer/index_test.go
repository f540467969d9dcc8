package viewer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"culprit/tui/keys"
	"culprit/tui/widget/widgettest"
)

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
	for round := range 16 {
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

		x := index{data: data, form: formJSON}
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
	v := New(nil, keys.Default().Body)
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
		x := index{data: data, form: formJSON}
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
		widgettest.Framed(t, v, 30, 6)
		widgettest.Press(v, "G", "space", "up", "/", "1", "enter", "r", "w", "G", "pgup", "x")
		widgettest.Framed(t, v, 30, 6)
	})
}
