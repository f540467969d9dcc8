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
		Up:       bind("k", "up", "k", "up"),
		Down:     bind("j", "down", "j", "down"),
		Top:      bind("g", "newest", "g", "home"),
		Bottom:   bind("G", "last", "G", "end"),
		PageUp:   bind("pgup", "page up", "pgup", "ctrl+b"),
		PageDown: bind("pgdn", "page down", "pgdown", "ctrl+f"),
		Search:   bind("/", "search", "/"),
		Open:     bind("enter", "read", "enter", "l", "right"),
		Turn:     bind("tab", "list or exchange", "tab", "shift+tab"),
		Mark:     bind("space", "mark", "space"),
		Compare:  bind("=", "compare", "="),
		All:      bind("a", "all collections", "a"),
		Back:     bind("esc", "back", "esc"),
		Again:    bind("r", "replay", "r"),
		Edit:     bind("e", "edit and resend", "e"),
		Diagnose: bind("d", "diagnose", "d"),
		CopyCurl: bind("c", "copy as curl", "c"),
		Export:   bind("x", "export HAR", "x"),
		Same:     bind("f", "only this request", "f"),
	}
}

func historyNames(h *History) []Named {
	return []Named{{"search", &h.Search}, {"open", &h.Open}, {"turn", &h.Turn}, {"replay", &h.Again}, {"edit", &h.Edit},
		{"mark", &h.Mark}, {"compare", &h.Compare}, {"diagnose", &h.Diagnose}, {"copy_curl", &h.CopyCurl}, {"export", &h.Export},
		{"same", &h.Same}, {"all", &h.All}, {"back", &h.Back}, {"up", &h.Up}, {"down", &h.Down}, {"top", &h.Top},
		{"bottom", &h.Bottom}, {"page_up", &h.PageUp}, {"page_down", &h.PageDown}}
}
