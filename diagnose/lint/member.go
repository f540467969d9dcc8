package lint

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// memberRules look at one value after another: members of a JSON body, fields of a form, parameters of a query.
func memberRules() []rule {
	return []rule{
		{"B4", 14, checkNumeric}, {"B5", 25, checkBool}, {"B6", 12, checkEmpty}, {"B7", 14, checkDates}, {"B8", 10, checkSpacesIn}, {"B9", 15, checkNumbers},
		{"B10", 15, checkBase64}, {"B11", 40, checkItems}, {"B12", 20, checkKeyCase}, {"B13", 60, checkKeys}, {"B14", 12, checkSiblingBodies}, {"B15", 10, checkReadOnly}, {"B16", 30, checkWrapper},
		{"B21", 10, checkPairs}, {"N1", 30, checkEmailPhone}, {"N2", 25, checkURLs}, {"N3", 30, checkCodes}, {"N4", 25, checkBounds}, {"N5", 20, checkListNames},
		{"N6", 20, checkWords}, {"N7", 15, checkTypes}, {"N8", 20, checkLongText}, {"N9", 8, checkLeftovers},
	}
}

// A member is one named value.
type member struct {
	diagnose.Element
	name  string // the last part of its place that is no index
	words []string
	kind  habit.Kind
	place string // body, form, query
	loose bool   // everything is text here
}

// members returns the scalars that have a name.
func (s *scan) members() []member {
	if s.named == nil {
		s.named = s.readMembers()
	}
	return s.named
}

func (s *scan) readMembers() []member {
	out := make([]member, 0, len(s.x.Elements))
	words, kinds := memo(habit.Words), memo(habit.Of)
	for _, e := range s.x.Elements {
		place, rest, ok := e.ID.Cut()
		if !ok || e.ID == "body" || place != "body" && place != "form" && place != "query" && place != "multipart" {
			continue
		}
		if _, nested := e.Value.(json.RawMessage); nested {
			continue
		}
		m := member{Element: e, place: place, loose: place != "body"}
		if kind, _ := element.Kind(e); kind == "form" {
			m.place, m.loose = kind, true
		}
		if place == "body" {
			m.name = nameOf(e.ID)
		} else {
			m.name, _, _ = strings.Cut(rest, "#")
		}
		m.words, m.kind = words(m.name), kinds(m.name)
		if v, _ := e.Value.(string); v == "asc" || v == "desc" {
			m.kind = habit.Order // what is sorted by, with its direction
		}
		if e.ID.IsItem() && m.kind == habit.List {
			if m.kind = habit.Of(strings.TrimSuffix(m.name, "s")); m.kind == habit.List {
				m.kind = habit.Free // an item of a vector
			}
		}
		out = append(out, m)
	}
	return out
}

// nameOf returns the last key of a body member, past the indices of arrays.
func nameOf(id diagnose.ElementID) string {
	pointer := id.Name()
	for {
		at := strings.LastIndexByte(pointer, '/')
		last := pointer[at+1:]
		switch {
		case last == "":
			return ""
		case strings.Trim(last, "0123456789") != "":
			return jsontext.Split(last)[0]
		case at <= 0:
			return ""
		}
		pointer = pointer[:at]
	}
}

// cause turns what is odd into the cause that a repair would prove.
func (m member) cause(o habit.Oddity) diagnose.CauseID {
	if m.place == "query" {
		return "invalid_request_parameter"
	}
	switch o {
	case habit.Type:
		return "invalid_body_property_type"
	case habit.Format:
		return "invalid_body_property_format"
	}
	return "invalid_body_property_value"
}

// forms turns the usual forms of a value into edits. harm is that of a form that says the same.
func (s *scan) forms(m member, odds, harm float64) []diagnose.Edit {
	var out []diagnose.Edit
	for _, f := range m.kind.Forms(m.Value, s.f.Now) {
		to := f.Value
		if m.loose {
			to = element.Plain(to)
		}
		h := harm
		if !f.Sure {
			h = max(h, .3)
		}
		if _, same := to.(string); same && to == m.Value {
			continue
		}
		out = append(out, because(weigh(set(m.ID, to, h), odds*f.Odds), f.Why))
	}
	return out
}

var (
	cents       = lazyre.New(`^-?[0-9]+\.[0-9]{2}$`)
	decimal     = lazyre.New(`^-?[0-9]+\.[0-9]+$`)
	leadingZero = lazyre.New(`^-?0[0-9]+$`)
	yearly      = lazyre.New(`^(19|20)[0-9]{2}$`)
	integer     = lazyre.New(`^-?(0|[1-9][0-9]{0,14})$`)
)

// checkNumeric is B4 in a JSON body, and numbers that are none where everything is text.
func checkNumeric(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || v == "" {
			continue
		}
		if m.loose {
			if o, why := m.kind.Odd(v, true); m.kind.Numeric() && o == habit.Type {
				s.hit(r.at(25), m.ID, m.cause(o), "The value is "+why+".", s.forms(m, 25, .05)...)
			}
			continue
		}
		n, isNumber := habit.Number(v)
		switch {
		case m.kind.Digits(), leadingZero.MatchString(v):
		case m.kind.Numeric() && (decimal.MatchString(v) || integer.MatchString(v)):
			odds, harm := 12.0, .1 // §8 has harm .9 for any integer in quotes; the name of a quantity makes the number likelier right
			switch {
			case m.kind == habit.Money && cents.MatchString(v):
				odds, harm = 10, .4 // as many APIs have prices as text as have them as numbers
			case decimal.MatchString(v):
				odds = 28 // §13.1: a decimal point and a name of a quantity
			}
			s.hit(r.at(odds), m.ID, "invalid_body_property_type", "A number stands in quotes.", s.forms(m, odds, harm)...)
		case m.kind.Numeric() && unresolved(v) == "" && !yearMonth(m):
			s.hit(r.at(30), m.ID, "invalid_body_property_type", "Text stands where the name promises a number.", s.forms(m, 30, .05)...)
		case m.kind == habit.ID && integer.MatchString(v):
			s.hit(r.at(5), m.ID, "invalid_body_property_type", "A number stands in quotes.", weigh(set(m.ID, n, .6), 5))
		case m.kind != habit.Free && m.kind != habit.ID, !isNumber || textual(m.name):
		case decimal.MatchString(v):
			s.hit(r, m.ID, "invalid_body_property_type", "A number with a decimal point stands in quotes.", set(m.ID, n, .1))
		case yearly.MatchString(v): // a year is as often text
		case integer.MatchString(v) && len(v) <= 9:
			s.hit(r.at(3), m.ID, "invalid_body_property_type", "A number stands in quotes.", weigh(set(m.ID, n, .9), 3))
		}
	}
}

func checkBool(s *scan, r rule) {
	for _, m := range s.members() {
		switch v := m.Value.(type) {
		case string:
			b := habit.Truth(v)
			low := strings.ToLower(v)
			named := m.kind == habit.Bool && !habit.Datelike(v) && !habit.Good(v)
			switch {
			case b == nil && named && !m.loose:
				s.hit(r.at(20), m.ID, m.cause(habit.Type), "Text stands where the name promises true or false.", s.forms(m, 20, .1)...)
			case b == nil || m.loose && (v == "true" || v == "false"):
			case named && m.loose:
				s.hit(r.at(12), m.ID, m.cause(habit.Type), "A yes or no is not written as true or false.", weigh(set(m.ID, strconv.FormatBool(*b), .2), 12))
			case named || !m.loose && (low == "true" || low == "false"):
				s.hit(r, m.ID, m.cause(habit.Type), "True or false is written as text.", set(m.ID, *b, .02))
			case !m.loose && (low == "yes" || low == "no") && m.kind == habit.Free && !textual(m.name):
				s.hit(r.at(12), m.ID, m.cause(habit.Type), "A yes or no is written as text.", weigh(set(m.ID, *b, .3), 12))
			}
		case json.Number:
			if m.kind == habit.Bool && (v == "0" || v == "1") {
				s.hit(r.at(20), m.ID, m.cause(habit.Type), "A number stands for true or false.", weigh(set(m.ID, v == "1", .1), 20))
			}
		}
	}
}

// checkEmpty is B6: null, empty text, empty objects and arrays.
func checkEmpty(s *scan, r rule) {
	if s.media() == "application/merge-patch+json" {
		return // null removes a member there (RFC 7396)
	}
	for _, e := range s.x.Elements {
		if !e.ID.Is("body") && e.Group != "query" && e.Group != "form" {
			continue
		}
		v, isText := e.Value.(string)
		odds, harm, text, cause := 0.0, .05, "", diagnose.CauseID("invalid_body_property_value")
		switch {
		case e.Text == "null" && !isText && e.ID.Is("body"):
			odds, text, cause = r.odds, "The value is null.", "invalid_body_property_type"
		case isText && v == "" && e.Group == "query":
			odds, text, cause = 4, "The parameter is empty.", "invalid_request_parameter"
		case isText && strings.TrimSpace(v) == "":
			odds, text = 6, "The text is empty."
		case e.Text == "{}" || e.Text == "[]":
			odds, text = 4, "The object or list is empty."
			harm = .2 // often required to be there, even empty
		default:
			continue
		}
		if e.ID.IsItem() {
			odds /= 2
		}
		edits := []diagnose.Edit{remove(e.ID, harm)}
		if k := habit.Of(nameOf(e.ID)); text != "The parameter is empty." && k != habit.Free && k != habit.Word && !strings.HasPrefix(text, "The object") && !e.ID.IsItem() {
			edits = append(edits, because(weigh(set(e.ID, k.Example(s.f.Now), .3), odds*.6), "a usual value"))
		}
		s.hit(r.at(odds), e.ID, cause, text, edits...)
	}
}

func checkDates(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || v == "" || !m.kind.Moment() && (!habit.Datelike(v) || m.kind != habit.Free || textual(m.name)) {
			continue
		}
		kind := m.kind
		if kind == habit.Free {
			kind = habit.DateTime
			if !strings.Contains(v, ":") {
				kind = habit.Date
			}
			m.kind = kind
		}
		o, why := kind.Odd(v, m.loose)
		odds := r.odds
		switch {
		case o == habit.Fine && kind == habit.Date && strings.Contains(v, "T"), o == habit.Fine && kind == habit.DateTime && len(v) == len("2006-01-02"):
			odds := 5.0
			s.hit(r.at(odds), m.ID, m.cause(habit.Format), "The name and the value differ in whether there is a time.", s.forms(m, odds, .3)...)
			continue
		case o == habit.Fine:
			continue
		case o == habit.Range:
			odds = 40
		case m.kind.Moment() && !habit.Datelike(v):
			odds = 30
		case strings.ContainsAny(v, "/.") || !strings.HasPrefix(v, "20") && !strings.HasPrefix(v, "19"):
			odds = 28 // no validator of RFC 3339 takes it
		}
		s.hit(r.at(odds), m.ID, m.cause(o), "The value: "+why+".", s.forms(m, odds, .1)...)
	}
}

func checkSpacesIn(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || len(v) > 4096 {
			continue
		}
		clean := strings.TrimSpace(visible(v)) // of a secret, too: it is pasted more often than typed
		if clean == v || clean == "" {
			continue
		}
		odds := r.odds
		switch {
		case hasInvisible(strings.ReplaceAll(v, "\u00a0", " ")) && m.kind != habit.Free:
			odds = 40
		case m.kind != habit.Free:
			odds = 25 // no validator of such a value takes spaces
		case textual(m.name) || strings.Contains(v, "\n"):
			odds = 2
		}
		what := habit.Format
		if m.kind == habit.Free || m.kind == habit.Word {
			what = habit.Range // a word that is not among the allowed ones
		}
		s.hit(r.at(odds), m.ID, m.cause(what), "There is white space or an invisible character at the edge of the text.", weigh(set(m.ID, clean, .01), odds))
	}
}

// exact is the largest whole number up to which a double holds every one (RFC 8259 §6).
const exact = 1 << 53

// checkNumbers is B9.
func checkNumbers(s *scan, r rule) {
	for _, m := range s.members() {
		n, ok := m.Value.(json.Number)
		if !ok {
			continue
		}
		f, err := n.Float64()
		switch {
		case err != nil || math.Abs(f) > exact:
			s.hit(r, m.ID, "invalid_body_property_type", "The number is larger than programs with doubles can hold.", weigh(set(m.ID, n.String(), .3), 6))
		case math.Abs(f) > math.MaxInt32 && m.kind.Whole():
			s.hit(r, m.ID, "invalid_body_property_value", "The number is larger than 32 bits hold.", s.forms(m, 10, .3)...)
		case strings.ContainsAny(n.String(), "eE"):
			s.hit(r.at(8), m.ID, "invalid_body_property_type", "The number is written with an exponent.", weigh(set(m.ID, json.Number(strconv.FormatFloat(f, 'f', -1, 64)), .05), 8))
		case strings.HasSuffix(n.String(), ".0") && m.kind.Whole():
			s.hit(r.at(10), m.ID, "invalid_body_property_type", "A whole number is written with a decimal point.", weigh(set(m.ID, json.Number(strings.TrimSuffix(n.String(), ".0")), .05), 10))
		}
	}
}

// yearMonth reports a month of a year where the name promises a month.
func yearMonth(m member) bool {
	_, ok := habit.YearMonth(m.Text)
	return ok && m.kind == habit.Month
}
