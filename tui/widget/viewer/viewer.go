// Package viewer shows a body of any size and kind, and draws only what is visible.
//
// JSON and XML are laid out from an index of lines that is made once, in slices, by a task; no pretty text and no tree
// exist. Text and raw bytes are read the same way, everything else is shown in hex. Nothing is ever decoded:
// keys keep their order, numbers their spelling, strings their escapes. The widget knows nothing of HTTP.
package viewer

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// The intents of a viewer.
type (
	// Work is a task of the viewer: reading, searching, folding or colouring a large body.
	Work = widget.Work
	// Copy is a path or value for the clipboard.
	Copy = widget.Copy
	// Notice is a line for the user.
	Notice = widget.Notice
)

// mode is how the body is shown.
type mode uint8

const (
	pretty mode = iota // JSON or XML, laid out
	text               // as received, line by line
	hex
)

// A Viewer is a tui.Part that shows one body.
type Viewer struct {
	styles *widget.Styles
	ink    widget.Ink
	keys   keys.Body

	data    []byte
	media   string
	gen     int           // counts contents; answers of tasks for an older one are dropped
	gone    chan struct{} // closed when there is another content
	form    form          // what it can be laid out as; asWritten for nothing
	mode    mode
	chosen  bool // the mode, by the reader
	coming  bool // there will be more
	index   [hex]index
	reading [hex]bool // a task is making this index

	width, height int
	focus         bool
	numbers, wrap bool

	top, cursor place
	left        int  // cells that are scrolled away
	follow      bool // the end was asked for, wherever it will be
	stay        *stay
	folds       folds
	level       int // all nodes at this depth are folded; 0 for none
	search      search
	prompt      *input.Field
	asking      bool
	colours     colours

	rows   []row // what is visible, made by arrange
	foot   Foot
	notice string
	view   string // the last drawing; "" when something changed
	pen    widget.Pen
	buf    []byte
}

// A place is a line and, when lines are wrapped, the byte in it that a row begins with.
type place struct{ line, off int }

// New returns a viewer of nothing. The styles stay the owner's; nil means plain.
func New(styles *widget.Styles, bindings keys.Body) *Viewer {
	v := &Viewer{styles: styles, keys: bindings, numbers: true, prompt: input.New(styles)}
	v.SetContent(nil, "")
	return v
}

// firstSlice is how much is read at once: a tenth of a millisecond, and more than the largest screen shows.
const firstSlice = 128 << 10

// SetContent shows data, which must not change and must stay readable until the next content is set and the
// works of this one have returned. mediaType is a Content-Type value or "". It returns Work when there
// is more to read than fits into a frame, else nil.
func (v *Viewer) SetContent(data []byte, mediaType string) tui.Intent {
	v.gen++
	if v.gone != nil {
		close(v.gone)
	}
	v.gone = make(chan struct{})
	v.data, v.media = data, mediaType
	v.top, v.cursor, v.left, v.level = place{}, place{}, 0, 0
	v.follow, v.stay, v.coming = false, nil, false
	v.folds, v.search, v.colours = nil, search{at: -1, goal: -1}, colours{}
	v.notice, v.asking = "", false
	v.index, v.reading = [hex]index{}, [hex]bool{}
	var kind mode
	kind, v.form = sniff(data, mediaType)
	v.mode, v.chosen = kind, false
	work := v.read(kind)
	if v.form != asWritten && v.index[pretty].mistake != nil {
		work = v.mistaken(work)
	}
	v.arrange()
	if work == nil {
		work = v.colour()
	}
	return work
}

// read starts the index of mode m and returns Work for the rest of it, or nil.
func (v *Viewer) read(m mode) tui.Intent {
	if m == hex || v.index[m].done || v.reading[m] {
		return nil
	}
	x := &v.index[m]
	x.data = v.data
	if m == pretty {
		x.form = v.form
	}
	s := x.form.newScanner(v.data)
	x.add(s.scan(firstSlice))
	if x.done {
		return nil
	}
	v.reading[m] = true
	return Work{Name: "read", Run: readAll(s, v.gen, m, v.gone)}
}

// mistaken falls back from JSON or XML that is none to the text, at the place of the mistake. Text that only ends
// too early stays laid out.
func (v *Viewer) mistaken(work tui.Intent) tui.Intent {
	x := &v.index[pretty]
	if x.mistake.Ends && x.lines > 1 || v.mode != pretty {
		return work
	}
	v.mode = text
	if more := v.read(text); more != nil {
		work = more
	}
	v.folds, v.level = nil, 0
	v.moveTo(x.mistake.Offset)
	return work
}

// Busy says what a task is doing and how far it is, from 0 to 1; "" when all is done.
func (v *Viewer) Busy() (what string, part float64) {
	size := float64(max(1, len(v.data)))
	if v.search.running {
		return "searching", float64(v.search.seen) / size
	}
	for m := range hex {
		if v.reading[m] {
			return "reading", float64(v.index[m].off) / size
		}
	}
	return "", 1
}

// Focus marks the line of the cursor.
func (v *Viewer) Focus() tea.Cmd { v.focus, v.view = true, ""; return nil }

// Blur takes the mark away and closes the prompt.
func (v *Viewer) Blur() {
	v.focus, v.asking, v.view = false, false, ""
	v.prompt.Blur()
}

// Typing reports whether the search prompt is open.
func (v *Viewer) Typing() bool { return v.asking }

// Cursor returns the place of the cursor in the search prompt, or nil.
func (v *Viewer) Cursor() *tea.Cursor {
	if !v.asking || v.height <= 0 {
		return nil
	}
	c := v.prompt.Cursor()
	if c != nil {
		c.Y += v.height - 1
	}
	return c
}

// Resize sets the size of View in cells.
func (v *Viewer) Resize(width, height int) {
	if v.stay != nil && (width != v.width || height != v.height) {
		v.stay = nil
	}
	v.width, v.height = max(0, width), max(0, height)
	v.prompt.Resize(v.width, 1)
	if v.wrap {
		v.top.off, v.cursor.off = 0, 0
	}
	v.arrange()
}

// Update takes a key, a paste into the prompt, or the news of one of its works.
func (v *Viewer) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	var answer tui.Intent
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if v.stay != nil {
			v.stay.keys = append(v.stay.keys, msg)
			return nil, nil
		}
		v.follow = false
		answer = v.press(msg)
	case tea.PasteMsg:
		if !v.asking {
			return tui.Pass{}, nil
		}
		v.prompt.Update(msg)
	case indexed:
		answer = v.indexed(msg)
	case hits:
		v.hits(msg)
	case folded:
		v.folded(msg)
	case coloured:
		v.coloured(msg)
	default:
		return tui.Pass{}, nil
	}
	if answer == (tui.Pass{}) {
		return answer, nil
	}
	v.arrange()
	if answer == nil {
		answer = v.colour()
	}
	return answer, nil
}

// Laid reports whether the body is laid out as JSON or XML: it folds, and what is under the cursor has a path.
func (v *Viewer) Laid() bool { return v.mode == pretty }

// Lays reports whether the body can be laid out so.
func (v *Viewer) Lays() bool { return v.form != asWritten }

// XML reports whether it would be as XML.
func (v *Viewer) XML() bool { return v.form == formXML }

// Hexed reports whether the bytes of the body are shown.
func (v *Viewer) Hexed() bool { return v.mode == hex }

// Keys returns the bindings that work now.
func (v *Viewer) Keys() []key.Binding {
	if v.asking {
		other := keys.As(v.keys.Find.Plain, "regexp")
		if v.search.regexp {
			other = keys.As(other, "plain text")
		}
		return append([]key.Binding{other}, v.prompt.Keys()...)
	}
	m, f, s, l := v.keys.Move, v.keys.Fold, v.keys.Find, v.keys.Look
	all := []key.Binding{m.Up, m.Down, m.PageUp, m.PageDown, m.HalfUp, m.HalfDown, m.Top, m.Bottom, m.Left, m.Right, m.LineStart, s.Search}
	if len(v.search.found) > 0 {
		all = append(all, s.Next, s.Previous)
	}
	if v.mode == pretty {
		all = append(all, f.Toggle, f.More, f.Less, f.All, f.None, f.Parent, l.CopyPath)
	} else {
		all = append(all, l.Wrap)
	}
	if v.Lays() {
		all = append(all, l.Text)
	}
	return append(all, l.CopyValue, l.Hex, l.Numbers)
}
