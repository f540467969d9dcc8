package workbench

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/widget/input"
	"culprit/tui/widget/table"
)

// press takes a key; changed says that the saved request did, mine that the key was for the composer.
func (e *composer) press(k tea.KeyPressMsg) (changed, mine bool) {
	if e.entry == nil || e.entry.Kind != collections.HTTP {
		return false, false
	}
	if !e.typing() && key.Matches(k, e.keys.Undo, e.keys.Redo) {
		return e.travel(key.Matches(k, e.keys.Undo)), true
	}
	was, p, field := e.saved, e.history(), e.typing() && !e.words.on
	changed, mine = e.take(k)
	if changed && field && !e.typing() && k.String() == "esc" { // a lone esc must never destroy what was typed
		p.open = false
		e.wish = Say("Taken back; " + e.keys.Undo.Help().Key + " brings it again.")
	}
	if changed {
		p.remember(was, e.typing())
	}
	p.open = p.open && e.typing()
	e.settle()
	return changed, mine
}

// field returns the line that is typed into, nil for none.
func (e *composer) field() *input.Field {
	switch {
	case e.url != nil:
		return e.url.field
	case e.form.editing != nil:
		return e.form.editing.field
	}
	return e.grid.Field()
}

// take gives a key to the part that has the cursor.
func (e *composer) take(k tea.KeyPressMsg) (changed, mine bool) {
	switch {
	case e.url != nil:
		return e.typeURL(k)
	case e.form.editing != nil:
		return e.inForm(k)
	case e.grid.Typing():
		return e.inGrid(k)
	case e.words.on:
		return e.write(k)
	case key.Matches(k, e.keys.TabNext):
		e.turn(1)
		return false, true
	case key.Matches(k, e.keys.TabPrevious):
		e.turn(-1)
		return false, true
	case key.Matches(k, e.keys.Method):
		e.nextMethod(1)
		return true, true
	case key.Matches(k, e.keys.MethodBack):
		e.nextMethod(-1)
		return true, true
	case key.Matches(k, e.keys.Format):
		return e.format(), true
	case key.Matches(k, e.keys.Add) && e.kind != "":
		e.zone = atRest
		return e.inGrid(k)
	}
	return e.walk(k)
}

// walk gives a key to a zone, and moves between the zones where it does not want it.
func (e *composer) walk(k tea.KeyPressMsg) (changed, mine bool) {
	down, up := key.Matches(k, e.keys.Down), key.Matches(k, e.keys.Up)
	switch e.zone {
	case atURL:
		switch {
		case key.Matches(k, e.keys.Edit):
			e.url = newLine(e.looks, e.saved.URL, e.complete)
			return false, true
		case down && len(e.form.rows) > 0:
			e.zone = atForm
			return false, true
		case down:
			e.zone = atRest
			return false, true
		}
		return false, false
	case atForm:
		if key.Matches(k, e.keys.Edit) && e.text() != nil && e.form.rows[e.form.cur].choices != nil {
			e.zone = atRest // enter edits: here the text, and never what kind it is
			e.settle()
			e.words.start()
			return false, true
		}
		if changed, mine = e.inForm(k); mine {
			return changed, true
		}
		switch {
		case up:
			e.zone = atURL
		case down:
			e.zone = atRest
		}
		return false, up || down
	}
	if up && e.top() {
		e.zone = min(atForm, zone(len(e.form.rows)))
		return false, true
	}
	if e.text() != nil {
		return false, e.browse(k)
	}
	return e.inGrid(k)
}

// top reports whether the cursor is on the first line of what is below the fixed rows.
func (e *composer) top() bool {
	if e.text() != nil {
		return e.words.ed.Line() == 0
	}
	return e.grid.Chosen() <= 0
}

func (e *composer) inForm(k tea.KeyPressMsg) (changed, mine bool) {
	changed, mine = e.form.press(k)
	if changed {
		typing := e.form.editing
		e.saved = applyForm(e.tab, e.saved, e.form.rows)
		if typing == nil {
			e.refresh()
		}
		e.reresolve()
	}
	return changed, mine
}

// inGrid gives a message to the rows.
func (e *composer) inGrid(msg tea.Msg) (changed, mine bool) {
	typing := e.grid.Typing()
	e.grid.Focus()
	intent, _ := e.grid.Update(msg)
	switch i := intent.(type) {
	case tui.Pass:
		return false, false
	case table.Notice:
		e.wish = i
	case table.Changed:
		changed = true
		e.saved = applyGrid(e.tab, e.saved, e.base, e.grid.Rows())
	}
	if !e.grid.Typing() && (changed || typing) {
		e.refresh()
	} else if changed {
		e.reresolve()
	}
	return changed, true
}

func (e *composer) typeURL(k tea.KeyPressMsg) (changed, mine bool) {
	switch e.url.press(k) {
	case passed:
		return false, false
	case kept:
		e.url = nil
		return false, true
	case dropped:
		changed = e.setURL(e.url.before)
		e.url = nil
		return changed, true
	}
	return e.setURL(e.url.value()), true
}

func (e *composer) setURL(url string) (changed bool) {
	if url == e.saved.URL {
		return false
	}
	e.saved = e.saved.WithURL(url)
	typed := e.url
	e.refresh()
	e.url = typed
	return true
}

// paste puts text into the field being edited.
func (e *composer) paste(text string) (changed bool) {
	was := e.saved
	switch {
	case e.url != nil:
		e.url.insert(text)
		changed = e.setURL(e.url.value())
	case e.form.editing != nil:
		e.form.editing.insert(text)
		if changed = e.form.store(e.form.editing.value()); changed {
			e.saved = applyForm(e.tab, e.saved, e.form.rows)
			e.reresolve()
		}
	case e.grid.Typing():
		changed, _ = e.inGrid(tea.PasteMsg{Content: text})
	case e.words.on:
		changed = e.told(e.words.paste(text))
	}
	if changed {
		e.history().remember(was, true)
	}
	return changed
}
