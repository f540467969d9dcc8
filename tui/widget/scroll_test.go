package widget

import "testing"

func TestAThumbTouchesAnEndOnlyWhereThatEndIsSeen(t *testing.T) {
	for all := 1; all < 60; all++ {
		for seen := 1; seen < 20; seen++ {
			for top := 0; top <= max(all-seen, 0); top++ {
				size := seen
				from, n := Scroll{Top: top, Seen: seen, All: all}.Thumb(size)
				switch {
				case all <= seen && n != 0:
					t.Fatalf("all %d of %d are seen, and a thumb of %d is drawn", all, seen, n)
				case all <= seen:
				case n < 1 || from < 0 || from+n > size:
					t.Fatalf("%d-%d of %d: thumb %d+%d leaves the %d cells", top, top+seen, all, from, n, size)
				case size-n >= 2 && (from == 0) != (top == 0), size-n >= 2 && (from+n == size) != (top+seen == all):
					t.Fatalf("%d-%d of %d: thumb %d+%d of %d touches the wrong end", top, top+seen, all, from, n, size)
				}
			}
		}
	}
}

func TestARangeIsSaidOnlyWhereNotAllIsSeen(t *testing.T) {
	for want, s := range map[string]Scroll{"": {Top: 0, Seen: 5, All: 5}, "1-5/9": {Top: 0, Seen: 5, All: 9}, "5-9/9": {Top: 4, Seen: 5, All: 9}} {
		if got := s.Range(); got != want {
			t.Errorf("%+v: %q, want %q", s, got, want)
		}
	}
}
