// Package input is a field of one line: a URL, a table cell, the text of a prompt.
//
// It keeps the text as it was given, control characters included, and draws them escaped. It does not know
// what the text means.
package input

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
)

// Changed says that the text is another one now.
type Changed struct{ Value string }

// Submitted says that the user ended the field with enter.
type Submitted struct{ Value string }

// Refused says that Text was too long to paste.
type Refused struct{ Text string }

const (
	// maxBytes bounds a field: no server takes a longer request line, and a paste by mistake stays harmless.
	maxBytes = 64 << 10
	// maxUndo is how many steps back are kept; a step is a run of typing.
	maxUndo = 100
	// maxOffers is how many suggestions are shown at once.
	maxOffers = 6
)

// A Field is a one-line editor. It takes the keys it knows and passes on the others: enter answers
// Submitted, esc widget.Cancelled.
type Field struct {
	styles *widget.Styles
	ink    widget.Ink
	keys   KeyMap

	text   string
	at     int // cursor, a byte offset at the start of a character
	width  int
	height int
	first  int // cells that are scrolled away
	focus  bool
	prompt string
	ghost  string

	undo, redo []state
	typing     bool // the last change was a typed character: the next one joins it

	suggest func(text string, at int) []Offer
	offers  []Offer
	offer   int // the chosen one; -1 for none
	top     int // the first that is seen
}

type state struct {
	text string
	at   int
}

// An Offer is a completion: choosing it replaces the text from byte From up to the cursor by Text.
type Offer struct {
	Text string
	Note string
	From int
}

// New returns an empty field. The styles stay the owner's; nil means plain.
func New(styles *widget.Styles) *Field {
	return &Field{styles: styles, keys: DefaultKeyMap(), offer: -1, height: 1}
}

// SetValue replaces the text, forgets the undo steps and puts the cursor at the end.
func (f *Field) SetValue(text string) {
	f.text, f.at = oneLine(text), 0
	f.at = len(f.text)
	f.undo, f.redo, f.typing, f.offers = nil, nil, false, nil
	f.reveal()
}

// Value returns the text.
func (f *Field) Value() string { return f.text }

// SetPrompt sets our own words in front of the text.
func (f *Field) SetPrompt(words string) { f.prompt = words; f.reveal() }

// SetPlaceholder sets the words that an empty field shows.
func (f *Field) SetPlaceholder(words string) { f.ghost = words }

// Suggest sets the function that completes the text; nil takes it away. It is called after each change from
// the event loop and must not block.
func (f *Field) Suggest(offers func(text string, at int) []Offer) { f.suggest = offers; f.offers = nil }

// Complete offers completions of the text as it is, as a change does.
func (f *Field) Complete() { f.refresh() }

// Offers returns how many rows of suggestions are open below the field. They are drawn by View when the
// height has room for them.
func (f *Field) Offers() int { return min(len(f.offers), maxOffers) }

// Focus puts the cursor into the field.
func (f *Field) Focus() tea.Cmd { f.focus = true; return nil }

// Blur takes the cursor out of the field and closes the suggestions.
func (f *Field) Blur() { f.focus, f.offers, f.typing = false, nil, false }

// Typing reports whether plain characters go into the field.
func (f *Field) Typing() bool { return f.focus }

// Resize sets the size. Rows below the first show suggestions.
func (f *Field) Resize(width, height int) {
	f.width, f.height = width, height
	f.reveal()
}

// Keys returns the bindings that work now.
func (f *Field) Keys() []key.Binding {
	k := f.keys
	all := []key.Binding{k.Submit, k.Cancel, k.Undo, k.Redo, k.Home, k.End, k.WordLeft, k.WordRight, k.DeleteWord, k.DeleteLine, k.DeleteRest}
	if len(f.offers) > 0 {
		all = append([]key.Binding{k.Accept, k.NextOffer, k.PrevOffer}, all...)
	}
	return all
}

// Update takes a key or a paste.
func (f *Field) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	if !f.focus {
		return tui.Pass{}, nil
	}
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return f.paste(msg.Content), nil
	case tea.KeyPressMsg:
		return f.press(msg), nil
	}
	return tui.Pass{}, nil
}

func (f *Field) paste(text string) tui.Intent {
	if len(f.text)+len(text) > maxBytes {
		return Refused{"too long to paste here: the limit is 64 KiB"}
	}
	f.typing = false
	return f.replace(f.at, f.at, oneLine(text))
}

// oneLine puts the lines of a text side by side: a pasted URL often ends with a line end.
func oneLine(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.TrimRight(text, "\r\n")
	return strings.NewReplacer("\n", " ", "\r", " ").Replace(text)
}

// replace puts text in place of the bytes from a to b.
func (f *Field) replace(a, b int, text string) tui.Intent {
	if a == b && text == "" {
		return nil
	}
	if !f.typing || len(f.undo) == 0 {
		f.undo = append(f.undo, state{f.text, f.at})
		if len(f.undo) > maxUndo {
			f.undo = f.undo[1:]
		}
	}
	f.redo = nil
	f.text = f.text[:a] + text + f.text[b:]
	f.at = a + len(text)
	f.refresh()
	return Changed{f.text}
}

func (f *Field) refresh() {
	f.offers, f.offer, f.top = nil, -1, 0
	if f.suggest != nil && f.focus {
		f.offers = f.suggest(f.text, f.at)
	}
	f.reveal()
}

// travel goes one step along from, keeping the present in to.
func (f *Field) travel(from, to *[]state) tui.Intent {
	f.typing = false
	n := len(*from) - 1
	if n < 0 {
		return nil
	}
	*to = append(*to, state{f.text, f.at})
	s := (*from)[n]
	*from = (*from)[:n]
	f.text, f.at = s.text, s.at
	f.refresh()
	return Changed{f.text}
}

// accept takes the chosen suggestion, or the first.
func (f *Field) accept() tui.Intent {
	o := f.offers[max(0, f.offer)]
	f.typing = false
	answer := f.replace(min(max(0, o.From), f.at), f.at, oneLine(o.Text))
	f.offers = nil
	return answer
}
