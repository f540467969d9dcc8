// Package history is the screen of the exchanges that happened: a list that is searched, and the exchange that is
// open, as the response of the workbench shows it.
//
// It reads nothing itself: what it needs runs in tasks that it asks for, and what a person wants done goes up as an
// intent. It knows the exchanges of the pages that it has seen, not all of them.
package history

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/screen"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
	"culprit/tui/widget/looks"
)

// A Reader shows one exchange: the pane of the response of the workbench.
type Reader interface {
	tui.Part
	tui.Focuser
	tui.Typist
	tui.Mouser
	// Show shows an exchange, none where there is none; the intent is the work that it needs.
	Show(k collections.Kept) tui.Intent
	// Compare shows what differs between before, called name, and x.
	Compare(before, x *request.Exchange, name string) tui.Intent
	Restyle()
	// Scroll is what is seen of its page, and how many lines lie above it.
	Scroll() (widget.Scroll, int)
	Foot() (note, place string)
}

// Options are what a history is made of. All fields are needed but Grammar.
type Options struct {
	Styles *theme.Styles
	Keys   *keys.Map
	Reader Reader
	Now    func() time.Time
	// Find returns at most limit exchanges that a search finds, newest first, those after last; of the open
	// collection alone, unless all is true.
	Find func(ctx context.Context, search string, all bool, last collections.Past, limit int) ([]collections.Past, error)
	// Count returns how many a search finds.
	Count func(ctx context.Context, search string, all bool) (int, error)
	// Open returns all that is kept of one.
	Open func(ctx context.Context, id string) (collections.Kept, error)
	// Grammar is how a search is written, for the help.
	Grammar [][2]string
}

// The intents of the history beside those of package screen and of its reader.
type (
	// Replay sends an exchange again as it was.
	Replay struct{ Past collections.Past }
	// Edit opens the request of an exchange as a draft.
	Edit struct{ Past collections.Past }
	// Curl copies the command that sends the same.
	Curl struct{ Past collections.Past }
	// Export writes exchanges into an archive: One, Marked, or all that Search finds, Count of them.
	Export struct {
		One    collections.Past
		Marked []collections.Past
		Search string
		All    bool
		Count  int
	}
)

// History is a tui.Part. Make one with New, then grant what Refresh returns.
type History struct {
	opt   Options
	looks *widget.Styles
	field *input.Field
	list  list
	marks []collections.Past // at most two, in the order in which they were marked
	all   bool               // of all collections
	shown string             // what the reader shows, or will: the ID, or two of them
	open  collections.Past   // what it shows; the later one of two
	fault string             // why nothing could be found
	mute  string             // why what is chosen could not be opened: it may be heard after the fault of a later search
	focus bool               // on the exchange, not the list
	at    layout.History
	w, h  int
}

// New returns a history that has found nothing yet.
func New(opt Options) *History {
	h := &History{opt: opt, looks: looks.Of(opt.Styles)}
	h.field = input.New(h.looks)
	h.field.SetPrompt("/ ")
	h.field.SetPlaceholder("search: words, method:post status:5xx host:api time:today")
	h.list.count = -1
	return h
}

// Title says what the screen is.
func (h *History) Title() string { return "History" }

// About explains the screen.
func (h *History) About() string {
	return "Every exchange, the newest first, without its secrets. One can be read, sent again or diagnosed; two that are marked are compared."
}

// Help is how a search is written, below the keys.
func (h *History) Help() (title string, rows [][2]string) { return "Search", h.opt.Grammar }

// Resize implements tui.Part.
func (h *History) Resize(width, height int) {
	h.w, h.h = max(width, 0), max(height, 0)
	h.at = layout.OfHistory(h.w, h.h, h.focus)
	in := h.at.List.Inside()
	h.field.Resize(max(in.W-1, 1), 1)
	h.list.resize(in.H - listHead)
	in = h.at.Reader.Inside()
	h.opt.Reader.Resize(in.W, in.H)
}

// Resized asks for what there is room for now.
func (h *History) Resized() tui.Intent { return h.read() }

// Restyle draws everything anew after the theme changed.
func (h *History) Restyle() {
	looks.Set(h.looks, h.opt.Styles)
	h.opt.Reader.Restyle()
}

// turn gives the focus to the exchange or back to the list, and shows what is chosen there.
func (h *History) turn(reading bool) tui.Intent {
	h.look(reading)
	return h.read()
}

// look gives the focus to the exchange or back to the list.
func (h *History) look(reading bool) {
	h.focus = reading
	h.field.Blur()
	if reading {
		h.opt.Reader.Focus()
	} else {
		h.opt.Reader.Blur()
	}
	h.Resize(h.w, h.h)
}

// Typing implements tui.Typist.
func (h *History) Typing() bool { return h.field.Typing() || h.focus && h.opt.Reader.Typing() }

// Cursor implements tui.Typist.
func (h *History) Cursor() *tea.Cursor {
	c, r := h.field.Cursor(), h.at.List
	x := r.X + 2
	if h.focus {
		c, r = h.opt.Reader.Cursor(), h.at.Reader
		x = r.X + 1
	}
	if c == nil || r.Empty() {
		return nil
	}
	c.X, c.Y = c.X+x, c.Y+r.Y+1
	return c
}

// Refresh finds anew, and goes to the newest exchange.
func (h *History) Refresh() tui.Intent {
	h.list.at = 0
	return h.find()
}

// find asks for the first exchanges of the search.
func (h *History) find() tui.Intent {
	h.list.wanted = h.field.Value()
	return h.page(collections.Past{})
}

// found is a page of the list, counted how many there are in all, opened an exchange that was read, compared two.
type (
	found struct {
		after collections.Past
		items []collections.Past
		err   error
	}
	counted int
	opened  struct {
		id   string
		kept collections.Kept
		err  error
	}
	compared struct {
		name string
		x    [2]*request.Exchange
		err  error
	}
)

// pageSize is how many exchanges are read at once: more than a screen of rows.
const pageSize = 200

// page asks for the exchanges after last.
func (h *History) page(last collections.Past) tui.Intent {
	search, all, opt := h.list.wanted, h.all, h.opt
	h.list.loading = true
	return screen.Task{Name: "find", What: "searching the history", Hear: h.heard, Run: func(ctx context.Context, emit func(tea.Msg)) tea.Msg {
		items, err := opt.Find(ctx, search, all, last, pageSize)
		f := found{after: last, items: items, err: err}
		if err != nil || last.ID != "" {
			return f
		}
		if len(items) < pageSize {
			emit(f)
			return counted(len(items))
		}
		emit(f)
		n, err := opt.Count(ctx, search, all)
		if err != nil {
			n = -1
		}
		return counted(n)
	}}
}

// read asks for the exchange that is chosen, where it is seen.
func (h *History) read() tui.Intent {
	p, ok := h.list.current()
	if !ok {
		h.shown, h.open = "", p
		return h.opt.Reader.Show(collections.Kept{})
	}
	if h.shown == p.ID || !h.at.Both && !h.focus {
		return nil
	}
	h.shown, h.open = p.ID, p
	read := h.opt.Open
	return screen.Task{Name: "open", What: "reading the exchange", Hear: h.heard, Run: func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		k, err := read(ctx, p.ID)
		return opened{p.ID, k, err}
	}}
}

// compare asks for two exchanges and what differs.
func (h *History) compare(a, b collections.Past) tui.Intent {
	if b.At.Before(a.At) {
		a, b = b, a
	}
	h.shown, h.open = b.ID+" against "+a.ID, b
	read, name := h.opt.Open, h.when(a.At)
	if a.Entry != b.Entry {
		name += " (" + a.Entry + ")"
	}
	return screen.Task{Name: "open", What: "reading two exchanges", Hear: h.heard, Run: func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		c := compared{name: name}
		for i, p := range []collections.Past{a, b} {
			k, err := read(ctx, p.ID)
			if c.x[i], c.err = k.Exchange, err; err != nil {
				break
			}
		}
		return c
	}}
}

// heard takes in what a task says.
func (h *History) heard(msg tea.Msg) tui.Intent {
	switch m := msg.(type) {
	case found:
		h.fault, h.mute = "", ""
		if m.err != nil {
			h.fault = m.err.Error()
			h.list.loading = false
			return nil
		}
		h.list.take(m)
		return h.read()
	case counted:
		h.list.count = int(m)
	case opened:
		if m.id != h.shown {
			return nil
		}
		if h.mute = ""; m.err != nil {
			h.mute = m.err.Error()
		}
		return h.opt.Reader.Show(m.kept)
	case compared:
		if h.mute = ""; m.err != nil {
			h.mute = m.err.Error()
			return nil
		}
		return h.opt.Reader.Compare(m.x[0], m.x[1], m.name)
	}
	return nil
}
