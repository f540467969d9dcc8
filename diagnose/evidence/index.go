package evidence

import (
	"net/textproto"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/lazyre"
)

// An entry is one element, or a container that elements lie in, with its path taken apart.
type entry struct {
	id    diagnose.ElementID
	place place
	segs  []string
	folds []string
	el    *diagnose.Element // nil for a container that is no element itself
}

// An index finds the elements that a server's spelling of a name means.
type index struct {
	entries []entry
	byPath  map[string][]int // folded path joined by \x00
	byLast  map[string][]int // folded last segment
	byID    map[diagnose.ElementID]int
	opaque  bool   // the body has no members: text that is no JSON
	body    string // "body:/", "form:" or "multipart:": how a missing body property is called; "" without a body
}

func newIndex(r *request.Request, elements []diagnose.Element) *index {
	ix := &index{byPath: map[string][]int{}, byLast: map[string][]int{}, byID: map[diagnose.ElementID]int{}}
	switch r.Body.Kind {
	case request.RawBody, request.FileBody:
		ix.body = "body:/"
		text := strings.TrimSpace(r.Body.Text)
		media := strings.ToLower(request.Get(r.Header, "Content-Type") + r.Body.Type)
		ix.opaque = text != "" && !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") && !strings.Contains(media, "json")
	case request.FormBody:
		ix.body = "form:"
	case request.MultipartBody:
		ix.body = "multipart:"
	}
	for i := range elements {
		e := &elements[i]
		pl, segs := takeApart(e.ID)
		ix.add(entry{id: e.ID, place: pl, segs: segs, el: e})
		if kind, _, _ := strings.Cut(string(e.ID), ":"); pl == inBody && kind != "body" {
			ix.body, ix.opaque = kind+":", false // a form, whatever it is kept as
		} else if e.Group == diagnose.Markup {
			ix.opaque = false
		} else if pl == inBody && ix.body == "" {
			ix.body = "body:/"
		}
	}
	for i := range elements {
		if p, ok := strings.CutPrefix(string(elements[i].ID), "body:/"); ok {
			ix.containers(splitPointer(p))
		}
	}
	return ix
}

// containers adds what lies above a body member, when it is no element itself.
func (ix *index) containers(segs []string) {
	for n := len(segs) - 1; n > 0; n-- {
		id := diagnose.ElementID("body:" + joinPointer(segs[:n]))
		if _, ok := ix.byID[id]; ok {
			return
		}
		ix.add(entry{id: id, place: inBody, segs: segs[:n:n]})
	}
}

func (ix *index) add(e entry) {
	e.folds = foldAll(e.segs)
	n := len(ix.entries)
	ix.entries = append(ix.entries, e)
	ix.byID[e.id] = n
	if len(e.folds) == 0 {
		return
	}
	key := strings.Join(e.folds, "\x00")
	ix.byPath[key] = append(ix.byPath[key], n)
	last := e.folds[len(e.folds)-1]
	ix.byLast[last] = append(ix.byLast[last], n)
}

// takeApart returns where an element is and its path there; no path for elements without a name.
func takeApart(id diagnose.ElementID) (place, []string) {
	kind, name, ok := strings.Cut(string(id), ":")
	if !ok {
		if strings.HasPrefix(kind, "url.path") {
			return inPath, nil
		}
		return anywhere, nil
	}
	if i := strings.LastIndexByte(name, '#'); i > 0 && isNumber(name[i+1:]) && kind != "body" {
		name = name[:i]
	}
	switch kind {
	case "body":
		return inBody, splitPointer(strings.TrimPrefix(name, "/"))
	case "form", "multipart":
		return inBody, splitPath(name)
	case "query":
		return inQuery, splitPath(name)
	case "header":
		return inHeader, []string{name}
	case "cookie":
		return inCookie, []string{name}
	}
	return anywhere, nil
}

func foldAll(segs []string) []string {
	folds := make([]string, len(segs))
	for i, s := range segs {
		folds[i] = fold(s)
	}
	return folds
}

func (e *entry) fits(p place) bool {
	if p == anywhere {
		return e.place != anywhere
	}
	return e.place == p
}

// value returns the element's value as it was meant: a string without its quotes.
func (e *entry) value() string {
	if e.el == nil {
		return ""
	}
	if s, ok := e.el.Value.(string); ok {
		return s
	}
	return unquote(e.el.Text)
}

// typeName returns the JSON type that the element has on the wire; "" when it is no body member.
func (e *entry) typeName() string {
	if e.el == nil || e.el.Group == diagnose.Markup || !strings.HasPrefix(string(e.id), "body:/") {
		return ""
	}
	switch t := strings.TrimSpace(e.el.Text); {
	case t == "null":
		return "null"
	case t == "true" || t == "false":
		if _, ok := e.el.Value.(string); !ok {
			return "boolean"
		}
		return "string"
	case strings.HasPrefix(t, "{"):
		return "object"
	case strings.HasPrefix(t, "["):
		return "array"
	}
	if _, ok := e.el.Value.(string); ok {
		return "string"
	}
	return "number"
}

// empty reports whether the element is there but says nothing.
func (e *entry) empty() bool {
	if e.el == nil {
		return false
	}
	v := strings.TrimSpace(e.value())
	return v == "" || v == "null" || v == "[]" || v == "{}"
}

// zero reports whether the element holds what Go takes for absent.
func (e *entry) zero() bool {
	v := strings.TrimSpace(e.value())
	return v == "0" || v == "false" || v == "0.0"
}

func unquote(s string) string {
	if len(s) >= 2 && s[0] == '"' {
		if n, ok := parseTree(s); ok {
			return n.str()
		}
	}
	return s
}

// pick keeps the entries of candidates that are in the place. Without a place the body wins over the query,
// and those over header and cookie, because errors speak of headers as headers.
func (ix *index) pick(candidates []int, p place) []int {
	for _, group := range [][]place{{inBody}, {inQuery, inPath}, {inHeader, inCookie}} {
		var found []int
		for _, i := range candidates {
			for _, g := range group {
				if ix.entries[i].place == g && ix.entries[i].fits(p) {
					found = append(found, i)
				}
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// maxShared is how many elements one name may mean before it means none.
const maxShared = 2

// exact returns the entries that have the path itself, as a whole or without leading segments that are no
// names in the request (a location word, a type's name).
func (ix *index) exact(segs []string, p place) []int {
	folds := foldAll(segs)
	for from := range min(len(segs), 4) {
		if from > 0 && !strippable(segs[from-1]) && (!startsUpper(segs[from-1]) || len(ix.byPath[folds[from-1]]) > 0) {
			break
		}
		if from > 0 && isNumber(segs[from]) {
			continue
		}
		if found := ix.pick(ix.byPath[strings.Join(folds[from:], "\x00")], p); len(found) > 0 {
			return found
		}
	}
	return nil
}

// resolve returns the entries that the path means, best reading first: exactly, as the end of a longer path,
// and with array indexes left out.
func (ix *index) resolve(segs []string, p place) []int {
	if found := ix.exact(segs, p); len(found) > 0 {
		return found
	}
	folds := foldAll(segs)
	for from := range min(len(segs), 4) {
		if from > 0 && !strippable(segs[from-1]) && !startsUpper(segs[from-1]) {
			break
		}
		if isNumber(segs[from]) {
			continue
		}
		segs := folds
		if found := ix.suffix(segs[from:], p, false); len(found) > 0 {
			return found
		}
		if found := ix.suffix(segs[from:], p, true); len(found) > 0 {
			return found
		}
	}
	return nil
}

// suffix finds entries whose path ends in segs; with loose, numbers and wildcards of both sides are left out.
func (ix *index) suffix(segs []string, p place, loose bool) []int {
	if loose {
		segs = named(segs)
	}
	if len(segs) == 0 {
		return nil
	}
	var found []int
	for _, i := range ix.byLast[segs[len(segs)-1]] {
		e := &ix.entries[i]
		have := e.folds
		if loose {
			have = named(have)
		}
		if e.fits(p) && hasSuffix(have, segs) {
			found = append(found, i)
		}
	}
	found = ix.pick(found, p)
	if !loose && len(found) > maxShared {
		return nil
	}
	return found
}

// named returns the segments that are names.
func named(segs []string) []string {
	out := make([]string, 0, len(segs))
	for _, s := range segs {
		if !isNumber(s) && !isWild(s) {
			out = append(out, s)
		}
	}
	return out
}

func hasSuffix(path, tail []string) bool {
	if len(tail) > len(path) {
		return false
	}
	for i := range tail {
		if path[len(path)-len(tail)+i] != tail[i] {
			return false
		}
	}
	return true
}

// missing returns the id that an absent element would have. Its parent is found in the request as far as the
// path is known there.
func (ix *index) missing(segs []string, p place) diagnose.ElementID {
	for len(segs) > 1 && strippable(segs[0]) && len(ix.pick(ix.byPath[fold(segs[0])], p)) == 0 {
		segs = segs[1:]
	}
	if len(segs) == 0 || segs[0] == "" {
		return ""
	}
	last := segs[len(segs)-1]
	switch {
	case p == inHeader:
		if dashed := strings.ReplaceAll(last, "_", "-"); isHeaderName(dashed) { // as Python spells the arguments of its functions
			last = textproto.CanonicalMIMEHeaderKey(dashed)
		} else if dashed == last {
			last = textproto.CanonicalMIMEHeaderKey(last)
		}
		return diagnose.ElementID("header:" + last)
	case p == inCookie:
		return diagnose.ElementID("cookie:" + last)
	case p == inPath:
		return "url.path"
	case p == inQuery, p == anywhere && (ix.body == "" || ix.opaque):
		return diagnose.ElementID("query:" + bracketed(segs))
	case ix.body == "form:" || ix.body == "multipart:":
		return diagnose.ElementID(ix.body + bracketed(segs))
	}
	if len(segs) == 1 {
		segs = append(ix.record(), segs...)
	}
	return diagnose.ElementID("body:" + joinPointer(ix.below(segs)))
}

// record is the path of the element of a body in XML that holds the most values; nil where the body is none. What is
// missing by its bare name is hardly missing beside the root, of which there is one.
func (ix *index) record() []string {
	held := map[string]int{}
	var most []string
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.el == nil || e.el.Group != diagnose.Markup {
			continue
		}
		up := e.segs[:len(e.segs)-1]
		for len(up) > 1 && isNumber(up[len(up)-1]) {
			up = up[:len(up)-1]
		}
		key := joinPointer(up)
		if held[key]++; most == nil || held[key] > held[joinPointer(most)] {
			most = slices.Clip(up)
		}
	}
	return most
}

// below puts a path that ends in an absent name below what the request has of it.
func (ix *index) below(segs []string) []string {
	for n := len(segs) - 1; n > 0; n-- {
		found := ix.resolve(segs[:n], inBody)
		if len(found) == 0 || len(found) > 1 {
			continue
		}
		base := ix.entries[found[0]].segs
		out := append([]string{}, base...)
		for i, s := range segs[n:] {
			if i == 0 {
				s = restyle(s, ix.childNames(base))
			}
			out = append(out, s)
		}
		return out
	}
	// A type's name in front (Order.Price) is no part of the path.
	if len(segs) > 1 && startsUpper(segs[0]) && styleOf(ix.childNames(nil)) != stylePascal {
		segs = segs[1:]
	}
	out := append([]string{}, segs...)
	out[0] = restyle(out[0], ix.childNames(nil))
	return out
}

// without puts, in a path that is the same for all items of a list, the number of the first item that has not what the
// path ends in.
func (ix *index) without(segs []string) []string {
	at := slices.IndexFunc(segs, isWild)
	if at <= 0 || at == len(segs)-1 {
		return segs
	}
	out := slices.Clone(segs)
	for n := range maxIssues {
		out[at] = itoa(n)
		if _, ok := ix.byID[diagnose.ElementID("body:"+joinPointer(out[:at+1]))]; !ok {
			break
		}
		if _, ok := ix.byID[diagnose.ElementID("body:"+joinPointer(out))]; !ok {
			return ix.without(out)
		}
	}
	return segs
}

// untagged is a path without the member of a union that pydantic puts between an object and what lies in it: the value of
// its discriminator, or the name of a type. It is nil where the rest is not in the request; of what is missing, all but its
// last name has to be.
func (ix *index) untagged(segs []string, missing bool) []string {
	for n := 1; n < len(segs)-1; n++ {
		less := append(segs[:n:n], segs[n+1:]...)
		have := less
		if missing {
			have = less[:len(less)-1]
		}
		if len(ix.byPath[strings.Join(foldAll(segs[:n+1]), "\x00")]) == 0 && len(ix.byPath[strings.Join(foldAll(have), "\x00")]) > 0 {
			return less
		}
	}
	return nil
}

// asSiblings spells the end of a path to an item's member as the other items of the list have it, where the server says
// only the name that a program has for it: Guests[0].Name for full_name.
func (ix *index) asSiblings(segs []string) []string {
	at := ix.resolve(segs[:len(segs)-1], inBody)
	if len(at) != 1 {
		return segs
	}
	item := ix.entries[at[0]].segs
	if len(item) < 2 || !isNumber(lastOf(item)) {
		return segs
	}
	own, want := foldAll(ix.childNames(item)), strings.ToLower(lastOf(segs))
	var names []string
	for _, other := range ix.itemsOf(item[:len(item)-1]) {
		for _, name := range ix.childNames(ix.entries[other].segs) {
			if !slices.Contains(own, fold(name)) && !slices.Contains(names, name) && slices.Contains(nameWords(name), want) {
				names = append(names, name)
			}
		}
	}
	if len(names) != 1 {
		return segs
	}
	return append(segs[:len(segs)-1:len(segs)-1], names[0])
}

// leaves counts the scalars below a path of the body.
func (ix *index) leaves(segs []string) int {
	n := 0
	for i := range ix.entries {
		if e := &ix.entries[i]; e.place == inBody && !e.container() && len(e.segs) > len(segs) && hasSuffix(e.segs[:len(segs)], segs) {
			n++
		}
	}
	return n
}

// itemsOf returns the items of a list of the body.
func (ix *index) itemsOf(list []string) []int {
	var found []int
	for i := range ix.entries {
		if e := &ix.entries[i]; e.place == inBody && len(e.segs) == len(list)+1 && hasSuffix(e.segs[:len(list)], list) && isNumber(lastOf(e.segs)) {
			found = append(found, i)
		}
	}
	return found
}

// alike finds the one value of the data that is written like a list of allowed ones and is none of them: a single word, in
// small letters or in capitals as they are.
func (ix *index) alike(allowed []string) []int {
	var found []int
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.el == nil || len(e.segs) == 0 || e.place != inBody && e.place != inQuery || e.typeName() != "string" && e.place == inBody {
			continue
		}
		if v := e.value(); plainWord.MatchString(v) && slices.ContainsFunc(allowed, func(a string) bool { return spelling(a) == spelling(v) }) && !slices.Contains(allowed, v) {
			found = append(found, i)
		}
	}
	if found = ix.pick(found, anywhere); len(found) > 1 {
		return nil
	}
	return found
}

var plainWord = lazyre.New(`^[A-Za-z_-]{2,30}$`)

// spelling tells words in small letters, in capitals and in both apart.
func spelling(w string) int {
	switch {
	case w == strings.ToLower(w):
		return 0
	case w == strings.ToUpper(w):
		return 1
	}
	return 2
}

// childNames returns the names directly below a body path.
func (ix *index) childNames(base []string) []string {
	var names []string
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.place == inBody && len(e.segs) == len(base)+1 && hasSuffix(e.segs[:len(base)], base) {
			names = append(names, e.segs[len(base)])
		}
	}
	return names
}

// wrapper is the path of the one object that is all of a body, {"order": {…}}; nil where there is none.
func (ix *index) wrapper() []string {
	names := ix.childNames(nil)
	if len(names) != 1 || len(ix.childNames(names)) == 0 {
		return nil
	}
	if _, list := ix.byID[diagnose.ElementID("body:"+joinPointer([]string{names[0], "0"}))]; list {
		return nil
	}
	return names
}

// bracketed spells a path as form fields do: a[b][0].
func bracketed(segs []string) string {
	var b strings.Builder
	for i, s := range segs {
		if i > 0 {
			s = "[" + s + "]"
		}
		b.WriteString(s)
	}
	return b.String()
}
