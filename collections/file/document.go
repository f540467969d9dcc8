package file

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"culprit/request/lazyre"
)

const (
	// maxSize is the largest file that is read: a request is a page of text, not a data set (RELIABILITY R9).
	maxSize = 1 << 20
	// maxDepth is how deep nodes may nest; OpenCollection itself needs 9 (RELIABILITY R9).
	maxDepth = 64
)

// A Fault is why and where a file cannot be used.
type Fault struct {
	Line, Column int // from 1; 0 when it is the whole file
	Text         string
}

// Error returns the place and the reason.
func (f *Fault) Error() string {
	if f.Line == 0 {
		return f.Text
	}
	return fmt.Sprintf("line %d, column %d: %s", f.Line, f.Column, f.Text)
}

// A Document is the text of one YAML file and the tree of its nodes. It is edited by splicing the text: what
// an edit does not have to touch stays byte for byte. Every edit is proved before it counts: the new text is
// parsed, and its tree must be the old one with exactly that change. It is for one goroutine.
type Document struct {
	src   []byte
	lines []int // offset of the first byte of each line, a byte order mark not counted
	root  *yaml.Node
	eol   string // line end of the file: "\n" or "\r\n"
}

// Parse reads a document. It keeps src. Aliases, a second document, duplicate keys, nesting deeper than 64,
// more than 1 MiB and anything that is not UTF-8 are faults.
func Parse(src []byte) (*Document, *Fault) {
	if len(src) > maxSize {
		return nil, &Fault{Text: fmt.Sprintf("the file has %d bytes, more than the limit of 1 MiB", len(src))}
	}
	d := &Document{src: src, eol: "\n"}
	d.index()
	if i := bytes.IndexByte(src, '\n'); i > 0 && src[i-1] == '\r' {
		d.eol = "\r\n"
	}
	if off := firstInvalid(src); off >= 0 {
		line, column := d.position(off)
		return nil, &Fault{line, column, "a byte that is not UTF-8"}
	}
	dec := yaml.NewDecoder(bytes.NewReader(src))
	var doc, second yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, &Fault{Text: "the file is empty"}
	} else if err != nil {
		return nil, d.fault(err)
	}
	if err := dec.Decode(&second); err == nil {
		return nil, &Fault{second.Line, max(second.Column, 1), "a second document; one file holds one"}
	} else if !errors.Is(err, io.EOF) {
		return nil, d.fault(err)
	}
	d.root = doc.Content[0]
	if f := check(d.root, 1); f != nil {
		return nil, f
	}
	return d, nil
}

// Bytes returns the text. The caller must not change it.
func (d *Document) Bytes() []byte { return d.src }

// index finds where lines begin, by the line ends of YAML 1.1 that the parser counts.
func (d *Document) index() {
	start := 0
	if bytes.HasPrefix(d.src, []byte("\ufeff")) {
		start = 3
	}
	d.lines = append(d.lines[:0], start)
	for i := start; i < len(d.src); {
		n := breakAt(d.src, i)
		if n == 0 {
			i++
			continue
		}
		i += n
		d.lines = append(d.lines, i)
	}
}

// breakAt returns the length of the line end at i, 0 when there is none.
func breakAt(b []byte, i int) int {
	switch b[i] {
	case '\n':
		return 1
	case '\r':
		if i+1 < len(b) && b[i+1] == '\n' {
			return 2
		}
		return 1
	case 0xC2: // U+0085
		if i+1 < len(b) && b[i+1] == 0x85 {
			return 2
		}
	case 0xE2: // U+2028, U+2029
		if i+2 < len(b) && b[i+1] == 0x80 && (b[i+2] == 0xA8 || b[i+2] == 0xA9) {
			return 3
		}
	}
	return 0
}

// lineOf returns the index of the line that holds the byte at off.
func (d *Document) lineOf(off int) int {
	return max(sort.SearchInts(d.lines, off+1)-1, 0)
}

// lineStart returns the offset of the first byte of the line of off.
func (d *Document) lineStart(off int) int { return d.lines[d.lineOf(off)] }

// nextLine returns the offset after the line end that follows off, len(src) on the last line.
func (d *Document) nextLine(off int) int {
	if i := d.lineOf(off) + 1; i < len(d.lines) {
		return d.lines[i]
	}
	return len(d.src)
}

// lineEnd returns the offset of the line end of the line of off, len(src) on the last line.
func (d *Document) lineEnd(off int) int {
	for i := off; i < len(d.src); i++ {
		if breakAt(d.src, i) > 0 {
			return i
		}
	}
	return len(d.src)
}

// offset returns where a node begins. Columns count characters, from 1.
func (d *Document) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(d.lines) {
		return len(d.src)
	}
	off := d.lines[n.Line-1]
	for i := 1; i < n.Column && off < len(d.src); i++ {
		_, size := utf8.DecodeRune(d.src[off:])
		off += size
	}
	return off
}

// position returns line and column, from 1, of an offset.
func (d *Document) position(off int) (line, column int) {
	i := d.lineOf(off)
	return i + 1, utf8.RuneCount(d.src[min(d.lines[i], off):off]) + 1
}

func firstInvalid(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

var errorLine = lazyre.New(`^yaml: line (\d+): (.*)`)

// fault turns an error of the parser into a place and a reason. The parser names the line only; the column
// is where the text of that line begins.
func (d *Document) fault(err error) *Fault {
	for i, off := range d.lines {
		if bytes.HasPrefix(d.src[off:], []byte("<<<<<<< ")) {
			return &Fault{i + 1, 1, "a conflict of git that is not resolved"}
		}
	}
	text := strings.TrimSpace(err.Error())
	m := errorLine.FindStringSubmatch(text)
	if m == nil {
		return &Fault{Line: 1, Column: 1, Text: strings.TrimPrefix(text, "yaml: ")}
	}
	line, _ := strconv.Atoi(m[1])
	line = min(max(line, 1), len(d.lines))
	start := d.lines[line-1]
	rest := d.src[start:d.lineEnd(start)]
	return &Fault{line, len(rest) - len(bytes.TrimLeft(rest, " \t")) + 1, m[2]}
}

// check refuses what OpenCollection has no use for and what makes splicing unsafe.
func check(n *yaml.Node, depth int) *Fault {
	if depth > maxDepth {
		return &Fault{n.Line, n.Column, "nested deeper than 64"}
	}
	if n.Kind == yaml.AliasNode {
		return &Fault{n.Line, n.Column, "an alias (*" + n.Value + "); write the value out"}
	}
	if n.Kind == yaml.MappingNode {
		seen := make(map[string]bool, len(n.Content)/2)
		for i := 0; i < len(n.Content); i += 2 {
			k := n.Content[i]
			if k.Kind != yaml.ScalarNode {
				return &Fault{k.Line, k.Column, "a key that is not a word"}
			}
			if seen[k.Value] {
				return &Fault{k.Line, k.Column, fmt.Sprintf("the key %q appears twice", k.Value)}
			}
			seen[k.Value] = true
		}
	}
	for _, c := range n.Content {
		if f := check(c, depth+1); f != nil {
			return f
		}
	}
	return nil
}
