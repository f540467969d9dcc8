// Package frame draws what surrounds a part: a border with a title, lines cut to size, panes side by side, and
// something laid over them. All strings may hold styles; they are measured and cut as the terminal shows them.
package frame

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui/theme"
	"culprit/tui/widget"
)

// A Frame is a border with words in it. The zero value has none.
type Frame struct {
	Title   string // styled; in the upper border, left
	Right   string // styled; in the upper border, right
	Note    string // styled; in the lower border, left; it is cut where Foot needs the room
	Foot    string // styled; in the lower border, right
	Focused bool
	Overlay bool
	Scroll  widget.Scroll // what is seen of the lines; a thumb in the right border shows it
	From    int           // how many lines inside stay where they are when the others scroll
}

// footEdges are the cells of the lower border that are neither Note nor Foot: corners, lines, and blanks around both.
const footEdges = 9

// NoteRoom is how many cells of Note are seen in a frame of w cells, beside a foot.
func NoteRoom(w int, foot string) int { return max(w-ansi.StringWidth(foot)-footEdges, 0) }

// TitleFrom is the cell of the upper border, from its corner, at which a title begins.
const TitleFrom = 3

// Draw draws lines inside the frame, w by h cells in all, border included. Lines are cut and filled.
// Below 3 by 3 there is no border.
func (f Frame) Draw(s *theme.Styles, w, h int, lines []string) string {
	if w < 3 || h < 3 {
		return strings.Join(Fit(lines, w, h), "\n")
	}
	b, ink := s.Glyphs.Border, s.Frame.Border
	switch {
	case f.Overlay:
		b, ink = s.Glyphs.Thick, s.Frame.Overlay
	case f.Focused:
		b, ink = s.Glyphs.Thick, s.Frame.Focus
	}
	var out strings.Builder
	out.Grow((w + 40) * h)
	out.WriteString(edge(ink, b.TopLeft, b.Top, b.TopRight, w, f.Title, f.Right))
	left, right := ink.Render(b.Left), ink.Render(b.Right)
	thumb := right
	if f.Scroll.All > 0 {
		st := ink
		if !f.Focused && !f.Overlay {
			st = s.Text.Muted
		}
		thumb = st.Render(s.Glyphs.Thumb)
	}
	from, n := f.Scroll.Thumb(min(h-2-f.From, f.Scroll.Seen))
	for i, l := range Fit(lines, w-2, h-2) {
		end := right
		if at := i - f.From - from; at >= 0 && at < n {
			end = thumb
		}
		out.WriteString("\n" + left + l + end)
	}
	note := ansi.Truncate(f.Note, NoteRoom(w, f.Foot), s.Glyphs.Ellipsis)
	out.WriteString("\n" + edge(ink, b.BottomLeft, b.Bottom, b.BottomRight, w, note, f.Foot))
	return out.String()
}

// edge draws one horizontal border with a label at its left and its right; what does not fit is left out.
func edge(ink lipgloss.Style, from, line, to string, w int, left, right string) string {
	room := w - 2
	if n := ansi.StringWidth(left); n > 0 {
		left = " " + ansi.Truncate(left, max(room-4, 0), "…") + " "
	}
	if n := ansi.StringWidth(right); n > 0 {
		right = " " + right + " "
	}
	l, r := ansi.StringWidth(left), ansi.StringWidth(right)
	if l+r+3 > room {
		right, r = "", 0
	}
	if l+2 > room {
		left, l = "", 0
	}
	fill := room - l - r
	lead, tail := min(1, fill), 0
	if r > 0 && fill > 1 {
		tail = 1
	}
	return ink.Render(from+strings.Repeat(line, lead)) + left + ink.Render(strings.Repeat(line, fill-lead-tail)) +
		right + ink.Render(strings.Repeat(line, tail)+to)
}

// Fit returns exactly h lines of exactly w cells.
func Fit(lines []string, w, h int) []string {
	out := make([]string, max(h, 0))
	blank := strings.Repeat(" ", max(w, 0))
	for i := range out {
		if i < len(lines) {
			out[i] = Line(lines[i], w)
		} else {
			out[i] = blank
		}
	}
	return out
}

// Line returns s as exactly w cells: cut, or filled with spaces.
func Line(s string, w int) string {
	if w <= 0 {
		return ""
	}
	n := ansi.StringWidth(s)
	if n > w {
		s = ansi.Truncate(s, w, "…")
		n = ansi.StringWidth(s)
	}
	return s + strings.Repeat(" ", w-n)
}

// Tail returns s cut to at most w cells at its beginning: the end of a path says most.
func Tail(s string, w int, ellipsis string) string {
	n := ansi.StringWidth(s)
	if n <= w {
		return s
	}
	return ellipsis + ansi.TruncateLeft(s, n-max(w-ansi.StringWidth(ellipsis), 0), "")
}

// Ends returns one line of w cells with left and right at its ends; left is cut when both do not fit.
func Ends(left, right string, w int) string {
	r := ansi.StringWidth(right)
	if r >= w {
		return Line(right, w)
	}
	return Line(left, w-r) + right
}

// Wrap breaks a text into lines of at most w cells, between words. A hyphen is no place to break: dates, names of
// headers and identifiers have them. What is longer than a line is cut hard. A style goes on in the next line.
func Wrap(text string, w int) []string {
	wrap := ansi.Wrap
	if strings.Contains(text, "\x1b") {
		wrap = lipgloss.Wrap
	}
	const stand = "\u2011" // a hyphen that does not break; a text that has one is left as it is
	if strings.Contains(text, stand) {
		return strings.Split(wrap(text, max(w, 1), ""), "\n")
	}
	lines := strings.Split(wrap(strings.ReplaceAll(text, "-", stand), max(w, 1), ""), "\n")
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], stand, "-")
	}
	return lines
}

// Beside joins blocks of equal height side by side.
func Beside(blocks ...string) string {
	if len(blocks) == 1 {
		return blocks[0]
	}
	rows := strings.Split(blocks[0], "\n")
	for _, b := range blocks[1:] {
		i := 0
		for l := range strings.SplitSeq(b, "\n") {
			if i < len(rows) {
				rows[i] += l
			}
			i++
		}
	}
	return strings.Join(rows, "\n")
}

func blank(w int) string { return strings.Repeat(" ", max(w, 0)) }

// Over lays block over base with its corner at x, y. What would leave base is not drawn; of a character of two cells
// that block covers by half, the other half is blank.
func Over(base, block string, x, y int) string {
	rows := strings.Split(base, "\n")
	i := y
	for l := range strings.SplitSeq(block, "\n") {
		if i >= 0 && i < len(rows) {
			w, all := ansi.StringWidth(l), ansi.StringWidth(rows[i])
			left, right := ansi.Truncate(rows[i], x, ""), ansi.TruncateLeft(rows[i], x+w, "")
			if ansi.StringWidth(right) > max(all-x-w, 0) { // a character that begins before the cut is kept whole
				right = ansi.TruncateLeft(rows[i], x+w+1, "")
			}
			rows[i] = left + blank(min(x, all)-ansi.StringWidth(left)) + l + blank(all-x-w-ansi.StringWidth(right)) + right
		}
		i++
	}
	return strings.Join(rows, "\n")
}
