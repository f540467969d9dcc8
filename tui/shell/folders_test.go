package shell

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"culprit/collections"
	"culprit/tui/screentest"
)

// filing is a shell whose core writes down what is made, moved and removed, and then says what is on disk.
func filing(did *[]string) Options {
	opt := options(&world{})
	disk := screentest.Shop()
	note := func(what ...string) { *did = append(*did, strings.Join(what, " ")) }
	folder := func(in, name string) *collections.Entry {
		f := &collections.Entry{Kind: collections.Folder, Name: name, Path: strings.TrimPrefix(in+"/"+name, "/"), Parent: disk.Root}
		disk.Root.Children = append(disk.Root.Children, f)
		return f
	}
	opt.Core.Create = func(_ context.Context, in, _ string, s collections.Saved) (string, error) {
		note("create", in, s.URL)
		return "orders/list-orders", nil
	}
	opt.Core.CreateFolder = func(_ context.Context, in, name string) (string, error) {
		note("folder", in, name)
		return folder(in, name).Path, nil
	}
	opt.Core.Move = func(_ context.Context, e *collections.Entry, to string) (string, error) {
		note("move", e.Path, to)
		was, now := disk.Root.Children[0], disk.Root.Children[1]
		i := slices.IndexFunc(was.Children, func(c *collections.Entry) bool { return c.Path == e.Path })
		c := *was.Children[i]
		c.Path, c.Parent = to+"/list-orders", now
		was.Children, now.Children = slices.Delete(was.Children, i, i+1), append(now.Children, &c)
		return c.Path, nil
	}
	opt.Core.Rename = func(_ context.Context, e *collections.Entry, name string) (string, error) {
		note("rename", e.Path, name)
		return e.Path, nil
	}
	opt.Core.Delete = func(_ context.Context, e *collections.Entry) error { note("delete", e.Path); return nil }
	opt.Core.Reload = func(context.Context) (*collections.Collection, error) {
		fresh := *disk
		return &fresh, nil
	}
	return opt
}

func TestARequestIsMadeInTheFolderAtTheCursor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var did []string
		s := open(t, filing(&did), 140, 42)
		s.Press("1", "g")
		s.Has("n new request in it", "N new folder")
		s.Press("j", "n")
		s.Has("New request", "In orders. Its URL")
		s.Type("https://shop.example/new")
		s.Press("enter", "1", "G", "n")
		s.Lacks("In orders")
		s.Type("https://shop.example/top")
		s.Press("enter")
		if want := []string{"create orders https://shop.example/new", "create  https://shop.example/top"}; !slices.Equal(did, want) {
			t.Errorf("got %q, want %q", did, want)
		}
	})
}

func TestAFolderIsMadeAndIsWhereTheCursorIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var did []string
		s := open(t, filing(&did), 140, 42)
		s.Press("1", "G", "N")
		s.Type("billing")
		s.Press("enter")
		s.Has("▾ billing", "Made billing; n makes a request in it.")
		s.Press("n")
		s.Has("In billing. Its URL")
	})
}

// TestAMovedRequestTakesItsEditsAlong, and what it is called stays.
func TestAMovedRequestTakesItsEditsAlong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var did []string
		s := open(t, filing(&did), 140, 42)
		s.Press("2", "m", "1", "m") // the method is edited, then the request is moved
		s.Has("Move List orders to", "the top of the collection", "it is there", "catalog")
		s.Type("cat")
		s.Press("enter")
		s.Has("Moved to catalog/list-orders", "● edited", "● 1 unsaved")
		if want := []string{"move orders/list-orders catalog"}; !slices.Equal(did, want) {
			t.Errorf("got %q, want %q", did, want)
		}
	})
}

func TestAFolderIsRemovedAfterAQuestionThatSaysHowMuchGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var did []string
		s := open(t, filing(&did), 140, 42)
		s.Press("1", "g", "x")
		s.Has("Delete the folder?", "with all that is in it: 3 requests")
		s.Press("esc")
		if len(did) != 0 {
			t.Errorf("esc did %q", did)
		}
		s.Press("j", "2", "m", "1", "g", "R")
		s.Has("There are edits in it that are not saved")
		s.Press("x", "y")
		s.Lacks("unsaved")
		if want := []string{"delete orders"}; !slices.Equal(did, want) {
			t.Errorf("got %q, want %q", did, want)
		}
	})
}
