package layout

// A History is where everything of the history is.
type History struct {
	Both   bool // list and exchange are seen at once
	List   Rect // empty when the exchange alone is seen
	Reader Rect // empty when the list alone is seen
}

// From this height the list has ten rows above an exchange of a dozen lines.
const bothHeight = 30

// OfHistory lays out w by h cells: the list above the exchange where there is room, so that both have whole lines,
// else one of them.
func OfHistory(w, h int, reading bool) History {
	all := Rect{W: max(w, 0), H: max(h, 0)}
	switch {
	case h >= bothHeight:
		l := History{Both: true, List: all, Reader: all}
		l.List.H = h * 2 / 5
		l.Reader.Y, l.Reader.H = l.List.H, h-l.List.H
		return l
	case reading:
		return History{Reader: all}
	}
	return History{List: all}
}
