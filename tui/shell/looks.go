package shell

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui/widget/frame"
	"culprit/tui/widget/picker"
)

// sayWarnings says the first warning of the start, and how many more the palette shows; or the greeting.
func (s *Shell) sayWarnings() {
	switch n := len(s.opt.Warnings); {
	case n == 0:
		s.say(s.opt.Greeting)
	case n == 1:
		s.warn(s.opt.Warnings[0])
	case n > 1:
		s.warn(fmt.Sprintf("%s  (%d more: %s, warnings)", s.opt.Warnings[0], n-1, s.keys.Chord.Palette.Help().Key))
	}
}

// warnings is the sheet of all that was not understood at the start.
func warnings(s *Shell) *sheet {
	var rows []string
	for _, w := range s.opt.Warnings {
		for i, line := range frame.Wrap(clean(w), dialogWidth-6) {
			sign := "  "
			if i == 0 {
				sign = s.styles.State.Warn.Render("! ")
			}
			rows = append(rows, " "+sign+line)
		}
	}
	return &sheet{title: "Warnings", rows: rows, keys: s.keys}
}

// lookActions are the actions about the looks of the program.
func (s *Shell) lookActions(add func(b key.Binding, label, off string, do func() tea.Cmd)) {
	if len(s.opt.Warnings) > 0 {
		add(key.Binding{}, "Show the warnings of the start", "", func() tea.Cmd { s.push(warnings(s)); return nil })
	}
	if len(s.opt.Themes) > 0 {
		add(key.Binding{}, "Change the theme", "", func() tea.Cmd { s.push(themes(s)); return nil })
	}
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
			s.restyle(c)
			s.say("Theme: " + l.Name)
			return nil
		}})
	}
	return s.list("Theme", items)
}
