package workbench

import (
	"reflect"
	"regexp"
	"testing"
)

// What the page broke into rows is found as if it had not been.
func TestASearchReadsOnWhereARowIsFull(t *testing.T) {
	rows := []string{"\x1b[1mname\x1b[m  the first", "      rowand mor", "      e words", "name", "e words"}
	for what, want := range map[string][]found{
		"name":       {{{0, 0, 4}}, {{3, 0, 4}}},
		"firstrow":   {{{0, 10, 15}, {1, 6, 9}}},
		"more words": {{{1, 13, 16}, {2, 6, 13}}},
		"wordsname":  nil,
		"^$":         nil,
	} {
		s := seeker{pattern: regexp.MustCompile(what)}
		s.search(rows, 15)
		if !reflect.DeepEqual(s.found, want) {
			t.Errorf("%s: got %v, want %v", what, s.found, want)
		}
	}
	s := seeker{}
	if s.search(rows, 15); s.found != nil {
		t.Error("nothing was looked for")
	}
}
