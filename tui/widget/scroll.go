package widget

import "fmt"

// A Scroll says which part of something long is seen: Seen of All lines, after Top of them. The zero value is
// something of which all is seen.
type Scroll struct{ Top, Seen, All int }

// Thumb returns where the thumb of a bar of size cells begins, and its length; 0 where all is seen.
// It touches an end of the bar only where that end of the whole is seen.
func (s Scroll) Thumb(size int) (from, length int) {
	hidden := s.All - s.Seen
	if hidden <= 0 || s.Seen <= 0 || size <= 0 {
		return 0, 0
	}
	length = max(size*s.Seen/s.All, 1)
	room := size - length
	from = room * min(max(s.Top, 0), hidden) / hidden
	switch {
	case room < 2:
	case s.Top <= 0:
		from = 0
	case s.Top >= hidden:
		from = room
	default:
		from = min(max(from, 1), room-1)
	}
	return from, length
}

// Range says which lines are seen: "1-18/30"; "" where all of them are.
func (s Scroll) Range() string {
	if s.All <= s.Seen || s.Seen <= 0 {
		return ""
	}
	return fmt.Sprintf("%d-%d/%d", s.Top+1, min(s.Top+s.Seen, s.All), s.All)
}
