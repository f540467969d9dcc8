package shell

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui/theme"
	"culprit/tui/widget/picker"
)

// lookActions are the actions about the looks of the program.
func (s *Shell) lookActions(add func(b key.Binding, label, off string, do func() tea.Cmd)) {
	if len(s.troubles()) > 0 {
		add(key.Binding{}, "Show the warnings", "", func() tea.Cmd { s.push(warnings(s)); return nil })
	}
	if len(s.opt.Themes) > 0 {
		add(key.Binding{}, "Change the theme", "", func() tea.Cmd { s.push(themes(s)); return nil })
	}
}

// A ground is what is known of the terminal's background.
type ground int

const (
	groundUnknown ground = iota // it has not said yet
	groundSilent                // it will not say: many never do
	groundDark
	groundLight
)

// groundDue ends the wait for what the terminal says of its background.
type groundDue struct{}

// groundAfter is how long that is: more than a slow line takes for there and back.
const groundAfter = 500 * time.Millisecond

// hear takes what the terminal says of its background: a theme that is not chosen follows it.
func (s *Shell) hear(m tea.BackgroundColorMsg) {
	s.ground = groundLight
	if m.IsDark() {
		s.ground = groundDark
	}
	if s.opt.DetectTheme {
		c := s.styles.Choice
		c.Light = s.ground == groundLight
		s.restyle(c)
	}
}

// painted draws screen on the background of the theme where that of the terminal is of the other kind, for dark words on a
// dark ground cannot be read; or where it is not known and the theme was chosen.
func (s *Shell) painted(screen string) string {
	other := s.ground != groundUnknown && s.styles.Choice.Light != (s.ground == groundLight)
	if s.ground == groundSilent {
		other = !s.opt.DetectTheme
	}
	if !other || !s.opt.PaintGround {
		return screen
	}
	rows := lines(screen)
	for i := range rows {
		rows[i] = theme.Onto(s.styles.Ground, rows[i])
	}
	return strings.Join(rows, "\n")
}

// themes is the list of themes. What the terminal can show (its colours, its characters) stays as it is.
func themes(s *Shell) *list {
	var items []item
	for _, l := range s.opt.Themes {
		c := l.Choice
		c.Depth, c.ASCII = s.styles.Choice.Depth, s.styles.Choice.ASCII
		it := picker.Item{Label: l.Name}
		if c == s.styles.Choice {
			it.Note = s.styles.Glyphs.Tick
		}
		items = append(items, item{it, func() tea.Cmd {
			s.opt.DetectTheme = false
			s.ground = max(s.ground, groundSilent)
			s.restyle(c)
			s.say("Theme: " + l.Name)
			return nil
		}})
	}
	return s.list("Theme", items)
}
