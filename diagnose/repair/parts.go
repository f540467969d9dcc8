package repair

import (
	"encoding/base64"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// Values that are made of parts: lists of names, expressions of small languages, fields of a header with parameters. An
// answer often names the part; then only that is changed, and the rest of the value stays.

var (
	// meant is what an answer proposes in place of what it does not know.
	meant = lazyre.New("(?i)\\b(?:did|do|perhaps|maybe|possibly)\\b[^\"'`“]{0,24}\\bmean?t?\\b[^\"'`“\\[]{0,40}\\[?[\"'`“\\[]([^\"'`”\\]\\s]{1,60})[\"'`”\\]]")
	// quotedWords are the words that an answer puts in quotes.
	quotedWords = lazyre.New("[\"'`“‘\\[]([^\"'`”’\\[\\]\\s]{2,60})[\"'`”’\\]]")
	// stoppedAt is the word at which a parser stopped, where it is not in quotes.
	stoppedAt = lazyre.New(`(?i)\b(?:found|near|unexpected|unknown|undefined|no such \w+|got):? ([A-Za-z_][\w.]{1,60})\b`)
	// atTheEnd is what stands at the end of an answer, behind a colon.
	atTheEnd = lazyre.New(`:\s*([\w.@+-]{2,60})\W*$`)
	// literal is said of a value in a document of GraphQL that has quotes and should have none (graphql-js).
	literal = lazyre.New(`cannot represent (?:a )?non[- ]?(integer|float|numeric|boolean|enum) value`)
	// tokens are the words of an expression.
	tokens = lazyre.New(`[\p{L}_$#@][\p{L}\p{N}_$#@.]*|\p{N}[\p{L}\p{N}.]*`)
	// item is one of a list that is written in one value; param is the same with a value of its own.
	item  = lazyre.New(`^\s*[-+!~]?[\w.@/:*%-]+\s*$`)
	param = lazyre.New(`^\s*[\w-]+(\s*=\s*("[^"]*"|[^\s"]*)|\s+\S+)?\s*$`)
)

// languages are the words of the small languages that values are written in: SQL, filters of OData and SCIM, sorting,
// PromQL, conditions of DynamoDB.
var languages = strings.Fields(`select distinct from where group by having order limit offset insert into values update set delete
join inner left right outer on union all as and or not in between like ilike is null exists asc desc case when then else end
eq ne gt ge lt le co sw ew pr contains startswith endswith
rate irate increase delta sum avg min max count topk bottomk quantile histogram_quantile without by offset
begins_with attribute_exists attribute_not_exists attribute_type size`)

// parts proposes to change the part of a value that the answer names: to what the answer proposes, to a word that the
// server or the language of the value knows, or, in a list, to leave it out.
func (g *generator) parts(e diagnose.Evidence, el diagnose.Element, put putter) {
	value, ok := el.Value.(string)
	if el.ID == "body" {
		value, ok = g.x.Prose()
	}
	if !ok || len(value) > longestProse || el.Secret || el.ID.InURL() || el.ID == "auth" {
		return
	}
	words := tokens.FindAllString(value, -1)
	if len(words) < 2 {
		return
	}
	for _, t := range pointed(e.Text, words) {
		if bare, ok := unquoted(value, t, e.Text); ok {
			put(edit(el.ID, diagnose.Set, g.dressed(el.ID, bare), .1, "the part without its quotes"), asked*1.7)
		}
		replace := func(to, why string, weight float64) {
			if to != "" && to != t {
				put(edit(el.ID, diagnose.Set, g.dressed(el.ID, swapped(value, t, to)), .1, why), weight)
			}
		}
		if m := meant.FindStringSubmatch(e.Text); m != nil {
			replace(m[1], "the part that the server proposes", asked*1.6)
		}
		if near := habit.Nearest(t, e.Allowed); near != "" {
			replace(near, "the nearest part that the server takes", asked*1.5)
		}
		if near := habit.Nearest(t, languages); near != "" && !slices.Contains(languages, strings.ToLower(t)) {
			if strings.ToUpper(t) == t {
				near = strings.ToUpper(near)
			}
			replace(near, "the usual word of the language", asked*1.3)
		}
		if el.ID == "body" && !slices.Contains(languages, strings.ToLower(t)) {
			for i, to := range respelled(t, value) {
				replace(to, "another spelling of the word that the server names", asked/float64(i+1))
			}
		}
		if rest, ok := lessOne(value, t, el.ID.Is("header")); ok {
			put(edit(el.ID, diagnose.Set, g.dressed(el.ID, rest), .2, "without the part that the server names"), asked*1.2)
		}
	}
}

// unquoted is a document of GraphQL in which a number, a truth value or a word of a list stands without quotes, where the
// server says that it wants that; false for what does not ask for it.
func unquoted(value, t, text string) (string, bool) {
	m := literal.FindStringSubmatch(text)
	if m == nil || !strings.Contains(value, `"`+t+`"`) {
		return "", false
	}
	if near := meant.FindStringSubmatch(text); near != nil && m[1] == "enum" {
		return strings.Replace(value, `"`+t+`"`, near[1], 1), true
	}
	return strings.Replace(value, `"`+t+`"`, t, 1), true
}

// pointed are the words of a value that a text names, at most two: those that it quotes, else what it ends with.
func pointed(text string, words []string) []string {
	var found []string
	add := func(w string) {
		w = strings.Trim(w, `.,;:()[]{}-+`)
		if len(found) < 2 && slices.Contains(words, w) && !slices.Contains(found, w) {
			found = append(found, w)
		}
	}
	for _, m := range quotedWords.FindAllStringSubmatch(text, -1) {
		add(m[1])
	}
	for _, m := range stoppedAt.FindAllStringSubmatch(text, -1) {
		add(m[1])
	}
	if m := atTheEnd.FindStringSubmatch(text); m != nil {
		add(m[1])
	}
	return found
}

// swapped is value with every word t written as to.
func swapped(value, t, to string) string {
	return tokens.ReplaceAllStringFunc(value, func(w string) string {
		if w == t {
			return to
		}
		return w
	})
}

// lessOne is a list without the item that has the word t; false for what is no list of two items and more.
func lessOne(value, t string, params bool) (string, bool) {
	for _, sep := range []string{",", ";", "|", " "} {
		items := strings.Split(value, sep)
		if len(items) < 2 {
			continue
		}
		var kept []string
		for _, i := range items {
			if !item.MatchString(i) && !(params && param.MatchString(i)) {
				return "", false
			}
			if !slices.Contains(tokens.FindAllString(i, -1), t) {
				kept = append(kept, i)
			}
		}
		if len(kept) == 0 || len(kept) == len(items) {
			return "", false
		}
		return strings.TrimSpace(strings.Join(kept, sep)), true
	}
	return "", false
}

var (
	speaksOf = lazyre.New(`(?i)\b(?:(base-?64)|(cron)(?:tab)?|(json-? ?path))\b`)
	notIn64  = lazyre.New(`[^A-Za-z0-9+/]`)
)

// forms proposes a value of the form that the answer speaks of: what it was in base64, or meant to be; a schedule and a
// path of JSON that nobody refuses.
func (g *generator) forms(text, value string, put func(to, why string, weight float64)) {
	m := speaksOf.FindStringSubmatch(text)
	switch {
	case m == nil:
	case m[1] != "":
		kept := notIn64.ReplaceAllString(strings.NewReplacer("-", "+", "_", "/").Replace(value), "")
		if len(kept)%4 != 1 {
			put(kept+strings.Repeat("=", (4-len(kept)%4)%4), "what of it is base64, padded", asked)
		}
		put(base64.StdEncoding.EncodeToString([]byte(value)), "its text in base64", asked/2)
	case m[2] != "":
		put("0 0 * * *", "a schedule of five fields, every night", asked)
	default:
		put("$", "the path of the whole", asked)
	}
}
