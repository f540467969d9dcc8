// Package workbench is the screen on which saved requests are chosen, changed, sent and read.
//
// It holds three panes (the collection, the request, the response), the drafts of what was edited and the last
// result of each request. It sends and saves nothing itself: it returns intents.
package workbench

import (
	"time"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/editor"
	"culprit/tui/widget/looks"
	"culprit/tui/widget/table"
	"culprit/tui/widget/tabs"
	"culprit/tui/widget/tree"
	"culprit/tui/widget/viewer"
)

// Options are what a workbench is made of. All fields are needed except Resolve and CanDiagnose.
type Options struct {
	Styles *theme.Styles
	Keys   *keys.Map
	// Resolve fills in the variables of a URL for display, secrets masked unless revealed; nil shows none. It must
	// not block.
	Resolve func(e *collections.Entry, s collections.Saved, env string, revealed bool) Resolution
	// Now is the time, for how long something has been running.
	Now func() time.Time
	// CanDiagnose offers the key for a diagnosis beside a failure.
	CanDiagnose bool
	// CanJar offers the key that opens the cookie jar.
	CanJar bool
	// CanPick offers the key that compares with another exchange.
	CanPick bool
}

// Workbench is a tui.Part. Make one with New.
type Workbench struct {
	opt        Options
	collection *collections.Collection
	env        string
	production bool
	past       map[string]collections.Past
	tree       *tree.Tree
	editor     composer
	reply      reply
	focus      layout.Pane
	aside      layout.Pane // the one of request and response that had the focus last
	at         layout.Workbench
	drafts     map[string]collections.Saved // by path: what differs from the file
	bases      map[string]collections.Saved // by path: what the file said when the draft was begun
	told       map[string]collections.Saved // by path: what Stale returned last
	results    map[string]*result           // by path
	cache      [layout.Panes]string         // drawn panes; "" when to be drawn anew
	looks      *widget.Styles
}

// New returns an empty workbench with the focus on the tree.
func New(opt Options) *Workbench {
	w := &Workbench{opt: opt, aside: layout.Request, drafts: map[string]collections.Saved{}, bases: map[string]collections.Saved{}, told: map[string]collections.Saved{}, results: map[string]*result{}}
	w.looks = looks.Of(opt.Styles)
	w.tree = tree.New(w.looks, opt.Keys.List)
	w.tree.Focus()
	w.editor = composer{chosen: noTab, styles: opt.Styles, looks: w.looks, keys: &opt.Keys.Form, past: map[string]*past{},
		bar: tabs.New(w.looks, nil), grid: table.New(w.looks, opt.Keys.Form),
		words: writing{ed: editor.New(w.looks, opt.Keys.Text, opt.Keys.Chord.External)},
		form:  form{styles: opt.Styles, looks: w.looks, keys: &opt.Keys.Form},
		resolve: func(e *collections.Entry, s collections.Saved) Resolution {
			if opt.Resolve == nil {
				return Resolution{}
			}
			return opt.Resolve(e, s, w.env, w.reply.revealed)
		}}
	w.editor.words.ed.Suggest(w.editor.complete)
	w.reply = reply{styles: opt.Styles, keys: &opt.Keys.Reply, plain: &opt.Keys.Plain, stop: &opt.Keys.Chord.Stop, canAsk: opt.CanDiagnose, canPick: opt.CanPick, canJar: opt.CanJar, body: viewer.New(w.looks, opt.Keys.Body),
		bar: tabs.New(w.looks, nil), filter: newFilter(w.looks), seek: newSeeker(w.looks, &opt.Keys.Body.Find)}
	return w
}

// SetCollection shows c; the selection and the drafts stay where their paths still exist.
func (w *Workbench) SetCollection(c *collections.Collection) {
	w.collection = c
	if w.Empty() { // its last request is gone
		w.tree.Focus()
		w.editor.focus(false)
		w.reply.focus(false)
		w.focus = layout.Tree
	}
	w.list()
	if path := w.Path(); path != "" && c.Root.Request(path) != nil {
		w.open(c.Root.Request(path))
	} else if all := w.Requests(); len(all) > 0 {
		w.tree.Select(all[0].Path)
		w.open(all[0])
	} else {
		w.open(nil)
	}
	w.redraw()
}

// SetPast says how the requests were sent last before this start, by path.
func (w *Workbench) SetPast(past map[string]collections.Past) {
	w.past = past
	w.list()
	w.reply.then = w.then(w.Path())
	w.redraw()
}

// then returns how the request at path was sent last before this start, nil for not at all.
func (w *Workbench) then(path string) *collections.Past {
	if p, ok := w.past[path]; ok {
		return &p
	}
	return nil
}

// SetEnvironment names the environment that is in use; production marks the frame.
func (w *Workbench) SetEnvironment(name string, production bool) {
	w.env, w.production = name, production
	w.editor.reresolve()
	w.redraw()
}

// Open shows the request at path and moves to it; an unknown path is ignored.
func (w *Workbench) Open(path string) tui.Intent {
	if w.collection == nil {
		return nil
	}
	if e := w.collection.Root.Request(path); e != nil {
		w.tree.Reveal(path)
		w.open(e)
		w.Focus(layout.Request)
	}
	return w.read()
}

// Resume opens the request at path without moving to it; an unknown path is ignored.
func (w *Workbench) Resume(path string) {
	if w.collection == nil || path == "" {
		return
	}
	if e := w.collection.Root.Request(path); e != nil {
		w.tree.Reveal(path)
		w.open(e)
	}
}

func (w *Workbench) open(e *collections.Entry) {
	if e == nil {
		w.editor.open(nil, collections.Saved{})
		w.reply.set(nil)
		w.redraw()
		return
	}
	saved, ok := w.drafts[e.Path]
	if !ok {
		saved = copySaved(e.Saved)
	}
	w.editor.open(e, saved)
	w.reply.then, w.reply.about = w.then(e.Path), saved.Docs
	w.reply.set(w.results[e.Path])
	w.redraw()
}

// Selected returns the request that is open and as it is edited now; the entry is nil when there is none.
func (w *Workbench) Selected() (*collections.Entry, collections.Saved) {
	return w.editor.entry, copySaved(w.editor.saved)
}

// Path returns the path of the request that is open, "" for none.
func (w *Workbench) Path() string {
	if w.editor.entry == nil {
		return ""
	}
	return w.editor.entry.Path
}

// beside chooses which of request and response is seen beside the tree where there is room for one.
func (w *Workbench) beside(p layout.Pane) {
	if w.aside != p {
		w.aside = p
		w.Resize(w.at.All.W, w.at.All.H)
	}
}

// Focused returns the pane that has the focus.
func (w *Workbench) Focused() layout.Pane { return w.focus }

// Focus moves the focus; what was being typed is kept.
func (w *Workbench) Focus(p layout.Pane) {
	if p == w.focus || w.Empty() {
		return
	}
	if w.editor.focus(p == layout.Request) {
		w.edited()
	}
	if p == layout.Tree {
		w.tree.Focus()
	} else {
		w.tree.Blur()
	}
	w.focus = p
	w.reply.focus(p == layout.Response)
	if p != layout.Tree {
		w.aside = p
	}
	w.Resize(w.at.All.W, w.at.All.H)
}

// Next moves the focus by panes, around.
func (w *Workbench) Next(by int) {
	w.Focus((w.focus + layout.Pane(by) + layout.Panes) % layout.Panes)
}

// Resize implements tui.Part.
func (w *Workbench) Resize(width, height int) {
	w.at = layout.Of(width, height, w.focus, w.aside)
	in := w.at.Panes[layout.Tree].Inside()
	w.tree.Resize(in.W, in.H)
	in = w.at.Panes[layout.Request].Inside()
	w.editor.resize(in.W, in.H)
	in = w.at.Panes[layout.Response].Inside()
	w.reply.resize(in.W, in.H)
	w.redraw()
}

// Restyle draws everything anew after the theme changed.
func (w *Workbench) Restyle() {
	looks.Set(w.looks, w.opt.Styles)
	w.reply.body.Restyle()
	w.editor.words.ed.Restyle()
	w.editor.grid.Restyle()
	w.tree.Restyle()
	w.list()
	if w.editor.entry != nil && !w.editor.typing() {
		w.editor.refresh()
	}
	w.editor.reresolve() // secrets may be shown now
	w.reply.refresh()
	w.redraw()
}

// Reveal shows secrets, or hides them again; it returns whether they are shown now.
func (w *Workbench) Reveal() bool {
	w.reply.revealed = !w.reply.revealed
	if w.reply.wired {
		w.reply.show(pageSent) // it was searched for what is hidden now, or shown without
	}
	w.editor.form.revealed = w.reply.revealed
	w.Restyle()
	return w.reply.revealed
}

// Revealed reports whether secrets are shown.
func (w *Workbench) Revealed() bool { return w.reply.revealed }

func (w *Workbench) redraw() { w.cache = [layout.Panes]string{} }
