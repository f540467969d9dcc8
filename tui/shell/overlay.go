package shell

import (
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/layout"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// An overlay lies above everything and takes every key. Its View is what is inside its border.
type overlay interface {
	tui.Part
	Title() string
	// Want is the size that it would like, border included.
	Want(screen layout.Rect) (w, h int)
}

// A footer is an overlay with a word in its lower border.
type footer interface{ Foot() string }

// A scroller is an overlay of which not all may be seen. It says how much is, and how many lines lie above that.
type scroller interface{ Scroll() (widget.Scroll, int) }

// A keyed overlay shows its keys itself.
type keyed interface{ Asks() }

// within is what draws an overlay: the screen's own where it asks for one.
func within(o overlay) any {
	if q, ok := o.(*question); ok {
		return q.Overlay
	}
	return o
}

// closed is the intent of the top overlay to be closed, and of what to do then.
type closed struct {
	then func() tea.Cmd
}

func (s *Shell) push(o overlay) {
	s.overlays = append(s.overlays, o)
	s.place(o)
}

func (s *Shell) pop() {
	if n := len(s.overlays); n > 0 {
		s.overlays = s.overlays[:n-1]
	}
}

// drop removes o wherever it is in the stack.
func (s *Shell) drop(o overlay) {
	for i, have := range s.overlays {
		if have == o {
			s.overlays = append(s.overlays[:i:i], s.overlays[i+1:]...)
			return
		}
	}
}

func (s *Shell) top() overlay {
	if n := len(s.overlays); n > 0 {
		return s.overlays[n-1]
	}
	return nil
}

func (s *Shell) where(o overlay) layout.Rect {
	w, h := o.Want(s.size)
	return layout.Overlay(s.size, w, h)
}

func (s *Shell) place(o overlay) {
	in := s.where(o).Inside()
	o.Resize(in.W, in.H)
}

// over draws the overlays above a screen.
func (s *Shell) over(base string) string {
	for _, o := range s.overlays {
		r := s.where(o)
		f := frame.Frame{Title: s.styles.Frame.TitleFocus.Render(o.Title()), Overlay: true}
		if t, ok := within(o).(scroller); ok {
			f.Scroll, f.From = t.Scroll()
		}
		if t, ok := within(o).(footer); ok {
			f.Foot = s.styles.Text.Muted.Render(t.Foot())
		}
		base = frame.Over(base, f.Draw(s.styles, r.W, r.H, lines(o.View())), r.X, r.Y)
	}
	return base
}
