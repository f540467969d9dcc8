package workbench

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/editor"
	"culprit/tui/widget/frame"
	"culprit/tui/widget/input"
	"culprit/tui/widget/table"
	"culprit/tui/widget/tabs"
)

// A Resolution is a URL with its variables filled in.
type Resolution struct {
	URL       string     // what is sent; secrets are masked
	Missing   []string   // variables without a value
	Variables []Variable // what can be named here; of several with one name the first counts
	Notes     []string   // what the file asks for and is not done, such as a script
	Cookies   []Jarred   // those that the jar adds, as far as it was read
}

// Jarred is a cookie that the jar adds: its name, and where it goes.
type Jarred struct{ Name, Where string }

// A zone is a part of the composer that has the cursor.
type zone int

const (
	atURL  zone = iota
	atForm      // the fixed rows of the tab
	atRest      // the rows or the text below them
)

// composer is the pane that shows and changes a saved request.
type composer struct {
	styles *theme.Styles
	looks  *widget.Styles
	keys   *keys.Form
	entry  *collections.Entry
	saved  collections.Saved
	bar    *tabs.Bar
	tab    tab
	chosen tab // by the person, noTab for none: it is kept from one request to the next
	zone   zone
	url    *line // the URL being edited
	form   form
	grid   *table.Table
	kind   string            // what a row of the grid is called, "" when the tab has none
	base   collections.Saved // what the rows of the grid were made of
	words  writing
	past   map[string]*past
	wish   tui.Intent // what is to be said or asked for, once
	active bool       // the pane has the focus
	w, h   int

	resolved Resolution
	resolve  func(*collections.Entry, collections.Saved) Resolution
}

// The lines above the tab's content: method and URL, resolved URL, what is not done, the tabs, a rule.
const headLines = 5

func (e *composer) open(entry *collections.Entry, saved collections.Saved) {
	if e.entry == nil || entry == nil || e.entry.Path != entry.Path {
		e.zone, e.form.cur, e.form.top = atURL, 0, 0
		e.words.rest()
		e.grid.Choose(0, table.Value)
		e.tab = fullTab(e.chosen, saved)
	} else if e.chosen == noTab && e.zone == atURL { // its file may have been read only now
		e.tab = fullTab(e.tab, saved)
	}
	e.entry, e.saved, e.url = entry, saved, nil
	e.refresh()
}

// fullTab returns t when it holds something of s, else the tab that says most about it: what a request carries is seen at once.
func fullTab(t tab, s collections.Saved) tab {
	full := [requestTabs]bool{tabParams: len(s.Params) > 0, tabHeaders: len(s.Headers) > 0, tabAuth: s.Auth.Scheme != "",
		tabBody: s.Body.Type != "", tabVars: len(s.Vars) > 0, tabDocs: s.Docs != ""}
	for _, try := range []tab{t, tabBody, tabParams, tabHeaders, tabAuth} {
		if try != noTab && full[try] {
			return try
		}
	}
	return tabParams
}

// refresh takes the rows of the tab anew from the saved request.
func (e *composer) refresh() {
	e.form.set(formOf(e.tab, e.saved))
	var rows []table.Row
	rows, e.kind = gridOf(e.tab, e.saved)
	e.base = e.saved
	e.grid.SetNotes(e.tab != tabVars && e.tab != tabTests)
	e.grid.SetEmpty(e.none())
	e.grid.SetRows(veilRows(rows, e.form.revealed))
	e.bar.SetTabs(e.titles())
	e.bar.Select(int(e.tab))
	e.layout()
	e.reresolve()
	e.settle()
}

// none is what a tab without rows says.
func (e *composer) none() string {
	words := "  No " + e.kind + "s yet: a adds one"
	if e.kind == "part" {
		words += ", @path sends a file"
	}
	return words + "."
}

func (e *composer) reresolve() {
	if e.entry != nil && e.resolve != nil {
		e.resolved = e.resolve(e.entry, e.saved)
	}
	e.bar.SetTabs(e.titles())
	e.grid.Suggest(offers(e.tab, e.resolved.Variables))
	e.form.suggest = e.complete
}

// complete offers variables.
func (e *composer) complete(text string, at int) []input.Offer {
	return variableOffers(e.resolved.Variables, text, at)
}

func (e *composer) resize(w, h int) {
	e.w, e.h = w, h
	e.layout()
}

func (e *composer) layout() {
	e.bar.Resize(e.w, 1)
	rest := max(e.h-headLines, 0)
	if e.text() == nil {
		rest = max(rest-1, 0) // the last line says what is under the cursor
	}
	e.form.resize(e.w, min(len(e.form.rows), rest))
	if e.text() == nil && e.kind == "" {
		e.form.resize(e.w, rest) // suggestions have room below
	}
	below := max(rest-len(e.form.rows)-e.gap(), 0)
	e.grid.Resize(e.w, below)
	if words := e.text(); words != nil {
		e.words.show(*words, e.language())
		e.words.ed.Resize(e.w, below)
	}
}

// gap is the line between the rows and what is below them.
func (e *composer) gap() int {
	if len(e.form.rows) > 0 {
		return 1
	}
	return 0
}

// settle tells the parts which of them has the cursor.
func (e *composer) settle() {
	switch {
	case e.zone == atForm && len(e.form.rows) == 0:
		e.zone = atURL
	case e.zone == atRest && e.kind == "" && e.text() == nil:
		e.zone = min(atForm, zone(len(e.form.rows)))
	}
	e.words.here = e.zone == atRest && e.text() != nil
	if e.active {
		e.bar.Focus()
	} else {
		e.bar.Blur()
	}
	if e.active && e.zone == atRest && e.kind != "" {
		e.grid.Focus()
	} else if !e.grid.Typing() {
		e.grid.Blur()
	}
}

// focus tells the pane whether it has the focus. Without it nothing is typed any more; what was stays.
func (e *composer) focus(on bool) (changed bool) {
	e.active = on
	if !on {
		e.url, e.form.editing = nil, nil
		e.words.stop()
		if e.grid.Typing() {
			e.grid.Blur()
			e.saved = applyGrid(e.tab, e.saved, e.base, e.grid.Rows())
			e.refresh()
			changed = true
		}
		if e.entry != nil {
			e.history().open = false
		}
	}
	e.settle()
	return changed
}

func (e *composer) language() editor.Language {
	switch {
	case e.tab != tabBody:
	case e.saved.Body.Type == "json":
		return editor.JSON
	case e.saved.Body.Type == "xml":
		return editor.XML
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
		case "json", "text", "xml", "sparql", collections.GraphQL:
			return &e.saved.Body.Text
		}
	}
	return nil
}

func (e *composer) typing() bool {
	return e.url != nil || e.form.editing != nil || e.grid.Typing() || e.words.on
}

// replace gives the text of the tab (the body, the docs) another value.
func (e *composer) replace(text string) (changed bool) {
	p := e.text()
	if p == nil || *p == text {
		return false
	}
	e.history().remember(e.saved, false)
	*p = text
	e.words.replace(text) // one step that can be undone
	e.refresh()
	return true
}

func (e *composer) turn(by int) { e.show((e.tab + tab(by) + requestTabs) % requestTabs) }

// show opens a tab that the person chose.
func (e *composer) show(t tab) {
	e.chosen = t
	e.lead(t)
}

// lead opens a tab for what is to be seen there; the one that the person chose is still that of the next request.
func (e *composer) lead(t tab) {
	e.tab = t
	e.form.cur, e.form.top = 0, 0
	e.words.rest()
	e.grid.SetRows(nil)
	e.grid.Choose(0, table.Value)
	e.refresh()
}

var methods = []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}

// nextMethod takes another common method; one that is not common comes back with undo.
func (e *composer) nextMethod(by int) {
	i := slices.Index(methods, method(e.saved))
	if i < 0 {
		i = max(-by, 0) // the first, or the last, comes next
		by -= max(by, 0)
	}
	e.saved.Method = methods[(i+by+len(methods))%len(methods)]
}

// lines draws the pane; the cursor is relative to it.
func (e *composer) lines(focused bool) ([]string, *tea.Cursor) {
	s := e.styles
	switch {
	case e.entry == nil:
		return []string{"", s.Text.Muted.Render("  Choose a request in the collection, or press ") + s.Text.Key.Render("n") +
			s.Text.Muted.Render(" there for a new one.")}, nil
	case e.entry.Kind != collections.HTTP:
		return e.refused(), nil
	}
	first, cursor := e.address(focused)
	out := []string{first, e.below(), e.undone(), e.bar.View(), rule(s, e.w)}
	rows, at := e.form.lines(focused && e.zone == atForm)
	if len(rows) > 0 && len(rows) < e.h-headLines {
		rows = append(rows, frame.Ends(e.words.rule(s, focused && e.text() != nil), e.named(focused), e.w))
	}
	switch {
	case e.text() != nil:
		if c := e.words.cursor(); c != nil {
			c.Y += len(rows)
			at = c
		}
		rows = append(rows, e.words.lines(s, e.keys)...)
	case e.kind != "":
		if c := e.grid.Cursor(); c != nil {
			c.Y += len(rows)
			at = c
		}
		grid := strings.Split(e.grid.View(), "\n")
		if more := e.inherited(); !e.grid.Typing() && len(more) > 0 {
			grid = append(grid[:min(max(e.grid.Size(), 1), len(grid))], more...)
			grid = grid[:min(len(grid), max(e.h-headLines-len(rows), 0))]
		}
		rows = append(rows, grid...)
	default:
		rows = append(rows, e.inherited()...)
	}
	if at != nil {
		at.Y += headLines
		cursor = at
	}
	out = append(out, rows...)
	if focused && e.text() == nil && e.h > headLines {
		out = append(frame.Fit(out, e.w, e.h-1), e.hint())
	}
	return e.offered(out), cursor
}

// scroll is what is seen of the text or the table, and how many lines lie above it.
func (e *composer) scroll() (widget.Scroll, int) {
	above := headLines + len(e.form.rows) + e.gap()
	switch {
	case e.entry == nil || e.entry.Kind != collections.HTTP:
	case e.text() != nil:
		return e.words.ed.Scroll(), above
	case e.kind != "":
		return e.grid.Scroll(), above
	}
	return widget.Scroll{}, 0
}

// offered lays the suggestions for the URL over the lines below it.
func (e *composer) offered(out []string) []string {
	if e.url == nil {
		return out
	}
	x := ansi.StringWidth(clean(method(e.saved))) + 3
	for i, o := range e.url.offers(e.looks, e.w-x) {
		if i+1 < len(out) {
			out[i+1] = strings.Repeat(" ", x) + o
		}
	}
	return out
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
	if focused && e.zone == atURL {
		l = s.Select(l)
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

// undone is what the file asks for and nobody does: "" for nothing. There is one line for it.
func (e *composer) undone() string {
	if len(e.resolved.Notes) == 0 {
		return ""
	}
	return frame.Line(" "+e.styles.State.Warn.Render("! "+clean(strings.Join(e.resolved.Notes, "; "))), e.w)
}
