// Package editor is a text editor for bodies: undo, selection, search, brackets, colours for what is visible.
//
// The text is kept exactly: tabs, line ends of both kinds, control characters. What cannot be drawn is drawn
// escaped. A key costs the line it changes and the rows on the screen, however long the text is.
package editor

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// The intents of an editor.
type (
	// Changed says that the text is another one now; Value returns it.
	Changed struct{}
	// External asks the owner to edit the text in the user's own editor, and to bring it back with Replace.
	External struct{}
	// Cut says that the text changed and asks to put Text on the clipboard.
	Cut struct{ Text string }
	// Copy asks to put the selection on the clipboard.
	Copy = widget.Copy
	// Notice is a line for the user.
	Notice = widget.Notice
)

// Language says how to colour and check a text.
type Language uint8

// The languages.
const (
	Plain Language = iota
	JSON
	XML
)

// maxText bounds the text: larger bodies are sent from a file.
const maxText = 16 << 20

// An Editor is a tui.Part that edits a text. It is always in typing mode while it has the focus.
type Editor struct {
	styles   *widget.Styles
	ink      widget.Ink
	keys     keyMap
	language Language

	text   buffer
	cursor pos
	anchor pos
	marked bool // the text between anchor and cursor is selected
	pinned bool // whoever moves selects, without shift
	goal   int  // the column that up and down keep, in cells; -1 for the cursor's own
	past   history
	clip   []line // what was cut or copied last

	width, height int
	top, left     int // first line; first cell of the line of the cursor
	focus         bool

	mistake *mistake
	checked bool   // the mistake is up to date
	foreign bool   // the mistake is the caller's
	pair    [2]pos // the brackets that belong together
	paired  bool
	names   *input.Field // completes the name of a variable; it is not seen itself
	prompt  *input.Field
	asking  bool
	origin  pos // where the cursor was when the search began
	needle  string
	place   string // which match of how many is selected

	view  string
	pen   widget.Pen
	buf   []byte
	tints []tint
}

// A mistake is marked in the text.
type mistake struct {
	at   pos
	what string
}

// New returns an empty editor. The styles stay the owner's; nil means plain.
func New(styles *widget.Styles, text keys.Text, external key.Binding) *Editor {
	e := &Editor{styles: styles, keys: withArrows(text, external), goal: -1, names: input.New(styles), prompt: input.New(styles)}
	e.prompt.SetPrompt("find: ")
	e.SetValue("")
	return e
}

// SetLanguage chooses the colours and the check.
func (e *Editor) SetLanguage(l Language) { e.language = l; e.changed() }

// SetValue replaces the text and forgets the undo steps; the cursor goes to the start.
func (e *Editor) SetValue(text string) {
	e.text = newBuffer(text)
	e.cursor, e.anchor, e.marked, e.top, e.left, e.goal = pos{}, pos{}, false, 0, 0, -1
	e.past = history{}
	e.foreign = false
	e.names.Blur()
	e.changed()
}

// Replace puts text in place of all, as one step that can be undone.
func (e *Editor) Replace(text string) {
	if text == e.Value() {
		return
	}
	e.past.apart()
	e.edit(pos{}, e.text.end(), split(text))
	e.cursor = pos{}
	e.past.apart()
	e.arrange()
}

// Value returns the text, byte for byte as it was set but for the edits.
func (e *Editor) Value() string { return e.text.String() }

// SetMistake marks a place, counted from 0 in lines and bytes, until the next edit; "" takes the mark away.
func (e *Editor) SetMistake(line, column int, what string) {
	e.mistake, e.foreign = nil, what != ""
	if what != "" {
		e.mistake = &mistake{e.text.clamp(pos{line, column}), what}
	}
	e.checked = true
	e.view = ""
}

// Mistake returns where the text is wrong, counted from 0 in lines and bytes; what is "" when it is not.
func (e *Editor) Mistake() (line, column int, what string) {
	if e.mistake == nil {
		return 0, 0, ""
	}
	return e.mistake.at.line, e.mistake.at.col, e.mistake.what
}

// Focus puts the cursor into the text.
func (e *Editor) Focus() tea.Cmd { e.focus, e.view = true, ""; return nil }

// Blur takes the cursor out of the text.
func (e *Editor) Blur() {
	e.focus, e.asking, e.pinned, e.view = false, false, false, ""
	e.prompt.Blur()
	e.names.Blur()
	e.past.apart()
}

// Typing reports whether plain characters go into the text.
func (e *Editor) Typing() bool { return e.focus }

// Restyle draws anew with the styles as they are now.
func (e *Editor) Restyle() { e.view = "" }

// Resize sets the size of View in cells.
func (e *Editor) Resize(width, height int) {
	e.width, e.height = max(0, width), max(0, height)
	e.prompt.Resize(e.width, 1)
	e.arrange()
}

// Update takes a key or a paste.
func (e *Editor) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	var answer tui.Intent
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		answer = e.press(msg)
	case tea.PasteMsg:
		answer = e.paste(msg.Content)
	default:
		return tui.Pass{}, nil
	}
	if answer == (tui.Pass{}) {
		return answer, nil
	}
	e.arrange()
	return answer, nil
}

// Keys returns the bindings that work now.
func (e *Editor) Keys() []key.Binding {
	k := e.keys
	if e.asking {
		return e.finding()
	}
	if e.Offering() {
		return naming()
	}
	return []key.Binding{k.Find, k.Undo, k.Redo, k.Mark, k.SelectAll, k.Copy, k.Cut, k.Paste, k.FindNext, k.FindPrevious, k.Pair,
		k.WordLeft, k.WordRight, k.Top, k.Bottom, k.DeleteWord, k.DeleteToStart, k.DeleteToEnd, k.External}
}

// changed notes that the text is another one.
func (e *Editor) changed() {
	e.checked = false
	if e.foreign {
		e.mistake, e.foreign = nil, false
	}
	e.arrange()
}

// arrange brings the cursor into the window and finds what belongs to it; it is called after every change, so
// that View only draws.
func (e *Editor) arrange() {
	e.view = ""
	e.cursor = e.text.clamp(e.cursor)
	e.check()
	e.findPair()
	page := e.page()
	e.top = max(0, min(e.top, e.cursor.line))
	if e.cursor.line >= e.top+page {
		e.top = e.cursor.line - page + 1
	}
	room, x := e.room(), e.column(e.cursor)
	switch {
	case x < room:
		e.left = 0
	case x < e.left:
		e.left = max(0, x-room/4)
	case x >= e.left+room:
		e.left = x - room + 1 + room/4
	}
}

// aside returns how many cells of line n are left of the window. Only the line of the cursor moves: the others, which may
// be short, stay where they can be read.
func (e *Editor) aside(n int) int {
	if n == e.cursor.line {
		return e.left
	}
	return 0
}
