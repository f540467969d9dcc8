package shell

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/widget/picker"
)

// hereItems are the actions of the part that has the focus: choosing one presses its key. On the workbench these are
// all of the pane but its motions, and its tabs; another screen says which of its keys work now.
func (s *Shell) hereItems() []item {
	if s.screen != nil {
		var items []item
		for _, b := range s.screen.Keys() {
			if !slices.Contains(b.Keys(), "esc") && !moves(b) {
				items = append(items, s.pressing(b, ""))
			}
		}
		return items
	}
	var items []item
	for _, sc := range s.keys.Scopes() {
		if !slices.Contains(s.bench.Scopes(), sc.Name) {
			continue
		}
		for _, n := range sc.Named {
			if b := *n.Binding; !moves(b) && !listed(sc.Name, n.Name) {
				items = append(items, s.pressing(b, sc.Title+": "))
			}
		}
	}
	return items
}

// tabItems go to the tabs of the request and of the response.
func (s *Shell) tabItems() []item {
	var items []item
	for _, p := range []layout.Pane{layout.Request, layout.Response} {
		for i, name := range s.bench.Tabs(p) {
			it := picker.Item{Label: [...]string{"", "Request", "Response"}[p] + " tab: " + name, Off: unless(s.bench.Path() != "", "no request is open")}
			if p == layout.Response {
				it.Off = unless(s.bench.Exchange() != nil, "no response yet")
			}
			items = append(items, item{it, func() tea.Cmd { return s.grant(s.bench.ShowTab(p, i)) }})
		}
	}
	return items
}

// pressing is the item that presses the key of b.
func (s *Shell) pressing(b key.Binding, of string) item {
	label := of + b.Help().Desc
	if first, n := utf8.DecodeRuneInString(label); of == "" {
		label = string(unicode.ToUpper(first)) + label[n:]
	}
	return item{picker.Item{Label: label, Note: b.Help().Key}, func() tea.Cmd { return s.press(keys.Press(b.Keys()[0])) }}
}

// moves reports whether a binding only moves the cursor: that is no action to look for.
func moves(b key.Binding) bool {
	return slices.ContainsFunc(b.Keys(), func(k string) bool {
		return slices.Contains(strings.Fields("up down left right home end pgup pgdown tab ctrl+u ctrl+d 0"), k)
	})
}

// listed reports whether the palette has a binding of a pane among the actions of the workbench.
func listed(scope, name string) bool {
	return scope == "list" && slices.Contains([]string{"new", "new_folder", "duplicate", "rename", "move", "delete"}, name) || scope == "reply" && name == "save"
}
