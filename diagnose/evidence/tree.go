package evidence

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds the nesting that is looked at. Error bodies nest a handful of levels; 64 leaves room and
// keeps hostile ones off the stack.
const maxDepth = 64

// maxNodes bounds the values of one document, so that 256 KiB of "[[],[],…" stay cheap.
const maxNodes = 50_000

// slabSize is how many nodes are allocated at a time: an ordinary error body fits.
const slabSize = 64

// A node is one JSON value with the place it has in the text. The reader is our own because it keeps the
// order of keys and the offsets, and gives what there is of a document that was cut off.
type node struct {
	kind       byte   // '{' '[' '"' '0' (number) 't' 'f' 'n'
	text       string // decoded string, or the literal's source
	keys       []string
	kids       []*node
	start, end int
}

type treeParser struct {
	s     string
	pos   int
	nodes int
	slab  []node // nodes are taken from blocks: one allocation for many
}

// parseTree reads the JSON value that text starts with. whole is false when it is broken, cut off, followed by
// something else or beyond the limits; the node then holds what was read, or is nil.
func parseTree(text string) (n *node, whole bool) {
	p := &treeParser{s: text}
	if strings.HasPrefix(text, "\ufeff") {
		p.pos = len("\ufeff")
	}
	n, ok := p.value(0)
	p.space()
	return n, ok && p.pos == len(text)
}

func (p *treeParser) space() {
	for p.pos < len(p.s) {
		switch p.s[p.pos] {
		case ' ', '\t', '\n', '\r':
			p.pos++
		default:
			return
		}
	}
}

func (p *treeParser) value(depth int) (*node, bool) {
	p.space()
	if p.pos >= len(p.s) || depth > maxDepth || p.nodes >= maxNodes {
		return nil, false
	}
	p.nodes++
	if len(p.slab) == 0 {
		p.slab = make([]node, min(slabSize, len(p.s)-p.pos))
	}
	n := &p.slab[0]
	p.slab = p.slab[1:]
	n.start, n.end = p.pos, p.pos
	var ok bool
	switch c := p.s[p.pos]; {
	case c == '{' || c == '[':
		n.kind = c
		ok = p.container(n, depth)
	case c == '"':
		n.kind = '"'
		n.text, ok = p.str()
	case c == '-' || c >= '0' && c <= '9':
		n.kind = '0'
		n.text, ok = p.word(), true
	default:
		n.text = p.word()
		ok = n.text == "true" || n.text == "false" || n.text == "null"
		if !ok {
			return nil, false
		}
		n.kind = n.text[0]
	}
	n.end = p.pos
	return n, ok
}

func (p *treeParser) container(n *node, depth int) bool {
	closing := byte('}')
	if n.kind == '[' {
		closing = ']'
	}
	p.pos++
	for first := true; ; first = false {
		p.space()
		if p.pos < len(p.s) && p.s[p.pos] == closing {
			p.pos++
			return true
		}
		if !first {
			if p.pos >= len(p.s) || p.s[p.pos] != ',' {
				return false
			}
			p.pos++
			p.space()
		}
		key := ""
		if n.kind == '{' {
			var ok bool
			if key, ok = p.key(); !ok {
				return false
			}
		}
		kid, ok := p.value(depth + 1)
		if kid != nil {
			if n.kind == '{' {
				n.keys = append(n.keys, key)
			}
			n.kids = append(n.kids, kid)
			n.end = kid.end
		}
		if !ok {
			return false
		}
	}
}

func (p *treeParser) key() (string, bool) {
	if p.pos >= len(p.s) || p.s[p.pos] != '"' {
		return "", false
	}
	key, ok := p.str()
	p.space()
	if !ok || p.pos >= len(p.s) || p.s[p.pos] != ':' {
		return "", false
	}
	p.pos++
	return key, true
}

func (p *treeParser) word() string {
	from := p.pos
	for p.pos < len(p.s) && !strings.ContainsRune(",]} \t\r\n:", rune(p.s[p.pos])) {
		p.pos++
	}
	return p.s[from:p.pos]
}

func (p *treeParser) str() (string, bool) {
	from := p.pos + 1
	for p.pos = from; p.pos < len(p.s); p.pos++ {
		switch p.s[p.pos] {
		case '"':
			s := p.s[from:p.pos]
			p.pos++
			return s, true
		case '\\':
			return p.escaped(from)
		}
	}
	return p.s[from:], false
}

func (p *treeParser) escaped(from int) (string, bool) {
	var b strings.Builder
	b.WriteString(p.s[from:p.pos])
	for p.pos < len(p.s) {
		c := p.s[p.pos]
		if c == '"' {
			p.pos++
			return b.String(), true
		}
		if c != '\\' {
			b.WriteByte(c)
			p.pos++
			continue
		}
		if p.pos+1 >= len(p.s) {
			break
		}
		p.pos += 2
		switch e := p.s[p.pos-1]; e {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r', 'b', 'f':
			b.WriteByte(' ')
		case 'u':
			b.WriteRune(p.unicode())
		default:
			b.WriteByte(e)
		}
	}
	p.pos = len(p.s)
	return b.String(), false
}

func (p *treeParser) unicode() rune {
	r, ok := p.hex4()
	if !ok {
		return utf8.RuneError
	}
	if utf16.IsSurrogate(r) && strings.HasPrefix(p.s[p.pos:], `\u`) {
		p.pos += 2
		low, _ := p.hex4()
		return utf16.DecodeRune(r, low)
	}
	return r
}

func (p *treeParser) hex4() (rune, bool) {
	if p.pos+4 > len(p.s) {
		p.pos = len(p.s)
		return 0, false
	}
	v, err := strconv.ParseUint(p.s[p.pos:p.pos+4], 16, 32)
	p.pos += 4
	return rune(v), err == nil
}

// get returns the member called name, exactly; nil when n is no object or has none. It works on nil.
func (n *node) get(name string) *node {
	if n == nil || n.kind != '{' {
		return nil
	}
	for i, k := range n.keys {
		if k == name {
			return n.kids[i]
		}
	}
	return nil
}

// either is get for a name that begins with a small letter and may be spelled with a capital, as .NET spells its own.
func (n *node) either(key string) *node {
	v := n.get(key)
	if v != nil || !n.isObject() {
		return v
	}
	for i, k := range n.keys {
		if len(k) == len(key) && k[1:] == key[1:] && k[0] == key[0]-'a'+'A' {
			return n.kids[i]
		}
	}
	return nil
}

// at follows a dotted path of member names; a number picks from an array.
func (n *node) at(path string) *node {
	for name := range strings.SplitSeq(path, ".") {
		if n != nil && n.kind == '[' {
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(n.kids) {
				return nil
			}
			n = n.kids[i]
			continue
		}
		n = n.get(name)
	}
	return n
}

// str returns the text of a string or number, "" for everything else.
func (n *node) str() string {
	if n != nil && (n.kind == '"' || n.kind == '0') {
		return n.text
	}
	return ""
}

// first returns the text of the first member of names that is a string or number with text.
func (n *node) first(names ...string) string {
	for _, name := range names {
		if s := n.at(name).str(); s != "" {
			return s
		}
	}
	return ""
}

// list returns the elements of an array, nil for everything else.
func (n *node) list() []*node {
	if n == nil || n.kind != '[' {
		return nil
	}
	return n.kids
}

// texts returns the strings and numbers of an array, or the one that n is.
func (n *node) texts() []string {
	if s := n.str(); s != "" {
		return []string{s}
	}
	var all []string
	for _, k := range n.list() {
		if s := k.str(); s != "" {
			all = append(all, s)
		}
	}
	return all
}

func (n *node) isObject() bool { return n != nil && n.kind == '{' }
func (n *node) isString() bool { return n != nil && n.kind == '"' }

func (n *node) isContainer() bool { return n.isObject() || n != nil && n.kind == '[' }

// filled reports whether n says something: not null, false, zero, "" nor an empty container.
func (n *node) filled() bool {
	if n == nil {
		return false
	}
	switch n.kind {
	case '{', '[':
		return len(n.kids) > 0
	case '"':
		return strings.TrimSpace(n.text) != ""
	case '0':
		return n.text != "0"
	}
	return n.kind == 't'
}

// typeName returns the JSON type in the words of JSON Schema.
func (n *node) typeName() string {
	if n == nil {
		return ""
	}
	switch n.kind {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case '0':
		return "number"
	case 'n':
		return "null"
	}
	return "boolean"
}
