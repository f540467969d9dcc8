package editor

import (
	"slices"
	"strings"
	"unicode/utf8"

	"culprit/tui/widget"
)

// A line is a line of text without its end; crlf says that it ends with \r\n, not \n. On the last line of a
// text the end does not count.
type line struct {
	text string
	crlf bool
}

// A pos is a place in the text: line and byte, from 0.
type pos struct{ line, col int }

func (p pos) before(q pos) bool { return p.line < q.line || p.line == q.line && p.col < q.col }

// A buffer is a text of at least one line.
type buffer struct {
	lines []line
	size  int // bytes, line ends included
}

func newBuffer(text string) buffer { return buffer{split(text), len(text)} }

// split cuts a text into lines. A lone \r stays in its line.
func split(text string) []line {
	lines := make([]line, 0, strings.Count(text, "\n")+1)
	for {
		head, rest, more := strings.Cut(text, "\n")
		if !more {
			return append(lines, line{text: head})
		}
		cut, crlf := strings.CutSuffix(head, "\r")
		lines = append(lines, line{cut, crlf})
		text = rest
	}
}

// join is the inverse of split.
func join(lines []line) string {
	var b strings.Builder
	b.Grow(sizeOf(lines))
	for i, l := range lines {
		b.WriteString(l.text)
		if i == len(lines)-1 {
			break
		}
		if l.crlf {
			b.WriteByte('\r')
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// sizeOf returns the bytes of join(lines).
func sizeOf(lines []line) int {
	n := len(lines) - 1
	for i, l := range lines {
		n += len(l.text)
		if l.crlf && i < len(lines)-1 {
			n++
		}
	}
	return n
}

// String returns the text.
func (b *buffer) String() string { return join(b.lines) }

func (b *buffer) end() pos {
	n := len(b.lines) - 1
	return pos{n, len(b.lines[n].text)}
}

// clamp returns the place in the text that is nearest to p, at the start of a character.
func (b *buffer) clamp(p pos) pos {
	p.line = min(max(0, p.line), len(b.lines)-1)
	text := b.lines[p.line].text
	p.col = min(max(0, p.col), len(text))
	for n := 0; n < utf8.UTFMax && p.col > 0 && p.col < len(text) && !utf8.RuneStart(text[p.col]); n++ {
		p.col--
	}
	return p
}

// slice returns the text between from and to.
func (b *buffer) slice(from, to pos) []line {
	if from.line == to.line {
		return []line{{text: b.lines[from.line].text[from.col:to.col]}}
	}
	out := slices.Clone(b.lines[from.line : to.line+1])
	out[0].text = out[0].text[from.col:]
	last := &out[len(out)-1]
	last.text, last.crlf = last.text[:to.col], false
	return out
}

// replace puts with in place of the text between from and to, and returns where it ends.
func (b *buffer) replace(from, to pos, with []line) pos {
	b.size += sizeOf(with) - sizeOf(b.slice(from, to))
	head, tail := b.lines[from.line].text[:from.col], b.lines[to.line].text[to.col:]
	tailEnd := b.lines[to.line].crlf
	n := len(with)
	end := pos{from.line + n - 1, len(with[n-1].text)}
	if n == 1 {
		end.col += from.col
		b.lines[from.line] = line{head + with[0].text + tail, tailEnd}
		if to.line > from.line {
			b.lines = slices.Delete(b.lines, from.line+1, to.line+1)
		}
		return end
	}
	fresh := slices.Clone(with)
	fresh[0].text = head + fresh[0].text
	fresh[n-1] = line{fresh[n-1].text + tail, tailEnd}
	b.lines = slices.Replace(b.lines, from.line, to.line+1, fresh...)
	return end
}

// left returns the place one character before p.
func (b *buffer) left(p pos) pos {
	if p.col > 0 {
		text := b.lines[p.line].text
		from := max(0, p.col-widow)
		return pos{p.line, from + widget.Before([]byte(text[from:p.col]), p.col-from)}
	}
	if p.line > 0 {
		return pos{p.line - 1, len(b.lines[p.line-1].text)}
	}
	return p
}

// widow is how far back the start of a character is looked for.
const widow = 512

// right returns the place one character behind p.
func (b *buffer) right(p pos) pos {
	text := b.lines[p.line].text
	if p.col < len(text) {
		return pos{p.line, p.col + widget.Cluster([]byte(text[p.col:min(len(text), p.col+8*widow)]))}
	}
	if p.line < len(b.lines)-1 {
		return pos{p.line + 1, 0}
	}
	return p
}
