package workbench

import (
	"strconv"
	"strings"
	"time"

	"culprit/request"
	"culprit/tui/theme"
)

// span is one bar of the waterfall.
type span struct {
	name     string
	from, to time.Duration
	broke    bool // the exchange ended in it
}

// spans returns the phases of a hop that happened, in order.
func spans(t request.Timing) []span {
	sent := max(t.TLSDone, t.ConnectDone, t.DNSDone, t.Start)
	all := []span{
		{"dns", t.DNSStart, t.DNSDone, false},
		{"connect", t.ConnectStart, t.ConnectDone, false},
		{"tls", t.TLSStart, t.TLSDone, false},
		{"send", sent, t.Wrote, false},
		{"wait", t.Wrote, t.FirstByte, false},
		{"receive", t.FirstByte, t.Done, false},
	}
	var out []span
	for _, s := range all {
		if s.to > 0 && s.to >= s.from {
			out = append(out, s)
		}
	}
	return out
}

// phaseNames are the phases that a failure can name, as the waterfall calls them.
var phaseNames = map[request.Phase]string{request.PhaseResolve: "dns", request.PhaseConnect: "connect", request.PhaseTLS: "tls",
	request.PhaseWrite: "send", request.PhaseWait: "wait", request.PhaseRead: "receive"}

// ended are the phases of the last hop of x: where it broke off, the last is the one that was not finished, until the end
// of the exchange.
func ended(all []span, x *request.Exchange) []span {
	if x.Failure == nil || phaseNames[x.Failure.Phase] == "" {
		return all
	}
	name, from := phaseNames[x.Failure.Phase], time.Duration(0)
	for i, p := range all {
		if p.name == name {
			all = all[:i]
			from = p.from
			break
		}
		from = p.to
	}
	return append(all, span{name, from, max(x.Took, from), true})
}

// Widths of a line of the waterfall beside the bar: name, duration, spaces.
const (
	spanName = 10
	spanTook = 9
	barLeast = 10
)

// timelineRows draws the waterfall of all that went out on one scale, with what each redirect dropped.
func timelineRows(s *theme.Styles, v *veil, x *request.Exchange, w int) []string {
	total := x.Took
	for _, h := range x.Hops {
		total = max(total, h.Timing.Done)
	}
	bar := max(w-spanName-spanTook-4, barLeast)
	var out []string
	for i, h := range x.Wire() {
		out = append(out, hopTitle(s, v, i, *h, w)...)
		phases := spans(h.Timing)
		if h == x.Last() {
			phases = ended(phases, x)
		}
		for _, p := range phases {
			lead, ink := "  ", s.Text.Muted
			if p.broke {
				lead, ink = s.State.Bad.Render(s.Glyphs.Cross)+" ", s.State.Bad
			}
			out = append(out, lead+ink.Render(pad(p.name, spanName))+waterfall(s, p, total, bar)+
				s.Text.Plain.Render(strings.Repeat(" ", max(spanTook-len(request.Lapse(p.to-p.from)), 1))+request.Lapse(p.to-p.from)))
		}
		out = append(out, connection(s, *h, w)...)
		if h.Followed != nil {
			out = append(out, redirect(s, v, h.Followed, w)...)
		}
		out = append(out, "")
	}
	if len(out) == 0 {
		return []string{s.Text.Muted.Render("Nothing went out.")}
	}
	return append(out, "  "+s.Text.Muted.Render(pad("total", spanName))+strings.Repeat(" ", bar+max(spanTook-len(request.Lapse(total)), 1))+s.Text.Title.Render(request.Lapse(total)))
}

func waterfall(s *theme.Styles, p span, total time.Duration, w int) string {
	if total <= 0 {
		total = 1
	}
	from := int(int64(p.from) * int64(w) / int64(total))
	to := int(int64(p.to) * int64(w) / int64(total))
	from = min(from, w-1)
	to = min(max(to, from+1), w)
	ink := s.Text.Accent
	switch {
	case p.broke:
		ink = s.State.Bad
	case p.name == "wait":
		ink = s.State.Warn
	}
	return strings.Repeat(" ", from) + ink.Render(strings.Repeat(s.Glyphs.Block, to-from)) + strings.Repeat(" ", w-to)
}

func hopTitle(s *theme.Styles, v *veil, i int, h request.Hop, w int) []string {
	status := s.State.Bad.Render("no response")
	if h.Response != nil {
		ink, glyph := s.Status(h.Response.Status)
		status = ink.Render(glyph + " " + strconv.Itoa(h.Response.Status))
	}
	lead := s.Text.Muted.Render(strconv.Itoa(i+1)) + " " + status + "  " + s.Method(h.Sent.Method).Render(clean(h.Sent.Method)) + " "
	return hang(lead, s.Text.Title, clean(v.text(h.Sent.URL)), w)
}

func connection(s *theme.Styles, h request.Hop, w int) []string {
	var out []string
	facts := []string{}
	if h.Conn.Remote != "" {
		facts = append(facts, h.Conn.Remote)
	}
	if h.Conn.Reused {
		facts = append(facts, "connection reused")
	}
	why := ""
	switch {
	case h.Conn.Proxy != "":
		facts = append(facts, "through proxy "+h.Conn.Proxy+" ("+h.Conn.ProxyWhy+")")
	case strings.HasPrefix(h.Conn.ProxyWhy, "no proxy"):
		facts = append(facts, h.Conn.ProxyWhy)
	case h.Conn.ProxyWhy != "":
		why = "no proxy: " + h.Conn.ProxyWhy
	}
	for _, l := range []string{strings.Join(facts, ", "), why} {
		if l != "" {
			for _, l := range prose(s.Text.Faint, clean(l), w-2) {
				out = append(out, "  "+l)
			}
		}
	}
	for _, d := range h.Conn.Tried {
		if d.Err != nil {
			lead := "  " + s.State.Bad.Render(s.Glyphs.Cross) + " " + s.Text.Muted.Render(clean(d.Address)+"  "+request.Lapse(d.Took)+"  ")
			out = append(out, hang(lead, s.Text.Plain, clean(reason(d)), w)...)
		}
	}
	return out
}

// reason is why an attempt to connect failed, without what its line says already.
func reason(d request.Dial) string {
	text := d.Err.Error()
	if i := strings.LastIndex(text, d.Address+": "); d.Address != "" && i >= 0 {
		text = text[i+len(d.Address)+2:]
	}
	return strings.TrimPrefix(text, "connect: ")
}

// redirect says where a hop led, whether that is another origin, what was left behind and why it was not followed.
func redirect(s *theme.Styles, v *veil, r *request.Redirect, w int) []string {
	lead := "  " + s.State.Warn.Render(s.Glyphs.Arrow) + " " + s.Text.Muted.Render(strconv.Itoa(r.Status)+" to ")
	out := hang(lead, s.Text.Plain, clean(v.text(r.To)), w)
	badge := func(name, text string) {
		out = append(out, hang("    "+s.Frame.Badge.Render(" "+name+" ")+" ", s.Text.Plain, clean(text), w)...)
	}
	if r.Cross {
		badge("other origin", "scheme, host or port differ")
	}
	if r.Method[0] != r.Method[1] {
		badge("method", r.Method[0]+" became "+r.Method[1])
	}
	for _, d := range r.Dropped {
		badge("dropped", d)
	}
	if r.Stopped != "" {
		badge("not followed", r.Stopped)
	}
	return out
}
