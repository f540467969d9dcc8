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

// A keyMap holds the bindings of a table: those of a form, and three of its own.
type keyMap struct {
	keys.Form
	Top, Bottom, NextCell key.Binding
}

// press takes a key while no cell is edited.
func (t *Table) press(msg tea.KeyPressMsg) tui.Intent {
	k := t.keys
	if key.Matches(msg, k.Add) {
		return t.insert(Row{}, true)
	}
	if len(t.rows) == 0 {
		return tui.Pass{}
	}
	at := t.window.At
	switch {
	case key.Matches(msg, k.Up):
		t.window.Move(-1, len(t.rows))
	case key.Matches(msg, k.Down):
		t.window.Move(1, len(t.rows))
	case key.Matches(msg, k.Top):
		t.window.At = 0
	case key.Matches(msg, k.Bottom):
		t.window.At = len(t.rows) - 1
	case key.Matches(msg, k.Left):
		t.column = max(Name, t.column-1)
	case key.Matches(msg, k.Right):
		t.column = min(t.last(), t.column+1)
	case key.Matches(msg, k.Edit):
		t.edit(false)
	case key.Matches(msg, k.Toggle):
		t.rows[at].Off = !t.rows[at].Off
		return Changed{}
	case key.Matches(msg, k.Duplicate):
		copied := t.rows[at]
		copied.ID = 0
		return t.insert(copied, false)
	case key.Matches(msg, k.Delete):
		t.rows = slices.Delete(t.rows, at, at+1)
		return Changed{}
	case key.Matches(msg, k.MoveUp):
		return t.swap(at - 1)
	case key.Matches(msg, k.MoveDown):
		return t.swap(at + 1)
	default:
		return tui.Pass{}
	}
	return nil
}

// insert puts a row behind the chosen one.
func (t *Table) insert(r Row, edit bool) tui.Intent {
	if len(t.rows) >= maxRows {
		return Notice{Text: "the table is full: 10,000 rows"}
	}
	at := min(t.window.At+1, len(t.rows))
	t.rows = slices.Insert(t.rows, at, r)
	t.window.At = at
	if edit {
		t.column = Name
		t.edit(true)
	}
	return Changed{}
}

// swap exchanges the chosen row with row n and goes along.
func (t *Table) swap(n int) tui.Intent {
	if n < 0 || n >= len(t.rows) {
		return nil
	}
	t.rows[n], t.rows[t.window.At] = t.rows[t.window.At], t.rows[n]
	t.window.At = n
	return Changed{}
}

// of returns the text of a column.
func (r *Row) of(column int) *string {
	return [columns]*string{&r.Name, &r.Value, &r.Note}[column]
}

// edit opens the cell at the cursor.
func (t *Table) edit(fresh bool) {
	t.editing, t.fresh = true, fresh
	t.field.Suggest(nil)
	t.field.SetValue(*t.rows[t.window.At].of(t.column))
	t.field.Focus()
	if t.suggest != nil {
		row, column := t.rows[t.window.At], t.column
		t.field.Suggest(func(text string, at int) []input.Offer { return t.suggest(column, row, text, at) })
	}
}

// stop closes the cell without keeping what was typed.
func (t *Table) stop() {
	t.editing, t.fresh = false, false
	t.field.Blur()
}

// keep closes the cell and reports whether its text changed.
func (t *Table) keep(text string) bool {
	cell := t.rows[t.window.At].of(t.column)
	changed := *cell != text
	*cell = text
	t.stop()
	return changed
}

// pressField takes a message while a cell is edited. Enter in the name goes on to the value, tab to the next.
func (t *Table) pressField(msg tea.Msg) tui.Intent {
	if k, ok := msg.(tea.KeyPressMsg); ok && key.Matches(k, t.keys.NextCell) && t.field.Offers() == 0 {
		return t.next()
	}
	answer, _ := t.field.Update(msg)
	switch answer := answer.(type) {
	case input.Changed:
		return Changed{}
	case input.Submitted:
		if t.fresh && t.column == Name && answer.Value != "" {
			return t.next()
		}
		if t.keep(answer.Value) {
			return Changed{}
		}
	case widget.Cancelled:
		fresh := t.fresh && t.rows[t.window.At] == (Row{})
		typed := t.field.Value() != *t.rows[t.window.At].of(t.column)
		t.stop()
		if fresh {
			t.rows = slices.Delete(t.rows, t.window.At, t.window.At+1)
			t.window.At = max(0, t.window.At-1)
			return Changed{}
		}
		if typed { // who listened saw it
			return Changed{}
		}
	case input.Refused:
		return Notice{Text: answer.Text}
	case tui.Pass:
		return answer
	}
	return nil
}

// next keeps the cell and opens the one on its right.
func (t *Table) next() tui.Intent {
	fresh := t.fresh
	changed := t.keep(t.field.Value())
	if t.column < t.last() {
		t.column++
		t.edit(fresh)
	}
	if changed {
		return Changed{}
	}
	return nil
}
