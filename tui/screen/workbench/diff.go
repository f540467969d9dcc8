package workbench

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/request"
	"culprit/request/delta"
	"culprit/request/secret"
	"culprit/request/xmltext"
	"culprit/tui"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// contrast is what differs between the last two exchanges of a request; it is the last message of comparing them, too.
type contrast struct {
	of, before *request.Exchange
	sent       []delta.Change // of the bodies that went out
	changes    []delta.Change // of those that came back
	written    bool           // those that came back are the same, and written differently
	err        error
	ready      bool
}

// compare returns the work of comparing the bodies, nil when that is done or there is nothing to compare.
func (r *reply) compare() tui.Intent {
	x, before := r.exchange(), r.result.before
	if before == nil || r.contrast.of == x && r.contrast.before == before {
		return nil
	}
	r.contrast = contrast{of: x, before: before}
	var bodies [2][]byte
	var kinds [2]string
	for i, x := range []*request.Exchange{before, x} {
		if res := x.Response(); res != nil {
			data, err := res.Body.Bytes()
			if err != nil {
				r.contrast.err, r.contrast.ready = err, true
				return nil
			}
			bodies[i], kinds[i] = data, request.Essence(request.Get(res.Header, "Content-Type"))
		}
	}
	was, now := sentBody(before), sentBody(x)
	return widget.Work{Name: "compare", Run: func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		sent, err1 := delta.Bodies(ctx, was, now)
		changes, err2 := delta.Bodies(ctx, linesOf(kinds[0], bodies[0]), linesOf(kinds[1], bodies[1]))
		return contrast{x, before, sent, changes, len(changes) == 0 && !bytes.Equal(bodies[0], bodies[1]), errors.Join(err1, err2), true}
	}}
}

// linesOf lays XML out, which is mostly one line, so that what differs is seen; all else is compared as it came.
func linesOf(kind string, data []byte) []byte {
	if len(data) > delta.MaxInput || !strings.HasSuffix(kind, "/xml") && !strings.HasSuffix(kind, "+xml") {
		return data
	}
	laid, _, err := xmltext.Indent(string(data))
	if err != nil {
		return data
	}
	return []byte(laid)
}

// sentBody is what was kept of the body that went out first.
func sentBody(x *request.Exchange) []byte {
	if len(x.Hops) == 0 {
		return nil
	}
	return x.Hops[0].Sent.Body.Head(delta.MaxInput)
}

func (r *reply) heardContrast(m contrast) {
	if m.of == r.contrast.of && m.before == r.contrast.before {
		r.contrast = m
		r.refresh()
	}
}

// ofCourse are headers that differ each time and mean nothing.
var ofCourse = map[string]bool{"date": true, "age": true, "x-request-id": true, "cf-ray": true, "x-amzn-trace-id": true, "server-timing": true}

// diffRows says what differs from the exchange before.
func (r *reply) diffRows() []string {
	s, v, x := r.styles, veilOf(r.exchange(), r.revealed), r.exchange()
	before := r.result.before
	if before == nil && r.single != "" {
		return []string{s.Text.Muted.Render(r.single)}
	}
	if before == nil {
		out := []string{s.Text.Muted.Render("Nothing to compare with yet."), "", s.Text.Key.Render(r.plain.Send.Help().Key) + s.Text.Muted.Render(" sends it once more; what changed is shown here.")}
		if r.canPick {
			out = append(out, s.Text.Key.Render(r.keys.Against.Help().Key)+s.Text.Muted.Render(" compares it with an earlier one of the history."))
		}
		return out
	}
	out := []string{s.Text.Muted.Render("Compared with "+clean(cmp.Or(r.result.other, "the one before"))+": ") + clean(brief(before)), ""}
	if another := "   " + s.Text.Key.Render(r.keys.Against.Help().Key) + s.Text.Muted.Render(" another"); r.single == "" && r.canPick && ansi.StringWidth(out[0]+another) < r.w {
		out[0] += another // the line of keys says so, too
	}
	asked := r.veiled(v, append(askedChanges(before, x), r.contrast.sent...))
	var changes []delta.Change
	if a, b := brief(before), brief(x); a != b {
		changes = append(changes, delta.Change{Path: "status", From: a, To: b, Sign: '~'})
	}
	changes = append(changes, r.veiled(v, append(fieldChanges(headersOf(before), headersOf(x)), r.contrast.changes...))...)
	asked, untold := told(asked)
	changes, more := told(changes)
	if len(asked) > 0 {
		out = append(out, s.Text.Title.Render("Request"))
		out = append(out, r.changeRows(asked)...)
		out = append(out, "", s.Text.Title.Render("Response"))
		if len(changes) == 0 && r.contrast.ready {
			out = append(out, s.Text.Muted.Render("the same"))
		}
	}
	out = append(out, r.changeRows(changes)...)
	changes = append(changes, asked...)
	switch {
	case errors.Is(r.contrast.err, context.Canceled):
		out = append(out, s.Text.Muted.Render("the comparison of the bodies was stopped"))
	case r.contrast.err != nil:
		out = append(out, s.State.Bad.Render(s.Glyphs.Cross+" the bodies: ")+clean(r.contrast.err.Error()))
	case !r.contrast.ready:
		out = append(out, s.Text.Muted.Render("comparing the bodies"+s.Glyphs.Ellipsis))
	}
	if untold += more; untold > 0 {
		out = append(append(out, ""), prose(s.Text.Muted, plural(untold, "secret")+" not compared: the history does not keep the values", max(r.w-2, 1))...)
	}
	if len(changes) == 0 && r.contrast.ready && r.contrast.err == nil {
		what := " Nothing differs but the time."
		if r.contrast.written {
			what = " Nothing differs but the time and how the same values are written."
		}
		out = append(out, s.State.Good.Render(s.Glyphs.Tick)+what)
	}
	return out
}

// told leaves out the changes of which one side is a secret that was not kept, and counts them.
func told(changes []delta.Change) (rest []delta.Change, untold int) {
	mark := strings.TrimSuffix(secret.Hidden(""), "›")
	rest = slices.DeleteFunc(changes, func(c delta.Change) bool {
		return c.Sign == '~' && strings.Contains(c.From, mark) != strings.Contains(c.To, mark)
	})
	return rest, len(changes) - len(rest)
}

// veiled hides the secrets in changes.
func (r *reply) veiled(v *veil, changes []delta.Change) []delta.Change {
	for i, c := range changes {
		name := c.Path[strings.LastIndexAny(c.Path, ".")+1:]
		changes[i].From, changes[i].To = v.value(name, c.From), v.value(name, c.To)
	}
	return changes
}

// changeRows draws changes, their paths in one column.
func (r *reply) changeRows(changes []delta.Change) []string {
	paths := 0
	for _, c := range changes {
		if !strings.HasPrefix(c.Path, "@@") {
			paths = max(paths, min(ansi.StringWidth(clean(c.Path)), max(r.w/2, 12)))
		}
	}
	out := make([]string, len(changes))
	for i, c := range changes {
		out[i] = diffLine(r.styles, c, paths)
	}
	return out
}

// askedChanges says what was asked differently: method, URL and header fields of the first hop.
func askedChanges(before, x *request.Exchange) []delta.Change {
	var was, now request.Sent
	if len(before.Hops) > 0 {
		was = before.Hops[0].Sent
	}
	if len(x.Hops) > 0 {
		now = x.Hops[0].Sent
	}
	var out []delta.Change
	for _, f := range [][3]string{{"method", was.Method, now.Method}, {"url", was.URL, now.URL}} {
		if f[1] != f[2] {
			out = append(out, delta.Change{Path: f[0], From: f[1], To: f[2], Sign: '~'})
		}
	}
	for _, c := range fieldChanges(was.Header, now.Header) {
		if c.Path != "content-length" { // it follows from the body
			out = append(out, c)
		}
	}
	return out
}

// brief is the status of an exchange in one word or two.
func brief(x *request.Exchange) string {
	if res := x.Response(); res != nil {
		return strings.TrimSpace(strconv.Itoa(res.Status) + " " + res.Reason)
	}
	return "no response"
}

func headersOf(x *request.Exchange) []request.Field {
	if res := x.Response(); res != nil {
		return res.Header
	}
	return nil
}

// fieldChanges compares headers by name; of several with one name the values count together.
func fieldChanges(a, b []request.Field) []delta.Change {
	join := func(fields []request.Field) (map[string]string, []string) {
		values := map[string]string{}
		var names []string
		for _, f := range fields {
			name := strings.ToLower(f.Name)
			if was, ok := values[name]; ok {
				values[name] = was + ", " + f.Value
				continue
			}
			values[name] = f.Value
			names = append(names, name)
		}
		return values, names
	}
	before, first := join(a)
	now, second := join(b)
	var out []delta.Change
	for _, n := range first {
		switch v, ok := now[n]; {
		case ofCourse[n]:
		case !ok:
			out = append(out, delta.Change{Path: n, From: before[n], Sign: '-'})
		case v != before[n]:
			out = append(out, delta.Change{Path: n, From: before[n], To: v, Sign: '~'})
		}
	}
	for _, n := range second {
		if _, ok := before[n]; !ok && !ofCourse[n] {
			out = append(out, delta.Change{Path: n, To: now[n], Sign: '+'})
		}
	}
	return out
}

// diffLine draws one change with its path in a column of w cells, cut at its start, where it says least.
func diffLine(s *theme.Styles, c delta.Change, w int) string {
	from, to := clean(c.From), clean(c.To)
	if c.Path == "" || strings.HasPrefix(c.Path, "@@") {
		switch c.Sign {
		case '-':
			return s.Diff.Removed.Render("- " + from)
		case '+':
			return s.Diff.Added.Render("+ " + to)
		}
		return s.Diff.Hunk.Render("  " + clean(cmp.Or(c.Path, c.From)))
	}
	path := frame.Line(frame.Tail(clean(c.Path), w, s.Glyphs.Ellipsis), w)
	switch c.Sign {
	case '-':
		return s.Diff.Removed.Render("- "+path) + "  " + s.Text.Muted.Render(from)
	case '+':
		return s.Diff.Added.Render("+ "+path) + "  " + to
	}
	return s.State.Warn.Render("~ "+path) + "  " + s.Text.Muted.Render(from+" "+s.Glyphs.Arrow+" ") + to
}
