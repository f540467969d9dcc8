package evidence

import (
	"slices"
	"strings"

	"culprit/request/lazyre"
)

// alike finds the one value of the data that is written like a list of allowed ones and is none of them: a single word, in
// small letters or in capitals as they are.
func (ix *index) alike(allowed []string) []int {
	var found []int
	for i := range ix.entries {
		e := &ix.entries[i]
		if v := e.value(); e.isText() && plainWord.MatchString(v) && slices.ContainsFunc(allowed, func(a string) bool { return spelling(a) == spelling(v) }) && !slices.Contains(allowed, v) {
			found = append(found, i)
		}
	}
	if found = ix.pick(found, anywhere); len(found) > 1 {
		return nil
	}
	return found
}

var plainWord = lazyre.New(`^[A-Za-z_-]{2,30}$`)

// spelling tells words in small letters, in capitals and in both apart.
func spelling(w string) int {
	switch {
	case w == strings.ToLower(w):
		return 0
	case w == strings.ToUpper(w):
		return 1
	}
	return 2
}
