package repair

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// A wording is a text of a request, and what is known of it. Each of its methods tries it in one way in other words; what
// comes first is kept where two make the same of it.
type wording struct {
	l      *places
	e      diagnose.Element
	v, low string // as it is written, in lower case
	k      habit.Kind
	kind   string // "body", "query", "header" …
	set    setter
}

func (l *places) otherTexts(e diagnose.Element, v string, k habit.Kind, kind string, set setter) {
	t := wording{l, e, v, strings.ToLower(v), k, kind, set}
	t.inOtherCase()
	l.rewritten(t.e, t.v, t.k, t.kind, t.set)
	t.asLapse()
	t.asSeconds()
	t.asNumeral()
	l.otherWords(t.e, t.v, t.k, t.kind, t.set)
	l.asSpoken(t.e, t.v, t.k, t.kind, t.set)
	t.asCode()
	t.asMoment()
	t.asOtherType()
	t.asIdentifier()
	t.asAmount()
	t.asChoice()
}

// inOtherCase tries the text in another length or case.
func (t wording) inOtherCase() {
	switch n := len([]rune(t.v)); {
	case t.k == habit.Free && n > 0 && n < shortest && !digitsOnly.MatchString(t.v):
		t.set(t.v+" example", .2, .3, valueCauseID, "a longer text")
		t.set(t.v+"example", .15, .4, valueCauseID, "a longer text")
	case t.k == habit.Free && n <= 4 && t.low == t.v && word.MatchString(t.v):
		t.set(strings.ToUpper(t.v), .1, .25, valueCauseID, "the code in capitals")
	case t.k == habit.Free && t.low == t.v && word.MatchString(t.v):
		t.set(strings.ToUpper(strings.ReplaceAll(t.v, "-", "_")), .08, .6, valueCauseID, "the word in capitals")
	case t.low != t.v && word.MatchString(t.v) && !properName(lastName(t.e.ID)) && !t.l.codeBeside(t.e):
		t.set(t.low, .4, .6, valueCauseID, "the word in lower case")
	}
}

// asLapse tries a length of time in the forms that APIs take.
func (t wording) asLapse() {
	if m := lasting.FindStringSubmatch(t.v); m != nil {
		t.l.raise(t.e.ID, untidy)
		t.set(isoDuration(m[1], m[2]), .35, .2, formatCauseID, "a duration of ISO 8601")
		t.set(m[1]+strings.ToLower(m[2][:1]), .5, .2, formatCauseID, "a duration with a short unit")
		t.set(json.Number(m[1]), .4, .3, typeCauseID, "the number without its unit")
		if hours := map[byte]int{'d': 24, 'w': 168}[m[2][0]|0x20]; hours > 0 {
			if n, err := strconv.Atoi(m[1]); err == nil {
				t.set(strconv.Itoa(n*hours)+"h", .3, .3, formatCauseID, "a duration in hours")
			}
		}
	}
}

// asSeconds tries a length of time with a short unit as a number, of seconds or of that unit.
func (t wording) asSeconds() {
	m := lapse.FindStringSubmatch(t.v)
	n, err := 0, error(nil)
	if m == nil || t.k != habit.Free && !t.k.Numeric() {
		return
	}
	if n, err = strconv.Atoi(m[1]); err != nil {
		return
	}
	t.set(json.Number(strconv.Itoa(n*map[byte]int{'s': 1, 'm': 60, 'h': 3600, 'd': 86400}[m[2][0]])), .4, .3, typeCauseID, "the length of time in seconds")
	t.set(json.Number(m[1]), .2, .3, typeCauseID, "the number without its unit")
}

// asNumeral tries a number where the name promises one.
func (t wording) asNumeral() {
	if _, number := habit.Number(t.v); t.k.Numeric() && !number && t.kind != "header" {
		for _, n := range []json.Number{"30", "10", "100"} {
			t.set(n, .4, .1, typeCauseID, "a number")
		}
	}
}

// composed reports a word made of several, in camel case: no code, but the name of something.
func composed(v string) bool { return wordsOnly.MatchString(v) && len(habit.Words(v)) > 1 }

// wordsOnly is a text of letters, not all of them capitals.
var wordsOnly = lazyre.New(`^[A-Za-z]*[a-z][A-Z][a-z]+[A-Za-z]*$`)

// longCode is the length of the longest codes that people type, shortToken that of the shortest that only programs do.
const longCode, shortToken = 8, 20

// handle is a name of a person on a social network, without its sign.
var handle = lazyre.New(`^[A-Za-z0-9_.]{2,30}$`)

// asCode tries a code without what parts its groups, or with it, a handle with its sign.
func (t wording) asCode() {
	if n := len(t.v); (t.k == habit.Code || t.k == habit.Free) && n > longCode && n < shortToken && code.MatchString(t.v) && !strings.ContainsAny(t.v, "-_./") && !habit.UUIDLike(t.v) && !composed(t.v) {
		t.set(t.v[:longCode], .3, .3, valueCauseID, "a code that is as short as most are")
	}
	if composed(t.v) {
		other, plural := strings.CutSuffix(t.v, "s")
		if !plural {
			other = t.v + "s"
		}
		t.set(other, .3, .4, valueCauseID, "in the other number")
	}
	if slices.Contains([]string{"twitter", "instagram", "handle"}, lastWord(lastName(t.e.ID))) && handle.MatchString(t.v) {
		t.l.raise(t.e.ID, misspelt)
		t.set("@"+t.v, .6, .3, formatCauseID, "a handle with its sign")
	}
	if parted := strings.NewReplacer("-", "", ".", "", "/", "").Replace(t.v); parted != t.v && t.k == habit.Code || coded(t.v) && !habit.Datelike(t.v) {
		t.set(parted, .15, .8, formatCauseID, "without what parts its groups")
	}
	if blanked.MatchString(t.v) && strings.ContainsAny(t.v, "0123456789") && t.k != habit.Phone && t.k != habit.Zip && !t.k.Moment() && !t.k.Numeric() { // a code as people write it down
		t.l.raise(t.e.ID, untidy)
		t.set(strings.ReplaceAll(t.v, " ", ""), .45, .4, formatCauseID, "a code without blanks")
		t.set(strings.ReplaceAll(t.v, " ", "-"), .3, .5, formatCauseID, "a code with hyphens")
	}
	if m := uuidFirst.FindString(t.v); m != "" && m != t.v {
		t.l.raise(t.e.ID, untidy)
		t.set(m, .5, .3, valueCauseID, "the UUID that it begins with")
	}
}

// asMoment tries a moment, a day or a year in another form.
func (t wording) asMoment() {
	if all, ok := habit.Moments(t.v); ok && len(all) > 0 && strings.Contains(t.v, ":") {
		t.set(all[0].Format("2006-01-02T15:04"), .3, .75, formatCauseID, "a moment without a zone")
		t.set(all[0].Format("2006-01-02T15:04:05"), .3, .75, formatCauseID, "a moment without a zone")
		t.set(all[0].Format("2006-01-02 15:04:05"), .2, .75, formatCauseID, "a moment without a zone")
		t.set(all[0].Format("2006-01-02 15:04"), .2, .75, formatCauseID, "a moment without a zone")
	}
	if (t.k == habit.Date || t.k == habit.DateTime) && clock.MatchString(t.v) { // a time of day where a day is promised
		t.l.raise(t.e.ID, untidy)
		t.set(t.l.opt.Now.UTC().Format("2006-01-02T")+clock24(t.v)[:len("15:04")]+":00Z", .5, .2, formatCauseID, "the time with its day")
		t.set(t.l.opt.Now.UTC().Format("2006-01-02"), .2, .4, formatCauseID, "a day")
	}
	if t.k == habit.Year && !digitsOnly.MatchString(t.v) {
		t.set(json.Number(pastYear), .5, .1, typeCauseID, "a usual year")
	}
}

// asOtherType tries a boolean or a number in place of the text.
func (t wording) asOtherType() {
	if t.kind == "body" && t.k == habit.Free && (t.low == "none" || t.low == "never" || t.low == "y" || t.low == "n") {
		t.set(t.low == "y", .5, .5, typeCauseID, "as true or false")
	}
	if t.kind == "body" && t.k == habit.Money && digitsOnly.MatchString(t.v) {
		t.set(t.v+".00", .35, .4, formatCauseID, "with two decimals")
	}
	if m := numbered.FindStringSubmatch(t.v); m != nil && t.kind == "body" && t.k == habit.ID {
		t.set(json.Number(m[1]), .35, .85, typeCauseID, "the number in it")
	}
}

// asIdentifier tries a well-known value or an identifier.
func (t wording) asIdentifier() {
	if s, ok := habit.WellKnown(lastName(t.e.ID)); ok {
		t.set(s, .5, .36, formatCauseID, "a well-known value")
		t.set(strings.ToUpper(s), .3, .3, formatCauseID, "a well-known value in capitals")
	}
	if item := t.e.ID.IsItem(); !item && (t.k == habit.Free || t.k == habit.ID) && !strings.ContainsAny(t.v, " @/:") && !habit.UUIDLike(t.v) {
		odds := .06
		if entities.has(lastWord(lastName(t.e.ID))) && word.MatchString(t.v) && t.kind == "body" {
			odds = .2 // named by its identifier
			t.set(json.Number("1"), .15, .85, typeCauseID, "a number, as most identifiers are")
		}
		if t.k == habit.ID && t.kind == "body" {
			odds = .3
			t.set(json.Number("1"), .4, .85, typeCauseID, "a number, as most identifiers are")
		}
		t.set(anyUUID, odds, .5, formatCauseID, "a UUID")
	}
}

// asAmount tries the number that a text begins with, another size.
func (t wording) asAmount() {
	if m := counted.FindString(t.v); m != "" && t.kind == "body" && m != t.v && t.k == habit.Free {
		odds, harm := .25, .9
		if len(t.v)-len(m) < shortest {
			odds, harm = .4, .8 // 5b, 12m
		}
		t.set(json.Number(m), odds, harm, typeCauseID, "the number that it begins with")
	}
	if digitsOnly.MatchString(t.v) && t.kind != "body" {
		for _, n := range []string{"10", "100"} {
			t.set(n, .3, .3, valueCauseID, "another size")
		}
	}
}

// asChoice tries a choice as APIs write them.
func (t wording) asChoice() {
	share := .2 // such names are of choices, which ones is the maker's own matter
	if t.k == habit.Word || t.k == habit.Order {
		share = .35
	}
	t.l.otherCodes(t.e.ID, t.v, t.k, t.kind, t.set)
	for i, w := range words()[lastWord(lastName(t.e.ID))] {
		if w != t.low {
			t.set(w, share/(1+.3*float64(i)), .75, valueCauseID, "a word that APIs use here")
		}
	}
	if t.kind == "body" && t.k == habit.Free && t.low == t.v && word.MatchString(t.v) {
		odds, harm := .03, .9
		if protoMethod.MatchString(t.l.x.Request.URL) {
			odds, harm = .6, .2
		}
		t.set(strings.ToUpper(strings.Join(append(habit.Words(lastName(t.e.ID)), habit.Words(t.v)...), "_")), odds, harm, valueCauseID, "a choice with its name in front")
	} else if t.kind == "body" && strings.ToUpper(t.v) == t.v && word.MatchString(t.v) {
		t.set(strings.ToUpper(strings.Join(append(habit.Words(lastName(t.e.ID)), habit.Words(t.v)...), "_")), .3, .5, valueCauseID, "a choice with its name in front")
	}
}

// protoMethod is the path of a method of protobuf's, whose style guide has the values of an enum begin with its name: what
// Connect and gRPC call, /freight.v1.LoadService/BookLoad.
var protoMethod = lazyre.New(`/(?:[a-z]\w*\.)+[A-Z]\w*/[A-Z]\w*(?:$|\?)`)

// blanked is a code in capitals and digits that is parted by blanks: C01X 00T47, B 1234.
var blanked = lazyre.New(`^[A-Z0-9]+(?: [A-Z0-9]+)+$`)

var uuidFirst = lazyre.New(`^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)

// numbered is an identifier of a few letters and a number: C-5521.
var numbered = lazyre.New(`^[A-Za-z]{1,4}[-_#]?([1-9][0-9]{0,9})$`)
