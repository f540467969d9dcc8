package workbench

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/layout"
)

// Update implements tui.Part.
func (w *Workbench) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	if w.Empty() {
		return w.begin(msg), nil
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return w.press(msg), nil
	case tea.PasteMsg:
		return w.paste(msg.Content), nil
	}
	return tui.Pass{}, nil
}

func (w *Workbench) press(k tea.KeyPressMsg) tui.Intent {
	w.cache[w.focus] = ""
	switch w.focus {
	case layout.Tree:
		return w.inTree(k)
	case layout.Request:
		if key.Matches(k, w.opt.Keys.Chord.External) {
			return w.external()
		}
		changed, mine := w.editor.press(k)
		if changed {
			w.edited()
		}
		wish := w.editor.asked()
		switch {
		case wish != nil && changed:
			return Several{Changed{}, w.wish(wish)}
		case wish != nil:
			return w.wish(wish)
		case changed:
			return Changed{}
		case mine:
			return nil
		}
	case layout.Response:
		if key.Matches(k, w.opt.Keys.Chord.External) && w.reply.exchange() != nil {
			return w.reply.outside(true)
		}
		return w.grant(w.reply.press(k))
	}
	return tui.Pass{}
}

func (w *Workbench) external() tui.Intent {
	p := w.editor.text()
	if p == nil {
		return Say("$EDITOR opens a text: the one of the tab Body or Docs.")
	}
	suffix := ".txt"
	switch {
	case w.editor.tab == tabDocs:
		suffix = ".md"
	case slices.Contains([]string{"json", "xml"}, w.editor.saved.Body.Type):
		suffix = "." + w.editor.saved.Body.Type
	}
	return Edit{Text: *p, Suffix: suffix}
}

func (w *Workbench) paste(text string) tui.Intent {
	switch {
	case w.focus == layout.Request && w.editor.typing():
		if w.editor.paste(text) {
			w.edited()
			return Changed{}
		}
		return nil
	case w.focus == layout.Tree && w.tree.Typing():
		w.tree.Update(tea.PasteMsg{Content: text})
		w.cache[layout.Tree] = ""
		return nil
	case w.focus == layout.Response && w.reply.typing():
		w.cache[layout.Response] = ""
		return w.grant(w.reply.paste(text))
	}
	return tui.Pass{}
}

// Typing implements tui.Typist.
func (w *Workbench) Typing() bool {
	switch w.focus {
	case layout.Tree:
		return w.tree.Typing()
	case layout.Request:
		return w.editor.typing()
	}
	return w.reply.typing()
}
