package shell

import (
	"context"
	"net/url"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

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
			s.say("Taken out of the jar: " + clean(strings.Join(taken, ", ")) + ". The request goes without it from now on.")
		}
		if then == nil {
			return nil
		}
		return then()
	})
}

// dropped are the cookies that a fix leaves out; nil where it does more than that: another value only a login gives, and what
// is elsewhere in the request would be lost.
func dropped(fix diagnose.Fix) (names []string) {
	for _, e := range fix.Edits {
		if !e.Element.Is("cookie") || e.Op != diagnose.Remove {
			return nil
		}
		names = append(names, e.Element.Name())
	}
	return names
}

// askDrop asks whether what a fix leaves out is taken out of the jar.
func (s *Shell) askDrop(i screen.Repair) *dialog {
	names := dropped(i.Fix)
	d := s.dialog("It comes from the jar", "The cookie "+clean(strings.Join(names, ", "))+" is in the jar, and in no file: the fix takes it out of there.", "",
		s.styles.Text.Muted.Render("What else goes to this host goes without it, too; a login sets it anew."))
	var then func() tea.Cmd
	what := "take it out"
	if i.Send {
		what, then = "take it out and send", func() tea.Cmd {
			p := s.shelf.problem
			s.screen = nil
			open := s.grant(s.bench.Open(p.Entry.Path))
			return tea.Batch(open, s.send(s.bench.Selected()))
		}
	}
	d.answers = []answer{say("y", what, func() tea.Cmd { return s.dropCookies(names, then) })}
	return d
}
