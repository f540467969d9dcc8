//go:build unix

package screenio

import (
	"bytes"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// whole returns a frame for an empty terminal as the program made it, row by row, so that nobody waits for the renderer,
// which looks at each cell: 1.7 ms of the first frame. The renderer learns of it when it is written, by follow. It is nil on a
// terminal that is not empty, and where only the renderer knows how to draw the frame: what the terminal may measure in another
// way, colours that it has not, a row that is longer than the window.
func (s *Screen) whole(v *tea.View) []byte {
	if !s.empty || !plain(v.Content) || !shows(s.profile, v.Content) {
		return nil
	}
	var b bytes.Buffer
	b.Grow(len(v.Content) + 8*s.h)
	b.WriteString(ansi.CursorHomePosition + ansi.EraseEntireScreen + ansi.ResetModeAutoWrap) // or the last cell scrolls
	y := 0
	for row := range strings.SplitSeq(v.Content, "\n") {
		if y == s.h {
			break
		}
		if !apart(row) || s.cells.Method.StringWidth(row) > s.w {
			return nil
		}
		if y > 0 {
			b.WriteString("\r\n")
		}
		spare(&b, row)
		y++
	}
	b.WriteString(ansi.SetModeAutoWrap)
	x, y := rest(v)
	b.WriteString(ansi.CursorPosition(x+1, y+1))
	return b.Bytes()
}

// many is a run of blanks that is longer than the sequence which leads over it.
const many = "        "

// spare writes a row on an erased line: where many blanks have no colours, the cursor only goes on. They are a third of the
// bytes of a frame.
func spare(b *bytes.Buffer, row string) {
	for plain := true; row != ""; {
		text, rest := row, ""
		if i := strings.IndexByte(row, ansi.ESC); i >= 0 {
			text, rest = row[:i], row[i:]
		}
		for plain {
			i := strings.Index(text, many)
			if i < 0 {
				break
			}
			after := strings.TrimLeft(text[i:], " ")
			b.WriteString(text[:i])
			b.WriteString(ansi.CursorForward(len(text) - i - len(after)))
			text = after
		}
		b.WriteString(text)
		style := rest[:strings.IndexByte(rest, 'm')+1] // a row has no other sequences, see apart
		b.WriteString(style)
		plain = style == ansi.ResetStyle || style == "\x1b[0m"
		row = rest[len(style):]
	}
}

// follow tells the renderer of a frame that was written without it.
func (s *Screen) follow() {
	if !s.ahead {
		return
	}
	s.ahead = false
	s.scr.Flush() // what is to be written all the same
	n := s.buf.Len()
	s.paint(s.last.Content)
	s.scr.Render(s.cells.RenderBuffer)
	s.scr.MoveTo(rest(s.last))
	s.scr.Flush()
	s.buf.Truncate(n)
}

// rest is where the terminal's cursor is after a whole frame, also where it is not seen.
func rest(v *tea.View) (x, y int) {
	if v.Cursor == nil {
		return 0, 0
	}
	return v.Cursor.X, v.Cursor.Y
}

// shows reports whether a terminal with profile p has all colours of a text.
func shows(p colorprofile.Profile, content string) bool {
	switch p {
	case colorprofile.TrueColor:
		return true
	case colorprofile.ANSI256:
		return !strings.Contains(content, "8;2;") // 38, 48 or 58
	case colorprofile.ANSI:
		return !strings.Contains(content, "8;2;") && !strings.Contains(content, "8;5;")
	}
	return false
}
