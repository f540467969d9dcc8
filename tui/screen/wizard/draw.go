package wizard

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"culprit/tui/theme"
	"culprit/tui/widget/frame"
)

// pad returns s as at least w cells, with a space behind it when it is longer.
func pad(s string, w int) string {
	n := ansi.StringWidth(s)
	if n >= w {
		return ansi.Truncate(s, max(w-1, 0), "…") + " "
	}
	return s + strings.Repeat(" ", w-n)
}

// ends returns one line of w cells with left and right at its ends; left is cut when both do not fit.
func ends(left, right string, w int) string {
	if right == "" {
		return frame.Line(left, w)
	}
	r := ansi.StringWidth(right) + 1
	if r >= w {
		return frame.Line(left, w)
	}
	return frame.Line(left, w-r-1) + " " + right + " "
}

// choose draws a row as chosen by a cursor, or as it is.
func choose(s *theme.Styles, line string, w int, chosen bool) string {
	if !chosen {
		return line
	}
	return s.Select(frame.Line(line, w))
}
