package layout

// A Wizard is where everything of a diagnosis is.
type Wizard struct {
	Shape Shape
	Head  Rect // what is diagnosed, and the budget
	Rail  Rect // the seven steps: a column when Shape is Three, else one line of marks
	Main  Rect // the map of suspicion; when Shape is One the page that is open
	Side  Rect // probes or verdict; empty when Shape is One
	Below Rect // the verdict, where it has room below the probes; else empty
}

// The columns of the wizard. The rail holds the longest title of a step beside its mark, and a finding in
// three lines; a rung of the ladder needs what was changed, the outcome, status and time.
const (
	railWidth         = 32
	sideShare, sideOf = 1, 2 // of what is left beside the rail
)

// From tallSide rows on the side shows the probes and the verdict at once: a verdict takes about twenty-five, and the ladder
// has probeShare of them.
const (
	tallSide           = 46
	probeShare, tallOf = 2, 5
)

// OfWizard lays out w by h cells.
func OfWizard(w, h int) Wizard {
	l := Wizard{Head: Rect{W: max(w, 0), H: min(max(h, 0), 1)}}
	rest := Rect{Y: 1, W: max(w, 0), H: max(h-1, 0)}
	switch {
	case w < twoWidth:
		l.Shape = One
	case w < threeWidth:
		l.Shape = Two
	default:
		l.Shape = Three
	}
	if l.Shape == Three {
		l.Rail, rest = split(rest, railWidth)
	} else {
		l.Rail = Rect{Y: 1, W: rest.W, H: min(rest.H, 1)}
		rest.Y, rest.H = rest.Y+1, max(rest.H-1, 0)
	}
	l.Main = rest
	if l.Shape != One {
		l.Main, l.Side = split(rest, rest.W-rest.W*sideShare/sideOf)
	}
	if h := l.Side.H; l.Shape != One && h >= tallSide {
		l.Side.H = h * probeShare / tallOf
		l.Below = Rect{X: l.Side.X, Y: l.Side.Y + l.Side.H, W: l.Side.W, H: h - l.Side.H}
	}
	return l
}
