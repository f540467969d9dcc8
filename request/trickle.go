package request

import (
	"bytes"
	"time"
)

// A trickle tells of a body as it grows. The recorder is locked for all of it.
type trickle struct {
	timer *time.Timer // the telling that is due; nil for none
	last  time.Duration
	media string
	have  []byte // all that there is; the intake's own, nil when nothing is to be told any more
}

// trickle tells what there is of a body that comes slowly, not too often; what came last is told also when nothing
// follows it. b must not change before hush is called. stream says that the body is known to go on: its first bytes
// are told at once.
func (h *hopTrace) trickle(media string, b []byte, stream bool) {
	at, ok := h.now()
	if !ok {
		return
	}
	defer h.done()
	if h.x.emit == nil {
		return
	}
	t := &h.slow
	if t.media, t.have = media, b; t.timer != nil {
		return
	}
	due := at
	if t.last > 0 {
		due = t.last + streamStep
	} else if !stream {
		due = h.read + streamAfter
	}
	t.timer = time.AfterFunc(max(due-at, 0), h.trickled)
}

// hush ends the telling.
func (h *hopTrace) hush() {
	if _, ok := h.now(); ok {
		h.slow.have = nil
		h.done()
	}
}

// trickled tells what is due, unless the hop is over: then all of the body is there.
func (h *hopTrace) trickled() {
	at, ok := h.now()
	if !ok {
		return
	}
	defer h.done()
	t := &h.slow
	if t.timer, t.last = nil, at; t.have != nil {
		h.x.emit(Event{Kind: BodyHead, At: at, Text: t.media, Size: int64(len(t.have)), Head: bytes.Clone(t.have)})
	}
}
