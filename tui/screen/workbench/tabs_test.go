package workbench

import (
	"testing"

	"culprit/collections"
	"culprit/tui/keys"
	"culprit/tui/theme"
)

// A request is opened at what says most about it, whatever the one before it held; a tab that the person chose is kept.
func TestARequestOpensAtWhatItCarries(t *testing.T) {
	m, _ := keys.New(nil)
	w := New(Options{Styles: theme.New(theme.Choice{}), Keys: m})
	e := &w.editor
	headers := []collections.Row{{Name: "Accept", Value: "*/*"}}
	read := &collections.Entry{Path: "read", Saved: collections.Saved{Headers: headers}}
	write := &collections.Entry{Path: "write", Saved: collections.Saved{Headers: headers, Body: collections.SavedBody{Type: "json", Text: "{}"}}}
	for _, step := range []struct {
		entry  *collections.Entry
		choose tab
		want   tab
	}{{read, noTab, tabHeaders}, {write, noTab, tabBody}, {write, tabHeaders, tabHeaders}, {read, noTab, tabHeaders}, {write, noTab, tabHeaders}, {write, tabBody, tabBody}, {read, noTab, tabHeaders}, {write, noTab, tabBody}} {
		e.open(step.entry, step.entry.Saved)
		if step.choose != noTab {
			e.show(step.choose)
		}
		if e.tab != step.want {
			t.Fatalf("%s: the tab %s, want %s", step.entry.Path, tabNames[e.tab], tabNames[step.want])
		}
	}
	late := New(Options{Styles: theme.New(theme.Choice{}), Keys: m}) // where the last run was left is shown before all is read
	late.editor.open(read, collections.Saved{})
	late.editor.open(read, read.Saved)
	if late.editor.tab != tabHeaders {
		t.Errorf("what was read later is at the tab %s", tabNames[late.editor.tab])
	}
	late.editor.zone = atRest // the person is in the tab: it stays, whatever they take out of it
	late.editor.open(read, collections.Saved{Body: collections.SavedBody{Type: "json", Text: "{}"}})
	if late.editor.tab != tabHeaders {
		t.Errorf("under the cursor it turns to the tab %s", tabNames[late.editor.tab])
	}
}
