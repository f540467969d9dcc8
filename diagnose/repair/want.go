package repair

import (
	"encoding/json"
	"strconv"
	"strings"

	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// A want is what a server says about a value, read from its words.
type want struct {
	types    []string // of JSON Schema: "number", "integer", "string", "boolean", "array", "object"
	kind     habit.Kind
	min, max *float64
	length   int // most characters, 0 for unknown
	least    int // least characters
	places   int // most digits behind the point; 0 for unknown
	empty    bool
	unknown  bool // the server does not know the element
	gone     bool // it is missing
}

// typeWords maps the words of validators to the types of JSON Schema. Longer words stand first where one holds another.
var typeWords = []struct{ word, typ string }{
	{"integer", "integer"}, {"int32", "integer"}, {"int64", "integer"}, {"whole number", "integer"}, {"type_int", "integer"}, {" int ", "integer"}, {"i32", "integer"}, {"i64", "integer"}, {"u32", "integer"}, {"u64", "integer"}, {"usize", "integer"}, {" long", "integer"},
	{"number", "number"}, {"numeric", "number"}, {"float", "number"}, {"decimal", "number"}, {"double", "number"}, {"f64", "number"}, {"f32", "number"},
	{"boolean", "boolean"}, {"bool", "boolean"}, {"array", "array"}, {" list", "array"}, {"sequence", "array"}, {"vec", "array"}, {"object", "object"}, {"dictionary", "object"}, {" map", "object"}, {"struct", "object"},
	{"string", "string"}, {" text", "string"}, {" str ", "string"},
}

var formats = []struct {
	word string
	kind habit.Kind
}{
	{"date-time", habit.DateTime}, {"datetime", habit.DateTime}, {"date time", habit.DateTime}, {"timestamp", habit.DateTime}, {"rfc3339", habit.DateTime}, {"rfc 3339", habit.DateTime}, {"iso 8601", habit.DateTime}, {"iso8601", habit.DateTime},
	{"yyyy-mm-dd", habit.Date}, {"date", habit.Date}, {"uuid", habit.UUID}, {"guid", habit.UUID}, {"email", habit.Email}, {"e-mail", habit.Email},
	{"uri", habit.URL}, {"url", habit.URL}, {"ipv4", habit.IP}, {"ipv6", habit.IP}, {"ip address", habit.IP}, {"hostname", habit.Host}, {"phone", habit.Phone}, {"iso 4217", habit.Currency}, {"currency", habit.Currency}, {"iso 3166", habit.Country}, {"country", habit.Country},
	{"time zone", habit.Zone}, {"timezone", habit.Zone}, {"language", habit.Language}, {"locale", habit.Language},
}

var (
	atMost  = lazyre.New(`(?:less than or equal(?:s)?(?: to)?|<=|at most|no(?:t)? (?:more|greater|larger|longer) than|maximum(?: (?:value|length))?(?: (?:of|is))?|must not exceed|may not be (?:greater|longer) than|up to|le=|max(?:imum)?[_ ]?(?:length|items)?[:= ]|lte)\s*[:=]?\s*(-?[0-9]+(?:\.[0-9]+)?)`)
	atLeast = lazyre.New(`(?:greater than or equal(?:s)?(?: to)?|>=|at least|not? (?:less|smaller|shorter) than|no fewer than|minimum(?: (?:value|length))?(?: (?:of|is))?|ge=|min(?:imum)?[_ ]?(?:length|items)?[:= ]|gte)\s*[:=]?\s*(-?[0-9]+(?:\.[0-9]+)?)`)
	below   = lazyre.New(`(?:less than|lower than|smaller than|<|lt=)\s*(-?[0-9]+(?:\.[0-9]+)?)`)
	above   = lazyre.New(`(?:greater than|more than|larger than|>|gt=|must be positive)\s*(-?[0-9]+(?:\.[0-9]+)?)?`)
	between = lazyre.New(`(?:between|from|(?:in|within) (?:the )?range(?: of)?)\s*[:\[(]?\s*(-?[0-9]+(?:\.[0-9]+)?) *(?:and|to|-|–|\.\.\.?|,) *(-?[0-9]+(?:\.[0-9]+)?)(?:[^0-9-]|$)`) // 2024-01-01 is no range
	exactly = lazyre.New(`(?:exactly|length (?:must be|should be|of|is)|be of length|len=)\s*:?\s*([0-9]+)\b`)
	behind  = lazyre.New(`(?:(?:at most|no more than|not more than|more than|up to|max(?:imum)?(?: of)?|exactly) )?\b([1-9]) (?:decimal places|decimals|decimal digits|fraction(?:al)? digits|digits after)`)
	chars   = lazyre.New(`character|length|longer|shorter|too (?:long|short)|digits`)
	foreign = lazyre.New(`unknown|unexpected|unrecogni[sz]ed|not (?:allowed|permitted|supported|known)|additional|extra|forbidden|should not exist|not defined|no such field|read-?only`)
	absent  = lazyre.New(`required|missing|must be present|is not present|can't be blank|cannot be blank|should not be empty|may not be (?:empty|blank|null)|undefined|not provided`)
	blank   = lazyre.New(`blank|empty|null`)
)

// read reads what a server expects. expected is its own short word ("number"), text the whole sentence.
func read(expected, text string) want {
	w := scan(" " + strings.ToLower(expected) + " ")
	t := scan(" " + strings.ToLower(text) + " ")
	if len(w.types) == 0 {
		w.types = t.types
	}
	if w.kind == habit.Free {
		w.kind = t.kind
	}
	if w.min == nil {
		w.min = t.min
	}
	if w.max == nil {
		w.max = t.max
	}
	w.length, w.least = max(w.length, t.length), max(w.least, t.least)
	w.places = max(w.places, t.places)
	w.unknown, w.gone, w.empty = t.unknown || w.unknown, t.gone || w.gone, t.empty || w.empty
	return w
}

func scan(s string) want {
	var w want
	s = strings.NewReplacer("\"", " ", "`", " ", ":", " : ", ",", " , ", "'", " ").Replace(s)
	// What follows "got" or "received" is what we sent.
	for _, stop := range []string{" got ", " received ", " but ", " instead of "} {
		if i := strings.Index(s, stop); i > 0 {
			s = s[:i] + " "
		}
	}
	// serde: invalid type: string 12.50 , expected f64
	if i := strings.Index(s, "expected "); i >= 0 && !strings.Contains(s[i:], "expected one of") {
		w.types = typesIn(s[i+len("expected"):])
	}
	if len(w.types) == 0 {
		w.types = typesIn(s)
	}
	for _, f := range formats {
		if strings.Contains(s, f.word) {
			w.kind = f.kind
			break
		}
	}
	w.unknown, w.gone, w.empty = foreign.MatchString(s), absent.MatchString(s), blank.MatchString(s)
	w.bounds(s)
	return w
}

func typesIn(s string) []string {
	for _, t := range typeWords {
		if strings.Contains(s, t.word) {
			return []string{t.typ}
		}
	}
	return nil
}

func (w *want) bounds(s string) {
	if m := behind.FindStringSubmatch(s); m != nil {
		w.places, _ = strconv.Atoi(m[1])
		s = strings.ReplaceAll(s, m[0], " ") // a number of digits, and none of the value
	}
	low, high := number(atLeast, s), number(atMost, s)
	if m := between.FindStringSubmatch(s); m != nil {
		a, _ := strconv.ParseFloat(m[1], 64)
		b, _ := strconv.ParseFloat(m[2], 64)
		low, high = &a, &b
	}
	if n := number(exactly, s); n != nil && low == nil && high == nil {
		low, high = n, n
	}
	if low == nil && high == nil {
		if f := number(below, s); f != nil {
			v := *f - 1
			high = &v
		}
		if m := above.FindStringSubmatch(s); m != nil {
			v := 1.0
			if f := number(above, s); f != nil {
				v = *f + 1
			}
			low = &v
		}
	}
	if chars.MatchString(s) {
		if high != nil {
			w.length = int(max(0, min(*high, 1<<20)))
		}
		if low != nil {
			w.least = int(max(0, min(*low, 1<<10)))
		}
		return
	}
	w.min, w.max = low, high
}

func number(re *lazyre.Regexp, s string) *float64 {
	m := re.FindStringSubmatch(s)
	if m == nil || m[1] == "" {
		return nil
	}
	f, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return nil
	}
	return &f
}

// numberOf writes a float as a JSON number.
func numberOf(f float64) json.Number { return json.Number(strconv.FormatFloat(f, 'f', -1, 64)) }
