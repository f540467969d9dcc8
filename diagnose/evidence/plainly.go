package evidence

import (
	"net/url"
	"strings"

	"culprit/request/lazyre"
)

// plainly writes what people say as the tables of wordings have it.
var plainly = strings.NewReplacer("wasn't", "was not", "weren't", "were not", "isn't", "is not", "aren't", "are not", "wasn’t", "was not", "weren’t", "were not", "isn’t", "is not", "aren’t", "are not",
	" has to be ", " must be ", " have to be ", " must be ", " needs to be ", " must be ", " need to be ", " must be ", " ought to be ", " must be ", " shall be ", " must be ")

// plain is a sentence as the rules read it: in plain words, and the paths that it walks down with arrows as ones with
// points.
func (r *reader) plain(text string) string {
	return chainRE.ReplaceAllStringFunc(outsideQuotes(dumpRE.ReplaceAllString(r.withoutTarget(text), ""), plainly.Replace), func(chain string) string {
		segs := splitPath(unarrowed(chain))
		if bare := unplaced(segs); len(segs) > 1 && (r.inData(bare) || len(bare) > 1 && !isNumber(lastOf(bare)) && r.inData(bare[:len(bare)-1])) {
			return strings.Join(segs, ".")
		}
		return chain
	})
}

// dumpRE is all that was sent, as Phoenix and Rails write it behind what they say: it names everything, and means nothing.
var dumpRE = lazyre.New(`\b(?:Params|Parameters): %?\{[^\n]*`)

// withoutTarget takes the target of the request (RFC 9112 §3.2) out of a text that writes it down: every parameter stands
// in it, and none is meant.
func (r *reader) withoutTarget(text string) string {
	_, rest, _ := strings.Cut(r.x.Request.URL, "://")
	at := strings.IndexByte(rest, '/')
	if at < 0 {
		return text
	}
	target, _, _ := strings.Cut(rest[at:], "#")
	if !strings.Contains(target, "?") {
		return text
	}
	decoded, err := url.QueryUnescape(target)
	if err != nil {
		decoded = target
	}
	for _, t := range []string{target, strings.ReplaceAll(target, "&", "&amp;"), decoded} {
		text = strings.ReplaceAll(text, t, "the target")
	}
	return text
}

// outsideQuotes changes a text where it is the server's own words: what stands in quotes is repeated from the request, or a
// name. Single ones are apostrophes, too, and bound nothing here.
func outsideQuotes(text string, change func(string) string) string {
	var b strings.Builder
	for text != "" {
		from := strings.IndexAny(text, "\"\x60")
		if from < 0 {
			break
		}
		n := strings.IndexByte(text[from+1:], text[from])
		if n < 0 {
			break
		}
		end := from + n + 2
		b.WriteString(change(text[:from]) + text[from:end])
		text = text[end:]
	}
	return b.String() + change(text)
}

// chainRE is a path with arrows between its names.
var chainRE = lazyre.New(`\b[A-Za-z_]\w*(?:[ \x{a0}](?:>|->|=>|→|›|»)[ \x{a0}]\w+)+`)

// quoted gives what was read since a point the server's own words again.
func (r *reader) quoted(since int, plain, own string) {
	if plain == own {
		return
	}
	plain = r.clean(plain)
	for i := range r.out[since:] {
		if e := &r.out[since+i]; e.Text == plain {
			e.Text = r.clean(own)
		}
	}
}

// clausesOf parts a sentence that lines up complaints, each of which begins with the name of an element: "clinic must be an
// id; visit must be one of a, b". It is nil where there is only one.
func (r *reader) clausesOf(text string) []string {
	for _, between := range []string{"; ", " | ", "\n", ". ", ", "} {
		parts := strings.Split(text, between)
		if len(parts) < 2 || len(parts) > maxIssues {
			continue
		}
		if all := r.regrouped(parts, between); len(all) > 1 {
			return all
		}
	}
	return nil
}

// regrouped joins what belongs to the clause before it, a further value of a list for one: only what begins with the name of
// an element and says something of it is a clause of its own.
func (r *reader) regrouped(parts []string, between string) []string {
	var all []string
	for _, p := range parts {
		if m := clauseRE.FindStringSubmatch(p); m != nil && r.inData(splitPath(m[1])) && classOfText(p) != unclear {
			all = append(all, p)
		} else if len(all) > 0 {
			all[len(all)-1] += between + p
		} else {
			return nil
		}
	}
	return all
}

// clauseRE is a name and something that is said of it.
var clauseRE = lazyre.New(`^\s*["'\x60]?([A-Za-z_][\w.\[\]-]*)["'\x60]?:? \S+ \S`)
