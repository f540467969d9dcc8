package shell

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/layout"
	"culprit/tui/theme"
	"culprit/tui/widget/looks"
)

// Update implements tea.Model. The order is the rule of who hears what first: size, theme, news and timers;
// then keys, mouse and paste go to the top overlay alone, or else to the chords, the focused part, and at
// last the plain bindings.
func (s *Shell) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		if m.Width > 0 && m.Height > 0 { // some terminals say 0x0 at the start
			s.resize(m.Width, m.Height)
			if r, ok := s.screen.(interface{ Resized() tui.Intent }); ok {
				return s, s.grant(r.Resized())
			}
		}
	case tea.BackgroundColorMsg:
		s.hear(m)
	case tea.ColorProfileMsg:
		s.profile(m.Profile)
	case tui.News:
		return s, s.news(m)
	case spun:
		s.pending.spin = false
		s.bench.Tick()
		return s, s.spin()
	case draftDue:
		s.pending.draft = false
		return s, s.keepDrafts()
	case groundDue:
		s.ground = max(s.ground, groundSilent)
	case pastDue:
		return s, s.learnPast()
	case jarDue:
		s.jars = map[string]bool{}
		return s, s.lookJar()
	case watchDue:
		return s, s.watch()
	case restDue:
		s.pending.rest = false
		return s, s.catchUp()
	case edited:
		return s, s.takeEdited(m)
	case paged:
		if m.err != nil {
			s.warn("It cannot be opened: " + m.err.Error())
		}
	case HangUp:
		return s, s.quitNow() // nobody is there to answer anything
	case tea.KeyPressMsg:
		s.pressed = s.opt.Core.Now()
		s.fade()
		return s, tea.Batch(s.press(m), s.catchUp(), s.lookJar())
	case tea.MouseMsg:
		return s, tea.Batch(s.mouse(m), s.catchUp(), s.lookJar())
	case tea.PasteMsg:
		return s, s.paste(m)
	}
	return s, nil
}

func (s *Shell) profile(p colorprofile.Profile) {
	c := s.styles.Choice
	switch {
	case p <= colorprofile.ASCII:
		c.Depth = theme.Colourless
	case p == colorprofile.ANSI && c.Depth == theme.Palette:
		c.Depth = theme.Sixteen
	default:
		return
	}
	s.restyle(c)
}

func (s *Shell) restyle(c theme.Choice) {
	if c != s.styles.Choice {
		s.styles.Set(c)
		looks.Set(s.looks, s.styles)
		s.bench.Restyle()
		if r, ok := s.screen.(interface{ Restyle() }); ok {
			r.Restyle()
		}
	}
}

func (s *Shell) press(k tea.KeyPressMsg) tea.Cmd {
	if key.Matches(k, s.keys.Chord.Stop) {
		return s.stop()
	}
	s.stay()
	if key.Matches(k, s.keys.Chord.Suspend) && !s.typing() {
		return tea.Suspend // who types expects an undo
	}
	if top := s.top(); top != nil {
		return s.heard(top.Update(k))
	}
	first := s.typing() && key.Matches(k, s.keys.Chord.Next, s.keys.Chord.Previous) // a text may indent, a field complete
	if !first {
		if cmd, ok := s.chord(k); ok {
			return cmd
		}
	}
	var intent tui.Intent
	var cmd tea.Cmd
	if s.screen != nil {
		intent, cmd = s.screen.Update(k)
	} else {
		intent, cmd = s.bench.Update(k)
	}
	if _, passed := intent.(tui.Pass); !passed {
		return s.heard(intent, cmd)
	}
	if first {
		next, _ := s.chord(k)
		return tea.Batch(cmd, next)
	}
	if s.typing() {
		return cmd
	}
	return tea.Batch(cmd, s.plain(k))
}

func (s *Shell) typing() bool {
	if s.screen != nil {
		t, ok := s.screen.(tui.Typist)
		return ok && t.Typing()
	}
	return s.bench.Typing()
}

// chord takes the bindings that work also while text is typed.
func (s *Shell) chord(k tea.KeyPressMsg) (tea.Cmd, bool) {
	c := s.keys.Chord
	switch {
	case key.Matches(k, c.Palette):
		s.push(palette(s))
		return nil, true
	case key.Matches(k, c.Help):
		s.push(help(s))
		return nil, true
	case s.screen != nil:
		return nil, false
	case key.Matches(k, c.Environment):
		s.push(switcher(s))
	case key.Matches(k, c.Save):
		return s.save(false), true
	case key.Matches(k, c.Send):
		return s.send(s.bench.Selected()), true
	case key.Matches(k, c.Next):
		s.bench.Next(1)
	case key.Matches(k, c.Previous):
		s.bench.Next(-1)
	default:
		return nil, false
	}
	return nil, true
}

// plain takes the bindings that rest while text is typed.
func (s *Shell) plain(k tea.KeyPressMsg) tea.Cmd {
	p := s.keys.Plain
	switch {
	case key.Matches(k, p.Help):
		s.push(help(s))
	case key.Matches(k, p.Quit):
		return s.quit()
	case s.screen != nil && key.Matches(k, p.Back):
		return s.leave()
	case s.screen != nil:
	case key.Matches(k, p.Back):
		s.stopReading()
	case key.Matches(k, p.Send):
		return s.send(s.bench.Selected())
	case key.Matches(k, p.Diagnose):
		return s.diagnose()
	case key.Matches(k, p.CopyCurl):
		return s.copyCurl()
	case key.Matches(k, p.Environments):
		return s.openEnvironments()
	case key.Matches(k, p.History):
		return s.history()
	case key.Matches(k, p.Jar):
		return s.openJar()
	case key.Matches(k, p.Import):
		s.push(importer(s))
	case key.Matches(k, p.Reload):
		return s.reload()
	case key.Matches(k, p.Revert):
		return s.revert()
	case key.Matches(k, p.Secrets):
		s.reveal()
	case key.Matches(k, p.Sent):
		return s.grant(s.bench.Sent())
	case key.Matches(k, p.Pane1):
		s.bench.Focus(layout.Tree)
	case key.Matches(k, p.Pane2):
		s.bench.Focus(layout.Request)
	case key.Matches(k, p.Pane3):
		s.bench.Focus(layout.Response)
	}
	return nil
}

// requests are the entries of the collection that can be sent.
func (s *Shell) requests() []*collections.Entry { return s.bench.Requests() }
