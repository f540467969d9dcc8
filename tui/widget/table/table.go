// Package table edits a list of named values: headers, query parameters, form fields, variables.
//
// A row can be switched off and still be kept. The cells are edited one at a time in an input field. The
// package does not know what the names mean.
package table

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// A Row is one named value.
type Row struct {
	Off    bool // kept, but not used
	Name   string
	Value  string
	Note   string
	Secret bool // the value is drawn masked unless it is being edited
	ID     int  // the owner's own, kept through edits; 0 for rows made here
}

// The intents of a table.
type (
	// Changed says that the rows are others now, or that a cell is typed into; Rows returns them.
	Changed struct{}
	// Notice is a line for the user.
	Notice = widget.Notice
)

// The columns that can be edited.
const (
	Name = iota
	Value
	Note
	columns
)

// maxRows bounds the table: servers refuse more than some hundred headers or fields.
const maxRows = 10_000

// A Table is a tui.Part that edits rows.
type Table struct {
	styles *widget.Styles
	ink    widget.Ink
	keys   keyMap
	rows   []Row
	window widget.Window
	column int

	width, height int
	longest       int // cells of the longest name
	focus         bool
	field         *input.Field
	editing       bool
	fresh         bool // the row that is edited was just made: it goes away when it stays empty
	bare          bool // there are no notes
	empty         string
	suggest       func(column int, row Row, text string, at int) []input.Offer
	view          string
	pen           widget.Pen
}

// New returns an empty table. The styles stay the owner's; nil means plain.
func New(styles *widget.Styles, bindings keys.Form) *Table {
	own := keyMap{bindings, keys.Bind("g", "first", "g", "home"), keys.Bind("G", "last", "G", "end"), keys.Bind("tab", "next cell", "tab")}
	return &Table{styles: styles, keys: own, field: input.New(styles), empty: "No rows: a adds one."}
}

// SetEmpty sets the words that a table without rows shows.
func (t *Table) SetEmpty(words string) { t.empty, t.view = words, "" }

// Suggest sets the function that completes a cell; it must not block.
func (t *Table) Suggest(f func(column int, row Row, text string, at int) []input.Offer) {
	t.suggest = f
}

// SetRows replaces the rows; the table keeps its own copy.
func (t *Table) SetRows(rows []Row) {
	t.rows = slices.Clone(rows)
	t.stop()
	t.arrange()
}

// Rows returns a copy of the rows, with what is being typed in its cell.
func (t *Table) Rows() []Row {
	rows := slices.Clone(t.rows)
	if t.editing {
		*rows[t.window.At].of(t.column) = t.field.Value()
	}
	return rows
}

// Field returns the field of the cell that is edited, nil for none.
func (t *Table) Field() *input.Field {
	if !t.editing {
		return nil
	}
	return t.field
}

// Size returns how many rows there are.
func (t *Table) Size() int { return len(t.rows) }

// SetNotes says whether rows have notes; they do unless it is called with false.
func (t *Table) SetNotes(on bool) {
	t.bare = !on
	t.column = min(t.column, t.last())
	t.arrange()
}

// last is the last column that the cursor can reach.
func (t *Table) last() int {
	if t.bare {
		return Value
	}
	return Note
}

// noted reports whether the column of notes has anything to show.
func (t *Table) noted() bool {
	return !t.bare && (t.column == Note || slices.ContainsFunc(t.rows, func(r Row) bool { return r.Note != "" }))
}

// Chosen returns the number of the row at the cursor; -1 without rows.
func (t *Table) Chosen() int {
	if len(t.rows) == 0 {
		return -1
	}
	return t.window.At
}

// Choose puts the cursor on a cell.
func (t *Table) Choose(n, column int) {
	t.window.At, t.column = n, min(max(column, Name), t.last())
	t.arrange()
}

// Focus marks the cell of the cursor.
func (t *Table) Focus() tea.Cmd { t.focus, t.view = true, ""; return nil }

// Blur keeps what was typed into a cell and takes the mark away. The owner asks Rows afterwards.
func (t *Table) Blur() {
	t.focus = false
	if t.editing {
		t.keep(t.field.Value())
	}
	t.arrange()
}

// Typing reports whether a cell is being edited.
func (t *Table) Typing() bool { return t.editing }

// Restyle draws anew with the styles as they are now.
func (t *Table) Restyle() { t.view = "" }

// Resize sets the size of View in cells.
func (t *Table) Resize(width, height int) {
	t.width, t.height = max(0, width), max(0, height)
	t.arrange()
}

// Keys returns the bindings that work now.
func (t *Table) Keys() []key.Binding {
	k := t.keys
	if t.editing {
		all := t.field.Keys()
		if t.column < t.last() && t.field.Offers() == 0 {
			all = slices.Insert(all, 1, k.NextCell)
		}
		return all
	}
	if len(t.rows) == 0 {
		return []key.Binding{k.Add}
	}
	return []key.Binding{k.Edit, k.Toggle, k.Add, k.Duplicate, k.Delete, k.MoveUp, k.MoveDown, k.Up, k.Down, k.Left, k.Right}
}

// Update takes a key, or a paste into the cell that is edited.
func (t *Table) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	var answer tui.Intent
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if t.editing {
			answer = t.pressField(msg)
		} else {
			answer = t.press(msg)
		}
	case tea.PasteMsg:
		if !t.editing {
			return tui.Pass{}, nil
		}
		answer = t.pressField(msg)
	default:
		return tui.Pass{}, nil
	}
	if answer != (tui.Pass{}) {
		t.arrange()
	}
	return answer, nil
}

// arrange brings the chosen row into the window and the field into its cell.
func (t *Table) arrange() {
	t.view = ""
	t.window.Fit(len(t.rows), t.height)
	t.longest = 0
	for i := range t.rows {
		t.longest = max(t.longest, widget.Width([]byte(t.rows[i].Name)))
	}
	if t.editing && t.column == Name {
		t.longest = max(t.longest, widget.Width([]byte(t.field.Value())))
	}
	if t.editing {
		_, w := t.cell(t.column)
		y := t.window.At - t.window.Top
		t.field.Resize(w, max(1, min(1+t.field.Offers(), t.height-y)))
	}
}
