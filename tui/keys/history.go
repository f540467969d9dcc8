package keys

import "charm.land/bubbles/v2/key"

// History are the bindings of the history. While an exchange is read, those of the response go before them.
type History struct {
	Up, Down, Top, Bottom, PageUp, PageDown       key.Binding
	Search, Open, Turn, Mark, Compare, All, Back  key.Binding
	Again, Edit, Diagnose, CopyCurl, Export, Same key.Binding
}

func history() History {
	return History{
		Up:       Bind("k", "up", "k", "up"),
		Down:     Bind("j", "down", "j", "down"),
		Top:      Bind("g", "newest", "g", "home"),
		Bottom:   Bind("G", "last", "G", "end"),
		PageUp:   Bind("pgup", "page up", "pgup", "ctrl+b"),
		PageDown: Bind("pgdn", "page down", "pgdown", "ctrl+f"),
		Search:   Bind("/", "search", "/"),
		Open:     Bind("enter", "read", "enter", "l", "right"),
		Turn:     Bind("tab", "list or exchange", "tab", "shift+tab"),
		Mark:     Bind("space", "mark", "space"),
		Compare:  Bind("=", "compare", "="),
		All:      Bind("a", "all collections", "a"),
		Back:     Bind("esc", "back", "esc"),
		Again:    Bind("r", "replay", "r"),
		Edit:     Bind("e", "edit and resend", "e"),
		Diagnose: Bind("d", "diagnose", "d"),
		CopyCurl: Bind("c", "copy as curl", "c"),
		Export:   Bind("x", "export HAR", "x"),
		Same:     Bind("f", "only this request", "f"),
	}
}

func historyNames(h *History) []Named {
	return []Named{{"search", &h.Search}, {"open", &h.Open}, {"turn", &h.Turn}, {"replay", &h.Again}, {"edit", &h.Edit},
		{"mark", &h.Mark}, {"compare", &h.Compare}, {"diagnose", &h.Diagnose}, {"copy_curl", &h.CopyCurl}, {"export", &h.Export},
		{"same", &h.Same}, {"all", &h.All}, {"back", &h.Back}, {"up", &h.Up}, {"down", &h.Down}, {"top", &h.Top},
		{"bottom", &h.Bottom}, {"page_up", &h.PageUp}, {"page_down", &h.PageDown}}
}
