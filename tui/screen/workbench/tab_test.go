package workbench

import (
	"testing"

	"culprit/collections"
	"culprit/tui/keys"
	"culprit/tui/theme"
)

// A fix that is put in opens the tab in which it is seen; the next request opens at the tab that the person chose.
func TestAFixThatIsPutInChoosesNoTab(t *testing.T) {
	m, _ := keys.New(nil)
	w := New(Options{Styles: theme.New(theme.Choice{}), Keys: m})
	both := collections.Saved{Method: "POST", Headers: []collections.Row{{Name: "Accept", Value: "*/*"}}, Body: collections.SavedBody{Type: "json", Text: "{}"}}
	root := &collections.Entry{Kind: collections.Folder}
	for _, name := range []string{"a", "b"} {
		root.Children = append(root.Children, &collections.Entry{Kind: collections.HTTP, Path: name, Name: name, Saved: both, Parent: root})
	}
	w.SetCollection(&collections.Collection{Root: root})
	w.Open("a")
	w.editor.show(tabHeaders)
	fixed := both
	fixed.Body.Text = `{"qty":1}`
	w.Replace(fixed)
	if w.editor.tab != tabBody {
		t.Errorf("the fix is seen in %v", w.editor.tab)
	}
	w.Open("b")
	if w.editor.tab != tabHeaders {
		t.Errorf("the next request opens at %v", w.editor.tab)
	}
}
