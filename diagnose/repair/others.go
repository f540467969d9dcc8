package repair

import (
	"encoding/json"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
)

// others adds what is tried of a value last: other sizes, other types, leaving it out.
func (l *places) others(e diagnose.Element) {
	if _, ok := l.at[e.ID]; !ok {
		return
	}
	kind := e.ID.Kind()
	cause := func(c diagnose.CauseID) diagnose.CauseID {
		switch kind {
		case "query":
			return "invalid_request_parameter"
		case "header":
			return "invalid_request_header"
		}
		return c
	}
	set := func(v any, odds, harm float64, c diagnose.CauseID, why string) {
		d := edit(e.ID, diagnose.Set, l.dressed(e.ID, v), harm, why)
		d.Source, d.Cause, d.Weight = "transform", cause(c), 1
		l.put(d, odds, harm, "")
	}
	name := lastName(e.ID)
	k := habit.Of(name)
	switch {
	case e.ID == "auth":
		l.otherSchemes(e)
		return
	case kind == "header":
		l.otherPatch(e)
	default:
		l.asRelated(e, set)
		l.otherNames(e)
		l.asAmount(e, set)
		if kind == "body" && dictionary(name) && !strings.HasPrefix(e.Text, "{") && !strings.HasPrefix(strings.TrimSpace(element.Plain(e.Value)), "{") {
			l.raise(e.ID, untidy)
			set(json.RawMessage("{}"), .5, .3, typeCauseID, "an object, as names of this kind promise")
		}
		switch v := e.Value.(type) {
		case json.Number:
			odds, harm := .06, .8
			if name == "N" && !e.ID.IsItem() { // a number of DynamoDB's, which it has as text
				odds, harm = .9, .05
				l.raise(e.ID, untidy)
			}
			if ofSender(e.ID) {
				odds, harm = .8, .3
			}
			set(v.String(), odds, harm, typeCauseID, "as text")
			l.otherNumbers(v, k, set)
		case string:
			l.otherTexts(e, v, k, kind, set)
		case bool:
			if !v && habit.Consent(name) {
				l.raise(e.ID, untidy)
				set(true, .8, .03, valueCauseID, "what has to be agreed to")
			}
			set(!v, .15, .03, valueCauseID, "the opposite")
		case json.RawMessage:
			l.otherLists(e, v)
			l.otherContainers(e, v, set)
		}
	}
	l.removal(e, k)
}

// removal adds leaving out e.
func (l *places) removal(e diagnose.Element, k habit.Kind) {
	name, kind := lastName(e.ID), e.ID.Kind()
	if !removable(e) {
		return
	}
	odds, harm := .22, .84
	if _, known := usualNames()[habit.Snake.Of(name)]; !known && k == habit.Free && kind != "query" {
		odds, harm = .5, .65 // hardly an API has a member of this name
	}
	switch {
	case isContainer(e) && len(e.Text) > 2 && !Seldom(name) && !l.last(e.ID):
		odds, harm = .1, .93 // of 59 that were left out two passed
	case e.Text == "null" || e.Text == `""` || e.Text == "" || e.Text == "[]" || e.Text == "{}":
		odds, harm = .7, .2
	case Seldom(name):
		odds, harm = .7, .2
	case l.last(e.ID):
		if f := l.all[l.at[e.ID]].Fault; f > 0 {
			odds = max(odds, (added+odds*(f-added))/f)
		}
	case kind == "query":
		odds, harm = .75, .38
	case kind == "header":
		odds, harm = .5, .5
	case e.ID.IsItem():
		odds, harm = l.itemRemoval(e)
	}
	if l.aloneEmpty(e) {
		l.raise(e.ID, mostOdds)
	}
	d := edit(e.ID, diagnose.Remove, nil, harm, "without it")
	d.Source = "deletion"
	l.put(d, odds, harm, "")
}

// anyUUID is the UUID (RFC 9562) that is tried.
const anyUUID = "3fa85f64-5717-4562-b3fc-2c963f66afa6"

// largest is the number above which a value is no size.
const largest = 1e6

func (l *places) otherNumbers(v json.Number, k habit.Kind, set func(any, float64, float64, diagnose.CauseID, string)) {
	f, err := v.Float64()
	if k == habit.ID {
		set(anyUUID, .3, .85, formatCauseID, "a UUID")
		set(v.String(), .2, .85, typeCauseID, "as text")
	}
	if err != nil || k == habit.ID {
		return
	}
	if all, ok := habit.Moments(v.String()); ok && len(all) > 0 {
		for _, to := range []any{json.Number(strconv.FormatInt(all[0].Unix(), 10)), json.Number(strconv.FormatInt(all[0].UnixMilli(), 10)), all[0].Format("2006-01-02T15:04:05Z"), all[0].Format("2006-01-02")} {
			set(to, .3, .8, formatCauseID, "the moment in another form")
		}
	}
	if k.Moment() || f > largest {
		return // a moment or a number of something, no size
	}
	sizes := []json.Number{"10", "100", "1", "1000", "3"}
	if n := int64(f); float64(n) == f && n >= 64 && n&(n-1) == 0 { // lengths of keys and blocks are powers of two
		sizes = append([]json.Number{json.Number(strconv.FormatInt(2*n, 10))}, sizes...)
	}
	if f > 1 && f < 10 {
		sizes = []json.Number{"3", "10", "1", "100", "1000"}
	}
	for _, n := range sizes {
		if odd, _ := k.Odd(n, false); n.String() != v.String() && odd == habit.Fine {
			set(n, .36, .25, valueCauseID, "another size")
		}
	}
	if k == habit.Money {
		set(strconv.FormatFloat(f, 'f', 2, 64), .15, .85, typeCauseID, "as text with two decimals")
	}
}

// itemRemoval is what leaving out an item is worth: the fault of an object lies mostly inside, and the only item of a
// list is seldom one too many.
func (l *places) itemRemoval(e diagnose.Element) (odds, harm float64) {
	_, second := l.x.Get(e.ID.Beside("1"))
	switch {
	case isContainer(e):
		if n, _ := strconv.Atoi(e.ID.Last()); n > 0 {
			if _, more := l.x.Get(e.ID.Beside(strconv.Itoa(n + 1))); !more {
				return .25, .2
			}
		}
		return .02, .9 // an empty list is another request
	case !second:
		return .3, .6
	}
	return .6, .1
}

// otherLists gives a list an item more; it is made shorter by leaving out its items.
func (l *places) otherLists(e diagnose.Element, raw json.RawMessage) {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil || len(items) > 0 && items[0][0] != '"' {
		return
	}
	id := e.ID.Child(strconv.Itoa(len(items)))
	d := edit(id, diagnose.Add, "example", .2, "one item more")
	d.Source, d.Cause, d.Weight = "transform", valueCauseID, 1
	fault := .3
	if len(items) == 1 && plural(lastName(e.ID)) {
		fault = .6 // lists of which one item makes no sense: options, steps, points
	}
	l.all = append(l.all, Place{Element: id, Fault: fault, Changes: []Change{{d, .5, .2, ""}}})
}
