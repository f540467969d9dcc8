package workbench

import (
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"culprit/request"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
	"culprit/tui/widget/tabs"
)

func (r *reply) lines(now time.Time) []string {
	s := r.styles
	switch {
	case r.result == nil:
		return r.unsent()
	case r.result.running && !r.previewing():
		return r.progress(now, r.w)
	case r.result.exchange == nil && !r.result.running:
		out := []string{" " + s.State.Bad.Render(s.Glyphs.Cross+" Not sent"), ""}
		for reason := range strings.Lines(r.result.note) {
			out = append(out, prosed(" ", s.Text.Plain.Render, clean(strings.TrimSuffix(reason, "\n")), r.w-1)...)
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
		out = append(out, " "+ansi.Truncate(r.seek.mark(r.words.rows[i], i, &s.Frame), max(r.w-2, 0), s.Glyphs.Ellipsis))
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
		ink, glyph := s.Ended(p.Status, p.Cause != "" || p.Status == 0 || p.Unmet(), p.Stopped())
		status := "no response"
		if p.Status > 0 {
			status = strconv.Itoa(p.Status)
		}
		if p.Unmet() {
			status += ", a test failed"
		}
		out = []string{" " + s.Text.Muted.Render("Sent "+p.At.Format("Jan 2 15:04")+": ") + ink.Render(glyph+" "+status) + s.Text.Muted.Render("  "+request.Lapse(p.Took)), "",
			row(r.plain.History, "shows what came back"), row(r.plain.Send, "sends it again")}
	}
	if r.canAsk {
		out = append(out, row(r.plain.Diagnose, "finds out why, if it fails"))
	}
	if about := strings.TrimSpace(r.about); about != "" {
		out = append(out, "", " "+s.Text.Title.Render("About this request"))
		for l := range strings.Lines(about) {
			if len(out) >= r.h { // documentation may be long, and every request that is passed is drawn
				break
			}
			out = append(out, prosed(" ", s.Text.Muted.Render, clean(strings.TrimRight(l, "\n")), r.w-1)...)
		}
	}
	return out
}

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

// foot is what stands in the border below the page: of a body where the cursor is or what is wrong, and how far it is; else
// which lines are seen.
func (r *reply) foot() (note, place string) {
	s := r.styles
	if scroll, _ := r.scroll(); !r.reading() {
		return "", s.Text.Muted.Render(scroll.Range())
	}
	f := r.body.Foot()
	place = s.Text.Muted.Render(clean(f.Tally))
	if f.Wrong {
		return s.State.Bad.Render(clean(f.Where)), place
	}
	if where := clean(f.Where); strings.HasPrefix(where, ".") || strings.HasPrefix(where, "/") { // a path
		return s.Text.Muted.Render(frame.Tail(where, frame.NoteRoom(r.w+2, place), s.Glyphs.Ellipsis)), place
	}
	return s.Text.Muted.Render(clean(f.Where)), place
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
	status := "No response"
	if res := x.Response(); res != nil {
		status = strings.TrimSpace(strconv.Itoa(res.Status) + " " + clean(res.Reason))
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
	first := frame.Line(fitting(" "+ink.Bold(true).Render(glyph+" "+status)+" ", r.facts(x), room), room) + hint
	if x.Failure != nil { // its words may quote what was sent
		why = veilOf(x, r.revealed).text(why)
	}
	out := []string{first}
	if why != "" {
		for _, l := range frame.Wrap(clean(why), max(r.w-2, 10)) {
			out = append(out, " "+s.Text.Plain.Render(l))
		}
	}
	out = append(out, r.quoted(x)...)
	for _, odd := range []string{lostWords(x), oddWords(x.Response())} {
		if odd == "" {
			continue
		}
		lead := " " + s.State.Warn.Render("!") + " "
		for _, l := range prose(s.State.Warn, clean(odd), max(r.w-4, 10)) {
			out = append(out, lead+l)
			lead = "   "
		}
	}
	if len(out) == 1 || why != "" {
		out = append(out, "")
	}
	return out
}

// facts stand beside the status: how long it took, how much came, over how many hops and by which protocol, and whether the
// tests hold.
func (r *reply) facts(x *request.Exchange) []string {
	s, out := r.styles, []string{request.Lapse(x.Took)}
	res := x.Response()
	if res != nil {
		out = append(out, size(res.Body.Size()))
	}
	if n := len(x.Hops); n > 1 {
		out = append(out, plural(n-1, "redirect"))
	}
	if res != nil {
		out = append(out, protocol(res.Proto))
	}
	for i, f := range out {
		out[i] = s.Text.Muted.Render(f)
	}
	if mark, all := held(r.result.checks); mark != "" && !all {
		out = append(out, s.State.Bad.Render(s.Glyphs.Cross+" tests "+mark))
	} else if mark != "" {
		out = append(out, s.State.Good.Render(s.Glyphs.Tick+" tests "+mark))
	}
	return out
}

// quotedLines is how many lines the words of a server take at most; all of them are in its body.
const quotedLines = 2

// quoted is what the server says of the failure in its own words.
func (r *reply) quoted(x *request.Exchange) []string {
	said := clean(veilOf(x, r.revealed).text(r.result.said))
	if said == "" {
		return nil
	}
	s, lead := r.styles, " The answer says: "
	room := max(r.w-len(lead)-1, 10)
	lines := frame.Wrap(said, room)
	if len(lines) > quotedLines {
		lines = lines[:quotedLines]
		lines[quotedLines-1] = ansi.Truncate(lines[quotedLines-1], room-1, "") + s.Glyphs.Ellipsis
	}
	for i, l := range lines {
		lines[i] = s.Text.Muted.Render(lead) + s.Text.Title.Render(l)
		lead = strings.Repeat(" ", len(lead))
	}
	return lines
}

// cancels says which key ends what runs.
func (r *reply) cancels() string {
	return r.styles.Text.Key.Render(r.stop.Help().Key) + r.styles.Text.Muted.Render(" cancels")
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
func (r *reply) progress(now time.Time, w int) []string {
	s := r.styles
	spin := s.Glyphs.Spin
	since := max(now.Sub(r.result.started), 0)
	frame := spin[int(since/tick)%len(spin)]
	out := []string{" " + s.State.Busy.Render(frame+" Sending") + "   " + s.Text.Muted.Render(request.Lapse(since)) + "   " +
		r.cancels(), ""}
	for _, e := range r.result.events {
		switch e.Kind {
		case request.BodyProgress:
			continue
		case request.SignIn: // all of the address has to be read, or selected
			for _, l := range prose(s.Text.Plain, "Sign in: open this address in a browser. It is in the clipboard.", w-3) {
				out = append(out, "   "+l)
			}
			out = append(out, hang("   ", s.Text.Accent, clean(e.Text), w)...)
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
