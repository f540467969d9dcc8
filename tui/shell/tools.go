package shell

import (
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/request/safe"
	"culprit/request/secret"
	"culprit/tui"
	"culprit/tui/screen"
	"culprit/tui/screen/workbench"
)

func (s *Shell) reload() tea.Cmd {
	return s.reloadThen(func() tea.Cmd { s.askGone(); return nil })
}

// reloadThen reads the collection anew and then calls then.
func (s *Shell) reloadThen(then func() tea.Cmd) tea.Cmd {
	return s.reloadAs(&job{what: "Reading the collection"}, func() tea.Cmd {
		s.askStale()
		return then()
	})
}

// reloadQuietly does so without a word while it runs, and asks nothing.
func (s *Shell) reloadQuietly(then func() tea.Cmd) tea.Cmd {
	return s.reloadAs(&job{what: "Reading the collection", quiet: true}, then)
}

func (s *Shell) reloadAs(j *job, then func() tea.Cmd) tea.Cmd {
	read := s.opt.Core.Reload
	if read == nil {
		return nil
	}
	return try(s, j, "The collection cannot be read", read, func(c *collections.Collection) tea.Cmd {
		s.show(c)
		s.offerDrafts()
		return then()
	})
}

// task runs the work of a widget; a newer one of the same name replaces an older.
func (s *Shell) task(t screen.Task) tea.Cmd {
	name := "widget: " + t.Name
	for id, j := range s.jobs {
		if j.what == name {
			s.tasks.Cancel(id)
			j.stale = true
			j.heard = func(tea.Msg) tea.Cmd { return nil } // what it still says is about something else
		}
	}
	heard := func(msg tea.Msg) tea.Cmd { return s.grant(t.Hear(msg)) }
	return s.start(&job{what: name, does: t.What, quiet: true, reads: true, heard: heard}, t.Run)
}

// reading is the oldest work of a part on what is seen, nil when there is none.
func (s *Shell) reading() *job {
	var oldest *job
	for _, j := range s.jobs {
		if j.reads && !j.stale && (oldest == nil || j.started.Before(oldest.started)) {
			oldest = j
		}
	}
	return oldest
}

// stopReading cancels the work on the body that is seen, and reports whether there was any.
func (s *Shell) stopReading() bool {
	stopped := false
	for id, j := range s.jobs {
		if j.reads && !j.stale {
			s.tasks.Cancel(id)
			j.stale, stopped = true, true
		}
	}
	if stopped {
		s.say("Stopped; what was read stays.")
	}
	return stopped
}

// smallClipboard is what every terminal that takes OSC 52 takes at least (TERMINAL C: 75 to 100 kB).
const smallClipboard = 75_000

// copy puts text into the clipboard: by the escape sequence OSC 52, which no terminal confirms, and by what
// Core.Copy knows. The status line says what was done, not what was hoped.
//
// Text with control characters in it goes there only after a yes, or as it is drawn.
func (s *Shell) copy(text, what string) tea.Cmd {
	if !safe.Controls(text) {
		return s.put(text, what)
	}
	d := s.dialog("Copy control characters?", "There are control characters in it. A terminal that it is pasted into takes them for keys: a line may run before you have read it.")
	d.answers = []answer{
		say("p", "copy what is seen", func() tea.Cmd { return s.put(drawn(text), what) }),
		say("y", "copy all of it", func() tea.Cmd { return s.put(text, what) }),
	}
	d.refused = func() tea.Cmd { s.say("Nothing was copied."); return nil }
	s.push(d)
	return nil
}

// drawn is text as it is shown, line by line.
func drawn(text string) string {
	var lines []string
	for _, l := range safe.Block(text) {
		lines = append(lines, l.String())
	}
	return strings.Join(lines, "\n")
}

// put is copy for text that may go out.
func (s *Shell) put(text, what string) tea.Cmd {
	if s.opt.Permit != nil {
		s.opt.Permit()
	}
	osc := tea.SetClipboard(text)
	words := what + " sent to the clipboard"
	if len(text) > smallClipboard {
		words += ", " + strconv.Itoa(len(text)/1000) + " kB: not every terminal takes so much"
	}
	s.say(words)
	if s.opt.Core.Copy == nil {
		return osc
	}
	put := s.opt.Core.Copy
	work := func(ctx context.Context) (string, error) { return put(ctx, text) }
	return tea.Batch(osc, end(s, &job{what: "Copying", quiet: true}, work, func(how string, err error) tea.Cmd {
		if err == nil && how != "" {
			s.say(what + " copied through " + how)
		}
		return nil
	}))
}

func (s *Shell) copyCurl() tea.Cmd {
	e, now := s.bench.Selected()
	if e == nil {
		return nil
	}
	text, masked, err := s.opt.Core.ToCurl(e, now, s.env, s.bench.Revealed())
	switch {
	case err != nil:
		s.warn("No curl command: " + err.Error())
		return nil
	case masked:
		return s.copy(text, "The curl command, secrets masked (v), was")
	}
	return s.copy(text, "The curl command was")
}

// edited is what the person's own editor left.
type edited struct {
	path, text string
	err        error
}

func (s *Shell) edit(i workbench.Edit) tea.Cmd {
	if s.opt.Core.Editor == nil {
		s.warn("No editor is known; set $EDITOR.")
		return nil
	}
	path := s.bench.Path()
	return s.opt.Core.Editor(i.Text, i.Suffix, func(text string, err error) tea.Msg { return edited{path, text, err} })
}

func (s *Shell) takeEdited(m edited) tea.Cmd {
	switch {
	case m.err != nil:
		s.warn("The editor failed, nothing was changed: " + m.err.Error())
	case m.path == s.bench.Path():
		return s.grant(s.bench.External(m.text))
	}
	return nil
}

// offerImport asks what is to become of a curl command.
func (s *Shell) offerImport(text string) tea.Cmd {
	got, err := s.opt.Core.ParseCurl(strings.TrimLeft(text, " \t\n$>"))
	if err != nil {
		s.push(s.dialog("This is no curl command that can be read", clean(err.Error())))
		return nil
	}
	saved, lines := got.Saved, s.summary(got.Saved, got.Warnings)
	hides := len(got.Adopted.Secrets) > 0 && s.opt.Core.Environs != nil && s.opt.Core.Environs.Give != nil
	if hides {
		saved = got.Adopted.Saved
		lines = append(lines, "", s.hidden(got.Adopted.Secrets))
	}
	d := s.dialog("Import this curl command?", lines...)
	if s.opt.Core.Create != nil {
		d.answers = append(d.answers, say("enter", "new request", func() tea.Cmd { s.lend(got.Adopted, hides); return s.create(saved) }))
	}
	if e, _ := s.bench.Selected(); e != nil && e.Kind == collections.HTTP {
		d.answers = append(d.answers, say("r", "replace the open one", func() tea.Cmd {
			s.lend(got.Adopted, hides)
			s.say("Imported; U undoes it, ctrl+s saves it.")
			return s.grant(s.bench.Replace(saved))
		}))
	}
	if hides && s.opt.Core.Create != nil {
		d.answers = append(d.answers, say("f", "with credentials", func() tea.Cmd { return s.create(got.Saved) }))
	}
	s.push(d)
	return nil
}

// hidden says where the credentials of a pasted command go.
func (s *Shell) hidden(names []string) string {
	text := "Its credentials are not written into the file: "
	for i, name := range names {
		if i > 0 {
			text += ", "
		}
		text += "{{" + clean(name) + "}}"
	}
	text += map[bool]string{true: " has its value", false: " have their values"}[len(names) == 1] + " until you quit."
	if where, ok := s.opt.Core.Environs.Origin(s.env, names[0]); !ok {
		text += " To have it after that: " + clean(where) + "."
	}
	return s.styles.Text.Muted.Render(text)
}

// lend gives the variables in the places of credentials their values for this session, where they are wanted.
func (s *Shell) lend(a collections.Adopted, wanted bool) {
	for i := range a.Secrets {
		if wanted {
			s.opt.Core.Environs.Give(s.env, a.Secrets[i], a.Values[i])
		}
	}
}

// asked is the first line of a request.
func (s *Shell) asked(method, url string) string {
	return s.styles.Method(method).Bold(true).Render(clean(method)) + " " + clean(url)
}

// summary is a request in a few lines, its credentials masked, and what of a command could not be taken.
func (s *Shell) summary(got collections.Saved, warnings []string) []string {
	lines := []string{s.asked(got.Method, got.URL)}
	for _, h := range got.Headers {
		value := h.Value
		if !s.bench.Revealed() && secret.Guess(h.Name, value) {
			value = secret.Mask(value)
		}
		lines = append(lines, s.styles.Text.Muted.Render(clean(h.Name)+": "+clean(value)))
	}
	if got.Body.Type != "" {
		lines = append(lines, s.styles.Text.Muted.Render("body: "+clean(got.Body.Type)))
	}
	for _, w := range warnings {
		lines = append(lines, s.styles.State.Warn.Render("! "+clean(w)))
	}
	return lines
}

func (s *Shell) reveal() {
	if s.bench.Reveal() {
		s.say("Secrets are shown; v hides them.")
	} else {
		s.say("Secrets are hidden.")
	}
}

// create makes a new request in the folder that the tree is in.
func (s *Shell) create(got collections.Saved) tea.Cmd {
	return s.createThen(s.bench.Folder(), "", got, nil)
}

// createThen makes a new request in a folder, calls then where that is not nil, and opens it.
func (s *Shell) createThen(folder, name string, got collections.Saved, then func() tea.Cmd) tea.Cmd {
	return s.createElse(folder, name, got, then, func() {})
}

// createElse is createThen, and calls otherwise where it could not be made, which is said.
func (s *Shell) createElse(folder, name string, got collections.Saved, then func() tea.Cmd, otherwise func()) tea.Cmd {
	create := s.opt.Core.Create
	work := func(ctx context.Context) (string, error) { return create(ctx, folder, name, got) }
	return end(s, &job{what: "Creating a request"}, work, func(path string, err error) tea.Cmd {
		if err != nil {
			s.warn("Not created: " + err.Error())
			otherwise()
			return nil
		}
		var first tea.Cmd
		if then != nil {
			first = then()
		}
		open := func() tea.Cmd { s.say("Created " + path); return s.grant(s.bench.Open(path)) }
		return tea.Batch(first, s.reloadThen(open))
	})
}

// importer waits for a curl command to be pasted.
func importer(s *Shell) overlay {
	return &catcher{dialog: s.dialog("Import a curl command", "Paste the command now; it may span lines.", "",
		s.styles.Text.Muted.Render("Pasting one anywhere in the workbench does the same.")), shell: s}
}

// catcher is a dialog that takes a paste.
type catcher struct {
	*dialog
	shell *Shell
}

// Update implements tui.Part.
func (c *catcher) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	if p, ok := msg.(tea.PasteMsg); ok {
		return closed{func() tea.Cmd { return c.shell.offerImport(p.Content) }}, nil
	}
	return c.dialog.Update(msg)
}
