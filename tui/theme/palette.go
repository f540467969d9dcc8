package theme

// A palette names a colour for each role: a number of the 256-colour palette, below 16 one of the terminal's
// own; "" is the terminal's default. Numbers below 16 are picked by hand for terminals with 16 colours,
// because what a library picks for them is ugly (TERMINAL C).
type palette struct {
	muted, faint, accent, label, variable, number string
	good, bad, warn, busy, hot                    string
	border, selected, dimmed, chosen              string
	ink, paper                                    string // of the ground, which is painted only where the terminal's is no fit
}

// pick returns the colours of a choice: those of a person's own theme over the ones it is based on.
func pick(c Choice) palette {
	p := based(c)
	if c.Own != nil && c.Depth != Colourless {
		for name, at := range p.roles() {
			if colour, ok := c.Own.Colours[name]; ok {
				*at = colour
			}
		}
	}
	return p
}

func based(c Choice) palette {
	switch {
	case c.Depth == Colourless:
		return palette{}
	case c.Depth == Sixteen && c.Light:
		return palette{muted: "8", faint: "8", accent: "4", label: "4", variable: "5", number: "6",
			good: "2", bad: "1", warn: "3", busy: "6", hot: "1", border: "8", selected: "7", chosen: "0", ink: "0", paper: "15"}
	case c.Depth == Sixteen:
		return palette{muted: "7", faint: "8", accent: "12", label: "14", variable: "13", number: "11",
			good: "10", bad: "9", warn: "11", busy: "14", hot: "9", border: "8", selected: "4", chosen: "15", ink: "15", paper: "0"}
	case c.Contrast && c.Light:
		return palette{muted: "235", faint: "238", accent: "18", label: "18", variable: "54", number: "88",
			good: "22", bad: "124", warn: "94", busy: "23", hot: "124", border: "16", ink: "16", paper: "231"}
	case c.Contrast:
		return palette{muted: "255", faint: "250", accent: "123", label: "159", variable: "219", number: "229",
			good: "120", bad: "210", warn: "228", busy: "123", hot: "216", border: "255", ink: "231", paper: "16"}
	case c.Light:
		return palette{muted: "242", faint: "244", accent: "25", label: "24", variable: "90", number: "130",
			good: "28", bad: "160", warn: "130", busy: "31", hot: "166", border: "250", selected: "153", dimmed: "254", chosen: "16", ink: "236", paper: "231"}
	}
	return palette{muted: "247", faint: "243", accent: "75", label: "110", variable: "176", number: "180",
		good: "114", bad: "203", warn: "221", busy: "117", hot: "209", border: "239", selected: "237", dimmed: "235", chosen: "255", ink: "252", paper: "234"}
}
