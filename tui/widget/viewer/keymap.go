package viewer

import (
	"charm.land/bubbles/v2/key"

	"culprit/tui/widget"
)

// A KeyMap holds the bindings of a viewer.
type KeyMap struct {
	Up, Down, PageUp, PageDown, HalfUp, HalfDown, Top, Bottom    key.Binding
	Left, Right, LineStart                                       key.Binding
	Toggle, FoldMore, FoldLess, FoldAll, UnfoldAll, Parent       key.Binding
	Search, Next, Previous, CopyPath, CopyValue, Wrap, Hex, Text key.Binding
	Numbers, Plain                                               key.Binding
}

// defaultKeyMap returns single keys that every terminal can send, arrows beside the letters of vim.
func defaultKeyMap() KeyMap {
	bind := widget.Bind
	return KeyMap{
		Up:        bind("↑/k", "up", "up", "k"),
		Down:      bind("↓/j", "down", "down", "j"),
		PageUp:    bind("pgup", "page up", "pgup", "ctrl+b"),
		PageDown:  bind("pgdn", "page down", "pgdown", "ctrl+f"),
		HalfUp:    bind("ctrl+u", "half a page up", "ctrl+u"),
		HalfDown:  bind("ctrl+d", "half a page down", "ctrl+d"),
		Top:       bind("g", "top", "g", "home"),
		Bottom:    bind("G", "bottom", "G", "end"),
		Left:      bind("←/h", "left", "left", "h"),
		Right:     bind("→/l", "right", "right", "l"),
		LineStart: bind("0", "line start", "0"),
		Toggle:    bind("space", "fold or unfold", "space", "enter"),
		FoldMore:  bind("-", "fold a level", "-"),
		FoldLess:  bind("+", "unfold a level", "+", "="),
		FoldAll:   bind("_", "fold all", "_"),
		UnfoldAll: bind("*", "unfold all", "*"),
		Parent:    bind("p", "to the parent", "p"),
		Search:    bind("/", "search", "/"),
		Next:      bind("n", "next match", "n"),
		Previous:  bind("N", "previous match", "N"),
		CopyPath:  bind("y", "copy path", "y"),
		CopyValue: bind("Y", "copy value", "Y"),
		Wrap:      bind("w", "wrap lines", "w"),
		Hex:       bind("x", "hex", "x"),
		Text:      bind("r", "raw", "r"),
		Numbers:   bind("#", "line numbers", "#"),
		Plain:     bind("ctrl+r", "plain or regexp", "ctrl+r"),
	}
}

// now returns the bindings that work in a state.
func (k KeyMap) now(folding, found, json bool) []key.Binding {
	all := []key.Binding{k.Up, k.Down, k.PageUp, k.PageDown, k.HalfUp, k.HalfDown, k.Top, k.Bottom, k.Left, k.Right,
		k.LineStart, k.Search}
	if found {
		all = append(all, k.Next, k.Previous)
	}
	if folding {
		all = append(all, k.Toggle, k.FoldMore, k.FoldLess, k.FoldAll, k.UnfoldAll, k.Parent, k.CopyPath)
	} else {
		all = append(all, k.Wrap)
	}
	if json {
		all = append(all, k.Text)
	}
	return append(all, k.CopyValue, k.Hex, k.Numbers)
}
