package repair

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
)

// A Place is one element, or a name that is not there, with what could be tried on it.
type Place struct {
	Element diagnose.ElementID
	Fault   float64 // odds of being at fault, 1 for an unremarkable value
	Changes []Change
}

// A Change is an edit of one element, with what speaks for it. See package belief for Odds, Harm and Coin.
type Change struct {
	Edit diagnose.Edit
	Odds float64 // chance that the server takes it when the element is at fault
	Harm float64 // chance that the server refuses it when the element is not
	Coin string
}

// Places lists everything in the data of a request that could be at fault on a server which tells nothing, with what
// could be tried: the repairs that are known, tidier and usual values, other spellings and types, leaving it out, and
// what such requests usually have besides. Where the numbers name no section they are judgement, checked on benches of
// real servers.
func Places(x *element.Index, repairs []diagnose.Edit, opt Options) []Place {
	l := &places{generator: &generator{x: x, opt: opt}, at: map[diagnose.ElementID]int{}}
	for _, e := range x.Elements {
		if f := l.fault(e); f > 0 && !x.Enveloped(e.ID) {
			l.at[e.ID] = len(l.all)
			if l.last(e.ID) {
				f += added
			}
			l.all = append(l.all, Place{Element: e.ID, Fault: f})
		}
	}
	for _, e := range repairs {
		l.known(e)
	}
	for _, e := range tidyUp(x, opt) {
		harm := l.tidyHarm(e)
		if harm < likelyFine {
			l.raise(e.Element, untidy)
		}
		l.put(e, .75, harm, "")
	}
	for _, e := range Usual(x, opt) {
		if _, number := e.To.(json.Number); number || e.Op != diagnose.Set {
			l.put(e, .5, .05, "")
		} else if e.To == anyUUID {
			l.put(e, .35, .3, "")
		} else {
			l.put(e, .8, .05, "")
		}
	}
	for _, e := range Numbers(x, opt) {
		l.raise(e.Element, quoted)
		l.put(e, .6, .4, "numbers")
	}
	for _, e := range Truths(x, opt) {
		l.put(e, .6, .15, "")
		if el, _ := x.Get(e.Element); spoken(el) {
			l.certain(e.Element)
		}
	}
	l.bulk(moments(x, opt, true), .4, .75, "days")
	l.bulk(moments(x, opt, false), .4, .75, "moments")
	l.bulk(capitals(x, opt), .1, .9, "capitals")
	for _, e := range x.Elements {
		l.others(e)
	}
	l.pathIDs()
	l.lacking()
	return likeliest(l.all)
}

// mostPlaces bounds what is believed of one request: package belief keeps thousands of worlds, each with all of them.
const mostPlaces = 2000

// likeliest leaves out the places that are least likely at fault, where there are more than can be believed of.
func likeliest(all []Place) []Place {
	if len(all) <= mostPlaces {
		return all
	}
	faults := make([]float64, len(all))
	for i, p := range all {
		faults[i] = p.Fault
	}
	slices.Sort(faults)
	least := faults[len(faults)-mostPlaces]
	room := mostPlaces // for those that are just as likely as the least
	for _, f := range faults {
		if f > least {
			room--
		}
	}
	return slices.DeleteFunc(all, func(p Place) bool {
		if p.Fault == least {
			room--
		}
		return p.Fault < least || p.Fault == least && room < 0
	})
}

// places collects.
type places struct {
	*generator
	all []Place
	at  map[diagnose.ElementID]int
}

// untidy is how much likelier a value is at fault that has a tidier form.
const untidy = 3

// quoted is the same for a number in quotes, where the name does not promise digits.
const quoted = 2

// raise makes an element more suspicious.
func (l *places) raise(id diagnose.ElementID, by float64) {
	if i, ok := l.at[id]; ok && !ofSender(id) {
		l.all[i].Fault = min(l.all[i].Fault*by, mostOdds)
	}
}

// certain makes an element the likeliest of all: what stays when another one is at fault, too.
func (l *places) certain(id diagnose.ElementID) {
	if i, ok := l.at[id]; ok {
		l.all[i].Fault = spokenOdds
	}
}

// put adds a change; the same one is kept with the better odds.
func (l *places) put(e diagnose.Edit, odds, harm float64, coin string) {
	i, ok := l.at[e.Element]
	if !ok || l.idle(e) {
		return
	}
	for j, c := range l.all[i].Changes {
		if c.Edit.Op == e.Op && reflect.DeepEqual(c.Edit.To, e.To) {
			l.all[i].Changes[j].Odds, l.all[i].Changes[j].Harm = max(c.Odds, odds), min(c.Harm, harm)
			return
		}
	}
	l.all[i].Changes = append(l.all[i].Changes, Change{e, odds, harm, coin})
}

func (l *places) bulk(edits []diagnose.Edit, odds, harm float64, coin string) {
	for _, e := range edits {
		l.put(e, odds, harm, coin)
	}
}

// known adds a repair that was proposed before: the more speaks for it, the likelier its element is at fault.
func (l *places) known(e diagnose.Edit) {
	switch {
	case e.Widens || e.Source == "deletion" || e.Element == "body" || e.Weight < .5:
		return
	case e.Source == "lint" && e.Op == diagnose.Remove && e.Weight < sure:
		l.put(e, e.Weight/(e.Weight+8), .35, "") // one in thirty was at fault
	case e.Source == "lint" && l.priced(e.Element):
		l.put(e, e.Weight/(e.Weight+8), .5, "")
	case e.Source == "lint":
		l.raise(e.Element, max(1, min(e.Weight, l.most(e.Element))))
		odds, harm := e.Weight/(e.Weight+2), max(e.Harm, .12)
		if habit.Of(lastName(e.Element)).Moment() {
			odds, harm = e.Weight/(e.Weight+15), .7 // one of several forms, and most servers take one only
		}
		l.put(e, odds, harm, "")
	default:
		l.put(e, e.Weight/(e.Weight+30), max(e.Harm, .9), "")
	}
}

// likelyFine is the harm from which a tidier form says nothing against the one that is there.
const likelyFine = .3

// coded reports letters and digits in one.
func coded(v string) bool {
	return strings.ContainsAny(v, "0123456789") && !digitsOnly.MatchString(v) && code.MatchString(v)
}

// tidyHarm is how often a value that a server took is refused in its tidier form: hardly ever, but where the form that
// is there is as usual as the tidier one: lists, dates, codes in groups, choices in capitals.
func (l *places) tidyHarm(e diagnose.Edit) float64 {
	el, _ := l.x.Get(e.Element)
	v, isText := el.Value.(string)
	_, list := e.To.(json.RawMessage)
	switch {
	case isText && unbroken.MatchString(onlyWords(strings.ToLower(v))):
		return .12 // the same UUID
	case list && isText:
		return .9
	case isText && (habit.Datelike(v) || habit.Good(v)):
		return .8
	case isText && habit.Of(lastName(e.Element)) == habit.Free && coded(v):
		return .35
	case isText && groups.MatchString(v):
		return .7
	case isText && l.shouts(el.ID, v):
		return .12
	case isText && (strings.ToUpper(v) == v && word.MatchString(v) || capitalised.MatchString(v) && !wordLike(lastName(e.Element), v)):
		return .5
	}
	return .12
}

// shouts reports the only choice in capitals among others in small letters: an API spells its fixed words alike.
func (l *places) shouts(id diagnose.ElementID, v string) bool {
	if !word.MatchString(v) || strings.ToUpper(v) != v || len(v) < 4 {
		return false // codes have their own capitals
	}
	small := 0
	for _, e := range l.x.Elements {
		other, ok := e.Value.(string)
		if name := lastName(e.ID); !ok || e.ID == id || e.ID.Kind() != id.Kind() || habit.Of(name) != habit.Word && !wordLike(name, other) || !word.MatchString(other) {
			continue
		}
		if strings.ToLower(other) != other {
			return false
		}
		small++
	}
	return small > 1
}
