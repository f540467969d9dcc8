package viewer

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"culprit/tui/keys"
	"culprit/tui/widget"
	"culprit/tui/widget/widgettest"
)

// records makes a minified document of at least size bytes: nested records with escapes and text that is not
// ASCII, about 540 bytes each, as PERFORMANCE §4 describes them.
func records(size int) []byte {
	var b bytes.Buffer
	b.Grow(size + 1024)
	b.WriteString(`{"items":[`)
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		n := strconv.Itoa(i)
		b.WriteString(`{"id":` + n + `,"name":"User \u00e9 ` + n + `","email":"user` + n + `@example.com","active":true,"score":` + n + `.25,` +
			`"address":{"street":"Königstraße ` + n + `","city":"東京","geo":{"lat":35.68,"lng":139.76}},"tags":["alpha","beta","gamma \"q\""],` +
			`"history":[{"at":"2024-01-02T03:04:05Z","event":"login","ok":true},{"at":"2024-01-03T03:04:05Z","event":"logout","ok":null}],` +
			`"note":"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore"}`)
	}
	b.WriteString(`],"last":"needle-at-the-End"}`)
	return b.Bytes()
}

const hundred = 100_000_000

func styled() *widget.Styles {
	c := lipgloss.NewStyle().Foreground(lipgloss.Color("4"))
	return &widget.Styles{Key: c, String: c, Number: c, Literal: c, Punct: c, LineNumber: c, Fold: c, Match: c, Muted: c, Cursor: c.Reverse(true)}
}

func big() *Viewer {
	v := New(styled(), keys.Default().Body)
	v.Resize(120, 40)
	v.Focus()
	return v
}

func BenchmarkIndex100MB(b *testing.B) {
	data := records(hundred)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		v := big()
		finish(v, v.SetContent(data, "application/json"))
		b.ReportMetric(float64(v.lines()), "lines")
		b.ReportMetric(float64(len(v.index[pretty].checks)), "checks")
	}
}

func BenchmarkFirstScreenOf100MB(b *testing.B) {
	data := records(hundred)
	v := big()
	for b.Loop() {
		v.SetContent(data, "application/json")
		_ = v.View()
	}
}

func BenchmarkScreenInTheMiddle(b *testing.B) {
	data := records(hundred)
	v := big()
	finish(v, v.SetContent(data, "application/json"))
	v.top = place{line: v.lines() / 2}
	v.cursor = v.top
	v.arrange()
	b.ReportAllocs()
	b.Run("draw", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			v.buf = v.draw(v.buf[:0])
		}
	})
	down, up := widgettest.Key("pgdown"), widgettest.Key("pgup")
	b.Run("page key and draw", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			v.Update(down)
			_ = v.View()
			v.Update(up)
			_ = v.View()
		}
	})
	b.Run("end key and draw", func(b *testing.B) {
		for b.Loop() {
			widgettest.Press(v, "G")
			_ = v.View()
		}
	})
}

func BenchmarkSearch100MB(b *testing.B) {
	data := records(hundred)
	for _, s := range []struct {
		name, what string
		regexp     bool
	}{{"exact", "needle-at-the-End", false}, {"any case", "needle-at-the-end", false}, {"regexp", "needle-at-the-E.d", true}} {
		b.Run(s.name, func(b *testing.B) {
			v := big()
			finish(v, v.SetContent(data, "application/json"))
			for b.Loop() {
				v.search.regexp = s.regexp
				v.cursor = place{}
				finish(v, v.find(s.what))
				if len(v.search.found) != 1 || v.cursor.line < 1000 {
					b.Fatal("not found")
				}
			}
		})
	}
}

func BenchmarkFoldLevel100MB(b *testing.B) {
	data := records(hundred)
	v := big()
	finish(v, v.SetContent(data, "application/json"))
	for b.Loop() {
		finish(v, v.foldLevel(2))
	}
	b.ReportMetric(float64(len(v.folds)), "folds")
}

func BenchmarkColourWindow(b *testing.B) {
	page := bytes.Repeat([]byte("<p class=\"a\">text &amp; <b>bold</b></p>\n"), 2000)
	work := tintAll(&library{}, "HTML", page[:colourWindow], 1, 0)
	for b.Loop() {
		work(context.Background(), func(tea.Msg) {})
	}
}

// BenchmarkAnchors are the costs to compare with in the same run: counting the lines of the body in memory, and
// a whole check of it by the standard library.
func BenchmarkAnchors(b *testing.B) {
	data := records(hundred)
	b.Run("count newlines", func(b *testing.B) {
		for b.Loop() {
			bytes.Count(data, []byte("\n"))
		}
	})
	b.Run("json.Valid", func(b *testing.B) {
		for b.Loop() {
			json.Valid(data)
		}
	})
}

// xmlRecords makes a document of at least size bytes in one line: an order beside the other.
func xmlRecords(size int) []byte {
	var b bytes.Buffer
	b.Grow(size + 1024)
	b.WriteString(`<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><orders>`)
	for i := 0; b.Len() < size; i++ {
		n := strconv.Itoa(i)
		b.WriteString(`<order id="` + n + `" open="true"><customer>c_` + n + `</customer><note>Königstraße &amp; <b>bold</b></note>` +
			`<items><item sku="TEA-1"><qty>1</qty></item><item sku="TEA-2"><qty>2</qty></item></items></order>`)
	}
	b.WriteString(`</orders></s:Body></s:Envelope>`)
	return b.Bytes()
}

func BenchmarkIndexXML50MB(b *testing.B) {
	data := xmlRecords(hundred / 2)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		v := big()
		finish(v, v.SetContent(data, "text/xml"))
		b.ReportMetric(float64(v.lines()), "lines")
	}
}

// A key in the middle of 50 MB: the cursor moves, its path is found, the screen is drawn.
func BenchmarkKeyInXML50MB(b *testing.B) {
	data := xmlRecords(hundred / 2)
	v := big()
	finish(v, v.SetContent(data, "text/xml"))
	v.cursor = place{line: v.lines() / 2}
	v.arrange()
	b.ReportAllocs()
	for b.Loop() {
		widgettest.Press(v, "down")
		_ = v.View()
	}
}
