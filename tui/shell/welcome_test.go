package shell

import (
	"context"
	"testing"
	"testing/synctest"

	"culprit/collections"
	"culprit/tui/screentest"
)

// bare is a shell in a folder that is no collection yet; what is made in it makes one.
func bare() Options {
	opt := options(&world{})
	opt.Collection = &collections.Collection{Name: "teas", Root: &collections.Entry{Kind: collections.Folder, Name: "teas"}, Unmade: true}
	opt.Core.Create = func(context.Context, string, string, collections.Saved) (string, error) { return "health", nil }
	opt.Core.Reload = func(context.Context) (*collections.Collection, error) { return screentest.Shop(), nil }
	return opt
}

func TestAnEmptyFolderSaysHowToBegin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, bare(), 80, 24)
		s.Has("This folder is no collection yet", "a new request", "a curl command", "culprit demo")
		s.Press("2", "tab", "/", "z", "s", "d", "x") // nothing of it is here
		s.Has("This folder is no collection yet", "n new request")
		s.Press("n")
		s.Has("New request")
		s.Type("http://x.example/teas")
		s.Press("enter")
		s.Has("Created health", "{{base}}/health")
	})
}

func TestACollectionWithoutRequestsIsNotCalledNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := bare()
		opt.Collection.Unmade = false
		s := open(t, opt, 60, 15)
		s.Has("This collection is empty", "in instructive ways")
		s.Lacks("no collection yet")
		s.Paste("curl https://x.example/teas")
		s.Has("Import this curl command?")
	})
}
