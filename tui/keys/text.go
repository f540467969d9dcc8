package keys

import "charm.land/bubbles/v2/key"

// Text are the bindings of a text that is being written, beside the arrows. They go after the chords, but for
// tab and ctrl+z, which belong to the text while it is written.
type Text struct {
	Find, FindNext, FindPrevious, Undo, Redo, Mark, SelectAll, Copy, Cut, Paste key.Binding
	Pair, WordLeft, WordRight, Top, Bottom                                      key.Binding
	DeleteWord, DeleteToStart, DeleteToEnd                                      key.Binding
}

func text() Text {
	return Text{
		Find:          bind("ctrl+f", "find", "ctrl+f"),
		FindNext:      bind("alt+n", "find next", "alt+n", "f3"),
		FindPrevious:  bind("alt+p", "find previous", "alt+p", "shift+f3"),
		Undo:          bind("ctrl+z", "undo", "ctrl+z", "ctrl+_"),
		Redo:          bind("ctrl+y", "redo", "ctrl+y"),
		Mark:          bind("ctrl+space", "select from here", "ctrl+space", "ctrl+@"),
		SelectAll:     bind("alt+a", "select all", "alt+a"),
		Copy:          bind("alt+c", "copy", "alt+c"),
		Cut:           bind("ctrl+x", "cut", "ctrl+x"),
		Paste:         bind("ctrl+v", "paste what was cut", "ctrl+v"),
		Pair:          bind("alt+m", "to the other bracket", "alt+m"),
		WordLeft:      bind("alt+b", "word left", "alt+b", "ctrl+left", "alt+left"),
		WordRight:     bind("alt+f", "word right", "alt+f", "ctrl+right", "alt+right"),
		Top:           bind("alt+<", "start of the text", "alt+<", "ctrl+home"),
		Bottom:        bind("alt+>", "end of the text", "alt+>", "ctrl+end"),
		DeleteWord:    bind("ctrl+w", "delete word", "ctrl+w", "alt+backspace"),
		DeleteToStart: bind("ctrl+u", "delete to line start", "ctrl+u"),
		DeleteToEnd:   bind("ctrl+k", "delete to line end", "ctrl+k"),
	}
}

func textNames(t *Text) []Named {
	return []Named{{"find", &t.Find}, {"find_next", &t.FindNext}, {"find_previous", &t.FindPrevious}, {"undo", &t.Undo}, {"redo", &t.Redo},
		{"mark", &t.Mark}, {"select_all", &t.SelectAll}, {"copy", &t.Copy}, {"cut", &t.Cut}, {"paste", &t.Paste}, {"pair", &t.Pair},
		{"word_left", &t.WordLeft}, {"word_right", &t.WordRight}, {"top", &t.Top}, {"bottom", &t.Bottom},
		{"delete_word", &t.DeleteWord}, {"delete_to_start", &t.DeleteToStart}, {"delete_to_end", &t.DeleteToEnd}}
}
