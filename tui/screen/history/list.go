package history

import (
	"culprit/collections"
)

// A list is the exchanges that were found, as far as they were read.
type list struct {
	rows    []collections.Past
	count   int // of all that were found; -1 while it is not known
	more    bool
	loading bool
	wanted  string // the search whose rows are asked for or there
	at, top int
	h       int
}

func (l *list) resize(h int) { l.h = max(h, 0); l.move(0) }

// current is the row under the cursor.
func (l *list) current() (collections.Past, bool) {
	if l.at < 0 || l.at >= len(l.rows) {
		return collections.Past{}, false
	}
	return l.rows[l.at], true
}

// move moves the cursor by rows and keeps it in sight.
func (l *list) move(by int) {
	l.at = max(min(l.at+by, len(l.rows)-1), 0)
	l.top = max(min(l.top, l.at), l.at-max(l.h, 1)+1, 0)
}

// due reports whether the cursor came near the end of what was read.
func (l *list) due() bool { return l.more && !l.loading && l.at > len(l.rows)-pageSize/2 }

// take adds a page, or begins anew; the cursor stays on its exchange where that is still there.
func (l *list) take(f found) {
	l.loading, l.more = false, len(f.items) == pageSize
	if f.after.ID != "" {
		l.rows = append(l.rows, f.items...)
		return
	}
	was, ok := l.current()
	stay := ok && l.at > 0
	l.rows, l.at, l.top = f.items, 0, 0
	for i, p := range f.items {
		if stay && p.ID == was.ID {
			l.at = i
		}
	}
	l.move(0)
}
