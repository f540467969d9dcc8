package workbench

import "culprit/tui/widget"

// scroll shows lines that were drawn once.
type scroll struct {
	rows []string // styled
	top  int
	h    int
}

func (t *scroll) show(rows []string) {
	t.rows = rows
	t.move(t.top)
}

func (t *scroll) resize(h int) { t.h = h; t.move(t.top) }

func (t *scroll) move(to int) { t.top = max(min(to, len(t.rows)-t.h), 0) }

func (t *scroll) seen() widget.Scroll { return widget.Scroll{Top: t.top, Seen: t.h, All: len(t.rows)} }
