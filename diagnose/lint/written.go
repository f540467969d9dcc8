package lint

import (
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// writtenRules are about values as letters have them, where APIs have another form.
func writtenRules() []rule {
	return []rule{{"N26", 15, checkMailbox}, {"N27", 20, checkMonths}}
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

// checkMonths is N27: a month of a year in words, which ISO 8601-1 §5.2.2.2 writes as 2025-04.
func checkMonths(s *scan, r rule) {
	for _, m := range s.members() {
		v, _ := m.Value.(string)
		p := monthYear.FindStringSubmatch(v)
		if p == nil || textual(m.name) || textName(m.name) {
			continue
		}
		month := p[2] + "-" + fmt.Sprintf("%02d", slices.Index(months, strings.ToLower(p[1][:3]))+1)
		s.hit(r, m.ID, m.cause(habit.Format), "A month is written in words.", because(set(m.ID, month, .05), "the month in digits"), because(weigh(set(m.ID, month+"-01", .2), r.odds/3), "its first day"))
	}
}
