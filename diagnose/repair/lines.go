package repair

import (
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/lazyre"
)

// lineRE is the line that a parser of a text complains of.
var lineRE = lazyre.New(`(?i)\bline[: ]+([1-9][0-9]{0,5})\b`)

// namedLine is the number of the line that a text names: by that, or by the whole of it in quotes; 0 for none.
func namedLine(text string, all []string) int {
	if m := lineRE.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1]) // digits
		return n
	}
	for i, l := range all {
		if l = strings.TrimSpace(l); strings.Contains(l, " ") && (strings.Contains(text, "'"+l+"'") || strings.Contains(text, `"`+l+`"`)) {
			return i + 1
		}
	}
	return 0
}

// lines mends a body that is a text of lines: it ends the last one, as every line of a text ends (POSIX, 3.206), which tools
// that read files take away; and leaves out the one that the answer names, so that the others stay, where these are no JSON.
func (g *generator) lines(e diagnose.Evidence, el diagnose.Element, put putter) {
	text := g.x.Request.Body.Text
	begin := strings.TrimSpace(text)
	if root, _ := g.x.JSON(); root != nil && !strings.Contains(e.Text, "newline") || g.x.XML() != nil || begin == "" || strings.IndexByte("{[<", begin[0]) >= 0 && !strings.Contains(text, "}\n{") && !strings.Contains(e.Text, "newline") {
		return
	}
	if !strings.HasSuffix(text, "\n") {
		put(edit(el.ID, diagnose.Set, text+"\n", .05, "with an end to its last line"), asked)
	}
	all := strings.SplitAfter(text, "\n")
	if len(strings.Split(begin, "\n")) < 2 || documents(text) && bulk(all) { // a line of a bulk belongs to the one before it
		return
	}
	media, _ := g.x.Get("header:Content-Type")
	table := request.Essence(media.Text) == "text/csv" // its first line says what stands in the others
	if n := namedLine(e.Text, all); n > 0 && !(table && n == 1) && n <= len(all) && strings.TrimSpace(all[n-1]) != "" {
		put(edit(el.ID, diagnose.Set, strings.Join(all[:n-1], "")+strings.Join(all[n:], ""), .3, "without the line that the answer names"), guessed*.1)
	}
}
