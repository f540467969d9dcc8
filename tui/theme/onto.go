package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Plain reports whether a selected row gives up the colours of its words: on what a palette of 16 colours, or a
// reversed one, lays under them they could not be read.
func (c Choice) Plain() bool { return c.Depth == Sixteen || c.Contrast }

// Select lays the style of the chosen row under a line, as Onto does.
func (s *Styles) Select(line string) string {
	if s.Choice.Plain() {
		line = ansi.Strip(line)
	}
	return Onto(s.Frame.Selected, line)
}

// Onto lays a style under a line that already holds styles: each reset in the line is followed by the
// style's own beginning, so that a selection covers the whole row and colours of words stay.
func Onto(st lipgloss.Style, line string) string {
	const mark = "\x00"
	open, _, ok := strings.Cut(st.Render(mark), mark)
	if !ok || open == "" {
		return line
	}
	line = strings.ReplaceAll(strings.ReplaceAll(line, "\x1b[0m", "\x1b[m"), "\x1b[m", "\x1b[m"+open)
	return open + line + "\x1b[m"
}

// Recede draws a screen as what lies behind something else: its text, faint, and no frame in it that marks the focus.
func (s *Styles) Recede(screen string) string {
	open, end, _ := strings.Cut(s.Text.Faint.Render("\x00"), "\x00")
	return open + strings.ReplaceAll(s.Glyphs.blurred(ansi.Strip(screen)), "\n", end+"\n"+open) + end
}

// blurred is a screen without thick frames, where those are other than the thin ones. A line of a frame has a corner in it:
// other lines may hold the same signs.
func (g Glyphs) blurred(screen string) string {
	b, t := g.Border, g.Thick
	if b == t {
		return screen
	}
	frames := strings.NewReplacer(t.TopLeft, b.TopLeft, t.TopRight, b.TopRight, t.BottomLeft, b.BottomLeft, t.BottomRight, b.BottomRight, t.Left, b.Left, t.Top, b.Top)
	lines := strings.Split(screen, "\n")
	for i, l := range lines {
		switch {
		case strings.Contains(l, t.TopLeft+t.Top), strings.Contains(l, t.BottomLeft+t.Bottom):
			lines[i] = frames.Replace(l)
		case t.Left != b.Left:
			lines[i] = strings.ReplaceAll(l, t.Left, b.Left)
		}
	}
	return strings.Join(lines, "\n")
}
