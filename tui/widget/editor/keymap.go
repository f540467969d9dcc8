package editor

import (
	"charm.land/bubbles/v2/key"

	"culprit/tui/keys"
)

// A keyMap holds the bindings of an editor. ctrl+c is not among them: it belongs to the program.
type keyMap struct {
	keys.Text
	External                                                                       key.Binding
	Left, Right, Up, Down, Home, End, PageUp, PageDown                             key.Binding
	SelectLeft, SelectRight, SelectUp, SelectDown, SelectWordLeft, SelectWordRight key.Binding
	SelectHome, SelectEnd, SelectTop, SelectBottom, SelectNone                     key.Binding
	Newline, Indent, Backspace, Delete                                             key.Binding
}

// withArrows adds the keys that every text has, with shift to select.
func withArrows(text keys.Text, external key.Binding) keyMap {
	bind := keys.Bind
	return keyMap{
		Text: text, External: external,
		Left:            bind("←", "left", "left", "ctrl+b"),
		Right:           bind("→", "right", "right"),
		Up:              bind("↑", "up", "up"),
		Down:            bind("↓", "down", "down"),
		Home:            bind("home", "line start", "home", "ctrl+a"),
		End:             bind("end", "line end", "end"),
		PageUp:          bind("pgup", "page up", "pgup"),
		PageDown:        bind("pgdn", "page down", "pgdown"),
		SelectLeft:      bind("shift+←", "select left", "shift+left"),
		SelectRight:     bind("shift+→", "select right", "shift+right"),
		SelectUp:        bind("shift+↑", "select up", "shift+up"),
		SelectDown:      bind("shift+↓", "select down", "shift+down"),
		SelectWordLeft:  bind("ctrl+shift+←", "select word left", "ctrl+shift+left"),
		SelectWordRight: bind("ctrl+shift+→", "select word right", "ctrl+shift+right"),
		SelectHome:      bind("shift+home", "select to line start", "shift+home"),
		SelectEnd:       bind("shift+end", "select to line end", "shift+end"),
		SelectTop:       bind("ctrl+shift+home", "select to text start", "ctrl+shift+home"),
		SelectBottom:    bind("ctrl+shift+end", "select to text end", "ctrl+shift+end"),
		SelectNone:      bind("esc", "select nothing", "esc"),
		Newline:         bind("enter", "new line", "enter"),
		Indent:          bind("tab", "indent", "tab"),
		Backspace:       bind("⌫", "delete back", "backspace", "ctrl+h"),
		Delete:          bind("del", "delete", "delete", "ctrl+d"),
	}
}
