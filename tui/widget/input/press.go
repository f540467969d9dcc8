package input

import (
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget"
)

// A KeyMap holds the bindings of a field.
type KeyMap struct {
	Left, Right, WordLeft, WordRight, Home, End key.Binding
	Backspace, Delete, DeleteWord, DeleteLine   key.Binding
	DeleteRest, Undo, Redo, Submit, Cancel      key.Binding
	Accept, NextOffer, PrevOffer                key.Binding
}

// DefaultKeyMap returns the bindings of a shell's command line.
func DefaultKeyMap() KeyMap {
	bind := keys.Bind
	return KeyMap{
		Left:       bind("←", "left", "left", "ctrl+b"),
		Right:      bind("→", "right", "right", "ctrl+f"),
		WordLeft:   bind("alt+b", "word left", "alt+b", "ctrl+left", "alt+left"),
		WordRight:  bind("alt+f", "word right", "alt+f", "ctrl+right", "alt+right"),
		Home:       bind("home", "start", "home", "ctrl+a"),
		End:        bind("end", "end", "end", "ctrl+e"),
		Backspace:  bind("⌫", "delete back", "backspace", "ctrl+h"),
		Delete:     bind("del", "delete", "delete", "ctrl+d"),
		DeleteWord: bind("ctrl+w", "delete word", "ctrl+w", "alt+backspace"),
		DeleteLine: bind("ctrl+u", "delete to start", "ctrl+u"),
		DeleteRest: bind("ctrl+k", "delete to end", "ctrl+k"),
		Undo:       bind("ctrl+z", "undo", "ctrl+z", "ctrl+_"),
		Redo:       bind("ctrl+y", "redo", "ctrl+y"),
		Submit:     bind("enter", "done", "enter"),
		Cancel:     bind("esc", "discard", "esc"),
		Accept:     bind("tab", "complete", "tab"),
		NextOffer:  bind("↓", "choose", "down", "ctrl+n"),
		PrevOffer:  bind("↑", "the one before", "up"),
	}
}

// press takes one key.
func (f *Field) press(msg tea.KeyPressMsg) tui.Intent {
	if len(f.offers) > 0 {
		if answer, taken := f.choose(msg); taken {
			return answer
		}
	}
	k := f.keys
	switch {
	case key.Matches(msg, k.Submit):
		f.offers = nil
		return Submitted{f.text}
	case key.Matches(msg, k.Cancel):
		return widget.Cancelled{}
	case key.Matches(msg, k.Undo):
		return f.travel(&f.undo, &f.redo)
	case key.Matches(msg, k.Redo):
		return f.travel(&f.redo, &f.undo)
	}
	if to, moves := f.target(msg); moves {
		f.at, f.typing, f.offers = to, false, nil
		f.reveal()
		return nil
	}
	if a, b, cuts := f.cut(msg); cuts {
		f.typing = false
		return f.replace(a, b, "")
	}
	if text := msg.Key().Text; text != "" && len(f.text)+len(text) <= maxBytes {
		answer := f.replace(f.at, f.at, oneLine(text))
		f.typing = true
		return answer
	}
	return tui.Pass{}
}

// Choosing reports whether a key is one of the suggestions that are open.
func (f *Field) Choosing(msg tea.KeyPressMsg) bool {
	k := f.keys
	return len(f.offers) > 0 && (key.Matches(msg, k.NextOffer, k.PrevOffer, k.Accept, k.Cancel) || f.offer >= 0 && key.Matches(msg, k.Submit))
}

// choose takes the keys of an open list of suggestions.
func (f *Field) choose(msg tea.KeyPressMsg) (tui.Intent, bool) {
	k := f.keys
	n := len(f.offers)
	switch {
	case key.Matches(msg, k.NextOffer):
		f.offer = (f.offer + 1) % n
		f.scroll()
	case key.Matches(msg, k.PrevOffer):
		f.offer = (max(f.offer, 0) + n - 1) % n
		f.scroll()
	case key.Matches(msg, k.Accept), f.offer >= 0 && key.Matches(msg, k.Submit):
		return f.accept(), true
	case key.Matches(msg, k.Cancel):
		f.offers = nil
	default:
		return nil, false
	}
	return nil, true
}

// scroll shows the chosen suggestion.
func (f *Field) scroll() { f.top = max(min(f.top, f.offer), f.offer-maxOffers+1, 0) }

// target returns where a key moves the cursor.
func (f *Field) target(msg tea.KeyPressMsg) (int, bool) {
	k := f.keys
	switch {
	case key.Matches(msg, k.Left):
		return f.before(f.at), true
	case key.Matches(msg, k.Right):
		return f.at + widget.Cluster([]byte(f.text[f.at:])), true
	case key.Matches(msg, k.WordLeft):
		return wordLeft(f.text, f.at), true
	case key.Matches(msg, k.WordRight):
		return wordRight(f.text, f.at), true
	case key.Matches(msg, k.Home):
		return 0, true
	case key.Matches(msg, k.End):
		return len(f.text), true
	}
	return 0, false
}

// cut returns what a key deletes.
func (f *Field) cut(msg tea.KeyPressMsg) (a, b int, ok bool) {
	k := f.keys
	switch {
	case key.Matches(msg, k.Backspace):
		return f.before(f.at), f.at, true
	case key.Matches(msg, k.Delete):
		return f.at, f.at + widget.Cluster([]byte(f.text[f.at:])), true
	case key.Matches(msg, k.DeleteWord):
		return wordLeft(f.text, f.at), f.at, true
	case key.Matches(msg, k.DeleteLine):
		return 0, f.at, true
	case key.Matches(msg, k.DeleteRest):
		return f.at, len(f.text), true
	}
	return 0, 0, false
}

// before returns the start of the character that ends at byte at.
func (f *Field) before(at int) int { return widget.Before([]byte(f.text), at) }

// wordLeft returns the start of the word before byte at.
func wordLeft(s string, at int) int {
	in := false
	for at > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:at])
		word := unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'
		if in && !word {
			break
		}
		in = in || word
		at -= n
	}
	return at
}

// wordRight returns the end of the word after byte at.
func wordRight(s string, at int) int {
	in := false
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		word := unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'
		if in && !word {
			break
		}
		in = in || word
		at += n
	}
	return at
}
