package lint

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// writtenRules are about values as letters have them, where APIs have another form.
func writtenRules() []rule {
	return []rule{{"N26", 15, checkMailbox}, {"N27", 20, checkMonths}, {"N35", 15, checkEpochs}}
}

var mailbox = lazyre.New(`^[^<>@]*[^<>@\s][^<>@]*<([^<>@\s]+@[^<>@\s]+\.[A-Za-z]+)>$`)

// checkMailbox is N26: the name of a person before an address, as a field of a mail has it (RFC 5322 §3.4).
func checkMailbox(s *scan, r rule) {
	for _, m := range s.members() {
		v, _ := m.Value.(string)
		p := mailbox.FindStringSubmatch(v)
		if p == nil || textual(m.name) || slices.ContainsFunc(m.words, func(w string) bool { return slices.Contains(mailFields, w) }) {
			continue
		}
		s.hit(r, m.ID, m.cause(habit.Format), "A name stands before the address.", because(set(m.ID, p[1], .05), "the address alone"))
	}
}

// mailFields are words for what takes a name with the address.
var mailFields = strings.Fields("from to cc bcc sender reply recipient recipients author authors committer commit maintainer maintainers contributor contributors contact contacts return")

var (
	monthYear = lazyre.New(`(?i)^(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? ((?:19|20)[0-9]{2})$`)
	months    = strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec")
)

// checkMonths is N27: a month of a year in words, or in digits in another order than ISO 8601-1 §5.2.2.2 has, which writes
// 2025-04. Cards have the month of their expiry first (ISO/IEC 7813).
func checkMonths(s *scan, r rule) {
	for _, m := range s.members() {
		v, _ := m.Value.(string)
		if to, ok := habit.YearMonth(v); ok && to != v && (m.kind == habit.Month || slices.Contains(m.words, "period") || slices.Contains(m.words, "month")) && !slices.ContainsFunc(m.words, cardWord) {
			s.hit(r, m.ID, m.cause(habit.Format), "The year of a month stands first in ISO 8601.", because(set(m.ID, to, .05), "the month as ISO 8601 has it"))
			continue
		}
		p := monthYear.FindStringSubmatch(v)
		if p == nil || textual(m.name) || textName(m.name) {
			continue
		}
		month := p[2] + "-" + fmt.Sprintf("%02d", slices.Index(months, strings.ToLower(p[1][:3]))+1)
		s.hit(r, m.ID, m.cause(habit.Format), "A month is written in words.", because(set(m.ID, month, .05), "the month in digits"), because(weigh(set(m.ID, month+"-01", .2), r.odds/3), "its first day"))
	}
}

// cardWord reports a word of a name that speaks of a card or its end.
func cardWord(w string) bool { return strings.HasPrefix(w, "exp") || w == "card" || w == "valid" }

// checkEpochs is N35: two bounds of one span of time, one of them a date and the other counted since 1970.
func checkEpochs(s *scan, r rule) {
	for _, p := range s.bounds() {
		for _, two := range [][2]member{{p[0], p[1]}, {p[1], p[0]}} {
			dated, counted := two[0], two[1]
			text, _ := dated.Value.(string)
			at, ok := habit.Moments(text)
			if ok && len(at) == 1 && len(text) == len(time.DateOnly) && habit.Good(text) && momentary(counted) {
				clock := "T00:00:00Z"
				if dated.ID == p[1].ID {
					clock = "T23:59:59Z" // all of its last day
				}
				s.hit(r.at(r.odds/2), dated.ID, dated.cause(habit.Format), "One bound is a day, the other one a moment.", because(weigh(set(dated.ID, text+clock, .2), r.odds/2), "in the form of "+counted.name))
			}
			unit := epochUnit(counted.Text)
			if !ok || len(at) > 1 || unit == 0 || !habit.Datelike(text) {
				continue
			}
			var to any = json.Number(strconv.FormatInt(at[0].UnixNano()/int64(unit), 10))
			if _, number := counted.Value.(json.Number); !number {
				to = element.Plain(to)
			}
			n, _ := strconv.ParseInt(strings.Trim(counted.Text, `"`), 10, 64)
			form := time.RFC3339
			if len(text) == len(time.DateOnly) {
				form = time.DateOnly
			}
			why := "One bound is a date, the other one is counted since 1970."
			s.hit(r, dated.ID, dated.cause(habit.Format), why, because(set(dated.ID, to, .05), "in the form of "+counted.name))
			s.hit(r.at(r.odds/2), counted.ID, counted.cause(habit.Format), why, because(weigh(set(counted.ID, time.Unix(0, n*int64(unit)).UTC().Format(form), .1), r.odds/2), "in the form of "+dated.name))
		}
	}
}

// epochUnit is what a number since 1970 counts, by its digits: seconds of today have ten, milliseconds thirteen; 0 for others.
func epochUnit(v string) time.Duration {
	v = strings.Trim(v, `"`)
	if strings.Trim(v, "0123456789") != "" || !strings.HasPrefix(v, "1") {
		return 0
	}
	return map[int]time.Duration{10: time.Second, 13: time.Millisecond}[len(v)]
}

// momentary reports a moment of RFC 3339, with its time.
func momentary(m member) bool {
	v, _ := m.Value.(string)
	return strings.Contains(v, "T") && habit.Good(v) && v[0] != 'P'
}
