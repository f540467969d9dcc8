package workbench

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"culprit/request"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget"
	"culprit/tui/widget/viewer"
)

// A Task asks to run a widget's work outside the event loop. What it says goes to Hear; a newer task of the
// same name replaces it.
type Task struct {
	Name string
	Run  func(ctx context.Context, emit func(tea.Msg)) tea.Msg
	Hear func(msg tea.Msg) tui.Intent
}

// viewerKeys are the bindings of the viewer, from the program's own table.
func viewerKeys(b keys.Body) viewer.KeyMap {
	m, f, s, l := b.Move, b.Fold, b.Find, b.Look
	return viewer.KeyMap{Up: m.Up, Down: m.Down, PageUp: m.PageUp, PageDown: m.PageDown, HalfUp: m.HalfUp, HalfDown: m.HalfDown,
		Top: m.Top, Bottom: m.Bottom, Left: m.Left, Right: m.Right, LineStart: m.LineStart,
		Toggle: f.Toggle, FoldMore: f.More, FoldLess: f.Less, FoldAll: f.All, UnfoldAll: f.None, Parent: f.Parent,
		Search: s.Search, Next: s.Next, Previous: s.Previous, Plain: s.Plain,
		CopyPath: l.CopyPath, CopyValue: l.CopyValue, Wrap: l.Wrap, Hex: l.Hex, Text: l.Text, Numbers: l.Numbers}
}

// fill gives the body of x to the viewer; the intent is the work of reading a large one.
func (r *reply) fill(x *request.Exchange) tui.Intent {
	res := x.Response()
	r.shown, r.failed = x, nil
	if res == nil {
		return r.body.SetContent(nil, "")
	}
	data, err := res.Body.Bytes()
	if err != nil && !errors.Is(err, context.Canceled) {
		r.failed = err
		return r.body.SetContent(nil, "")
	}
	media := request.Get(res.Header, "Content-Type")
	if begun := r.headOf == r.result; begun {
		r.headOf = nil
		return r.body.Grow(data, media)
	}
	r.headOf = nil
	return r.body.SetContent(data, media)
}

// heard gives news of the viewer's work to it.
func (r *reply) heard(msg tea.Msg) tui.Intent {
	intent, _ := r.body.Update(msg)
	return intent
}

// grant turns an intent of a widget into one of the workbench.
func (w *Workbench) grant(i tui.Intent) tui.Intent {
	switch i := i.(type) {
	case widget.Work:
		return Task{Name: i.Name, Run: i.Run, Hear: func(msg tea.Msg) tui.Intent {
			next := w.reply.heard(msg)
			w.cache[2] = ""
			return w.grant(next)
		}}
	case widget.Copy:
		return Copy{Text: i.Text, What: "The " + i.What + " was"}
	case widget.Notice:
		return Say(i.Text)
	}
	return i
}
