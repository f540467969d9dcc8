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
		Up:       Bind("k", "up", "k", "up"),
		Down:     Bind("j", "down", "j", "down"),
		Top:      Bind("g", "first", "g", "home"),
		Bottom:   Bind("G", "last", "G", "end"),
		PageUp:   Bind("pgup", "page up", "pgup", "ctrl+b"),
		PageDown: Bind("pgdn", "page down", "pgdown", "ctrl+f"),
		Turn:     Bind("tab", "list or variables", "tab", "shift+tab", "h", "l", "left", "right"),
		Back:     Bind("esc", "back", "esc"),
		Open:     Bind("enter", "edit", "enter", "e"),
		Use:      Bind("u", "use it", "u"),
		Add:      Bind("a", "add", "a"),
		Delete:   Bind("x", "delete", "x", "delete"),
		Toggle:   Bind("space", "on/off", "space"),
		Secret:   Bind("s", "secret or not", "s"),
		Mark:     Bind("p", "production or dev", "p"),
		Compare:  Bind("=", "compare", "="),
		New:      Bind("n", "new", "n"),
		Rename:   Bind("R", "rename", "R"),
		Undo:     Bind("U", "bring back", "U"),
	}
}

func environmentNames(e *Environments) []Named {
	return []Named{{"use", &e.Use}, {"open", &e.Open}, {"compare", &e.Compare}, {"mark", &e.Mark}, {"add", &e.Add}, {"toggle", &e.Toggle},
		{"secret", &e.Secret}, {"delete", &e.Delete}, {"new", &e.New}, {"rename", &e.Rename}, {"undo", &e.Undo}, {"turn", &e.Turn}, {"back", &e.Back}, {"up", &e.Up},
		{"down", &e.Down}, {"top", &e.Top}, {"bottom", &e.Bottom}, {"page_up", &e.PageUp}, {"page_down", &e.PageDown}}
}
