package environments

import (
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/request/safe"
	"culprit/request/secret"
	"culprit/tui/keys"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// head is how many lines lie above the variables: the names of the columns.
const head = 1

// View implements tui.Part.
func (e *Environments) View() string {
	s := e.opt.Styles
	var blocks []string
	if r := e.where.List; !r.Empty() {
		f := frame.Frame{Title: e.heading("Environments", !e.inside), Focused: !e.inside}
		blocks = append(blocks, f.Draw(s, r.W, r.H, e.names(r.Inside().W)))
	}
	r := e.where.Variables
	f := frame.Frame{Focused: e.inside, Title: e.heading("Variables", e.inside), From: head,
		Scroll: widget.Scroll{Top: e.top, Seen: e.room(), All: len(e.lines())}}
	if env, ok := e.current(); ok {
		f.Title = e.heading(clean(env.Name), e.inside)
		if e.beside != "" {
			f.Title += s.Text.Muted.Render(" and ") + e.heading(clean(e.beside), e.inside)
		}
		f.Right = s.Text.Faint.Render(file(env.File))
		if env.Production {
			f.Foot = s.Production(clean(env.Name))
		} else if env.Public {
			f.Foot = s.State.Warn.Render("not all hosts are local: " + e.opt.Keys.Environments.Mark.Help().Key + " says what it is")
		}
	}
	return frame.Beside(append(blocks, f.Draw(s, r.W, r.H, e.table(r.Inside().W)))...)
}

func (e *Environments) heading(text string, on bool) string {
	if on {
		return e.opt.Styles.Frame.TitleFocus.Render(text)
	}
	return e.opt.Styles.Frame.Title.Render(text)
}

// file is the end of a path: the folder and the name.
func file(path string) string {
	parts := strings.Split(strings.ReplaceAll(path, `\`, "/"), "/")
	return clean(strings.Join(parts[max(len(parts)-2, 0):], "/"))
}

// names draws the list of environments.
func (e *Environments) names(w int) []string {
	s := e.opt.Styles
	var out []string
	for i, env := range e.all {
		sign := " "
		if env.Name == e.use {
			sign = s.State.Good.Render(s.Glyphs.Tick)
		}
		right := s.Text.Muted.Render(strconv.Itoa(len(env.Variables)) + " ")
		if env.Production {
			right = s.State.Alarm.Render("production") + " "
		} else if env.Public {
			right = s.State.Warn.Render("production? ")
		} else if env.Dev {
			right = s.Text.Muted.Render("dev ")
		}
		l := frame.Ends(" "+sign+" "+clean(env.Name), right, w)
		if i == e.at {
			if l = frame.Line(l, w); e.inside {
				l = theme.Onto(s.Frame.SelectedBlurred, l)
			} else {
				l = s.Select(l)
			}
		}
		out = append(out, l)
	}
	if len(out) == 0 {
		out = []string{" " + s.Text.Muted.Render("There is none yet."), " " + s.Text.Key.Render("n") + s.Text.Muted.Render(" makes one.")}
	}
	return out
}

// Widths of the table: a name at most, what comes after two values that are compared.
const (
	nameMost  = 24
	nameLeast = 8
	wordWidth = 11
)

// table draws the variables: of one environment, or of two beside each other.
func (e *Environments) table(w int) []string {
	s, lines := e.opt.Styles, e.lines()
	env, ok := e.current()
	if !ok {
		return nil
	}
	names := nameLeast
	for _, l := range lines {
		names = min(max(names, ansi.StringWidth(clean(l.name))), nameMost)
	}
	rest := max(w-names-6, 1)
	first, second := rest, 0
	if e.beside != "" {
		first = max((rest-wordWidth-2)/2, 1)
		second = first
	}
	cell := func(text string, w int) string { return frame.Line(ansi.Truncate(text, w, s.Glyphs.Ellipsis), w) }
	headline := "   " + cell("name", names) + "  " + cell(map[bool]string{true: clean(env.Name), false: "value"}[e.beside != ""], first)
	if e.beside != "" {
		headline += "  " + cell(clean(e.beside), second)
	}
	out := []string{s.Text.Faint.Render(headline)}
	for i := e.top; i < len(lines) && i < e.top+e.room(); i++ {
		l := lines[i]
		sign := s.State.Good.Render(s.Glyphs.On)
		if l.mine == nil || l.mine.Off {
			sign = s.Text.Off.Render(s.Glyphs.Off)
		}
		row := " " + sign + " " + s.Text.Label.Render(cell(clean(l.name), names)) + "  " + cell(e.value(env.Name, l.mine), first)
		if e.beside != "" {
			ink, word := e.verdict(l)
			row += "  " + cell(e.value(e.beside, l.his), second) + "  " + ink(word)
		}
		row = frame.Line(row, w)
		if i == e.row && e.inside {
			row = s.Select(row)
		}
		out = append(out, row)
	}
	if len(lines) == 0 {
		out = append(out, " "+s.Text.Muted.Render("No variables. ")+s.Text.Key.Render("a")+s.Text.Muted.Render(" adds one."))
	}
	return out
}

// value is what a variable holds as a person may see it: of a secret, where it comes from.
func (e *Environments) value(env string, v *collections.Variable) string {
	s := e.opt.Styles
	switch {
	case v == nil:
		return s.State.Bad.Render(s.Glyphs.Cross) + s.Text.Muted.Render(" missing")
	case v.Secret:
		where, ok := e.opt.Origin(env, v.Name)
		if ok {
			return s.State.Good.Render(s.Glyphs.Tick) + s.Text.Muted.Render(" secret, from "+clean(where))
		}
		return s.State.Warn.Render("! secret without a value") + s.Text.Muted.Render(": set "+clean(where))
	case v.Value == "":
		return s.Text.Faint.Render("empty")
	case v.Off:
		return s.Text.Off.Render(clean(v.Value))
	case secret.Guess(v.Name, v.Value):
		return clean(secret.Mask(v.Value)) + s.State.Warn.Render("  ! secret in the file")
	}
	return clean(v.Value)
}

// verdict says how two variables differ, in a word.
func (e *Environments) verdict(l line) (func(...string) string, string) {
	s := e.opt.Styles
	switch {
	case l.mine == nil || l.his == nil: // the sign stands where it is missing
		return s.State.Warn.Render, "~ differs"
	case l.mine.Off != l.his.Off:
		return s.State.Warn.Render, "~ off"
	case l.mine.Secret != l.his.Secret:
		return s.State.Warn.Render, "~ secret"
	case l.mine.Secret:
		return s.Text.Muted.Render, "secret"
	case l.mine.Value != l.his.Value:
		return s.State.Warn.Render, "~ differs"
	}
	return s.Text.Muted.Render, "same"
}

// clean is the way of untrusted text to the screen.
func clean(text string) string { return safe.Line(text).String() }

// Keys implements tui.Part: what works now, the most useful first.
func (e *Environments) Keys() []key.Binding {
	b := e.opt.Keys.Environments
	if len(e.all) == 0 {
		return []key.Binding{b.New, b.Back}
	}
	keys := e.many()
	if len(e.all) == 1 { // there is no other one to compare with
		keys = slices.DeleteFunc(keys, func(k key.Binding) bool { return slices.Equal(k.Keys(), b.Compare.Keys()) })
	}
	return keys
}

// many are the keys where there are several environments.
func (e *Environments) many() []key.Binding {
	b := e.opt.Keys.Environments
	back := b.Back
	if e.beside != "" {
		back = keys.As(back, "end comparing")
	}
	if e.inside && e.beside != "" { // the way out first: there is no room for all
		return []key.Binding{b.Open, back, b.Toggle, b.Add, b.Secret, b.Delete, b.Mark, keys.As(b.Turn, "list")}
	}
	if e.inside {
		return []key.Binding{b.Open, b.Toggle, b.Add, b.Secret, b.Delete, b.Compare, b.Mark, keys.As(b.Turn, "list"), back}
	}
	return []key.Binding{b.Use, keys.As(b.Open, "variables"), b.Compare, b.Mark, b.New, b.Rename, b.Delete, b.Add, back}
}
