package evidence

import (
	"strings"

	"culprit/request/lazyre"
)

// unequalRE is said of two values that should be the same, by the noun that both are named for: passwords do not match.
var unequalRE = lazyre.New(`(?i)\b([a-z]{4,})s (?:do not|don't|must|should|have to|need to) (?:match\b|be (?:the same|equal|identical)\b)`)

// repeatRE is the name of a value that repeats another.
var repeatRE = lazyre.New(`(?i)confirm|repeat|again|verify|retype|2$|second`)

// bareRepeatRE is such a name that leaves out what it repeats.
var bareRepeatRE = lazyre.New(`(?i)^(?:confirm(?:ation)?|repeat|again|verify|retype)$`)

// unequal reads a complaint that two values of the body differ, of which one repeats the other by its name: it is that one.
func (r *reader) unequal(s said) bool {
	m := unequalRE.FindStringSubmatch(short(s.text))
	if m == nil {
		return false
	}
	stem := strings.ToLower(m[1])
	repeats := r.ix.sole(func(e *entry) bool {
		return e.place == inBody && e.el != nil && (repeatRE.MatchString(lastOf(e.segs)) && strings.Contains(fold(lastOf(e.segs)), stem) || bareRepeatRE.MatchString(lastOf(e.segs)))
	})
	first := r.ix.sole(func(e *entry) bool {
		return e.place == inBody && e.el != nil && strings.Contains(fold(lastOf(e.segs)), stem) && !repeatRE.MatchString(lastOf(e.segs))
	})
	if repeats < 0 || first < 0 {
		return false
	}
	r.addFound(issue{text: s.text, class: together, source: s.source, ratio: likely}, []int{repeats})
	return true
}
