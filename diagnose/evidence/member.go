package evidence

import (
	"slices"
	"strings"

	"culprit/request/lazyre"
)

// withinRE matches complaints about an object that mean one of its members and do not say which.
var withinRE = lazyre.New(`(?i)must not have (?:additional|unevaluated) properties|additional properties are not allowed`)

// memberRE finds the member of an object that a message names beside the object's own path.
var memberRE = lazyre.New(`(?i)required property ["'\x60]?([\w$-]+)["'\x60]? to be present|property ["'\x60]([\w$-]+)["'\x60] is (?:missing|required)|(?:must|should) have required propert(?:y|ies) ["'\x60]?\.?([\w$.-]+)|^["']([\w$-]+)["'] is a required property|^missing (?:required )?propert(?:y|ies):? ["'\x60]?([\w$-]+)|^(?:the )?(?:required )?(?:key|field|property|member) ["'\x60]([\w$-]+)["'\x60] (?:was |is )?(?:not found|not present|absent|missing|required)\.?$`)

// keysRE finds the members that an object should not have, in a message that names them beside the object.
var keysRE = lazyre.New(`(?i)(?:forbidden|unknown|unexpected|unrecognized|unallowed) keys?:? ['"\x60]([\w$-]+)|additional properties are not allowed \(['"]([\w$-]+)['"][^)]* unexpected\)|(?:must|should) not have additional properties:? ['"\x60]([\w$-]+)`)

// locatedRE is a sentence that begins with the place and the path of what it is about: data/recipient/zip must match.
var locatedRE = lazyre.New(`^(data|body|query|querystring|path|params|headers|cookies)([/.][\w/.\[\]-]+)? (?:must|should) `)

// located takes the place and the path from the start of the sentence, where it has them: AJV's errorsText.
func (i *issue) located() {
	m := locatedRE.FindStringSubmatch(short(i.text))
	if m == nil || i.absolute && len(i.segs) > 0 {
		return
	}
	if m[2] != "" || len(i.segs) == 0 {
		i.segs = splitPath(m[2])
	}
	i.absolute = true
	if strings.Contains(m[2], ".") { // one that joins the two ways: body/reader.age
		i.segs = splitPath(strings.TrimLeft(m[2], "/."))
	}
	if m[1] != "data" { // AJV's own word for whatever it was given
		i.place, _ = placeOf(m[1])
	}
}

// member completes the path of an object with the name of the member that is missing in it.
func (r *reader) member(i *issue) {
	if m := keysRE.FindStringSubmatch(short(i.text)); m != nil && lastOf(i.segs) != m[1]+m[2]+m[3] {
		i.segs, i.class = append(i.segs[:len(i.segs):len(i.segs)], m[1]+m[2]+m[3]), unexpected
		return
	}
	m := memberRE.FindStringSubmatch(short(i.text))
	if m == nil || i.class != missing && i.class != blank && (m[6] == "" || i.class != wrongValue && i.class != unclear) {
		return
	}
	if name := m[1] + m[2] + m[3] + m[4] + m[5] + m[6]; len(i.segs) == 0 || i.segs[len(i.segs)-1] != name {
		i.generic = i.generic && (m[6] == "" || len(r.ix.exact(i.segs, inBody)) != 1)
		i.segs, i.class = append(i.segs[:len(i.segs):len(i.segs)], name), missing
	}
	i.wire = true
}

// otherwise reports whether the element that was found for a name is filled and spelled in another style: order_id
// where orderId is missed. A name of a server's own type (OrderId) is spelled otherwise in any case.
func (r *reader) otherwise(n int, segs []string, wire bool) bool {
	e := &r.ix.entries[n]
	if len(e.segs) == 0 || len(segs) == 0 || e.place != inBody && e.place != inQuery || e.empty() {
		return false
	}
	have, want := e.segs[len(e.segs)-1], segs[len(segs)-1]
	return (wire && have != want || !strings.EqualFold(have, want) && !startsUpper(want)) && fold(have) == fold(want)
}

// isPath reports whether segments are the path of the request's URL, or the route that it took: /orders/{id}/items.
func (r *reader) isPath(segs []string) bool { return len(segs) > 1 && r.samePath(segs) }

// samePath is isPath also for a path of one part, which may be the name of something, too.
func (r *reader) samePath(segs []string) bool {
	u, _, _ := strings.Cut(r.x.Request.URL, "?")
	_, rest, _ := strings.Cut(u, "://")
	_, path, _ := strings.Cut(rest, "/")
	route := strings.Split(strings.Trim(strings.Join(segs, "/"), "/"), "/")
	return slices.EqualFunc(strings.Split(strings.Trim(path, "/"), "/"), route, func(sent, of string) bool {
		return sent == of || strings.HasPrefix(of, "{") && strings.Contains(of, "}")
	})
}
