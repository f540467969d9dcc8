package history

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/request"
	"culprit/request/safe"
	"culprit/tui/keys"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// listHead is how many lines of the list lie above its rows: the search and a rule.
const listHead = 2

// View implements tui.Part.
func (h *History) View() string {
	var blocks []string
	if r := h.at.List; !r.Empty() {
		f := frame.Frame{Title: h.title(), Right: h.total(), Foot: h.place(), Focused: !h.focus, From: listHead,
			Scroll: widget.Scroll{Top: h.list.top, Seen: h.list.h, All: max(h.list.count, len(h.list.rows))}}
		blocks = append(blocks, f.Draw(h.opt.Styles, r.W, r.H, h.lines(r.Inside().W)))
	}
	if r := h.at.Reader; !r.Empty() {
		f := frame.Frame{Title: h.reading(), Focused: h.focus}
		f.Scroll, f.From = h.opt.Reader.Scroll()
		f.Note, f.Foot = h.opt.Reader.Foot()
		blocks = append(blocks, f.Draw(h.opt.Styles, r.W, r.H, strings.Split(h.opt.Reader.View(), "\n")))
	}
	return strings.Join(blocks, "\n")
}

func (h *History) title() string {
	s := h.opt.Styles
	ink := s.Frame.TitleFocus
	if h.focus {
		ink = s.Frame.Title
	}
	where := "this collection"
	if h.all {
		where = "all collections"
	}
	return ink.Render("History") + s.Text.Muted.Render("  "+where)
}

// wrong is why there is nothing to show, "" when there is.
func (h *History) wrong() string { return cmp.Or(h.fault, h.mute) }

// total is how many were found.
func (h *History) total() string {
	n := h.list.count
	switch {
	case n < 0 || h.wrong() != "":
		return ""
	case n == 1:
		return h.opt.Styles.Text.Muted.Render("1 exchange")
	}
	return h.opt.Styles.Text.Muted.Render(thousands(n) + " exchanges")
}

// place is where the cursor is, and what is marked.
func (h *History) place() string {
	s := h.opt.Styles
	out := ""
	if n := len(h.marks); n > 0 {
		out = s.State.Warn.Render(fmt.Sprintf("%s %d marked", s.Glyphs.Dot, n))
	}
	if len(h.list.rows) > h.list.h {
		if out != "" {
			out += "  "
		}
		out += s.Text.Muted.Render(thousands(h.list.at+1) + "/" + thousands(max(h.list.count, len(h.list.rows))))
	}
	return out
}

// reading names the exchange that is open.
func (h *History) reading() string {
	s := h.opt.Styles
	ink := s.Frame.Title
	if h.focus {
		ink = s.Frame.TitleFocus
	}
	p := h.open
	if p.ID == "" {
		return ink.Render("Exchange")
	}
	return ink.Render("Exchange") + "  " + s.Method(p.Method).Render(clean(p.Method)) + " " + clean(target(p.URL)) + "  " + s.Text.Muted.Render(h.when(p.At))
}

// lines are the search and the rows below it.
func (h *History) lines(w int) []string {
	s := h.opt.Styles
	out := []string{" " + h.field.View(), s.Frame.Border.Render(strings.Repeat(s.Glyphs.Border.Top, max(w, 0)))}
	switch {
	case h.wrong() != "":
		return append(out, " "+s.State.Bad.Render(s.Glyphs.Cross+" ")+clean(h.wrong()))
	case len(h.list.rows) == 0 && h.list.loading:
		return out
	case len(h.list.rows) == 0 && h.list.wanted == "":
		return append(out, " "+s.Text.Muted.Render("Nothing was sent yet."))
	case len(h.list.rows) == 0:
		all, how := s.Text.Key.Render("esc")+s.Text.Muted.Render(" shows all, "), h.opt.Keys.Plain.Help
		if h.Typing() { // esc ends the typing, and a question mark is typed
			all, how = "", h.opt.Keys.Chord.Help
		}
		return append(out, " "+s.Text.Muted.Render("Nothing was found. ")+all+s.Text.Key.Render(how.Help().Key)+s.Text.Muted.Render(" says how to search."))
	}
	c := columnsOf(w, h.widest())
	for i := h.list.top; i < len(h.list.rows) && i < h.list.top+h.list.h; i++ {
		l := frame.Line(h.row(h.list.rows[i], c), w)
		if i == h.list.at {
			if h.focus {
				l = theme.Onto(s.Frame.SelectedBlurred, l)
			} else {
				l = s.Select(l)
			}
		}
		out = append(out, l)
	}
	return out
}

// columns are the widths of the list. The name of the request is left out where the URL would have too little room.
type columns struct{ when, status, method, url, took, name int }

// widest is the width of the times that are seen.
func (h *History) widest() int {
	w := 0
	for _, p := range h.list.rows[min(h.list.top, len(h.list.rows)):min(h.list.top+h.list.h, len(h.list.rows))] {
		w = max(w, len(h.when(p.At)))
	}
	return w
}

// Widths that are fixed: a status with its word, the longest usual method, "120.0 s".
const (
	statusWidth = 21
	statusLeast = 17
	methodWidth = 7
	tookWidth   = 8
	nameWidth   = 26
	nameShare   = 6 // of the width, where that is more
	nameFrom    = 110
)

func columnsOf(w, when int) columns {
	c := columns{when: when + 1, status: statusWidth, method: methodWidth, took: tookWidth}
	if w >= nameFrom {
		c.name = max(nameWidth, w/nameShare)
	} else {
		c.status = statusLeast
	}
	c.url = max(w-3-c.when-c.status-c.method-c.took-c.name-4, 8)
	return c
}

// row draws one exchange.
func (h *History) row(p collections.Past, c columns) string {
	s := h.opt.Styles
	sign := " "
	if h.marked(p) >= 0 {
		sign = s.State.Warn.Render(s.Glyphs.Dot)
	}
	ink, glyph := s.Ended(p.Status, p.Cause != "" || p.Unmet(), p.Stopped())
	status := glyph + " " + statusWords(p)
	if p.Status > 0 && ansi.StringWidth(status) >= c.status {
		status = glyph + " " + strconv.Itoa(p.Status) // its word is cut by nobody
	}
	cell := func(text string, w int) string { return frame.Line(ansi.Truncate(text, w-1, s.Glyphs.Ellipsis), w) }
	out := " " + sign + " " + s.Text.Muted.Render(cell(h.when(p.At), c.when)) + " " + ink.Render(cell(clean(status), c.status)) + " " +
		s.Method(p.Method).Render(cell(clean(p.Method), c.method)) + " " + cell(within(clean(target(p.URL)), s.Glyphs.Ellipsis, c.url-1), c.url) +
		s.Text.Muted.Render(fmt.Sprintf("%*s", c.took, request.Lapse(p.Took)))
	if c.name > 0 {
		out += "  " + cell(s.Text.Label.Render(ending(clean(p.Entry), s.Glyphs.Ellipsis, c.name-2)), c.name-1)
	}
	return out
}

// recent is until when the day of an exchange is plain without its year.
const recent = 300 * 24 * time.Hour

// when is the time of an exchange: that of the day for today, with the day before that, the date for long ago.
func (h *History) when(at time.Time) string {
	now := h.opt.Now()
	at = at.In(now.Location())
	switch {
	case at.Format(time.DateOnly) == now.Format(time.DateOnly):
		return at.Format("15:04:05")
	case now.Sub(at) < recent:
		return at.Format("Jan _2 15:04")
	}
	return at.Format("2006-01-02")
}

// target is the host and the path of a URL, with its query.
func target(raw string) string {
	if _, rest, ok := strings.Cut(raw, "://"); ok {
		raw = rest
	}
	return raw
}

// ending leaves folders out where there is no room for all of a path: the name tells most.
func ending(path, ellipsis string, w int) string {
	short := path
	for ansi.StringWidth(short) > w {
		_, rest, ok := strings.Cut(strings.TrimPrefix(short, ellipsis+"/"), "/")
		if !ok {
			break
		}
		short = ellipsis + "/" + rest
	}
	return short
}

// within leaves the host of an address out where there is no room for all of it: the path tells more.
func within(addr, ellipsis string, w int) string {
	if i := strings.IndexByte(addr, '/'); i > 0 && ansi.StringWidth(addr) > w {
		return ellipsis + addr[i:]
	}
	return addr
}

// words are what the statuses that one meets mean, short (RFC 9110 §15).
var words = map[int]string{
	200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 206: "Partial", 301: "Moved", 302: "Found", 303: "See Other",
	304: "Not Modified", 307: "Redirect", 308: "Redirect", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
	405: "Bad Method", 406: "Not Acceptable", 408: "Timeout", 409: "Conflict", 410: "Gone", 412: "Precondition", 413: "Too Large",
	415: "Media Type", 422: "Unprocessable", 429: "Too Many", 500: "Server Error", 501: "Not Implem.", 502: "Bad Gateway",
	503: "Unavailable", 504: "Gateway Time.",
}

// statusWords is the status with its word, or what kept a response from coming.
func statusWords(p collections.Past) string {
	switch {
	case p.Unmet():
		return strconv.Itoa(p.Status) + " test fails"
	case p.Status > 0:
		return strings.TrimSpace(strconv.Itoa(p.Status) + " " + words[p.Status])
	}
	_, cause, _ := strings.Cut(p.Cause, " ")
	if cause == "" {
		return "no response"
	}
	return strings.ReplaceAll(cause, "_", " ")
}

// thousands writes a number with a comma in every thousand.
func thousands(n int) string {
	t := strconv.Itoa(n)
	for i := len(t) - 3; i > 0; i -= 3 {
		t = t[:i] + "," + t[i:]
	}
	return t
}

// clean is the way of untrusted text to the screen.
func clean(text string) string { return safe.Line(text).String() }

// Keys implements tui.Part: what works now, the most useful first.
func (h *History) Keys() []key.Binding {
	b, o := h.opt.Keys.History, h.opt.Keys.Overlay
	switch {
	case h.field.Typing():
		return []key.Binding{keys.As(o.Accept, "to the list"), keys.As(b.Back, "keep it"), keys.Both(o.Up, o.Down, "move")}
	case h.opt.Reader.Typing() && h.focus:
		return h.opt.Reader.Keys()
	case h.focus:
		own := append(h.opt.Reader.Keys(), b.Diagnose, b.Edit)
		if slices.ContainsFunc(own, func(k key.Binding) bool { return slices.Contains(k.Keys(), "esc") }) {
			return own // first it ends what is done with the answer
		}
		return append([]key.Binding{keys.As(b.Back, "list")}, own...)
	}
	out := []key.Binding{b.Search}
	p, ok := h.list.current()
	if ok {
		out = append(out, b.Open, b.Again, b.Edit)
		if !p.Passed {
			out = append(out, b.Diagnose)
		}
		out = append(out, b.Mark, b.Compare, b.Export, b.CopyCurl, h.opt.Keys.Plain.Sent)
	}
	back := b.Back
	if h.field.Value() != "" {
		back = keys.As(back, "all again")
	}
	all := b.All
	if h.all {
		all = keys.As(all, "this collection")
	}
	if ok && p.Entry != "" {
		out = append(out, b.Same)
	}
	return append(out, all, back)
}
