package workbench

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui"
	"culprit/tui/widget/frame"
)

// Empty reports whether the collection has nothing to show: the workbench then says how to begin, and takes only that.
func (w *Workbench) Empty() bool {
	return w.collection != nil && w.collection.Root != nil && len(w.collection.Root.Children) == 0
}

// begin takes the keys of an empty collection.
func (w *Workbench) begin(msg tea.Msg) tui.Intent {
	if k, ok := msg.(tea.KeyPressMsg); ok && key.Matches(k, w.opt.Keys.List.New, w.opt.Keys.List.Open) {
		return NewRequest{}
	}
	return tui.Pass{}
}

// beginnings are the keys of an empty collection, for the key line.
func (w *Workbench) beginnings() []key.Binding {
	return []key.Binding{w.opt.Keys.List.New, w.opt.Keys.Plain.Import, w.opt.Keys.Plain.Quit}
}

// welcome is what an empty collection shows in place of the panes.
func (w *Workbench) welcome() string {
	s, k, all := w.opt.Styles, w.opt.Keys, w.at.All
	all.H = w.at.Status.Y
	muted := s.Text.Muted.Render
	what := "This collection is empty. Two ways to begin:"
	if w.collection.Unmade {
		what = "This folder is no collection yet. Two ways to begin:"
	}
	row := func(b key.Binding, words, more string) string {
		return "  " + frame.Line(s.Text.Key.Render(b.Help().Key), 5) + words + muted(more)
	}
	text := []string{
		s.Text.Accent.Bold(true).Render("culprit"), "finds what breaks an HTTP request, and proves it", "",
		what, "",
		row(k.List.New, "a new request", ", from its URL"),
		row(k.Plain.Import, "a curl command", ", pasted as the browser copies it"), "",
		s.Text.Key.Render(k.Plain.Send.Help().Key) + " then sends it; when it fails, " + s.Text.Key.Render(k.Plain.Diagnose.Help().Key) + " finds out why.", "",
		muted("Each request becomes a plain file in this folder. To look"),
		muted("around first, run ") + "culprit demo" + muted(" in your shell: it opens a"),
		muted("sample shop that fails in instructive ways."),
	}
	room := max(all.H-2, 0)
	for i := len(text) - 1; i > 0 && len(text) > room; i-- { // low windows go without the gaps
		if text[i] == "" {
			text = append(text[:i], text[i+1:]...)
		}
	}
	wide := 0
	for _, l := range text {
		wide = max(wide, ansi.StringWidth(l))
	}
	left := strings.Repeat(" ", max((all.W-2-wide)/2, 0))
	lines := make([]string, max((room-len(text))*2/5, 0), room+len(text)) // a little above the middle
	for _, l := range text {
		lines = append(lines, left+l)
	}
	f := frame.Frame{Focused: true, Title: s.Frame.TitleFocus.Render(clean(w.collection.Name))}
	return f.Draw(s, all.W, all.H, lines)
}
