package workbench

import (
	"crypto/tls"
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
}

// spans returns the phases of a hop that happened, in order.
func spans(t request.Timing) []span {
	sent := max(t.TLSDone, t.ConnectDone, t.DNSDone, t.Start)
	all := []span{
		{"dns", t.DNSStart, t.DNSDone},
		{"connect", t.ConnectStart, t.ConnectDone},
		{"tls", t.TLSStart, t.TLSDone},
		{"send", sent, t.Wrote},
		{"wait", t.Wrote, t.FirstByte},
		{"receive", t.FirstByte, t.Done},
	}
	var out []span
	for _, s := range all {
		if s.to > 0 && s.to >= s.from {
			out = append(out, s)
		}
	}
	return out
}

// Widths of a line of the waterfall beside the bar: name, duration, spaces.
const (
	spanName = 10
	spanTook = 9
	barLeast = 10
)

// timelineRows draws the waterfall of all hops on one scale, with what each redirect dropped.
func timelineRows(s *theme.Styles, v *veil, x *request.Exchange, w int) []string {
	total := x.Took
	for _, h := range x.Hops {
		total = max(total, h.Timing.Done)
	}
	bar := max(w-spanName-spanTook-6, barLeast)
	var out []string
	for i, h := range x.Hops {
		out = append(out, hopTitle(s, v, i, h))
		for _, p := range spans(h.Timing) {
			out = append(out, "  "+s.Text.Muted.Render(pad(p.name, spanName))+waterfall(s, p, total, bar)+
				s.Text.Plain.Render(strings.Repeat(" ", max(spanTook-len(took(p.to-p.from)), 1))+took(p.to-p.from)))
		}
		out = append(out, connection(s, h)...)
		if h.Followed != nil {
			out = append(out, redirect(s, v, h.Followed)...)
		}
		out = append(out, "")
	}
	if len(out) == 0 {
		return []string{s.Text.Muted.Render("nothing went out")}
	}
	return append(out, "  "+s.Text.Muted.Render(pad("total", spanName))+strings.Repeat(" ", bar+max(spanTook-len(took(total)), 1))+s.Text.Title.Render(took(total)))
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
	if p.name == "wait" {
		ink = s.State.Warn
	}
	return strings.Repeat(" ", from) + ink.Render(strings.Repeat(s.Glyphs.Block, to-from)) + strings.Repeat(" ", w-to)
}

func hopTitle(s *theme.Styles, v *veil, i int, h request.Hop) string {
	status := s.State.Bad.Render("no response")
	if h.Response != nil {
		ink, glyph := s.Status(h.Response.Status)
		status = ink.Render(glyph + " " + strconv.Itoa(h.Response.Status))
	}
	return s.Text.Muted.Render(strconv.Itoa(i+1)) + " " + status + "  " + s.Method(h.Sent.Method).Render(clean(h.Sent.Method)) + " " +
		s.Text.Title.Render(clean(v.text(h.Sent.URL)))
}

func connection(s *theme.Styles, h request.Hop) []string {
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
			out = append(out, "  "+s.Text.Faint.Render(clean(l)))
		}
	}
	for _, d := range h.Conn.Tried {
		if d.Err != nil {
			out = append(out, "  "+s.State.Bad.Render(s.Glyphs.Cross)+" "+s.Text.Muted.Render(clean(d.Address)+"  "+took(d.Took)+"  ")+clean(reason(d)))
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

// redirect says where a hop led and what was left behind.
func redirect(s *theme.Styles, v *veil, r *request.Redirect) []string {
	out := []string{"  " + s.State.Warn.Render(s.Glyphs.Arrow) + " " + s.Text.Muted.Render(strconv.Itoa(r.Status)+" to ") + clean(v.text(r.To))}
	if r.Method[0] != r.Method[1] {
		out = append(out, "    "+s.Frame.Badge.Render(" method ")+" "+clean(r.Method[0]+" became "+r.Method[1]))
	}
	for _, d := range r.Dropped {
		out = append(out, "    "+s.Frame.Badge.Render(" dropped ")+" "+clean(d))
	}
	if r.Cross {
		out = append(out, "    "+s.Text.Muted.Render("to another origin"))
	}
	return out
}

func tlsVersion(v uint16) string { return tls.VersionName(v) }

func cipher(c uint16) string { return tls.CipherSuiteName(c) }
