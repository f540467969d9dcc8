package evidence

import (
	"slices"
	"strings"

	"culprit/request/lazyre"
)

// codePlaces are where answers have the word for what went wrong.
var codePlaces = []string{"code", "error.code", "errorCode", "error_code", "error", "error.type", "type", "reason", "message", "msg", "error_summary"}

// codeNoise are words of such a code that say what kind of trouble it is, or of what kind the thing is, and not which one.
var codeNoise = strings.Fields("invalid missing required not found unknown bad wrong illegal malformed incorrect unsupported empty blank too long short large small big many few old format error err field param parameter" +
	" value arg argument attribute property taken exists already duplicate mismatch range out of is e no none must be validation valid allowed type")

// taggedRE is a code of several tags, the outer one first.
var taggedRE = lazyre.New(`^[a-z_]+(?:/[a-z_]+)+$`)

// codeWord reads a code that is made of the name of an element and of what is wrong with it: INVALID_EMAIL, channel_not_found,
// InvalidCountry, email.format. It counts only where exactly one element of the data is called so.
func (r *reader) codeWord() {
	switch r.resp.Status {
	case 401, 403, 407, 429:
		return
	}
	if r.resp.Status >= 500 || r.doc.root == nil {
		return
	}
	for _, key := range codePlaces {
		text := strings.TrimRight(r.doc.root.at(key).str(), "/.") // Dropbox: path/not_found/..
		if len(text) < 5 || len(text) > 60 || strings.ContainsAny(text, " :\n") || strings.Contains(text, "/") && !taggedRE.MatchString(text) {
			continue
		}
		words := strings.Fields(strings.ToLower(spaced(strings.ReplaceAll(text, "/", "_"))))
		name := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(codeNoise, w) })
		if len(name) == 0 || len(name) == len(words) {
			continue
		}
		found := r.ix.resolve([]string{strings.Join(name, "_")}, anywhere)
		if len(found) != 1 || !data(r.ix.entries[found[0]].id) {
			continue
		}
		if r.resp.Status == 409 && !slices.ContainsFunc(words, func(w string) bool { return w == "exists" || w == "taken" || w == "duplicate" || w == "found" }) {
			continue // invalid_status: the state of what the server has
		}
		c := classOfCode(strings.Join(words, "_"))
		if c == unclear || c == missing && slices.Contains(words, "found") {
			c = wrongValue
		}
		i := issue{segs: []string{strings.Join(name, "_")}, text: text, class: c, source: "body " + key, ratio: code, generic: true}
		if slices.Contains(words, "found") || r.resp.Status < 400 && slices.Contains(words, "unknown") { // what it names is not there
			i.cause = "resource_not_found"
		}
		r.settle(i)
		if r.pointed() {
			return
		}
	}
}
