package cli

import "fmt"

// sentShown is how many lines of a request are shown before yes or no.
const sentShown = 8

// excerpt is what is shown of a request before yes or no: its first line, and the lines around the first that was has not.
// What is left out is counted. One line more takes no more room than to say so.
func excerpt(sent, was []string) []string {
	if len(sent) <= sentShown+1 {
		return sent
	}
	same := 0
	for same < min(len(sent), len(was)) && sent[same] == was[same] {
		same++
	}
	const before = 2 // lines that say where a change stands
	from := same - before
	if same == len(sent) || from <= 2 { // nothing is different, or it is near
		from = 1
	}
	to := min(from+sentShown-1, len(sent))
	from = min(from, to-sentShown+1)
	out := sent[:1:1]
	if from > 1 {
		out = append(out, fmt.Sprintf("  … %d lines", from-1))
	}
	out = append(out, sent[from:to]...)
	if to < len(sent) {
		out = append(out, fmt.Sprintf("  … %d lines", len(sent)-to))
	}
	return out
}
