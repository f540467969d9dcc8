package wizard

import (
	"slices"

	"culprit/tui/widget"
)

// A list is a cursor and a window over rows. The zero value shows the start.
type list struct {
	at, top int
	n, h    int // rows in all, rows that are seen
}

// fit takes the sizes and moves cursor and window into them.
func (l *list) fit(n, h int) {
	l.n, l.h = n, max(h, 0)
	l.at = min(max(l.at, 0), max(n-1, 0))
	l.reveal()
}

// reveal moves the window so that the cursor is in it, and so that it is as full as can be.
func (l *list) reveal() {
	if l.at < l.top {
		l.top = l.at
	}
	if l.at >= l.top+l.h {
		l.top = l.at - l.h + 1
	}
	l.top = max(min(l.top, l.n-l.h), 0)
}

func (l *list) move(by int) {
	l.at = min(max(l.at+by, 0), max(l.n-1, 0))
	l.reveal()
}

// follow keeps the cursor on its row, and that where it is seen, when other rows come or go before it.
func (l *list) follow(was, now []row) {
	for i := min(l.at, len(was)-1); i >= 0; i-- { // a row that is gone: the one before it
		if was[i].id == "" {
			continue
		}
		if j := slices.IndexFunc(now, func(r row) bool { return r.id == was[i].id }); j >= 0 {
			l.top += j - i
			l.at += j - i
			return
		}
	}
}

// scroll moves the window over text that has no cursor.
func (l *list) scroll(by int) { l.top = max(min(l.top+by, l.n-l.h), 0) }

// centre puts the cursor where as much is seen before it as after.
func (l *list) centre() {
	l.top = l.at - l.h/2
	l.reveal()
	l.top = max(min(l.top, l.n-l.h), 0)
}

// seen is the window, for a frame around it.
func (l *list) seen() widget.Scroll { return widget.Scroll{Top: l.top, Seen: l.h, All: l.n} }
