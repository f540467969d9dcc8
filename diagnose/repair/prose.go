package repair

import (
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/diagnose/mend"
	"culprit/request/jsontext"
)

// A body that is one text, without members: a query, a script, lines of values or documents. What is wrong is a word or a
// line of it, and the rest stays as it is.

// proseSuspect is the weight of a sign in a text of what no parser takes.
const proseSuspect = 20

// longestProse bounds the texts, in bytes, that are searched for a slip: nobody writes longer ones by hand.
const longestProse = 64 << 10

// prose proposes what a text is without what is wrong in it whoever reads it: brackets and quotes that are not closed,
// and lines that are not as all the others are.
func (g *generator) prose() {
	text, ok := g.x.Prose()
	if !ok || len(text) > longestProse {
		return
	}
	put := func(to, why string, cause diagnose.CauseID, weight, harm float64) {
		if to != "" && to != text {
			e := edit("body", diagnose.Set, to, harm, why)
			g.transform(e, cause, weight)
		}
	}
	lines := strings.SplitAfter(text, "\n")
	if documents(text) {
		if to, why := tidyDocuments(lines); why != "" {
			put(to, why, "malformed_request_body", 2*proseSuspect, .05)
		}
	} else if end := closing(text); end != "" && len(lines) < fewLines {
		put(strings.TrimRight(text, " \t\r\n;")+end, "with what it opens closed", "malformed_request_body", 2*proseSuspect, .05)
		if len(end) == 1 {
			put(closedEarly(text, end), "closed behind the word that follows", "malformed_request_body", proseSuspect, .05)
		}
	}
	put(renested(text), "with what it opens closed", "malformed_request_body", 2*proseSuspect, .05)
	for t, to := range slips(text) {
		put(swapped(text, t, to), "a word without its slip", "malformed_request_body", proseSuspect/2, .1)
	}
	if i := oddLine(lines); i >= 0 && !bulk(lines) {
		put(strings.Join(slices.Delete(slices.Clone(lines), i, i+1), ""), "without the line that is not as the others are", "malformed_request_body", proseSuspect, .3)
	}
}

// mostSlips is how many words of a text are tried in another spelling, where no answer names one.
const mostSlips = 2

// slips are words of a short text that are a slip away from a usual one, with that.
func slips(text string) map[string]string {
	out := map[string]string{}
	words := tokens.FindAllString(text, mostWords+1)
	if len(words) > mostWords {
		return nil
	}
	for _, w := range words {
		to := habit.Respelled(w)
		if low := strings.ToLower(w); strings.ToUpper(w) == w && len(w) > 3 && !slices.Contains(languages, low) { // a keyword
			to = strings.ToUpper(habit.Nearest(low, languages))
		}
		if to != "" && to != w && len(out) < mostSlips {
			out[w] = to
		}
	}
	return out
}

// mostWords is how long a text may be that is read word by word.
const mostWords = 60

// fewLines is from how many lines on a text is one of lines and no expression.
const fewLines = 4

// documents reports a text of JSON documents, one a line.
func documents(text string) bool {
	begin := strings.TrimSpace(text)
	return begin != "" && begin[0] == '{'
}

// bulk reports lines of which every second belongs to the one before it (Elasticsearch's actions): no one of them can be
// left out.
func bulk(lines []string) bool {
	root, err := jsontext.Parse([]byte(strings.TrimSpace(lines[0])))
	return err == nil && root.Kind == jsontext.Object && len(root.Children) == 1 && slices.Contains([]string{"index", "create", "update", "delete"}, root.Children[0].Key)
}

// tidyDocuments mends the lines that are no JSON, and the members that in one line alone are of another type than in all
// others.
func tidyDocuments(lines []string) (to, why string) {
	out := slices.Clone(lines)
	for i, l := range lines {
		if line := strings.TrimSpace(l); line != "" && !json.Valid([]byte(line)) {
			if m := mend.JSON(line); m.OK {
				out[i], why = m.Fixed+l[len(strings.TrimRight(l, "\r\n")):], "with the line mended that is no JSON"
			}
		}
	}
	if why != "" || bulk(lines) {
		return strings.Join(out, ""), why
	}
	others := tallied(lines)
	for i, l := range lines {
		if to, ok := asOthers(l, others); ok {
			out[i], why = to, "with a value written as in the other lines"
		}
	}
	return strings.Join(out, ""), why
}

// A tally counts in how many documents a member is a number or a truth value, and in how many it is anything else.
type tally struct{ bare, other int }

// tallied counts the members of all documents of a text.
func tallied(lines []string) map[string]tally {
	out := map[string]tally{}
	for _, l := range lines {
		root, err := jsontext.Parse([]byte(l))
		if err != nil || root.Kind != jsontext.Object {
			continue // an empty line
		}
		for _, c := range root.Children {
			t := out[c.Key]
			if c.Kind == jsontext.Number || c.Kind == jsontext.Bool {
				t.bare++
			} else {
				t.other++
			}
			out[c.Key] = t
		}
	}
	return out
}

// asOthers is a document whose quoted number or truth value is written as one where all others, two at least, have such.
func asOthers(line string, all map[string]tally) (string, bool) {
	root, err := jsontext.Parse([]byte(line))
	if err != nil || root.Kind != jsontext.Object {
		return "", false
	}
	for _, c := range root.Children {
		bare := strings.Trim(line[c.Start:c.End], `"`)
		if c.Kind != jsontext.String || bare == "" || !json.Valid([]byte(bare)) {
			continue
		}
		if t := all[c.Key]; t.bare >= 2 && t.other == 1 { // itself
			return line[:c.Start] + bare + line[c.End:], true
		}
	}
	return "", false
}

// closedEarly closes a bracket behind the word that follows it: count(id FROM t.
func closedEarly(text, end string) string {
	open := strings.LastIndexByte(text, map[string]byte{")": '(', "]": '[', "}": '{'}[end])
	if open < 0 {
		return ""
	}
	n := strings.IndexAny(text[open+1:], " \t\n")
	if n < 1 {
		return ""
	}
	at := open + 1 + n
	return text[:at] + end + text[at:]
}

// oddLine is the one line of three and more that is built otherwise than all others; -1 for none, or for several. The first
// of a table is built otherwise by right.
func oddLine(lines []string) int {
	builds := map[string][]int{}
	n := 0
	for i, l := range lines {
		if l = strings.TrimSpace(l); l != "" && (i > 0 || strings.ContainsAny(l, "0123456789")) && !strings.HasPrefix(l, "#") {
			n++
			as := build(l)
			if builds[as] = append(builds[as], i); len(builds) > 2 {
				return -1
			}
		}
	}
	odd := -1
	for _, at := range builds {
		switch {
		case len(at) >= n-1 && n > 2:
		case len(at) == 1 && odd < 0:
			odd = at[0]
		default:
			return -1
		}
	}
	if len(builds) != 2 || n < 3 {
		return -1
	}
	return odd
}

// build is a line with its words as a and its numbers as 9.
func build(l string) string {
	l = tokens.ReplaceAllStringFunc(l, func(w string) string {
		if w[0] >= '0' && w[0] <= '9' {
			return "9"
		}
		return "a"
	})
	return signs.Replace(l)
}

// signs takes the signs and points out of numbers that are written as 9.
var signs = strings.NewReplacer("-9", "9", "9.9", "9")

// respelled proposes other spellings of a word that an answer names in a text: without a
// slip, in the other number. Of several lines the one with the word is left out.
func respelled(t, text string) (out []string) {
	if to := habit.Respelled(t); to != "" && to != t {
		out = append(out, to)
	}
	if s, ok := strings.CutSuffix(t, "s"); ok && len(s) > 2 {
		return append(out, s)
	}
	if strings.Contains(strings.TrimSpace(text), "\n") {
		return out
	}
	return append(out, t+"s")
}
