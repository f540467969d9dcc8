package widget

// A Window is the part of a list that is visible: which row is chosen, and which is the first on the screen.
// The zero value is the start of a list.
type Window struct {
	At  int // the chosen row
	Top int
}

// Move goes n rows down, or up for a negative n, in a list of size rows and stops at its ends.
func (w *Window) Move(n, size int) { w.At = min(max(0, w.At+n), max(0, size-1)) }

// Fit brings the chosen row of a list of size rows into a window of page rows.
func (w *Window) Fit(size, page int) {
	w.At = min(max(0, w.At), max(0, size-1))
	page = max(1, page)
	w.Top = min(w.Top, w.At, max(0, size-page))
	w.Top = max(w.Top, w.At-page+1, 0)
}
