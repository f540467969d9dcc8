package lint

import (
	"strings"

	"culprit/request/lazyre"
)

var (
	xmlTag  = lazyre.New(`<(/?)([A-Za-z_][\w:.-]*)((?:[^<>"']|"[^"]*"|'[^']*')*?)(/?)>`)
	xmlSkip = lazyre.New(`(?s)<!--.*?-->|<!\[CDATA\[.*?\]\]>`)
	bareAmp = lazyre.New(`&([^#A-Za-z]|[A-Za-z]+[^A-Za-z;]|$)`)
)

// closeXML closes the elements that were left open, drops end tags that end nothing and escapes bare ampersands. ok
// is false when the result is still no XML.
//
// Invariant: open holds the elements that the output has opened and not closed, outermost first.
func closeXML(text string) (string, bool) {
	if xmlSkip.MatchString(text) {
		return "", false // too much may hide in comments and CDATA
	}
	text = bareAmp.ReplaceAllString(text, "&amp;$1")
	var b strings.Builder
	var open []string
	last := 0
	for _, m := range xmlTag.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(text[last:m[0]])
		last = m[1]
		name, closing, empty := text[m[4]:m[5]], m[2] != m[3], m[8] != m[9]
		if !closing {
			if !empty {
				open = append(open, name)
			}
			b.WriteString(text[m[0]:m[1]])
			continue
		}
		at := len(open) - 1
		for at >= 0 && open[at] != name {
			at--
		}
		if at < 0 {
			continue
		}
		for i := len(open) - 1; i > at; i-- {
			b.WriteString("</" + open[i] + ">")
		}
		b.WriteString(text[m[0]:m[1]])
		open = open[:at]
	}
	b.WriteString(text[last:])
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteString("</" + open[i] + ">")
	}
	return b.String(), parseXML(b.String()) == nil
}
