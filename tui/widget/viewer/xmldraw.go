package viewer

import (
	"bytes"

	"culprit/tui/widget"
)

// drawXML draws a line of XML that is laid out. A line without end is drawn without colours: what is left of the window
// is not read.
func (v *Viewer) drawXML(p *widget.Pen, r row) {
	v.drawIndent(p, r.depth)
	if r.end-r.start > everyBytes {
		v.put(p, widget.Text, r.start, r.end)
		return
	}
	for i := r.start; i < r.end; {
		i = v.drawMarkup(p, i, r.end)
	}
	if r.folded > 0 {
		p.Word(widget.Fold, v.ink.Sign("…", "..."))
		p.Word(widget.Punct, "</")
		v.put(p, widget.Key, r.start+1, r.nameEnd)
		p.Word(widget.Punct, ">")
		v.drawFolded(p, r.folded)
	}
}

// drawMarkup draws the tag, text or comment at i and returns where it ends, at most at end.
func (v *Viewer) drawMarkup(p *widget.Pen, i, end int) int {
	b, role, to := v.data, widget.Text, end
	switch {
	case begins(b, i, cdata):
		role, to = widget.String, past(b, i, end, "]]>")
	case begins(b, i, "<!"), begins(b, i, "<?"):
		role, to = widget.Muted, asideEnd(b, i, end)
	case b[i] == '<':
		return v.drawTag(p, i, end)
	default:
		if n := bytes.IndexByte(b[i:end], '<'); n >= 0 {
			to = i + n
		}
	}
	if to < 0 {
		to = end
	}
	v.flow(p, role, i, to)
	return to
}

// drawTag draws the tag at i: its brackets, its name, its attributes.
func (v *Viewer) drawTag(p *widget.Pen, i, end int) int {
	b := v.data
	word := widget.Key // the first one is the name of the element
	for from := i; i < end; from = i {
		role := widget.Punct
		switch c := b[i]; c {
		case '>':
			v.put(p, role, i, i+1)
			return i + 1
		case '<', '/', '=':
			i++
		case '"', '\'':
			role = widget.String
			if n := bytes.IndexByte(b[i+1:end], c); n >= 0 {
				i += n + 2
			} else {
				i = end
			}
		case ' ', '\n', '\r', '\t':
			i = blanks(b, i, end)
		default:
			i = nameEnd(b, i, end)
			role, word = word, widget.Literal
		}
		v.flow(p, role, from, i)
	}
	return end
}

// flow draws a text of several lines as one, as it is laid out: a line end and the white space behind it are a blank.
func (v *Viewer) flow(p *widget.Pen, role widget.Role, from, to int) {
	for from < to {
		n := bytes.IndexByte(v.data[from:to], '\n')
		if n < 0 {
			v.put(p, role, from, to)
			return
		}
		v.put(p, role, from, from+len(bytes.TrimSuffix(v.data[from:from+n], []byte{'\r'})))
		p.Spaces(role, 1)
		from = blanks(v.data, from+n, to)
	}
}
