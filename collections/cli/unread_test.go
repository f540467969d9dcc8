package cli

import (
	"strings"
	"testing"

	"culprit/collections"
)

// A folder of which not all is there is told of: a list and a run that leave requests out in silence would be taken for
// the whole collection.
func TestAFolderThatIsNotAllThereIsToldOf(t *testing.T) {
	root := &collections.Entry{Kind: collections.Folder, Name: "Shop", Children: []*collections.Entry{
		{Kind: collections.Folder, Name: "orders", Path: "orders", Problems: []collections.Problem{{Text: "more than 20000 files; the rest is not shown"}}},
		{Kind: collections.Folder, Name: "odd", Path: "odd", Problems: []collections.Problem{{Text: "a key that is not known", Warning: true}}},
		{Kind: collections.Broken, Name: "bad", Path: "bad", Problems: []collections.Problem{{Text: "it has a row of its own"}}},
	}}
	var told strings.Builder
	unread(&told, root)
	if got, want := told.String(), "note: orders: more than 20000 files; the rest is not shown\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// An environment whose file is broken is there and cannot be read: that it is not there would send a person looking for
// its file.
func TestABrokenEnvironmentIsToldOf(t *testing.T) {
	c := &collections.Collection{Environments: []collections.Environment{{Name: "local"}}, Problems: []collections.Problem{{File: "/shop/environments/prod.yml", Line: 3, Column: 2, Text: "a tab"}}}
	for name, want := range map[string]string{"prod": `environment "prod" cannot be read: line 3 column 2: a tab`, "moon": `no environment "moon"; there are: local`} {
		if _, err := environment(c, name); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	if _, err := environment(&collections.Collection{}, "moon"); err == nil || err.Error() != `no environment "moon"; this collection has none` {
		t.Errorf("none at all: %v", err)
	}
}
