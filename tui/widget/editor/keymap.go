package editor

import (
	"charm.land/bubbles/v2/key"

	"culprit/tui/widget"
)

// A KeyMap holds the bindings of an editor. ctrl+c is not among them: it belongs to the program.
type KeyMap struct {
	Left, Right, Up, Down, WordLeft, WordRight, Home, End, Top, Bottom, PageUp, PageDown key.Binding
	SelectLeft, SelectRight, SelectUp, SelectDown, SelectWordLeft, SelectWordRight       key.Binding
	SelectHome, SelectEnd, SelectTop, SelectBottom, SelectAll, SelectNone                key.Binding
	Newline, Indent, Backspace, Delete, DeleteWord, DeleteToStart, DeleteToEnd           key.Binding
	Undo, Redo, Copy, Cut, Paste, Mark                                                   key.Binding
	Find, FindNext, FindPrevious, Pair, External                                         key.Binding
}

// DefaultKeyMap returns the bindings of a shell's command line, with shift to select. What some terminals
// cannot send has a second binding that all can.
func DefaultKeyMap() KeyMap {
	bind := widget.Bind
	return KeyMap{
		Left: bind("←", "left", "left", "ctrl+b"), Right: bind("→", "right", "right"),
		Up: bind("↑", "up", "up"), Down: bind("↓", "down", "down"),
		WordLeft:        bind("alt+b", "word left", "alt+b", "ctrl+left", "alt+left"),
		WordRight:       bind("alt+f", "word right", "alt+f", "ctrl+right", "alt+right"),
		Home:            bind("home", "line start", "home", "ctrl+a"),
		End:             bind("end", "line end", "end"),
		Top:             bind("alt+<", "text start", "alt+<", "ctrl+home"),
		Bottom:          bind("alt+>", "text end", "alt+>", "ctrl+end"),
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
		Mark:            bind("ctrl+space", "select from here", "ctrl+space", "ctrl+@"),
		SelectAll:       bind("alt+a", "select all", "alt+a"),
		SelectNone:      bind("esc", "select nothing", "esc"),
		Newline:         bind("enter", "new line", "enter"),
		Indent:          bind("tab", "indent", "tab"),
		Backspace:       bind("⌫", "delete back", "backspace", "ctrl+h"),
		Delete:          bind("del", "delete", "delete", "ctrl+d"),
		DeleteWord:      bind("ctrl+w", "delete word", "ctrl+w", "alt+backspace"),
		DeleteToStart:   bind("ctrl+u", "delete to line start", "ctrl+u"),
		DeleteToEnd:     bind("ctrl+k", "delete to line end", "ctrl+k"),
		Undo:            bind("ctrl+z", "undo", "ctrl+z", "ctrl+_"),
		Redo:            bind("ctrl+y", "redo", "ctrl+y"),
		Copy:            bind("alt+c", "copy", "alt+c"),
		Cut:             bind("ctrl+x", "cut", "ctrl+x"),
		Paste:           bind("ctrl+v", "paste what was cut", "ctrl+v"),
		Find:            bind("ctrl+f", "find", "ctrl+f"),
		FindNext:        bind("alt+n", "find next", "alt+n", "f3"),
		FindPrevious:    bind("alt+p", "find previous", "alt+p", "shift+f3"),
		Pair:            bind("alt+m", "to the other bracket", "alt+m"),
		External:        bind("alt+e", "open in $EDITOR", "alt+e", "f4"),
	}
}
