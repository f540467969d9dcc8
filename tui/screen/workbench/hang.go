package workbench

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui/widget/frame"
)

// leastHang is the least room for a text beside what stands before it; with less it begins a line of its own.
const leastHang = 12

// hang puts a text after lead, which may hold styles, on as many lines as w cells need; the later ones stand below
// its beginning. Nothing of the text is left out and no space of it is lost. The text is safe to draw.
func hang(lead string, ink lipgloss.Style, text string, w int) []string {
	at := ansi.StringWidth(lead)
	var out []string
	if w-at < leastHang {
		out, lead, at = append(out, lead), "  ", 2
	}
	for l := range strings.SplitSeq(ansi.Hardwrap(text, max(w-at, 1), true), "\n") {
		out = append(out, lead+ink.Render(l))
		lead = strings.Repeat(" ", at)
	}
	return out
}

// listed draws untrusted words behind lead, as many in a line as have room in w cells; one that has none is broken.
func listed(lead string, ink lipgloss.Style, words []string, w int) []string {
	const apart = "  "
	var out []string
	line := ""
	for _, word := range words {
		word = clean(word)
		if line != "" && ansi.StringWidth(lead+line+apart+word) > w {
			out = append(out, hang(lead, ink, line, w)...)
			line = ""
		}
		if line != "" {
			line += apart
		}
		line += word
	}
	return append(out, hang(lead, ink, line, w)...)
}

// prose is a sentence on as many lines as w cells need, broken between words.
func prose(ink lipgloss.Style, text string, w int) []string {
	var out []string
	for _, l := range frame.Wrap(text, w) {
		out = append(out, ink.Render(l))
	}
	return out
}
