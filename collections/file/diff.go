package file

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"culprit/collections"
	"culprit/request"
	"culprit/request/lazyre"
)

// apply makes d say what the person changed from old to new, and nothing else. raw is what d says now, which
// may differ from old where the tables were brought in step with the URL.
func apply(d *Document, l layout, old, new collections.Saved) error {
	r := &decoder{d: d}
	raw := r.saved(l)
	c := &change{d: d}
	if !l.folder() {
		c.text(join(l.base, "method"), old.Method, new.Method, httpKeys)
		c.text(join(l.base, "url"), old.URL, new.URL, httpKeys)
	}
	if !slices.Equal(old.Headers, new.Headers) {
		c.rows(join(l.base, "headers"), records(raw.Headers, headerRecord), records(new.Headers, headerRecord), httpKeys)
	}
	if !l.folder() && !slices.Equal(old.Params, new.Params) {
		c.rows(join(l.base, "params"), records(raw.Params, paramRecord), records(new.Params, paramRecord), httpKeys)
	}
	if l == graphQLLayout {
		c.graphQL(join(l.base, "body"), old.Body, new.Body)
	} else {
		c.body(join(l.base, "body"), raw.Body, old.Body, new.Body)
	}
	c.auth(l, old.Auth, new.Auth)
	if !slices.Equal(old.Vars, new.Vars) {
		c.rows(l.vars, records(raw.Vars, variableRecord), records(new.Vars, variableRecord), topKeys)
	}
	if !slices.Equal(old.Asserts, new.Asserts) {
		c.rows(l.asserts, records(raw.Asserts, assertRecord), records(new.Asserts, assertRecord), topKeys)
	}
	if old.Docs != new.Docs {
		c.cell("docs", cell{key: "docs", value: new.Docs, optional: true}, topKeys)
	}
	c.settings(old.Settings, new.Settings)
	return c.err
}

// A change applies edits until one fails.
type change struct {
	d   *Document
	err error
}

// order returns the order of keys for a new key at path; the top of the file has its own.
func order(path string, within []string) []string {
	if !strings.Contains(path, "/") {
		return topKeys
	}
	return within
}

func (c *change) try(err error) {
	if c.err == nil {
		c.err = err
	}
}

func (c *change) text(path, old, new string, within []string) {
	if old != new {
		c.cell(path, cell{value: new}, within)
	}
}

// add puts a node at path; keys of the top level that are made on the way go in the order of the top.
func (c *change) add(path string, n *yaml.Node, within []string) {
	if c.err != nil {
		return
	}
	for {
		parent, key := split(path)
		if at, ok := c.d.find(parent); ok && (at.node.Kind == yaml.MappingNode || parent != "") {
			c.try(c.d.add(path, n, order(path, within)...))
			return
		}
		path, n = parent, put(mapping(), key, n)
	}
}

var wordLike = lazyre.New(`^(true|false|0|-?[1-9][0-9]*)$`)

// cell writes one value at path: changes it, adds it, or takes it out when it is optional and empty.
func (c *change) cell(path string, v cell, within []string) {
	if c.err != nil {
		return
	}
	at, ok := c.d.find(path)
	switch {
	case !ok && v.optional && v.value == "":
	case !ok:
		c.add(path, v.node(), within)
	case v.list:
		c.replace(path, v.node())
	case v.optional && v.value == "":
		c.try(c.d.remove(path))
	default:
		before := at
		at, path = actual(at, path)
		if at.node.Kind != yaml.ScalarNode {
			c.replace(path, v.node())
			return
		}
		if v.word || v.loose && !isText(before.node) && wordLike.MatchString(v.value) && wordLike.MatchString(at.node.Value) {
			c.try(c.d.SetWord(path, v.value))
			return
		}
		c.try(c.d.Set(path, v.value))
	}
}

// replace puts another value in place of the one at path.
func (c *change) replace(path string, n *yaml.Node) {
	if c.err != nil {
		return
	}
	at, _ := c.d.find(path)
	if at.key == nil {
		c.try(fmt.Errorf("%s: %w", path, ErrRefused))
		return
	}
	want := c.d.copy()
	w, _ := want.find(path)
	*w.node = *n
	end, err := c.d.end(at)
	if err != nil {
		c.try(fmt.Errorf("%s: %w: %w", path, ErrRefused, err))
		return
	}
	start := c.d.value(at.node)
	p := &printer{eol: c.d.eol}
	if at.flow {
		p.WriteByte(' ')
		p.flow(n)
	} else {
		p.below(n, at.indent())
	}
	for start > 0 && strings.IndexByte(" \r\n", c.d.src[start-1]) >= 0 {
		start--
	}
	c.try(c.d.spliced(path, want, start, end, p.String()))
}

func (c *change) auth(l layout, old, new collections.SavedAuth) {
	if old.Scheme == new.Scheme && slices.Equal(old.Params, new.Params) {
		return
	}
	path := authPath(c.d, l)
	at, exists := c.d.find(path)
	switch {
	case new.Scheme == "" && exists:
		if c.err == nil {
			c.try(c.d.remove(path))
		}
	case new.Scheme == "":
	case old.Scheme != new.Scheme || at.node.Kind != yaml.MappingNode:
		if !exists {
			c.add(path, authNode(new), httpKeys)
			return
		}
		c.replace(path, authNode(new))
	default:
		for _, p := range old.Params {
			if !request.Has(new.Params, p.Name) && c.err == nil {
				c.try(c.d.remove(join(path, strings.ReplaceAll(p.Name, ".", "/"))))
			}
		}
		for _, p := range new.Params {
			if i := slices.IndexFunc(old.Params, func(o request.Field) bool { return o.Name == p.Name }); i < 0 || old.Params[i].Value != p.Value {
				c.cell(join(path, strings.ReplaceAll(p.Name, ".", "/")), cell{value: p.Value, loose: true}, nil)
			}
		}
	}
}

func authNode(a collections.SavedAuth) *yaml.Node {
	if a.Scheme == "inherit" {
		return text("inherit")
	}
	n := put(mapping(), "type", text(a.Scheme))
	for _, p := range a.Params {
		in := n
		steps := strings.Split(p.Name, ".")
		for _, s := range steps[:len(steps)-1] {
			if at, ok := (place{node: in}).get(s); ok {
				in = at.node
				continue
			}
			m := mapping()
			put(in, s, m)
			in = m
		}
		put(in, steps[len(steps)-1], text(p.Value))
	}
	return n
}

func (c *change) body(path string, raw, old, new collections.SavedBody) {
	if equalBody(old, new) || c.err != nil {
		return
	}
	_, inner, exists := bodyPath(c.d, path)
	switch {
	case new.Type == "" && exists:
		c.try(c.d.remove(path))
	case new.Type == "":
	case !exists:
		if _, there := c.d.find(path); there {
			c.replace(path, bodyNode(new))
			return
		}
		c.add(path, bodyNode(new), httpKeys)
	case old.Type != new.Type && (isTextBody(old.Type) && isTextBody(new.Type)):
		c.cell(join(inner, "type"), cell{value: new.Type}, bodyKeys)
		c.text(join(inner, "data"), old.Text, new.Text, bodyKeys)
	case old.Type != new.Type:
		c.replace(inner, bodyNode(new))
	case new.Type == "form-urlencoded":
		c.rows(join(inner, "data"), records(raw.Rows, headerRecord), records(new.Rows, headerRecord), bodyKeys)
	case new.Type == "multipart-form" || new.Type == "file":
		c.rows(join(inner, "data"), partRecords(raw), partRecords(new), bodyKeys)
	default:
		c.text(join(inner, "data"), old.Text, new.Text, bodyKeys)
	}
}

func isTextBody(kind string) bool {
	return kind != "" && kind != "form-urlencoded" && kind != "multipart-form" && kind != "file"
}

func bodyNode(b collections.SavedBody) *yaml.Node {
	n := put(mapping(), "type", text(b.Type))
	switch {
	case isTextBody(b.Type):
		return put(n, "data", text(b.Text))
	case b.Type == "form-urlencoded":
		return put(n, "data", recordsNode(records(b.Rows, headerRecord)))
	}
	return put(n, "data", recordsNode(partRecords(b)))
}

func (c *change) settings(old, new collections.SavedSettings) {
	setting(c, "encodeUrl", old.EncodeURL, new.EncodeURL)
	setting(c, "timeout", old.Timeout, new.Timeout)
	setting(c, "followRedirects", old.FollowRedirects, new.FollowRedirects)
	setting(c, "maxRedirects", old.MaxRedirects, new.MaxRedirects)
	setting(c, "cookies", old.Cookies, new.Cookies)
}

// setting writes one that changed; nil takes it out.
func setting[T comparable](c *change, key string, old, new *T) {
	if old == new || old != nil && new != nil && *old == *new {
		return
	}
	v := cell{word: true, optional: true}
	if new != nil {
		v.value = fmt.Sprint(*new)
	}
	c.cell(join("settings", key), v, settingKeys)
}

// rows changes the list at path from old to new with the fewest changes of rows and cells, last row first so
// that the places of the others stay.
func (c *change) rows(path string, old, new []record, within []string) {
	if c.err != nil {
		return
	}
	if len(new) == 0 {
		if _, ok := c.d.find(path); ok {
			c.try(c.d.remove(path))
		}
		return
	}
	before := c.d.copy()
	steps := align(old, new)
	slices.Reverse(steps)
	for _, s := range steps {
		switch {
		case c.err != nil:
			return
		case s.new < 0:
			c.try(c.d.remove(join(path, s.old)))
		case s.old < 0:
			c.insert(path, s.at, rowNode(new[s.new], old, steps, before, path), within)
		default:
			c.record(join(path, s.old), old[s.old], new[s.new])
		}
	}
}

// insert puts a row; the list is made when it is missing or was emptied on the way.
func (c *change) insert(path string, i int, n *yaml.Node, within []string) {
	at, ok := c.d.find(path)
	if !ok {
		c.add(path, list(n), within)
		return
	}
	c.try(c.d.insert(path, min(i, at.len()), n))
}

// rowNode returns a new row; one that was only moved keeps the keys that culprit does not know.
func rowNode(r record, old []record, steps []step, before *Document, path string) *yaml.Node {
	for _, s := range steps {
		if s.new < 0 && old[s.old].equal(r) {
			if at, ok := before.find(join(path, s.old)); ok {
				return at.node
			}
		}
	}
	return r.node()
}

// record changes the cells of a row that differ.
func (c *change) record(path string, old, new record) {
	keys := make([]string, 0, len(new))
	for _, v := range new {
		keys = append(keys, v.key)
	}
	for _, v := range new {
		if i := slices.IndexFunc(old, func(o cell) bool { return o.key == v.key }); i < 0 || !old[i].equal(v) {
			c.cell(join(path, v.key), v, keys)
		}
	}
}
