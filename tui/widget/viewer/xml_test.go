package viewer

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"culprit/request/xmltext"
	"culprit/tui/keys"
	"culprit/tui/widget/widgettest"
)

// randomXML writes an element with about n others in it.
func randomXML(r *rand.Rand, b *strings.Builder, n int) {
	name := fmt.Sprintf("n%d:é", r.IntN(4))
	fmt.Fprintf(b, "<%s", name)
	for i := range r.IntN(3) {
		fmt.Fprintf(b, " a%d = '>%s\"'", i, strings.Repeat("x", r.IntN(30)))
	}
	switch k := r.IntN(8); {
	case n > 1:
		b.WriteString("> ")
		fmt.Fprintf(b, "<first/>%s", []string{"", "\n\t", "<!-- <a> -->", "<?php > ?>"}[r.IntN(4)])
		for range r.IntN(7) {
			randomXML(r, b, n/3)
			b.WriteString([]string{"", "\n\t "}[r.IntN(2)])
		}
		fmt.Fprintf(b, "</%s>", name)
	case k < 2:
		b.WriteString(" />")
	case k < 5:
		fmt.Fprintf(b, ">%s</%s >", strings.Repeat("word &lt; ", r.IntN(5)), name)
	case k < 6:
		fmt.Fprintf(b, ">\n <![CDATA[<n>]]></%s>", name)
	default:
		fmt.Fprintf(b, ">one <b>t<i/>o</b>\n</%s>", name)
	}
}

// The lines of every document are those of the lay-out by a parser, read from every place; each element's path leads to it,
// and to it alone.
func TestLinesOfXMLAgreeWithAParser(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 6 {
		var b strings.Builder
		b.WriteString([]string{"", "\ufeff<?xml version=\"1.0\"?>\n<!DOCTYPE r [<!ENTITY a \"]>\">]>"}[round%2] + "<r ><first/>")
		for range 1 + 8*round {
			randomXML(r, &b, 40)
		}
		b.WriteString("</r>\n")
		data := []byte(b.String())
		laid, _, err := xmltext.Indent(strings.TrimPrefix(b.String(), "\ufeff"))
		if err != nil {
			t.Fatal(err)
		}
		x := index{data: data, form: formXML}
		s := newXMLScanner(data)
		for !x.done {
			x.add(s.scan(1 + r.IntN(200)))
		}
		if x.mistake != nil {
			t.Fatalf("round %d: %+v", round, x.mistake)
		}
		all := x.at(0)
		var got strings.Builder
		for i := range x.lines {
			w := x.at(i)
			s, ok := w.next()
			if in, _ := all.next(); !ok || s.line != i || in != s {
				t.Fatalf("line %d: %+v %v, in turn %+v", i, s, ok, in)
			}
			if at, known := x.lineOf(s.start); !known || at != i {
				t.Fatalf("lineOf(%d) = %d %v, want %d", s.start, at, known, i)
			}
			got.WriteString(strings.Repeat("  ", s.depth) + string(data[s.start:s.end]) + "\n")
		}
		if got.String() != laid+"\n" {
			t.Fatalf("round %d:\n%s\nwant\n%s", round, got.String(), laid)
		}
		checkXPaths(t, data, x.lines)
	}
}

// checkXPaths takes the path of each line back to its element.
func checkXPaths(t *testing.T, data []byte, lines int) {
	t.Helper()
	starts, many := elements(data)
	v := New(nil, keys.Default().Body)
	v.Resize(80, 24)
	finish(v, v.SetContent(data, "application/xml"))
	x := &v.index[pretty]
	for i := range lines {
		v.cursor = place{line: i}
		path, _, ok := v.Path()
		s, _ := v.spanAt(i)
		steps, _ := x.trail(i)
		at := steps[len(steps)-1]
		if at.index == noElement && len(steps) > 1 {
			at = steps[len(steps)-2]
		}
		if data[at.start] != '<' || bytes.IndexByte([]byte("!?"), data[at.start+1]) >= 0 {
			continue
		}
		full, bare := "", ""
		for part := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
			word, n, numbered := strings.Cut(part, "[")
			if !numbered {
				n = "1]"
			}
			if bare = full + "/" + word; !numbered && many[bare] > 1 {
				t.Fatalf("line %d: %s is one of %d", i, path, many[bare])
			}
			full = bare + "[" + n
		}
		if want, known := starts[full]; !ok || !known || want != at.start {
			t.Fatalf("line %d %q: path %s is at %d %v, want %d", i, data[s.start:s.end], path, want, known, at.start)
		}
		if raw, whole := v.Value(); !whole || s.open && !(bytes.HasPrefix(raw, data[s.start:s.end]) && bytes.HasSuffix(raw, []byte(">"))) {
			t.Fatalf("line %d: value %q %v", i, raw, whole)
		}
	}
}

// elements returns where each element of a document begins, by a path in which each has its number, and how many there
// are of each name.
func elements(data []byte) (starts, many map[string]int) {
	starts, many = map[string]int{}, map[string]int{}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	ahead := len(data) - len(bytes.TrimPrefix(data, []byte("\ufeff")))
	var path []string
	for {
		from := ahead + int(d.InputOffset())
		token, err := d.RawToken()
		if err != nil {
			return starts, many
		}
		switch e := token.(type) {
		case xml.StartElement:
			name := e.Name.Local
			if e.Name.Space != "" {
				name = e.Name.Space + ":" + name
			}
			bare := strings.Join(path, "") + "/" + name
			many[bare]++
			path = append(path, fmt.Sprintf("/%s[%d]", name, many[bare]))
			starts[strings.Join(path, "")] = from
		case xml.EndElement:
			path = path[:len(path)-1]
		}
	}
}

// What no scanner of lines may take for XML, and where the mistake is.
func TestMistakesInXML(t *testing.T) {
	for body, want := range map[string]string{
		"<a><b></a>":                    "6 wrong end tag",
		"<a><b>deer</a>":                "10 wrong end tag",
		"<a/>text":                      "4 there is text outside of the elements",
		"<a/><b/>":                      "4 there is a second root",
		"<a></a></a>":                   "7 wrong end tag",
		"<a>< b/></a>":                  "3 a tag has no name",
		"<a><b/>":                       "7 the document ends inside of <a> early",
		"<a><b x='>":                    "10 the document ends inside of <b> early",
		"<a>t<b/>":                      "8 the document ends inside of <a> early",
		"<a><!-- ":                      "8 the document ends inside of a text or comment early",
		"<?xml ?>":                      "8 the document ends too early early",
		"<a><![CDATA[</a>]]>":           "19 the document ends inside of <a> early",
		"<a></a/>":                      "3 wrong end tag",
		"<a><b c=it's/><d/></a>":        "3 a tag does not end",
		"<" + strings.Repeat("é", 1000): fmt.Sprint("2001 the document ends inside of <", strings.Repeat("é", 32), "...> early"),
		"<" + strings.Repeat("é", 1000) + "><b/>":                      fmt.Sprint("2006 the document ends inside of <", strings.Repeat("é", 32), "...> early"),
		"<!DOCTYPE a [<!-- it's <b> --><?x ' ?><!ENTITY c ']>'>]><a/>": "",
		"<a b='<' />": "", "<a><b/>text<c/></a>": "", "<!-- --><a/><!-- -->": "", "<a\n>\n</a\n>": "",
	} {
		d := newXMLScanner([]byte(body)).scan(len(body))
		got := ""
		if m := d.mistake; m != nil {
			if got = fmt.Sprint(m.Offset, " ", m.What); m.Ends {
				got += " early"
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

// Lines longer than what is read of one at a time, white space without end and a hundred names beside each other are
// found again.
func TestLongLinesOfXML(t *testing.T) {
	long := strings.Repeat("x", 3*everyBytes)
	gap := strings.Repeat(" ", 2*everyBytes)
	var b strings.Builder
	b.WriteString("<r><a>" + long + "</a><b c='" + long + "'><d/></b>" + gap + "<e>" + gap + "<f>t</f></e><!-- " + long + " -->" + long + "<g>" + gap + "</g><h>" + gap[:everyBytes-4] + "<f>t</f></h>")
	for i := range 100 {
		fmt.Fprintf(&b, "<k%d/>", i)
	}
	b.WriteString("</r>")
	v := open(b.String(), "text/xml", 60, 12)
	for i, want := range []string{"/r", "/r/a", "/r/b", "/r/b/d", "/r/b", "/r/e", "/r/e/f", "/r/e", "/r", "/r", "/r/g", "/r/h", "/r/h/f", "/r/h", "/r/k0"} {
		v.cursor = place{line: i}
		if path, _, _ := v.Path(); path != want {
			t.Errorf("line %d: %s, want %s", i, path, want)
		}
	}
	v.cursor = place{line: v.lines() - 2}
	if path, _, ok := v.Path(); ok {
		t.Errorf("the last of a hundred names is said to be at %s", path)
	}
	widgettest.Press(v, "g", "space", "G", "pgup", "right")
	widgettest.Framed(t, v, 60, 12)
}

func FuzzXMLScanner(f *testing.F) {
	for _, s := range []string{`<a><b x='1'/><c>t</c></a>`, `<p>one <b>two</b> </p>`, `<?xml version="1.0"?><a><!-- --><b> </b>t</a>`, `<a><![CDATA[>]]></a>`} {
		f.Add([]byte(s), uint16(3))
	}
	f.Fuzz(func(t *testing.T, data []byte, budget uint16) {
		x := index{data: data, form: formXML}
		s := newXMLScanner(data)
		for !x.done {
			x.add(s.scan(1 + int(budget)))
		}
		w, depth := x.at(0), 0
		for i := range x.lines {
			s, ok := w.next()
			if !ok || s.line != i || s.end > len(data) || s.val > s.valEnd {
				t.Fatalf("%q line %d of %d: %+v", data, i, x.lines, s)
			}
			if depth += map[bool]int{true: -1}[s.close]; x.mistake == nil && s.depth != depth {
				t.Fatalf("%q line %d: depth %d, want %d", data, i, s.depth, depth)
			}
			depth += map[bool]int{true: 1}[s.open]
		}
		v := open(string(data), "text/xml", 30, 6)
		widgettest.Framed(t, v, 30, 6)
		widgettest.Press(v, "G", "space", "up", "-", "y", "/", "a", "enter", "r", "w", "G", "pgup", "x")
		widgettest.Framed(t, v, 30, 6)
	})
}

// A reader of XML that still comes stays where he was, and in the end all of it is there.
func TestXMLIsReadWhileItComes(t *testing.T) {
	data := xmlRecords(20_000)
	v := New(nil, keys.Default().Body)
	v.Resize(60, 12)
	finish(v, v.SetContent(data[:1000], "text/xml"))
	v.Coming()
	widgettest.Press(v, "down", "down", "down", "down", "down")
	at, _, _ := v.Path()
	for n := 1100; n < len(data); n += 977 {
		finish(v, v.Grow(data[:n], "text/xml"))
		v.Coming()
		widgettest.Framed(t, v, 60, 12)
		if now, _, _ := v.Path(); now != at {
			t.Fatalf("with %d bytes the reader is at %s, was at %s", n, now, at)
		}
		if f := v.Foot(); f.Wrong {
			t.Fatalf("with %d bytes: %s", n, f.Where)
		}
	}
	finish(v, v.Grow(data, "text/xml"))
	if whole := open(string(data), "text/xml", 60, 12); v.lines() != whole.lines() || !v.Laid() {
		t.Errorf("%d lines, want %d", v.lines(), whole.lines())
	}
}
