package shell

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui/screen/workbench"
)

// What makes, names and removes requests, and what writes a body into a file.

// newRequest asks for a URL and makes a request of it in a folder.
func (s *Shell) newRequest(folder string) tea.Cmd {
	if s.opt.Core.Create == nil {
		s.warn("This build makes no requests.")
		return nil
	}
	what := "Its URL, or a whole curl command:"
	if folder != "" {
		what = "In " + clean(folder) + ". " + what
	}
	s.push(s.name("New request", what, "", func(text string) tea.Cmd {
		if isCurl(text) {
			return s.offerImport(text)
		}
		return s.createThen(folder, "", collections.Saved{Method: "GET"}.WithURL(text), nil)
	}))
	return nil
}

// change runs what changes the files of the collection, reads them anew and opens the request it led to.
func (s *Shell) change(what string, work func(ctx context.Context) (string, error), then func(path string)) tea.Cmd {
	return try(s, &job{what: what, must: true}, what+" failed, nothing was changed", work, func(path string) tea.Cmd {
		return s.reloadThen(func() tea.Cmd {
			then(path)
			return tea.Batch(s.grant(s.bench.Open(path)), s.dirty())
		})
	})
}

func (s *Shell) duplicate(e *collections.Entry) tea.Cmd {
	s.push(s.name("Duplicate", "Name of the copy of "+clean(e.Name)+", as its file says it:", e.Name+" copy", func(name string) tea.Cmd {
		return s.change("Duplicating", func(ctx context.Context) (string, error) { return s.opt.Core.Duplicate(ctx, e, name) },
			func(path string) { s.say("Duplicated as " + path) })
	}))
	return nil
}

func (s *Shell) rename(e *collections.Entry) tea.Cmd {
	if e.Kind == collections.Folder && s.editedIn(e) {
		s.warn("There are edits in it that are not saved: save or undo them first.")
		return nil
	}
	s.push(s.name("Rename", "New name of "+clean(e.Name)+":", e.Name, func(name string) tea.Cmd {
		return s.change("Renaming", func(ctx context.Context) (string, error) { return s.opt.Core.Rename(ctx, e, name) },
			func(path string) {
				s.moved(e, path)
				s.say("Renamed to " + path)
			})
	}))
	return nil
}

// moved takes the draft of e along to where it is now.
func (s *Shell) moved(e *collections.Entry, path string) {
	if e.Kind == collections.Folder {
		s.bench.GoTo(path)
		return
	}
	if draft, had := s.bench.Forget(e.Path); had {
		s.bench.Restore(map[string]collections.Saved{path: draft}, nil)
	}
}

func (s *Shell) remove(e *collections.Entry) tea.Cmd {
	title, fate := "Delete the request?", "Its file is removed."
	if n := len(below(e)); e.Kind == collections.Folder {
		title, fate = "Delete the folder?", fmt.Sprintf("It is removed with all that is in it: %d requests.", n)
		if n == 1 {
			fate = "It is removed with all that is in it: one request."
		}
	}
	d := s.dialog(title, s.styles.Text.Title.Render(clean(e.Name)), clean(e.Path), "", fate+" What git does not know cannot be brought back.")
	d.answers = []answer{say("y", "delete it", func() tea.Cmd {
		return s.change("Deleting", func(ctx context.Context) (string, error) { return "", s.opt.Core.Delete(ctx, e) }, func(string) {
			for gone := range e.All() {
				s.bench.Forget(gone.Path)
			}
			s.say("Deleted " + e.Path)
		})
	})}
	s.push(d)
	return nil
}

// saveBody asks for a name and writes the body of an exchange into a file.
func (s *Shell) saveBody(i workbench.SaveBody) tea.Cmd {
	do := s.opt.Core.SaveBody
	if do == nil {
		s.warn("This build cannot save bodies.")
		return nil
	}
	s.push(s.name("Save the body", "Name of the file:", workbench.FileName(i.Exchange), func(name string) tea.Cmd {
		work := func(ctx context.Context) (string, error) { return do(ctx, i.Exchange, name) }
		return try(s, &job{what: "Saving the body"}, "Not saved", work, func(path string) tea.Cmd {
			s.say("The body is in " + path)
			return nil
		})
	}))
	return nil
}

// paged says that the pager or editor of a body ended.
type paged struct{ err error }

func (s *Shell) page(p workbench.Page) tea.Cmd {
	if s.opt.Core.Reader == nil {
		s.warn("No pager is known; set $PAGER.")
		return nil
	}
	return s.opt.Core.Reader(p.Body, p.Suffix, p.Edit, func(err error) tea.Msg { return paged{err} })
}

// manage grants the intents that make, name, remove and write files.
func (s *Shell) manage(i any) tea.Cmd {
	switch i := i.(type) {
	case workbench.NewRequest:
		return s.newRequest(i.Folder)
	case workbench.NewFolder:
		return s.newFolder(i.In)
	case workbench.Move:
		return s.move(i.Entry)
	case workbench.Duplicate:
		return s.duplicate(i.Entry)
	case workbench.Rename:
		return s.rename(i.Entry)
	case workbench.Delete:
		return s.remove(i.Entry)
	case workbench.SaveBody:
		return s.saveBody(i)
	case workbench.Page:
		return s.page(i)
	}
	return nil
}
