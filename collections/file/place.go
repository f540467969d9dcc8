package file

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A place is a node with what holds it.
type place struct {
	node   *yaml.Node
	key    *yaml.Node // in a mapping
	parent *yaml.Node // nil for the root
	index  int        // of the item or pair in parent
	flow   bool       // inside a flow collection; the node itself may be one either way
}

// indent returns the column, from 0, of the block that holds the place.
func (p place) indent() int {
	if p.parent == nil {
		return -1
	}
	return p.parent.Column - 1
}

// inFlow reports whether what is put into the node must be written in flow style.
func (p place) inFlow() bool { return p.flow || p.node.Style&yaml.FlowStyle != 0 }

// len returns the number of items or pairs.
func (p place) len() int {
	switch p.node.Kind {
	case yaml.MappingNode:
		return len(p.node.Content) / 2
	case yaml.SequenceNode:
		return len(p.node.Content)
	}
	return 0
}

// child returns the i-th item or the value of the i-th pair.
func (p place) child(i int) place {
	c := place{parent: p.node, index: i, flow: p.inFlow()}
	if p.node.Kind == yaml.MappingNode {
		c.key, c.node = p.node.Content[2*i], p.node.Content[2*i+1]
		return c
	}
	c.node = p.node.Content[i]
	return c
}

func (p place) last() place { return p.child(p.len() - 1) }

// get returns the value of a key.
func (p place) get(key string) (place, bool) {
	if p.node.Kind != yaml.MappingNode {
		return place{}, false
	}
	for i := range p.len() {
		if p.node.Content[2*i].Value == key {
			return p.child(i), true
		}
	}
	return place{}, false
}

// find follows a path of keys and indexes, separated by slashes: "http/headers/0/value". A slash or a tilde
// in a key is written ~1 or ~0 (RFC 6901). The empty path is the root.
func (d *Document) find(path string) (place, bool) {
	at := place{node: d.root}
	if path == "" {
		return at, true
	}
	for step := range strings.SplitSeq(path, "/") {
		step = strings.ReplaceAll(strings.ReplaceAll(step, "~1", "/"), "~0", "~")
		var ok bool
		switch at.node.Kind {
		case yaml.MappingNode:
			at, ok = at.get(step)
		case yaml.SequenceNode:
			i, err := strconv.Atoi(step)
			if ok = err == nil && i >= 0 && i < at.len(); ok {
				at = at.child(i)
			}
		}
		if !ok {
			return place{}, false
		}
	}
	return at, true
}

// split cuts the last step off a path.
func split(path string) (parent, last string) {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i], path[i+1:]
	}
	return "", path
}

// join adds steps to a path.
func join(path string, steps ...any) string {
	for _, s := range steps {
		var text string
		switch s := s.(type) {
		case int:
			text = strconv.Itoa(s)
		case string:
			text = s
		}
		if path != "" {
			path += "/"
		}
		path += text
	}
	return path
}
