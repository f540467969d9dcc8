package evidence

import (
	"slices"
	"strings"

	"culprit/request/lazyre"
)

// thing returns the one value of the query or the body that names what a sentence says is not there; -1 for none. It is
// the value that is quoted ("No segment exists with ID \"99\""), or the only one whose name has the noun of the sentence in
// it ("Topic does not exist" for TopicArn), unless the path speaks of the same.
func (r *reader) thing(text string) int {
	text = short(text)
	for _, tok := range quotedTokens(text) {
		if found := r.ix.only(tok); len(found) == 1 && r.ix.segment(tok) == nil {
			return found[0]
		}
	}
	found := -1
	for _, w := range nounsOf(text) {
		if r.inPath(w) {
			return -1
		}
		for i := range r.ix.entries {
			e := &r.ix.entries[i]
			if !e.ofData() || len(e.value()) < 2 || !e.isCalled(w) {
				continue
			}
			if found >= 0 && found != i {
				return -1
			}
			found = i
		}
	}
	if found < 0 && len(nounsOf(text)) == 0 {
		return r.soleName()
	}
	return found
}

// soleName is the only member at the top of a body that is the name of something there, for a call of a procedure: its path
// names nothing, and a bare "Resource not found" is about what the body names. -1 for none, for several, and for a path; for a
// 404 too, which is what a server says of a path that it does not have.
func (r *reader) soleName() int {
	if r.resp.Status == 404 {
		return -1
	}
	found := -1
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		if e.el != nil && e.place == inPath && e.id != "url.path" {
			return -1
		}
		if e.place != inBody || len(e.segs) != 1 || !e.ofData() || !e.isText() {
			continue
		}
		if nameOfRE.MatchString(e.segs[0]) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// nameOfRE is a member that says which one is meant: TableName, stream_arn.
var nameOfRE = lazyre.New(`[a-z](?:Name|Id|ID|Arn|ARN)$|[a-z]_(?:name|id|arn)$`)

// inside puts a missing name where the sentence about it says: into the object whose name it quotes as well ("'algorithm' is
// required. Invalid property: 'meta'"), or, for a parameter of a request whose body is a list, into the query.
func (r *reader) inside(i *issue, match, text string) {
	if len(i.segs) != 1 || len(r.ix.exact(i.segs, anywhere)) > 0 {
		return
	}
	for _, tok := range quotedTokens(short(text)) {
		found := r.ix.exact([]string{tok}, inBody)
		if len(found) == 1 && r.ix.entries[found[0]].typeName() == "object" {
			i.segs, i.place = append(slices.Clone(r.ix.entries[found[0]].segs), i.segs...), inBody
			return
		}
	}
	if at := r.bindings(i.segs[0]); at != nil {
		i.segs, i.place = append(slices.Clone(at), i.segs...), inBody
		return
	}
	if _, list := r.ix.byID["body:/0"]; list && i.place == anywhere && strings.Contains(strings.ToLower(match), "parameter") {
		i.place = inQuery
	}
}

// bindings is the path of the object that holds the values of what an expression of the body leaves open by the name, $id,
// @id or :id: the only object beside it. nil for none.
func (r *reader) bindings(name string) []string {
	open := r.ix.sole(func(e *entry) bool {
		if e.place != inBody || !e.isText() || len(e.segs) == 0 {
			return false
		}
		for _, mark := range []string{"$", "@", ":"} {
			if standsAlone(e.value(), mark+name, false) {
				return true
			}
		}
		return false
	})
	if open < 0 {
		return nil
	}
	up := r.ix.entries[open].segs[:len(r.ix.entries[open].segs)-1]
	beside := r.ix.sole(func(e *entry) bool {
		return e.place == inBody && len(e.segs) == len(up)+1 && slices.Equal(e.segs[:len(up)], up) && e.typeName() == "object"
	})
	if beside < 0 {
		return nil
	}
	return r.ix.entries[beside].segs
}

// repeatedOnce returns the only value of the query or the body that a short sentence repeats, in quotes or as a word that no
// sentence needs; -1 for none.
func (r *reader) repeatedOnce(text string) int {
	if len(text) > maxText/2 {
		return -1
	}
	found := -1
	note := func(tok string) bool {
		hit := r.ix.only(tok)
		if len(hit) != 1 || hit[0] == found {
			return true
		}
		if found >= 0 {
			return false
		}
		found = hit[0]
		return true
	}
	for _, tok := range quotedTokens(text) {
		if len(tok) > 1 && distinct(tok) && !note(tok) {
			return -1
		}
	}
	for _, w := range wordsOf(text) {
		if low := strings.ToLower(w); len(w) >= minEcho && !everyday(low) && !stopWord(low) && !note(w) {
			return -1
		}
	}
	if found >= 0 {
		return found
	}
	for i := range r.ix.entries { // the one field of the header that ends with it: X-Amz-Target, SOAPAction
		e := &r.ix.entries[i]
		if e.el == nil || e.el.Default || e.el.Secret || e.place != inHeader {
			continue
		}
		if v := e.value(); slices.ContainsFunc(wordsOf(text), func(w string) bool {
			return len(w) >= minEcho && (striking(w) || strings.Contains(text, "'"+w) || strings.Contains(text, `"`+w)) && strings.HasSuffix(v, w) && len(v) > len(w) && strings.IndexByte(".#/", v[len(v)-len(w)-1]) >= 0
		}) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// nounsOf are the words of a sentence that its own grammar does not need, in the singular.
func nounsOf(text string) []string {
	var out []string
	for _, w := range wordsOf(text) {
		if w = singular(strings.ToLower(w)); len(w) > 3 && !everyday(w) && !stopWord(w) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// isCalled reports whether a noun is a word of the name of e, or of the list that it is an item of.
func (e *entry) isCalled(noun string) bool {
	last := e.segs[len(e.segs)-1]
	if len(e.segs) > 1 && isNumber(last) {
		last = e.segs[len(e.segs)-2]
	}
	return slices.ContainsFunc(nameWords(last), func(w string) bool { return singular(w) == noun })
}

// inPath reports whether a segment of the path is a noun, in the singular or the plural.
func (r *reader) inPath(noun string) bool {
	return slices.ContainsFunc(r.ix.entries, func(e entry) bool {
		return e.el != nil && e.place == inPath && slices.ContainsFunc(nameWords(e.value()), func(w string) bool { return singular(w) == noun })
	})
}

// singular takes the ending of an English plural away, as names of lists have it.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us"):
		return w[:len(w)-1]
	}
	return w
}
