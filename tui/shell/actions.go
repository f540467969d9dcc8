package shell

import (
	"cmp"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/layout"
	"culprit/tui/screen/workbench"
	"culprit/tui/widget"
	"culprit/tui/widget/looks"
	"culprit/tui/widget/picker"
)

// palette finds every action, request and environment by a few letters. What cannot be done now says why.
func palette(s *Shell) *list {
	var items []item
	add := func(b key.Binding, label, off string, do func() tea.Cmd) {
		items = append(items, item{picker.Item{Label: label, Note: b.Help().Key, Off: off}, do})
	}
	if s.screen == nil {
		s.benchActions(add)
	}
	items = append(items, s.hereItems()...)
	if s.screen != nil {
		add(s.keys.Plain.Back, "Back to the workbench", "", s.leave)
	}
	s.lookActions(add)
	add(s.keys.Plain.Help, "Show all keys", "", func() tea.Cmd { s.push(help(s)); return nil })
	add(s.keys.Plain.Quit, "Quit", "", s.quit)
	if s.screen == nil {
		items = append(items, s.tabItems()...)
		for _, e := range s.requests() {
			items = append(items, s.requestItem(e))
		}
		items = append(items, s.environmentItems("environment: ")...)
	}
	return s.list("Palette", items)
}

// unless returns why when it is so.
func unless(ok bool, why string) string {
	if ok {
		return ""
	}
	return why
}

// benchActions are those of the workbench.
func (s *Shell) benchActions(add func(b key.Binding, label, off string, do func() tea.Cmd)) {
	c, p, l, r, core := s.keys.Chord, s.keys.Plain, s.keys.List, s.keys.Reply, s.opt.Core
	e, saved := s.bench.Selected()
	open := unless(e != nil && e.Kind == collections.HTTP, "no request is open")
	body := unless(s.bench.Exchange() != nil && s.bench.Exchange().Response() != nil, "no response yet")
	on := func(i tui.Intent) func() tea.Cmd { return func() tea.Cmd { return s.grant(i) } }
	add(p.Send, "Send the request", open, func() tea.Cmd { return s.send(e, saved) })
	diagnose := "Diagnose the failure"
	if s.bench.Exchange() != nil && !s.bench.Failed() {
		diagnose = "This answer is wrong: diagnose it"
	}
	add(p.Diagnose, diagnose, cmp.Or(unless(s.canDiagnose(), "not in this build"), unless(s.bench.Exchange() != nil, "nothing was sent yet")), s.diagnose)
	add(c.Save, "Save the request", cmp.Or(open, unless(s.bench.Dirty(), "nothing changed")), func() tea.Cmd { return s.save(false) })
	add(p.Revert, "Undo all edits of the request", unless(s.bench.Dirty(), "nothing changed"), s.revert)
	add(p.CopyCurl, "Copy the request as a curl command", cmp.Or(open, unless(core.ToCurl != nil, "not in this build")), s.copyCurl)
	add(p.Import, "Import a curl command", unless(core.ParseCurl != nil, "not in this build"), func() tea.Cmd { s.push(importer(s)); return nil })
	add(c.Environment, "Switch the environment", unless(s.coll != nil && len(s.coll.Environments) > 0, "there is none"), func() tea.Cmd { s.push(switcher(s)); return nil })
	add(p.Environments, "Environments: edit, compare, mark production", unless(core.Environs != nil && s.coll != nil, "not in this build"), s.openEnvironments)
	add(p.History, "History: what was sent", unless(core.Past != nil, "nothing is kept here"), s.history)
	add(p.Jar, "Cookie jar: what answers have set", unless(core.Cookies != nil && s.coll != nil, "nothing is kept here"), s.openJar)
	add(l.New, "New request", unless(core.Create != nil, "not in this build"), on(workbench.NewRequest{Folder: s.bench.Folder()}))
	add(l.NewFolder, "New folder", unless(core.CreateFolder != nil, "not in this build"), on(workbench.NewFolder{In: s.bench.Folder()}))
	add(l.Duplicate, "Duplicate the request", cmp.Or(open, unless(core.Duplicate != nil, "not in this build")), on(workbench.Duplicate{Entry: e}))
	add(l.Rename, "Rename the request", cmp.Or(open, unless(core.Rename != nil, "not in this build")), on(workbench.Rename{Entry: e}))
	add(l.Move, "Move the request to another folder", cmp.Or(open, unless(core.Move != nil, "not in this build")), on(workbench.Move{Entry: e}))
	add(l.Delete, "Delete the request", cmp.Or(open, unless(core.Delete != nil, "not in this build")), on(workbench.Delete{Entry: e}))
	add(r.Save, "Save the body of the response to a file", cmp.Or(body, unless(core.SaveBody != nil, "not in this build")), on(workbench.SaveBody{Exchange: s.bench.Exchange()}))
	add(p.Sent, "Show what was really sent", unless(s.bench.Exchange() != nil, "nothing was sent yet"), func() tea.Cmd { return s.grant(s.bench.Sent()) })
	add(p.Secrets, "Show or hide secrets", "", func() tea.Cmd { s.reveal(); return nil })
	add(p.Reload, "Read the files of the collection anew", unless(core.Reload != nil, "not in this build"), s.reload)
	for i, name := range []string{"Go to the collection", "Go to the request", "Go to the response"} {
		add([]key.Binding{p.Pane1, p.Pane2, p.Pane3}[i], name, "", func() tea.Cmd { s.bench.Focus(layout.Pane(i)); return nil })
	}
}

func (s *Shell) requestItem(e *collections.Entry) item {
	m := cmp.Or(e.Saved.Method, "GET")
	return item{picker.Item{Badge: m, BadgeRole: looks.Method(m), Label: e.Name, Note: e.Path, Also: e.Path},
		func() tea.Cmd { return s.grant(s.bench.Open(e.Path)) }}
}

// switcher is the list of environments; a digit chooses at once.
func switcher(s *Shell) *list {
	items := s.environmentItems("")
	for i := range min(len(items), 9) {
		items[i].Badge, items[i].BadgeRole = strconv.Itoa(i+1), widget.Accent
	}
	l := s.list("Environment", items)
	l.digits = true
	return l
}

func (s *Shell) environmentItems(prefix string) []item {
	var items []item
	use := func(name string) func() tea.Cmd {
		return func() tea.Cmd {
			s.setEnvironment(name)
			s.say(inUse(name))
			return nil
		}
	}
	if s.coll != nil {
		for _, e := range s.coll.Environments {
			it := picker.Item{Label: prefix + e.Name}
			if e.Production {
				it.Note, it.Role = "production", widget.Bad
			} else if e.Public {
				it.Note, it.Role = "production?", widget.Warn
			}
			if e.Name == s.env {
				it.Note = strings.TrimSpace(it.Note + " " + s.styles.Glyphs.Tick)
			}
			items = append(items, item{it, use(e.Name)})
		}
	}
	none := picker.Item{Label: prefix + "none"}
	if s.env == "" {
		none.Note = s.styles.Glyphs.Tick
	}
	return append(items, item{none, use("")})
}

// guarded says of an environment why it is asked about, and how to answer that for good.
func (s *Shell) guarded(name string, production bool) string {
	env := s.styles.State.Alarm.Render(" " + clean(name) + " ")
	if production {
		return "The environment " + env + " is production."
	}
	return "Not all hosts of the environment " + env + " are local, and nobody has said whether it is production: " + s.keys.Environments.Mark.Help().Key +
		" on the screen of environments (" + s.keys.Plain.Environments.Help().Key + ") does."
}

// inUse says which environment is used from now on.
func inUse(name string) string {
	if name == "" {
		return "No environment is in use now."
	}
	return "Environment: " + name
}
