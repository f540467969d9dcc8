package repair

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
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
		if f := l.fault(e); f > 0 {
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
	for _, e := range Tidy(x, opt) {
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
	l.bulk(Moments(x, opt, true), .4, .75, "days")
	l.bulk(Moments(x, opt, false), .4, .75, "moments")
	l.bulk(Capitals(x, opt), .1, .9, "capitals")
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

// priced reports a price in text with its two decimals: as usual as a number.
func (l *places) priced(id diagnose.ElementID) bool {
	e, _ := l.x.Get(id)
	v, ok := e.Value.(string)
	return ok && strings.HasPrefix(string(id), "body:") && habit.Of(lastName(id)) == habit.Money && twoDecimals.MatchString(v)
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

// fault is how suspicious an element is by its kind, 0 for what is no data.
func (l *places) fault(e diagnose.Element) float64 {
	kind, _, ok := strings.Cut(string(e.ID), ":")
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
		return 1 / max(5, float64(len(l.names("header:"))))
	case kind != "body" && kind != "form":
		return 0
	}
	text, isText := e.Value.(string)
	switch k := habit.Of(name); {
	case isContainer(e):
		return .1
	case isText && (k == habit.Word || k == habit.Order || wordLike(name, text)):
		return 2
	case k.Moment() || habit.Datelike(text):
		if habit.Good(text) || habit.Local(text) {
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
	case k.Plain() && text != "":
		if odd, _ := k.Odd(e.Value, kind != "body"); odd == habit.Fine {
			return .2 // hardly a check refuses what has the form that its name promises
		}
		return 1
	case k != habit.Free && k != habit.ID && k != habit.Bool:
		return 1
	case e.Text == "true" || e.Text == "false":
		return .15
	case capitalised.MatchString(text):
		return .4 // a name
	}
	return .9
}

var capitalised = lazyre.New(`^[A-Z][a-z]+$`)

func isNumber(e diagnose.Element) bool {
	_, ok := e.Value.(json.Number)
	return ok
}

// added are the odds that the last member of an object is one too many: what was added last stands last. Of 25 members
// that a server did not know 23 were the last.
const added = .6

// last reports the last member of an object or form.
func (l *places) last(id diagnose.ElementID) bool {
	if pointer, ok := strings.CutPrefix(string(id), "body:"); ok {
		root, _ := l.x.JSON()
		i := strings.LastIndexByte(pointer, '/')
		if root == nil || i < 0 {
			return false
		}
		n := root.At(pointer[:i])
		return n != nil && n.Kind == jsontext.Object && len(n.Children) > 1 && n.Children[len(n.Children)-1].Key == lastName(id)
	}
	names := l.names("form:")
	return len(names) > 1 && id == diagnose.ElementID("form:"+names[len(names)-1])
}

// raise makes an element more suspicious.
func (l *places) raise(id diagnose.ElementID, by float64) {
	if i, ok := l.at[id]; ok {
		l.all[i].Fault = min(l.all[i].Fault*by, mostOdds)
	}
}

// certain makes an element the likeliest of all: what stays when another one is at fault, too.
func (l *places) certain(id diagnose.ElementID) {
	if i, ok := l.at[id]; ok {
		l.all[i].Fault = spokenOdds
	}
}

// spokenOdds are the odds of a word for yes or no where no text is expected: hardly an API takes one for true.
const spokenOdds = 20

// spoken reports a member whose value is a word for yes or no, and whose name promises nothing else.
func spoken(e diagnose.Element) bool {
	text, _ := e.Value.(string)
	k := habit.Of(lastName(e.ID))
	return (k == habit.Free || k == habit.Bool) && slices.Contains([]string{"yes", "no", "on", "off", "true", "false"}, strings.ToLower(text))
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
	case list && isText:
		return .9
	case isText && (habit.Datelike(v) || habit.Good(v)):
		return .8
	case isText && habit.Of(lastName(e.Element)) == habit.Free && coded(v):
		return .35
	case isText && groups.MatchString(v):
		return .7
	case isText && (strings.ToUpper(v) == v && word.MatchString(v) || capitalised.MatchString(v) && !wordLike(lastName(e.Element), v)):
		return .5
	}
	return .12
}

// others adds what is tried of a value last: other sizes, other types, leaving it out.
func (l *places) others(e diagnose.Element) {
	if _, ok := l.at[e.ID]; !ok {
		return
	}
	kind, _, _ := strings.Cut(string(e.ID), ":")
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
		switch v := e.Value.(type) {
		case json.Number:
			l.otherNumbers(v, k, set)
			set(v.String(), .06, .8, typeCauseID, "as text")
		case string:
			l.otherTexts(e, v, k, kind, set)
		case bool:
			set(!v, .15, .03, valueCauseID, "the opposite")
		case json.RawMessage:
			l.otherLists(e, v)
		}
	}
	if !removable(e) {
		return
	}
	odds, harm := .22, .84
	if _, known := usualNames()[strings.Join(habit.Words(name), "_")]; !known && k == habit.Free && kind != "query" {
		odds, harm = .5, .65 // hardly an API has a member of this name
	}
	switch {
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
	case digitsOnly.MatchString(lastToken(e.ID)):
		odds, harm = l.itemRemoval(e)
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

func (l *places) otherTexts(e diagnose.Element, v string, k habit.Kind, kind string, set func(any, float64, float64, diagnose.CauseID, string)) {
	low := strings.ToLower(v)
	switch n := len([]rune(v)); {
	case k == habit.Free && n > 0 && n < shortest && !digitsOnly.MatchString(v):
		set(v+" example", .2, .3, valueCauseID, "a longer text")
		set(v+"example", .15, .4, valueCauseID, "a longer text")
	case k == habit.Free && n <= 4 && low == v && word.MatchString(v):
		set(strings.ToUpper(v), .1, .25, valueCauseID, "the code in capitals")
	case k == habit.Free && low == v && word.MatchString(v):
		set(strings.ToUpper(strings.ReplaceAll(v, "-", "_")), .08, .6, valueCauseID, "the word in capitals")
	case low != v && word.MatchString(v) && !properName(lastName(e.ID)) && !l.codeBeside(e):
		set(low, .4, .6, valueCauseID, "the word in lower case")
	}
	if m := lasting.FindStringSubmatch(v); m != nil {
		l.raise(e.ID, untidy)
		set(isoDuration(m[1], m[2]), .35, .2, formatCauseID, "a duration of ISO 8601")
		set(m[1]+strings.ToLower(m[2][:1]), .5, .2, formatCauseID, "a duration with a short unit")
		set(json.Number(m[1]), .4, .3, typeCauseID, "the number without its unit")
		if hours := map[byte]int{'d': 24, 'w': 168}[m[2][0]|0x20]; hours > 0 {
			if n, err := strconv.Atoi(m[1]); err == nil {
				set(strconv.Itoa(n*hours)+"h", .3, .3, formatCauseID, "a duration in hours")
			}
		}
	}
	if _, number := habit.Number(v); k.Numeric() && !number && kind == "body" {
		for _, n := range []json.Number{"30", "10", "100"} {
			set(n, .4, .1, typeCauseID, "a number")
		}
	}
	if parted := strings.NewReplacer("-", "", ".", "", "/", "").Replace(v); parted != v && k == habit.Code || coded(v) && !habit.Datelike(v) {
		set(parted, .15, .8, formatCauseID, "without what parts its groups")
	}
	if all, ok := habit.Moments(v); ok && len(all) > 0 && strings.Contains(v, ":") {
		set(all[0].Format("2006-01-02T15:04"), .3, .75, formatCauseID, "a moment without a zone")
		set(all[0].Format("2006-01-02T15:04:05"), .3, .75, formatCauseID, "a moment without a zone")
		set(all[0].Format("2006-01-02 15:04:05"), .2, .75, formatCauseID, "a moment without a zone")
	}
	if (k == habit.Date || k == habit.DateTime) && clock.MatchString(v) { // a time of day where a day is promised
		l.raise(e.ID, untidy)
		set(l.opt.Now.UTC().Format("2006-01-02T")+clock24(v)+":00Z", .5, .2, formatCauseID, "the time with its day")
		set(l.opt.Now.UTC().Format("2006-01-02"), .2, .4, formatCauseID, "a day")
	}
	if k == habit.Year && !digitsOnly.MatchString(v) {
		set(json.Number(pastYear), .5, .1, typeCauseID, "a usual year")
	}
	if kind == "body" && k == habit.Free && (low == "none" || low == "never" || low == "y" || low == "n") {
		set(low == "y", .5, .5, typeCauseID, "as true or false")
	}
	if kind == "body" && k == habit.Money && digitsOnly.MatchString(v) {
		set(v+".00", .35, .4, formatCauseID, "with two decimals")
	}
	if m := numbered.FindStringSubmatch(v); m != nil && kind == "body" && k == habit.ID {
		set(json.Number(m[1]), .35, .85, typeCauseID, "the number in it")
	}
	if s, ok := habit.WellKnown(lastName(e.ID)); ok {
		set(s, .5, .36, formatCauseID, "a well-known value")
		set(strings.ToUpper(s), .3, .3, formatCauseID, "a well-known value in capitals")
	}
	if item := digitsOnly.MatchString(lastToken(e.ID)); !item && (k == habit.Free || k == habit.ID) && !strings.ContainsAny(v, " @/:") && !uuidPattern.MatchString(v) {
		odds := .06
		if entities.has(lastWord(lastName(e.ID))) && word.MatchString(v) && kind == "body" {
			odds = .2 // named by its identifier
			set(json.Number("1"), .15, .85, typeCauseID, "a number, as most identifiers are")
		}
		if k == habit.ID && kind == "body" {
			odds = .3
			set(json.Number("1"), .4, .85, typeCauseID, "a number, as most identifiers are")
		}
		set(anyUUID, odds, .5, formatCauseID, "a UUID")
	}
	if m := counted.FindString(v); m != "" && kind == "body" && m != v && k == habit.Free {
		set(json.Number(m), .25, .9, typeCauseID, "the number that it begins with")
	}
	if digitsOnly.MatchString(v) && kind != "body" {
		for _, n := range []string{"10", "100"} {
			set(n, .3, .3, valueCauseID, "another size")
		}
	}
	share := .2 // such names are of choices, which ones is the maker's own matter
	if k == habit.Word || k == habit.Order {
		share = .35
	}
	l.otherCodes(e.ID, v, k, kind, set)
	for i, w := range words()[lastWord(lastName(e.ID))] {
		if w != low {
			set(w, share/(1+.3*float64(i)), .75, valueCauseID, "a word that APIs use here")
		}
	}
	if kind == "body" && k == habit.Free && low == v && word.MatchString(v) {
		set(strings.ToUpper(strings.Join(append(habit.Words(lastName(e.ID)), habit.Words(v)...), "_")), .03, .9, valueCauseID, "a choice with its name in front")
	} else if kind == "body" && strings.ToUpper(v) == v && word.MatchString(v) {
		set(strings.ToUpper(strings.Join(append(habit.Words(lastName(e.ID)), habit.Words(v)...), "_")), .3, .5, valueCauseID, "a choice with its name in front")
	}
}

// numbered is an identifier of a few letters and a number: C-5521.
var numbered = lazyre.New(`^[A-Za-z]{1,4}[-_#]?([1-9][0-9]{0,9})$`)

// itemRemoval is what leaving out an item is worth: the fault of an object lies mostly inside, and the only item of a
// list is seldom one too many.
func (l *places) itemRemoval(e diagnose.Element) (odds, harm float64) {
	id := string(e.ID)
	parent := id[:strings.LastIndexByte(id, '/')]
	_, second := l.x.Get(diagnose.ElementID(parent + "/1"))
	switch {
	case isContainer(e):
		if n, _ := strconv.Atoi(lastToken(e.ID)); n > 0 {
			if _, more := l.x.Get(diagnose.ElementID(fmt.Sprintf("%s/%d", parent, n+1))); !more {
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
	id := diagnose.ElementID(fmt.Sprintf("%s/%d", e.ID, len(items)))
	d := edit(id, diagnose.Add, "example", .2, "one item more")
	d.Source, d.Cause, d.Weight = "transform", valueCauseID, 1
	fault := .3
	if len(items) == 1 && plural(lastName(e.ID)) {
		fault = .6 // lists of which one item makes no sense: options, steps, points
	}
	l.all = append(l.all, Place{Element: id, Fault: fault, Changes: []Change{{d, .5, .2, ""}}})
}
