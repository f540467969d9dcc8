package keys

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
)

// Scopes returns the groups in the order in which help shows them. The bindings are those of m itself.
func (m *Map) Scopes() []Scope {
	c, p, l, f, r, o, s := &m.Chord, &m.Plain, &m.List, &m.Form, &m.Reply, &m.Overlay, &m.Body.Find
	return []Scope{
		{"everywhere", "Everywhere", []Named{{"send", &p.Send}, {"diagnose", &p.Diagnose}, {"copy_curl", &p.CopyCurl},
			{"import", &p.Import}, {"reload", &p.Reload}, {"revert", &p.Revert}, {"secrets", &p.Secrets}, {"sent", &p.Sent}, {"history", &p.History}, {"environments", &p.Environments}, {"cookies", &p.Jar}, {"help", &p.Help}, {"collection", &p.Pane1},
			{"request", &p.Pane2}, {"response", &p.Pane3}, {"back", &p.Back}, {"quit", &p.Quit}}},
		{"typing", "Also while typing", []Named{{"send", &c.Send}, {"save", &c.Save}, {"palette", &c.Palette},
			{"environment", &c.Environment}, {"external", &c.External}, {"next", &c.Next}, {"previous", &c.Previous},
			{"help", &c.Help}, {"stop", &c.Stop}, {"suspend", &c.Suspend}}},
		{"list", "Collection", []Named{{"open", &l.Open}, {"filter", &l.Filter}, {"new", &l.New}, {"new_folder", &l.NewFolder}, {"duplicate", &l.Duplicate},
			{"rename", &l.Rename}, {"move", &l.Move}, {"delete", &l.Delete}, {"unfold", &l.Unfold}, {"close", &l.Close}, {"fold_all", &l.FoldAll},
			{"up", &l.Up}, {"down", &l.Down}, {"top", &l.Top}, {"bottom", &l.Bottom}, {"page_up", &l.PageUp}, {"page_down", &l.PageDown}}},
		{"form", "Request", []Named{{"edit", &f.Edit}, {"add", &f.Add}, {"toggle", &f.Toggle}, {"delete", &f.Delete},
			{"duplicate", &f.Duplicate}, {"move_up", &f.MoveUp}, {"move_down", &f.MoveDown}, {"method", &f.Method}, {"method_back", &f.MethodBack},
			{"undo", &f.Undo}, {"redo", &f.Redo}, {"format", &f.Format},
			{"up", &f.Up}, {"down", &f.Down}, {"left", &f.Left}, {"right", &f.Right},
			{"tab_next", &f.TabNext}, {"tab_previous", &f.TabPrevious}}},
		{"text", "A text while it is written", textNames(&m.Text)},
		{"reply", "Response", []Named{{"tab_next", &r.TabNext}, {"tab_previous", &r.TabPrevious}, {"filter", &r.Filter}, {"save", &r.Save},
			{"pager", &r.Pager}, {"against", &r.Against}, {"whole", &r.Whole}, {"take", &r.Take}, {"up", &r.Up}, {"down", &r.Down}, {"top", &r.Top}, {"bottom", &r.Bottom},
			{"page_up", &r.PageUp}, {"page_down", &r.PageDown}}},
		{"search", "Search in a response", []Named{{"begin", &s.Search}, {"next", &s.Next}, {"previous", &s.Previous}, {"plain", &s.Plain}}},
		{"body", "Body of the response", bodyNames(&m.Body)},
		{"overlay", "Overlays", []Named{{"close", &o.Close}, {"accept", &o.Accept}, {"yes", &o.Yes}, {"no", &o.No},
			{"always", &o.Always}, {"up", &o.Up}, {"down", &o.Down}}},
		{"history", "History", historyNames(&m.History)},
		{"environments", "Environments", environmentNames(&m.Environments)},
		{"cookies", "Cookie jar", jarNames(&m.Jar)},
		{"wizard", "Diagnosis", wizardNames(&m.Wizard)},
		{"asking", "A question of the diagnosis", askingNames(&m.Wizard.Ask)},
	}
}

func bodyNames(b *Body) []Named {
	m, f, l := &b.Move, &b.Fold, &b.Look
	return []Named{{"fold", &f.Toggle}, {"fold_more", &f.More}, {"fold_less", &f.Less}, {"fold_all", &f.All}, {"unfold_all", &f.None},
		{"parent", &f.Parent}, {"copy_path", &l.CopyPath}, {"copy_value", &l.CopyValue}, {"wrap", &l.Wrap}, {"hex", &l.Hex},
		{"raw", &l.Text}, {"numbers", &l.Numbers}, {"up", &m.Up}, {"down", &m.Down}, {"left", &m.Left}, {"right", &m.Right},
		{"line_start", &m.LineStart}, {"top", &m.Top}, {"bottom", &m.Bottom}, {"page_up", &m.PageUp}, {"page_down", &m.PageDown},
		{"half_up", &m.HalfUp}, {"half_down", &m.HalfDown}}
}

// moved are the names that bindings had in earlier versions, and those they have now.
var moved = map[string]string{"body.search": "search.begin", "body.next": "search.next", "body.previous": "search.previous", "body.plain": "search.plain", "overlay.empty": "cookies.empty"}

// New returns the default bindings with those changed that overrides names: "everywhere.send" to "x" or
// "x, f9". Two may swap their keys. A name that is unknown, and a change that takes a key from another binding of
// the scope, are left out and come back as warnings; they never stop the start. A name of an earlier version still counts,
// and its new one comes back as a warning.
func New(overrides map[string]string) (*Map, []string) {
	m := Default()
	var warnings []string
	was := map[string]key.Binding{}
	for _, name := range slices.Sorted(maps.Keys(overrides)) {
		keysOf := overrides[name]
		if now, ok := moved[name]; ok {
			warnings = append(warnings, fmt.Sprintf("keys: %s is called %s now", name, now))
			if _, twice := overrides[now]; twice {
				continue
			}
			name = now
		}
		b := m.find(name)
		if b == nil {
			warnings = append(warnings, fmt.Sprintf("keys: no binding is called %q", name))
			continue
		}
		var list []string
		for k := range strings.SplitSeq(keysOf, ",") {
			if k = strings.TrimSpace(k); k != "" {
				list = append(list, k)
			}
		}
		if len(list) == 0 {
			warnings = append(warnings, fmt.Sprintf("keys: %s has no key", name))
			continue
		}
		was[name] = *b
		*b = Bind(list[0], b.Help().Desc, list...)
	}
	for {
		clashes := m.clashes()
		if len(clashes) == 0 {
			return m, warnings
		}
		c := clashes[0]
		name := c.second
		if _, changed := was[name]; !changed {
			name = c.first
		}
		old, changed := was[name]
		if !changed {
			return m, append(warnings, "keys: "+c.String()) // not ours to mend; the test of the defaults keeps it out
		}
		*m.find(name) = old
		delete(was, name)
		warnings = append(warnings, fmt.Sprintf("keys: %s stays as it was: %s", name, c))
	}
}

// A clash is a key that two bindings want where both are asked.
type clash struct{ key, first, second string }

// String says it for a person.
func (c clash) String() string {
	return fmt.Sprintf("%s is bound to %s and %s", c.key, c.first, c.second)
}

// clashes are the keys that are bound twice where both bindings are asked: within a scope, and between a scope and those
// that work everywhere.
func (m *Map) clashes() []clash {
	var found []clash
	scopes := m.Scopes()
	for _, s := range scopes {
		seen := map[string]string{}
		groups := []Scope{s}
		if s.Name == "text" { // what is typed goes to the text, and so does the key of suspending
			chords := scopes[1]
			chords.Named = slices.DeleteFunc(slices.Clone(chords.Named), func(n Named) bool { return n.Name == "suspend" })
			groups = []Scope{chords, s}
		}
		switch s.Name {
		case "list", "form", "search":
			groups = []Scope{scopes[0], scopes[1], s}
		case "reply", "body":
			searches := scopes[slices.IndexFunc(scopes, func(s Scope) bool { return s.Name == "search" })]
			groups = []Scope{scopes[0], scopes[1], searches, s}
		}
		for _, g := range groups {
			for _, n := range g.Named {
				for _, k := range n.Binding.Keys() {
					name := g.Name + "." + n.Name
					if other, ok := seen[k]; ok {
						found = append(found, clash{k, other, name})
					}
					seen[k] = name
				}
			}
		}
	}
	return found
}

func (m *Map) find(name string) *key.Binding {
	scope, rest, _ := strings.Cut(name, ".")
	for _, s := range m.Scopes() {
		if s.Name != scope {
			continue
		}
		for _, n := range s.Named {
			if n.Name == rest {
				return n.Binding
			}
		}
	}
	return nil
}
