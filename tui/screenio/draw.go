//go:build unix

package screenio

import (
	"bytes"
	"io"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// enter prepares the terminal: the sequences are those of the stock renderer. The two questions are answered, if at
// all, in ModeReportMsg.
func (s *Screen) enter() error {
	seq := ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable + ansi.SetModeBracketedPaste +
		ansi.SetModifyOtherKeys2 + ansi.PushKittyKeyboard(ansi.KittyDisambiguateEscapeCodes) + ansi.RequestKittyKeyboard +
		ansi.RequestModeSynchronizedOutput + ansi.RequestModeUnicodeCore
	_, err := io.WriteString(s.out, seq)
	return err
}

// leave takes back what enter and draw have set.
func (s *Screen) leave() {
	var b bytes.Buffer
	b.WriteString(ansi.ResetModifyOtherKeys + ansi.PopKittyKeyboard(1))
	if s.last != nil {
		if s.last.MouseMode != tea.MouseModeNone {
			b.WriteString(ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr)
		}
		if s.last.ReportFocus {
			b.WriteString(ansi.ResetModeFocusEvent)
		}
		if s.last.WindowTitle != "" {
			b.WriteString(ansi.SetWindowTitle(""))
		}
		if c := s.last.Cursor; c != nil && style(c) > 1 {
			b.WriteString(ansi.SetCursorStyle(0))
		}
		if p := s.last.ProgressBar; p != nil && p.State != tea.ProgressBarNone {
			b.WriteString(ansi.ResetProgressBar)
		}
	}
	if s.clusters {
		b.WriteString(ansi.ResetModeUnicodeCore)
	}
	b.WriteString(ansi.ResetModeBracketedPaste + ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable)
	s.out.Write(b.Bytes()) // a terminal that is gone needs nothing
}

// draw writes what changed since the last frame, as one frame. A slow terminal keeps only the screen waiting, not
// the program.
func (s *Screen) draw() {
	s.mu.Lock()
	frame := s.compose()
	s.writing.Lock()
	s.mu.Unlock()
	if len(frame) > 0 {
		s.out.Write(frame) // a terminal that is gone is seen by its signal
	}
	s.writing.Unlock()
	if s.shown != nil {
		s.shown()
		s.shown = nil
	}
	s.mu.Lock()
	s.follow()
	s.mu.Unlock()
}

// compose returns what has to be written for the latest view.
func (s *Screen) compose() []byte {
	if s.before == nil || !s.fresh {
		return nil
	}
	s.fresh = false
	v := s.view
	s.modes(&v)
	s.cells.Method = s.method(v.Content)
	s.scr.SetWidthMethod(s.cells.Method)
	shown := s.last != nil && s.last.Cursor != nil
	if rows := s.whole(&v); rows != nil {
		s.ahead = true
		s.scr.Flush()
		s.buf.Write(rows)
	} else {
		s.paint(v.Content)
		s.scr.Render(s.cells.RenderBuffer)
		if v.Cursor != nil {
			s.scr.MoveTo(v.Cursor.X, v.Cursor.Y)
		}
		s.scr.Flush() // into our own buffer
	}
	s.empty, s.last = false, &v
	frame := s.frame(shown, v.Cursor != nil)
	s.buf.Reset()
	return frame
}

// frame wraps what is to be written, so that neither a half frame nor a wandering cursor is seen.
func (s *Screen) frame(shown, show bool) []byte {
	var b bytes.Buffer
	some := s.buf.Len() > 0
	if s.sync && some {
		b.WriteString(ansi.SetModeSynchronizedOutput)
	}
	if shown && (!show || some && !s.sync) {
		b.WriteString(ansi.ResetModeTextCursorEnable)
	}
	b.Write(s.buf.Bytes())
	if show && (!shown || some && !s.sync) {
		b.WriteString(ansi.SetModeTextCursorEnable)
	}
	if s.sync && some {
		b.WriteString(ansi.ResetModeSynchronizedOutput)
	}
	return b.Bytes()
}

// modes writes the modes in which v differs from the last frame.
func (s *Screen) modes(v *tea.View) {
	var last tea.View
	if s.last != nil {
		last = *s.last
	}
	if v.MouseMode != last.MouseMode {
		if last.MouseMode != tea.MouseModeNone {
			s.buf.WriteString(ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr)
		}
		switch v.MouseMode {
		case tea.MouseModeCellMotion:
			s.buf.WriteString(ansi.SetModeMouseButtonEvent + ansi.SetModeMouseExtSgr)
		case tea.MouseModeAllMotion:
			s.buf.WriteString(ansi.SetModeMouseAnyEvent + ansi.SetModeMouseExtSgr)
		}
	}
	if v.ReportFocus != last.ReportFocus {
		if v.ReportFocus {
			s.buf.WriteString(ansi.SetModeFocusEvent)
		} else {
			s.buf.WriteString(ansi.ResetModeFocusEvent)
		}
	}
	if v.WindowTitle != last.WindowTitle {
		s.buf.WriteString(ansi.SetWindowTitle(v.WindowTitle))
	}
	if v.Cursor != nil && style(v.Cursor) != style(last.Cursor) {
		s.buf.WriteString(ansi.SetCursorStyle(style(v.Cursor)))
	}
	if progress(v.ProgressBar) != progress(last.ProgressBar) {
		s.buf.WriteString(progress(v.ProgressBar))
	}
}

// style is the number of a cursor's shape in DECSCUSR; 0 for none.
func style(c *tea.Cursor) int {
	if c == nil {
		return 0
	}
	n := int(c.Shape)*2 + 1
	if !c.Blink {
		n++
	}
	return n
}

// progress is the sequence that shows p.
func progress(p *tea.ProgressBar) string {
	if p == nil {
		return ansi.ResetProgressBar
	}
	switch p.State {
	case tea.ProgressBarDefault:
		return ansi.SetProgressBar(p.Value)
	case tea.ProgressBarError:
		return ansi.SetErrorProgressBar(p.Value)
	case tea.ProgressBarIndeterminate:
		return ansi.SetIndeterminateProgressBar
	case tea.ProgressBarWarning:
		return ansi.SetWarningProgressBar(p.Value)
	}
	return ansi.ResetProgressBar
}

// same reports whether two views look the same.
func same(a, b *tea.View) bool {
	if a.Content != b.Content || a.MouseMode != b.MouseMode || a.ReportFocus != b.ReportFocus || a.WindowTitle != b.WindowTitle ||
		(a.Cursor == nil) != (b.Cursor == nil) || progress(a.ProgressBar) != progress(b.ProgressBar) {
		return false
	}
	return a.Cursor == nil || a.Cursor.X == b.Cursor.X && a.Cursor.Y == b.Cursor.Y && style(a.Cursor) == style(b.Cursor)
}
