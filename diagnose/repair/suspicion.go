package repair

import (
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// fault is how suspicious an element is by its kind, 0 for what is no data.
func (l *places) fault(e diagnose.Element) float64 {
	kind, ok := element.Kind(e)
	name := lastName(e.ID)
	switch {
	case e.ID == "auth":
		if usualScheme.MatchString(e.Text) {
			return .6
		}
		return 2
	case !ok || e.Default || e.Secret && kind != "body" && kind != "form":
		return 0
	case kind == "query" && l.x.Request.Safe():
		return 1.8
	case kind == "query":
		return .3 // what a write is about stands in its body
	case kind == "header":
		return 1 / max(5, float64(len(l.names("header"))))
	case kind != "body" && kind != "form":
		return 0
	}
	text, isText := e.Value.(string)
	if ofSender(e.ID) {
		if isText {
			return .2 // the server knows neither its name nor what is said under it
		}
		return 2 // what is there is mostly text
	}
	switch k := habit.Of(name); {
	case isContainer(e):
		return .1
	case isText && (k == habit.Word || k == habit.Order || wordLike(name, text)):
		return 2
	case k.Moment() || habit.Datelike(text):
		switch {
		case k == habit.Free && dayOnly.MatchString(text):
			return 1.2 // a name that says nothing of a day may want a moment
		case habit.Good(text) || habit.Local(text):
			return .8
		}
		return 1.5
	case isText && prose(name) && text != "" && len([]rune(text)) < shortest:
		return 3
	case isNumber(e) && k != habit.ID:
		if k == habit.Free {
			return 1.1
		}
		return .8
	case k == habit.URL && strings.HasPrefix(text, "http://"):
		return .8 // many take none but https
	case k.Plain() && text != "":
		if odd, _ := k.Odd(e.Value, kind != "body"); odd == habit.Fine {
			return .2 // hardly a check refuses what has the form that its name promises
		}
		return 1
	case k != habit.Free && k != habit.ID && k != habit.Bool:
		return 1
	case e.Text == "true" || e.Text == "false":
		return .15
	case capitalised.MatchString(text) && (properName(name) || prose(name) || kind != "body"):
		return .4 // a name
	}
	return .9
}

var dayOnly = lazyre.New(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)

var capitalised = lazyre.New(`^[A-Z][a-z]+$`)

func isNumber(e diagnose.Element) bool {
	_, ok := e.Value.(json.Number)
	return ok
}

// added are the odds that the last member of an object is one too many: what was added last stands last. Of 25 members
// that a server did not know 23 were the last.
const added = .9

// last reports the last member of an object or form.
func (l *places) last(id diagnose.ElementID) bool {
	if pointer, ok := id.In("body"); ok {
		root, _ := l.x.JSON()
		i := strings.LastIndexByte(pointer, '/')
		if root == nil || i < 0 {
			return false
		}
		n := root.At(pointer[:i])
		return n != nil && n.Kind == jsontext.Object && len(n.Children) > 1 && n.Children[len(n.Children)-1].Key == lastName(id)
	}
	kind := id.Kind()
	names := l.names(kind)
	return (kind == "form" || kind == "multipart") && len(names) > 1 && lastName(id) == names[len(names)-1]
}

// spokenOdds are the odds of a word for yes or no where no text is expected: hardly an API takes one for true.
const spokenOdds = 20

// spoken reports a member whose value is a word for yes or no, and whose name promises nothing else.
func spoken(e diagnose.Element) bool {
	text, _ := e.Value.(string)
	k := habit.Of(lastName(e.ID))
	return (k == habit.Free || k == habit.Bool) && slices.Contains([]string{"yes", "no", "on", "off", "true", "false"}, strings.ToLower(text))
}

// priced reports a price in text with its two decimals: as usual as a number.
func (l *places) priced(id diagnose.ElementID) bool {
	e, _ := l.x.Get(id)
	v, ok := e.Value.(string)
	return ok && id.Is("body") && habit.Of(lastName(id)) == habit.Money && twoDecimals.MatchString(v)
}

// sure is the weight from which a check says that something should not be there.
const sure = 10

// mostOdds bounds what a check may say of an element. Of 90 values on benches that did not look as their name promises 70
// were at fault.
const mostOdds = 20

// most bounds what a check may say of one element: a time without a zone is what many servers want.
func (l *places) most(id diagnose.ElementID) float64 {
	if e, _ := l.x.Get(id); habit.Local(element.Plain(e.Value)) {
		return 1.5
	}
	return mostOdds
}
