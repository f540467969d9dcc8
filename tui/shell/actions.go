package shell

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui/layout"
	"culprit/tui/widget/frame"
)

// palette finds every action, request and environment by a few letters.
func palette(s *Shell) *list {
	c, p := s.keys.Chord, s.keys.Plain
	var items []item
	add := func(b key.Binding, label string, ok bool, do func() tea.Cmd) {
		if ok {
			items = append(items, item{label: label, aside: b.Help().Key, do: do})
		}
	}
	if s.screen == nil {
		e, saved := s.bench.Selected()
		core := s.opt.Core
		add(p.Send, "Send the request", e != nil, func() tea.Cmd { return s.send(e, saved) })
		add(p.Diagnose, "Diagnose the failure", s.canDiagnose() && s.bench.Exchange() != nil, s.diagnose)
		add(c.Save, "Save the request", e != nil && core.Save != nil, func() tea.Cmd { return s.save(false) })
		add(p.Revert, "Undo all edits of the request", len(s.bench.Drafts()) > 0, s.revert)
		add(p.CopyCurl, "Copy the request as a curl command", e != nil && core.ToCurl != nil, s.copyCurl)
		add(p.Import, "Import a curl command", core.ParseCurl != nil, func() tea.Cmd { s.push(importer(s)); return nil })
		add(c.Environment, "Switch the environment", s.coll != nil && len(s.coll.Environments) > 0, func() tea.Cmd { s.push(environments(s)); return nil })
		add(p.Secrets, "Show or hide secrets", true, func() tea.Cmd { s.reveal(); return nil })
		add(p.Reload, "Read the files of the collection anew", core.Reload != nil, s.reload)
		for i, name := range []string{"Go to the collection", "Go to the request", "Go to the response"} {
			add([]key.Binding{p.Pane1, p.Pane2, p.Pane3}[i], name, true, func() tea.Cmd { s.bench.Focus(layout.Pane(i)); return nil })
		}
	} else {
		add(p.Back, "Back to the workbench", true, s.leave)
	}
	add(p.Help, "Show all keys", true, func() tea.Cmd { s.push(help(s)); return nil })
	add(p.Quit, "Quit", true, s.quit)
	if s.screen == nil {
		for _, e := range s.requests() {
			items = append(items, s.requestItem(e))
		}
		items = append(items, s.environmentItems("environment: ")...)
	}
	return s.list("Palette", items)
}

// methodColumn is the width of the methods in the palette.
const methodColumn = 7

func (s *Shell) requestItem(e *collections.Entry) item {
	m := e.Saved.Method
	if m == "" {
		m = "GET"
	}
	return item{mark: s.styles.Method(m).Render(frame.Line(clean(m), methodColumn)), label: clean(e.Name), aside: clean(e.Path),
		do: func() tea.Cmd { return s.grant(s.bench.Open(e.Path)) }}
}

// environments is the list of them.
func environments(s *Shell) *list { return s.list("Environment", s.environmentItems("")) }

func (s *Shell) environmentItems(prefix string) []item {
	var items []item
	use := func(name string) func() tea.Cmd {
		return func() tea.Cmd {
			s.setEnvironment(name)
			s.say("Environment: " + name)
			return nil
		}
	}
	if s.coll != nil {
		for _, e := range s.coll.Environments {
			aside := ""
			if e.Production {
				aside = "production"
			}
			if e.Name == s.env {
				aside += " " + s.styles.Glyphs.Tick
			}
			items = append(items, item{label: prefix + clean(e.Name), aside: aside, do: use(e.Name)})
		}
	}
	none := item{label: prefix + "none", do: use("")}
	if s.env == "" {
		none.aside = s.styles.Glyphs.Tick
	}
	return append(items, none)
}

// guard asks before a request that may change data goes to production.
func guard(s *Shell, e *collections.Entry, saved collections.Saved) *dialog {
	url := saved.URL
	if s.opt.Core.Resolve != nil {
		url = s.opt.Core.Resolve(e, saved, s.env).URL
	}
	d := s.dialog("Send to production?",
		s.styles.Method(saved.Method).Bold(true).Render(clean(saved.Method))+" "+clean(url), "",
		"The environment "+s.styles.State.Alarm.Render(" "+clean(s.env)+" ")+" is production, and this request may change data there.")
	d.answers = []answer{say("y", "send it", func() tea.Cmd { return s.sendNow(e, saved) })}
	return d
}
