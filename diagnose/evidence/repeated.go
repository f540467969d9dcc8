package evidence

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// repeated is for an answer that no rule could read, in whatever words and shape: what it repeats of the data that was
// sent, a value, a part of one or a name between quotes or brackets, is what it speaks of. One thing that is repeated is
// named; of several each is worth a try.
func (r *reader) repeated() {
	switch st := r.resp.Status; {
	case st == 401, st == 403, st == 405, st == 406, st == 415, st == 429, st >= 502 && st <= 504:
		return // about who asks, where, and how
	}
	if slices.ContainsFunc(r.out, func(e diagnose.Evidence) bool {
		return e.Element != "" && e.Element != "server" && e.Ratio >= code && !(e.Missing && e.Ratio <= code)
	}) {
		return
	}
	text := r.everything()
	if repeats(strings.ToLower(text)) || r.doc.html && len(text) > shortPage {
		return
	}
	if r.query(text) {
		return
	}
	if r.ix.opaque && r.resp.Status != 404 && slices.ContainsFunc(append(quotedTokens(text), inBrackets(text)...), func(tok string) bool {
		return len(tok) >= minEcho-1 && distinct(tok) && standsAlone(r.sentBody(), tok, false)
	}) {
		r.add(diagnose.Evidence{Kind: "echo", Source: "body", Text: text, Cause: "malformed_request_body", Element: "body", Ratio: code})
		return
	}
	found, part := r.valuesIn(text), false
	if len(found) == 0 && r.resp.Status != 404 {
		found, part = r.partsIn(text)
	}
	if len(found) == 0 || len(found) > maxShared {
		return
	}
	cl := classOfText(text)
	switch {
	case part && (cl == missing || cl == blank || strings.Contains(text, "no value")):
		return // a word of a longer text that something belongs to
	}
	ratio := float64(code)
	if len(found) > 1 {
		ratio = hint * .8 * float64(len(found)) // worth a try, and nothing is said of any of them
	} else {
		for i := range r.out {
			if e := &r.out[i]; e.Missing && e.Ratio >= echo {
				e.Ratio = echo // what is there is said, and what is missing was a guess
			}
		}
	}
	r.addFound(said{"body", text}.issue(ofValue(cl), ratio), found)
}

// query reads a complaint of a parser about a request without a body: it is about the one parameter that holds an
// expression, by its name, or else by what its value is made of.
func (r *reader) query(text string) bool {
	if !parserRE.MatchString(text) || r.sentBody() != "" || r.resp.Status == 404 {
		return false
	}
	found := r.ix.sole(func(e *entry) bool {
		return e.place == inQuery && e.el != nil && !e.el.Default && (expressionRE.MatchString(lastOf(e.segs)) || strings.ContainsAny(e.value(), "{}()\"=|<>"))
	})
	if found < 0 {
		return false
	}
	r.addFound(issue{text: text, class: wrongValue, source: "body", ratio: likely}, []int{found})
	return true
}

var (
	// parserRE are words of a parser that says where it stopped.
	parserRE = lazyre.New(`(?i)\b(?:parse|parsing|parser|syntax) ?error\b|\bline \d+,? (?:col(?:umn)?|char|position):? ?\d+|\bcompiler,? line \d+|\bunexpected (?:\$end|end of (?:input|query|expression)|IDENTIFIER|token)`)
	// expressionRE are names of parameters that hold an expression of a language.
	expressionRE = lazyre.New(`(?i)^(?:q|query|expr|expression|sql|statement|match(?:\[\])?|selector|filter|search|cypher|gql|logql|promql|target)$`)
	// ownField is a field of the header that an API has for itself.
	ownField = lazyre.New(`(?i)^x-`)
)

// valuesIn are the entries of the data whose value a text repeats, the whole of it, without those whose value stands only
// within another's.
func (r *reader) valuesIn(text string) []int {
	var found []int
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		own := e.ofData() && r.resp.Status != 404 || e.place == inHeader && e.el != nil && !e.el.Default && !e.el.Secret && ownField.MatchString(e.segs[0])
		if v := e.value(); own && len(v) >= minEcho-1 && distinct(v) && v != strconv.Itoa(r.resp.Status) && (standsAlone(text, v, !striking(v) || r.resp.Status == 404) || inWords(text, v)) && !callsServer(text, v) {
			found = append(found, i)
		}
	}
	return slices.DeleteFunc(slices.Clone(found), func(i int) bool {
		return slices.ContainsFunc(found, func(j int) bool {
			a, b := r.ix.entries[i].value(), r.ix.entries[j].value()
			return i != j && (len(b) > len(a) && strings.Contains(b, a) || a == b && j < i)
		})
	})
}

// callsServer reports that a text has a value only as a word before what it calls itself: WMS server error, WFS request.
func callsServer(text, v string) bool {
	rest, found := text, false
	for {
		_, after, ok := strings.Cut(rest, v)
		if !ok {
			return found
		}
		if !serverRE.MatchString(after) {
			return false
		}
		rest, found = after, true
	}
}

// serverRE is what an error calls the program or what it was asked, behind the word that says of which kind it is.
var serverRE = lazyre.New(`(?i)^ (?:server|service|request|interface|protocol)\b`)

// inWords reports that a text says a fixed word of several parts as people do: same day for same_day.
func inWords(text, v string) bool {
	return compoundRE.MatchString(v) && standsAlone(strings.ToLower(text), strings.NewReplacer("_", " ", "-", " ").Replace(strings.ToLower(v)), false)
}

var compoundRE = lazyre.New(`^[A-Za-z]+(?:[_-][A-Za-z]+){1,3}$`)

// partsIn are the entries of the data that hold what a text has between quotes or brackets, as their name or in their
// value; part says that it is in their value.
func (r *reader) partsIn(text string) (found []int, part bool) {
	for _, tok := range slices.Concat(quotedTokens(text), inBrackets(text), inAngles(text)) {
		if len(tok) < minEcho-1 || !distinct(tok) {
			continue
		}
		found, part = nil, false
		for i := range r.ix.entries {
			if e := &r.ix.entries[i]; e.ofData() && (lastOf(e.segs) == tok || standsAlone(e.value(), tok, false)) {
				found, part = append(found, i), part || lastOf(e.segs) != tok
			}
		}
		if len(found) == 1 {
			return found, part
		}
	}
	return nil, false
}

// inAngles are the names between angle brackets: expecting string for <query>.
func inAngles(text string) (out []string) {
	for _, m := range angledRE.FindAllStringSubmatch(text, 8) {
		out = append(out, m[1])
	}
	return out
}

var angledRE = lazyre.New(`<([A-Za-z_][\w.-]*)>`)

// ofData reports an entry of the body or the query that somebody wrote, that holds no others and is no secret.
func (e *entry) ofData() bool {
	if t := e.typeName(); e.place == inBody && (t == "object" || t == "array") {
		return false
	}
	return e.el != nil && !e.el.Default && !e.el.Secret && len(e.segs) > 0 && (e.place == inBody || e.place == inQuery)
}

// distinct reports a value that stands for itself: true, null and the words of any sentence do not.
func distinct(v string) bool {
	return strings.TrimSpace(v) != "" && !stopWord(v) && len(v) <= maxText
}

// striking reports a value that is no word of a language: it has a digit, a point or capitals within.
func striking(v string) bool {
	return strings.ContainsFunc(v[1:], func(c rune) bool { return c < 'a' || c > 'z' })
}

// standsAlone reports that v is in text with no letter or digit beside it; marked asks for quotes or brackets around it.
func standsAlone(text, v string, marked bool) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], v)
		if i < 0 {
			return false
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(v):])
		switch {
		case marked && strings.ContainsRune("\"'\x60[(<«“‘", before) && strings.ContainsRune("\"'\x60])>»”’", after):
			return true
		case !marked && !wordRune(before) && !wordRune(after):
			return true
		}
		at++
	}
}

func wordRune(c rune) bool {
	return c != utf8.RuneError && c < utf8.RuneSelf && (isWordByte(byte(c)) || c == '_')
}

// everything is all text of an answer, without the names that its JSON has, and without the part of the request that it
// gives back whole beside its words.
func (r *reader) everything() string {
	d := r.doc
	if d.root == nil {
		return d.prose()
	}
	var all []string
	left := maxProse
	var walk func(n *node)
	walk = func(n *node) {
		if t := strings.TrimSpace(n.text); n.isString() && t != "" && left > 0 && !slices.Contains(all, t) {
			t = t[:min(len(t), left)]
			all, left = append(all, t), left-len(t)
		}
		for _, k := range n.kids {
			if !r.isMirror(k) {
				walk(k)
			}
		}
	}
	walk(d.root)
	return strings.Join(all, "; ")
}
