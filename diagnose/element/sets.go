package element

import (
	"cmp"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/xmltext"
)

// sets puts the values that the first of edits set in the body into it, and returns how many these are: each alone reads
// the whole body. It returns 0 and leaves the body alone when there are fewer than two, or when one of them is not there,
// comes twice or holds another: these are put in one by one.
func sets(r *request.Request, edits []diagnose.Edit) int {
	n := 0
	for n < len(edits) && setsValue(edits[n]) {
		n++
	}
	values := make(map[string]any, n)
	for _, e := range edits[:n] {
		values[e.Element.Name()] = e.To
	}
	if n < 2 || len(values) < n {
		return 0
	}
	text, ok := "", false
	if isMarkup(r.Body.Text) {
		text, ok = setAllMarkup(r.Body.Text, values)
	} else {
		text, ok = setAllMembers(r.Body.Text, values)
	}
	if !ok {
		return 0
	}
	r.Body.Text = text
	return n
}

// setsValue reports an edit that gives a value of the body another one.
func setsValue(e diagnose.Edit) bool { return e.Op == diagnose.Set && e.Element.Is("body") }

// isMarkup reports a body in XML.
func isMarkup(text string) bool { return strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "<") }

func setAllMarkup(text string, values map[string]any) (string, bool) {
	plain := make(map[string]string, len(values))
	for path, v := range values {
		plain[path] = Plain(v)
	}
	text, err := xmltext.SetAll(text, plain)
	return text, err == nil
}

func setAllMembers(text string, values map[string]any) (string, bool) {
	root, perr := jsontext.Parse([]byte(text))
	if perr != nil {
		return "", false
	}
	type place struct {
		*jsontext.Node
		to any
	}
	var places []place
	twice, seen := false, make(map[string]bool)
	root.Walk(func(pointer string, n *jsontext.Node) bool {
		twice = twice || seen[pointer] // the last one counts, and what is in it
		seen[pointer] = true
		if to, ok := values[pointer]; ok {
			places = append(places, place{n, to})
		}
		return true
	})
	if twice || len(places) < len(values) {
		return "", false
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.Start, b.Start) })
	var out strings.Builder
	end := 0
	for _, p := range places {
		if p.Start < end {
			return "", false
		}
		out.WriteString(text[end:p.Start])
		out.Write(Raw(p.to))
		end = p.End
	}
	out.WriteString(text[end:])
	return out.String(), true
}
