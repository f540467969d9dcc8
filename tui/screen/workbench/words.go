package workbench

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui/theme"
)

// text shows lines that were drawn once, and scrolls over them.
type text struct {
	rows []string // styled
	top  int
	w, h int
}

func (t *text) set(raw string) {
	t.rows = t.rows[:0]
	if raw == "" {
		t.rows = nil
		return
	}
	for l := range strings.SplitSeq(raw, "\n") {
		l = strings.ReplaceAll(strings.TrimSuffix(l, "\r"), "\t", "    ")
		t.rows = append(t.rows, clean(l))
	}
	t.move(t.top)
}

func (t *text) show(rows []string) {
	t.rows = rows
	t.move(t.top)
}

func (t *text) resize(w, h int) { t.w, t.h = w, h; t.move(t.top) }

func (t *text) move(to int) { t.top = max(min(to, len(t.rows)-t.h), 0) }

// press scrolls; below says that nothing under the text wants the key.
func (t *text) press(k tea.KeyPressMsg, below bool) bool {
	switch {
	case !below:
		return false
	case k.String() == "j" || k.String() == "down":
		t.move(t.top + 1)
	case (k.String() == "k" || k.String() == "up") && t.top > 0:
		t.move(t.top - 1)
	case k.String() == "pgdown":
		t.move(t.top + t.h)
	case k.String() == "pgup":
		t.move(t.top - t.h)
	default:
		return false
	}
	return true
}

func (t *text) lines(s *theme.Styles) []string {
	if len(t.rows) == 0 {
		return []string{s.Text.Muted.Render(" empty; ") + s.Text.Key.Render("ctrl+o") + s.Text.Muted.Render(" opens your editor")}
	}
	end := min(t.top+t.h, len(t.rows))
	out := make([]string, 0, max(end-t.top, 0))
	for _, l := range t.rows[min(t.top, end):end] {
		out = append(out, " "+ansi.Truncate(l, max(t.w-2, 0), "…"))
	}
	return out
}
