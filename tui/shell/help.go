package shell

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui/keys"
	"culprit/tui/theme"
	"culprit/tui/widget/frame"
)

// A chapter of the help is a heading and what stands below it, drawn. A row may have several lines.
type chapter struct {
	title string // "" for words alone
	rows  []string
}

// help explains what has the focus: what it shows, its keys, and those that work everywhere. What is searched in it are
// the keys of the whole program.
func help(s *Shell) *guide {
	seen := s.helpOfPane()
	if s.screen != nil {
		seen = s.helpOfScreen()
	}
	all := slices.Clone(seen)
	for _, sc := range s.keys.Scopes() {
		c := s.section(sc)
		i := slices.IndexFunc(all, func(h chapter) bool { return h.title == sc.Title })
		if i < 0 {
			all = append(all, c)
			continue
		}
		c.rows = slices.DeleteFunc(c.rows, func(r string) bool { return slices.Contains(all[i].rows, r) })
		all[i].rows = slices.Concat(all[i].rows, c.rows)
	}
	return newGuide(s, seen, all)
}

func (s *Shell) helpOfScreen() []chapter {
	var out []chapter
	if a, ok := s.screen.(interface{ About() string }); ok {
		out = append(out, s.about(a.About()))
	}
	out = append(out, bindings(s.styles, s.screen.Title(), s.screen.Keys()))
	if g, ok := s.screen.(interface{ Help() (string, [][2]string) }); ok {
		out = append(out, explained(s.styles, g))
	}
	c, p := s.keys.Chord, s.keys.Plain
	return append(out, bindings(s.styles, "Everywhere", []key.Binding{c.Palette, p.Help, p.Quit, c.Stop, c.Suspend}))
}

func (s *Shell) helpOfPane() []chapter {
	var out []chapter
	if s.bench.Typing() {
		out = append(out, bindings(s.styles, "While you type", s.bindings()))
	}
	out = append(out, s.about(s.bench.About()))
	seen := map[string]bool{} // a body and the pane around it move alike
	for _, name := range append(s.bench.Scopes(), "everywhere", "typing") {
		for _, sc := range s.keys.Scopes() {
			if sc.Name == name {
				c := s.section(sc)
				c.rows = slices.DeleteFunc(c.rows, func(r string) bool { return seen[r] })
				for _, r := range c.rows {
					seen[r] = true
				}
				out = append(out, c)
			}
		}
	}
	return out
}

// about is what a part says of itself, above its keys.
func (s *Shell) about(text string) chapter {
	var c chapter
	for _, l := range frame.Wrap(text, min(dialogWidth, s.size.W-4)-4) {
		c.rows = append(c.rows, " "+l)
	}
	return c
}

func (s *Shell) section(sc keys.Scope) chapter {
	var all []key.Binding
	for _, n := range sc.Named {
		all = append(all, *n.Binding)
	}
	return bindings(s.styles, sc.Title, all)
}

// explained is what a screen says of itself: in two lines each, because what is typed may be long.
func explained(s *theme.Styles, g interface{ Help() (string, [][2]string) }) chapter {
	title, rows := g.Help()
	c := chapter{title: title}
	for _, r := range rows {
		text := "   " + s.Text.Key.Render(r[0])
		for _, l := range frame.Wrap(r[1], dialogWidth-10) {
			text += "\n     " + s.Text.Muted.Render(l)
		}
		c.rows = append(c.rows, text)
	}
	return c
}

// keyColumn is the width of the keys in the help: "shift+tab", or two short ones.
const keyColumn = 16

func bindings(s *theme.Styles, title string, all []key.Binding) chapter {
	c := chapter{title: title}
	for i := 0; i < len(all); i++ {
		b := all[i]
		if !b.Enabled() {
			continue
		}
		if i+1 < len(all) {
			if words, ok := keys.Opposite(b, all[i+1]); ok {
				b = keys.Both(b, all[i+1], words)
				i++
			}
		}
		beside, behind := also(b)
		c.rows = append(c.rows, "   "+s.Text.Key.Render(b.Help().Key)+frame.Line(s.Text.Faint.Render(beside), keyColumn-ansi.StringWidth(b.Help().Key))+b.Help().Desc+s.Text.Faint.Render(behind))
	}
	return c
}

// also are the other keys of a binding: beside its own where they have room, else behind its words.
func also(b key.Binding) (beside, behind string) {
	var others string
	for _, k := range b.Keys() {
		if k = arrows.Replace(k); k != b.Help().Key && k != " " && !slices.Contains(strings.Split(b.Help().Key, "/"), k) {
			others += " " + k
		}
	}
	if ansi.StringWidth(b.Help().Key+others)+1 < keyColumn || others == "" {
		return others, ""
	}
	return "", " " + others
}

// arrows writes the names of keys as they are on the keyboard.
var arrows = strings.NewReplacer("pgdown", "pgdn", "pgup", "pgup", "shift+up", "shift+↑", "shift+down", "shift+↓", "up", "↑", "down", "↓", "left", "←", "right", "→")
