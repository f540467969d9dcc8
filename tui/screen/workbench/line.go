package workbench

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui/theme"
)

// line is one line of text being edited. It keeps what it was given byte for byte until a key changes it.
type line struct {
	runes []rune
	at    int // before runes[at]
}

func newLine(s string) *line {
	r := []rune(s)
	return &line{runes: r, at: len(r)}
}

func (l *line) value() string { return string(l.runes) }

func (l *line) insert(s string) {
	r := []rune(strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(s))
	l.runes = append(l.runes[:l.at:l.at], append(r, l.runes[l.at:]...)...)
	l.at += len(r)
}

func (l *line) cut(from, to int) {
	l.runes = append(l.runes[:from:from], l.runes[to:]...)
	l.at = from
}

// word returns where the word before the cursor begins.
func (l *line) word() int {
	i := l.at
	for i > 0 && strings.ContainsRune(" /.&=?", l.runes[i-1]) {
		i--
	}
	for i > 0 && !strings.ContainsRune(" /.&=?", l.runes[i-1]) {
		i--
	}
	return i
}

// press takes a key; false means that it is not one of editing.
func (l *line) press(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "left", "ctrl+b":
		l.at = max(l.at-1, 0)
	case "right", "ctrl+f":
		l.at = min(l.at+1, len(l.runes))
	case "home", "ctrl+a":
		l.at = 0
	case "end":
		l.at = len(l.runes)
	case "backspace":
		if l.at > 0 {
			l.cut(l.at-1, l.at)
		}
	case "delete":
		if l.at < len(l.runes) {
			l.cut(l.at, l.at+1)
		}
	case "ctrl+w", "alt+backspace":
		l.cut(l.word(), l.at)
	case "ctrl+u":
		l.cut(0, l.at)
	case "ctrl+k":
		l.runes = l.runes[:l.at]
	default:
		if k.Text == "" {
			return false
		}
		l.insert(k.Text)
	}
	return true
}

// view returns the part around the cursor in at most w cells, and the cell of the cursor.
func (l *line) view(s *theme.Styles, w int) (string, int) {
	if w <= 0 {
		return "", 0
	}
	from := 0
	for ansi.StringWidth(clean(string(l.runes[from:l.at]))) > w-1 {
		from++
	}
	text := ansi.Truncate(clean(string(l.runes[from:])), w, "")
	x := ansi.StringWidth(clean(string(l.runes[from:l.at])))
	return s.Text.Plain.Underline(true).Render(text + strings.Repeat(" ", max(w-ansi.StringWidth(text), 0))), x
}
