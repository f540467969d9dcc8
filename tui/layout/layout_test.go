package layout

import "testing"

func TestRectanglesNeverOverlapNorLeaveTheScreen(t *testing.T) {
	for w := 1; w <= 300; w++ {
		for h := 1; h <= 100; h++ {
			for main := Tree; main <= Response; main++ {
				for aside := Tree; aside <= Response; aside++ {
					check(t, w, h, main, aside)
				}
			}
		}
	}
}

func check(t *testing.T, w, h int, main, aside Pane) {
	l := Of(w, h, main, aside)
	rects := []Rect{l.Panes[0], l.Panes[1], l.Panes[2], l.Status, l.Keys}
	area := 0
	for i, a := range rects {
		if a.Empty() {
			continue
		}
		area += a.W * a.H
		if a.X < 0 || a.Y < 0 || a.X+a.W > w || a.Y+a.H > h {
			t.Fatalf("%dx%d: %+v is outside", w, h, a)
		}
		for _, b := range rects[i+1:] {
			if !b.Empty() && a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
				t.Fatalf("%dx%d: %+v overlaps %+v", w, h, a, b)
			}
		}
	}
	if l.Shape != Tiny && (area != w*h || l.Panes[main].Empty()) {
		t.Fatalf("%dx%d, %v, %v: %d of %d cells used, focused pane %+v", w, h, main, aside, area, w*h, l.Panes[main])
	}
}

func TestShapes(t *testing.T) {
	for _, c := range []struct {
		w, h int
		want Shape
	}{{59, 40, Tiny}, {80, 14, Tiny}, {60, 15, One}, {80, 24, One}, {120, 30, Two}, {140, 42, Three}, {300, 100, Three}} {
		if got := Of(c.w, c.h, Tree, Request).Shape; got != c.want {
			t.Errorf("%dx%d: %v, want %v", c.w, c.h, got, c.want)
		}
	}
}

func TestOverlayIsInTheMiddleAndInside(t *testing.T) {
	screen := Rect{W: 80, H: 24}
	if got, want := Overlay(screen, 40, 12), (Rect{20, 4, 40, 12}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := Overlay(screen, 200, 100); got != screen {
		t.Errorf("%+v, want the whole screen", got)
	}
}
