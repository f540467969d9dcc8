package xmltext

import (
	"cmp"
	"encoding/xml"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// A Value is one text of a document: that of an element which holds no other elements, or that of an attribute.
type Value struct {
	Path  string // /order/item/1/@sku: local names; of several elements of one name each has its number, from 0
	Name  string // the local name
	Text  string // decoded: &lt; is <, and CDATA is what stands in it
	Start int    // in bytes, of the element or the attribute
	End   int
}

// Values returns the texts of a document in the order in which they stand. Declarations of name spaces and what is
// addressed to the reader of a schema (xsi:type) are none. An error says that the text is not well-formed.
func Values(text string) ([]Value, error) {
	root, _, err := parse(text)
	if err != nil {
		return nil, err
	}
	var out []Value
	root.walk("", func(path string, n *node) {
		for _, a := range n.attributes(text) {
			out = append(out, Value{path + "/@" + local(a.name), local(a.name), a.value, a.open, a.end})
		}
		if n.leaf() {
			out = append(out, Value{path, local(n.name), string(n.value), n.open, n.after})
		}
	})
	return out, nil
}

// ErrAbsent says that nothing is at a path: an element that is not there, or one whose parent is not.
var ErrAbsent = errors.New("no such element in the XML")

// Set puts a value in the place of that at path, which is there.
func Set(text, path, value string) (string, error) {
	return SetAll(text, map[string]string{path: value})
}

// SetAll puts values in the places of those at their paths, which are all there; none holds another.
func SetAll(text string, values map[string]string) (string, error) {
	root, _, err := parse(text)
	if err != nil {
		return text, err
	}
	places, err := root.places(text, values)
	if err != nil {
		return text, err
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.from, b.from) })
	var out strings.Builder
	end := 0
	for _, p := range places {
		if p.from < end {
			return text, errHolds
		}
		out.WriteString(text[end:p.from])
		out.WriteString(p.value)
		end = p.to
	}
	out.WriteString(text[end:])
	return out.String(), nil
}

// A place is a part of the text, in bytes, and what shall stand there.
type place struct {
	from, to int
	value    string
}

var errHolds = errors.New("the element holds others")

// places returns where the values at paths stand, and how they are written there.
func (n *node) places(text string, values map[string]string) ([]place, error) {
	elements := map[string]*node{}
	n.walk("", func(path string, n *node) { elements[path] = n })
	var out []place
	for path, value := range values {
		owner, name, ofElement := strings.Cut(path, "/@")
		e, a := elements[owner], (*attribute)(nil)
		if e != nil && ofElement {
			a = e.attribute(text, name)
		}
		switch {
		case e == nil || ofElement && a == nil:
			return nil, ErrAbsent
		case a != nil:
			out = append(out, place{a.from, a.to, escape(value)})
		case !e.leaf():
			return nil, errHolds
		case e.close == 0: // <a/>
			tag := strings.TrimRight(strings.TrimSuffix(text[e.open:e.end], "/>"), " \t\r\n")
			out = append(out, place{e.open + len(tag), e.after, ">" + escape(value) + "</" + e.name + ">"})
		default:
			out = append(out, place{e.end, e.close, escape(value)})
		}
	}
	return out, nil
}

// Remove leaves out what is at path, with the white space in front of it; what is not there is left out already.
func Remove(text, path string) (string, error) {
	n, a, err := find(text, path)
	switch {
	case errors.Is(err, ErrAbsent):
		return text, nil
	case err != nil:
		return text, err
	case a != nil:
		return strings.TrimRight(text[:a.open], " \t\r\n") + text[a.end:], nil
	}
	return strings.TrimRight(text[:n.open], " \t\r\n") + text[n.after:], nil
}

// Rename gives what is at path another local name; its prefix stays.
func Rename(text, path, name string) (string, error) {
	n, a, err := find(text, path)
	switch {
	case err != nil:
		return text, err
	case a != nil:
		return text[:a.open] + prefix(a.name) + name + text[a.open+len(a.name):], nil
	}
	whole := prefix(n.name) + name
	if n.close > 0 {
		text = text[:n.close] + "</" + whole + text[n.close+len("</")+len(n.name):]
	}
	return text[:n.open] + "<" + whole + text[n.open+len("<")+len(n.name):], nil
}

// Add puts a new element or attribute with a value behind the others of the element that path says it stands in, laid
// out and with a prefix as the one before it.
func Add(text, path, value string) (string, error) {
	i := strings.LastIndexByte(path, '/')
	if i < 1 {
		return text, errors.New("a document has one root")
	}
	name := path[i+1:]
	up, a, err := find(text, path[:i])
	switch {
	case err != nil:
		return text, err
	case a != nil || name == "" || strings.Trim(name, "0123456789") == "":
		return text, ErrAbsent
	case name[0] == '@':
		at := up.open + len("<") + len(up.name)
		return text[:at] + " " + name[1:] + `="` + escape(value) + `"` + text[at:], nil
	case up.mixed:
		return text, errors.New("the element holds text")
	}
	like, space := up.name, ""
	for k, kid := range up.kids {
		if kid.name == "" {
			continue
		}
		like = kid.name
		before := up.end
		if k > 0 {
			before = up.kids[k-1].after
		}
		space = text[before:kid.open]
	}
	tag := prefix(like) + name
	added := space + "<" + tag + ">" + escape(value) + "</" + tag + ">"
	if up.close == 0 {
		open := strings.TrimRight(strings.TrimSuffix(text[up.open:up.end], "/>"), " \t\r\n")
		return text[:up.open] + open + ">" + added + "</" + up.name + ">" + text[up.after:], nil
	}
	at := up.end
	if len(up.kids) > 0 {
		at = up.kids[len(up.kids)-1].after
	}
	return text[:at] + added + text[at:], nil
}

// leaf reports an element that holds no others.
func (n *node) leaf() bool {
	for _, k := range n.kids {
		if k.name != "" {
			return false
		}
	}
	return n.name != ""
}

// walk visits the elements below n with their paths, in the order in which they open.
func (n *node) walk(path string, visit func(path string, n *node)) {
	count, at := map[string]int{}, map[string]int{}
	for _, k := range n.kids {
		count[local(k.name)]++
	}
	for _, k := range n.kids {
		if k.name == "" {
			continue
		}
		name := local(k.name)
		p := path + "/" + name
		if count[name] > 1 {
			p += "/" + strconv.Itoa(at[name])
			at[name]++
		}
		visit(p, k)
		k.walk(p, visit)
	}
}

// find returns the element at a path, or its attribute.
func find(text, path string) (*node, *attribute, error) {
	root, _, err := parse(text)
	if err != nil {
		return nil, nil, err
	}
	owner, name, ofElement := strings.Cut(path, "/@")
	var found *node
	root.walk("", func(p string, n *node) {
		if p == owner {
			found = n
		}
	})
	if found == nil {
		return nil, nil, ErrAbsent
	}
	if !ofElement {
		return found, nil, nil
	}
	if a := found.attribute(text, name); a != nil {
		return found, a, nil
	}
	return nil, nil, ErrAbsent
}

// attribute returns the one of that local name; nil when there is none.
func (n *node) attribute(text, name string) *attribute {
	for _, a := range n.attributes(text) {
		if local(a.name) == name {
			return &a
		}
	}
	return nil
}

// An attribute is name="value" in a tag.
type attribute struct {
	name, value string
	open, end   int // all of it
	from, to    int // the value, between its quotes
}

// attributes reads those of a tag, which is known to be well-formed.
func (n *node) attributes(text string) []attribute {
	if n.name == "" {
		return nil
	}
	var out []attribute
	for i := n.open + len("<") + len(n.name); i < n.end; {
		if strings.IndexByte(" \t\r\n/>", text[i]) >= 0 {
			i++
			continue
		}
		eq := strings.IndexByte(text[i:n.end], '=')
		if eq < 0 {
			break
		}
		a := attribute{name: strings.TrimSpace(text[i : i+eq]), open: i}
		q := i + eq + 1
		for q < n.end && text[q] != '"' && text[q] != '\'' {
			q++
		}
		if q >= n.end {
			break
		}
		long := strings.IndexByte(text[q+1:n.end], text[q])
		if long < 0 {
			break
		}
		a.from, a.to = q+1, q+1+long
		a.end, a.value = a.to+1, unescape(text[a.from:a.to])
		i = a.end
		if p := prefix(a.name); a.name != "xmlns" && p != "xmlns:" && p != "xsi:" && p != "xml:" {
			out = append(out, a)
		}
	}
	return out
}

func local(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// prefix is that of a name with its colon; "" for none.
func prefix(name string) string { return name[:strings.IndexByte(name, ':')+1] }

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	return b.String()
}

func unescape(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	t, err := xml.NewDecoder(strings.NewReader(s)).RawToken()
	if data, ok := t.(xml.CharData); ok && err == nil {
		return string(data)
	}
	return s
}
