package editor

import (
	"github.com/charmbracelet/x/ansi"

	"culprit/tui/widget"
)

// Tinted draws lines of JSON that are only read in their colours, each as wide as it is. What is no JSON in them is plain.
func Tinted(looks *widget.Styles, lines []string) []string {
	var ink widget.Ink
	ink.Load(looks)
	var p widget.Pen
	out := make([]string, len(lines))
	for i, line := range lines {
		p.Begin(&ink, nil, ansi.StringWidth(line))
		at := 0
		for _, t := range lex(nil, line) {
			role := t.role
			if role == widget.Error {
				role = widget.Text
			}
			p.Word(widget.Text, line[at:t.start])
			p.Word(role, line[t.start:t.end])
			at = t.end
		}
		p.Word(widget.Text, line[at:])
		out[i] = string(p.End())
	}
	return out
}
