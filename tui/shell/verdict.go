package shell

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/tui/screen"
)

// repair turns a fix of what was sent into a draft of what is saved.
func (s *Shell) repair(i screen.Repair) tea.Cmd {
	p, carry := s.shelf.problem, s.opt.Core.Repair
	if p.Entry == nil || carry == nil {
		s.warn("The fix cannot be put into the request here.")
		return nil
	}
	if i.Send && s.displaced(p) {
		return nil
	}
	a, err := carry(p, i.Fix)
	switch {
	case err != nil && s.login(i.Fix) != nil:
		if !s.displaced(p) {
			s.push(s.askLogin(i.Fix))
		}
	case err != nil:
		s.warn("The fix cannot be saved: " + err.Error())
	case len(a.Drop) > 0:
		s.push(s.askDrop(a, i))
	default:
		return s.carried(p, a, i.Send)
	}
	return nil
}

// displaced reports whether p was diagnosed in another environment than requests are sent in now, and says so.
func (s *Shell) displaced(p Problem) bool {
	if p.Environment == s.env {
		return false
	}
	s.warn("It was diagnosed " + inside(p.Environment) + ", and is sent " + inside(s.env) + " now: " + s.keys.Chord.Environment.Help().Key + " changes that.")
	return true
}

// inside says in which environment something is.
func inside(env string) string {
	if env == "" {
		return "without an environment"
	}
	return "in " + clean(env)
}

// carried makes what is saved of a fix the draft, after a question where it is in a variable.
func (s *Shell) carried(p Problem, a collections.Amendment, send bool) tea.Cmd {
	if len(a.Assign) > 0 {
		s.push(s.assignment(p, a, send))
		return nil
	}
	return s.repaired(a, send)
}

// repaired makes what is saved of a fix the draft.
func (s *Shell) repaired(a collections.Amendment, send bool) tea.Cmd {
	cmd := s.apply(screen.Apply{Saved: a.Saved, Send: send})
	if len(a.Notes) > 0 {
		s.say("The fix is in the request: " + strings.Join(a.Notes, "; "))
	}
	return cmd
}

// assignment asks before variables are written: other requests may use them too.
func (s *Shell) assignment(p Problem, a collections.Amendment, send bool) *dialog {
	text := []string{"The value comes from a variable, so the fix changes it where it is. Other requests may use it too.", ""}
	for _, v := range a.Assign {
		text = append(text, s.styles.Text.Muted.Render("in "+clean(where(v))))
		if was, ok := s.valueOf(v); ok {
			text = append(text, s.styles.Diff.Removed.Render("- "+clean(v.Name)+"  "+clean(was)))
		}
		text = append(text, s.styles.Diff.Added.Render("+ "+clean(v.Name)+"  "+clean(v.Value)), "")
	}
	d := s.dialog("Change a variable?", text[:len(text)-1]...)
	d.answers = []answer{say("y", "write it", func() tea.Cmd { return s.assign(p, a, send) })}
	return d
}

// where says in what a variable is.
func where(v collections.Assignment) string {
	switch {
	case v.Entry == nil:
		return "the environment " + v.Environment
	case v.Entry.Path == "":
		return "the collection"
	}
	return "the folder " + v.Entry.Path
}

// valueOf returns what a variable is now.
func (s *Shell) valueOf(v collections.Assignment) (string, bool) {
	var vars []collections.Variable
	if v.Entry != nil {
		vars = v.Entry.Saved.Vars
	} else if e := s.environment(); e != nil && e.Name == v.Environment {
		vars = e.Variables
	}
	for i := len(vars) - 1; i >= 0; i-- {
		if vars[i].Name == v.Name && !vars[i].Off {
			return vars[i].Value, true
		}
	}
	return "", false
}

// assign writes the variables of a fix, reads the collection anew, and then does what is left of the fix.
func (s *Shell) assign(p Problem, a collections.Amendment, send bool) tea.Cmd {
	write := s.opt.Core.Assign
	then := func() tea.Cmd {
		var names []string
		for _, v := range a.Assign {
			names = append(names, clean(v.Name)+" in "+clean(where(v)))
		}
		cmd := s.repaired(a, send)
		s.say("Written: " + strings.Join(names, ", ") + ".")
		return cmd
	}
	work := only(func(ctx context.Context) error { return write(ctx, p, a.Assign) })
	return try(s, &job{what: "Writing the variable", must: true}, "The variable is not written", work, func(done) tea.Cmd { return s.reloadThen(then) })
}

// offerReport asks in which form a report is saved.
func (s *Shell) offerReport(r diagnose.Report) tea.Cmd {
	if s.opt.Core.SaveReport == nil {
		s.warn("Reports cannot be saved here.")
		return nil
	}
	d := s.dialog("Save the report", "Secrets are masked in all of them.")
	for _, form := range []struct{ key, what, ext string }{
		{"m", "Markdown", ".md"}, {"j", "JSON", ".json"}, {"h", "HAR", ".har"},
	} {
		d.answers = append(d.answers, say(form.key, form.what, func() tea.Cmd { return s.saveReport(r, form.ext) }))
	}
	s.push(d)
	return nil
}

func (s *Shell) saveReport(r diagnose.Report, ext string) tea.Cmd {
	p, save := s.shelf.problem, s.opt.Core.SaveReport
	work := func(ctx context.Context) (string, error) { return save(ctx, p, r, ext) }
	return try(s, &job{what: "Saving the report"}, "The report is not saved", work, func(path string) tea.Cmd {
		s.say("The report is in " + path)
		return nil
	})
}

// apply makes a repaired request the draft of the one that was diagnosed.
func (s *Shell) apply(i screen.Apply) tea.Cmd {
	p := s.shelf.problem
	if p.Entry == nil {
		return nil
	}
	s.screen = nil
	cmds := []tea.Cmd{s.grant(s.bench.Open(p.Entry.Path)), s.grant(s.bench.Replace(i.Saved))}
	s.say("The fix is in the request; ctrl+s saves it, U undoes it.")
	if i.Send {
		cmds = append(cmds, s.send(s.bench.Selected()))
	}
	return tea.Batch(cmds...)
}
