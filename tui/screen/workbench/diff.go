package workbench

import (
	"context"
	"errors"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/request"
	"culprit/request/delta"
	"culprit/tui"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// contrast is what differs between the last two exchanges of a request.
type contrast struct {
	of, before *request.Exchange
	changes    []delta.Change
	err        error
	ready      bool
}

// contrasted is the last message of comparing.
type contrasted struct {
	of      *request.Exchange
	changes []delta.Change
	err     error
}

// compare returns the work of comparing the bodies, nil when that is done or there is nothing to compare.
func (r *reply) compare() tui.Intent {
	x, before := r.exchange(), r.result.before
	if before == nil || r.contrast.of == x && r.contrast.before == before {
		return nil
	}
	r.contrast = contrast{of: x, before: before}
	var bodies [2][]byte
	for i, x := range []*request.Exchange{before, x} {
		if res := x.Response(); res != nil {
			data, err := res.Body.Bytes()
			if err != nil {
				r.contrast.err, r.contrast.ready = err, true
				return nil
			}
			bodies[i] = data
		}
	}
	return widget.Work{Name: "compare", Run: func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		changes, err := delta.Bodies(ctx, bodies[0], bodies[1])
		return contrasted{x, changes, err}
	}}
}

func (r *reply) heardContrast(m contrasted) {
	if m.of == r.contrast.of {
		r.contrast.changes, r.contrast.err, r.contrast.ready = m.changes, m.err, true
		r.refresh()
	}
}

// ofCourse are headers that differ each time and mean nothing.
var ofCourse = map[string]bool{"date": true, "age": true, "x-request-id": true, "cf-ray": true, "x-amzn-trace-id": true, "server-timing": true}

// diffRows says what differs from the exchange before.
func (r *reply) diffRows() []string {
	s, v, x := r.styles, veilOf(r.exchange(), r.revealed), r.exchange()
	before := r.result.before
	if before == nil {
		return []string{s.Text.Muted.Render("Nothing to compare with yet."), "", s.Text.Key.Render("s") + s.Text.Muted.Render(" sends it once more; what changed is shown here.")}
	}
	out := []string{s.Text.Muted.Render("compared with the one before: ") + clean(brief(before)), ""}
	var changes []delta.Change
	if a, b := brief(before), brief(x); a != b {
		changes = append(changes, delta.Change{Path: "status", From: a, To: b, Sign: '~'})
	}
	for _, c := range fieldChanges(headersOf(before), headersOf(x)) {
		c.From, c.To = v.value(c.Path, c.From), v.value(c.Path, c.To)
		changes = append(changes, c)
	}
	for _, c := range r.contrast.changes {
		c.From, c.To = v.text(c.From), v.text(c.To)
		changes = append(changes, c)
	}
	paths := 0
	for _, c := range changes {
		if !strings.HasPrefix(c.Path, "@@") {
			paths = max(paths, min(ansi.StringWidth(clean(c.Path)), max(r.w/2, 12)))
		}
	}
	for _, c := range changes {
		out = append(out, diffLine(s, c, paths))
	}
	switch {
	case errors.Is(r.contrast.err, context.Canceled):
		out = append(out, s.Text.Muted.Render("the comparison of the bodies was stopped"))
	case r.contrast.err != nil:
		out = append(out, s.State.Bad.Render(s.Glyphs.Cross+" the bodies: ")+clean(r.contrast.err.Error()))
	case !r.contrast.ready:
		out = append(out, s.Text.Muted.Render("comparing the bodies"+s.Glyphs.Ellipsis))
	}
	if len(changes) == 0 && r.contrast.ready && r.contrast.err == nil {
		out = append(out, s.State.Good.Render(s.Glyphs.Tick)+" nothing differs but the time")
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
		return s.Diff.Hunk.Render("  " + clean(or(c.Path, c.From)))
	}
	path := clean(c.Path)
	if n := ansi.StringWidth(path); n > w {
		path = s.Glyphs.Ellipsis + ansi.TruncateLeft(path, n-w+1, "")
	}
	path = frame.Line(path, w)
	switch c.Sign {
	case '-':
		return s.Diff.Removed.Render("- "+path) + "  " + s.Text.Muted.Render(from)
	case '+':
		return s.Diff.Added.Render("+ "+path) + "  " + to
	}
	return s.State.Warn.Render("~ "+path) + "  " + s.Text.Muted.Render(from+" "+s.Glyphs.Arrow+" ") + to
}
