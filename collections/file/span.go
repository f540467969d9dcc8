package file

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// An extent finder: where nodes begin and end in the text. The parser tells only where they begin.

const quoted = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle
const block = yaml.LiteralStyle | yaml.FoldedStyle

// value returns the offset where the value of a node begins, after its anchor and tag.
func (d *Document) value(n *yaml.Node) int {
	off := d.offset(n)
	for off < len(d.src) && (d.src[off] == '&' || d.src[off] == '!') {
		for off < len(d.src) && d.src[off] > ' ' {
			off++
		}
		for off < len(d.src) && d.src[off] == ' ' {
			off++
		}
	}
	return off
}

// scalar returns the extent of a scalar's text: quotes, block header and all. A scalar that is not there
// (a key without a value) has an empty extent.
func (d *Document) scalar(at place) (start, end int, err error) {
	n := at.node
	start = d.value(n)
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		end = closing(d.src, start, '"')
	case n.Style&yaml.SingleQuotedStyle != 0:
		end = closing(d.src, start, '\'')
	case n.Style&block != 0:
		end = d.blockEnd(start, at.indent())
	case n.Value == "":
		return start, start, nil
	default:
		end = d.plainEnd(start, n.Value, at.flow)
	}
	if end < 0 {
		return 0, 0, d.refuse(n, "its end is not clear")
	}
	return start, end, nil
}

// refuse says that a place cannot be edited safely.
func (d *Document) refuse(n *yaml.Node, why string) error {
	return fmt.Errorf("line %d, column %d: not edited: %s", n.Line, n.Column, why)
}

// closing returns the offset after the quote that ends the scalar at start, -1 when there is none.
func closing(b []byte, start int, quote byte) int {
	if start >= len(b) || b[start] != quote {
		return -1
	}
	for i := start + 1; i < len(b); i++ {
		switch {
		case b[i] == '\\' && quote == '"':
			i++
		case b[i] == quote && quote == '\'' && i+1 < len(b) && b[i+1] == '\'':
			i++
		case b[i] == quote:
			return i + 1
		}
	}
	return -1
}

// plainEnd returns the end of a plain scalar, folding lines until the text is the known value.
func (d *Document) plainEnd(start int, value string, flow bool) int {
	matched, breaks := 0, 0 // bytes of value found so far; line ends since
	for line := start; line < len(d.src); {
		stop := d.lineEnd(line)
		text := bytes.Trim(d.src[line:plainStop(d.src[:stop], line, flow)], " \t")
		if len(text) == 0 && line != start {
			breaks++
		} else {
			fold := ""
			switch {
			case breaks == 1:
				fold = " "
			case breaks > 1:
				fold = strings.Repeat("\n", breaks-1)
			}
			if !strings.HasPrefix(value[matched:], fold) || !strings.HasPrefix(value[matched+len(fold):], string(text)) {
				return -1
			}
			matched += len(fold) + len(text)
			breaks = 1
			if matched == len(value) {
				return bytes.Index(d.src[line:], text) + line + len(text)
			}
		}
		next := d.nextLine(line)
		if next == line {
			return -1
		}
		line = next
	}
	return -1
}

// plainStop returns where plain text that begins at i must end within b: a comment, a colon that ends a key,
// in flow style an indicator.
func plainStop(b []byte, i int, flow bool) int {
	for j := i; j < len(b); j++ {
		c := b[j]
		last := j+1 == len(b)
		switch {
		case c == '#' && j > i && (b[j-1] == ' ' || b[j-1] == '\t'):
			return j
		case c == ':' && (last || b[j+1] == ' ' || b[j+1] == '\t'):
			return j
		case flow && strings.IndexByte(",[]{}", c) >= 0:
			return j
		case flow && c == ':' && strings.IndexByte(",[]{}", b[j+1]) >= 0:
			return j
		}
	}
	return len(b)
}

// blockEnd returns the end of a block scalar whose header is at start, without its last line end. indent is
// the column, from 0, of the block that holds it.
func (d *Document) blockEnd(start, indent int) int {
	h := d.blockHeader(start)
	end := d.lineEnd(start)
	content := -1
	if h.digit > 0 {
		content = indent + h.digit
	}
	for line := d.lineOf(start) + 1; line < len(d.lines); line++ {
		a := d.lines[line]
		if a >= len(d.src) {
			break
		}
		b := d.lineEnd(a)
		spaces := leading(d.src[a:b])
		blank := spaces == b-a
		if content < 0 && !blank {
			if spaces <= indent {
				break
			}
			content = spaces
		}
		switch {
		case blank && (content < 0 || spaces <= content):
			if h.chomp == '+' {
				end = b
			}
			continue
		case spaces < content:
			return end
		}
		end = b
	}
	return end
}

// A header is the first line of a block scalar: "|2-".
type header struct {
	style byte // '|' or '>'
	chomp byte // '-', '+' or 0
	digit int  // 0 when the indentation is found by looking
	end   int  // offset after the header, before a comment or the line end
}

func (d *Document) blockHeader(start int) header {
	h := header{style: d.src[start], end: start + 1}
	for ; h.end < len(d.src); h.end++ {
		switch c := d.src[h.end]; {
		case c == '-' || c == '+':
			h.chomp = c
		case c >= '1' && c <= '9':
			h.digit = int(c - '0')
		default:
			return h
		}
	}
	return h
}

// leading counts the spaces at the start of b.
func leading(b []byte) int { return len(b) - len(bytes.TrimLeft(b, " ")) }

// end returns the offset after the last byte of a node, comments behind it not counted.
func (d *Document) end(at place) (int, error) {
	n := at.node
	switch {
	case n.Kind == yaml.ScalarNode:
		_, end, err := d.scalar(at)
		return end, err
	case n.Style&yaml.FlowStyle != 0:
		return d.flowEnd(at)
	case len(n.Content) == 0:
		return 0, d.refuse(n, "an empty block")
	}
	return d.end(at.last())
}

// flowEnd returns the offset after the bracket that closes a flow collection.
func (d *Document) flowEnd(at place) (int, error) {
	i := d.value(at.node) + 1
	if len(at.node.Content) > 0 {
		end, err := d.end(at.last())
		if err != nil {
			return 0, err
		}
		i = end
	}
	for i < len(d.src) {
		switch c := d.src[i]; {
		case c == '#':
			i = d.lineEnd(i)
		case c == '}' || c == ']':
			return i + 1, nil
		case c == ',' || c == ':' || c <= ' ':
			i++
		default:
			return 0, d.refuse(at.node, "its closing bracket is not clear")
		}
	}
	return 0, d.refuse(at.node, "its closing bracket is missing")
}
