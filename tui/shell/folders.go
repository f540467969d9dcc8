package shell

import (
	"context"
	"path"
	"slices"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui/widget/picker"
)

// newFolder asks for a name and makes a folder in another one.
func (s *Shell) newFolder(in string) tea.Cmd {
	what := "Its name:"
	if in != "" {
		what = "In " + clean(in) + ". " + what
	}
	s.push(s.name("New folder", what, "", func(name string) tea.Cmd {
		return s.change("Making the folder", func(ctx context.Context) (string, error) { return s.opt.Core.CreateFolder(ctx, in, name) }, func(path string) {
			s.bench.GoTo(path)
			s.say("Made " + path + "; " + s.keys.List.New.Help().Key + " makes a request in it.")
		})
	}))
	return nil
}

// move asks for a folder and puts a request into it.
func (s *Shell) move(e *collections.Entry) tea.Cmd {
	var items []item
	for _, f := range s.folders() {
		it := picker.Item{Label: f.Path, Off: unless(f != e.Parent, "it is there")}
		if f.Path == "" {
			it.Label = "the top of the collection"
		}
		items = append(items, item{it, func() tea.Cmd {
			return s.change("Moving", func(ctx context.Context) (string, error) { return s.opt.Core.Move(ctx, e, f.Path) }, func(path string) {
				s.moved(e, path)
				s.say("Moved to " + path)
			})
		}})
	}
	s.push(s.list("Move "+clean(e.Name)+" to", items))
	return nil
}

// folders are those of the collection, the top first.
func (s *Shell) folders() []*collections.Entry {
	if s.coll == nil {
		return nil
	}
	request := func(e *collections.Entry) bool { return e.Kind != collections.Folder }
	return slices.DeleteFunc(slices.Collect(s.coll.Root.All()), request)
}

// below are the requests in a folder and in those in it.
func below(e *collections.Entry) []*collections.Entry {
	return slices.DeleteFunc(slices.Collect(e.All()), func(e *collections.Entry) bool { return e.Kind == collections.Folder })
}

// editedIn reports whether a request in a folder has edits that are not saved.
func (s *Shell) editedIn(e *collections.Entry) bool {
	drafts := s.bench.Drafts()
	return slices.ContainsFunc(below(e), func(e *collections.Entry) bool { _, ok := drafts[e.Path]; return ok })
}

// folderAround is the path of the folder that a path is in.
func folderAround(p string) string {
	if p = path.Dir(p); p != "." {
		return p
	}
	return ""
}

// stillThere returns the path of a folder, "" when there is none at it any more.
func (s *Shell) stillThere(folder string) string {
	if slices.ContainsFunc(s.folders(), func(e *collections.Entry) bool { return e.Path == folder }) {
		return folder
	}
	return ""
}
