package workbench

import (
	"strings"

	"culprit/collections"
)

// The query in the URL is what is sent; the rows of kind "query" that are switched on repeat it, and those
// that are switched off live only in the rows (FORMATS §4). Whoever changes one side puts the other in step.
// Nothing is encoded or decoded: both sides hold the text as a person wrote it.

// withQuery returns url with the rows that are switched on as its query.
func withQuery(url string, rows []collections.Row) string {
	url, fragment, marked := strings.Cut(url, "#")
	base, _, _ := strings.Cut(url, "?")
	bare := bareNames(url)
	var pairs []string
	for _, r := range rows {
		if r.Off || r.Kind == "path" {
			continue
		}
		p := r.Name
		known := bare[r.Name]
		if len(known) > 0 {
			bare[r.Name] = known[1:]
		}
		if r.Value != "" || len(known) == 0 || !known[0] {
			p += "=" + r.Value
		}
		pairs = append(pairs, p)
	}
	if len(pairs) > 0 {
		base += "?" + strings.Join(pairs, "&")
	}
	if marked {
		base += "#" + fragment
	}
	return base
}

// bareNames says for each name in the query of url whether its appearances, in order, lack an equals sign.
func bareNames(url string) map[string][]bool {
	_, query, _ := strings.Cut(url, "?")
	out := map[string][]bool{}
	for p := range strings.SplitSeq(query, "&") {
		name, _, ok := strings.Cut(p, "=")
		out[name] = append(out[name], !ok)
	}
	return out
}

// withURL returns rows in step with the query of url: those switched on are the query's, in its order, with
// what was known about them; those switched off and those of the path stay.
func withURL(url string, rows []collections.Row) []collections.Row {
	url, _, _ = strings.Cut(url, "#")
	_, query, ok := strings.Cut(url, "?")
	used := make([]bool, len(rows))
	var out []collections.Row
	if ok && query != "" {
		for p := range strings.SplitSeq(query, "&") {
			name, value, _ := strings.Cut(p, "=")
			n := collections.Row{Name: name, Value: value, Kind: "query"}
			for i, r := range rows {
				if !used[i] && !r.Off && r.Kind != "path" && r.Name == name {
					used[i] = true
					n.About = r.About
					break
				}
			}
			out = append(out, n)
		}
	}
	for _, r := range rows {
		if r.Off || r.Kind == "path" {
			out = append(out, r)
		}
	}
	return out
}
