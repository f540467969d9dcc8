package workbench

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/request"
	"culprit/request/xmltext"
)

// An answer in XML is mostly one line. It is shown laid out, until the person wants to see it as it came; what is saved and
// compared is what came.

// maxLaid bounds the XML that is laid out: that much takes a few milliseconds.
const maxLaid = 256 << 10

// A lay is how XML is seen.
type lay int

const (
	asCame lay = iota
	laidOut
	crooked // as it came, for there is a mistake in it
)

// markup reports whether the body that the viewer has is XML that can be laid out.
func (r *reply) markup() bool {
	if r.shown == nil || r.shown.Response() == nil || r.filter.on() || r.wired || r.body.Hexed() || r.lay == crooked {
		return false
	}
	res := r.shown.Response()
	name := request.Essence(request.Get(res.Header, "Content-Type"))
	return res.Body.Size() <= maxLaid && (strings.HasSuffix(name, "/xml") || strings.HasSuffix(name, "+xml"))
}

// laid returns the body laid out, where it is to be shown so; one with a mistake in it is shown as it came.
func (r *reply) laid(data []byte) ([]byte, bool) {
	if r.plainXML || !r.markup() {
		return nil, false
	}
	text, _, err := xmltext.Indent(string(data))
	if err != nil {
		r.lay = crooked
	}
	return []byte(text), err == nil
}

// unlay shows XML as it came, or laid out again.
func (r *reply) unlay(k tea.KeyPressMsg) bool { return r.markup() && key.Matches(k, r.look.Text) }
