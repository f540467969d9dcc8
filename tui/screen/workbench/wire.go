package workbench

import (
	"context"
	"errors"
	"io"

	tea "charm.land/bubbletea/v2"

	"culprit/request"
	"culprit/tui"
	"culprit/tui/widget"
)

// A body that went out and is larger than what the page of what was sent draws is read whole in the viewer, as it went
// over the wire: it comes from a spool file and takes no memory.

// wired is the whole body of what was sent, or why there is none.
type wired struct {
	of     *request.Exchange
	body   *request.Content
	hidden bool // it holds secrets, which are not to be seen
	err    error
}

// large returns the last hop whose body is not drawn whole on the page, nil for none.
func large(x *request.Exchange) *request.Sent {
	for i := len(x.Hops) - 1; i >= 0; i-- {
		if s := &x.Hops[i].Sent; s.Size > bodyPeek && s.Body.Size() > 0 {
			return s
		}
	}
	return nil
}

// wire returns the work of getting all of the body that went out.
func (r *reply) wire() tui.Intent {
	x := r.exchange()
	sent := large(x)
	if sent == nil {
		return nil
	}
	from, v := *sent, veilOf(x, r.revealed)
	return widget.Work{Name: "sent", Run: func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		body, err := from.Whole(ctx)
		hidden := err == nil && v.finds(body.Reader())
		if hidden {
			body.Close()
		}
		return wired{x, body, hidden, err}
	}}
}

// heardWire shows the body in the viewer.
func (r *reply) heardWire(m wired) tui.Intent {
	switch {
	case m.of != r.exchange() || r.page != pageSent:
		m.body.Close()
		return nil
	case errors.Is(m.err, context.Canceled):
		return nil
	case m.hidden:
		return widget.Notice{Text: "The body holds secrets: v shows them, then enter shows all of it."}
	case m.err != nil:
		return widget.Notice{Text: "The rest cannot be shown: " + m.err.Error()}
	}
	data, err := m.body.Bytes()
	m.body.Close() // the bytes stay
	if err != nil {
		return widget.Notice{Text: "The rest cannot be shown: " + err.Error()}
	}
	r.wired = true
	r.shown, r.headOf = nil, nil // the viewer has no response's body any more
	work := r.body.SetContent(data, "application/octet-stream")
	r.refresh()
	return work
}

// Pieces in which a body is searched for secrets: no credential is as long as what two of them share.
const (
	searched = 1 << 20
	shared   = 64 << 10
)

// finds reports whether there is something to hide in what is read.
func (v *veil) finds(from io.Reader) bool {
	if v == nil {
		return false
	}
	buf, held := make([]byte, searched), 0
	for {
		n, err := io.ReadFull(from, buf[held:])
		text := string(buf[:held+n])
		if v.text(text) != text {
			return true
		}
		if err != nil {
			return false
		}
		held = copy(buf, text[len(text)-shared:])
	}
}
