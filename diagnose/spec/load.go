package spec

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"culprit/request/jsontext"
)

const (
	// MaxSize is the size of the largest document that Load takes, in bytes. The largest public ones have about
	// 6 MiB (GitHub's REST description); a parsed one costs some ten times its text.
	MaxSize = 8 << 20
	// maxNodes bounds a document after its YAML aliases are written out: 8 MiB of text has fewer than 2 million
	// nodes, and only an alias bomb has more.
	maxNodes = 2 << 20
	// maxNesting bounds how deep a document nests. Hand-written ones stay below 40.
	maxNesting = 400
)

// Errors of Load.
var (
	ErrTooLarge = errors.New("the document is larger than 8 MiB")
	ErrExternal = errors.New("refers to another document")
	ErrNotAPI   = errors.New("no OpenAPI document: neither openapi nor swagger names a version")
)

// Load reads an OpenAPI 3.0, 3.1 or Swagger 2 document, as JSON or YAML. base is where it came from, a URL or
// a path: it begins error texts, and relative servers are taken from it; "" when unknown. References to other
// documents are refused (ErrExternal): nothing is fetched. Errors begin with line and column where they can.
func Load(data []byte, base string) (*Spec, error) { return LoadBeside(data, base, nil) }

// LoadBeside is Load for a document that may refer to files beside it, which read reads; nil refuses them. Swagger 2
// has to be in one file.
func LoadBeside(data []byte, base string, read Beside) (s *Spec, err error) {
	defer func() {
		// kin-openapi is large and meets whatever a file holds: a fault in it must not end the program.
		if p := recover(); p != nil {
			s, err = nil, fmt.Errorf("%sthe document cannot be read: %v", prefix(base), p)
		}
	}()
	doc, err := open(data, filepath.Base(base), read)
	if err != nil {
		return nil, fmt.Errorf("%s%w", prefix(base), err)
	}
	s = &Spec{doc: doc, base: base}
	s.index()
	return s, nil
}

func prefix(base string) string {
	if base == "" {
		return ""
	}
	return base + ": "
}

func open(data []byte, name string, read Beside) (*openapi3.T, error) {
	if len(data) > MaxSize {
		return nil, ErrTooLarge
	}
	root, err := parse(data, read != nil)
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(value(root, false))
	if err != nil {
		return nil, fmt.Errorf("write as JSON: %w", err)
	}
	others := &shelf{read: read, left: MaxSize - len(data)}
	loader := &openapi3.Loader{ReadFromURIFunc: others.file}
	if member(root, "swagger") != nil {
		var old openapi2.T
		if err := json.Unmarshal(plain, &old); err != nil {
			return nil, placed(root, err)
		}
		doc, err := openapi2conv.ToV3WithLoader(&old, loader, nil)
		if err != nil {
			return nil, placed(root, err)
		}
		return doc, nil
	}
	doc, err := loader.LoadFromDataWithPath(plain, &url.URL{Path: name})
	if err != nil {
		return nil, placed(root, err)
	}
	return doc, nil
}

// parse reads JSON or YAML into a tree with positions, checked for what must not be in it.
func parse(data []byte, others bool) (*yaml.Node, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if t := bytes.TrimSpace(data); len(t) > 0 && t[0] == '{' {
		// YAML reads nearly all JSON; where it does not, the reason for JSON is the better one.
		if _, bad := jsontext.Parse(data); bad != nil && yaml.Unmarshal(data, &yaml.Node{}) != nil {
			return nil, bad
		}
	}
	var d yaml.Node
	if err := yaml.Unmarshal(data, &d); err != nil {
		return nil, fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if d.Kind != yaml.DocumentNode || len(d.Content) == 0 || d.Content[0].Kind != yaml.MappingNode {
		return nil, ErrNotAPI
	}
	root := d.Content[0]
	v, old := member(root, "openapi"), member(root, "swagger")
	switch {
	case v == nil && old == nil:
		return nil, ErrNotAPI
	case v != nil && !strings.HasPrefix(v.Value, "3."):
		return nil, fmt.Errorf("%s: OpenAPI %s is not supported (3.0 and 3.1 are)", at(v), shorten(v.Value, 20))
	case v == nil && !strings.HasPrefix(old.Value, "2"):
		return nil, fmt.Errorf("%s: Swagger %s is not supported (2.0 is)", at(old), shorten(old.Value, 20))
	}
	c := census{size: map[*yaml.Node]int{}}
	if c.count(root, 0); c.err != nil {
		return nil, c.err
	}
	return root, references(root, "", others && old == nil)
}

// A census counts nodes with the aliases written out.
type census struct {
	size map[*yaml.Node]int // 0 while a node is being counted
	err  error
}

func (c *census) count(n *yaml.Node, depth int) int {
	if c.err != nil {
		return 0
	}
	if size, ok := c.size[n]; ok {
		if size == 0 {
			c.err = fmt.Errorf("%s: an alias that contains itself", at(n))
		}
		return size
	}
	if depth > maxNesting {
		c.err = fmt.Errorf("%s: nested deeper than %d", at(n), maxNesting)
		return 0
	}
	c.size[n] = 0
	size := 1
	for _, k := range n.Content {
		size += c.count(k, depth+1)
	}
	if n.Alias != nil {
		size += c.count(n.Alias, depth+1)
	}
	if size > maxNodes && c.err == nil {
		c.err = fmt.Errorf("%s: the aliases make more than %d values", at(n), maxNodes)
	}
	c.size[n] = size
	return size
}

// data are the keys below which a "$ref" is somebody's data.
var data = []string{"example", "examples", "default", "enum", "const", "x-example"}

// references refuses those that leave the document, or its folder when files beside it may be read.
func references(n *yaml.Node, under string, others bool) error {
	switch n.Kind {
	case yaml.SequenceNode:
		for _, c := range n.Content {
			if err := references(c, under, others); err != nil {
				return err
			}
		}
	case yaml.MappingNode:
		for k := 0; k+1 < len(n.Content); k += 2 {
			key, v := n.Content[k].Value, n.Content[k+1]
			if key == "$ref" && v.Kind == yaml.ScalarNode && v.Tag == "!!str" && !strings.HasPrefix(v.Value, "#") && under != "properties" && !(others && beside(v.Value)) {
				return fmt.Errorf("%s: $ref %s %w; bundle them into one file first", at(v), quoted(v.Value), ErrExternal)
			}
			if slices.Contains(data, key) && under != "properties" {
				continue
			}
			if err := references(v, key, others); err != nil {
				return err
			}
		}
	}
	return nil
}

// placed puts the position of the reference that err speaks of before it.
func placed(root *yaml.Node, err error) error {
	var found *yaml.Node
	visit(root, func(n *yaml.Node) {
		for k := 0; k+1 < len(n.Content) && n.Kind == yaml.MappingNode; k += 2 {
			v := n.Content[k+1]
			if found == nil && n.Content[k].Value == "$ref" && len(v.Value) > 2 && names(err.Error(), v.Value) {
				found = v
			}
		}
	})
	if found == nil {
		return err
	}
	return fmt.Errorf("%s: $ref %s: %w", at(found), quoted(found.Value), err)
}

// names reports whether a text speaks of a reference: all of it, or without "#".
func names(text, ref string) bool {
	return strings.Contains(text, `"`+ref+`"`) || strings.Contains(text, `"`+strings.TrimPrefix(ref, "#")+`"`)
}

// visit calls f for every node, aliases not followed.
func visit(n *yaml.Node, f func(*yaml.Node)) {
	f(n)
	for _, c := range n.Content {
		visit(c, f)
	}
}

func at(n *yaml.Node) string { return fmt.Sprintf("line %d column %d", n.Line, n.Column) }

// member returns the value of a key of a mapping, nil when it is not there.
func member(n *yaml.Node, key string) *yaml.Node {
	for k := 0; k+1 < len(n.Content); k += 2 {
		if n.Content[k].Value == key {
			return n.Content[k+1]
		}
	}
	return nil
}

// textKeys name texts of a document that people write without quotes, so that YAML reads "version: 1.10" as a number.
var textKeys = []string{"version", "openapi", "swagger", "title", "description", "summary", "operationId", "name", "url", "pattern", "format"}

// value makes of a node what encoding/json can write. Dates stay text, numbers keep their spelling, and what the
// document wants as text is text. free is true inside of examples and the like, which are somebody's data.
func value(n *yaml.Node, free bool) any {
	switch n.Kind {
	case yaml.AliasNode:
		return value(n.Alias, free)
	case yaml.SequenceNode:
		out := make([]any, len(n.Content))
		for i, c := range n.Content {
			out[i] = value(c, free)
		}
		return out
	case yaml.MappingNode:
		out := make(map[string]any, len(n.Content)/2)
		for k := 0; k+1 < len(n.Content); k += 2 {
			if key := n.Content[k]; key.Tag == "!!merge" {
				merge(out, n.Content[k+1], free)
			}
		}
		for k := 0; k+1 < len(n.Content); k += 2 {
			key, v := n.Content[k], n.Content[k+1]
			switch {
			case key.Tag == "!!merge":
			case !free && v.Kind == yaml.ScalarNode && v.Tag != "!!null" && slices.Contains(textKeys, key.Value):
				out[key.Value] = v.Value
			default:
				out[key.Value] = value(v, free || slices.Contains(data, key.Value))
			}
		}
		return out
	}
	return scalar(n)
}

// merge puts the members of a YAML merge key ("<<") into out; the first of several wins.
func merge(out map[string]any, n *yaml.Node, free bool) {
	switch v := value(n, free).(type) {
	case map[string]any:
		for k, m := range v {
			if _, ok := out[k]; !ok {
				out[k] = m
			}
		}
	case []any:
		for _, c := range n.Content {
			merge(out, c, free)
		}
	}
}

func scalar(n *yaml.Node) any {
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		var b bool
		if n.Decode(&b) == nil {
			return b
		}
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.Number(n.Value)
		}
		var i int64
		if n.Decode(&i) == nil {
			return i
		}
		var f float64
		if n.Decode(&f) == nil && f-f == 0 { // neither infinite nor NaN, which JSON does not have
			return f
		}
	}
	return n.Value
}
