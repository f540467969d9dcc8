package shell

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/screen"
	"culprit/tui/screen/environments"
	"culprit/tui/screen/workbench"
	"culprit/tui/widget/picker"
)

// Environs are the functions that change the environments of the collection. They may block and run in tasks, but
// Origin, which must return at once.
type Environs struct {
	// Save writes the variables of an environment into its file. A file that changed since it was read is an error.
	Save func(ctx context.Context, e collections.Environment, vars []collections.Variable) error
	// Create makes an environment without variables and returns its name.
	Create func(ctx context.Context, name string) (string, error)
	// Rename gives an environment another name and returns it as the file says it.
	Rename func(ctx context.Context, e collections.Environment, name string) (string, error)
	// Delete removes an environment; undo, which may block, brings it back.
	Delete func(ctx context.Context, e collections.Environment) (undo func() error, err error)
	// Mark says what kind of environment one is: production, dev, or neither, which leaves it to its hosts.
	Mark func(ctx context.Context, name string, production, dev bool) error
	// Origin says where the value of a secret variable comes from, and whether it is there.
	Origin func(environment, name string) (where string, ok bool)
	// Give gives a variable a value for this session, in memory alone; "" takes it back. It must not block.
	Give func(environment, name, value string)
}

// openEnvironments shows the environments, and what is in them.
func (s *Shell) openEnvironments() tea.Cmd {
	if s.opt.Core.Environs == nil || s.coll == nil {
		s.warn("Environments cannot be changed here.")
		return nil
	}
	e := environments.Open(environments.Options{Styles: s.styles, Keys: s.keys, Origin: s.opt.Core.Environs.Origin, CanGive: s.opt.Core.Environs.Give != nil}, s.coll.Environments, s.env)
	s.enter(e)
	return nil
}

// environ grants the intents of the screen of environments.
func (s *Shell) environ(i tui.Intent) tea.Cmd {
	do := s.opt.Core.Environs
	switch i := i.(type) {
	case environments.Use:
		s.setEnvironment(i.Name)
		s.sync("")
		s.say(inUse(i.Name))
	case environments.Save:
		return s.rewrite(i.Said, func(ctx context.Context) (string, error) { return "", do.Save(ctx, i.Environment, i.Variables) })
	case environments.New:
		return s.rewrite("Made "+i.Name, func(ctx context.Context) (string, error) { return do.Create(ctx, i.Name) })
	case environments.Rename:
		return s.renameEnvironment(i.Environment, i.Name)
	case environments.Delete:
		return s.deleteEnvironment(i.Environment)
	case environments.Undo:
		return s.bringBack()
	case environments.Mark:
		s.push(s.askMark(i.Environment))
	case environments.Give:
		s.give(i.Environment, i.Name, i.Value)
	}
	return nil
}

// give gives a variable a value for this session.
func (s *Shell) give(environment, name, value string) {
	s.opt.Core.Environs.Give(environment, name, value)
	s.setEnvironment(s.env)
	s.sync("")
	if value == "" {
		s.say("{{" + name + "}} has no value of this session any more.")
		return
	}
	s.say("{{" + name + "}} has that value until you quit; it is written nowhere.")
}

// take asks as which variable a value of an answer is used.
func (s *Shell) take(i workbench.Take) {
	if s.opt.Core.Environs == nil || s.opt.Core.Environs.Give == nil {
		s.warn("Variables cannot be set here.")
		return
	}
	s.push(s.name("Take as a variable", "Its name; {{name}} has the value until you quit:", i.Name, func(name string) tea.Cmd {
		if strings.ContainsAny(name, "{}= \t") {
			s.warn("A name holds no braces, blanks or equal signs: " + name)
			return nil
		}
		s.give(s.env, name, i.Value)
		return nil
	}))
}

// rewrite changes the environments on disk and reads them anew, also when that failed: the file may be another by
// now.
func (s *Shell) rewrite(said string, work func(ctx context.Context) (string, error)) tea.Cmd {
	return s.rewriteThen(said, work, func(string) {})
}

// rewriteThen calls then with the name that work returned, before the files are read anew, unless it failed.
func (s *Shell) rewriteThen(said string, work func(ctx context.Context) (string, error), then func(name string)) tea.Cmd {
	return end(s, &job{what: "Saving the environment", must: true}, work, func(name string, err error) tea.Cmd {
		if err == nil {
			then(name)
		}
		return s.reloadThen(func() tea.Cmd {
			s.sync(name)
			if err != nil {
				s.warn("Nothing was changed, look again: " + err.Error())
			} else {
				s.say(said)
			}
			return nil
		})
	})
}

// renameEnvironment keeps the environment in use in use.
func (s *Shell) renameEnvironment(e collections.Environment, name string) tea.Cmd {
	do, inUse := s.opt.Core.Environs.Rename, e.Name == s.env
	return s.rewriteThen("Renamed "+e.Name, func(ctx context.Context) (string, error) { return do(ctx, e, name) }, func(got string) {
		if inUse {
			s.setEnvironment(got)
		}
	})
}

// A deleted environment can be brought back.
type deleted struct {
	name  string
	inUse bool
	undo  func() error // nil when there is nothing to bring back
}

func (s *Shell) deleteEnvironment(e collections.Environment) tea.Cmd {
	do := s.opt.Core.Environs.Delete
	was := deleted{name: e.Name, inUse: e.Name == s.env}
	return s.rewriteThen("Deleted "+e.Name+"; "+s.keys.Environments.Undo.Help().Key+" brings it back.", func(ctx context.Context) (string, error) {
		var err error
		was.undo, err = do(ctx, e)
		return "", err
	}, func(string) {
		if s.deleted = was; was.inUse {
			s.setEnvironment("")
		}
	})
}

// bringBack undoes the last deletion of an environment.
func (s *Shell) bringBack() tea.Cmd {
	was := s.deleted
	if was.undo == nil {
		s.say("No environment was deleted here.")
		return nil
	}
	return s.rewriteThen(was.name+" is back", func(context.Context) (string, error) { return was.name, was.undo() }, func(string) {
		if s.deleted = (deleted{}); was.inUse {
			s.setEnvironment(was.name)
		}
	})
}

// sync gives the screen of environments what was read, and moves to the one called name, "" for none.
func (s *Shell) sync(name string) {
	if e, ok := s.screen.(*environments.Environments); ok && s.coll != nil {
		e.Set(s.coll.Environments, s.env)
		e.Go(name)
	}
}

// askMark asks what kind of environment one is.
func (s *Shell) askMark(e collections.Environment) *dialog {
	now := "Nobody has said it. No host of its own is public, so each request is judged by where it goes."
	switch {
	case e.Production:
		now = "It is " + s.styles.State.Alarm.Render(" production ") + " now: what may change data is asked about."
	case e.Public:
		now = "Nobody has said it. Not all of its hosts are local, so what may change data is asked about."
	case e.Dev:
		now = "It is marked dev: nothing is asked about."
	}
	d := s.dialog("What is "+clean(e.Name)+"?", now, "",
		s.styles.Text.Muted.Render("The mark is kept in .culprit.json beside the collection, for everybody who uses it."))
	mark := func(said string, production, dev bool) func() tea.Cmd {
		return func() tea.Cmd {
			do := s.opt.Core.Environs.Mark
			return s.rewrite(said, func(ctx context.Context) (string, error) { return "", do(ctx, e.Name, production, dev) })
		}
	}
	d.answers = []answer{say("p", "production", mark(e.Name+" is production", true, false)), say("d", "dev", mark(e.Name+" is dev", false, true)),
		say("h", "judge by its hosts", mark(e.Name+" is judged by its hosts", false, false))}
	return d
}

// question grants the intents by which a screen asks something.
func (s *Shell) question(i tui.Intent) {
	switch i := i.(type) {
	case screen.Ask:
		q := s.name(clean(i.Title), clean(i.What), i.Text, func(text string) tea.Cmd { return s.grant(i.Done(text)) })
		q.empty = i.Empty
		s.push(q)
	case screen.Choose:
		var items []item
		for _, name := range i.Of {
			items = append(items, item{picker.Item{Label: name}, func() tea.Cmd { return s.grant(i.Done(name)) }})
		}
		s.push(s.list(clean(i.Title), items))
	case screen.Confirm:
		d := s.dialog(clean(i.Title), clean(i.Text))
		d.answers = []answer{say("y", i.Yes, func() tea.Cmd { return s.grant(i.Then) })}
		s.push(d)
	}
}
