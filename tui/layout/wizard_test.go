package layout

import "testing"

// The parts of a diagnosis cover the screen, and none lies over another.
func TestTheWizardCoversTheScreen(t *testing.T) {
	for w := 60; w <= 300; w++ {
		for h := 15; h <= 100; h++ {
			l := OfWizard(w, h)
			area := 0
			for _, r := range []Rect{l.Head, l.Rail, l.Main, l.Side, l.Below} {
				if area += r.W * r.H; r.X+r.W > w || r.Y+r.H > h {
					t.Fatalf("%dx%d: %+v is outside", w, h, r)
				}
			}
			if area != w*h {
				t.Fatalf("%dx%d: %d of %d cells: %+v", w, h, area, w*h, l)
			}
		}
	}
}
