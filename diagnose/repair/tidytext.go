package repair

import (
	"encoding/json"
	"fmt"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// The tidier forms of texts: dates, times, numbers, codes and fixed words.

var (
	clock    = lazyre.New(`(?i)^([0-9]{1,2})(?:[:h]([0-9]{2})(?::[0-9]{2})?\s*(?:([ap])\.?m\.?)?|\.([0-9]{2})\s*([ap])\.?m\.?)$`)
	word     = lazyre.New(`^[A-Za-z]+([_-][A-Za-z]+)*$`)
	code     = lazyre.New(`^[A-Za-z0-9]+([ ./-][A-Za-z0-9]+)*$`)
	span     = lazyre.New(`^([0-9]+(ns|us|µs|ms|s|m|h|d|w|y))+$`)
	measured = lazyre.New(`(?i)^(-?[0-9]+(?:[.,][0-9]+)?)\s*(?:[kcm]?m|mm|km|[km]?g|lbs?|oz|[mc]?l|k?cal|kj|k?wh?|v|hz|min|mins|minutes?|hours?|hrs?|days?|secs?|seconds?|years?|px|pt|kb|mb|gb|pcs|stk|°?[cf]|%)\.?$`)
	grouped  = lazyre.New(`^(?:[A-Z]{2}[0-9]{2}(?: [A-Z0-9]{1,4}){3,8}|[A-Z]{2} [0-9]{2,4})$`) // an IBAN, a flight
	groups   = lazyre.New(`^[0-9]+([ -][0-9Xx]+)+$`)
	nearUUID = lazyre.New(`(?i)^[{(]?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}[)}]?$`)
)

func (g *generator) tidyText(e diagnose.Element, name, v, kind string) (any, string, diagnose.CauseID) {
	k, t := habit.Of(name), strings.TrimSpace(v)
	at := kind == "body"
	switch low := strings.ToLower(t); {
	case low == "asc" || low == "desc":
		return nil, "", "" // a direction, whatever it is of
	case strings.ContainsFunc(t, astral):
		return strings.TrimSpace(strings.Map(func(r rune) rune { return map[bool]rune{true: -1, false: r}[astral(r)] }, t)), "without the characters that many tables cannot hold", formatCauseID
	case t == "":
		return habitSample(name, g), "a usual value instead of nothing", valueCauseID
	case nearUUID.MatchString(t) && !habit.UUIDLike(t):
		return first(habit.UUID.Forms(t, g.opt.Now)), "as a UUID", formatCauseID
	case habit.UUIDLike(t):
		return nil, "", ""
	case clock.MatchString(t) && clock24(t) != t:
		return clock24(t), "as a time of 24 hours", formatCauseID
	case at && (low == "true" || low == "false" || k == habit.Bool && habit.Truth(t) != nil || (low == "yes" || low == "no" || low == "on" || low == "off") && k == habit.Free):
		return *habit.Truth(t), "as true or false", typeCauseID
	case !at && (low == "yes" || low == "no" || low == "on" || low == "off"):
		return *habit.Truth(t), "as true or false", typeCauseID
	case k == habit.Bool && habit.Consent(name) && low == "false":
		return true, "what has to be agreed to", valueCauseID
	case bareURL.MatchString(t) && (k == habit.Free || k == habit.URL) && !hostName(name):
		return "https://" + t, "with its scheme", formatCauseID
	case habit.Good(t), lasting.MatchString(t) && k.Moment():
		return nil, "", "" // which of the forms of a duration is meant nobody can tell
	case relative.MatchString(low):
		return g.opt.Now.UTC().AddDate(0, 0, map[string]int{"tomorrow": 1, "yesterday": -1}[low]).Format("2006-01-02"), "the day that is meant", formatCauseID
	case habit.Datelike(t) || k.Moment() || compact.MatchString(t):
		if !k.Moment() {
			if k = habit.Date; yearFirst.MatchString(t) {
				k = habit.DateTime
			}
		}
		if compact.MatchString(t) {
			return t[:4] + "-" + t[4:6] + "-" + t[6:], "in the form of RFC 3339", formatCauseID
		}
		return first(k.Forms(t, g.opt.Now)), "in the form of RFC 3339", formatCauseID
	case (k.Numeric() && at || decorated(t, k)):
		if n, ok := habit.Number(t); ok {
			if k == habit.Money && at && n.String() == t { // prices are text in many APIs
				return rounded(t), "with two decimals", formatCauseID
			}
			return n, "as a number", typeCauseID
		}
	case k == habit.Email || k == habit.URL || k == habit.Country || k == habit.Currency || k == habit.Language || k == habit.IP || k == habit.Zone:
		if odd, _ := k.Odd(t, !at); odd != habit.Fine || k == habit.Country && len(t) > 2 || k == habit.Currency && len(t) > 3 {
			return first(k.Forms(t, g.opt.Now)), "the usual form", formatCauseID
		}
		return nil, "", ""
	}
	return g.tidyCode(e, name, v, kind)
}

// astral reports a character outside of the Basic Multilingual Plane, an emoji mostly: four bytes in UTF-8, where MySQL's
// utf8 has three.
func astral(r rune) bool { return r > 0xFFFF }

// tidyCode is the tidier form of passwords, codes and fixed words.
func (g *generator) tidyCode(e diagnose.Element, name, v, kind string) (any, string, diagnose.CauseID) {
	k, t := habit.Of(name), strings.TrimSpace(v)
	at, item, low := kind == "body", e.ID.IsItem(), strings.ToLower(t)
	switch {
	case k == habit.Free && currencies[low] != "" && !prose(name):
		return currencies[low], "the code of the currency (ISO 4217)", formatCauseID
	case spokenEmail.MatchString(t) && !prose(name): // lunch at home.today
		return first(habit.Email.Forms(t, g.opt.Now)), "an address of e-mail as programs write it", formatCauseID
	case lastWord(name) == "password" || lastWord(name) == "passwd" || lastWord(name) == "passphrase":
		if len(t) < 12 {
			return "Passw0rd!example", "a password that every rule takes", valueCauseID
		}
		return nil, "", ""
	case lastWord(name) == "slug" || lastWord(name) == "handle" || lastWord(name) == "username":
		return strings.Trim(noSlug.ReplaceAllString(low, "-"), "-"), "in lower case, of letters, digits and hyphens", formatCauseID
	case k == habit.Phone || groups.MatchString(t):
		return strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", "/", "").Replace(t), "without what parts its groups", formatCauseID
	case span.MatchString(t):
		return nil, "", "" // 24h, 1h30m: a duration
	case measured.MatchString(t) && k != habit.Code && k != habit.Zip:
		return json.Number(strings.ReplaceAll(measured.FindStringSubmatch(t)[1], ",", ".")), "the number without its unit", typeCauseID
	case at && digitsOnly.MatchString(t) && (t == "0" || t[0] != '0') && len(t) < 10 && (k == habit.Word || k == habit.Order):
		return json.Number(t), "as a number", typeCauseID
	case grouped.MatchString(t):
		return strings.ReplaceAll(t, " ", ""), "without the blanks between its groups", formatCauseID
	case strings.ContainsAny(t, "0123456789") && code.MatchString(t) && (k == habit.Code || k == habit.Zip || !strings.Contains(t, " ")) && len(t) <= 40:
		return strings.ToUpper(strings.ReplaceAll(t, " ", "")), "a code in capitals", formatCauseID
	case at && !item && plural(name) && k != habit.Word && strings.Trim(t[:1], "0123456789") != "":
		return json.RawMessage("[" + rawOf(e) + "]"), "as a list", typeCauseID
	case word.MatchString(t) && low != t && k != habit.Code && !properName(name) && !(len(t) <= shortCode && strings.ToUpper(t) == t && k == habit.Free && !wordLike(name, t)):
		return low, "the word in lower case", valueCauseID
	}
	if t != v {
		return t, "without the blanks around it", formatCauseID
	}
	return nil, "", ""
}

var (
	compact   = lazyre.New(`^(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$`)
	noSlug    = lazyre.New(`[^a-z0-9]+`)
	bareURL   = lazyre.New(`(?i)^(www\.)?[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,10}(/\S*)?$`)
	uuidLoose = lazyre.New(`(?i)^[{]?[0-9a-z]{4,8}(-[0-9a-z]{3,12}){2,4}[}]?$`)
	decimals  = lazyre.New(`^(-?[0-9]+\.[0-9]{2})[0-9]+$`)
)

// shortCode is how long the codes of places, airlines, units and the like are at most: their capitals mean something.
const shortCode = 4

// yearFirst is a moment in nearly the form of RFC 3339.
var yearFirst = lazyre.New(`^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{1,2}:`)

// relative are words for days.
var relative = lazyre.New(`^(today|tomorrow|yesterday)$`)

// decorated reports a number with a currency or unit, where the name does not promise text.
func decorated(t string, k habit.Kind) bool {
	if k != habit.Free && !k.Numeric() {
		return false
	}
	n, ok := habit.Number(t)
	return ok && n.String() != t && (strings.ContainsAny(t, "€$£%,") || inCurrency.MatchString(t))
}

// inCurrency is an amount with the code of its currency (ISO 4217).
var inCurrency = lazyre.New(`^(?:[A-Z]{3} ?[0-9.,]+|[0-9.,]+ ?[A-Z]{3})$`)

// rounded cuts a decimal number in text to two decimals; nil when it has no more.
func rounded(t string) any {
	if m := decimals.FindStringSubmatch(t); m != nil {
		return m[1]
	}
	return nil
}

// cut leaves a decimal number that many digits behind the point, in the type that it has; nil where it has no more.
func cut(v any, places int) any {
	text := fmt.Sprint(v)
	point := strings.IndexByte(text, '.')
	if _, ok := habit.Number(text); places == 0 || !ok || point < 0 || len(text) <= point+1+places || strings.ContainsAny(text, "eE") {
		return nil
	}
	text = text[:point+1+places]
	if _, number := v.(json.Number); number {
		return json.Number(text)
	}
	return text
}

// clock24 writes a time of day as 15:04.
func clock24(t string) string {
	m := clock.FindStringSubmatch(t)
	if m == nil {
		return t
	}
	h := 0
	for _, c := range m[1] {
		h = h*10 + int(c-'0')
	}
	switch half := strings.ToLower(m[3] + m[5]); {
	case half == "" && strings.Contains(t, ":") && len(m[1]) == 2:
		return t // already of 24 hours
	case half == "p" && h < 12:
		h += 12
	case half == "a" && h == 12:
		h = 0
	}
	if h > 23 {
		return t
	}
	return string([]byte{byte('0' + h/10), byte('0' + h%10)}) + ":" + m[2] + m[4]
}
