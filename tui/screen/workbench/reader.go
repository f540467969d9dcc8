package workbench

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/looks"
	"culprit/tui/widget/tabs"
	"culprit/tui/widget/viewer"
)

// A Reader is the pane of the response by itself, for a screen that shows exchanges of another time. It is a tui.Part
// whose intents are those of the workbench. Make one with NewReader.
type Reader struct {
	reply reply
	keys  *keys.Map
	looks *widget.Styles
	on    bool
}

// NewReader returns a reader that shows nothing; canDiagnose offers the key for a diagnosis beside a failure.
func NewReader(styles *theme.Styles, bindings *keys.Map, canDiagnose bool) *Reader {
	look := looks.Of(styles)
	r := &Reader{keys: bindings, looks: look, reply: reply{styles: styles, keys: &bindings.Reply, plain: &bindings.Plain, stop: &bindings.Chord.Stop, canAsk: canDiagnose, body: viewer.New(look, bindings.Body),
		bar: tabs.New(look, nil), filter: newFilter(look), seek: newSeeker(look, &bindings.Body.Find)}}
	r.reply.single = "Nothing to compare with: in the list, = takes the one before of the same request, and space marks another."
	return r
}

// Show shows an exchange and what became of its assertions. The intent is the work that its body needs.
func (r *Reader) Show(k collections.Kept) tui.Intent {
	if k.Exchange == nil {
		r.reply.set(nil)
		return nil
	}
	if r.reply.page == pageDiff {
		r.reply.page = pageBody
	}
	r.reply.set(&result{exchange: k.Exchange, checks: k.Checks, doubt: k.Doubt, said: k.Said})
	return r.grant(r.reply.fill(k.Exchange))
}

// Compare shows what differs between before and x; name says which one before is.
func (r *Reader) Compare(before, x *request.Exchange, name string) tui.Intent {
	r.reply.set(&result{exchange: x, before: before, other: name})
	read := r.grant(r.reply.fill(x))
	return Several{read, r.grant(r.reply.show(pageDiff))}
}

func (r *Reader) grant(i tui.Intent) tui.Intent { return r.reply.granted(i, func() {}) }

// Update implements tui.Part.
func (r *Reader) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if key.Matches(m, r.keys.Plain.Sent) && !r.reply.typing() && r.reply.exchange() != nil {
			return r.grant(r.reply.sent()), nil
		}
		return r.grant(r.reply.press(m)), nil
	case tea.PasteMsg:
		if r.reply.typing() {
			return r.grant(r.reply.paste(m.Content)), nil
		}
	}
	return tui.Pass{}, nil
}

// View implements tui.Part.
func (r *Reader) View() string {
	if r.reply.exchange() == nil {
		return ""
	}
	return strings.Join(r.reply.lines(time.Time{}), "\n")
}

// Resize implements tui.Part.
func (r *Reader) Resize(width, height int) { r.reply.resize(width, height) }

// Keys implements tui.Part.
func (r *Reader) Keys() []key.Binding { return r.reply.bindings(r.keys) }

// Focus implements tui.Focuser.
func (r *Reader) Focus() tea.Cmd { r.on = true; r.reply.focus(true); return nil }

// Blur implements tui.Focuser.
func (r *Reader) Blur() { r.on = false; r.reply.focus(false) }

// Typing implements tui.Typist.
func (r *Reader) Typing() bool { return r.on && r.reply.typing() }

// Cursor implements tui.Typist.
func (r *Reader) Cursor() *tea.Cursor {
	if !r.Typing() {
		return nil
	}
	return r.reply.cursor()
}

// Mouse implements tui.Mouser.
func (r *Reader) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	switch m := msg.(type) {
	case tea.MouseWheelMsg:
		r.reply.wheel(m)
	case tea.MouseClickMsg:
		if m.Y == r.reply.head()-2 && r.reply.exchange() != nil {
			m.Y = 0
			if i, _ := r.reply.bar.Mouse(m); i != (tui.Pass{}) {
				return r.grant(r.reply.show(page(r.reply.bar.At()))), nil
			}
		}
	}
	return nil, nil
}

// Restyle draws everything anew after the theme changed.
func (r *Reader) Restyle() {
	looks.Set(r.looks, r.reply.styles)
	r.reply.body.Restyle()
	r.reply.refresh()
}

// Foot is what stands in the border below the page: at its left, and at its right.
func (r *Reader) Foot() (note, place string) { return r.reply.foot() }

// Scroll is what is seen of the page, and how many lines lie above it.
func (r *Reader) Scroll() (widget.Scroll, int) { return r.reply.scroll() }
