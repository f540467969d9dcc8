package habit

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"culprit/request/lazyre"
)

// An Oddity is how a value differs from what its name promises.
type Oddity string

// The oddities.
const (
	Fine   Oddity = ""
	Type   Oddity = "type"   // another JSON type
	Format Oddity = "format" // text of the wrong form
	Range  Oddity = "range"  // outside the usual values
)

// Odd says how v, a JSON value (string, json.Number, bool, nil), differs from what the kind promises, and
// why in words that do not quote v. Empty strings, null, objects and arrays are never odd here. loose is set for
// places where everything is text (query, form): a number in quotes is right there.
func (k Kind) Odd(v any, loose bool) (Oddity, string) {
	switch v := v.(type) {
	case string:
		if v == "" || k == Free || k == ID {
			return Fine, ""
		}
		return k.oddText(v, loose)
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			return Fine, ""
		}
		return k.oddNumber(f)
	case bool:
		if k.Numeric() || k == Email || k == URL || k == UUID || k == Date || k == DateTime || k == Country || k == Currency || k == List {
			return Type, "true or false where the name promises " + k.with()
		}
	}
	return Fine, ""
}

// with returns the kind with its article.
func (k Kind) with() string {
	switch k {
	case Measure, Money, Count, Limit, Page, Offset, Percent, Lat, Lon:
		return "a number"
	case ID, Email, IP, Age, Order:
		return "an " + string(k)
	case "":
		return "something else"
	}
	return "a " + string(k)
}

func (k Kind) oddText(v string, loose bool) (Oddity, string) {
	if k == Bool && (Datelike(v) || Good(v)) {
		return Fine, "" // published, verified: when, not whether
	}
	if _, ok := YearMonth(v); ok && k == Month {
		return Fine, ""
	}
	if k.Numeric() {
		t := strings.TrimSpace(v)
		f, err := strconv.ParseFloat(t, 64)
		switch {
		case err != nil || math.IsNaN(f) || math.IsInf(f, 0) || !plain.MatchString(t):
			return Type, "text where the name promises a number"
		case loose:
			return k.oddNumber(f)
		default:
			return Type, "a number in quotes"
		}
	}
	if k == Currency && currencies()[strings.ToLower(v)] != "" {
		return Format, "the name of a currency where its code of ISO 4217 is usual"
	}
	if k == Host && quad.MatchString(v) && !patterns[IP].MatchString(v) {
		return Format, "an IP address with a part above 255"
	}
	if pattern, ok := patterns[k]; ok {
		if !pattern.MatchString(v) {
			return Format, "it does not look like " + k.with()
		}
		return Fine, ""
	}
	switch {
	case k == Bool:
		if v == "true" || v == "false" {
			if loose {
				return Fine, ""
			}
			return Type, "true or false in quotes"
		}
		if Truth(v) != nil {
			return Type, "a yes or no that is not true or false"
		}
		return Type, "text where the name promises true or false"
	case k == List && !loose:
		return Type, "one text where the name promises a list"
	case k.Moment():
		return oddMoment(k, v, loose)
	case (k == Word || k == Order) && strings.ContainsAny(v, "\n\r\t"):
		return Format, "a line break in a word"
	}
	return Fine, ""
}

var plain = lazyre.New(`^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$`)

// quad is four numbers with points, as an IPv4 address has them (RFC 3986 §3.2.2).
var quad = lazyre.New(`^[0-9]+(\.[0-9]+){3}$`)

// patterns hold what text of a kind looks like, more generous than any validator: what fails here is
// rejected nearly everywhere.
var patterns = map[Kind]*lazyre.Regexp{
	Email:    lazyre.New(`^[^\s@<>(),;:"\[\]]+@[^\s@.<>(),;:"\[\]]+(\.[^\s@.<>(),;:"\[\]]+)+$|^[^\s@]+@(localhost|\[[0-9a-fA-F:.]+\])$`),
	UUID:     lazyre.New(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`),
	Phone:    lazyre.New(`^(\+|00)?[0-9 ()./-]*[0-9][0-9 ()./-]{3,}(\s*(x|ext\.?)\s*[0-9]+)?$`),
	URL:      lazyre.New(`^([a-zA-Z][a-zA-Z0-9+.-]*:\S+|/\S*)$`),
	Host:     lazyre.New(`^[^\s/@]+$`),
	IP:       lazyre.New(`^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]+)(/[0-9]+)?$`),
	Country:  lazyre.New(`^(?:[A-TV-Z][A-Z]{1,2}|U[A-JL-Z][A-Z]?|UKR)$`), // not UK, which ISO 3166-1 only reserves
	Currency: lazyre.New(`^[A-Z]{3,4}$`),
	Language: lazyre.New(`^[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*(,.*)?$|^\*$`),
	Zone:     lazyre.New(`^([A-Za-z]+(/[A-Za-z0-9_+-]+)+|UTC|GMT|Z|[A-Z]{3,4}|(UTC|GMT)?[+-][0-9]{1,2}:?[0-9]{0,2})$`),
	Zip:      lazyre.New(`^[A-Za-z0-9][A-Za-z0-9 -]{2,11}$`),
}

// UUIDLike reports text that is a UUID.
func UUIDLike(v string) bool { return patterns[UUID].MatchString(v) }

// ranges are the usual bounds of numbers, generous.
var ranges = map[Kind][2]float64{
	Count: {0, 1e9}, Limit: {1, 1000}, Page: {1, 1e7}, Offset: {0, 1e9}, Percent: {0, 100}, Lat: {-90, 90}, Lon: {-180, 180},
	Age: {0, 125}, Rating: {0, 10}, Year: {1000, 9999}, Month: {1, 12}, Day: {1, 31}, Port: {1, 65535}, Money: {0, 1e12},
}

func (k Kind) oddNumber(f float64) (Oddity, string) {
	switch {
	case k == Email || k == URL || k == UUID || k == Country || k == Currency || k == Zone || k == Host || k == IP:
		return Type, "a number where the name promises " + k.with()
	case k == Zip || k == Phone:
		return Type, "a number where such values are text of digits"
	case k == Bool:
		return Type, "a number where the name promises true or false"
	case k == List:
		return Type, "a number where the name promises a list"
	case k.Whole() && f != math.Trunc(f):
		return Type, "a fraction where the name promises a whole number"
	}
	if r, ok := ranges[k]; ok && (f < r[0] || f > r[1]) {
		return Range, "it is outside what a " + string(k) + " usually is"
	}
	return Fine, ""
}

// Truth reads the many ways of writing true and false; nil when v is none of them.
func Truth(v string) *bool {
	yes, no := true, false
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "true", "yes", "y", "on", "1", "t":
		return &yes
	case "false", "no", "n", "off", "0", "f":
		return &no
	}
	return nil
}
