package shell

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/tui"
)

func (s *Shell) mouse(m tea.MouseMsg) tea.Cmd {
	if top := s.top(); top != nil {
		return s.mouseOver(top, m)
	}
	var target tui.Mouser = s.bench
	if s.screen != nil {
		t, ok := s.screen.(tui.Mouser)
		if !ok {
			return nil
		}
		target = t
	}
	return s.heard(target.Mouse(m))
}

// mouseOver gives the mouse to an overlay that takes it, in its own cells.
func (s *Shell) mouseOver(top overlay, m tea.MouseMsg) tea.Cmd {
	target, ok := top.(tui.Mouser)
	if !ok {
		return nil
	}
	r := s.where(top).Inside()
	switch e := m.(type) {
	case tea.MouseClickMsg:
		e.X, e.Y = e.X-r.X, e.Y-r.Y
		if e.X < 0 || e.X >= r.W {
			return nil
		}
		m = e
	case tea.MouseWheelMsg:
		e.X, e.Y = e.X-r.X, e.Y-r.Y
		m = e
	default:
		return nil
	}
	return s.heard(target.Mouse(m))
}

// paste gives text to who is typing; a curl command is offered as a request wherever it is pasted.
func (s *Shell) paste(m tea.PasteMsg) tea.Cmd {
	m.Content = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(m.Content)
	if top := s.top(); top != nil {
		return s.heard(top.Update(m))
	}
	if s.screen == nil && isCurl(m.Content) {
		return s.offerImport(m.Content)
	}
	if s.screen != nil && s.screen == s.shelf.screen && isCurl(m.Content) {
		return s.offerWorking(m.Content)
	}
	if s.screen != nil {
		return s.heard(s.screen.Update(m))
	}
	return s.heard(s.bench.Update(m))
}

func isCurl(text string) bool {
	text = strings.TrimLeft(text, " \t\n$>")
	return strings.HasPrefix(text, "curl ") || strings.HasPrefix(text, "curl.exe ")
}
