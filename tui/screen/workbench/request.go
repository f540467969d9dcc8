package workbench

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/tui/keys"
	"culprit/tui/theme"
	"culprit/tui/widget/editor"
	"culprit/tui/widget/frame"
)

// A Resolution is a URL with its variables filled in.
type Resolution struct {
	URL     string   // what is sent; secrets are masked
	Missing []string // variables without a value
}

// composer is the pane that shows and changes a saved request.
type composer struct {
	styles *theme.Styles
	keys   *keys.Form
	entry  *collections.Entry
	saved  collections.Saved
	tab    tab
	form   form
	head   bool  // the cursor is on the URL, not in the tab
	url    *line // the URL being edited
	words  writing
	w, h   int

	resolved Resolution
	resolve  func(*collections.Entry, collections.Saved) Resolution
}

// The lines above the tab's content: method and URL, resolved URL, a space, the tabs, a rule.
const headLines = 5

func (e *composer) open(entry *collections.Entry, saved collections.Saved) {
	if e.entry == nil || entry == nil || e.entry.Path != entry.Path {
		e.head, e.form.cur, e.form.value, e.form.top = true, 0, false, 0
		e.words.rest()
		e.tab = fullTab(e.tab, saved)
	}
	e.entry, e.saved, e.url = entry, saved, nil
	e.refresh()
}

// fullTab returns t when it holds something of s, else the tab that says most about it.
func fullTab(t tab, s collections.Saved) tab {
	full := [requestTabs]bool{tabParams: len(s.Params) > 0, tabHeaders: len(s.Headers) > 0, tabAuth: s.Auth.Scheme != "",
		tabBody: s.Body.Type != "", tabVars: len(s.Vars) > 0, tabDocs: s.Docs != ""}
	for _, try := range []tab{t, tabBody, tabParams, tabHeaders, tabAuth} {
		if full[try] {
			return try
		}
	}
	return tabParams
}

// refresh takes the rows of the tab anew from the saved request.
func (e *composer) refresh() {
	rows, grows := rowsOf(e.tab, e.saved)
	e.form.set(rows, grows)
	e.layout()
	e.reresolve()
}

func (e *composer) reresolve() {
	if e.entry != nil && e.resolve != nil {
		e.resolved = e.resolve(e.entry, e.saved)
	}
}

func (e *composer) resize(w, h int) {
	e.w, e.h = w, h
	e.layout()
}

func (e *composer) layout() {
	rest := max(e.h-headLines, 0)
	e.form.resize(e.w, rest)
	if words := e.text(); words != nil {
		e.form.resize(e.w, min(len(e.form.rows), rest))
		e.words.show(*words, e.language())
		e.words.ed.Resize(e.w, max(rest-len(e.form.rows)-e.gap(), 0))
	}
}

// gap is the line between the rows and the text.
func (e *composer) gap() int {
	if len(e.form.rows) > 0 {
		return 1
	}
	return 0
}

func (e *composer) language() editor.Language {
	if e.tab == tabBody && e.saved.Body.Type == "json" {
		return editor.JSON
	}
	return editor.Plain
}

// text returns the text that the tab shows below its rows, or nil.
func (e *composer) text() *string {
	switch {
	case e.tab == tabDocs:
		return &e.saved.Docs
	case e.tab == tabBody:
		switch e.saved.Body.Type {
		case "json", "text", "xml", "sparql":
			return &e.saved.Body.Text
		}
	}
	return nil
}

func (e *composer) typing() bool { return e.url != nil || e.form.editing != nil || e.words.on }

// press takes a key; changed says that the saved request did, mine that the key was for the editor.
func (e *composer) press(k tea.KeyPressMsg) (changed, mine bool) {
	switch {
	case e.entry == nil || e.entry.Kind != collections.HTTP:
		return false, false
	case e.url != nil:
		return e.typeURL(k)
	case e.form.editing != nil:
		return e.inForm(k)
	case e.words.on:
		return e.write(k)
	case key.Matches(k, e.keys.TabNext):
		e.turn(1)
		return false, true
	case key.Matches(k, e.keys.TabPrevious):
		e.turn(-1)
		return false, true
	case key.Matches(k, e.keys.Method):
		e.nextMethod()
		return true, true
	case e.head && key.Matches(k, e.keys.Edit):
		e.url = newLine(e.form.looks, e.saved.URL)
		return false, true
	case e.head && key.Matches(k, e.keys.Down):
		e.head = false
		return false, true
	case e.head && !key.Matches(k, e.keys.Add):
		return false, false
	}
	e.head = false
	return e.inForm(k)
}

func (e *composer) inForm(k tea.KeyPressMsg) (changed, mine bool) {
	if e.text() != nil && e.form.editing == nil && e.browse(k) {
		return false, true
	}
	changed, mine = e.form.press(k)
	if !mine && key.Matches(k, e.keys.Up) {
		e.head = true
		return false, true
	}
	if changed {
		e.commit()
	}
	return changed, mine
}

// commit puts the rows into the saved request.
func (e *composer) commit() {
	before := len(e.form.rows)
	e.saved = apply(e.tab, e.saved, e.form.rows)
	if e.form.editing == nil {
		rows, grows := rowsOf(e.tab, e.saved)
		if len(rows) != before || e.tab == tabBody {
			e.form.set(rows, grows)
		}
		for i := range e.form.rows {
			if i < len(rows) {
				e.form.rows[i].from = rows[i].from
			}
		}
	} else if e.form.rows[e.form.cur].from < 0 {
		rows, _ := rowsOf(e.tab, e.saved)
		for i := range e.form.rows {
			e.form.rows[i].from = rows[i].from
		}
	}
	e.layout()
	e.reresolve()
}

func (e *composer) typeURL(k tea.KeyPressMsg) (changed, mine bool) {
	switch k.String() {
	case "esc", "enter":
		e.url = nil
		return false, true
	}
	if !e.url.press(k) {
		return false, false
	}
	return e.setURL(e.url.value()), true
}

func (e *composer) setURL(url string) (changed bool) {
	changed = url != e.saved.URL
	e.saved.URL = url
	e.saved.Params = withURL(url, e.saved.Params)
	if e.tab == tabParams {
		rows, grows := rowsOf(e.tab, e.saved)
		e.form.set(rows, grows)
	}
	e.reresolve()
	return changed
}

// paste puts text into the field being edited.
func (e *composer) paste(text string) (changed bool) {
	switch {
	case e.url != nil:
		e.url.insert(text)
		return e.setURL(e.url.value())
	case e.form.editing != nil:
		changed = e.form.paste(text)
		e.commit()
	case e.words.on:
		return e.told(e.words.paste(text))
	}
	return changed
}

// replace gives the text of the tab (the body, the docs) another value.
func (e *composer) replace(text string) (changed bool) {
	p := e.text()
	if p == nil || *p == text {
		return false
	}
	*p = text
	e.words.replace(text) // one step that can be undone
	e.refresh()
	return true
}

func (e *composer) turn(by int) { e.show((e.tab + tab(by) + requestTabs) % requestTabs) }

func (e *composer) show(t tab) {
	e.tab = t
	e.form.cur, e.form.top, e.form.value = 0, 0, false
	e.words.rest()
	e.refresh()
}

var methods = []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}

func (e *composer) nextMethod() {
	now := method(e.saved)
	for i, m := range methods {
		if m == now {
			e.saved.Method = methods[(i+1)%len(methods)]
			return
		}
	}
	e.saved.Method = methods[0]
}

// lines draws the pane; the cursor is relative to it.
func (e *composer) lines(focused bool) ([]string, *tea.Cursor) {
	s := e.styles
	switch {
	case e.entry == nil:
		return []string{"", s.Text.Muted.Render("  Choose a request on the left.")}, nil
	case e.entry.Kind != collections.HTTP:
		return e.refused(), nil
	}
	first, cursor := e.address(focused)
	out := []string{first, e.below(), "", tabLine(s, e.titles(), int(e.tab), e.w), s.Text.Faint.Render(strings.Repeat("─", e.w))}
	if s.Choice.ASCII {
		out[4] = s.Text.Faint.Render(strings.Repeat("-", e.w))
	}
	rows, at := e.form.lines(focused && !e.head && !e.words.here)
	if e.text() != nil {
		if e.gap() > 0 {
			rows = append(rows, e.words.rule(s, focused))
		}
		if c := e.words.cursor(); c != nil {
			c.Y += len(rows)
			at = c
		}
		rows = append(rows, e.words.lines(s)...)
	}
	if at != nil {
		at.Y += headLines
		cursor = at
	}
	return append(out, rows...), cursor
}

// address is the line with method and URL.
func (e *composer) address(focused bool) (string, *tea.Cursor) {
	s, m := e.styles, clean(method(e.saved))
	lead := " " + s.Method(method(e.saved)).Bold(true).Render(m) + "  "
	x := ansi.StringWidth(lead)
	if e.url != nil {
		text, at := e.url.view(e.w - x - 1)
		return lead + text, tea.NewCursor(x+at, 0)
	}
	url := variables(s, s.Text.Title, clean(e.saved.URL))
	if e.saved.URL == "" {
		url = s.Text.Muted.Render("no URL yet; enter edits it")
	}
	l := frame.Line(lead+url, e.w)
	if focused && e.head {
		l = theme.Onto(s.Frame.Selected, l)
	}
	return l, nil
}

// below is the URL as it will be sent, or what is missing.
func (e *composer) below() string {
	s := e.styles
	pad := strings.Repeat(" ", ansi.StringWidth(clean(method(e.saved)))+3)
	switch {
	case len(e.resolved.Missing) > 0:
		return pad + s.State.Bad.Render(s.Glyphs.Cross+" no value for "+clean(strings.Join(e.resolved.Missing, ", ")))
	case e.resolved.URL != "" && e.resolved.URL != e.saved.URL:
		return pad + s.Text.Muted.Render(clean(e.resolved.URL))
	}
	return ""
}

func (e *composer) refused() []string {
	s := e.styles
	out := []string{"", "  " + s.Text.Title.Render(clean(e.entry.Name)), ""}
	switch e.entry.Kind {
	case collections.Broken:
		out = append(out, "  "+s.State.Bad.Render(s.Glyphs.Cross+" This file cannot be read."), "")
	case collections.Folder:
		return append(out, "  "+s.Text.Muted.Render("A folder of "+plural(len(e.entry.Children), "item")+"."))
	default:
		out = append(out, "  "+s.Text.Muted.Render("A request of type "+clean(e.entry.Type)+" is shown, not sent."), "")
	}
	for _, p := range e.entry.Problems {
		where := ""
		if p.Line > 0 {
			where = strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column) + "  "
		}
		out = append(out, "  "+s.Text.Muted.Render(where)+clean(p.Text))
	}
	return out
}
