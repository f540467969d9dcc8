package layout

// An Environments is where everything of the screen of environments is.
type Environments struct {
	List      Rect // empty while two are compared where there is no room for it
	Variables Rect
}

// OfEnvironments lays out w by h cells.
func OfEnvironments(w, h int, comparing bool) Environments {
	all := Rect{W: max(w, 0), H: max(h, 0)}
	if comparing && w < twoWidth {
		return Environments{Variables: all}
	}
	var l Environments
	l.List, l.Variables = split(all, min(tree(w), all.W))
	return l
}
