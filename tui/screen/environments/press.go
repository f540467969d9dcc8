package environments

import (
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/request/secret"
	"culprit/tui"
	"culprit/tui/screen"
)

func (e *Environments) press(k tea.KeyPressMsg) tui.Intent {
	b := e.opt.Keys.Environments
	switch {
	case key.Matches(k, b.Up):
		e.move(-1)
	case key.Matches(k, b.Down):
		e.move(1)
	case key.Matches(k, b.PageUp):
		e.move(-e.room())
	case key.Matches(k, b.PageDown):
		e.move(e.room())
	case key.Matches(k, b.Top):
		e.move(-max(len(e.all), len(e.lines())))
	case key.Matches(k, b.Bottom):
		e.move(max(len(e.all), len(e.lines())))
	case key.Matches(k, b.Turn):
		e.inside = !e.inside
	case key.Matches(k, b.Back):
		return e.back()
	case key.Matches(k, b.New):
		return screen.Ask{Title: "New environment", What: "Its name:", Done: func(name string) tui.Intent { return New{name} }}
	case key.Matches(k, b.Undo):
		return Undo{}
	default:
		return e.act(k)
	}
	return nil
}

// rename asks for a name.
func (e *Environments) rename(env collections.Environment) tui.Intent {
	what := "New name of " + env.Name + "; its file is called so too:"
	if slices.ContainsFunc(env.Variables, func(v collections.Variable) bool { return v.Secret }) {
		what = "New name of " + env.Name + "; its file is called so too, and the values of its secrets are looked for under that name:"
	}
	return screen.Ask{Title: "Rename the environment", What: what, Text: env.Name, Done: func(name string) tui.Intent { return Rename{env, name} }}
}

// count says how many variables there are.
func count(n int) string {
	if n == 1 {
		return "its one variable"
	}
	return "its " + strconv.Itoa(n) + " variables"
}

// back closes one thing: the comparison, the variables, the screen.
func (e *Environments) back() tui.Intent {
	switch {
	case e.beside != "":
		e.beside = ""
		e.Resize(e.w, e.h)
	case e.inside:
		e.inside = false
	default:
		return screen.Leave{}
	}
	return nil
}

// act does something with the environment at the cursor or with one of its variables.
func (e *Environments) act(k tea.KeyPressMsg) tui.Intent {
	b := e.opt.Keys.Environments
	env, ok := e.current()
	if !ok {
		return tui.Pass{}
	}
	switch {
	case key.Matches(k, b.Use):
		return Use{env.Name}
	case key.Matches(k, b.Mark):
		return Mark{env}
	case key.Matches(k, b.Compare):
		return e.compare()
	case key.Matches(k, b.Add):
		return e.add(env)
	case key.Matches(k, b.Open) && !e.inside:
		e.inside = true
		return nil
	case key.Matches(k, b.Rename):
		return e.rename(env)
	case key.Matches(k, b.Delete) && !e.inside:
		return screen.Confirm{Title: "Delete the environment?", Yes: "delete it", Then: Delete{env},
			Text: "The file " + file(env.File) + " is removed, with " + count(len(env.Variables)) + ". " + b.Undo.Help().Key + " brings it back."}
	}
	lines := e.lines()
	if !e.inside || e.row >= len(lines) {
		return tui.Pass{}
	}
	l := lines[e.row]
	if l.mine == nil && key.Matches(k, b.Open, b.Delete, b.Toggle, b.Secret) {
		return screen.Say("It is not in " + env.Name + "; a adds it.")
	}
	switch {
	case key.Matches(k, b.Open):
		return e.edit(env, l)
	case key.Matches(k, b.Delete):
		vars := slices.Delete(slices.Clone(env.Variables), l.at, l.at+1)
		return screen.Confirm{Title: "Delete the variable?", Text: l.name + " of " + env.Name + " is removed from its file.", Yes: "delete it",
			Then: Save{env, vars, "Deleted " + l.name}}
	case key.Matches(k, b.Toggle):
		v := *l.mine
		v.Off = !v.Off
		return save(env, l.at, v, map[bool]string{true: "Switched off ", false: "Switched on "}[v.Off]+v.Name)
	case key.Matches(k, b.Secret):
		return e.hide(env, l)
	}
	return tui.Pass{}
}

// save writes one variable of an environment.
func save(env collections.Environment, at int, v collections.Variable, said string) tui.Intent {
	vars := slices.Clone(env.Variables)
	vars[at] = v
	return Save{env, vars, said}
}

// edit asks for the value of a variable.
func (e *Environments) edit(env collections.Environment, l line) tui.Intent {
	if l.mine.Secret {
		where, _ := e.opt.Origin(env.Name, l.name)
		if !e.opt.CanGive {
			return screen.Say("The value of a secret is never in the file; it comes from " + where + ".")
		}
		return screen.Ask{Title: "Value of " + l.name, What: "Until you quit, and written nowhere; nothing leaves it to where it comes from:", Empty: true,
			Done: func(text string) tui.Intent { return Give{env.Name, l.name, text} }}
	}
	what, text := "Its value in "+env.Name+":", l.mine.Value
	if secret.Guess(l.name, text) {
		what, text = "Its new value in "+env.Name+"; the old one is not shown:", ""
	}
	return screen.Ask{Title: "Edit " + l.name, What: what, Text: text, Empty: text != "", Done: func(text string) tui.Intent {
		v := *l.mine
		v.Value = text
		return save(env, l.at, v, "Saved "+l.name+" of "+env.Name)
	}}
}

// add asks for a new variable; in a comparison its name is offered.
func (e *Environments) add(env collections.Environment) tui.Intent {
	text := ""
	if lines := e.lines(); e.row < len(lines) && lines[e.row].mine == nil {
		text = lines[e.row].name + "="
		if !lines[e.row].his.Secret {
			text += lines[e.row].his.Value
		}
	}
	return screen.Ask{Title: "Add a variable", What: "To " + env.Name + ", as name=value:", Text: text, Done: func(text string) tui.Intent {
		name, value, _ := strings.Cut(text, "=")
		name = strings.TrimSpace(name)
		switch {
		case name == "":
			return screen.Say("A variable needs a name.")
		case slices.ContainsFunc(env.Variables, func(v collections.Variable) bool { return v.Name == name }):
			return screen.Say(env.Name + " has " + name + " already.")
		}
		return Save{env, append(slices.Clone(env.Variables), collections.Variable{Name: name, Value: strings.TrimSpace(value)}), "Added " + name}
	}}
}

// hide makes a variable secret, after a question, because its value leaves the file; or plain again.
func (e *Environments) hide(env collections.Environment, l line) tui.Intent {
	v := *l.mine
	v.Secret = !v.Secret
	if !v.Secret {
		return save(env, l.at, v, l.name+" is plain now; its value will be in the file")
	}
	v.Value = ""
	where, _ := e.opt.Origin(env.Name, l.name)
	return screen.Confirm{Title: "Make it a secret?", Text: "The value of " + l.name + " leaves the file, and comes from " + where + " then.", Yes: "make it secret",
		Then: save(env, l.at, v, l.name+" is a secret now")}
}

// compare asks what to compare with, unless there is only one other; once more ends it.
func (e *Environments) compare() tui.Intent {
	env, _ := e.current()
	if e.beside != "" {
		return e.back()
	}
	var others []string
	for _, o := range e.all {
		if o.Name != env.Name {
			others = append(others, o.Name)
		}
	}
	against := func(name string) tui.Intent {
		e.beside, e.inside, e.row = name, true, 0
		e.Resize(e.w, e.h)
		return nil
	}
	switch len(others) {
	case 0:
		return screen.Say("There is no other environment to compare with.")
	case 1:
		return against(others[0])
	}
	return screen.Choose{Title: "Compare " + env.Name + " with", Of: others, Done: against}
}
