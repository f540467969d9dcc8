// Package layout turns a size and a mode into named rectangles. It is pure and the only place with widths.
package layout

// A Rect is a rectangle of cells; the zero value is not shown.
type Rect struct{ X, Y, W, H int }

// Empty reports whether nothing can be drawn in r.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// Contains reports whether the cell x, y is in r.
func (r Rect) Contains(x, y int) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}

// A Pane names one of the three panes of the workbench, by the number of its key.
type Pane int

// The panes.
const (
	Tree Pane = iota
	Request
	Response
)

// Panes is how many there are.
const Panes = 3

// A Shape says how many panes are seen at once.
type Shape int

// The shapes, by width.
const (
	Tiny Shape = iota // too small for anything but a line
	One               // the focused pane alone
	Two               // the tree and one of the other two
	Three
)

// Where the shapes begin. Below 60x15 a form row and its label no longer fit. From 100 columns a tree leaves
// 72 for a body, and from 140 request and response have more than 50 each, enough for indented JSON.
const (
	minWidth, minHeight = 60, 15
	twoWidth            = 100
	threeWidth          = 140
)

// tabsWidth is how wide the names of all tabs of a request are, with a sign at two of them and a border.
const tabsWidth = 54

// A Workbench is where everything of the workbench is.
type Workbench struct {
	Shape  Shape
	Panes  [Panes]Rect // by Pane; empty where not seen
	Status Rect
	Keys   Rect
	All    Rect
}

// Of lays out w by h cells; main is the pane that has the focus, and aside the last one of request and
// response that had it.
func Of(w, h int, main, aside Pane) Workbench {
	l := Workbench{All: Rect{W: max(w, 0), H: max(h, 0)}}
	if w < minWidth || h < minHeight {
		return l
	}
	l.Status = Rect{Y: h - 2, W: w, H: 1}
	l.Keys = Rect{Y: h - 1, W: w, H: 1}
	body := Rect{W: w, H: h - 2}
	switch {
	case w < twoWidth:
		l.Shape = One
		l.Panes[main] = body
	case w < threeWidth:
		l.Shape = Two
		if main == Tree {
			main = aside
		}
		if main == Tree {
			main = Request
		}
		l.Panes[Tree], l.Panes[main] = split(body, tree(w))
	default:
		l.Shape = Three
		var rest Rect
		l.Panes[Tree], rest = split(body, tree(w))
		l.Panes[Request], l.Panes[Response] = split(rest, max(rest.W*12/25, min(rest.W/2, tabsWidth)))
	}
	return l
}

// tree is the width of the tree: nearly a quarter, between a request name of three words, or of two where there is little
// room, and a long one.
func tree(w int) int {
	if w < twoWidth {
		return 28
	}
	return min(max(w*23/100, 32), 44)
}

func split(r Rect, w int) (left, right Rect) {
	left, right = r, r
	left.W = w
	right.X, right.W = r.X+w, r.W-w
	return left, right
}

// sliver is what an overlay leaves of a screen at least on both sides together, or nothing: in less than that nothing
// can be read.
const sliver = 8

// Overlay is the rectangle of an overlay that wants w by h cells, in the middle of the screen and never
// outside it. The border belongs to it.
func Overlay(screen Rect, w, h int) Rect {
	if w > screen.W-sliver {
		w = screen.W
	}
	h = min(h, screen.H)
	return Rect{X: (screen.W - w) / 2, Y: (screen.H - h) / 3, W: w, H: h}
}

// Inside is r without a border of one cell.
func (r Rect) Inside() Rect {
	return Rect{X: r.X + 1, Y: r.Y + 1, W: max(r.W-2, 0), H: max(r.H-2, 0)}
}
