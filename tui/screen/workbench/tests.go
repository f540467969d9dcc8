package workbench

import (
	"strconv"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/theme"
	"culprit/tui/widget/frame"
)

// testRows are the assertions of the request and how they came out, what is wrong below each.
func testRows(s *theme.Styles, v *veil, checks []collections.Checked, w int) []string {
	if len(checks) == 0 {
		return []string{s.Text.Muted.Render("No assertions. The request's tab Tests adds some.")}
	}
	var out []string
	for _, c := range checks {
		line := clean(v.text(c.String()))
		switch c.Verdict {
		case collections.Passed:
			out = append(out, s.State.Good.Render(s.Glyphs.Tick)+" "+line)
		case collections.Failed:
			out = append(out, s.State.Bad.Render(s.Glyphs.Cross)+" "+line)
		default:
			out = append(out, s.State.Warn.Render("?")+" "+line+s.Text.Muted.Render("  not checked"))
		}
		if c.Why != "" {
			for _, l := range frame.Wrap(clean(v.text(c.Why)), max(w-6, 10)) {
				out = append(out, "    "+s.Text.Muted.Render(l))
			}
		}
	}
	return out
}

// held says how many assertions passed, for the tab: "2/3"; "" without any.
func held(checks []collections.Checked) (mark string, all bool) {
	n := 0
	for _, c := range checks {
		if c.Verdict == collections.Passed {
			n++
		}
	}
	if len(checks) == 0 {
		return "", true
	}
	return strconv.Itoa(n) + "/" + strconv.Itoa(len(checks)), n == len(checks)
}

// passedAll reports whether no assertion is left that did not pass.
func passedAll(checks []collections.Checked) bool {
	_, all := held(checks)
	return all
}

// Unmet returns the first assertion that x failed, secrets masked; "" for none, and where x is not the last exchange of the
// request at path.
func (w *Workbench) Unmet(path string, x *request.Exchange) string {
	r := w.results[path]
	if r == nil || r.running || r.exchange != x {
		return ""
	}
	for _, c := range r.checks {
		if c.Verdict == collections.Failed {
			return veilOf(r.exchange, false).text(c.String())
		}
	}
	return ""
}
