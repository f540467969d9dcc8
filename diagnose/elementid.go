package diagnose

import (
	"strconv"
	"strings"

	"culprit/request/jsontext"
)

// An ElementID addresses a part of a request. It is stable across edits and shown to people:
//
//	method  url.scheme  url.host  url.port  url.path  url.path[2]  query:limit  query:tag#1  header:Accept
//	cookie:sid  auth  body  body:/items/1/price (RFC 6901)  form:name  multipart:file
//	tls  tls.client_certificate  dns  tcp  proxy  redirect  timeout  http_version  server
//	client (which program sends it)  place (from which machine)
//
// A repeated name gets #1 for its second, #2 for its third appearance. What stands in front of the colon is the kind of
// the element, what follows it its name; that of a member of the body is its pointer, "/items/1/price".
type ElementID string

// ID is the id of the element of that kind and name: ID("header", "Accept"), ID("body", "/items/1").
func ID(kind, name string) ElementID { return ElementID(kind + ":" + name) }

// SegmentID is the id of a segment of the path, from 0.
func SegmentID(i int) ElementID { return ElementID(segmentPrefix + strconv.Itoa(i) + "]") }

const segmentPrefix = "url.path["

// Cut parts an id into kind and name, with the number of a repeated one; named is false where it has no name, and the
// whole id is its kind: "body", "url.path[2]".
func (id ElementID) Cut() (kind, name string, named bool) { return strings.Cut(string(id), ":") }

// Kind is what stands in front of the colon, the whole id where there is none.
func (id ElementID) Kind() string { kind, _, _ := id.Cut(); return kind }

// Name is what follows the colon; "" where there is none.
func (id ElementID) Name() string { _, name, _ := id.Cut(); return name }

// Is reports an element with a name of that kind: the body is none of the kind "body", its members are.
func (id ElementID) Is(kind string) bool { _, ok := id.In(kind); return ok }

// In returns the name of an element of that kind, for the kind "body" the pointer; ok is false for those of other kinds
// and those without a name.
func (id ElementID) In(kind string) (name string, ok bool) {
	if len(id) <= len(kind) || id[len(kind)] != ':' || string(id[:len(kind)]) != kind {
		return "", false
	}
	return string(id[len(kind)+1:]), true
}

// Numbered parts the name from the number behind it: "query:tag#1" is "query:tag" and 1, "query:tag" itself and 0. A
// member of the body has its place in the pointer and no number.
func (id ElementID) Numbered() (first ElementID, n int) {
	if i := strings.LastIndexByte(string(id), '#'); i > strings.IndexByte(string(id), ':') && !id.Is("body") {
		if n, err := strconv.Atoi(string(id[i+1:])); err == nil {
			return id[:i], n
		}
	}
	return id, 0
}

// InURL reports the URL or a part of it, its parameters aside.
func (id ElementID) InURL() bool { return id == "url" || strings.HasPrefix(string(id), "url.") }

// InBody reports the body or a part of it, a field of a form too.
func (id ElementID) InBody() bool {
	switch id.Kind() {
	case "body", "form", "multipart":
		return true
	}
	return false
}

// IsSegment reports a segment of the path.
func (id ElementID) IsSegment() bool { return strings.HasPrefix(string(id), segmentPrefix) }

// Segment is the number of a segment of the path, from 0; ok is false for all else.
func (id ElementID) Segment() (i int, ok bool) {
	digits, found := strings.CutPrefix(string(id), segmentPrefix)
	i, err := strconv.Atoi(strings.TrimSuffix(digits, "]"))
	return i, found && err == nil
}

// Last is the last word of an id, as it is written there: behind the last slash of a member, behind the colon of another.
func (id ElementID) Last() string { return string(id)[len(id.Place()):] }

// Place is what stands in front of the last word, with the slash or the colon: "body:/items/1/", "query:". It is the same
// for all that stand in one object, in one list, in the query.
func (id ElementID) Place() ElementID { return id[:strings.LastIndexAny(string(id), "/:")+1] }

// Beside is the id of another name in the same place.
func (id ElementID) Beside(name string) ElementID {
	if id.Is("body") {
		name = jsontext.Token(name)
	}
	return id.Place() + ElementID(name)
}

// IsItem reports an item of a list in the body: its last word is a number.
func (id ElementID) IsItem() bool {
	last := id.Last()
	return id.Is("body") && last != "" && strings.Trim(last, "0123456789") == ""
}

// Parent is the object or the list that a member is in: "body:/items/1" of "body:/items/1/price". That of "body:/items" is
// "body:", which no element has.
func (id ElementID) Parent() ElementID { return id[:max(strings.LastIndexByte(string(id), '/'), 0)] }

// Child is the id of a member of a member.
func (id ElementID) Child(key string) ElementID { return id + "/" + ElementID(jsontext.Token(key)) }

// Within reports a member that is somewhere inside container, which is a member itself.
func (id ElementID) Within(container ElementID) bool {
	return strings.HasPrefix(string(id), string(container)+"/")
}
