package file

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// text returns a node for a string.
func text(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

// word returns a node that is written as it is: true, 5.
func word(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!word", Value: s} }

// list returns a node for a sequence.
func list(items ...*yaml.Node) *yaml.Node { return &yaml.Node{Kind: yaml.SequenceNode, Content: items} }

// mapping returns an empty mapping; put adds to it.
func mapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode} }

// put appends a pair to a mapping and returns the mapping.
func put(m *yaml.Node, key string, n *yaml.Node) *yaml.Node {
	m.Content = append(m.Content, text(key), n)
	return m
}

// A printer writes nodes in the style of Bruno's own writer (FORMATS §6.1): indent 2, sequences indented
// under their key, no folding.
type printer struct {
	strings.Builder
	eol string
}

func (p *printer) line(indent int) {
	p.WriteString(p.eol)
	p.WriteString(strings.Repeat(" ", indent))
}

// pair writes "key: value"; what follows on further lines is indented below column indent.
func (p *printer) pair(key string, n *yaml.Node, indent int) {
	p.WriteString(plain(key, false))
	p.WriteByte(':')
	p.below(n, indent)
}

// below writes a value after its key's colon.
func (p *printer) below(n *yaml.Node, indent int) {
	switch {
	case n.Kind == yaml.ScalarNode || len(n.Content) == 0:
		p.WriteByte(' ')
		p.inline(n, indent)
	case n.Kind == yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			p.line(indent + 2)
			p.pair(n.Content[i].Value, n.Content[i+1], indent+2)
		}
	default:
		for _, c := range n.Content {
			p.line(indent + 2)
			p.item(c, indent+2)
		}
	}
}

// item writes "- value" at column indent.
func (p *printer) item(n *yaml.Node, indent int) {
	p.WriteString("- ")
	if n.Kind == yaml.ScalarNode || len(n.Content) == 0 {
		p.inline(n, indent)
		return
	}
	for i := 0; i < len(n.Content); i++ {
		if i > 0 {
			p.line(indent + 2)
		}
		if n.Kind == yaml.SequenceNode {
			p.item(n.Content[i], indent+2)
			continue
		}
		p.pair(n.Content[i].Value, n.Content[i+1], indent+2)
		i++
	}
}

// inline writes a scalar or an empty collection.
func (p *printer) inline(n *yaml.Node, indent int) {
	switch {
	case n.Kind != yaml.ScalarNode:
		p.flow(n)
	case isText(n) && strings.Contains(n.Value, "\n"):
		if s := literal(n.Value, indent, p.eol); s != "" {
			p.WriteString(s)
			return
		}
		p.WriteString(double(n.Value))
	default:
		p.flow(n)
	}
}

// flow writes a node on one line.
func (p *printer) flow(n *yaml.Node) {
	switch n.Kind {
	case yaml.MappingNode:
		p.WriteByte('{')
		for i := 0; i < len(n.Content); i += 2 {
			if i > 0 {
				p.WriteString(", ")
			}
			p.WriteString(plain(n.Content[i].Value, true) + ": ")
			p.flow(n.Content[i+1])
		}
		p.WriteByte('}')
	case yaml.SequenceNode:
		p.WriteByte('[')
		for i, c := range n.Content {
			if i > 0 {
				p.WriteString(", ")
			}
			p.flow(c)
		}
		p.WriteByte(']')
	default:
		if isText(n) {
			p.WriteString(plain(n.Value, true))
			return
		}
		p.WriteString(n.Value)
	}
}

// isText reports whether a scalar must read back as text.
func isText(n *yaml.Node) bool { return n.Tag == "!!str" || n.Style&(quoted|block) != 0 }

// compose returns a whole file: the pairs of root with a blank line between them, as Bruno writes.
func compose(root *yaml.Node) []byte {
	p := &printer{eol: "\n"}
	for i := 0; i < len(root.Content); i += 2 {
		if i > 0 {
			p.WriteString("\n\n")
		}
		p.pair(root.Content[i].Value, root.Content[i+1], 0)
	}
	p.WriteString("\n")
	return []byte(p.String())
}
