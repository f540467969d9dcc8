package workbench

import (
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/tabs"
	"culprit/tui/widget/viewer"
)

// A page of the response.
type page int

const (
	pageBody page = iota
	pageHeaders
	pageCookies
	pageTimeline
	pageTLS
	pageSent
	pageTests
	pageDiff
	responsePages
)

var pageNames = [responsePages]string{"Body", "Headers", "Cookies", "Timeline", "TLS", "Sent", "Tests", "Diff"}

// A result is what is known of the last sending of an entry.
type result struct {
	exchange *request.Exchange
	before   *request.Exchange // the one before exchange, or another to compare with; nil for none
	other    string            // which one before is, "" for the one before exchange
	running  bool
	started  time.Time
	events   []request.Event // of the one that runs
	head     *request.Event  // the beginning of its body, when it is a large one
	checks   []collections.Checked
	doubt    string // why a success is none after all
	said     string // what a failing answer says of its failure
	note     string // why nothing was sent
}

// reply is the pane that shows a response.
type reply struct {
	styles    *theme.Styles
	keys      *keys.Reply
	plain     *keys.Plain
	stop      *key.Binding // cancels what runs
	result    *result
	page      page
	words     scroll
	bar       *tabs.Bar
	body      *viewer.Viewer
	filter    filter
	seek      seeker
	then      *collections.Past // how it was sent before this start, nil for not at all
	about     string            // what its documentation says of the request
	contrast  contrast
	shown     *request.Exchange // whose body the viewer has
	headOf    *result           // whose beginning the viewer has or had
	headShown *request.Event    // that beginning
	failed    error             // why there is no body to read
	w, h      int
	canAsk    bool   // a diagnosis can be asked for
	canJar    bool   // the cookie jar can be opened
	canPick   bool   // another exchange to compare with can be chosen
	revealed  bool   // secrets are shown
	single    string // how to get something to compare with, where nothing can be sent again
	wired     bool   // the viewer has all of a body that was sent
	aside     page   // the page that comes back after a body was shown while it came; pageBody for none
	turned    bool   // the timeline is shown because there was no response to show
}

func (r *reply) set(res *result) {
	if r.result != res {
		r.words.top, r.wired = 0, false
		if r.aside != pageBody {
			r.page, r.aside = r.aside, pageBody
		}
	}
	r.result = res
	if res != nil && res.running && res.head != nil && r.page != pageBody { // of what is still coming there is nothing else to see
		r.page, r.aside = pageBody, r.page
	}
	if x := r.exchange(); x != nil && !res.running {
		switch came := x.Response() != nil; {
		case !came && r.page == pageBody:
			r.page, r.turned = pageTimeline, true
		case came && r.turned:
			r.page, r.turned = pageBody, false
		}
	}
	r.refresh()
}

func (r *reply) resize(w, h int) {
	r.w, r.h = w, h
	r.refresh()
}

// head is how many lines lie above the page: status, why, a space or nothing, tabs, rule.
func (r *reply) head() int {
	if r.previewing() {
		return len(r.coming(r.result.started)) + 2
	}
	return len(r.summary()) + 2
}

func (r *reply) exchange() *request.Exchange {
	if r.result == nil {
		return nil
	}
	return r.result.exchange
}

func (r *reply) refresh() {
	x := r.exchange()
	r.words.resize(max(r.h-r.head()-r.seek.height(), 0))
	r.body.Resize(r.w, max(r.h-r.head()-r.filter.height(), 0))
	r.bar.Resize(r.w, 1)
	if x == nil && !r.previewing() {
		return
	}
	r.bar.SetTabs(r.titles())
	r.bar.Select(int(r.page))
	if x == nil {
		return
	}
	s, v, w := r.styles, veilOf(x, r.revealed), max(r.w-2, 1)
	switch r.page {
	case pageHeaders:
		r.words.show(headerRows(s, v, x, w))
	case pageCookies:
		r.words.show(cookieRows(s, v, x, w))
	case pageTimeline:
		r.words.show(timelineRows(s, v, x, w))
	case pageTLS:
		r.words.show(tlsRows(s, v, x, w))
	case pageSent:
		r.words.show(sentRows(s, v, x, w))
	case pageTests:
		if len(r.result.checks) == 0 && r.single != "" {
			r.words.show([]string{s.Text.Muted.Render("No assertions are kept of it.")})
			break
		}
		r.words.show(testRows(s, v, r.result.checks, r.w))
	case pageDiff:
		r.words.show(r.diffRows())
	}
	r.seek.search(r.words.rows, w)
}

// reading reports whether the viewer is what is seen.
func (r *reply) reading() bool {
	if r.previewing() || r.wired {
		return true
	}
	x := r.exchange()
	return r.page == pageBody && x != nil && !r.result.running && x.Response() != nil && x.Response().Body.Size() > 0 && r.failed == nil
}

func (r *reply) typing() bool {
	if !r.reading() {
		return r.page != pageBody && r.seek.typing
	}
	return r.filter.typing || r.body.Typing()
}

// cursor returns the place of the text cursor, or nil.
func (r *reply) cursor() *tea.Cursor {
	c := r.body.Cursor()
	y := r.head()
	switch {
	case !r.reading():
		c, y = r.seek.field.Cursor(), r.h-r.seek.height()
	case r.filter.typing:
		c, y = r.filter.field.Cursor(), r.h-r.filter.height()
	}
	if c != nil {
		c.Y += y
	}
	return c
}

// paste gives text to the prompt that is open.
func (r *reply) paste(text string) tui.Intent {
	switch {
	case !r.reading():
		return r.typeSeek(tea.PasteMsg{Content: text})
	case r.filter.typing:
		return r.pressFilter(tea.PasteMsg{Content: text})
	}
	intent, _ := r.body.Update(tea.PasteMsg{Content: text})
	return intent
}

func (r *reply) focus(on bool) {
	if on {
		r.body.Focus()
		r.bar.Focus()
	} else {
		r.bar.Blur()
		r.body.Blur()
		r.filter.typing, r.seek.typing = false, false
		r.filter.field.Blur()
		r.seek.field.Blur()
	}
}

// press takes a key: the tabs first, unless a search is typed, then the page.
func (r *reply) press(k tea.KeyPressMsg) tui.Intent {
	switch {
	case r.typing() && !r.reading():
		return r.typeSeek(k)
	case r.typing() && r.filter.typing:
		return r.pressFilter(k)
	case r.typing():
		intent, _ := r.body.Update(k)
		return intent
	case r.previewing():
		r.aside = pageBody // who reads stays
		return r.read(k)
	case r.exchange() == nil:
		return tui.Pass{}
	case key.Matches(k, r.keys.TabNext):
		return r.turn(1)
	case key.Matches(k, r.keys.TabPrevious):
		return r.turn(-1)
	case key.Matches(k, r.keys.Filter, r.keys.Save, r.keys.Pager):
		return r.use(k)
	case r.canPick && key.Matches(k, r.keys.Against):
		return Against{}
	case r.reading() && key.Matches(k, r.keys.Take):
		return r.take()
	case r.reading():
		return r.read(k)
	case r.page == pageSent && key.Matches(k, r.keys.Whole):
		return r.wire()
	case r.page != pageBody && r.seekPage(k):
	case key.Matches(k, r.keys.Down):
		r.words.move(r.words.top + 1)
	case key.Matches(k, r.keys.Up):
		r.words.move(r.words.top - 1)
	case key.Matches(k, r.keys.PageDown):
		r.words.move(r.words.top + r.words.h)
	case key.Matches(k, r.keys.PageUp):
		r.words.move(r.words.top - r.words.h)
	case key.Matches(k, r.keys.Top):
		r.words.move(0)
	case key.Matches(k, r.keys.Bottom):
		r.words.move(len(r.words.rows))
	default:
		return tui.Pass{}
	}
	return nil
}

func (r *reply) wheel(msg tea.MouseWheelMsg) {
	if r.reading() {
		r.body.Mouse(msg)
	} else {
		r.words.move(r.words.top + widget.Notch(msg)*widget.WheelRows)
	}
}

// read gives a key to the body; esc ends a search, then a filter.
func (r *reply) read(k tea.KeyPressMsg) tui.Intent {
	intent, _ := r.body.Update(k)
	switch {
	case intent != (tui.Pass{}) || k.Code != tea.KeyEscape:
	case r.body.Sought():
		r.body.Forget()
		return nil
	case r.wired:
		return r.show(pageSent)
	case r.filter.on():
		return r.whole()
	}
	return intent
}

// use filters, saves or pages the body.
func (r *reply) use(k tea.KeyPressMsg) tui.Intent {
	x := r.exchange()
	switch {
	case r.result.running || x.Response() == nil || x.Response().Body.Size() == 0:
		return Say("There is no body here.")
	case key.Matches(k, r.keys.Filter) && r.body.XML():
		return Say("jq filters JSON, and this is XML: / searches it.")
	case key.Matches(k, r.keys.Save):
		return SaveBody{x}
	case key.Matches(k, r.keys.Pager):
		return r.outside(false)
	}
	r.show(pageBody)
	r.ask()
	return nil
}

// outside opens the body in the person's pager or editor.
func (r *reply) outside(edit bool) tui.Intent {
	x := r.exchange()
	if x.Response() == nil || x.Response().Body.Size() == 0 {
		return Say("There is no body here.")
	}
	return Page{x.Response().Body, suffix(request.Get(x.Response().Header, "Content-Type")), edit}
}

func (r *reply) turn(by int) tui.Intent {
	return r.show((r.page + page(by) + responsePages) % responsePages)
}

// show opens a page; the intent is the work that it needs.
func (r *reply) show(p page) tui.Intent {
	r.page, r.turned = p, false
	r.words.top = 0
	r.wired = false
	var work tui.Intent
	switch {
	case r.exchange() == nil:
	case p == pageDiff:
		work = r.compare()
	case p == pageBody && r.shown == nil && !r.result.running: // the viewer had what was sent
		work = r.fill(r.exchange())
	}
	r.refresh()
	return work
}

// keyColumn is the width of a key before what it does.
const keyColumn = 4

// tick is how often something that runs is drawn anew: the frames of a spinner.
const tick = 100 * time.Millisecond
