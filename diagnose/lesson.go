package diagnose

import (
	_ "embed"
	"strings"
	"sync"
)

// A Lesson tells about a cause what a person wants to know after it was found.
type Lesson struct {
	Means   string
	Prevent string // "" when nothing is known to
	Ref     string // where the rule stands: an RFC and its section
}

//go:embed lessons.tsv
var lessonsTSV string

var lessons = sync.OnceValue(func() map[CauseID]Lesson {
	m := map[CauseID]Lesson{}
	for line := range strings.Lines(lessonsTSV) {
		if f := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(f) == 4 {
			m[CauseID(f[0])] = Lesson{f[1], f[2], f[3]}
		}
	}
	return m
})

// Lesson returns what there is to learn from a cause; where nothing is written about it, what the cause means.
func (id CauseID) Lesson() Lesson {
	l := lessons()[id]
	if l.Means == "" {
		l.Means = id.Cause().Meaning
	}
	return l
}
