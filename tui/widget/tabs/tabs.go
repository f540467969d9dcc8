// Package tabs is a bar of names, one of which is open.
//
// Each name stands between two blanks, or in brackets when it is open. Where that is too wide for all of them, neighbours
// share a blank; where it still is, they go without their counts, and then brackets take the place of blanks, if that
// makes room for all; else the bar starts later, and a sign at either end counts those that are not seen.
package tabs

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
)

// A Tab is one name in the bar.
type Tab struct {
	Label string
	Mark  string // behind the name: a count, a sign for changes
	Role  widget.Role
}

// Selected says that another tab is open now, see At.
type Selected struct{}

// Bar is drawn on one row; further rows stay empty. The keys that turn it are its owner's.
type Bar struct {
	styles        *widget.Styles
	ink           widget.Ink
	tabs          []Tab
	at, first     int
	end           int  // behind the last one that is seen
	tight         bool // neighbours share a blank
	bare          bool // and none has its count
	snug          bool // and brackets stand where the blanks do
	width, height int
	focus         bool
	pen           widget.Pen
}

// New returns a bar of tabs, which it keeps; the first is open. nil styles mean plain.
func New(styles *widget.Styles, tabs []Tab) *Bar {
	return &Bar{styles: styles, tabs: tabs}
}

// SetTabs replaces the tabs; the open one keeps its number.
func (b *Bar) SetTabs(tabs []Tab) { b.tabs = tabs; b.Select(b.at) }

// At returns the number of the open tab.
func (b *Bar) At() int { return b.at }

// Select opens tab n.
func (b *Bar) Select(n int) { b.at = min(max(0, n), max(0, len(b.tabs)-1)); b.reveal() }

// Focus marks the bar.
func (b *Bar) Focus() tea.Cmd { b.focus = true; return nil }

// Blur takes the mark away.
func (b *Bar) Blur() { b.focus = false }

// Resize sets the size of View in cells.
func (b *Bar) Resize(width, height int) {
	b.width, b.height = max(0, width), max(0, height)
	b.reveal()
}

// Mouse opens the tab that one clicks.
func (b *Bar) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	click, ok := msg.(tea.MouseClickMsg)
	if !ok || click.Button != tea.MouseLeft || click.Y != 0 {
		return tui.Pass{}, nil
	}
	x := len(b.before())
	for i := b.first; i < b.end; i++ {
		w := b.size(i)
		if click.X >= x && click.X < x+w {
			b.Select(i)
			return Selected{}, nil
		}
		x += w
	}
	return tui.Pass{}, nil
}

// size returns the cells of tab i: a sign, the name, the mark, a sign. When the bar is tight, what is not open needs but
// the blank before it, and what is open one more than its brackets, unless it is the first.
func (b *Bar) size(i int) int {
	t := b.tabs[i]
	if b.snug {
		return b.snugly(i)
	}
	n := 2 + widget.Width([]byte(t.Label))
	if b.marked(t) {
		n += 1 + widget.Width([]byte(t.Mark))
	}
	switch {
	case b.tight && i != b.at:
		n--
	case b.tight && i > b.first:
		n++
	}
	return n
}

// snugly is size where the bar is snug: a blank before all but the first and who has a bracket there, none before a mark.
func (b *Bar) snugly(i int) int {
	t := b.tabs[i]
	n := widget.Width([]byte(t.Label))
	if b.marked(t) {
		n += widget.Width([]byte(t.Mark))
	}
	switch {
	case i == b.at:
		n += 2
	case i > b.first && i != b.at+1:
		n++
	}
	return n
}

// marked reports whether the mark of a tab is seen: a count gives way, a sign does not.
func (b *Bar) marked(t Tab) bool {
	return t.Mark != "" && !(b.bare && t.Role == widget.Muted && '0' <= t.Mark[0] && t.Mark[0] <= '9')
}

// sizes returns the cells of the tabs from one to before another.
func (b *Bar) sizes(from, to int) (n int) {
	for i := from; i < to; i++ {
		n += b.size(i)
	}
	return n
}

// before and after count the tabs that are not seen: "‹2", " +3›".
func (b *Bar) before() string {
	if b.first == 0 {
		return ""
	}
	return "<" + strconv.Itoa(b.first)
}

func (b *Bar) after() string {
	if b.end >= len(b.tabs) {
		return ""
	}
	return " +" + strconv.Itoa(len(b.tabs)-b.end) + ">"
}

// reveal chooses the tabs that are seen: the open one, and as many as there is room for.
func (b *Bar) reveal() {
	n := len(b.tabs)
	b.first, b.end = 0, n
	for _, closer := range [...]struct{ tight, bare, snug bool }{{}, {tight: true}, {tight: true, bare: true}, {true, true, true}} {
		if b.tight, b.bare, b.snug = closer.tight, closer.bare, closer.snug; b.sizes(0, n) <= b.width {
			return
		}
	}
	b.bare, b.snug = false, false
	for b.first = 0; b.first <= b.at; b.first++ {
		for b.end = n; b.end > b.at; b.end-- {
			if b.sizes(b.first, b.end)+len(b.before())+len(b.after()) <= b.width {
				return
			}
		}
	}
	b.first, b.end = b.at, min(b.at+1, n) // not even the open one has room: it is cut
}

// View draws the bar. The open tab stands in brackets: colour alone says nothing.
func (b *Bar) View() string {
	b.ink.Load(b.styles)
	var out []byte
	for y := range b.height {
		if y > 0 {
			out = append(out, '\n')
		}
		b.pen.Begin(&b.ink, out, b.width)
		if y == 0 {
			b.row()
		}
		out = b.pen.End()
	}
	return string(out)
}

func (b *Bar) row() {
	if b.first > 0 {
		b.pen.Word(widget.Text, b.ink.Sign("‹", "<")+strconv.Itoa(b.first))
	}
	for i := b.first; i < b.end; i++ {
		b.draw(i)
	}
	if more := len(b.tabs) - b.end; more > 0 && b.pen.Left() >= len(b.after()) {
		b.pen.Spaces(widget.Muted, b.pen.Left()-len(b.after()))
		b.pen.Word(widget.Text, " +"+strconv.Itoa(more)+b.ink.Sign("›", ">"))
	}
}

func (b *Bar) draw(i int) {
	t, role, before, after := b.tabs[i], widget.Muted, " ", " "
	switch {
	case i == b.at:
		role, before, after = widget.Strong, "[", "]"
		if b.focus {
			role = widget.Accent
		}
	case b.tight:
		after = ""
	}
	switch {
	case b.snug && i != b.at && (i == b.first || i == b.at+1):
		before = ""
	case b.tight && !b.snug && i == b.at && i > b.first:
		before = " ["
	}
	b.pen.Word(role, before)
	b.pen.Put(role, []byte(t.Label))
	if b.marked(t) {
		if !b.snug {
			b.pen.Spaces(role, 1)
		}
		b.pen.Put(t.Role, []byte(t.Mark))
	}
	b.pen.Word(role, after)
}
