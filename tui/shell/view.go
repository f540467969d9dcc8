package shell

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/request"
	"culprit/request/safe"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/widget/frame"
)

// View implements tea.Model.
func (s *Shell) View() tea.View {
	v := tea.NewView(s.draw())
	v.AltScreen = true
	switch {
	case s.opt.NoTitle:
	case s.coll != nil && s.coll.Name != "":
		v.WindowTitle = "culprit: " + clean(s.coll.Name)
	default:
		v.WindowTitle = "culprit"
	}
	v.ProgressBar = s.progress()
	if !s.opt.NoMouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if c := s.cursor(); c != nil && s.size.Contains(c.X, c.Y) {
		v.Cursor = c
	}
	return v
}

// plainSigns replaces the few signs of our own words where the terminal has ASCII alone. The same signs are replaced in
// what a person or a server wrote; its other characters stay as they are.
func plainSigns(screen string) string {
	return strings.NewReplacer("…", "~", "↑", "^", "↓", "v", "←", "<", "→", ">", "⌫", "<", "▸", ">", "▾", "v", "‹", "<", "›", ">", "§", "s",
		"“", `"`, "”", `"`, "‘", "'", "’", "'", "–", "-", "·", "-", "•", "*", "×", "x").Replace(screen)
}

func (s *Shell) draw() string {
	w, h := s.size.W, s.size.H
	if w <= 0 || h <= 0 {
		return ""
	}
	if s.bench.Shape() == layout.Tiny {
		return strings.Join(frame.Fit([]string{fmt.Sprintf("culprit needs 60x15, this is %dx%d", w, h)}, w, h), "\n")
	}
	body := ""
	if s.screen != nil {
		body = strings.Join(frame.Fit(lines(s.screen.View()), w, h-2), "\n")
	} else {
		body = s.bench.View()
	}
	if s.top() != nil {
		body = s.styles.Recede(body)
	}
	screen := s.over(body + "\n" + s.statusLine(w) + "\n" + s.keyLine(w))
	if s.styles.Choice.ASCII {
		screen = plainSigns(screen)
	}
	return s.painted(screen)
}

func (s *Shell) cursor() *tea.Cursor {
	if top := s.top(); top != nil {
		t, ok := top.(tui.Typist)
		if !ok {
			return nil
		}
		c := t.Cursor()
		if c != nil {
			r := s.where(top)
			c.X, c.Y = c.X+r.X+1, c.Y+r.Y+1
		}
		return c
	}
	if s.bench.Shape() == layout.Tiny {
		return nil
	}
	if s.screen != nil {
		if t, ok := s.screen.(tui.Typist); ok {
			return t.Cursor()
		}
		return nil
	}
	return s.bench.Cursor()
}

// statusLine says what runs or what happened last, and at its right the environment.
func (s *Shell) statusLine(w int) string {
	st := s.styles
	right := s.inUse()
	left := ""
	switch id, j := s.running(); {
	case s.asks(id):
		left = st.State.Busy.Render(st.Glyphs.Unsure+" Waiting for your answer") + st.Text.Muted.Render("  "+s.cancels())
	case j == nil && s.slow() != "":
		left = st.State.Busy.Render(s.slow()) + st.Text.Muted.Render("  esc stops")
	case j != nil:
		left = s.busy(j, w-ansi.StringWidth(right)-3)
	case s.status.bad:
		left = st.State.Bad.Render(st.Glyphs.Cross + " " + clean(s.status.text))
	default:
		left = st.Text.Plain.Render(clean(s.status.text))
	}
	return frame.Ends(" "+ansi.Truncate(left, max(w-ansi.StringWidth(right)-3, 0), st.Glyphs.Ellipsis), right, w)
}

// cancels says which key ends what runs.
func (s *Shell) cancels() string { return s.keys.Chord.Stop.Help().Key + " cancels" }

// inUse says which environment is in use.
func (s *Shell) inUse() string {
	st := s.styles
	if e := s.environment(); e != nil && e.Production {
		return st.Production(clean(s.env)) + " "
	}
	if e := s.environment(); e != nil && e.Public {
		return st.State.Warn.Render("env "+clean(s.env)+", production?") + " "
	}
	if s.env != "" {
		return st.Text.Faint.Render("env ") + st.Text.Accent.Render(clean(s.env)) + " "
	}
	return st.Text.Faint.Render("no environment ")
}

// busy says what runs, for how long, and how to cancel it, in w cells: of a long name the end goes. With several at once
// it is about the one that is cancelled first.
func (s *Shell) busy(j *job, w int) string {
	st, spin := s.styles, s.styles.Glyphs.Spin
	since := max(s.opt.Core.Now().Sub(j.started), 0)
	n := -1
	for _, other := range s.jobs {
		if !other.quiet {
			n++
		}
	}
	tail := "  " + s.cancels()
	if n > 0 {
		tail += fmt.Sprintf("  and %d more", n)
	}
	tail += "  " + ticking(since) // last: its width changes
	what := ansi.Truncate(spin[int(since/spinEvery)%len(spin)]+" "+clean(j.what), max(w-ansi.StringWidth(tail), 0), st.Glyphs.Ellipsis)
	return st.State.Busy.Render(what) + st.Text.Muted.Render(tail)
}

// ticking writes how long something runs already: tenths of the first seconds, whole seconds then.
func ticking(d time.Duration) string {
	if d < 10*time.Second {
		return request.Lapse(d.Truncate(100 * time.Millisecond))
	}
	return request.Lapse(d.Truncate(time.Second))
}

// slowAfter is when work on a body is worth a word: below that it would only flicker.
const slowAfter = 250 * time.Millisecond

// progress is what the terminal itself shows of the work that runs, where it is known to show any.
func (s *Shell) progress() *tea.ProgressBar {
	if !s.opt.Progress {
		return nil
	}
	if s.slow() != "" {
		if _, part := s.bench.Busy(); part > 0 {
			return tea.NewProgressBar(tea.ProgressBarDefault, int(part*100))
		}
		return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	}
	if id, j := s.running(); j != nil && !s.asks(id) {
		if part := s.bench.Arrived(j.path); part > 0 {
			return tea.NewProgressBar(tea.ProgressBarDefault, int(part*100))
		}
		return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	}
	return nil
}

// slow says what is done with a large body, and how far it is; "" for nothing that a person would notice.
func (s *Shell) slow() string {
	j := s.reading()
	if j == nil || s.opt.Core.Now().Sub(j.started) < slowAfter {
		return ""
	}
	if j.does != "" {
		return j.does
	}
	if what, part := s.bench.Busy(); what != "" {
		return fmt.Sprintf("%s the body  %2.0f %%", what, part*100)
	}
	return "working on the body"
}

// keyLine shows the keys that work now, as many as fit; the palette and help, which have all of them, are always there.
func (s *Shell) keyLine(w int) string {
	st := s.styles
	draw := func(b key.Binding) string {
		return st.Text.Key.Render(b.Help().Key) + " " + st.Text.Muted.Render(b.Help().Desc)
	}
	if _, asks := within(s.top()).(keyed); asks {
		return frame.Line("", w)
	}
	all := s.bindings()
	last := ""
	switch {
	case s.top() != nil:
	case s.typing():
		last = draw(s.keys.Chord.Help)
	default:
		last = draw(s.keys.Chord.Palette) + "  " + draw(s.keys.Plain.Help)
	}
	line := " "
	for _, b := range all {
		next := draw(b)
		if ansi.StringWidth(line)+ansi.StringWidth(next)+ansi.StringWidth(last)+4 > w {
			break
		}
		line += next + "  "
	}
	return frame.Line(line+last, w)
}

// bindings are the keys that work now, the most useful first.
func (s *Shell) bindings() []key.Binding {
	if top := s.top(); top != nil {
		return top.Keys()
	}
	if s.screen != nil {
		own := s.screen.Keys()
		if !slices.ContainsFunc(own, func(b key.Binding) bool { return slices.Contains(b.Keys(), "esc") }) {
			own = append(own, s.keys.Plain.Back)
		}
		return own
	}
	own := s.bench.Keys()
	if s.bench.Empty() {
		return own
	}
	if s.bench.Typing() {
		after := 1 + slices.IndexFunc(own, func(b key.Binding) bool { return slices.Contains(b.Keys(), "esc") })
		return slices.Insert(own, after, s.keys.Chord.Send, s.keys.Chord.Save)
	}
	var out []key.Binding
	e, _ := s.bench.Selected()
	if e != nil && e.Kind == collections.HTTP {
		out = append(out, s.keys.Plain.Send)
	}
	if s.canDiagnose() && s.bench.Failed() {
		out = append(out, s.keys.Plain.Diagnose)
	}
	if s.bench.Dirty() {
		out = append(out, s.keys.Chord.Save)
	}
	out = append(out, own...)
	if s.bench.Exchange() != nil {
		out = append(out, s.keys.Plain.Sent)
	}
	out = append(out, s.keys.Chord.Next, s.keys.Chord.Environment)
	if s.opt.Core.Past != nil {
		out = append(out, s.keys.Plain.History)
	}
	if s.canDiagnose() && s.bench.Exchange() != nil && !s.bench.Failed() {
		out = append(out, keys.As(s.keys.Plain.Diagnose, "the answer is wrong"))
	}
	return append(out, s.keys.Plain.CopyCurl)
}

// lines splits what a part drew.
func lines(view string) []string { return strings.Split(view, "\n") }

// clean is the way of untrusted text to the screen.
func clean(text string) string { return safe.Line(text).String() }
