package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

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
