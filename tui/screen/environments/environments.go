// Package environments is the screen of environments: their variables, what two of them differ in, and which of them
// is production.
//
// It writes nothing: what a person changes goes up as an intent, a whole list of variables at a time. The value of a
// secret is never shown; where it comes from is.
package environments

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/theme"
	"culprit/tui/widget"
)

// Options are what the screen is made of. All fields are needed.
type Options struct {
	Styles *theme.Styles
	Keys   *keys.Map
	// Origin says where the value of a secret variable comes from, and whether it is there. It must not block.
	Origin func(environment, name string) (where string, ok bool)
	// CanGive says that Give is granted.
	CanGive bool
}

// The intents of the screen beside those of package screen.
type (
	// Use makes an environment the one in use.
	Use struct{ Name string }
	// Save writes the variables of an environment into its file; Said is what was done, for the status line.
	Save struct {
		Environment collections.Environment
		Variables   []collections.Variable
		Said        string
	}
	// New makes an environment without variables.
	New struct{ Name string }
	// Rename gives an environment, and its file, another name.
	Rename struct {
		Environment collections.Environment
		Name        string
	}
	// Delete removes an environment and its file.
	Delete struct{ Environment collections.Environment }
	// Undo brings the environment back that was deleted last.
	Undo struct{}
	// Mark asks what kind of environment one is.
	Mark struct{ Environment collections.Environment }
	// Give gives a secret variable a value for this session, "" takes it back.
	Give struct{ Environment, Name, Value string }
)

// Environments is a tui.Part. Make one with Open.
type Environments struct {
	opt    Options
	all    []collections.Environment
	use    string
	at     int    // of all
	beside string // the one that is compared with the one at the cursor; "" for none
	inside bool   // the focus is on the variables
	row    int
	top    int
	where  layout.Environments
	w, h   int
}

// Open returns the screen with the environment in use chosen.
func Open(opt Options, all []collections.Environment, use string) *Environments {
	e := &Environments{opt: opt}
	e.Set(all, use)
	e.at = max(slices.IndexFunc(e.all, func(x collections.Environment) bool { return x.Name == use }), 0)
	return e
}

// Set gives the environments as they are now; the cursor stays on its name.
func (e *Environments) Set(all []collections.Environment, use string) {
	name := ""
	if env, ok := e.current(); ok {
		name = env.Name
	}
	e.all, e.use = all, use
	if i := e.find(name); i >= 0 {
		e.at = i
	}
	if e.find(e.beside) < 0 {
		e.beside = ""
	}
	e.at = max(min(e.at, len(all)-1), 0)
	e.move(0)
}

func (e *Environments) find(name string) int {
	return slices.IndexFunc(e.all, func(x collections.Environment) bool { return x.Name == name })
}

// Go moves to the environment called name.
func (e *Environments) Go(name string) {
	if i := e.find(name); i >= 0 {
		e.at = i
	}
}

func (e *Environments) current() (collections.Environment, bool) {
	if e.at < 0 || e.at >= len(e.all) {
		return collections.Environment{}, false
	}
	return e.all[e.at], true
}

// Title says what the screen is.
func (e *Environments) Title() string { return "Environments" }

// About explains the screen.
func (e *Environments) About() string {
	return "The environments and their variables, each a file of the collection. The value of a secret is never in the file: it comes from CULPRIT_SECRET_NAME, a .env that git ignores, a .env.age, the command in CULPRIT_SECRETS_COMMAND or the keyring, and `culprit secret set NAME` stores one; what is marked as production asks before anything is changed there."
}

// Resize implements tui.Part.
func (e *Environments) Resize(width, height int) {
	e.w, e.h = max(width, 0), max(height, 0)
	e.where = layout.OfEnvironments(e.w, e.h, e.beside != "")
	e.move(0)
}

// room is how many rows of variables are seen.
func (e *Environments) room() int { return max(e.where.Variables.Inside().H-head, 1) }

// move moves the cursor of the part that has the focus.
func (e *Environments) move(by int) {
	if e.inside {
		e.row += by
	} else {
		e.at = max(min(e.at+by, len(e.all)-1), 0)
	}
	e.row = max(min(e.row, len(e.lines())-1), 0)
	e.top = max(min(e.top, e.row), e.row-e.room()+1, 0)
}

// A line is one variable of an environment, or of two that are compared.
type line struct {
	name string
	mine *collections.Variable // nil where it is not there
	his  *collections.Variable
	at   int // of the variables of the environment at the cursor; -1 where it is not there
}

// lines are the variables of the environment at the cursor, then those that only the other one has.
func (e *Environments) lines() []line {
	env, ok := e.current()
	if !ok {
		return nil
	}
	var other []collections.Variable
	if i := e.find(e.beside); i >= 0 {
		other = e.all[i].Variables
	}
	in := func(list []collections.Variable, name string) *collections.Variable {
		i := slices.IndexFunc(list, func(v collections.Variable) bool { return v.Name == name })
		if i < 0 {
			return nil
		}
		return &list[i]
	}
	var out []line
	for i := range env.Variables {
		v := &env.Variables[i]
		out = append(out, line{v.Name, v, in(other, v.Name), i})
	}
	for i := range other {
		if in(env.Variables, other[i].Name) == nil {
			out = append(out, line{other[i].Name, nil, &other[i], -1})
		}
	}
	return out
}

// Update implements tui.Part.
func (e *Environments) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		return e.press(k), nil
	}
	return tui.Pass{}, nil
}

// Mouse implements tui.Mouser: a click chooses, the wheel moves.
func (e *Environments) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	m := msg.Mouse()
	e.inside = e.where.Variables.Contains(m.X, m.Y)
	switch msg.(type) {
	case tea.MouseWheelMsg:
		e.move(widget.Notch(msg))
	case tea.MouseClickMsg:
		if e.inside {
			e.move(m.Y - e.where.Variables.Y - 1 - head + e.top - e.row)
		} else {
			e.move(m.Y - e.where.List.Y - 1 - e.at)
		}
	}
	return nil, nil
}
