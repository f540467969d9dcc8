package wizard

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// A row is one line of the map: a heading, an element, a line of the body, or a fold.
type row struct {
	id     diagnose.ElementID // "" for what stands for no element
	kind   rowKind
	label  string // drawable
	value  string // drawable
	json   []token
	indent int  // of a line of the body
	hidden int  // rows behind a fold
	whole  bool // the label goes before the value where both have no room
}

type rowKind int

const (
	heading rowKind = iota
	part
	bodyLine
	fold
)

// rows draws the request up, every element of it, in the order in which it goes out; what is suspected and not in the
// request comes last, so that nothing above it moves when it turns up. A long body is folded around what is suspect
// unless all of it fits into room rows.
func (z *Wizard) rows(room int) []row {
	x := z.board.index
	var out []row
	group := func(title, note string, rows []row) {
		if len(rows) == 0 {
			return
		}
		if len(out) > 0 {
			out = append(out, row{})
		}
		out = append(out, row{kind: heading, label: title, value: note})
		out = append(out, rows...)
	}
	group("Request", "", z.lineRows(x))
	byKind := map[string][]row{}
	for _, e := range x.Elements {
		kind, name, _ := e.ID.Cut()
		if kind == "query" || kind == "header" || kind == "cookie" {
			note := z.text.line(e.Text)
			if e.Secret {
				note = z.text.value(e.ID, e.Text)
			}
			byKind[kind] = append(byKind[kind], row{id: e.ID, kind: part, label: z.text.line(name), value: note})
		}
	}
	group("Query", "", byKind["query"])
	if e, ok := x.Get("auth"); ok {
		group("Credentials", "", []row{{id: "auth", kind: part, label: z.authName(), value: z.text.value("auth", e.Text)}})
	}
	group("Headers", "", byKind["header"])
	group("Cookies", "", byKind["cookie"])
	body := z.body
	before := len(out) + groupHead
	missing := z.absent(func(id diagnose.ElementID) bool { return !onTheWay(id) })
	way := z.absent(onTheWay)
	for _, late := range [][]row{missing, way} {
		if len(late) > 0 {
			room -= groupHead + len(late)
		}
	}
	if !z.unfold && before+len(body) > room {
		body = foldedInto(room-before, body, func(id diagnose.ElementID) bool { l, _ := z.board.of(id); return l.hot() })
	}
	group("Body", bodyNote(z.request()), body)
	group("Not in the request", "", missing)
	group("On the way", "", way)
	return out
}

// groupHead is the gap before a group, and its heading.
const groupHead = 2

// authName says where the credentials stand.
func (z *Wizard) authName() string {
	if s := z.request().Auth.Scheme; s != "" {
		return z.text.line(s)
	}
	return "Authorization"
}

func bodyNote(r request.Request) string {
	t := request.Get(r.Header, "Content-Type")
	if t == "" {
		t = r.Body.Type
	}
	return t
}

// lineRows are method and URL. The row of the path is that of its most suspect segment, where one is.
func (z *Wizard) lineRows(x *element.Index) []row {
	names := map[diagnose.ElementID]string{"method": "method", "url.scheme": "scheme", "url.host": "host", "url.port": "port",
		"url.path": "path", "url.fragment": "fragment"}
	var out []row
	for _, e := range x.Elements {
		if name, ok := names[e.ID]; ok {
			out = append(out, row{id: e.ID, kind: part, label: name, value: z.text.line(e.Text)})
		}
	}
	for i := range out {
		if out[i].id == "url.path" {
			z.pointAt(&out[i], x)
		}
	}
	return out
}

// pointAt makes the row of the path that of its most suspect segment, which stands behind its name.
func (z *Wizard) pointAt(path *row, x *element.Index) {
	worst, most := z.board.of("url.path")
	for _, e := range x.Elements {
		n, ok := e.ID.Segment()
		if l, p := z.board.of(e.ID); ok && l.hot() && (l > worst || l == worst && p > most) {
			worst, most = l, p
			path.id, path.label = e.ID, "path ["+strconv.Itoa(n)+"]"
		}
	}
}

// absent are the elements that were suspected once and that the request does not have. One that is cleared keeps its row.
func (z *Wizard) absent(want func(diagnose.ElementID) bool) []row {
	var out []row
	for _, id := range z.board.absent {
		if !want(id) {
			continue
		}
		why := z.board.why(id)
		if why == "" && !onTheWay(id) {
			why = "missing"
		}
		out = append(out, row{id: id, kind: part, label: z.text.line(string(id)), value: z.text.line(why), whole: true})
	}
	return out
}

// onTheWay reports whether id is a part of how a request travels.
func onTheWay(id diagnose.ElementID) bool {
	kind, _, found := id.Cut()
	if found {
		return false
	}
	kind, _, _ = strings.Cut(kind, ".")
	switch kind {
	case "dns", "tcp", "tls", "proxy", "redirect", "timeout", "http_version", "server", "ip_family":
		return true
	}
	return false
}

// rowWidth is how far to the right the word of a row stands at most: the eye has to find its way to it.
const rowWidth = 100

// labelWidth is the least column of names; the longest name widens it up to a share of the row.
const (
	labelWidth = 10
	labelShare = 3 // a third
)

func (z *Wizard) label(w int) int {
	n := labelWidth
	for _, r := range z.shown {
		if r.kind == part && !r.whole {
			n = max(n, ansi.StringWidth(r.label)+2)
		}
	}
	return min(n, max(w/labelShare, labelWidth))
}

// drawRow draws one row of the map, w cells wide.
func (z *Wizard) drawRow(r row, w, label int, chosen bool) string {
	s := z.styles
	switch r.kind {
	case heading:
		if r.label == "" {
			return ""
		}
		return " " + s.Text.Title.Render(r.label) + "  " + s.Text.Faint.Render(z.text.line(r.value))
	case fold:
		return choose(s, "    "+strings.Repeat("  ", r.indent)+s.Text.Muted.Render(fmt.Sprintf("%s %d more", s.Glyphs.Ellipsis, r.hidden)), w, chosen)
	}
	if r.whole {
		label = max(label, ansi.StringWidth(r.label)+2)
	}
	l, p := z.board.of(r.id)
	if r.id == "" && z.board.proved {
		l = cleared // a closing bracket fades with what it closes
	}
	st := l.style(s)
	text := ""
	switch {
	case r.kind == bodyLine && l == open:
		text = strings.Repeat("  ", r.indent) + drawTokens(s, r.json)
	case r.kind == bodyLine:
		text = strings.Repeat("  ", r.indent) + st.Render(plainTokens(r.json))
	case l == open:
		text = s.Text.Label.Render(pad(r.label, label)) + r.value
	case l.hot(): // the name alone: what is said of it stays readable
		text = st.Render(r.label) + strings.Repeat(" ", max(label-ansi.StringWidth(r.label), 1)) + s.Text.Plain.Render(r.value)
	default:
		text = st.Render(pad(r.label, label) + r.value)
	}
	gutter, word := "   ", ""
	if r.id != "" {
		ink := st
		if l == culprit {
			ink = s.State.Bad // the name alone is reversed
			gutter = " " + ink.Render(s.Glyphs.Mark+bar(s, l, p))
		} else {
			if l == open {
				ink = s.Text.Faint
			}
			gutter = "  " + ink.Render(bar(s, l, p))
		}
		if !r.opens() || l.hot() {
			word = ink.Render(l.word())
		}
	}
	return choose(s, ends(gutter+" "+text, word, min(w, rowWidth)), w, chosen)
}
