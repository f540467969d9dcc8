package evidence

import (
	"strconv"
	"unicode/utf8"

	"culprit/request/lazyre"
)

// sharedRange is a range that two elements share: WIDTH and HEIGHT must be between 1 and 4096.
var sharedRange = lazyre.New(`(?i)\b([\w.-]+) (?:and|or|,) ([\w.-]+) (?:must|should|have to|has to) (?:both )?(?:be|lie) (?:between|from|in the range(?: of)?) (-?[\d.]+) (?:and|to) (-?\d+(?:\.\d+)?)( (?:char|letter|digit|symbol|long)\w*)?( (?:byte|item|element|entr|word)\w*)?`)

// outOfRange reads a range that is said of two elements at once: it is about the one whose value does not lie in it.
func (r *reader) outOfRange(s said) bool {
	m := sharedRange.FindStringSubmatch(s.text)
	if m == nil || m[6] != "" {
		return false
	}
	low, err1 := strconv.ParseFloat(m[3], 64)
	high, err2 := strconv.ParseFloat(m[4], 64)
	if err1 != nil || err2 != nil {
		return false
	}
	before := len(r.out)
	for _, name := range m[1:3] {
		hits := r.ix.exact([]string{name}, anywhere)
		if len(hits) != 1 {
			continue
		}
		value := r.ix.entries[hits[0]].value()
		v, err := strconv.ParseFloat(value, 64)
		if m[5] != "" { // how long they may be
			v, err = float64(utf8.RuneCountInString(value)), nil
		}
		if err != nil || v < low || v > high {
			r.settle(issue{segs: []string{name}, text: name + " must be between " + m[3] + " and " + m[4] + m[5], source: s.source, class: wrongValue})
		}
	}
	return len(r.out) > before
}
