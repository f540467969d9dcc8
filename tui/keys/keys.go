// Package keys holds every key binding of the program, grouped by scope, with the words that help shows.
//
// Two bindings of one scope never share a key, and no binding needs a key that tmux or a plain terminal
// cannot send; a test holds both. What a key does is the business of the part that matches it.
package keys

import "charm.land/bubbles/v2/key"

// Map are all bindings.
type Map struct {
	Chord        Chord
	Plain        Plain
	List         List
	Form         Form
	Text         Text
	Reply        Reply
	Body         Body
	Overlay      Overlay
	Wizard       Wizard
	History      History
	Environments Environments
}

// Chord are bindings that work everywhere, also while text is typed.
type Chord struct {
	Stop, Palette, Save, Send, Environment, Suspend, Next, Previous, External, Help key.Binding
}

// Plain are bindings that work everywhere except while text is typed.
type Plain struct {
	Help, Send, Diagnose, CopyCurl, Import, Reload, Quit, Pane1, Pane2, Pane3, Back, Revert, Secrets, Sent, History, Environments key.Binding
}

// List are the motions of a list or a tree.
type List struct {
	Up, Down, Top, Bottom, PageUp, PageDown, Open, Unfold, Close, FoldAll, Filter key.Binding
	New, NewFolder, Duplicate, Rename, Move, Delete                               key.Binding
}

// Form are the bindings of rows that can be edited.
type Form struct {
	Up, Down, Left, Right, Edit, Add, Toggle, Delete, MoveUp, MoveDown, Duplicate, TabNext, TabPrevious, Method key.Binding
	Undo, Redo, Format, MethodBack                                                                              key.Binding
}

// Reply are the bindings of the response.
type Reply struct {
	Up, Down, Top, Bottom, PageUp, PageDown, TabNext, TabPrevious key.Binding
	Filter, Save, Pager, Against, Whole, Take                     key.Binding
}

// Body are the bindings of a body that is read; they go before those of the response.
type Body struct {
	Move Motion
	Fold Folding
	Find Finding
	Look Looking
}

// Motion are the motions in a body.
type Motion struct {
	Up, Down, PageUp, PageDown, HalfUp, HalfDown, Top, Bottom, Left, Right, LineStart key.Binding
}

// Folding are the bindings that fold a body.
type Folding struct {
	Toggle, More, Less, All, None, Parent key.Binding
}

// Finding are the bindings that search a body. Plain works in the prompt only.
type Finding struct {
	Search, Next, Previous, Plain key.Binding
}

// Looking are the ways to look at a body and to copy from it.
type Looking struct {
	CopyPath, CopyValue, Wrap, Hex, Text, Numbers key.Binding
}

// Overlay are the bindings of what lies above the screen.
type Overlay struct {
	Close, Accept, Yes, No, Always, Up, Down key.Binding
}

// A Named binding can be changed by its name, "scope.name".
type Named struct {
	Name    string
	Binding *key.Binding
}

// A Scope is a group of bindings that are matched together.
type Scope struct {
	Name, Title string
	Named       []Named
}

func bind(help, what string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, what))
}

// Default returns the bindings that a person has who changed none.
func Default() *Map {
	return &Map{
		Chord: Chord{
			Stop:        bind("ctrl+c", "cancel, then quit", "ctrl+c"),
			Palette:     bind("ctrl+p", "palette", "ctrl+p"),
			Save:        bind("ctrl+s", "save", "ctrl+s"),
			Send:        bind("ctrl+r", "send", "ctrl+r", "ctrl+enter", "f5"),
			Environment: bind("ctrl+e", "environment", "ctrl+e"),
			Suspend:     bind("ctrl+z", "suspend", "ctrl+z"),
			Next:        bind("tab", "next pane", "tab"),
			Previous:    bind("shift+tab", "previous pane", "shift+tab"),
			External:    bind("ctrl+o", "open in $EDITOR", "ctrl+o"),
			Help:        bind("f1", "help", "f1"),
		},
		Plain: Plain{
			Help:         bind("?", "help", "?"),
			Send:         bind("s", "send", "s"),
			Diagnose:     bind("d", "diagnose", "d"),
			CopyCurl:     bind("c", "copy as curl", "c"),
			Import:       bind("i", "import curl", "i"),
			Reload:       bind("ctrl+l", "reload files", "ctrl+l"),
			Revert:       bind("U", "undo all edits", "U"),
			Secrets:      bind("v", "show or hide secrets", "v"),
			Sent:         bind("W", "what was really sent", "W"),
			Quit:         bind("q", "quit", "q"),
			Pane1:        bind("1", "collection", "1"),
			Pane2:        bind("2", "request", "2"),
			Pane3:        bind("3", "response", "3"),
			Back:         bind("esc", "back", "esc"),
			History:      bind("H", "history", "H"),
			Environments: bind("E", "environments", "E"),
		},
		List:  list(),
		Form:  form(),
		Text:  text(),
		Reply: reply(),
		Body:  body(),
		Overlay: Overlay{
			Close:  bind("esc", "close", "esc"),
			Accept: bind("enter", "choose", "enter"),
			Yes:    bind("y", "yes", "y"),
			No:     bind("n", "no", "n"),
			Always: bind("a", "always for this request", "a"),
			Up:     bind("↑", "up", "up", "ctrl+k"),
			Down:   bind("↓", "down", "down", "ctrl+j"),
		},
		Wizard:       wizard(),
		History:      history(),
		Environments: environments(),
	}
}

func list() List {
	return List{
		Up:       bind("k", "up", "k", "up"),
		Down:     bind("j", "down", "j", "down"),
		Top:      bind("g", "first", "g", "home"),
		Bottom:   bind("G", "last", "G", "end"),
		PageUp:   bind("pgup", "page up", "pgup", "ctrl+b"),
		PageDown: bind("pgdn", "page down", "pgdown", "ctrl+f"),
		Open:     bind("enter", "open", "enter"),
		Unfold:   bind("l", "unfold or open", "l", "right"),
		Close:    bind("h", "fold", "h", "left"),
		FoldAll:  bind("-", "fold all", "-"),
		Filter:   bind("/", "filter", "/"),

		New:       bind("n", "new request", "n"),
		NewFolder: bind("N", "new folder", "N"),
		Duplicate: bind("D", "duplicate", "D"),
		Rename:    bind("R", "rename", "R"),
		Move:      bind("m", "move to a folder", "m"),
		Delete:    bind("x", "delete", "x", "delete"),
	}
}

func form() Form {
	return Form{
		Up:          bind("k", "up", "k", "up"),
		Down:        bind("j", "down", "j", "down"),
		Left:        bind("h", "left", "h", "left"),
		Right:       bind("l", "right", "l", "right"),
		Edit:        bind("enter", "edit", "enter", "e"),
		Add:         bind("a", "add", "a"),
		Toggle:      bind("space", "on/off", "space"),
		Delete:      bind("x", "delete", "x", "delete"),
		MoveUp:      bind("K", "move up", "K", "shift+up"),
		MoveDown:    bind("J", "move down", "J", "shift+down"),
		Duplicate:   bind("D", "duplicate", "D"),
		TabNext:     bind("]", "next tab", "]"),
		TabPrevious: bind("[", "previous tab", "["),
		Method:      bind("m", "method", "m"),
		MethodBack:  bind("M", "method before", "M"),
		Undo:        bind("u", "undo", "u", "ctrl+_"),
		Redo:        bind("ctrl+y", "redo", "ctrl+y"),
		Format:      bind("=", "lay out", "="),
	}
}

func reply() Reply {
	return Reply{
		Up:          bind("k", "up", "k", "up"),
		Down:        bind("j", "down", "j", "down"),
		Top:         bind("g", "first line", "g", "home"),
		Bottom:      bind("G", "last line", "G", "end"),
		PageUp:      bind("pgup", "page up", "pgup", "ctrl+b"),
		PageDown:    bind("pgdn", "page down", "pgdown", "ctrl+f"),
		TabNext:     bind("]", "next tab", "]"),
		TabPrevious: bind("[", "previous tab", "["),
		Filter:      bind("|", "filter with jq", "|"),
		Save:        bind("S", "save body", "S"),
		Pager:       bind("o", "open in $PAGER", "o"),
		Against:     bind("b", "compare with another", "b"),
		Whole:       bind("enter", "all that was sent", "enter"),
		Take:        bind("t", "take as a variable", "t"),
	}
}

func body() Body {
	return Body{
		Move: Motion{
			Up:        bind("k", "up", "k", "up"),
			Down:      bind("j", "down", "j", "down"),
			PageUp:    bind("pgup", "page up", "pgup", "ctrl+b"),
			PageDown:  bind("pgdn", "page down", "pgdown", "ctrl+f"),
			HalfUp:    bind("ctrl+u", "half a page up", "ctrl+u"),
			HalfDown:  bind("ctrl+d", "half a page down", "ctrl+d"),
			Top:       bind("g", "first line", "g", "home"),
			Bottom:    bind("G", "last line", "G", "end"),
			Left:      bind("h", "left", "h", "left"),
			Right:     bind("l", "right", "l", "right"),
			LineStart: bind("0", "start of the line", "0"),
		},
		Fold: Folding{
			Toggle: bind("space", "fold", "space", "enter"),
			More:   bind("-", "fold a level", "-"),
			Less:   bind("+", "unfold a level", "+", "="),
			All:    bind("_", "fold all", "_"),
			None:   bind("*", "unfold all", "*"),
			Parent: bind("p", "to the parent", "p"),
		},
		Find: Finding{
			Search:   bind("/", "search", "/"),
			Next:     bind("n", "next match", "n"),
			Previous: bind("N", "previous match", "N"),
			Plain:    bind("ctrl+t", "text or regexp", "ctrl+t"),
		},
		Look: Looking{
			CopyPath:  bind("y", "copy path", "y"),
			CopyValue: bind("Y", "copy value", "Y"),
			Wrap:      bind("w", "wrap", "w"),
			Hex:       bind("x", "hex", "x"),
			Text:      bind("r", "raw", "r"),
			Numbers:   bind("#", "line numbers", "#"),
		},
	}
}
