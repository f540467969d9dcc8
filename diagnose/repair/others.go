package repair

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
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
		if kind == "body" && dictionary(name) && !strings.HasPrefix(e.Text, "{") && !strings.HasPrefix(strings.TrimSpace(element.Plain(e.Value)), "{") {
			l.raise(e.ID, untidy)
			set(json.RawMessage("{}"), .5, .3, typeCauseID, "an object, as names of this kind promise")
		}
		switch v := e.Value.(type) {
		case json.Number:
			l.otherNumbers(v, k, set)
			set(v.String(), .06, .8, typeCauseID, "as text")
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

func (l *places) otherTexts(e diagnose.Element, v string, k habit.Kind, kind string, set func(any, float64, float64, diagnose.CauseID, string)) {
	low, name := strings.ToLower(v), lastName(e.ID)
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
	l.rewritten(e, v, k, kind, set)
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
	if _, number := habit.Number(v); k.Numeric() && !number && kind != "header" {
		for _, n := range []json.Number{"30", "10", "100"} {
			set(n, .4, .1, typeCauseID, "a number")
		}
	}
	l.otherWords(e, v, k, kind, set)
	l.asSpoken(e, v, k, kind, set)
	if n := len(v); (k == habit.Code || k == habit.Free) && n > longCode && n < shortToken && code.MatchString(v) && !strings.ContainsAny(v, "-_./") && !uuidPattern.MatchString(v) {
		set(v[:longCode], .3, .3, valueCauseID, "a code that is as short as most are")
	}
	if slices.Contains([]string{"twitter", "instagram", "handle"}, lastWord(name)) && handle.MatchString(v) {
		l.raise(e.ID, misspelt)
		set("@"+v, .6, .3, formatCauseID, "a handle with its sign")
	}
	if parted := strings.NewReplacer("-", "", ".", "", "/", "").Replace(v); parted != v && k == habit.Code || coded(v) && !habit.Datelike(v) {
		set(parted, .15, .8, formatCauseID, "without what parts its groups")
	}
	if blanked.MatchString(v) && strings.ContainsAny(v, "0123456789") && k != habit.Phone && k != habit.Zip && !k.Moment() && !k.Numeric() { // a code as people write it down
		l.raise(e.ID, untidy)
		set(strings.ReplaceAll(v, " ", ""), .45, .4, formatCauseID, "a code without blanks")
		set(strings.ReplaceAll(v, " ", "-"), .3, .5, formatCauseID, "a code with hyphens")
	}
	if m := uuidFirst.FindString(v); m != "" && m != v {
		l.raise(e.ID, untidy)
		set(m, .5, .3, valueCauseID, "the UUID that it begins with")
	}
	if all, ok := habit.Moments(v); ok && len(all) > 0 && strings.Contains(v, ":") {
		set(all[0].Format("2006-01-02T15:04"), .3, .75, formatCauseID, "a moment without a zone")
		set(all[0].Format("2006-01-02T15:04:05"), .3, .75, formatCauseID, "a moment without a zone")
		set(all[0].Format("2006-01-02 15:04:05"), .2, .75, formatCauseID, "a moment without a zone")
		set(all[0].Format("2006-01-02 15:04"), .2, .75, formatCauseID, "a moment without a zone")
	}
	if (k == habit.Date || k == habit.DateTime) && clock.MatchString(v) { // a time of day where a day is promised
		l.raise(e.ID, untidy)
		set(l.opt.Now.UTC().Format("2006-01-02T")+clock24(v)[:len("15:04")]+":00Z", .5, .2, formatCauseID, "the time with its day")
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
	if item := e.ID.IsItem(); !item && (k == habit.Free || k == habit.ID) && !strings.ContainsAny(v, " @/:") && !uuidPattern.MatchString(v) {
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
		odds, harm := .25, .9
		if len(v)-len(m) < shortest {
			odds, harm = .4, .8 // 5b, 12m
		}
		set(json.Number(m), odds, harm, typeCauseID, "the number that it begins with")
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
		odds, harm := .03, .9
		if protoMethod.MatchString(l.x.Request.URL) {
			odds, harm = .6, .2
		}
		set(strings.ToUpper(strings.Join(append(habit.Words(lastName(e.ID)), habit.Words(v)...), "_")), odds, harm, valueCauseID, "a choice with its name in front")
	} else if kind == "body" && strings.ToUpper(v) == v && word.MatchString(v) {
		set(strings.ToUpper(strings.Join(append(habit.Words(lastName(e.ID)), habit.Words(v)...), "_")), .3, .5, valueCauseID, "a choice with its name in front")
	}
}

// longCode is the length of the longest codes that people type, shortToken that of the shortest that only programs do.
const longCode, shortToken = 8, 20

// handle is a name of a person on a social network, without its sign.
var handle = lazyre.New(`^[A-Za-z0-9_.]{2,30}$`)

// protoMethod is the path of a method of protobuf's, whose style guide has the values of an enum begin with its name: what
// Connect and gRPC call, /freight.v1.LoadService/BookLoad.
var protoMethod = lazyre.New(`/(?:[a-z]\w*\.)+[A-Z]\w*/[A-Z]\w*(?:$|\?)`)

// blanked is a code in capitals and digits that is parted by blanks: C01X 00T47, B 1234.
var blanked = lazyre.New(`^[A-Z0-9]+(?: [A-Z0-9]+)+$`)

var uuidFirst = lazyre.New(`^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)

// numbered is an identifier of a few letters and a number: C-5521.
var numbered = lazyre.New(`^[A-Za-z]{1,4}[-_#]?([1-9][0-9]{0,9})$`)

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
