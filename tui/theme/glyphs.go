package theme

import "charm.land/lipgloss/v2"

// Glyphs are the signs that say a state without colour. All are one cell wide; none is an emoji.
type Glyphs struct {
	Tick, Cross, Dash, Dot, Ring, Arrow string
	Pipe                                string // the line before what belongs together
	Ellipsis                            string
	Here, Less, More                    string          // the cursor; there is more on the left, on the right
	On, Off                             string          // a row switched on or off
	Block                               string          // a piece of a waterfall
	Spin                                []string        // frames of a spinner
	Mark                                string          // the one that is meant
	Middle                              string          // between facts on one line
	Equal, Unequal, Unsure, Stopped     string          // how a probe ended: same failure, another one, no telling, not sent
	Level                               [8]string       // from nothing to certain
	Thumb                               string          // in the right border: which part of something long is seen
	Border, Thick                       lipgloss.Border // Thick marks the focus where colour cannot
}

func glyphs(c Choice) Glyphs {
	if c.ASCII {
		b := lipgloss.ASCIIBorder()
		thick := b
		thick.Top, thick.Bottom = "=", "="
		return Glyphs{Tick: "+", Cross: "x", Dash: "-", Dot: "*", Ring: "o", Arrow: ">",
			Pipe: "|", Ellipsis: "~", Here: ">", Less: "<", More: ">", On: "+", Off: "-", Block: "=",
			Spin: []string{"|", "/", "-", "\\"}, Mark: ">", Middle: "-", Equal: "=", Unequal: "!", Unsure: "?", Stopped: "o",
			Level: [8]string{" ", ".", ":", "-", "=", "+", "*", "#"}, Thumb: "#", Border: b, Thick: thick}
	}
	g := Glyphs{Tick: "✓", Cross: "✗", Dash: "–", Dot: "●", Ring: "○", Arrow: "→",
		Pipe: "│", Ellipsis: "…", Here: "›", Less: "‹", More: "›", On: "✓", Off: "–", Block: "━",
		Spin: []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"},
		Mark: "▶", Middle: "·", Equal: "=", Unequal: "≠", Unsure: "?", Stopped: "⊘",
		Level: [8]string{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇"},
		Thumb: "┃", Border: lipgloss.RoundedBorder(), Thick: lipgloss.RoundedBorder()}
	if c.Depth == Colourless || c.Contrast {
		g.Thick, g.Thumb = lipgloss.ThickBorder(), "█"
	}
	return g
}
