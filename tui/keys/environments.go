package keys

import "charm.land/bubbles/v2/key"

// Environments are the bindings of the screen of environments.
type Environments struct {
	Up, Down, Top, Bottom, PageUp, PageDown, Turn, Back        key.Binding
	Open, Use, Add, Delete, Toggle, Secret, Mark, Compare, New key.Binding
	Rename, Undo                                               key.Binding
}

func environments() Environments {
	return Environments{
		Up:       bind("k", "up", "k", "up"),
		Down:     bind("j", "down", "j", "down"),
		Top:      bind("g", "first", "g", "home"),
		Bottom:   bind("G", "last", "G", "end"),
		PageUp:   bind("pgup", "page up", "pgup", "ctrl+b"),
		PageDown: bind("pgdn", "page down", "pgdown", "ctrl+f"),
		Turn:     bind("tab", "list or variables", "tab", "shift+tab", "h", "l", "left", "right"),
		Back:     bind("esc", "back", "esc"),
		Open:     bind("enter", "edit", "enter", "e"),
		Use:      bind("u", "use it", "u"),
		Add:      bind("a", "add", "a"),
		Delete:   bind("x", "delete", "x", "delete"),
		Toggle:   bind("space", "on/off", "space"),
		Secret:   bind("s", "secret or not", "s"),
		Mark:     bind("p", "production or dev", "p"),
		Compare:  bind("=", "compare", "="),
		New:      bind("n", "new", "n"),
		Rename:   bind("R", "rename", "R"),
		Undo:     bind("U", "bring back", "U"),
	}
}

func environmentNames(e *Environments) []Named {
	return []Named{{"use", &e.Use}, {"open", &e.Open}, {"compare", &e.Compare}, {"mark", &e.Mark}, {"add", &e.Add}, {"toggle", &e.Toggle},
		{"secret", &e.Secret}, {"delete", &e.Delete}, {"new", &e.New}, {"rename", &e.Rename}, {"undo", &e.Undo}, {"turn", &e.Turn}, {"back", &e.Back}, {"up", &e.Up},
		{"down", &e.Down}, {"top", &e.Top}, {"bottom", &e.Bottom}, {"page_up", &e.PageUp}, {"page_down", &e.PageDown}}
}
