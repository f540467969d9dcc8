package wizard

import (
	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"

	"culprit/diagnose"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// A reading is something opened to be read: a probe, a step, a cause. Esc or enter closes it.
type reading struct {
	title string
	lines func(z *Wizard, w int) []string
	small bool          // as large as it needs to be, instead of all the room
	step  diagnose.Step // the step that is opened, 0 for what is none
	long  bool          // a part of a body is folded unless the person asks for all of it
	whole bool          // it is unfolded
	probe bool          // it is the probe that the ladder's cursor is on: the next is one key away
	top   int
}

func (r *reading) rect(z *Wizard) layout.Rect {
	if r.small {
		w := min(askWidth, z.w)
		return layout.Overlay(layout.Rect{W: z.w, H: z.h}, w, len(r.lines(z, w-2))+2)
	}
	return layout.Rect{Y: min(z.size.Main.Y, 1), W: z.w, H: max(z.h-1, 0)}
}

func (r *reading) press(z *Wizard, k tea.KeyPressMsg) {
	m, page, all := z.keys.Wizard.Move, r.rect(z).Inside().H, len(r.lines(z, r.rect(z).Inside().W))
	switch {
	case key.Matches(k, z.keys.Wizard.Page.Back, z.keys.Wizard.Page.Open, z.keys.Wizard.Page.Explain):
		z.over = nil
	case key.Matches(k, z.keys.Wizard.Ask.Whole) && r.long:
		r.whole = !r.whole
		r.scroll(z, 0)
	case key.Matches(k, z.keys.Wizard.Page.Next) && r.probe:
		z.nextProbe(1)
	case key.Matches(k, z.keys.Wizard.Page.Previous) && r.probe:
		z.nextProbe(-1)
	case key.Matches(k, m.Down):
		r.scroll(z, 1)
	case key.Matches(k, m.Up):
		r.scroll(z, -1)
	case key.Matches(k, m.PageDown):
		r.scroll(z, page-1)
	case key.Matches(k, m.PageUp):
		r.scroll(z, 1-page)
	case key.Matches(k, m.Top):
		r.scroll(z, -all)
	case key.Matches(k, m.Bottom):
		r.scroll(z, all)
	}
}

func (r *reading) scroll(z *Wizard, by int) {
	in := r.rect(z).Inside()
	l := list{top: r.top, n: len(r.lines(z, in.W)), h: in.H}
	l.scroll(by)
	r.top = l.top
}

func (r *reading) draw(z *Wizard) (string, layout.Rect) {
	at := r.rect(z)
	in := at.Inside()
	lines := r.lines(z, in.W)
	f := frame.Frame{Title: z.styles.Frame.TitleFocus.Render(r.title), Overlay: true}
	f.Scroll = widget.Scroll{Top: r.top, Seen: in.H, All: len(lines)}
	f.Foot = z.styles.Text.Faint.Render(f.Scroll.Range())
	return f.Draw(z.styles, at.W, at.H, window(lines, r.top, in.H)), at
}

func (r *reading) keys(z *Wizard) []binding {
	p, m, a := z.keys.Wizard.Page, z.keys.Wizard.Move, z.keys.Wizard.Act
	out := []binding{named(p.Back, "close")}
	if r.step != 0 {
		out = append(out, a.Skip, a.Repeat)
	}
	if r.probe && len(z.probes) > 1 {
		out = append(out, named(p.Next, "next probe"))
	}
	if r.long {
		out = append(out, wholeKey(z.keys, r.whole))
	}
	if in := r.rect(z).Inside(); len(r.lines(z, in.W)) > in.H {
		out = append(out, keys.Both(m.Down, m.Up, "scroll"), m.PageDown)
	}
	return out
}
