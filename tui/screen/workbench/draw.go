package workbench

import (
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/widget/editor"
	"culprit/tui/widget/frame"
)

// View implements tui.Part: the panes, without the two lines below them.
func (w *Workbench) View() string {
	if w.Empty() {
		return w.welcome()
	}
	var blocks []string
	for p := layout.Tree; p <= layout.Response; p++ {
		if w.at.Panes[p].Empty() {
			continue
		}
		if w.cache[p] == "" {
			w.cache[p] = w.pane(p)
		}
		blocks = append(blocks, w.cache[p])
	}
	if len(blocks) == 0 {
		return ""
	}
	return frame.Beside(blocks...)
}

func (w *Workbench) pane(p layout.Pane) string {
	r, focused := w.at.Panes[p], w.focus == p
	f := frame.Frame{Focused: focused, Title: w.title(p)}
	var lines []string
	switch p {
	case layout.Tree:
		lines = strings.Split(w.tree.View(), "\n")
		f.Scroll = w.tree.Scroll()
		if place := w.tree.Place(); place != "" {
			f.Foot = w.opt.Styles.Text.Muted.Render(place)
		}
		if n := len(w.drafts); n > 0 {
			if f.Foot != "" {
				f.Foot = "  " + f.Foot
			}
			f.Foot = w.opt.Styles.State.Warn.Render(w.opt.Styles.Glyphs.Dot+" "+strconv.Itoa(n)+" unsaved") + f.Foot
		}
	case layout.Request:
		lines, _ = w.editor.lines(focused)
		f.Scroll, f.From = w.editor.scroll()
		if w.editor.entry != nil {
			f.Right = w.whose()
			if _, dirty := w.drafts[w.editor.entry.Path]; dirty {
				if f.Right != "" {
					f.Right += " "
				}
				words := " edited"
				if w.outdated(w.editor.entry) {
					words = " edited, file changed"
				}
				f.Right += w.opt.Styles.State.Warn.Render(w.opt.Styles.Glyphs.Dot + words)
			}
		}
		f.Note, f.Foot = w.editor.foot()
		if w.production {
			if f.Foot != "" {
				f.Foot += " "
			}
			f.Foot += w.opt.Styles.Production(clean(w.env))
		}
	case layout.Response:
		lines = w.reply.lines(w.opt.Now())
		f.Scroll, f.From = w.reply.scroll()
		f.Note, f.Foot = w.reply.foot()
		f.Right = w.whose()
	}
	return f.Draw(w.opt.Styles, r.W, r.H, lines)
}

// whose is the name of the request that is open, for a pane in whose border it has no other place.
func (w *Workbench) whose() string {
	if w.at.Shape != layout.One || w.editor.entry == nil {
		return ""
	}
	return w.opt.Styles.Text.Muted.Render(clean(w.editor.entry.Name))
}

// between stands between the names of panes in one border.
const between = "  "

// named are the panes whose names stand in the border of p: its own, and those of which it is seen in place.
func (w *Workbench) named(p layout.Pane) []layout.Pane {
	switch {
	case w.at.Shape == layout.Three || w.at.Shape == layout.Two && p == layout.Tree:
		return []layout.Pane{p}
	case w.at.Shape == layout.Two:
		return []layout.Pane{layout.Request, layout.Response}
	}
	return []layout.Pane{layout.Tree, layout.Request, layout.Response}
}

// title is the number and name of a pane; where only one pane is seen, those of all of them.
func (w *Workbench) title(p layout.Pane) string {
	var out []string
	for _, q := range w.named(p) {
		out = append(out, w.name(q))
	}
	return strings.Join(out, w.opt.Styles.Frame.Border.Render(between))
}

func (w *Workbench) name(p layout.Pane) string {
	s := w.opt.Styles
	number := s.Text.Faint.Render(strconv.Itoa(int(p)+1) + " ")
	style := s.Frame.Title
	if p == w.focus {
		style = s.Frame.TitleFocus
		number = s.Text.Key.Render(strconv.Itoa(int(p)+1) + " ")
	} else if w.at.Shape == layout.Two && p != layout.Tree && !w.at.Panes[p].Empty() {
		style = s.Text.Title // of the two whose names stand here the one that is seen
	}
	text := [...]string{"Collection", "Request", "Response"}[p]
	switch {
	case p == layout.Tree && w.collection != nil && w.collection.Name != "" && w.at.Shape != layout.One:
		text = clean(w.collection.Name)
	case p == layout.Request && w.editor.entry != nil && w.at.Shape != layout.One:
		text = clean(w.editor.entry.Name)
	}
	return number + style.Render(text)
}

// Cursor implements tui.Typist: where the text cursor is, nil when nothing is typed.
func (w *Workbench) Cursor() *tea.Cursor {
	r := w.at.Panes[w.focus]
	var c *tea.Cursor
	switch w.focus {
	case layout.Tree:
		c = w.tree.Cursor()
	case layout.Request:
		_, c = w.editor.lines(true)
	case layout.Response:
		if w.reply.typing() {
			c = w.reply.cursor()
		}
	}
	if c == nil || r.Empty() {
		return nil
	}
	c.X, c.Y = c.X+r.X+1, c.Y+r.Y+1
	if !r.Inside().Contains(c.X, c.Y) {
		return nil
	}
	return c
}

// Keys implements tui.Part: what the focused pane takes now.
func (w *Workbench) Keys() []key.Binding {
	k := w.opt.Keys
	if w.Empty() {
		return w.beginnings()
	}
	switch w.focus {
	case layout.Tree:
		if w.tree.Typing() {
			return []key.Binding{as(k.Overlay.Accept, "open"), as(k.Overlay.Close, "end the filter")}
		}
		if e := w.here(); e != nil && e.Kind == collections.Folder {
			return []key.Binding{as(k.List.Open, "fold"), k.List.Filter, as(k.List.New, "new request in it"), k.List.NewFolder, k.List.Rename, k.List.Delete}
		}
		return []key.Binding{k.List.Open, k.List.Filter, k.List.New, k.List.Duplicate, k.List.Rename, k.List.Delete}
	case layout.Request:
		all := w.editor.bindings(k)
		if w.editor.tab == tabHeaders && len(w.editor.resolved.Cookies) > 0 && !w.editor.typing() {
			all = slices.Insert(all, min(1, len(all)), k.Plain.Jar)
		}
		return all
	}
	return w.reply.bindings(k)
}

// bindings are the keys that the composer takes now.
func (e *composer) bindings(k *keys.Map) []key.Binding {
	f := k.Form
	switch {
	case e.entry == nil || e.entry.Kind != collections.HTTP:
		return nil
	case e.words.on:
		if e.words.ed.Finding() || e.words.ed.Offering() {
			return e.words.ed.Keys()
		}
		return append([]key.Binding{as(k.Overlay.Close, "done")}, e.words.ed.Keys()...)
	case e.grid.Typing():
		return e.grid.Keys()
	case e.typing():
		return e.field().Keys()
	}
	out, p := e.resting(k), e.history()
	if len(p.redo) > 0 {
		out = slices.Insert(out, 1, f.Redo)
	}
	if len(p.undo) > 0 {
		out = slices.Insert(out, 1, f.Undo)
	}
	return out
}

// resting are the keys that the composer takes while nothing is typed.
func (e *composer) resting(k *keys.Map) []key.Binding {
	f := k.Form
	switch {
	case e.zone == atRest && e.text() != nil && e.language() != editor.Plain:
		return []key.Binding{f.Edit, f.Format, k.Chord.External, f.TabNext}
	case e.zone == atRest && e.text() != nil:
		return []key.Binding{f.Edit, k.Chord.External, f.TabNext}
	case e.zone == atRest && e.grid.Size() == 0:
		return []key.Binding{f.Add, f.TabNext}
	case e.zone == atRest:
		return []key.Binding{f.Edit, f.Toggle, f.Add, f.Delete, f.TabNext, f.MoveDown, f.Duplicate}
	case e.zone == atForm && e.form.rows[e.form.cur].choices != nil:
		out := []key.Binding{as(f.Right, "next choice"), as(f.Left, "the one before"), f.TabNext}
		if e.text() != nil {
			out = slices.Insert(out, 0, as(f.Edit, "edit the text"))
		}
		return out
	}
	return []key.Binding{f.Edit, f.Method, f.TabNext}
}

// bindings are the keys that the response takes now.
func (r *reply) bindings(k *keys.Map) []key.Binding {
	b := k.Body
	switch {
	case r.typing() && !r.reading():
		return []key.Binding{as(k.Overlay.Accept, "keep"), as(k.Overlay.Close, "end the search"), b.Find.Plain}
	case r.filter.typing:
		return []key.Binding{as(k.Overlay.Accept, "keep"), as(k.Overlay.Close, "whole body"), as(k.Overlay.Up, "last filter")}
	case r.typing():
		return r.body.Keys()
	case r.previewing():
		return r.looking(k)
	case r.exchange() == nil:
		return nil
	case r.wired:
		return []key.Binding{as(k.Overlay.Close, "back"), b.Find.Search, b.Look.CopyValue, b.Look.Hex, k.Reply.TabNext}
	case r.reading():
		return r.readings(k)
	}
	if r.page != pageBody && r.seek.what != "" {
		return []key.Binding{b.Find.Next, b.Find.Previous, as(k.Overlay.Close, "end the search"), b.Find.Search, k.Reply.TabNext}
	}
	if r.page == pageSent && large(r.exchange()) != nil {
		return []key.Binding{k.Reply.Whole, k.Reply.TabNext, b.Find.Search}
	}
	if r.page == pageCookies && r.canJar {
		return []key.Binding{k.Plain.Jar, k.Reply.TabNext, b.Find.Search}
	}
	if r.page == pageDiff && r.canPick {
		return []key.Binding{k.Reply.TabNext, k.Reply.Against, b.Find.Search}
	}
	if r.page == pageBody {
		return []key.Binding{k.Reply.TabNext}
	}
	return append([]key.Binding{k.Reply.TabNext, b.Find.Search}, r.uses(&k.Reply)...)
}

// uses are the keys of every page that do something with the body, where there is one.
func (r *reply) uses(k *keys.Reply) []key.Binding {
	switch res := r.exchange().Response(); {
	case r.result.running || res == nil || res.Body.Size() == 0:
		return nil
	case r.filters():
		return []key.Binding{k.Filter, k.Save, k.Pager}
	}
	return []key.Binding{k.Save, k.Pager}
}

// filters reports whether jq can read the body.
func (r *reply) filters() bool { return r.filter.on() || r.body.Lays() && !r.body.XML() }

// looking are the keys of a body that is still coming.
func (r *reply) looking(k *keys.Map) []key.Binding {
	b := k.Body
	var out []key.Binding
	if r.body.Sought() {
		out = []key.Binding{b.Find.Next, b.Find.Previous, as(k.Overlay.Close, "end the search")}
	}
	if out = append(out, b.Find.Search); r.body.Laid() {
		out = append(out, b.Fold.Toggle, b.Look.CopyPath)
	}
	return append(out, b.Look.CopyValue)
}

// readings are the keys of a body that is read: what ends a search or another look goes before the rest.
func (r *reply) readings(k *keys.Map) []key.Binding {
	b := k.Body
	var first, about []key.Binding
	switch {
	case r.body.Sought():
		first = []key.Binding{b.Find.Next, b.Find.Previous, as(k.Overlay.Close, "end the search")}
	case r.filter.on():
		first = []key.Binding{as(k.Overlay.Close, "whole body")}
	}
	switch {
	case r.body.Hexed():
		first = append(first, as(b.Look.Hex, "end hex"))
	case r.body.Laid():
		about = []key.Binding{b.Fold.Toggle, b.Look.CopyPath}
	case r.body.Lays():
		first = append(first, as(b.Look.Text, "laid out"))
	}
	first = append(first, k.Reply.TabNext, b.Find.Search)
	if r.filters() {
		first = append(first, k.Reply.Filter)
	}
	return append(append(first, about...), b.Look.CopyValue, k.Reply.Save, k.Reply.Pager)
}

// as returns b with other words of help.
func as(b key.Binding, words string) key.Binding {
	b.SetHelp(b.Help().Key, words)
	return b
}

// Shape returns how many panes are seen.
func (w *Workbench) Shape() layout.Shape { return w.at.Shape }

// Failed reports whether the last exchange of the request that is open is one to diagnose.
func (w *Workbench) Failed() bool {
	x := w.reply.exchange()
	return x != nil && (plainWords(x) != "" || w.reply.result.doubt != "")
}

// Dirty reports whether the request that is open differs from its file.
func (w *Workbench) Dirty() bool {
	_, dirty := w.drafts[w.Path()]
	return dirty
}
