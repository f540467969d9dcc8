package keys

import "charm.land/bubbles/v2/key"

// Jar are the bindings of the cookie jar.
type Jar struct {
	Up, Down, Top, Bottom, PageUp, PageDown key.Binding
	Take, Empty, Values, Close              key.Binding
}

func jar() Jar {
	return Jar{
		Up:       Bind("k", "up", "k", "up"),
		Down:     Bind("j", "down", "j", "down"),
		Top:      Bind("g", "first", "g", "home"),
		Bottom:   Bind("G", "last", "G", "end"),
		PageUp:   Bind("pgup", "page up", "pgup", "ctrl+b"),
		PageDown: Bind("pgdn", "page down", "pgdown", "ctrl+f"),
		Take:     Bind("x", "take it out", "x", "delete"),
		Empty:    Bind("X", "empty the jar", "X"),
		Values:   Bind("v", "show or hide values", "v"),
		Close:    Bind("esc", "close", "esc", "q", "C", "ctrl+p"),
	}
}

func jarNames(j *Jar) []Named {
	return []Named{{"take", &j.Take}, {"empty", &j.Empty}, {"values", &j.Values}, {"close", &j.Close}, {"up", &j.Up}, {"down", &j.Down},
		{"top", &j.Top}, {"bottom", &j.Bottom}, {"page_up", &j.PageUp}, {"page_down", &j.PageDown}}
}
