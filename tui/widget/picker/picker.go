// Package picker finds one of many by typing some of its letters: commands, requests, environments.
package picker

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// An Item can be picked.
type Item struct {
	ID    string
	Label string // untrusted
	Note  string // at the right: a key, a host
	Role  widget.Role
	Badge string // in front of the label, such as a method; one column for all items that have one
	// BadgeRole is that of Badge.
	BadgeRole widget.Role
	Also      string // what it is found by beside its label, such as a path
	// Off says why the item cannot be picked now; "" when it can.
	Off string
}

// Picked says which item the user wants.
type Picked struct{ ID string }

// Notice is a line for the user.
type Notice = widget.Notice

// A Picker is a tui.Part with a field on its first row and the items below. Esc answers widget.Cancelled.
type Picker struct {
	styles *widget.Styles
	ink    widget.Ink
	keys   KeyMap
	items  []Item
	found  fuzzy.Matches
	window widget.Window
	field  *input.Field

	width, height int
	column        int // of the badges
	view          string
	pen           widget.Pen
}

// A KeyMap holds the bindings of a picker.
type KeyMap struct{ Up, Down, PageUp, PageDown key.Binding }

// defaultKeyMap returns arrows, and what a shell's history uses.
func defaultKeyMap() KeyMap {
	return KeyMap{
		Up:       keys.Bind("↑", "up", "up", "ctrl+p"),
		Down:     keys.Bind("↓", "down", "down", "ctrl+n", "tab"),
		PageUp:   keys.Bind("pgup", "page up", "pgup"),
		PageDown: keys.Bind("pgdn", "page down", "pgdown"),
	}
}

// New returns a picker of items, which it keeps. The styles stay the owner's; nil means plain.
func New(styles *widget.Styles, items []Item) *Picker {
	p := &Picker{styles: styles, keys: defaultKeyMap(), field: input.New(styles)}
	p.field.SetPrompt("> ")
	p.field.Focus()
	p.SetItems(items)
	return p
}

// SetItems replaces the items; what was typed stays.
func (p *Picker) SetItems(items []Item) { p.items = items; p.column = p.badges(); p.search() }

// Typed returns what was typed to find an item.
func (p *Picker) Typed() string { return p.field.Value() }

// SetPlaceholder sets the words that the empty field shows.
func (p *Picker) SetPlaceholder(words string) { p.field.SetPlaceholder(words); p.view = "" }

// String returns the text of item i for the search; it makes Picker a fuzzy.Source.
func (p *Picker) String(i int) string { return p.items[i].Label + " " + p.items[i].Also }

// Len returns how many items there are; it makes Picker a fuzzy.Source.
func (p *Picker) Len() int { return len(p.items) }

// search finds the items for what was typed, the best first; all of them for nothing. Of what is found alike, what can be
// picked goes before what cannot.
func (p *Picker) search() {
	defer p.arrange()
	p.window = widget.Window{}
	p.found = p.found[:0]
	if what := p.field.Value(); what != "" && utf8.ValidString(what) {
		pieces, apart := whole(fuzzy.FindFrom(what, p), what)
		p.found = append(p.able(pieces), p.able(apart)...)
		return
	}
	for i := range p.items {
		p.found = append(p.found, fuzzy.Match{Index: i})
	}
}

// able puts what can be picked before what cannot.
func (p *Picker) able(found fuzzy.Matches) fuzzy.Matches {
	slices.SortStableFunc(found, func(a, b fuzzy.Match) int {
		return cmp.Compare(off(p.items[a.Index]), off(p.items[b.Index]))
	})
	return found
}

func off(i Item) int {
	if i.Off != "" {
		return 1
	}
	return 0
}

// whole tells what has the typed text in one piece, at the beginning of a word, which it marks, from what has its letters
// apart.
func whole(found fuzzy.Matches, what string) (pieces, apart fuzzy.Matches) {
	what = strings.ToLower(what)
	for _, m := range found {
		low := strings.ToLower(m.Str)
		at := wordAt(low, what)
		if at < 0 || len(low) != len(m.Str) { // of another length, its bytes are elsewhere
			apart = append(apart, m)
			continue
		}
		m.MatchedIndexes = nil
		for j := range what {
			m.MatchedIndexes = append(m.MatchedIndexes, at+j)
		}
		pieces = append(pieces, m)
	}
	return pieces, apart
}

// wordAt is where what begins a word of text, -1 for nowhere.
func wordAt(text, what string) int {
	for i, before := 0, ' '; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(before) && !unicode.IsDigit(before) && strings.HasPrefix(text[i:], what) {
			return i
		}
		i, before = i+n, r
	}
	return -1
}

// Typing is always true: plain characters go into the field.
func (p *Picker) Typing() bool { return true }

// Cursor returns the place of the cursor in the field.
func (p *Picker) Cursor() *tea.Cursor { return p.field.Cursor() }

// Restyle draws anew with the styles as they are now.
func (p *Picker) Restyle() { p.view = "" }

// Resize sets the size of View in cells.
func (p *Picker) Resize(width, height int) {
	p.width, p.height = max(0, width), max(0, height)
	p.field.Resize(p.width, 1)
	p.arrange()
}

// arrange brings the chosen item into the window.
func (p *Picker) arrange() {
	p.view = ""
	p.window.Fit(len(p.found), p.page())
}

// Keys returns the bindings that work now.
func (p *Picker) Keys() []key.Binding {
	return append([]key.Binding{p.keys.Up, p.keys.Down, p.keys.PageUp, p.keys.PageDown}, p.field.Keys()[:2]...)
}

func (p *Picker) page() int { return max(1, p.height-1) }

// Update takes a key or a paste.
func (p *Picker) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	defer p.arrange()
	if msg, ok := msg.(tea.KeyPressMsg); ok {
		n := len(p.found)
		switch k := p.keys; {
		case key.Matches(msg, k.Up):
			p.window.Move(-1, n)
			return nil, nil
		case key.Matches(msg, k.Down):
			p.window.Move(1, n)
			return nil, nil
		case key.Matches(msg, k.PageUp):
			p.window.Move(-p.page(), n)
			return nil, nil
		case key.Matches(msg, k.PageDown):
			p.window.Move(p.page(), n)
			return nil, nil
		}
	}
	answer, cmd := p.field.Update(msg)
	switch answer.(type) {
	case input.Changed:
		p.search()
		return nil, cmd
	case input.Submitted:
		return p.pick(), cmd
	}
	return answer, cmd
}

func (p *Picker) pick() tui.Intent {
	if p.window.At >= len(p.found) {
		return nil
	}
	item := p.items[p.found[p.window.At].Index]
	if item.Off != "" {
		return Notice{Text: item.Off}
	}
	return Picked{item.ID}
}

// Mouse scrolls with the wheel and picks what one clicks.
func (p *Picker) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	defer p.arrange()
	m := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		p.window.Move(widget.Notch(msg), len(p.found))
		return nil, nil
	case tea.MouseClickMsg:
		n := p.window.Top + m.Y - 1
		if m.Button != tea.MouseLeft || m.Y < 1 || m.Y >= p.height || n >= len(p.found) {
			return tui.Pass{}, nil
		}
		p.window.At = n
		return p.pick(), nil
	}
	return tui.Pass{}, nil
}

// View draws the field and the items.
func (p *Picker) View() string {
	if p.height <= 0 || p.view != "" {
		return p.view
	}
	p.ink.Load(p.styles)
	out := []byte(p.field.View())
	for y := range p.height - 1 {
		out = append(out, '\n')
		p.pen.Begin(&p.ink, out, p.width)
		n := p.window.Top + y
		switch {
		case n < len(p.found):
			p.draw(p.found[n], n == p.window.At)
		case n == 0:
			p.pen.Word(widget.Muted, "  nothing matches")
		}
		out = p.pen.End()
	}
	p.view = string(out)
	return p.view
}

// badgeCells is the most that a badge takes: the longest common method, OPTIONS, and a space.
const badgeCells = 8

// badges is the width of the column of badges: as wide as the widest needs, and a space.
func (p *Picker) badges() int {
	w := 0
	for _, it := range p.items {
		w = max(w, widget.Width([]byte(it.Badge))+1)
	}
	return min(w, badgeCells)
}

func (p *Picker) draw(m fuzzy.Match, here bool) {
	item := p.items[m.Index]
	pen, role, sign := &p.pen, item.Role, "  "
	if here {
		pen.Base(widget.Cursor)
		sign = p.ink.Sign("› ", "> ")
	}
	if item.Off != "" {
		role = widget.Muted
	}
	pen.Word(widget.Accent, sign)
	if item.Badge != "" {
		until := pen.Left() - p.column
		pen.Within(p.column-1, func(in *widget.Pen) { in.Put(item.BadgeRole, []byte(item.Badge)) })
		pen.Spaces(widget.Text, pen.Left()-until)
	}
	note := []byte(item.Note)
	if item.Off != "" {
		note = []byte(item.Off)
	}
	room := pen.Left() - widget.Width(note) - 2
	if room < pen.Left()/2 {
		note, room = nil, pen.Left()
	}
	pen.Within(room, func(in *widget.Pen) {
		at := 0
		for _, i := range m.MatchedIndexes {
			if i < at || i >= len(item.Label) {
				continue
			}
			end := i + widget.Cluster([]byte(item.Label[i:]))
			in.Put(role, []byte(item.Label[at:i]))
			in.Put(widget.Accent, []byte(item.Label[i:end]))
			at = end
		}
		in.Put(role, []byte(item.Label[at:]))
	})
	if len(note) > 0 {
		pen.Spaces(widget.Muted, pen.Left()-widget.Width(note)-1) // a space before the frame
		pen.Put(widget.Muted, note)
	}
}

// Found says how many items match, for the owner's frame: "3/40".
func (p *Picker) Found() string { return strconv.Itoa(len(p.found)) + "/" + strconv.Itoa(len(p.items)) }

// Scroll returns which of the items that were found are seen.
func (p *Picker) Scroll() widget.Scroll {
	return widget.Scroll{Top: p.window.Top, Seen: p.page(), All: len(p.found)}
}
