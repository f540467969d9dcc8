package habit

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// countries maps names and old codes to ISO 3166-1 alpha-2, the ones that people write most.
var countries = pairs(`germany=DE deutschland=DE france=FR spain=ES italy=IT austria=AT switzerland=CH netherlands=NL holland=NL belgium=BE poland=PL
 portugal=PT sweden=SE norway=NO denmark=DK finland=FI ireland=IE greece=GR turkey=TR russia=RU ukraine=UA china=CN japan=JP india=IN brazil=BR
 mexico=MX canada=CA australia=AU usa=US us=US united_states=US united_states_of_america=US america=US uk=GB united_kingdom=GB great_britain=GB
 england=GB argentina=AR chile=CL israel=IL south_africa=ZA south_korea=KR korea=KR singapore=SG new_zealand=NZ czechia=CZ czech_republic=CZ hungary=HU
 romania=RO luxembourg=LU deu=DE fra=FR gbr=GB esp=ES ita=IT aut=AT che=CH nld=NL can=CA aus=AU jpn=JP chn=CN ind=IN bra=BR mex=MX`)

var currencies = pairs(`euro=EUR euros=EUR €=EUR dollar=USD dollars=USD $=USD us_dollar=USD usd$=USD pound=GBP pounds=GBP £=GBP sterling=GBP yen=JPY ¥=JPY
 franc=CHF franken=CHF yuan=CNY rmb=CNY rupee=INR rupees=INR real=BRL zloty=PLN`)

var languages = pairs(`english=en german=de deutsch=de french=fr spanish=es italian=it portuguese=pt dutch=nl japanese=ja chinese=zh russian=ru polish=pl
 eng=en deu=de ger=de fra=fr spa=es ita=it`)

// pairs is made when it is first asked for.
func pairs(s string) func() map[string]string {
	return sync.OnceValue(func() map[string]string {
		m := map[string]string{}
		for p := range strings.FieldsSeq(s) {
			k, v, _ := strings.Cut(p, "=")
			m[strings.ReplaceAll(k, "_", " ")] = v
		}
		return m
	})
}

// common are words that APIs use for states, roles, directions and the like, in lower case.
var common = strings.Fields(`active inactive pending available unavailable sold placed approved delivered shipped paid unpaid cancelled canceled draft
 published archived open closed completed complete failed processing queued running stopped success error enabled disabled new done todo in_progress
 rejected accepted expired refunded suspended blocked deleted confirmed verified low medium high critical urgent normal info warning debug admin user
 member owner guest viewer editor moderator public private internal male female other asc desc ascending descending standard express
 credit_card card paypal bank_transfer cash daily weekly monthly yearly annual small large easy hard beginner intermediate advanced expert basic free premium`)

// Known reports whether a word is one that APIs commonly use for states and the like; case does not matter.
func Known(word string) bool { return slices.Contains(common, strings.ToLower(word)) }

// Misspelled returns the common word that v is one slip away from, in the case of v; "" when there is none or v is one.
func Misspelled(v string) string {
	low := strings.ToLower(v)
	if len(low) < 4 || Known(low) {
		return ""
	}
	for _, w := range common {
		if len(w) >= 4 && Distance(low, w) == 1 {
			return matchCase(w, v)
		}
	}
	return ""
}

// Cases returns v in the other cases that APIs use for fixed words: lower, upper, capitalised, with underscores,
// with hyphens.
func Cases(v string) []string {
	w := Words(v)
	if len(w) == 0 || len(w) > 4 {
		return nil
	}
	var out []string
	for _, c := range []string{Snake.Join(w), strings.ToUpper(Snake.Join(w)), Kebab.Join(w), Pascal.Join(w), Flat.Join(w)} {
		if c != v && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

func matchCase(w, like string) string {
	r := []rune(like)
	switch {
	case strings.ToUpper(like) == like:
		return strings.ToUpper(w)
	case len(r) > 0 && unicode.IsUpper(r[0]):
		return Capital(w)
	}
	return w
}

// words returns the usual forms of text for kinds that are written in one way.
func (k Kind) words(v string) []string {
	t := strings.TrimSpace(v)
	low := strings.ToLower(t)
	switch k {
	case Country:
		if c, ok := countries()[low]; ok {
			return []string{c}
		}
		if len(t) == 2 {
			return []string{strings.ToUpper(t)}
		}
	case Currency:
		if c, ok := currencies()[low]; ok {
			return []string{c}
		}
		if len(t) == 3 {
			return []string{strings.ToUpper(t)}
		}
	case Language:
		if l, ok := languages()[low]; ok {
			return []string{l}
		}
		if len(t) == 2 {
			return []string{low}
		}
	case Email:
		return emails(t)
	case URL:
		if t != "" && !strings.Contains(t, "://") && !strings.ContainsAny(t, " \t") && (strings.Contains(t, ".") || strings.HasPrefix(t, "localhost")) {
			return []string{"https://" + strings.TrimLeft(t, "/:")}
		}
		if bare, ok := strings.CutPrefix(t, "http://"); ok && !strings.Contains(t, " ") {
			return []string{"https://" + bare}
		}
		return nonempty(strings.ReplaceAll(t, " ", "%20"), strings.Contains(t, "://"))
	case UUID:
		return uuids(t)
	case Host, IP:
		if t = strings.Trim(t, "\"'"); quad.MatchString(t) && !patterns[IP].MatchString(t) {
			return []string{octets(t)}
		}
		return nonempty(t, patterns[k].MatchString(t))
	case Phone, Zip:
		return nonempty(strings.Trim(t, "\"'"), patterns[k].MatchString(strings.Trim(t, "\"'")))
	case Word, Order:
		if w := Misspelled(t); w != "" {
			return []string{w}
		}
	}
	return nil
}

func nonempty(s string, ok bool) []string {
	if ok && s != "" {
		return []string{s}
	}
	return nil
}

// emails repairs the slips that an address survives: " at ", a comma for the point, spaces, a missing host.
func emails(v string) []string {
	fixed := strings.NewReplacer(" at ", "@", "(at)", "@", "[at]", "@", " dot ", ".", "[dot]", ".", ",", ".", " ", "", "@@", "@", "<", "", ">", "", "mailto:", "").Replace(v)
	if patterns[Email].MatchString(fixed) {
		return []string{fixed}
	}
	if name, host, ok := strings.Cut(fixed, "@"); ok && name != "" && host != "" && !strings.Contains(host, "@") && patterns[Email].MatchString(fixed+".com") {
		return []string{fixed + ".com"}
	}
	return nil
}

// uuids repairs the dashes and braces of a UUID.
func uuids(v string) []string {
	hex := strings.NewReplacer("-", "", "{", "", "}", "", "urn:uuid:", "", " ", "").Replace(strings.ToLower(v))
	if len(hex) != 32 {
		return nil
	}
	return nonempty(hex[:8]+"-"+hex[8:12]+"-"+hex[12:16]+"-"+hex[16:20]+"-"+hex[20:], patterns[UUID].MatchString(hex[:8]+"-"+hex[8:12]+"-"+hex[12:16]+"-"+hex[16:20]+"-"+hex[20:]))
}

// Nearest returns the option that is closest to v: equal but for case and separators, else within two slips;
// "" when none is. The first wins a tie.
func Nearest(v string, options []string) string {
	flat := Flat.Of(v)
	for _, o := range options {
		if o != v && Flat.Of(o) == flat && flat != "" {
			return o
		}
	}
	best, least := "", 3
	for _, o := range options {
		d := Distance(strings.ToLower(v), strings.ToLower(o))
		if o != v && d < least && d*3 <= max(len(v), len(o)) {
			best, least = o, d
		}
	}
	return best
}

// maxDistance bounds the work of Distance: longer words are no slips of each other.
const maxDistance = 64

// Distance is the number of slips between two words: a character more, less, another, or two swapped.
func Distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > maxDistance || len(y) > maxDistance {
		return maxDistance
	}
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] { // what both begin and end with costs nothing
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	var rows [3][maxDistance + 1]int
	older, before, row := &rows[0], &rows[1], &rows[2]
	for j := range y {
		row[j+1] = j + 1
	}
	for i := 1; i <= len(x); i++ {
		older, before, row = before, row, older
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(before[j]+1, row[j-1]+1, before[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
		}
	}
	return row[len(y)]
}

// octets cuts the parts of an IPv4 address that are above 255 down to two digits.
func octets(v string) string {
	parts := strings.Split(v, ".")
	for i, p := range parts {
		if n, err := strconv.Atoi(p); err != nil || n > 255 {
			parts[i] = p[:min(len(p), 2)]
		}
	}
	return strings.Join(parts, ".")
}

// Coded returns the code of ISO 3166-1, ISO 639-1 or ISO 4217 for the name of a country, a language or a currency, "" for
// any other text and for what is a code already.
func Coded(v string) string {
	low := strings.ToLower(strings.TrimSpace(v))
	if len(low) <= 4 {
		return ""
	}
	for _, names := range []map[string]string{countries(), languages(), currencies()} {
		if code := names[low]; code != "" {
			return code
		}
	}
	return ""
}
