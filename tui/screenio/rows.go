//go:build unix

package screenio

import (
	"strings"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// fewRows is how many rows may have changed for the renderer not to look for what has scrolled.
const fewRows = 4

// paint puts the content of a frame into the cells. Of a key few rows are new, and to read a row and to compare its
// cells is most of what a frame costs: rows that are as in the last frame stay as they are.
func (s *Screen) paint(content string) {
	rows := strings.Split(content, "\n")
	rows = rows[:min(len(rows), s.h)]
	for len(rows) < s.h {
		rows = append(rows, "")
	}
	known := s.rows
	if len(known) != s.h || s.cells.Method != s.measured {
		known = nil
	}
	var fresh []int
	for y, row := range rows {
		if known != nil && row == known[y] {
			continue
		}
		if !apart(row) {
			s.rows = nil
			s.cells.Clear()
			uv.NewStyledString(content).Draw(s.cells, s.cells.Bounds())
			s.scr.SetScrollOptim(true)
			return
		}
		fresh = append(fresh, y)
	}
	s.rows, s.measured = rows, s.cells.Method
	if known == nil {
		s.cells.Clear()
	}
	for _, y := range fresh {
		uv.NewStyledString(rows[y]).Draw(s.cells, uv.Rect(0, y, s.w, 1))
		s.cells.TouchLine(0, y-1, s.w) // clearing the rows below it, the renderer clears it too
	}
	many := len(fresh) > fewRows
	s.scr.SetScrollOptim(many)
	if many { // it looks at what is touched
		for y := range s.h {
			s.cells.TouchLine(0, y, s.w)
		}
	}
}

// apart reports whether a row looks the same whatever the one above it is, and leaves nothing to the one below: its
// colours end with it, it holds no link and no control character, and begins with a character that has a width.
func apart(row string) bool {
	for i := range len(row) {
		if c := row[i]; c < ' ' && c != ansi.ESC || c == ansi.DEL {
			return false
		}
	}
	last := strings.LastIndexByte(row, ansi.ESC)
	if last < 0 {
		return starts(row)
	}
	if end := row[last:]; strings.Contains(row, "\x1b]") || !strings.HasPrefix(end, ansi.ResetStyle) && !strings.HasPrefix(end, "\x1b[0m") {
		return false
	}
	for strings.HasPrefix(row, "\x1b[") {
		end := strings.IndexByte(row, 'm')
		if end < 0 {
			return false
		}
		row = row[end+1:]
	}
	return starts(row)
}

// starts reports whether the first character of a text surely has a width. It asks no table of wcwidth, see method.
func starts(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	return n == 0 || r < utf8.RuneSelf || plain(text[:n]) && ansi.GraphemeWidth.StringWidth(text[:n]) > 0
}
