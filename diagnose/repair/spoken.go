package repair

import (
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// asSpoken adds the code for a value that is written as people say it, under whatever name it stands: a country by its
// name, a colour, a day of the week, how often something happens, a number with its unit, a local phone number. The odds
// are judgement.
func (l *places) asSpoken(e diagnose.Element, v string, k habit.Kind, kind string, set setter) {
	name := lastName(e.ID)
	low := strings.ToLower(v)
	if k == habit.Free && !prose(name) && !properName(name) {
		if code := habit.Coded(v); code != "" {
			l.raise(e.ID, untidy)
			set(code, .7, .2, formatCauseID, "the code for it")
		}
	}
	if often := cadences[strings.Join(strings.FieldsFunc(low, func(r rune) bool { return r == ' ' || r == '_' || r == '-' }), " ")]; often != "" {
		l.raise(e.ID, untidy)
		set(often, .6, .2, valueCauseID, "the word that APIs use for it")
	}
	if len(v) > 3 && slices.Contains(weekdays, low) && !prose(name) {
		l.raise(e.ID, misspelt)
		set(low[:3], .5, .4, valueCauseID, "the day in three letters")
		set(strings.ToUpper(low[:3]), .25, .4, valueCauseID, "the day in three letters")
		set(strings.ToUpper(low), .25, .4, valueCauseID, "the day in capitals")
	}
	if w := lastWord(name); w == "color" || w == "colour" {
		if hex := colours[low]; hex != "" {
			set(hex, .5, .4, formatCauseID, "the colour as RGB")
		}
	}
	if n, ok := habit.Number(v); ok && n.String() != v && amounts.MatchString(lastWord(name)) {
		l.raise(e.ID, untidy)
		if kind == "body" {
			set(n, .7, .1, typeCauseID, "the number without its unit")
		} else {
			set(n.String(), .7, .1, typeCauseID, "the number without its unit")
		}
	}
	if (k == habit.Free || k == habit.Phone) && localPhone.MatchString(v) && strings.ContainsAny(v, " /-(") {
		l.raise(e.ID, untidy)
		set("+12025550123", .6, .15, formatCauseID, "a phone number with its country code (E.164)")
	}
	if lang, _, ok := strings.Cut(low, "_"); ok && k == habit.Language && lang != "" {
		l.raise(e.ID, untidy)
		set(strings.ReplaceAll(v, "_", "-"), .7, .4, formatCauseID, "a language tag of BCP 47")
		set(lang, .3, .4, formatCauseID, "the language without its region")
	}
	if m := numbered.FindStringSubmatch(v); m != nil && kind != "body" && k == habit.ID {
		l.raise(e.ID, misspelt)
		set(json.Number(m[1]), .4, .6, typeCauseID, "the number in it")
	}
}

var weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// cadences are the words for how often.
var cadences = map[string]string{
	"every hour": "hourly", "each hour": "hourly", "every day": "daily", "each day": "daily", "everyday": "daily", "once a day": "daily", "per day": "daily",
	"every week": "weekly", "each week": "weekly", "once a week": "weekly", "per week": "weekly", "every month": "monthly", "each month": "monthly", "once a month": "monthly",
	"per month": "monthly", "every year": "yearly", "each year": "yearly", "once a year": "yearly", "per year": "yearly",
}

// colours are the basic keywords of CSS Color 4 §6.1 with their values.
var colours = map[string]string{
	"black": "#000000", "silver": "#c0c0c0", "gray": "#808080", "grey": "#808080", "white": "#ffffff", "maroon": "#800000", "red": "#ff0000", "purple": "#800080", "green": "#008000",
	"lime": "#00ff00", "olive": "#808000", "yellow": "#ffff00", "navy": "#000080", "blue": "#0000ff", "teal": "#008080", "orange": "#ffa500", "pink": "#ffc0cb", "brown": "#a52a2a",
}

// spokenEmail is an address of e-mail as people write it where machines should not read it.
var spokenEmail = lazyre.New(`(?i)^[\w.+-]{2,}(?: at | ?\(at\) ?| ?\[at\] ?)[\w-]+(?: dot |\.| ?\(dot\) ?| ?\[dot\] ?)[a-z]{2,10}$`)

// localPhone is a phone number without its country code, with what people put between its digits.
var localPhone = lazyre.New(`^\(?0[0-9]{1,5}\)?[ /-]?[0-9]{2,}(?:[ /-]?[0-9]{2,})*$`)

// currencies are the codes of currencies that people call by a name which means nothing else (ISO 4217).
var currencies = map[string]string{
	"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "us dollar": "USD", "us dollars": "USD", "pound sterling": "GBP", "sterling": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
	"rupee": "INR", "rupees": "INR", "swiss franc": "CHF", "zloty": "PLN", "peso": "MXN", "pesos": "MXN", "rouble": "RUB", "ruble": "RUB",
}
