// Package workbench is the screen on which saved requests are chosen, changed, sent and read.
//
// It holds three panes (the collection, the request, the response), the drafts of what was edited and the last
// result of each request. It sends and saves nothing itself: it returns intents.
package workbench

import (
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/request"
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
	w.tree = tree.New(w.looks)
	w.tree.SetKeys(treeKeys(opt.Keys.List))
	w.tree.Focus()
	w.editor = composer{styles: opt.Styles, looks: w.looks, keys: &opt.Keys.Form, past: map[string]*past{},
		bar: tabs.New(w.looks, nil), grid: table.New(w.looks),
		words: writing{ed: editor.New(w.looks)},
		form:  form{styles: opt.Styles, looks: w.looks, keys: &opt.Keys.Form},
		resolve: func(e *collections.Entry, s collections.Saved) Resolution {
			if opt.Resolve == nil {
				return Resolution{}
			}
			return opt.Resolve(e, s, w.env, w.reply.revealed)
		}}
	w.editor.words.ed.SetKeys(textKeys(opt.Keys.Text, opt.Keys.Chord))
	w.editor.words.ed.Suggest(w.editor.complete)
	w.editor.grid.SetKeys(gridKeys(opt.Keys.Form))
	w.reply = reply{styles: opt.Styles, keys: &opt.Keys.Reply, plain: &opt.Keys.Plain, canAsk: opt.CanDiagnose, canPick: opt.CanPick, body: viewer.New(w.looks),
		bar: tabs.New(w.looks, nil), filter: newFilter(w.looks), seek: newSeeker(w.looks, &opt.Keys.Body.Find)}
	w.reply.body.SetKeys(viewerKeys(opt.Keys.Body))
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
	if path := w.Path(); path != "" && find(c.Root, path) != nil {
		w.open(find(c.Root, path))
	} else if e := firstRequest(c.Root); e != nil {
		w.tree.Select(e.Path)
		w.open(e)
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
	if e := find(w.collection.Root, path); e != nil {
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
	if e := find(w.collection.Root, path); e != nil {
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
	w.reply.then = w.then(e.Path)
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

// Exchange returns the last exchange of the request that is open, or nil.
func (w *Workbench) Exchange() *request.Exchange { return w.reply.exchange() }

// Sending says that the request at path is on its way.
func (w *Workbench) Sending(path string) {
	old := w.results[path]
	r := &result{running: true, started: w.opt.Now()}
	if old != nil {
		r.exchange, r.before = old.exchange, old.before
	}
	w.results[path] = r
	w.list()
	w.answered(path)
}

// Progress adds an event to what is seen of the request at path. The intent is the work of the viewer on the
// beginning of a body.
func (w *Workbench) Progress(path string, e request.Event) tui.Intent {
	if r := w.results[path]; r != nil && r.running {
		if n := len(r.events); n > 0 && e.Kind == request.BodyProgress && r.events[n-1].Kind == request.BodyProgress {
			r.events = r.events[:n-1]
		}
		if e.Kind == request.BodyHead {
			if r.head == nil {
				w.turnTo(path)
			}
			r.head = &e
		} else {
			r.events = append(r.events, e)
		}
		w.answered(path)
		if path == w.Path() {
			return w.read()
		}
	}
	return nil
}

// An Outcome is what came of a sending.
type Outcome struct {
	Exchange *request.Exchange // nil when nothing was sent
	Checks   []collections.Checked
	Doubt    string // why a success is none after all, untrusted; "" for no doubt
	Note     string // why there is no exchange
}

// Finished gives the outcome of the request at path. The intent is what a large body needs to be read.
func (w *Workbench) Finished(path string, o Outcome) tui.Intent {
	x := o.Exchange
	r := &result{exchange: x, checks: o.Checks, doubt: o.Doubt, note: o.Note}
	old := w.results[path]
	if old != nil {
		if r.before = old.exchange; r.before == nil || old.running && r.before == x {
			r.before = old.before
		}
		if old == w.reply.headOf {
			w.reply.headOf = r // the viewer has its beginning
		}
	}
	w.results[path] = r
	w.list()
	w.editor.reresolve() // it may have given a variable its value
	w.answered(path)
	w.turnTo(path)
	return w.read()
}

// turnTo moves from the request to its answer where only one of them is seen; beside the tree it is shown, and the focus
// stays.
func (w *Workbench) turnTo(path string) {
	switch {
	case path != w.Path():
	case w.at.Shape == layout.One, w.at.Shape == layout.Two && w.focus == layout.Request:
		w.Focus(layout.Response)
	case w.focus == layout.Tree:
		w.beside(layout.Response)
	}
}

// beside chooses which of request and response is seen beside the tree where there is room for one.
func (w *Workbench) beside(p layout.Pane) {
	if w.aside != p {
		w.aside = p
		w.Resize(w.at.All.W, w.at.All.H)
	}
}

// Compare shows what differs between the exchange that is open and an earlier one, called name.
func (w *Workbench) Compare(before *request.Exchange, name string) tui.Intent {
	if w.reply.exchange() == nil || w.reply.result.running {
		return nil
	}
	w.reply.result.before, w.reply.result.other = before, name
	w.Focus(layout.Response)
	w.cache[layout.Response] = ""
	return w.grant(w.reply.show(pageDiff))
}

// read gives the body of the request that is open to the viewer, when it has another one.
func (w *Workbench) read() tui.Intent {
	if w.reply.previewing() {
		return w.grant(w.reply.preview())
	}
	x := w.reply.exchange()
	if x == nil || x == w.reply.shown || w.reply.result.running {
		return nil
	}
	work := w.reply.fill(x)
	if w.reply.page == pageDiff {
		more := w.reply.compare()
		w.reply.refresh()
		return Several{w.grant(work), w.grant(more)}
	}
	return w.grant(work)
}

// Busy says what is being done with the body that is seen, and how far it is, from 0 to 1; "" for nothing.
func (w *Workbench) Busy() (what string, part float64) { return w.reply.body.Busy() }

func (w *Workbench) answered(path string) {
	if path == w.Path() {
		w.reply.set(w.results[path])
		w.cache[layout.Response] = ""
	}
}

// Tick draws what runs anew.
func (w *Workbench) Tick() {
	if w.reply.result != nil && w.reply.result.running {
		w.cache[layout.Response] = ""
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

// Update implements tui.Part.
func (w *Workbench) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	if w.Empty() {
		return w.begin(msg), nil
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return w.press(msg), nil
	case tea.PasteMsg:
		return w.paste(msg.Content), nil
	}
	return tui.Pass{}, nil
}

func (w *Workbench) press(k tea.KeyPressMsg) tui.Intent {
	w.cache[w.focus] = ""
	switch w.focus {
	case layout.Tree:
		return w.inTree(k)
	case layout.Request:
		if key.Matches(k, w.opt.Keys.Chord.External) {
			return w.external()
		}
		changed, mine := w.editor.press(k)
		if changed {
			w.edited()
		}
		wish := w.editor.asked()
		switch {
		case wish != nil && changed:
			return Several{Changed{}, w.wish(wish)}
		case wish != nil:
			return w.wish(wish)
		case changed:
			return Changed{}
		case mine:
			return nil
		}
	case layout.Response:
		if key.Matches(k, w.opt.Keys.Chord.External) && w.reply.exchange() != nil {
			return w.reply.outside(true)
		}
		return w.grant(w.reply.press(k))
	}
	return tui.Pass{}
}

func (w *Workbench) external() tui.Intent {
	p := w.editor.text()
	if p == nil {
		return Say("$EDITOR opens a text: the one of the tab Body or Docs.")
	}
	suffix := ".txt"
	switch {
	case w.editor.tab == tabDocs:
		suffix = ".md"
	case slices.Contains([]string{"json", "xml"}, w.editor.saved.Body.Type):
		suffix = "." + w.editor.saved.Body.Type
	}
	return Edit{Text: *p, Suffix: suffix}
}

func (w *Workbench) paste(text string) tui.Intent {
	switch {
	case w.focus == layout.Request && w.editor.typing():
		if w.editor.paste(text) {
			w.edited()
			return Changed{}
		}
		return nil
	case w.focus == layout.Tree && w.tree.Typing():
		w.tree.Update(tea.PasteMsg{Content: text})
		w.cache[layout.Tree] = ""
		return nil
	case w.focus == layout.Response && w.reply.typing():
		w.cache[layout.Response] = ""
		return w.grant(w.reply.paste(text))
	}
	return tui.Pass{}
}

// Typing implements tui.Typist.
func (w *Workbench) Typing() bool {
	switch w.focus {
	case layout.Tree:
		return w.tree.Typing()
	case layout.Request:
		return w.editor.typing()
	}
	return w.reply.typing()
}
