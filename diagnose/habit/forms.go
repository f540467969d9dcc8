package habit

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"culprit/request/lazyre"
)

// A Form is one value that the other probably should have been.
type Form struct {
	Value any     // string, json.Number, bool, nil or json.RawMessage
	Why   string  // "as a number"
	Odds  float64 // share of trust beside the other forms, 1 for the first
	Sure  bool    // it says the same in another way; otherwise it is made up
}

// Forms returns what v probably should have been for a name of this kind, best first; nil when nothing comes
// to mind. now is used for dates that must be made up.
func (k Kind) Forms(v any, now time.Time) []Form {
	switch v := v.(type) {
	case string:
		return k.formsOfText(v, now)
	case json.Number:
		return k.formsOfNumber(v, now)
	case bool:
		return []Form{{k.Example(now), "a usual value", .3, false}}
	}
	return nil
}

func (k Kind) formsOfText(v string, now time.Time) []Form {
	switch {
	case k.Numeric():
		return k.numbers(v, now)
	case k.Moment():
		return k.moments(v, now)
	case k == Bool:
		if b := Truth(v); b != nil {
			return []Form{{*b, "as true or false", 1, true}}
		}
		return []Form{{true, "as true or false", .3, false}, {false, "as true or false", .3, false}}
	case k == List:
		return []Form{{split(v), "as a list", 1, true}}
	}
	var out []Form
	for _, w := range k.words(v) {
		if w != v {
			out = append(out, Form{w, "the usual form of " + k.with(), 1, true})
		}
	}
	if len(out) == 0 && k != Free && k != Word && k != ID && k != Code {
		out = append(out, Form{k.Example(now), "a usual value", .5, false})
	}
	return out
}

func (k Kind) numbers(v string, now time.Time) []Form {
	if n, ok := Number(v); ok {
		f, _ := strconv.ParseFloat(string(n), 64)
		if k.Whole() && f != math.Trunc(f) {
			return []Form{{json.Number(strconv.FormatFloat(math.Trunc(f), 'f', 0, 64)), "as a whole number", 1, true}, {n, "as a number", .5, true}}
		}
		out := []Form{{n, "as a number", 1, true}}
		if r := k.within(f); r != n && r != "" {
			out = append([]Form{{r, "within the usual bounds", .7, false}}, out...)
		}
		return out
	}
	if n, ok := Spelled(v); ok {
		return []Form{{n, "as a number", 1, true}}
	}
	return []Form{{k.Example(now), "a usual value", .5, false}}
}

// Spelled reads a number that is written as a word, and the words that stand for one where a number belongs: all, max,
// none.
func Spelled(v string) (json.Number, bool) {
	if n, ok := Numeral(v); ok {
		return n, true
	}
	n, ok := extremes[strings.ToLower(strings.TrimSpace(v))]
	return json.Number(strconv.Itoa(n)), ok
}

// Numeral reads a number that is written as a word.
func Numeral(v string) (json.Number, bool) {
	n, ok := numerals[strings.ToLower(strings.TrimSpace(v))]
	return json.Number(strconv.Itoa(n)), ok
}

var (
	numerals = map[string]int{"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
	extremes = map[string]int{"all": 100, "max": 100, "none": 0}
)

var (
	numeral   = lazyre.New(`^[-+]?[0-9]+(\.[0-9]+)?$`)
	english   = lazyre.New(`^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)
	german    = lazyre.New(`^-?[0-9]{1,3}(\.[0-9]{3})*(,[0-9]+)$`)
	decorated = lazyre.New(`^([$€£¥%]|[A-Za-z]{1,4})?\s*([-+]?[0-9][0-9.,' ]*)\s*([$€£¥%]|[A-Za-z]{1,6}\.?)?$`)
)

// without returns s without the characters in chars.
func without(s, chars string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(chars, r) {
			return -1
		}
		return r
	}, s)
}

// mostLetters are those of the longest word before a number and of the longest behind it, see decorated.
const mostLetters = 10

// numberlike reports whether there is nothing in a text that no number has.
func numberlike(t string) bool {
	letters := 0
	for _, r := range t {
		switch {
		case r >= '0' && r <= '9', strings.ContainsRune(" .,'_+-$€£¥%\t\n\f\r", r):
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			if letters++; letters > mostLetters {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// Number reads a number in text: in quotes, with a currency or unit, with separators of thousands. The
// result is a JSON number.
func Number(v string) (json.Number, bool) {
	t := strings.TrimSpace(v)
	if !strings.ContainsAny(t, "0123456789") || !numberlike(t) {
		return "", false
	}
	if m := decorated.FindStringSubmatch(t); m != nil {
		t = strings.TrimSpace(m[2])
	}
	t = without(t, " '_")
	switch {
	case english.MatchString(t):
		t = strings.ReplaceAll(t, ",", "")
	case german.MatchString(t):
		t = strings.ReplaceAll(strings.ReplaceAll(t, ".", ""), ",", ".")
	}
	if !numeral.MatchString(t) {
		return "", false
	}
	sign, digits := "", strings.TrimPrefix(t, "+")
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	digits = strings.TrimLeft(digits, "0")
	if digits == "" || digits[0] == '.' {
		digits = "0" + digits
	}
	return json.Number(sign + digits), true
}

// within returns the nearest usual number, "" when f is one already or there are no bounds.
func (k Kind) within(f float64) json.Number {
	r, ok := ranges[k]
	if !ok || f >= r[0] && f <= r[1] {
		return ""
	}
	if k == Year {
		return "2000" // the nearest one is the year 1000, which few mean
	}
	if f < 0 && -f >= r[0] && -f <= r[1] && (k == Money || k == Count || k == Age) {
		return json.Number(strconv.FormatFloat(max(-f, 1), 'f', -1, 64))
	}
	high := r[1]
	if k == Limit {
		high = 100 // the usual largest page
	}
	if k == Rating {
		high = 5
	}
	return json.Number(strconv.FormatFloat(max(r[0], min(f, high)), 'f', -1, 64))
}

func (k Kind) formsOfNumber(n json.Number, now time.Time) []Form {
	f, err := n.Float64()
	if err != nil {
		return nil
	}
	switch {
	case k == Bool && (f == 0 || f == 1):
		return []Form{{f == 1, "as true or false", 1, true}}
	case k.Digits() || k == ID || k == UUID:
		return []Form{{n.String(), "as text", 1, true}}
	case k == List:
		return []Form{{json.RawMessage("[" + n.String() + "]"), "as a list", 1, true}}
	case k.Moment():
		var out []Form
		for _, d := range dates(k, n.String()) {
			if _, same := d.(json.Number); !same {
				out = append(out, Form{d, "as text of RFC 3339", 1, true})
			}
		}
		return out
	case k.Whole() && f != math.Trunc(f):
		return []Form{{json.Number(strconv.FormatFloat(math.Trunc(f), 'f', 0, 64)), "as a whole number", 1, true}}
	}
	if r := k.within(f); r != "" {
		return []Form{{r, "within the usual bounds", 1, false}}
	}
	if k == Free || k.Numeric() {
		return nil
	}
	return []Form{{k.Example(now), "a usual value", .5, false}}
}

func (k Kind) moments(v string, now time.Time) []Form {
	var out []Form
	for i, d := range dates(k, v) {
		odds := 1.0
		if _, epoch := d.(json.Number); epoch {
			odds = .15
		} else if i > 0 {
			odds = .4 // the forms of one value share its odds
		}
		out = append(out, Form{d, "in another form", odds, true})
	}
	if len(out) == 0 {
		for _, d := range clampDate(v) {
			out = append(out, Form{d, "the nearest day that exists", .8, false})
		}
		out = append(out, Form{k.Example(now), "a usual value", .5, false})
	}
	return out
}

// split makes a JSON list of text with commas, or of one text; what is a number in it stays one.
func split(v string) json.RawMessage {
	var items []any
	for s := range strings.SplitSeq(v, ",") {
		s = strings.TrimSpace(s)
		if strings.Contains(v, ",") && numeral.MatchString(s) && json.Valid([]byte(s)) {
			items = append(items, json.Number(s))
			continue
		}
		items = append(items, s)
	}
	b, err := json.Marshal(items)
	if err != nil {
		return json.RawMessage("[]")
	}
	return b
}

// Example makes up a value that nearly every server takes for a name of this kind.
func (k Kind) Example(now time.Time) any {
	switch k {
	case UUID:
		return "3fa85f64-5717-4562-b3fc-2c963f66afa6"
	case ID, Code:
		return "1"
	case Email:
		return "user@example.com"
	case Phone:
		return "+12025550123"
	case Zip:
		return "10115"
	case Measure, Money, Count, Page, Rating, Month, Day, Percent, Lat, Lon:
		return json.Number("1")
	case Limit:
		return json.Number("10")
	case Offset:
		return json.Number("0")
	case Age:
		return json.Number("30")
	case Year:
		return json.Number(strconv.Itoa(now.UTC().Year()))
	case Port:
		return json.Number("8080")
	case Date:
		return now.UTC().Format(time.DateOnly)
	case DateTime, Clock:
		return now.UTC().Format("2006-01-02T15:04:05Z")
	case URL:
		return "https://example.com/"
	case Host:
		return "example.com"
	case IP:
		return "192.0.2.1"
	case Country:
		return "US"
	case Currency:
		return "USD"
	case Language:
		return "en"
	case Zone:
		return "UTC"
	case Bool:
		return true
	case Word:
		return "active"
	case Order:
		return "asc"
	case List:
		return json.RawMessage("[]")
	}
	return "test"
}
