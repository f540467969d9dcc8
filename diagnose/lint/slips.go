package lint

import (
	"encoding/json"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// slipRules are slips inside values that the kinds of package habit let pass.
func slipRules() []rule {
	return []rule{{"N2", 40, checkSchemeSlips}, {"B7", 30, checkClocks}, {"B10", 12, checkHex}, {"B17", 20, checkNestedForm}}
}

var (
	schemeSlip  = lazyre.New(`^(?:htp|htps|hhtp|hhtps|htttp|htttps|httpss|ttp|ttps|httsp|hppt|hppts|htpp|htpps|tthp):/{0,3}`)
	schemeMarks = lazyre.New(`^(https?)(?::/?|/{2,3})([A-Za-z0-9])`)
)

// checkSchemeSlips is the part of N2 about http and https: misspelled, or with a colon or slash missing.
func checkSchemeSlips(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || m.kind != habit.URL && !strings.HasSuffix(strings.ToLower(m.name), "url") {
			continue
		}
		to := ""
		if p := schemeSlip.FindString(v); p != "" {
			scheme := "http://"
			if strings.Contains(p, "s") {
				scheme = "https://"
			}
			to = scheme + v[len(p):]
		} else if schemeMarks.MatchString(v) {
			to = schemeMarks.ReplaceAllString(v, "$1://$2")
		}
		if to != "" && to != v {
			s.hit(r, m.ID, m.cause(habit.Format), "The scheme of the URL is misspelled.", set(m.ID, to, .02))
		}
	}
}

var clockTime = lazyre.New(`^([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?$`)

// checkClocks is the part of B7 about times of day: 25:00, 10:75. 24:00 is the end of a day (ISO 8601).
func checkClocks(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		p := clockTime.FindStringSubmatch(v)
		if !ok || p == nil || m.kind != habit.Clock && m.kind != habit.DateTime {
			continue
		}
		hour, _ := strconv.Atoi(p[1])
		minute, _ := strconv.Atoi(p[2])
		second, _ := strconv.Atoi(p[3])
		if hour > 24 || hour == 24 && minute+second > 0 || minute > 59 || second > 60 {
			s.hit(r, m.ID, m.cause(habit.Range), "There is no such time of day.", set(m.ID, "12:00", .3))
		}
	}
}

var hexNumber = lazyre.New(`^0[xX][0-9A-Fa-f]{1,12}$`)

// checkHex is the part of B10 about numbers in hexadecimal, which JSON does not have.
func checkHex(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || !m.kind.Numeric() || !hexNumber.MatchString(v) {
			continue
		}
		if n, err := strconv.ParseInt(v[2:], 16, 64); err == nil {
			to := any(json.Number(strconv.FormatInt(n, 10)))
			if m.loose {
				to = element.Plain(to)
			}
			s.hit(r, m.ID, m.cause(habit.Type), "The number is written in hexadecimal.", set(m.ID, to, .1))
		}
	}
}

// checkNestedForm is the part of B17 about forms: an object or a list in JSON as the value of a field, where forms have
// a[b] and a[].
func checkNestedForm(s *scan, r rule) {
	for _, e := range s.x.Elements {
		name, ok := e.ID.In("form")
		t := strings.TrimSpace(e.Text)
		if !ok || len(t) < 2 || t[0] != '{' && t[0] != '[' || !json.Valid([]byte(t)) || textual(name) || strings.Contains(strings.ToLower(name), "json") {
			continue
		}
		s.hit(r, diagnose.ID("form", name), "invalid_body_property_format", "The field of a form holds JSON; most servers read nested values as a[b]=c and lists as a[]=b.")
	}
}
