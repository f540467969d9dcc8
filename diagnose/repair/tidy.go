package repair

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// Tidy returns one edit for each value that could be written in a form which more servers take, and which hardly a
// server that took the old one refuses: words in lower case, codes without blanks, lists without repetition, names
// in the style of their siblings. They are meant to be tried together. For a request about which nothing is known.
func Tidy(x *element.Index, opt Options) []diagnose.Edit {
	g := &generator{x: x, opt: opt}
	return g.each(g.tidied)
}

// Fine is Tidy without what may be meant as it is: dates, codes and lists in a form that is as usual, choices in
// capitals.
func Fine(x *element.Index, opt Options) []diagnose.Edit {
	l := &places{generator: &generator{x: x, opt: opt}}
	return slices.DeleteFunc(Tidy(x, opt), func(e diagnose.Edit) bool { return l.tidyHarm(e) >= likelyFine })
}

// each asks for another value of every element that holds data, and leaves out what stands in the way of another.
func (g *generator) each(better func(e diagnose.Element, kind string) (any, string, diagnose.CauseID)) []diagnose.Edit {
	var out []diagnose.Edit
	for _, e := range g.x.Elements {
		kind, ok := element.Kind(e)
		if !ok || e.Default || e.Secret && kind != "body" && kind != "form" || kind != "body" && kind != "form" && kind != "query" && kind != "header" {
			continue
		}
		v, why, cause := better(e, kind)
		if v == nil {
			continue
		}
		d := edit(e.ID, diagnose.Set, g.dressed(e.ID, v), .1, why)
		if name, rename := v.(renamed); rename {
			d = edit(e.ID, diagnose.Rename, string(name), .1, why)
		}
		d.Source, d.Cause, d.Weight = "transform", cause, 2
		switch kind {
		case "query":
			d.Cause = "invalid_request_parameter"
		case "header":
			d.Cause = "invalid_request_header"
		}
		if g.idle(d) || slices.ContainsFunc(out, func(o diagnose.Edit) bool { return conflict(o.Element, d.Element) }) {
			continue
		}
		out = append(out, d)
	}
	return out
}

// renamed is another name for an element.
type renamed string

const (
	valueCauseID  = diagnose.CauseID("invalid_body_property_value")
	formatCauseID = diagnose.CauseID("invalid_body_property_format")
	typeCauseID   = diagnose.CauseID("invalid_body_property_type")
)

var (
	clock     = lazyre.New(`(?i)^([0-9]{1,2})(?:[:h]([0-9]{2})(?::[0-9]{2})?\s*(?:([ap])\.?m\.?)?|\.([0-9]{2})\s*([ap])\.?m\.?)$`)
	word      = lazyre.New(`^[A-Za-z]+([_-][A-Za-z]+)*$`)
	code      = lazyre.New(`^[A-Za-z0-9]+([ ./-][A-Za-z0-9]+)*$`)
	span      = lazyre.New(`^([0-9]+(ns|us|µs|ms|s|m|h|d|w|y))+$`)
	measured  = lazyre.New(`(?i)^(-?[0-9]+(?:[.,][0-9]+)?)\s*(?:[kcm]?m|mm|km|[km]?g|lbs?|oz|[mc]?l|k?cal|kj|k?wh?|v|hz|min|mins|minutes?|hours?|hrs?|days?|secs?|seconds?|years?|px|pt|kb|mb|gb|pcs|stk|°?[cf]|%)\.?$`)
	grouped   = lazyre.New(`^(?:[A-Z]{2}[0-9]{2}(?: [A-Z0-9]{1,4}){3,8}|[A-Z]{2} [0-9]{2,4})$`) // an IBAN, a flight
	groups    = lazyre.New(`^[0-9]+([ -][0-9Xx]+)+$`)
	nearUUID  = lazyre.New(`(?i)^[{(]?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}[)}]?$`)
	agreement = lazyre.New(`(?i)(^|_)(terms|consent|agree|agreed|agreement|accept|accepted|tos|gdpr|privacy|confirm|confirmed)(_|$)`)
)

// tidied is the tidier form of one value; nil when it is tidy.
func (g *generator) tidied(e diagnose.Element, kind string) (any, string, diagnose.CauseID) {
	name := lastName(e.ID)
	if kind == "header" {
		return g.tidyHeader(e, name)
	}
	if to := cmp.Or(g.siblingStyle(e), g.siblingCapital(e)); to != "" {
		return renamed(to), "a name in the style of the others", "unexpected_body_property"
	}
	if n, ok := g.asItems(e); ok {
		return n, "a number, as the other items are", typeCauseID
	}
	if v := g.asNamesakes(e); v != nil {
		return v, "of the type that the others of this name have", typeCauseID
	}
	switch v := e.Value.(type) {
	case string:
		return g.tidyText(e, name, v, kind)
	case bool:
		if !v && agreement.MatchString(strings.Join(habit.Words(name), "_")) {
			return true, "what has to be agreed to", valueCauseID
		}
	case json.RawMessage:
		return g.tidyList(e, name, v)
	case json.Number:
		if habit.Of(name) == habit.Bool && (v == "0" || v == "1") {
			return v == "1", "as true or false", typeCauseID
		}
	}
	if e.Text == "null" && kind == "body" {
		return g.forNull(e.ID, name), "a usual value instead of null", valueCauseID
	}
	return nil, "", ""
}

// A namesake counts the members of one name by the type of their value.
type namesake struct{ numbers, texts, others int }

// countNamesakes counts the members of a JSON body by their last token.
func countNamesakes(all []diagnose.Element) map[string]namesake {
	out := map[string]namesake{}
	for _, e := range all {
		if !strings.HasPrefix(string(e.ID), "body:/") {
			continue
		}
		n := out[lastToken(e.ID)]
		switch e.Value.(type) {
		case json.Number:
			n.numbers++
		case string:
			n.texts++
		default:
			n.others++
		}
		out[lastToken(e.ID)] = n
	}
	return out
}

// asNamesakes writes a value in the type that all other members of the same name have, when they agree.
func (g *generator) asNamesakes(e diagnose.Element) any {
	if !strings.HasPrefix(string(e.ID), "body:/") || digitsOnly.MatchString(lastToken(e.ID)) {
		return nil
	}
	if g.namesakes == nil {
		g.namesakes = countNamesakes(g.x.Elements)
	}
	n := g.namesakes[lastToken(e.ID)]
	if n.others > 0 {
		return nil
	}
	switch v := e.Value.(type) {
	case string:
		if n.numbers > 0 && n.texts == 1 {
			if n, ok := habit.Number(v); ok {
				return n
			}
			return json.Number("1")
		}
	case json.Number:
		if n.texts > 0 && n.numbers == 1 {
			return v.String()
		}
	}
	return nil
}

// asItems writes the one text in a list of numbers as a number: the one that it spells, or that of another item.
func (g *generator) asItems(e diagnose.Element) (json.Number, bool) {
	text, ok := e.Value.(string)
	list, item := parent(e.ID)
	if !ok || !item {
		return "", false
	}
	var like json.Number
	numbers := 0
	for _, o := range g.x.Elements {
		if at, ok := parent(o.ID); !ok || at != list || o.ID == e.ID {
			continue
		}
		n, ok := o.Value.(json.Number)
		if !ok {
			return "", false
		}
		like, numbers = n, numbers+1
	}
	if numbers < 2 {
		return "", false
	}
	for _, read := range []func(string) (json.Number, bool){habit.Number, habit.Spelled} {
		if n, ok := read(text); ok {
			return n, true
		}
	}
	return like, true
}

// parent is the list that an item of the body lies in; ok is false for what is no item.
func parent(id diagnose.ElementID) (list string, ok bool) {
	pointer, ok := strings.CutPrefix(string(id), "body:")
	i := strings.LastIndexByte(pointer, '/')
	return pointer[:max(i, 0)], ok && i > 0 && digitsOnly.MatchString(pointer[i+1:])
}

// forNull makes up a value where there is none. Most identifiers are numbers.
func (g *generator) forNull(id diagnose.ElementID, name string) any {
	if k := habit.Of(name); k == habit.ID || k == habit.Free && plainExample(name) == "test" {
		return json.Number("1")
	}
	return g.example(id, want{})
}

func (g *generator) tidyText(e diagnose.Element, name, v, kind string) (any, string, diagnose.CauseID) {
	k, t := habit.Of(name), strings.TrimSpace(v)
	at := kind == "body"
	switch low := strings.ToLower(t); {
	case strings.ContainsFunc(t, astral):
		return strings.TrimSpace(strings.Map(func(r rune) rune { return map[bool]rune{true: -1, false: r}[astral(r)] }, t)), "without the characters that many tables cannot hold", formatCauseID
	case t == "":
		return habitSample(name, g), "a usual value instead of nothing", valueCauseID
	case nearUUID.MatchString(t) && !uuidPattern.MatchString(t):
		return first(habit.UUID.Forms(t, g.opt.Now)), "as a UUID", formatCauseID
	case uuidPattern.MatchString(t):
		return nil, "", ""
	case clock.MatchString(t) && clock24(t) != t:
		return clock24(t), "as a time of 24 hours", formatCauseID
	case at && (low == "true" || low == "false" || k == habit.Bool && habit.Truth(t) != nil || (low == "yes" || low == "no" || low == "on" || low == "off") && k == habit.Free):
		return *habit.Truth(t), "as true or false", typeCauseID
	case !at && (low == "yes" || low == "no" || low == "on" || low == "off"):
		return *habit.Truth(t), "as true or false", typeCauseID
	case k == habit.Bool && agreement.MatchString(strings.Join(habit.Words(name), "_")) && low == "false":
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
	at, item, low := kind == "body", digitsOnly.MatchString(lastToken(e.ID)), strings.ToLower(t)
	switch {
	case lastWord(name) == "password" || lastWord(name) == "passwd" || lastWord(name) == "passphrase":
		if len(t) < 12 {
			return "Passw0rd!example", "a password that every rule takes", valueCauseID
		}
		return nil, "", ""
	case lastWord(name) == "slug" || lastWord(name) == "handle" || lastWord(name) == "username":
		return strings.ReplaceAll(strings.ReplaceAll(low, " ", "-"), "_", "-"), "in lower case, without blanks", formatCauseID
	case k == habit.Phone || groups.MatchString(t):
		return strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", "/", "").Replace(t), "without what parts its groups", formatCauseID
	case span.MatchString(t):
		return nil, "", "" // 24h, 1h30m: a duration
	case at && measured.MatchString(t) && k != habit.Code && k != habit.Zip:
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

// tidyHeader brings the choices and numbers that people put into header fields of their own in order.
func (g *generator) tidyHeader(e diagnose.Element, name string) (any, string, diagnose.CauseID) {
	switch low := strings.ToLower(name); {
	case strings.HasSuffix(low, "-id") && low != "x-tenant-id" && !uuidPattern.MatchString(e.Text):
		return "3fa85f64-5717-4562-b3fc-2c963f66afa6", "a number of the usual kind", ""
	case strings.HasPrefix(low, "x-") && spelt(e.Text) != "":
		return spelt(e.Text), "the number in digits", ""
	case strings.HasPrefix(low, "x-") && word.MatchString(e.Text) && strings.ToLower(e.Text) != e.Text:
		return strings.ToLower(e.Text), "the word in lower case", ""
	}
	return nil, "", ""
}

// spelt is a number that is written as a word, in digits; "" for any other text.
func spelt(v string) string {
	n, ok := habit.Spelled(v)
	if !ok {
		return ""
	}
	return n.String()
}

// tidyList wraps an object where the name promises many, takes repetitions out, and writes all items in one type.
func (g *generator) tidyList(e diagnose.Element, name string, raw json.RawMessage) (any, string, diagnose.CauseID) {
	text := strings.TrimSpace(string(raw))
	if strings.HasPrefix(text, "{") {
		if plural(name) && !digitsOnly.MatchString(lastToken(e.ID)) && !mapLike(name) {
			return json.RawMessage("[" + text + "]"), "as a list", typeCauseID
		}
		return nil, "", ""
	}
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil || len(items) < 2 {
		return nil, "", ""
	}
	var once []json.RawMessage
	texts, changed := 0, false
	for _, it := range items {
		if it[0] == '"' {
			texts++
		}
		if slices.ContainsFunc(once, func(o json.RawMessage) bool { return string(o) == string(it) }) {
			changed = true
			continue
		}
		once = append(once, it)
	}
	if texts > 0 && texts < len(items) && (texts > 1 || len(items) == 2) { // one text among numbers is mended by itself
		for i, it := range once {
			if it[0] != '"' && it[0] != '{' && it[0] != '[' && string(it) != "null" {
				once[i], changed = json.RawMessage(jsontext.Quote(string(it))), true
			}
		}
	}
	if !changed {
		return nil, "", ""
	}
	b, err := json.Marshal(once)
	if err != nil {
		return nil, "", ""
	}
	return json.RawMessage(b), "every item once, all of one type", valueCauseID
}

// siblingStyle is the name of a member in the style of the other members of the whole body, where it alone is
// written in another one.
func (g *generator) siblingStyle(e diagnose.Element) string {
	parts, ok := strings.CutPrefix(string(e.ID), "body:/")
	name := lastName(e.ID)
	if !ok || digitsOnly.MatchString(lastToken(e.ID)) || len(habit.Words(name)) < 2 || parts == "" {
		return ""
	}
	snake := strings.Contains(name, "_")
	same, other := 0, 0
	for _, o := range g.x.Elements {
		n := lastName(o.ID)
		if !strings.HasPrefix(string(o.ID), "body:/") || o.ID == e.ID || len(habit.Words(n)) < 2 {
			continue
		}
		if strings.Contains(n, "_") == snake {
			same++
		} else {
			other++
		}
	}
	if same > 0 || other == 0 {
		return ""
	}
	w := habit.Words(name)
	if !snake {
		return strings.Join(w, "_")
	}
	for i := 1; i < len(w); i++ {
		w[i] = strings.ToUpper(w[i][:1]) + w[i][1:]
	}
	return strings.Join(w, "")
}

// siblingCapital is the name of a field with a capital letter, where all others have one: Twilio, and what Go writes by
// itself.
func (g *generator) siblingCapital(e diagnose.Element) string {
	kind, _, _ := strings.Cut(string(e.ID), ":")
	name := lastName(e.ID)
	if name == "" || kind == "header" || kind == "cookie" || digitsOnly.MatchString(lastToken(e.ID)) || !startsLow(name) {
		return ""
	}
	others := 0
	for _, o := range g.x.Elements {
		if n := lastName(o.ID); o.ID != e.ID && strings.HasPrefix(string(o.ID), kind+":") && n != "" && !digitsOnly.MatchString(lastToken(o.ID)) {
			if others++; startsLow(n) {
				return ""
			}
		}
	}
	if others < 2 {
		return ""
	}
	return capital(name)
}

func startsLow(name string) bool { return name[0] >= 'a' && name[0] <= 'z' }

var (
	compact     = lazyre.New(`^(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$`)
	bareURL     = lazyre.New(`(?i)^(www\.)?[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,10}(/\S*)?$`)
	uuidPattern = lazyre.New(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	uuidLoose   = lazyre.New(`(?i)^[{]?[0-9a-z]{4,8}(-[0-9a-z]{3,12}){2,4}[}]?$`)
	decimals    = lazyre.New(`^(-?[0-9]+\.[0-9]{2})[0-9]+$`)
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
	return ok && n.String() != t && strings.ContainsAny(t, "€$£%,")
}

// rounded cuts a decimal number in text to two decimals; nil when it has no more.
func rounded(t string) any {
	if m := decimals.FindStringSubmatch(t); m != nil {
		return m[1]
	}
	return nil
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
