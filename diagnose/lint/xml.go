package lint

import (
	"cmp"
	"slices"
	"strings"

	"culprit/request/lazyre"
)

var (
	xmlTag  = lazyre.New(`<(/?)([A-Za-z_][\w:.-]*)((?:[^<>"']|"[^"]*"|'[^']*')*?)(/?)>`)
	xmlSkip = lazyre.New(`(?s)<!--.*?-->|<!\[CDATA\[.*?\]\]>`)
	bareAmp = lazyre.New(`&([^#A-Za-z]|[A-Za-z]+[^A-Za-z;]|$)`)
)

// An opened element of XML, and where the text ends that stands in it before anything else; 0 where it has none.
type opened struct {
	name string
	text int
}

// closeXML closes the elements that were left open, those with text right behind it, drops end tags that end nothing and
// escapes bare ampersands. ok is false when the result is still no XML.
//
// Invariant: open holds the elements that the output has opened and not closed, outermost first.
func closeXML(text string) (string, bool) {
	if xmlSkip.MatchString(text) {
		return "", false // too much may hide in comments and CDATA
	}
	text = bareAmp.ReplaceAllString(text, "&amp;$1")
	var b []byte
	var open []opened
	var behind []opened       // what is closed behind its text
	named := map[string]int{} // how many of a name are open
	fresh := false            // a start tag was just written
	closing := func(e opened) {
		if e.text > 0 {
			behind = append(behind, e)
		} else {
			b = append(b, "</"+e.name+">"...)
		}
	}
	last := 0
	for _, m := range xmlTag.FindAllStringSubmatchIndex(text, -1) {
		b = append(b, text[last:m[0]]...)
		if fresh && len(open) > 1 && strings.TrimSpace(text[last:m[0]]) != "" { // the root has all the rest in it
			open[len(open)-1].text = len(b)
		}
		last, fresh = m[1], false
		name, ends, empty := text[m[4]:m[5]], m[2] != m[3], m[8] != m[9]
		if !ends {
			if !empty {
				open, fresh = append(open, opened{name: name}), true
				named[name]++
			}
			b = append(b, text[m[0]:m[1]]...)
			continue
		}
		if named[name] == 0 {
			continue
		}
		at := len(open) - 1
		for ; open[at].name != name; at-- {
			closing(open[at])
			named[open[at].name]--
		}
		named[name]--
		b = append(b, text[m[0]:m[1]]...)
		open = open[:at]
	}
	b = append(b, text[last:]...)
	for i := len(open) - 1; i >= 0; i-- {
		closing(open[i])
	}
	out := inserted(b, behind)
	return out, parseXML(out) == nil
}

// inserted is a text with the end tags of elements behind theirs.
func inserted(b []byte, behind []opened) string {
	slices.SortFunc(behind, func(a, b opened) int { return cmp.Compare(a.text, b.text) })
	var out strings.Builder
	last := 0
	for _, e := range behind {
		out.Write(b[last:e.text])
		out.WriteString("</" + e.name + ">")
		last = e.text
	}
	out.Write(b[last:])
	return out.String()
}
