package workbench

import (
	"strconv"
	"strings"

	"culprit/collections"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/tabs"
)

// titles are the names of the tabs, each with how much is behind it.
func (e *composer) titles() []tabs.Tab {
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
		return strconv.Itoa(n)
	}
	out := make([]tabs.Tab, requestTabs)
	for i, n := range tabNames {
		out[i].Label = n
	}
	out[tabParams].Mark = count(e.saved.Params)
	out[tabHeaders].Mark = count(e.saved.Headers)
	if e.saved.Auth.Scheme != "" {
		out[tabAuth].Mark = e.styles.Glyphs.Dot
	}
	if e.saved.Body.Type != "" {
		out[tabBody].Mark = e.styles.Glyphs.Dot
	}
	if n := len(e.saved.Vars); n > 0 {
		out[tabVars].Mark = strconv.Itoa(n)
	}
	if n := len(e.saved.Asserts); n > 0 {
		out[tabTests].Mark = strconv.Itoa(n)
	}
	for i := range out {
		out[i].Role = widget.Muted
	}
	return out
}

// rule is the line under a bar of tabs.
func rule(s *theme.Styles, w int) string {
	return s.Frame.Border.Render(strings.Repeat(s.Glyphs.Border.Top, max(w, 0)))
}
