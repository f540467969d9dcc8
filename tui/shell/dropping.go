package shell

import (
	"context"
	"net/url"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/tui/screen"
)

// A cookie that the jar added is in no file, so a fix of it is no edit of the request: it is taken out of the jar.

// dropCookies takes the cookies of these names that go with the request under diagnosis out of its jar, and then calls then
// where that is not nil.
func (s *Shell) dropCookies(names []string, then func() tea.Cmd) tea.Cmd {
	p, jars, now := s.shelf.problem, s.opt.Core.Cookies, s.opt.Core.Now()
	if jars == nil || p.Exchange == nil {
		s.warn("There is no jar here.")
		return nil
	}
	to, err := url.Parse(p.Exchange.Request.URL)
	if err != nil {
		s.warn("They stay in the jar: " + err.Error())
		return nil
	}
	work := func(ctx context.Context) (taken []string, err error) {
		all, err := jars.Read(ctx, p.Environment)
		for _, c := range all {
			if err != nil || !slices.Contains(names, c.Name) || c.Withheld(to, now) != "" {
				continue
			}
			if err = jars.Take(ctx, p.Environment, c); err == nil {
				taken = append(taken, c.Name)
			}
		}
		return taken, err
	}
	return try(s, &job{what: "Taking cookies out of the jar", must: true}, "Not all is taken out", work, func(taken []string) tea.Cmd {
		s.setEnvironment(s.env) // what goes along is another now
		switch {
		case len(taken) == 0:
			s.say("The jar does not have " + clean(strings.Join(names, ", ")) + " any more.")
		case then == nil:
			in := ""
			if p.Environment != s.env {
				in = " " + inside(p.Environment)
			}
			s.say("Taken out of the jar" + in + ": " + clean(strings.Join(taken, ", ")) + ". The request goes without it from now on.")
		}
		if then == nil {
			return nil
		}
		return then()
	})
}

// askDrop asks whether what a fix leaves out is taken out of the jar; what else it changes becomes the draft.
func (s *Shell) askDrop(a collections.Amendment, i screen.Repair) *dialog {
	p, all := s.shelf.problem, len(a.Drop) == len(i.Fix.Edits)
	text := []string{"The cookie " + clean(strings.Join(a.Drop, ", ")) + " is in the jar, and in no file: the fix takes it out of there."}
	if !all {
		text = append(text, "What else it changes is put into the request.")
	}
	d := s.dialog("It comes from the jar", append(text, "", s.styles.Text.Muted.Render("What else goes to this host goes without it, too; a login sets it anew."))...)
	what, then := "take it out", func() tea.Cmd { return s.carried(p, a, i.Send) }
	switch {
	case i.Send && all:
		what, then = "take it out and send", s.sendOpen
	case i.Send:
		what = "take it out and send"
	case all:
		then = nil
	}
	d.answers = []answer{say("y", what, func() tea.Cmd { return s.dropCookies(a.Drop, then) })}
	return d
}

// sendOpen leaves the diagnosis and sends its request as it is saved.
func (s *Shell) sendOpen() tea.Cmd {
	s.screen = nil
	open := s.grant(s.bench.Open(s.shelf.problem.Entry.Path))
	return tea.Batch(open, s.send(s.bench.Selected()))
}

// login is the saved request that gave the credentials of a fix, nil for none.
func (s *Shell) login(fix diagnose.Fix) *collections.Entry {
	if fix.Login == "" {
		return nil
	}
	return s.coll.Root.Request(fix.Login)
}

// askLogin asks whether the saved request that gave a probe new credentials is sent: what it sets is in no file, so the fix is
// to get it anew.
func (s *Shell) askLogin(fix diagnose.Fix) *dialog {
	e, p := s.login(fix), s.shelf.problem
	d := s.dialog("It comes from a login", "What the fix puts in is in no file: the saved request "+clean(e.Path)+" gets it anew.", "",
		s.styles.Text.Muted.Render("It is sent now, then the request that was diagnosed."))
	d.answers = []answer{say("y", "log in and send", func() tea.Cmd {
		s.screen = nil
		open := s.grant(s.bench.Open(e.Path))
		entry, saved := s.bench.Selected()
		return tea.Batch(open, s.sendThen(entry, saved, func() tea.Cmd {
			if s.displaced(p) { // it was changed meanwhile
				return nil
			}
			back := s.grant(s.bench.Open(p.Entry.Path))
			return tea.Batch(back, s.send(s.bench.Selected()))
		}))
	})}
	return d
}
