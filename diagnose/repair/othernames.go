package repair

import (
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
)

// besideNames are names of which an API has one, and beside which other name it is known for what they are, in the case of
// snakes: the commonest first.
var besideNames = []struct {
	beside string
	names  []string
}{
	{"page", []string{"per_page", "page_size", "limit"}}, {"offset", []string{"limit", "per_page", "size"}}, {"lat", []string{"lng", "lon"}}, {"latitude", []string{"longitude", "lng"}},
	{"city", []string{"postal_code", "zip", "postcode"}},
}

// bounds are the words for the two ends of a span: an API has one pair of them.
var bounds = [][2]string{{"from", "to"}, {"since", "until"}, {"start", "end"}, {"after", "before"}, {"begin", "end"}, {"min", "max"}, {"gte", "lte"}}

// Odds of another name.
const (
	otherName   = .5  // for another name of the same thing
	otherBound  = .5  // for the word that the other end of the span has
	otherJoints = .4  // for the only name of two words, whose words may be joined otherwise
	wrongName   = .85 // what a server that knows the name makes of another one: it misses it
)

// otherNames adds what else a member or parameter may be called.
func (l *places) otherNames(e diagnose.Element) {
	if !e.ID.Is("body") && !e.ID.Is("query") && !e.ID.Is("form") || e.ID == "body" || e.ID.IsItem() || ofSender(e.ID) {
		return
	}
	name := lastName(e.ID)
	words := habit.Words(name)
	if len(words) == 0 {
		return
	}
	style, joined := habit.CaseOf(name), l.joined(e.ID.Kind())
	if style == habit.Flat {
		style = habit.Snake // with a low line where none has two words
		if joined.camel > 0 {
			style = habit.Camel
		}
	}
	rename := func(as string, odds float64, why string) {
		if _, there := l.x.Get(e.ID.Beside(as)); there || as == name {
			return
		}
		d := edit(e.ID, diagnose.Rename, as, wrongName, why)
		d.Source, d.Cause = "transform", "unexpected_body_property"
		if e.ID.Is("query") {
			d.Cause = "invalid_request_parameter"
		}
		l.put(d, odds, wrongName, "")
	}
	for i, b := range bounds {
		l.otherEnd(e, words, b, i, func(to []string) { rename(style.Join(to), otherBound, "as the other end of the span is called") })
	}
	if other := (map[habit.Case]habit.Case{habit.Camel: habit.Snake, habit.Snake: habit.Camel})[style]; len(words) > 1 && joined.names == 1 && other != "" {
		l.raise(e.ID, quoted)
		rename(other.Join(words), otherJoints, "its words joined as other APIs do")
	}
	snake := strings.Join(words, "_")
	for _, b := range besideNames {
		if _, there := l.x.Get(e.ID.Beside(b.beside)); !there || !slices.Contains(b.names, snake) {
			continue
		}
		odds := otherName
		l.raise(e.ID, quoted)
		for _, other := range b.names {
			if other != snake {
				rename(style.Join(strings.Split(other, "_")), odds, "another name for it")
				odds /= 2
			}
		}
	}
}

// otherEnd renames the end of a span whose start is called as that of another pair: from and until.
func (l *places) otherEnd(e diagnose.Element, words []string, b [2]string, at int, rename func([]string)) {
	i := slices.Index(words, b[1])
	if i < 0 || l.spanned(e.ID, words, i, b[0]) {
		return
	}
	for j, other := range bounds {
		if j != at && other[1] != b[1] && l.spanned(e.ID, words, i, other[0]) {
			to := slices.Clone(words)
			to[i] = other[1]
			l.raise(e.ID, untidy)
			rename(to)
		}
	}
}

// spanned reports that a name stands beside one which differs from it in one word.
func (l *places) spanned(id diagnose.ElementID, words []string, i int, word string) bool {
	other := slices.Clone(words)
	other[i] = word
	for _, style := range []habit.Case{habit.Snake, habit.Camel, habit.Kebab, habit.Pascal} {
		if _, ok := l.x.Get(id.Beside(style.Join(other))); ok {
			return true
		}
	}
	return false
}

// asAmount writes an amount beside its currency with two decimals in text, as those APIs have it that keep it out of floating
// point: PayPal's and Mollie's.
func (l *places) asAmount(e diagnose.Element, set setter) {
	name := lastName(e.ID)
	if name != "value" && name != "amount" || !e.ID.Is("body") {
		return
	}
	_, one := l.x.Get(e.ID.Beside("currency"))
	_, two := l.x.Get(e.ID.Beside("currency_code"))
	n, ok := habit.Number(element.Plain(e.Value))
	f, err := n.Float64()
	if !ok || err != nil || !one && !two {
		return
	}
	text, isText := e.Value.(string)
	if to := strconv.FormatFloat(f, 'f', 2, 64); !isText {
		set(to, .3, .5, typeCauseID, "with two decimals, as text")
	} else if to != text {
		l.raise(e.ID, untidy)
		set(to, .6, .2, formatCauseID, "with two decimals")
	}
}

// A joinery counts the names of one kind that are made of several words, and by how many more they are joined by capitals
// than by low lines.
type joinery struct{ names, camel int }

// joined looks at all names of a kind, once.
func (g *generator) joined(kind string) joinery {
	if g.joints == nil {
		g.joints = map[string]joinery{}
		for _, e := range g.x.Elements {
			name := lastName(e.ID)
			if len(habit.Words(name)) < 2 || e.ID.IsItem() {
				continue
			}
			j := g.joints[e.ID.Kind()]
			j.names++
			switch habit.CaseOf(name) {
			case habit.Camel:
				j.camel++
			case habit.Snake:
				j.camel--
			}
			g.joints[e.ID.Kind()] = j
		}
	}
	return g.joints[kind]
}
