package wizard

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/tui/layout"
	"culprit/tui/widget/frame"
)

// View implements tui.Part.
func (z *Wizard) View() string {
	if z.cache == "" || z.drawn != z.styles.Choice {
		z.cache, z.drawn = z.draw(), z.styles.Choice
	}
	return z.cache
}

func (z *Wizard) draw() string {
	if z.w <= 0 || z.h <= 0 {
		return ""
	}
	screen := []string{z.head(z.w)}
	panes := []string{}
	if z.size.Shape == layout.Three {
		panes = append(panes, z.pane(stepPage, z.size.Rail))
	} else {
		screen = append(screen, z.marks(z.w))
	}
	panes = append(panes, z.pane(z.left(), z.size.Main))
	switch {
	case z.tall():
		panes = append(panes, z.pane(probePage, z.size.Side)+"\n"+z.pane(verdictPage, z.size.Below))
	case z.size.Shape != layout.One:
		panes = append(panes, z.pane(z.side, z.size.Side))
	}
	if z.size.Main.H > 0 {
		screen = append(screen, frame.Beside(panes...))
	}
	out := strings.Join(frame.Fit(strings.Split(strings.Join(screen, "\n"), "\n"), z.w, z.h), "\n")
	if z.over != nil {
		box, at := z.over.draw(z)
		head, rest, _ := strings.Cut(out, "\n") // the budget stays in sight
		out = frame.Over(head+"\n"+z.styles.Recede(rest), box, at.X, at.Y)
	}
	return out
}

// tall reports whether the probes and the verdict are seen at once.
func (z *Wizard) tall() bool { return z.size.Below.H > 0 }

// head is the first line: what is diagnosed, and what it has cost.
func (z *Wizard) head(w int) string {
	s := z.styles
	r := z.request()
	method := r.Method
	if method == "" {
		method = "GET"
	}
	left := " "
	if z.name != "" && w >= 100 {
		left += s.Text.Title.Render(z.text.line(z.name)) + "  "
	}
	left += s.Method(method).Bold(true).Render(z.text.line(method)) + " "
	right := z.budget()
	left += shortURL(z.text.line(z.url()), s.Glyphs.Ellipsis, w-ansi.StringWidth(left)-max(ansi.StringWidth(right), budgetWidth)-3)
	return ends(left, right, w)
}

// budgetWidth is kept free for the budget, so that the URL before it does not change while probes are counted.
const budgetWidth = len("probes 25/25 - writes 10/10 - 999 ms")

// shortURL leaves whole parts of a URL out until it fits w cells: the query, then the scheme, then the host, then the
// first segments of the path. Its end says most.
func shortURL(u, ellipsis string, w int) string {
	if ansi.StringWidth(u) <= w {
		return u
	}
	if before, _, ok := strings.Cut(u, "?"); ok {
		u = before + "?" + ellipsis
	}
	if _, rest, ok := strings.Cut(u, "://"); ok && ansi.StringWidth(u) > w {
		if u = rest; ansi.StringWidth(u) <= w {
			return u
		}
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			u = ellipsis + rest[i:]
		}
	}
	for ansi.StringWidth(u) > w {
		i := strings.IndexByte(strings.TrimPrefix(u, ellipsis+"/"), '/')
		if i < 0 {
			break
		}
		u = ellipsis + strings.TrimPrefix(u, ellipsis+"/")[i:]
	}
	return u
}

// url is the address without what is shown elsewhere when it is secret.
func (z *Wizard) url() string {
	u := z.request().URL
	for _, e := range z.board.index.Elements {
		if e.Secret && e.ID.Is("query") {
			u, _, _ = strings.Cut(u, "?")
			return u + "?…"
		}
	}
	return u
}

// budget is always visible (PRODUCT §4).
func (z *Wizard) budget() string {
	s := z.styles
	n, writes, ms := z.spent()
	warn := func(used, of int, word string) string {
		text := fmt.Sprintf("%s %d/%d", word, used, of)
		if used >= of {
			return s.State.Warn.Render(text)
		}
		return s.Text.Muted.Render(text)
	}
	dot := s.Text.Faint.Render(" " + s.Glyphs.Middle + " ")
	took := "0 ms" // nothing was sent yet
	if n > 0 || ms > 0 {
		took = diagnose.Lasted(ms)
	}
	return warn(n, z.c.Budget.Probes, "probes") + dot + warn(writes, z.c.Budget.Unsafe, "writes") + dot + s.Text.Muted.Render(took)
}

// spent counts what was sent: looks at the network and questions are no probes.
func (z *Wizard) spent() (probes, writes int, ms int64) {
	if z.report != nil && z.report.Cost != (diagnose.Cost{}) {
		c := z.report.Cost
		return c.Probes, c.Wrote, c.Duration
	}
	for _, p := range z.probes {
		if p.Kind == diagnose.Transport || p.Kind == diagnose.Ask || p.Outcome == diagnose.Refused || p.Outcome == "" {
			continue
		}
		probes++
		ms += p.Duration
		if p.Wrote() {
			writes++
		}
	}
	return probes, writes, ms
}

// pane draws a page in its frame. The titles of the frame are the tabs.
func (z *Wizard) pane(p page, r layout.Rect) string {
	in := r.Inside()
	f := frame.Frame{Title: z.tabs(p), Focused: z.open == p}
	switch p {
	case mapPage, probePage, verdictPage:
		f.Foot, f.Scroll = z.place(p), z.lists[p].seen()
	}
	return f.Draw(z.styles, r.W, r.H, z.page(p, in.W, in.H))
}

// place says where the window is in what is longer than it.
func (z *Wizard) place(p page) string {
	l := z.lists[p]
	if l.n <= l.h || l.h <= 0 {
		return ""
	}
	if p == verdictPage {
		return z.styles.Text.Faint.Render(l.seen().Range())
	}
	return z.styles.Text.Faint.Render(fmt.Sprintf("%d/%d", l.at+1, l.n))
}

// together are the pages that share a frame with p.
func (z *Wizard) together(p page) []page {
	switch {
	case z.size.Shape == layout.One:
		return []page{stepPage, mapPage, probePage, verdictPage}
	case (p == probePage || p == verdictPage) && !z.tall():
		return []page{probePage, verdictPage}
	case z.size.Shape == layout.Two:
		return []page{stepPage, mapPage}
	}
	return []page{p}
}

func (z *Wizard) tabs(p page) string {
	shown := z.together(p)
	var out []string
	for _, q := range shown {
		name := z.pageKey(q) + " " + z.pageName(q)
		st := z.styles.Frame.Tab
		if q == p {
			st = z.styles.Frame.TitleFocus
			if z.open != p {
				st = z.styles.Text.Title
			} else if len(shown) > 1 {
				st = z.styles.Frame.TabOn
			}
		}
		out = append(out, st.Render(name))
	}
	return strings.Join(out, "  ")
}

func (z *Wizard) pageName(p page) string {
	switch p {
	case mapPage:
		return "Map of suspicion"
	case probePage:
		if n := len(z.probes); n > 0 {
			return fmt.Sprintf("Probes (%d)", n)
		}
		return "Probes"
	case verdictPage:
		return "Verdict"
	}
	return "Steps"
}

func (z *Wizard) pageKey(p page) string {
	k := z.keys.Wizard.Page
	return [...]string{mapPage: k.Map.Help().Key, probePage: k.Probes.Help().Key, verdictPage: k.Verdict.Help().Key, stepPage: k.Steps.Help().Key}[p]
}

// page draws the inside of a page.
func (z *Wizard) page(p page, w, h int) []string {
	switch p {
	case mapPage:
		return z.mapLines(w, h)
	case probePage:
		return z.ladderLines(w, h)
	case verdictPage:
		return window(z.verdictPage(w, h), z.lists[verdictPage].top, h)
	}
	return z.stepLines(w, h)
}

// fitted leaves gaps out of lines, the last first, where that is enough for all of them to have room in h.
func fitted(lines []string, h int) []string {
	gaps := 0
	for _, l := range lines {
		if l == "" {
			gaps++
		}
	}
	if len(lines)-gaps > h {
		return lines
	}
	for i := len(lines) - 1; i > 0 && len(lines) > h; i-- {
		if lines[i] == "" {
			lines = slices.Delete(lines, i, i+1)
		}
	}
	return lines
}

func window[T any](lines []T, top, h int) []T {
	top = min(top, len(lines))
	return lines[top:min(top+max(h, 0), len(lines))]
}

// arrange gives every list its size after anything changed.
func (z *Wizard) arrange() {
	z.cache = ""
	main, side, rail := z.size.Main.Inside(), z.size.Side.Inside(), z.size.Rail.Inside()
	if z.size.Shape == layout.One {
		side, rail = main, main
	} else if z.size.Shape == layout.Two {
		rail = main
	}
	z.arrangeMap(main)
	z.lists[probePage].fit(len(z.probes), max(side.H-noteHeight, 0)/z.rungHeight(side.H))
	l := &z.lists[verdictPage]
	if z.tall() {
		side = z.size.Below.Inside()
	}
	l.n, l.h = len(z.verdictPage(side.W, side.H)), side.H
	l.scroll(0)
	z.lists[stepPage].fit(len(z.steps), rail.H)
}

// noteHeight is the foot of a list: a line between, and two of words about the chosen row.
const noteHeight = 3

// note draws the foot of a list.
func (z *Wizard) note(text string, w int) []string {
	s := z.styles
	lines := wrap(text, w-2)
	if len(lines) > noteHeight-1 {
		rest := strings.Join(lines[noteHeight-2:], " ")
		lines = append(lines[:noteHeight-2], brief(rest, s.Glyphs.Ellipsis, max(w-2, 1)))
	}
	out := []string{" " + s.Frame.Border.Render(strings.Repeat(s.Glyphs.Border.Top, max(w-2, 0)))}
	for _, l := range lines {
		out = append(out, " "+s.Text.Muted.Render(l))
	}
	return out
}

func (z *Wizard) arrangeMap(in layout.Rect) {
	l := &z.lists[mapPage]
	was := z.shown
	z.shown = z.rows(in.H - noteHeight)
	rows := z.shown
	if z.moved {
		l.follow(was, rows)
	}
	l.fit(len(rows), in.H-noteHeight)
	if z.moved {
		return
	}
	l.at, l.top = 0, 0
	best, p := open, 0.0
	for i, r := range rows {
		if r.id == "" {
			continue
		}
		if k, q := z.board.of(r.id); k.hot() && (k > best || k == best && q > p) {
			best, p, l.at = k, q, i
		}
	}
	switch {
	case l.at >= l.h:
		l.centre()
	case l.at+aroundHot >= l.h: // what is around it is seen, too
		l.top = max(min(l.at+aroundHot+1, l.n)-l.h, 0)
	}
	if best == open && len(rows) > 1 {
		l.at = 1
	}
}

func (z *Wizard) mapLines(w, h int) []string {
	l := z.lists[mapPage]
	rows, label := z.shown, z.label(w)
	lines := make([]string, 0, h)
	for i, r := range window(rows, l.top, h-noteHeight) {
		lines = append(lines, z.drawRow(r, w, label, z.open == mapPage && l.top+i == l.at && z.over == nil))
	}
	for len(lines) < h-noteHeight {
		lines = append(lines, "")
	}
	return append(lines, z.note(z.aboutRow(rows), w)...)
}

// aboutRow says what is known about the chosen element.
func (z *Wizard) aboutRow(rows []row) string {
	at := z.lists[mapPage].at
	if at >= len(rows) || rows[at].id == "" {
		return ""
	}
	id := rows[at].id
	l, p := z.board.of(id)
	text := z.text.line(string(id))
	switch why := z.board.why(id); {
	case why != "":
		text += ": " + z.text.line(why)
	case l == cleared:
		text += ": cleared, it makes no difference"
	case l == unlikely:
		text += ": changed without making a difference"
	case l == open && z.passes():
		text += ": nothing to find, the request passes"
	case l.hot():
		text += fmt.Sprintf(": by what came back so far, about %.0f in 100 that it takes part", 100*p)
	case l == open:
		text += ": nothing speaks for or against it yet"
	}
	return text
}
