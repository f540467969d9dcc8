package wizard

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui"
	"culprit/tui/layout"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// Mouse implements tui.Mouser: the wheel scrolls what it is over, a click opens a tab or chooses a row.
func (z *Wizard) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	m := msg.Mouse()
	by := widget.Notch(msg) * widget.WheelRows
	z.cache = ""
	if z.over != nil {
		z.over.scroll(z, by)
		return nil, nil
	}
	p, at, ok := z.under(m.X, m.Y)
	if !ok {
		return nil, nil
	}
	if by != 0 {
		was := z.open
		z.open = p
		z.move(by)
		z.open = was
		return nil, nil
	}
	if _, click := msg.(tea.MouseClickMsg); click && m.Button == tea.MouseLeft {
		z.click(p, m.X-at.X, m.Y-at.Y)
	}
	return nil, nil
}

// under returns the page at a cell and where its frame is.
func (z *Wizard) under(x, y int) (page, layout.Rect, bool) {
	switch {
	case z.size.Main.Contains(x, y):
		return z.left(), z.size.Main, true
	case z.size.Side.Contains(x, y) && z.tall():
		return probePage, z.size.Side, true
	case z.size.Below.Contains(x, y):
		return verdictPage, z.size.Below, true
	case z.size.Side.Contains(x, y):
		return z.side, z.size.Side, true
	case z.size.Shape == layout.Three && z.size.Rail.Contains(x, y):
		return stepPage, z.size.Rail, true
	}
	return 0, layout.Rect{}, false
}

// click takes a press at a cell of a page's frame.
func (z *Wizard) click(p page, x, y int) {
	if y == 0 {
		from := frame.TitleFrom
		for _, q := range z.together(p) {
			w := ansi.StringWidth(z.pageKey(q) + " " + z.pageName(q))
			if x >= from && x < from+w {
				p = q
			}
			from += w + tabsBetween
		}
		z.show(p)
		z.arrange()
		return
	}
	z.show(p)
	l := &z.lists[p]
	if p == stepPage {
		in := z.size.Main
		if z.size.Shape == layout.Three {
			in = z.size.Rail
		}
		below := y - 1
		for i, n := range z.slots(in.Inside().W, in.Inside().H) {
			if below >= 0 && below < n {
				l.at = i
			}
			below -= n
		}
	}
	tall := 1
	if p == probePage {
		tall = z.rungHeight(z.size.Side.Inside().H)
	}
	if at := l.top + (y-1)/tall; (p == mapPage || p == probePage) && at < l.n && y-1 < l.h*tall {
		if p == mapPage {
			z.moved = true
		}
		l.at = at
	}
	z.arrange()
}

// tabsBetween is how many cells are between the tabs in the upper border of a frame.
const tabsBetween = 2
