package lint

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// odd reports the members of some kinds whose value does not look as their name promises.
func (s *scan) odd(r rule, harm float64, kinds map[habit.Kind]float64) {
	for _, m := range s.members() {
		odds, ok := kinds[m.kind]
		v, isText := m.Value.(string)
		if !ok || m.Value == nil || isText && (v == "" || unresolved(v) != "") {
			continue
		}
		if o, why := m.kind.Odd(m.Value, m.loose); o != habit.Fine {
			s.hit(r.at(odds), m.ID, m.cause(o), "The value: "+why+".", s.forms(m, odds, harm)...)
		}
	}
}

func checkEmailPhone(s *scan, r rule) {
	s.odd(r, .05, map[habit.Kind]float64{habit.Email: 35, habit.Phone: 20, habit.UUID: 30, habit.IP: 25, habit.Host: 12})
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		low := strings.ToLower(v)
		if ok && low != v && (m.kind == habit.UUID || m.kind == habit.ID) && habit.UUIDLike(low) {
			s.hit(r.at(10), m.ID, m.cause(habit.Format), "The UUID is not in lower case.", weigh(set(m.ID, low, .1), 10))
		}
		if bare := strings.Trim(low, "{}"); m.kind == habit.ID && plainUUID.MatchString(strings.ReplaceAll(bare, "-", "")) && !habit.UUIDLike(low) {
			s.hit(r.at(15), m.ID, m.cause(habit.Format), "The value is a UUID in another form.", s.uuidForm(m)...)
		}
	}
}

// plainUUID is a UUID without dashes: its version and variant digits tell it from other hexadecimal text (RFC 9562 §4).
var plainUUID = lazyre.New(`^[0-9a-f]{12}[1-8][0-9a-f]{3}[89ab][0-9a-f]{15}$`)

func (s *scan) uuidForm(m member) []diagnose.Edit {
	m.kind = habit.UUID
	return s.forms(m, 15, .2)
}

// leftovers are names of members that were added for a try and forgotten.
var leftovers = lazyre.New(`(?i)^(foo|bar|baz|foobar|extra|test|tmp|temp|dummy|debug|unknown|unexpected|xxx|asdf|bogus|nonsense)([_-]?(field|key|param|prop|property|value|attr))?[0-9]*$|^(extra|unknown|unexpected|bogus|nonexistent|invalid|legacy|deprecated)[_-]?[a-z]{2,}$`)

// checkLeftovers is N9.
func checkLeftovers(s *scan, r rule) {
	left := memo(leftovers.MatchString)
	for _, e := range s.x.Elements {
		kind, rest, _ := e.ID.Cut()
		name := rest
		switch kind {
		case "body":
			name = nameOf(e.ID)
			if e.ID.IsItem() {
				continue
			}
		case "query", "form", "multipart":
		case "header":
			name = strings.TrimPrefix(rest, "X-")
		default:
			continue
		}
		if left(name) {
			cause := diagnose.CauseID("unexpected_body_property")
			if kind == "query" {
				cause = "invalid_request_parameter"
			} else if kind == "header" {
				cause = "invalid_request_header"
			}
			s.hit(r, e.ID, cause, "The name is one of things that were added for a try.", remove(e.ID, .1))
		}
	}
}

func checkURLs(s *scan, r rule) {
	s.odd(r, .1, map[habit.Kind]float64{habit.URL: r.odds})
}

// Well-formed codes that people write and that name nothing: ISO 4217 has the first for "no currency involved" and not the
// others; ISO 3166-1 leaves the first four of countries to users, and the United Kingdom is GB.
var (
	noCurrency = []string{"XXX", "XYZ", "ABC", "ZZZ", "AAA", "US$"}
	noCountry  = []string{"XX", "ZZ", "AA", "QQ", "UK", "EN"}
)

// checkCodes is about codes of ISO standards: countries, currencies, languages, time zones.
func checkCodes(s *scan, r rule) {
	s.odd(r, .2, map[habit.Kind]float64{habit.Country: 20, habit.Currency: r.odds, habit.Language: 20, habit.Zone: 15})
	// Well-formed but not assigned.
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok {
			continue
		}
		if m.kind == habit.Currency && slices.Contains(noCurrency, v) || m.kind == habit.Country && slices.Contains(noCountry, v) {
			s.hit(r.at(20), m.ID, m.cause(habit.Range), "The code names no country of ISO 3166-1 and no currency of ISO 4217.", because(weigh(set(m.ID, m.kind.Example(s.f.Now), .3), 15), "a usual value"))
		}
	}
}

// checkBounds is about numbers outside what their name allows.
func checkBounds(s *scan, r rule) {
	for _, m := range s.members() {
		if !m.kind.Numeric() {
			continue
		}
		v := m.Value
		if t, ok := v.(string); ok && !m.loose || ok && t == "" {
			continue
		}
		o, why := m.kind.Odd(v, m.loose)
		if o == habit.Range || o == habit.Type && !m.loose {
			odds := r.odds
			if m.kind == habit.Money {
				odds = 15 // refunds and discounts are below zero
			}
			s.hit(r.at(odds), m.ID, m.cause(o), "The value: "+why+".", s.forms(m, odds, .2)...)
			continue
		}
		n := element.Plain(v)
		f, err := strconv.ParseFloat(n, 64)
		switch {
		case err != nil:
		case m.kind == habit.Count && f == 0 && m.place == "body":
			s.hit(r.at(12), m.ID, m.cause(habit.Range), "A quantity of zero.", because(weigh(set(m.ID, json.Number("1"), .3), 12), "one"))
		case m.kind == habit.Limit && f > 100:
			to := any(json.Number("100"))
			if m.loose {
				to = "100"
			}
			s.hit(r.at(12), m.ID, m.cause(habit.Range), "More than the usual 100 for one page.", because(weigh(set(m.ID, to, .1), 12), "the usual most"))
		case m.kind == habit.Count && f > 100000:
			s.hit(r.at(5), m.ID, m.cause(habit.Range), "A very large quantity.", because(weigh(set(m.ID, json.Number("1"), .4), 5), "one"))
		case m.kind == habit.Rating && f > 5:
			s.hit(r.at(8), m.ID, m.cause(habit.Range), "More than the usual five.", because(weigh(set(m.ID, json.Number("5"), .3), 8), "the usual most"))
		}
	}
}

// checkListNames is about one text where the name promises a list.
func checkListNames(s *scan, r rule) {
	s.odd(r, .2, map[habit.Kind]float64{habit.List: r.odds})
}

// orders are the words for a direction.
const orders = " asc desc ASC DESC Asc Desc ascending descending 1 -1 forward backward up down left right in out inbound outbound next prev previous both "

// checkWords is about misspelled fixed words.
func checkWords(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || v == "" {
			continue
		}
		switch {
		case m.kind == habit.Word && habit.Misspelled(v) != "":
			s.hit(r, m.ID, m.cause(habit.Range), "The word is one slip away from "+habit.Misspelled(v)+".", set(m.ID, habit.Misspelled(v), .1))
		case m.kind == habit.Word && capitalised.MatchString(v) && (habit.Known(v) || !strings.HasSuffix(strings.ToLower(m.name), "state")): // a state may be a place
			s.hit(r.at(12), m.ID, m.cause(habit.Range), "Most APIs write such a word in lower case.", because(weigh(set(m.ID, strings.ToLower(v), .3), 12), "in lower case"), because(weigh(set(m.ID, strings.ToUpper(v), .5), 4), "in upper case"))
		case choice(m.name) && m.kind == habit.Free && capitalised.MatchString(v):
			s.hit(r.at(10), m.ID, m.cause(habit.Range), "Most APIs write such a word in lower case.", because(weigh(set(m.ID, strings.ToLower(v), .3), 10), "in lower case"))
		case m.kind == habit.Order && !strings.ContainsAny(v, "0123456789") && !strings.Contains(orders, " "+v+" "):
			odds := 12.0
			if _, err := strconv.Atoi(v); err == nil || len(v) > 12 {
				odds = 3
			}
			s.hit(r.at(odds), m.ID, m.cause(habit.Range), "A direction is usually asc or desc.", because(weigh(set(m.ID, "asc", .3), odds), "ascending"), because(weigh(set(m.ID, "desc", .3), odds*.7), "descending"))
		}
	}
}

// capitalised is one word with a capital at its start.
var capitalised = lazyre.New(`^[A-Z][a-z]{2,}$`)

// choice reports names whose value is usually one of a few words.
func choice(name string) bool {
	w := habit.Words(name)
	if len(w) == 0 {
		return false
	}
	switch w[len(w)-1] {
	case "method", "kind", "type", "mode", "channel", "plan", "tier", "unit", "action", "format":
		return true
	}
	return false
}

// checkTypes is about numbers and booleans where the name promises text of some form.
func checkTypes(s *scan, r rule) {
	for _, m := range s.members() {
		if _, text := m.Value.(string); text || m.Value == nil || m.loose {
			continue
		}
		if m.kind.Numeric() || m.kind == habit.Bool || m.kind == habit.List {
			continue // N4, B5, N5
		}
		switch m.kind {
		case habit.Email, habit.URL, habit.UUID, habit.Country, habit.Currency, habit.IP, habit.Host, habit.Zone:
			continue // N1, N2, N3
		}
		if o, why := m.kind.Odd(m.Value, false); o == habit.Type {
			s.hit(r, m.ID, m.cause(o), "The value: "+why+".", s.forms(m, r.odds, .3)...)
			continue
		}
		if n, ok := m.Value.(json.Number); ok && (m.kind == habit.Code || textName(m.name)) {
			s.hit(r.at(10), m.ID, m.cause(habit.Type), "A number where the name promises text.", weigh(set(m.ID, n.String(), .2), 10))
		}
		if b, ok := m.Value.(bool); ok && textName(m.name) {
			s.hit(r, m.ID, m.cause(habit.Type), "True or false where the name promises text.", weigh(set(m.ID, strconv.FormatBool(b), .2), 15))
		}
	}
}

// textName reports names whose values are text in every API.
func textName(name string) bool {
	w := habit.Words(name)
	if len(w) == 0 {
		return false
	}
	switch w[len(w)-1] {
	case "name", "title", "description", "comment", "note", "street", "city", "firstname", "lastname", "username", "password", "subject", "message", "surname", "label", "query", "search", "text":
		return true
	}
	return false
}

// longText is the commonest limit of a short text column.
const longText = 255

func checkLongText(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || m.Secret || utf8.RuneCountInString(v) <= longText {
			continue
		}
		odds := 4.0
		if textName(m.name) && !textual(m.name) || m.kind != habit.Free {
			odds = r.odds
		}
		s.hit(r.at(odds), m.ID, m.cause(habit.Range), fmt.Sprintf("The text is %d characters long; 255 is the commonest limit.", utf8.RuneCountInString(v)),
			weigh(set(m.ID, string([]rune(v)[:longText]), .1), odds), weigh(set(m.ID, string([]rune(v)[:100]), .15), odds/2), weigh(set(m.ID, string([]rune(v)[:50]), .2), odds/3))
	}
}

// pairs of names whose first may not be larger than the second.
var ordered = [][2]string{{"start", "end"}, {"from", "to"}, {"min", "max"}, {"since", "until"}, {"after", "before"}, {"begin", "end"}, {"starts", "ends"}, {"check_in", "check_out"},
	{"checkin", "checkout"}, {"valid_from", "valid_to"}, {"valid_from", "valid_until"}, {"open", "close"}, {"lower", "upper"}, {"issued", "due"}, {"departs", "arrives"}, {"created", "expires"}, {"opens", "closes"}, {"pickup", "dropoff"}, {"departure", "return"}}

// checkPairs is B21: a start after its end, a least above its most.
func checkPairs(s *scan, r rule) {
	for _, p := range s.bounds() {
		if text, later, ok := s.reversed(p[0], p[1]); ok {
			s.hit(r.at(40), p[1].ID, "interacting_parameters", text, because(weigh(set(p[1].ID, later, .2), 50), "after the other"))
		}
	}
}

// bounds are the members that stand beside each other as two bounds of one thing, the lower one first.
func (s *scan) bounds() (out [][2]member) {
	type named struct {
		member
		words string
	}
	var bounded []named
	pairs := append(slices.Clone(ordered), s.stayOrJourney())
	ends := map[string]bool{}
	for _, p := range pairs {
		ends[p[0]], ends[p[1]] = true, true
	}
	bound := memo(func(name string) string { // in words, "" for one of no pair
		words := habit.Words(name)
		for i, w := range words {
			if ends[w] || i > 0 && ends[words[i-1]+"_"+w] {
				return "_" + strings.Join(words, "_") + "_"
			}
		}
		return ""
	})
	for _, m := range s.members() {
		if w := bound(m.name); w != "" {
			bounded = append(bounded, named{m, w})
		}
	}
	if len(bounded) > maxBounded {
		return nil
	}
	for _, a := range bounded {
		for _, b := range bounded {
			if a.ID != b.ID && a.ID.Place() == b.ID.Place() && partners(pairs, a.words, b.words) {
				out = append(out, [2]member{a.member, b.member})
			}
		}
	}
	return out
}

// stayOrJourney is the order of arrival and departure: a guest arrives first, and a ship at its berth; what travels between two
// places departs first.
func (s *scan) stayOrJourney() [2]string {
	spoken := map[string]bool{}
	speak := func(words []string) {
		for _, w := range words {
			spoken[strings.TrimSuffix(w, "s")] = true
		}
	}
	for _, segment := range s.segments() {
		speak(habit.Words(segment))
	}
	for _, m := range s.members() {
		speak(m.words)
	}
	speakOf := func(words []string) bool { return slices.ContainsFunc(words, func(w string) bool { return spoken[w] }) }
	if speakOf(ofJourneys) && !speakOf(ofStays) {
		return [2]string{"departure", "arrival"}
	}
	return [2]string{"arrival", "departure"}
}

// ofJourneys are words that speak of travel between two places, in the singular.
var ofJourneys = strings.Fields(`origin destination flight train airport airline carrier from to route leg passenger seat driver vehicle truck bus ferry vessel ship voyage
 shipment freight cargo container aircraft station port terminal gate stop trip journey ride`)

// ofStays are words that speak of a stay at one place, in the singular, whatever it was that came there.
var ofStays = strings.Fields(`guest night room bed hotel hostel campsite pitch berth mooring dock anchorage`)

// maxBounded bounds the pairs that are compared: more bounds than that are data.
const maxBounded = 200

// partners reports whether two names differ in the two words of an ordered pair only.
func partners(pairs [][2]string, a, b string) bool {
	for _, p := range pairs {
		if strings.Contains(a, "_"+p[0]+"_") && strings.Replace(a, "_"+p[0]+"_", "_"+p[1]+"_", 1) == b {
			return true
		}
	}
	return false
}

// firstMoment is the number from which one is hardly anything but a moment: seconds since 1970, in 2001.
const firstMoment = 1e9

// decimals is how many digits stand behind the point of a number.
func decimals(number string) int {
	_, behind, _ := strings.Cut(number, ".")
	return len(behind) - len(strings.TrimLeft(behind, "0123456789"))
}

// reversed reports whether b lies before a, and what b should be at least.
func (s *scan) reversed(a, b member) (string, any, bool) {
	x, y := element.Plain(a.Value), element.Plain(b.Value)
	f, err := strconv.ParseFloat(x, 64)
	g, err2 := strconv.ParseFloat(y, 64)
	if err == nil && err2 == nil {
		span := f - g // as far above as it was below: equal ones are no span
		switch {
		case f > 1000*firstMoment: // in milliseconds
			span = min(span, 86400*1000)
		case f > firstMoment:
			span = min(span, 86400)
		}
		digits := max(decimals(x), decimals(y)) // as exact as they are written: 0.1 + 0.2 is not
		if strings.ContainsAny(x+y, "eE") {
			digits = -1
		}
		later := strconv.FormatFloat(f+span, 'f', digits, 64)
		to := any(json.Number(later))
		if _, text := b.Value.(string); text {
			to = later
		}
		return "The lower bound lies above the upper one.", to, f > g
	}
	t, ok := habit.Moments(x)
	u, ok2 := habit.Moments(y)
	if !ok || !ok2 || len(t) > 1 || len(u) > 1 || !t[0].After(u[0]) {
		return "", nil, false
	}
	if habit.Good(x) != habit.Good(y) && t[0].Sub(u[0]) < 24*time.Hour {
		return "", nil, false // somewhere it is that late; that they are written in two ways is another matter
	}
	later := t[0].Add(t[0].Sub(u[0]))
	form := time.RFC3339
	if !strings.Contains(y, ":") {
		form = time.DateOnly
	}
	return "The end lies before the start.", later.Format(form), true
}
