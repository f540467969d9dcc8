package workbench

import (
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
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
	note     string // why nothing was sent
}

// reply is the pane that shows a response.
type reply struct {
	styles    *theme.Styles
	keys      *keys.Reply
	plain     *keys.Plain
	result    *result
	page      page
	words     scroll
	bar       *tabs.Bar
	body      *viewer.Viewer
	filter    filter
	seek      seeker
	then      *collections.Past // how it was sent before this start, nil for not at all
	contrast  contrast
	shown     *request.Exchange // whose body the viewer has
	headOf    *result           // whose beginning the viewer has or had
	headShown *request.Event    // that beginning
	failed    error             // why there is no body to read
	w, h      int
	canAsk    bool   // a diagnosis can be asked for
	canPick   bool   // another exchange to compare with can be chosen
	revealed  bool   // secrets are shown
	single    string // how to get something to compare with, where nothing can be sent again
	wired     bool   // the viewer has all of a body that was sent
	turned    bool   // the timeline is shown because there was no response to show
}

func (r *reply) set(res *result) {
	if r.result != res {
		r.words.top, r.wired = 0, false
	}
	r.result = res
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
		if r.single != "" {
			r.words.show(prose(s.Text.Muted, "The history keeps no assertions. Sent from the workbench, the request is checked again.", w))
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

func (r *reply) wheel(by int) {
	if !r.reading() {
		r.words.move(r.words.top + by)
		return
	}
	button := tea.MouseWheelDown
	if by < 0 {
		button = tea.MouseWheelUp
	}
	r.body.Mouse(tea.MouseWheelMsg{Button: button})
}

// read gives a key to the body; esc takes a filter away where the body has no use for it.
func (r *reply) read(k tea.KeyPressMsg) tui.Intent {
	intent, _ := r.body.Update(k)
	switch {
	case intent != (tui.Pass{}) || k.Code != tea.KeyEscape:
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

func (r *reply) lines(now time.Time) []string {
	s := r.styles
	switch {
	case r.result == nil:
		return r.unsent()
	case r.result.running && !r.previewing():
		return r.progress(now)
	case r.result.exchange == nil && !r.result.running:
		out := []string{" " + s.State.Bad.Render(s.Glyphs.Cross+" Not sent"), ""}
		for _, l := range frame.Wrap(clean(r.result.note), max(r.w-2, 10)) {
			out = append(out, " "+l)
		}
		return out
	}
	summary, bar := r.summary(), r.bar.View()
	if r.previewing() {
		summary = r.coming(now)
	}
	out := append(summary, bar, rule(s, r.w))
	if r.page == pageBody || r.wired {
		return append(out, r.bodyLines()...)
	}
	end := min(r.words.top+r.words.h, len(r.words.rows))
	for i := min(r.words.top, end); i < end; i++ {
		out = append(out, " "+ansi.Truncate(r.seek.mark(r.words.rows[i], i, s.Frame.Match), max(r.w-2, 0), s.Glyphs.Ellipsis))
	}
	if r.seek.on() {
		out = append(frame.Fit(out, r.w, r.h-1), r.seek.line(s, r.w))
	}
	return out
}

// unsent says what can be done with a request that was not sent yet.
func (r *reply) unsent() []string {
	s := r.styles
	row := func(b key.Binding, words string) string {
		return " " + s.Text.Key.Render(pad(b.Help().Key, keyColumn)) + s.Text.Muted.Render(words)
	}
	out := []string{" " + s.Text.Muted.Render("Nothing sent yet."), "", row(r.plain.Send, "sends the request")}
	if p := r.then; p != nil {
		ink, glyph := s.Ended(p.Status, p.Status == 0, false)
		status := "no response"
		if p.Status > 0 {
			status = strconv.Itoa(p.Status)
		}
		out = []string{" " + s.Text.Muted.Render("Sent "+p.At.Format("Jan 2 15:04")+": ") + ink.Render(glyph+" "+status) + s.Text.Muted.Render("  "+request.Lapse(p.Took)), "",
			row(r.plain.History, "shows what came back"), row(r.plain.Send, "sends it again")}
	}
	if r.canAsk {
		out = append(out, row(r.plain.Diagnose, "finds out why, if it fails"))
	}
	return out
}

// keyColumn is the width of a key before what it does.
const keyColumn = 4

// scroll is what is seen of the page, and how many lines lie above it.
func (r *reply) scroll() (widget.Scroll, int) {
	switch {
	case r.exchange() == nil, r.result.running && !r.previewing():
		return widget.Scroll{}, 0
	case r.reading():
		return r.body.Scroll(), r.head()
	case r.page == pageBody:
		return widget.Scroll{}, 0
	}
	return r.words.seen(), r.head()
}

// bodyLines is the page of the body.
func (r *reply) bodyLines() []string {
	s := r.styles
	switch {
	case r.failed != nil:
		return []string{" " + s.State.Bad.Render(s.Glyphs.Cross+" The body cannot be read: ") + clean(r.failed.Error())}
	case !r.reading():
		return []string{" " + s.Text.Muted.Render("No body.")}
	}
	return append(strings.Split(r.body.View(), "\n"), r.filterLines()...)
}

// summary is the status line, and for a failure the line that says in plain words what failed.
func (r *reply) summary() []string {
	x := r.exchange()
	if x == nil {
		return []string{""}
	}
	s := r.styles
	ink, glyph := s.Ended(x.Status(), x.Failure != nil, stopped(x))
	var facts []string
	status := "No response"
	if res := x.Response(); res != nil {
		status = strings.TrimSpace(strconv.Itoa(res.Status) + " " + clean(res.Reason))
		facts = append(facts, request.Lapse(x.Took), size(res.Body.Size()))
	} else {
		facts = append(facts, request.Lapse(x.Took))
	}
	if n := len(x.Hops); n > 1 {
		facts = append(facts, plural(n-1, "redirect"))
	}
	if res := x.Response(); res != nil {
		facts = append(facts, protocol(res.Proto))
	}
	for i, f := range facts {
		facts[i] = s.Text.Muted.Render(f)
	}
	if mark, all := held(r.result.checks); mark != "" && !all {
		facts = append(facts, s.State.Bad.Render(s.Glyphs.Cross+" tests "+mark))
	} else if mark != "" {
		facts = append(facts, s.State.Good.Render(s.Glyphs.Tick+" tests "+mark))
	}
	why := plainWords(x)
	if why == "" && r.result.doubt != "" {
		why = "Its status is a success, but " + veilOf(x, r.revealed).text(r.result.doubt) + "."
	}
	hint := ""
	if why != "" && r.canAsk {
		hint = "  " + s.Text.Key.Render(r.plain.Diagnose.Help().Key) + s.Text.Muted.Render(" diagnose ")
	}
	room := r.w - ansi.StringWidth(hint)
	first := frame.Line(fitting(" "+ink.Bold(true).Render(glyph+" "+status)+" ", facts, room), room) + hint
	if x.Failure != nil { // its words may quote what was sent
		why = veilOf(x, r.revealed).text(why)
	}
	odd := oddWords(x.Response())
	if odd != "" {
		odd = frame.Line(" "+s.State.Warn.Render("! "+clean(odd)), r.w)
	}
	if why == "" {
		return []string{first, odd}
	}
	out := []string{first}
	for _, l := range frame.Wrap(clean(why), max(r.w-2, 10)) {
		out = append(out, " "+s.Text.Plain.Render(l))
	}
	return append(out, odd)
}

// fitting adds facts to a line while there is room for the whole of each.
func fitting(line string, facts []string, w int) string {
	for _, f := range facts {
		if ansi.StringWidth(line)+2+ansi.StringWidth(f) <= w {
			line += "  " + f
		}
	}
	return line
}

// progress is what is seen while a request is on its way.
func (r *reply) progress(now time.Time) []string {
	s := r.styles
	spin := s.Glyphs.Spin
	since := max(now.Sub(r.result.started), 0)
	frame := spin[int(since/tick)%len(spin)]
	out := []string{" " + s.State.Busy.Render(frame+" Sending") + "   " + s.Text.Muted.Render(request.Lapse(since)) + "   " +
		s.Text.Key.Render("ctrl+c") + s.Text.Muted.Render(" cancels"), ""}
	for _, e := range r.result.events {
		if e.Kind == request.BodyProgress {
			continue
		}
		out = append(out, " "+s.State.Good.Render(s.Glyphs.Tick)+" "+
			s.Text.Muted.Render(pad(happened(e.Kind), 11)+pad(request.Lapse(e.At), 9))+" "+clean(e.Text))
	}
	if n := len(r.result.events); n > 0 && r.result.events[n-1].Kind == request.BodyProgress {
		out = append(out, "   "+s.Text.Muted.Render("body       "+size(r.result.events[n-1].Size)))
	}
	return out
}

// happened says an event in a word.
func happened(k request.EventKind) string {
	switch k {
	case request.HopStarted:
		return "request"
	case request.Wrote:
		return "sent"
	}
	return string(k)
}

// tick is how often something that runs is drawn anew: the frames of a spinner.
const tick = 100 * time.Millisecond

func pad(s string, n int) string { return s + strings.Repeat(" ", max(n-len(s), 1)) }

func (r *reply) titles() []tabs.Tab {
	out := make([]tabs.Tab, responsePages)
	for i, n := range pageNames {
		out[i] = tabs.Tab{Label: n, Role: widget.Muted}
	}
	x := r.exchange()
	if res := x.Response(); res != nil {
		out[pageHeaders].Mark = strconv.Itoa(len(res.Header))
		if n := len(cookies(x)); n > 0 {
			out[pageCookies].Mark = strconv.Itoa(n)
		}
	}
	if mark, all := held(r.result.checks); mark != "" {
		out[pageTests].Mark = mark
		if !all {
			out[pageTests].Role = widget.Bad
		}
	}
	return out
}
