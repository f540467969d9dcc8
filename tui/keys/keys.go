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
	Jar          Jar
}

// Chord are bindings that work everywhere, also while text is typed.
type Chord struct {
	Stop, Palette, Save, Send, Environment, Suspend, Next, Previous, External, Help key.Binding
}

// Plain are bindings that work everywhere except while text is typed.
type Plain struct {
	Help, Send, Diagnose, CopyCurl, Import, Reload, Quit, Pane1, Pane2, Pane3, Back, Revert, Secrets, Sent, History, Environments, Jar key.Binding
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

// Bind is a binding of keys, with how help writes them and what they do.
func Bind(help, what string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, what))
}

// As is a binding with other words of help.
func As(b key.Binding, words string) key.Binding {
	b.SetHelp(b.Help().Key, words)
	return b
}

// Default returns the bindings that a person has who changed none.
func Default() *Map {
	return &Map{
		Chord: Chord{
			Stop:        Bind("ctrl+c", "cancel, then quit", "ctrl+c"),
			Palette:     Bind("ctrl+p", "palette", "ctrl+p"),
			Save:        Bind("ctrl+s", "save", "ctrl+s"),
			Send:        Bind("ctrl+r", "send", "ctrl+r", "ctrl+enter", "f5"),
			Environment: Bind("ctrl+e", "environment", "ctrl+e"),
			Suspend:     Bind("ctrl+z", "suspend", "ctrl+z"),
			Next:        Bind("tab", "next pane", "tab"),
			Previous:    Bind("shift+tab", "previous pane", "shift+tab"),
			External:    Bind("ctrl+o", "open in $EDITOR", "ctrl+o"),
			Help:        Bind("f1", "help", "f1"),
		},
		Plain: Plain{
			Help:         Bind("?", "help", "?"),
			Send:         Bind("s", "send", "s"),
			Diagnose:     Bind("d", "diagnose", "d"),
			CopyCurl:     Bind("c", "copy as curl", "c"),
			Import:       Bind("i", "import curl", "i"),
			Reload:       Bind("ctrl+l", "reload files", "ctrl+l"),
			Revert:       Bind("U", "undo all edits", "U"),
			Secrets:      Bind("v", "show or hide secrets", "v"),
			Sent:         Bind("W", "what was really sent", "W"),
			Quit:         Bind("q", "quit", "q"),
			Pane1:        Bind("1", "collection", "1"),
			Pane2:        Bind("2", "request", "2"),
			Pane3:        Bind("3", "response", "3"),
			Back:         Bind("esc", "back", "esc"),
			History:      Bind("H", "history", "H"),
			Environments: Bind("E", "environments", "E"),
			Jar:          Bind("C", "cookie jar", "C"),
		},
		List:  list(),
		Form:  form(),
		Text:  text(),
		Reply: reply(),
		Body:  body(),
		Overlay: Overlay{
			Close:  Bind("esc", "close", "esc"),
			Accept: Bind("enter", "choose", "enter"),
			Yes:    Bind("y", "yes", "y"),
			No:     Bind("n", "no", "n"),
			Always: Bind("a", "always for this request", "a"),
			Up:     Bind("↑", "up", "up", "ctrl+k"),
			Down:   Bind("↓", "down", "down", "ctrl+j"),
		},
		Wizard:       wizard(),
		History:      history(),
		Environments: environments(),
		Jar:          jar(),
	}
}

func list() List {
	return List{
		Up:       Bind("k", "up", "k", "up"),
		Down:     Bind("j", "down", "j", "down"),
		Top:      Bind("g", "first", "g", "home"),
		Bottom:   Bind("G", "last", "G", "end"),
		PageUp:   Bind("pgup", "page up", "pgup", "ctrl+b"),
		PageDown: Bind("pgdn", "page down", "pgdown", "ctrl+f"),
		Open:     Bind("enter", "open", "enter"),
		Unfold:   Bind("l", "unfold or open", "l", "right"),
		Close:    Bind("h", "fold", "h", "left"),
		FoldAll:  Bind("-", "fold all", "-"),
		Filter:   Bind("/", "filter", "/"),

		New:       Bind("n", "new request", "n"),
		NewFolder: Bind("N", "new folder", "N"),
		Duplicate: Bind("D", "duplicate", "D"),
		Rename:    Bind("R", "rename", "R"),
		Move:      Bind("m", "move to a folder", "m"),
		Delete:    Bind("x", "delete", "x", "delete"),
	}
}

func form() Form {
	return Form{
		Up:          Bind("k", "up", "k", "up"),
		Down:        Bind("j", "down", "j", "down"),
		Left:        Bind("h", "left", "h", "left"),
		Right:       Bind("l", "right", "l", "right"),
		Edit:        Bind("enter", "edit", "enter", "e"),
		Add:         Bind("a", "add", "a"),
		Toggle:      Bind("space", "on/off", "space"),
		Delete:      Bind("x", "delete", "x", "delete"),
		MoveUp:      Bind("K", "move up", "K", "shift+up"),
		MoveDown:    Bind("J", "move down", "J", "shift+down"),
		Duplicate:   Bind("D", "duplicate", "D"),
		TabNext:     Bind("]", "next tab", "]"),
		TabPrevious: Bind("[", "previous tab", "["),
		Method:      Bind("m", "method", "m"),
		MethodBack:  Bind("M", "method before", "M"),
		Undo:        Bind("u", "undo", "u", "ctrl+_"),
		Redo:        Bind("ctrl+y", "redo", "ctrl+y"),
		Format:      Bind("=", "lay out", "="),
	}
}

func reply() Reply {
	return Reply{
		Up:          Bind("k", "up", "k", "up"),
		Down:        Bind("j", "down", "j", "down"),
		Top:         Bind("g", "first line", "g", "home"),
		Bottom:      Bind("G", "last line", "G", "end"),
		PageUp:      Bind("pgup", "page up", "pgup", "ctrl+b"),
		PageDown:    Bind("pgdn", "page down", "pgdown", "ctrl+f"),
		TabNext:     Bind("]", "next tab", "]"),
		TabPrevious: Bind("[", "previous tab", "["),
		Filter:      Bind("|", "filter with jq", "|"),
		Save:        Bind("S", "save body", "S"),
		Pager:       Bind("o", "open in $PAGER", "o"),
		Against:     Bind("b", "compare with another", "b"),
		Whole:       Bind("enter", "all that was sent", "enter"),
		Take:        Bind("t", "take as a variable", "t"),
	}
}

func body() Body {
	return Body{
		Move: Motion{
			Up:        Bind("k", "up", "k", "up"),
			Down:      Bind("j", "down", "j", "down"),
			PageUp:    Bind("pgup", "page up", "pgup", "ctrl+b"),
			PageDown:  Bind("pgdn", "page down", "pgdown", "ctrl+f"),
			HalfUp:    Bind("ctrl+u", "half a page up", "ctrl+u"),
			HalfDown:  Bind("ctrl+d", "half a page down", "ctrl+d"),
			Top:       Bind("g", "first line", "g", "home"),
			Bottom:    Bind("G", "last line", "G", "end"),
			Left:      Bind("h", "left", "h", "left"),
			Right:     Bind("l", "right", "l", "right"),
			LineStart: Bind("0", "start of the line", "0"),
		},
		Fold: Folding{
			Toggle: Bind("space", "fold", "space", "enter"),
			More:   Bind("-", "fold a level", "-"),
			Less:   Bind("+", "unfold a level", "+", "="),
			All:    Bind("_", "fold all", "_"),
			None:   Bind("*", "unfold all", "*"),
			Parent: Bind("p", "to the parent", "p"),
		},
		Find: Finding{
			Search:   Bind("/", "search", "/"),
			Next:     Bind("n", "next match", "n"),
			Previous: Bind("N", "previous match", "N"),
			Plain:    Bind("ctrl+t", "text or regexp", "ctrl+t"),
		},
		Look: Looking{
			CopyPath:  Bind("y", "copy path", "y"),
			CopyValue: Bind("Y", "copy value", "Y"),
			Wrap:      Bind("w", "wrap", "w"),
			Hex:       Bind("x", "hex", "x"),
			Text:      Bind("r", "raw", "r"),
			Numbers:   Bind("#", "line numbers", "#"),
		},
	}
}
