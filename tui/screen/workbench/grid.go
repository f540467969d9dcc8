package workbench

import (
	"strings"

	"culprit/collections"
	"culprit/request/secret"
	"culprit/tui/widget/table"
)

// gridOf returns the rows of a tab of s that can be added and removed, and what a new one is called: "" when
// the tab has none. The ID of a row is its place in s, from 1.
func gridOf(t tab, s collections.Saved) (rows []table.Row, kind string) {
	switch t {
	case tabParams:
		return gridRows(s.Params), "parameter"
	case tabHeaders:
		return gridRows(s.Headers), "header"
	case tabVars:
		for i, v := range s.Vars {
			rows = append(rows, table.Row{Name: v.Name, Value: v.Value, Off: v.Off, Secret: v.Secret, ID: i + 1})
		}
		return rows, "variable"
	case tabTests:
		for i, a := range s.Asserts {
			rows = append(rows, table.Row{Name: a.Expression, Value: strings.TrimSpace(a.Operator + " " + a.Value), Off: a.Off, ID: i + 1})
		}
		return rows, "assertion"
	case tabBody:
		switch s.Body.Type {
		case "form-urlencoded":
			return gridRows(s.Body.Rows), "field"
		case "multipart-form", "file":
			for i, p := range s.Body.Parts {
				rows = append(rows, table.Row{Name: p.Name, Value: partValue(p, s.Body.Type), Note: p.About, Off: p.Off, ID: i + 1})
			}
			return rows, map[string]string{"file": "file", "multipart-form": "part"}[s.Body.Type]
		}
	}
	return nil, ""
}

func gridRows(saved []collections.Row) []table.Row {
	var rows []table.Row
	for i, r := range saved {
		rows = append(rows, table.Row{Name: r.Name, Value: r.Value, Note: r.About, Off: r.Off, ID: i + 1})
	}
	return rows
}

// fileMark begins the value of a multipart part that is a file, as curl's -F writes it.
const fileMark = "@"

func partValue(p collections.Part, kind string) string {
	switch {
	case kind == "file":
		return strings.Join(p.File, ", ")
	case p.IsFile:
		return fileMark + strings.Join(p.File, ", ")
	}
	return p.Value
}

// applyGrid returns s with the rows of a tab put in. base is what the rows were made of: what they do not show
// is taken from there. A row without name and value does not count.
func applyGrid(t tab, s, base collections.Saved, rows []table.Row) collections.Saved {
	var used []table.Row
	for _, r := range rows {
		if r.Name != "" || r.Value != "" {
			used = append(used, r)
		}
	}
	switch t {
	case tabParams:
		return s.WithParams(toRows(base.Params, used, "query"))
	case tabHeaders:
		s.Headers = toRows(base.Headers, used, "")
	case tabVars:
		s.Vars = nil
		for _, r := range used {
			v := old(base.Vars, r, collections.Variable{})
			v.Name, v.Value, v.Off = r.Name, r.Value, r.Off
			s.Vars = append(s.Vars, v)
		}
	case tabTests:
		s.Asserts = nil
		for _, r := range used {
			a := old(base.Asserts, r, collections.Assert{})
			a.Expression, a.Off = r.Name, r.Off
			a.Operator, a.Value, _ = strings.Cut(strings.TrimSpace(r.Value), " ")
			s.Asserts = append(s.Asserts, a)
		}
	case tabBody:
		if s.Body.Type == "form-urlencoded" {
			s.Body.Rows = toRows(base.Body.Rows, used, "")
			break
		}
		s.Body.Parts = nil
		for _, r := range used {
			s.Body.Parts = append(s.Body.Parts, toPart(old(base.Body.Parts, r, collections.Part{}), r, s.Body.Type))
		}
	}
	return s
}

// old returns what a row was made of, or fresh for a new one.
func old[T any](from []T, r table.Row, fresh T) T {
	if r.ID > 0 && r.ID <= len(from) {
		return from[r.ID-1]
	}
	return fresh
}

func toRows(base []collections.Row, rows []table.Row, kind string) []collections.Row {
	var out []collections.Row
	for _, r := range rows {
		n := old(base, r, collections.Row{Kind: kind})
		n.Name, n.Value, n.About, n.Off = r.Name, r.Value, r.Note, r.Off
		out = append(out, n)
	}
	return out
}

func toPart(p collections.Part, r table.Row, kind string) collections.Part {
	same := partValue(p, kind) == r.Value
	p.Name, p.About, p.Off = r.Name, r.Note, r.Off
	switch path, file := strings.CutPrefix(r.Value, fileMark); {
	case same:
	case kind == "file":
		p.File, p.IsFile = []string{r.Value}, true
	case file:
		p.File, p.IsFile, p.Value = []string{path}, true, ""
	default:
		p.File, p.IsFile, p.Value = nil, false, r.Value
	}
	return p
}

// veilRows marks the rows whose value is not to be seen.
func veilRows(rows []table.Row, revealed bool) []table.Row {
	for i, r := range rows {
		rows[i].Secret = !revealed && (r.Secret || secret.Guess(r.Name, r.Value))
	}
	return rows
}
