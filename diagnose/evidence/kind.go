package evidence

import (
	"regexp"
	"strings"

	"culprit/request/lazyre"
)

// kinds are forms of values that a text may speak of without saying where one stands, and how values of that form look,
// right or not.
var kinds = []struct {
	said, looks *lazyre.Regexp
	but         func(value string) bool // what is right cannot be meant; nil for anything
}{
	{lazyre.New(`(?i)\bcron(tab)?\b`), lazyre.New(`^\s*(@[a-z]+|[\d*/,LW?#A-Za-z-]*[\d*?][\d*/,LW?#A-Za-z-]*(\s+[\d*/,LW?#A-Za-z-]+){3,6})\s*$`), nil},
	{lazyre.New(`(?i)\bjson-? ?path\b`), lazyre.New(`^\$`), nil},
	{lazyre.New(`(?i)\b(?:invalid|bad|malformed|illegal|broken|pars(?:e|ing)|compil(?:e|ing)) (?:the |a )?(?:regular expression|regexp?)\b|\b(?:regular expression|regexp?) (?:is )?(?:invalid|not valid|malformed|syntax|error)`), lazyre.New(`[][(){}\\^$*+?|]`), func(v string) bool { _, err := regexp.Compile(v); return err == nil }},
}

// ofKind reads a complaint about a value by its form, where one value alone has that form: "invalid cron expression".
func (r *reader) ofKind(s said) bool {
	if st := r.resp.Status; st != 400 && st != 422 && st/100 != 2 && st != 500 || len(s.text) > maxText {
		return false
	}
	for _, k := range kinds {
		if !k.said.MatchString(s.text) {
			continue
		}
		hit := r.ix.sole(func(e *entry) bool {
			v := e.value()
			return e.isText() && !e.el.Secret && k.looks.MatchString(v) && (k.but == nil || !k.but(v)) && !strings.HasPrefix(v, "{{")
		})
		if hit >= 0 {
			r.addFound(issue{text: s.text, class: wrongFormat, source: s.source, ratio: likely}, []int{hit})
			return true
		}
	}
	return false
}
