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
		Find:          Bind("ctrl+f", "find", "ctrl+f"),
		FindNext:      Bind("alt+n", "find next", "alt+n", "f3"),
		FindPrevious:  Bind("alt+p", "find previous", "alt+p", "shift+f3"),
		Undo:          Bind("ctrl+z", "undo", "ctrl+z", "ctrl+_"),
		Redo:          Bind("ctrl+y", "redo", "ctrl+y"),
		Mark:          Bind("ctrl+space", "select from here", "ctrl+space", "ctrl+@"),
		SelectAll:     Bind("alt+a", "select all", "alt+a"),
		Copy:          Bind("alt+c", "copy", "alt+c"),
		Cut:           Bind("ctrl+x", "cut", "ctrl+x"),
		Paste:         Bind("ctrl+v", "paste what was cut", "ctrl+v"),
		Pair:          Bind("alt+m", "to the other bracket", "alt+m"),
		WordLeft:      Bind("alt+b", "word left", "alt+b", "ctrl+left", "alt+left"),
		WordRight:     Bind("alt+f", "word right", "alt+f", "ctrl+right", "alt+right"),
		Top:           Bind("alt+<", "start of the text", "alt+<", "ctrl+home"),
		Bottom:        Bind("alt+>", "end of the text", "alt+>", "ctrl+end"),
		DeleteWord:    Bind("ctrl+w", "delete word", "ctrl+w", "alt+backspace"),
		DeleteToStart: Bind("ctrl+u", "delete to line start", "ctrl+u"),
		DeleteToEnd:   Bind("ctrl+k", "delete to line end", "ctrl+k"),
	}
}

func textNames(t *Text) []Named {
	return []Named{{"find", &t.Find}, {"find_next", &t.FindNext}, {"find_previous", &t.FindPrevious}, {"undo", &t.Undo}, {"redo", &t.Redo},
		{"mark", &t.Mark}, {"select_all", &t.SelectAll}, {"copy", &t.Copy}, {"cut", &t.Cut}, {"paste", &t.Paste}, {"pair", &t.Pair},
		{"word_left", &t.WordLeft}, {"word_right", &t.WordRight}, {"top", &t.Top}, {"bottom", &t.Bottom},
		{"delete_word", &t.DeleteWord}, {"delete_to_start", &t.DeleteToStart}, {"delete_to_end", &t.DeleteToEnd}}
}
