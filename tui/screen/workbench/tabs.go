package workbench

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/tui/theme"
)

// titles are the names of the tabs, each with how much is behind it.
func (e *composer) titles() []string {
	count := func(rows []collections.Row) string {
		n := 0
		for _, r := range rows {
			if !r.Off {
				n++
			}
		}
		if n == 0 {
			return ""
		}
		return " " + strconv.Itoa(n)
	}
	out := make([]string, requestTabs)
	copy(out, tabNames[:])
	out[tabParams] += count(e.saved.Params)
	out[tabHeaders] += count(e.saved.Headers)
	if e.saved.Auth.Scheme != "" {
		out[tabAuth] += " " + e.styles.Glyphs.Dot
	}
	if e.saved.Body.Type != "" {
		out[tabBody] += " " + e.styles.Glyphs.Dot
	}
	if n := len(e.saved.Vars); n > 0 {
		out[tabVars] += " " + strconv.Itoa(n)
	}
	return out
}

// tabLine draws the names of tabs; when they do not fit, those before the chosen one are left out.
func tabLine(s *theme.Styles, names []string, on, w int) string {
	from := 0
	for {
		total := 0
		for _, n := range names[from:] {
			total += ansi.StringWidth(n) + 2
		}
		if total <= w || from >= on {
			break
		}
		from++
	}
	var out strings.Builder
	if from > 0 {
		out.WriteString(s.Text.Faint.Render(s.Glyphs.Ellipsis))
	}
	for i, n := range names[from:] {
		out.WriteString(" ")
		if i+from == on {
			out.WriteString(s.Frame.TabOn.Render(n))
		} else {
			out.WriteString(s.Frame.Tab.Render(n))
		}
		out.WriteString(" ")
	}
	return out.String()
}
