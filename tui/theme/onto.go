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

// Recede draws a screen as what lies behind something else: its text, faint.
func (s *Styles) Recede(screen string) string {
	open, end, _ := strings.Cut(s.Text.Faint.Render("\x00"), "\x00")
	return open + strings.ReplaceAll(ansi.Strip(screen), "\n", end+"\n"+open) + end
}
