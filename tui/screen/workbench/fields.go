package workbench

import (
	"slices"
	"strconv"
	"strings"

	"culprit/collections"
	"culprit/request"
)

// A tab of the request.
type tab int

const (
	tabParams tab = iota
	tabHeaders
	tabAuth
	tabBody
	tabVars
	tabSettings
	tabDocs
	requestTabs
)

var tabNames = [requestTabs]string{"Params", "Headers", "Auth", "Body", "Vars", "Settings", "Docs"}

// What the fixed rows offer. An unknown value of a file stays and is offered too.
var (
	schemes   = []string{"none", "inherit", "basic", "bearer", "apikey"}
	bodyTypes = []string{"none", "json", "text", "xml", "form-urlencoded", "multipart-form", "file"}
	yesNo     = []string{"default", "yes", "no"}
)

var schemeParams = map[string][]string{
	"basic":  {"username", "password"},
	"bearer": {"token"},
	"apikey": {"key", "value", "placement"},
}

// rowsOf returns a tab of s as rows, and what a new row is called ("" when none can be added).
func rowsOf(t tab, s collections.Saved) ([]row, string) {
	switch t {
	case tabParams:
		return fromRows(s.Params), "a parameter"
	case tabHeaders:
		return fromRows(s.Headers), "a header"
	case tabVars:
		var rows []row
		for i, v := range s.Vars {
			rows = append(rows, row{name: v.Name, value: v.Value, off: v.Off, from: i})
		}
		return rows, "a variable"
	case tabAuth:
		return authRows(s.Auth), ""
	case tabSettings:
		return settingRows(s.Settings), ""
	case tabBody:
		return bodyRows(s.Body)
	}
	return nil, ""
}

func fromRows(saved []collections.Row) []row {
	var rows []row
	for i, r := range saved {
		rows = append(rows, row{name: r.Name, value: r.Value, off: r.Off, from: i})
	}
	return rows
}

func choice(list []string, value string) []string {
	if slices.Contains(list, value) {
		return list
	}
	return append(slices.Clone(list), value)
}

func or(value, other string) string {
	if value == "" {
		return other
	}
	return value
}

func authRows(a collections.SavedAuth) []row {
	scheme := or(a.Scheme, "none")
	rows := []row{{name: "scheme", value: scheme, fixed: true, choices: choice(schemes, scheme)}}
	names := slices.Clone(schemeParams[scheme])
	for _, p := range a.Params {
		if !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	for _, n := range names {
		r := row{name: n, value: request.Get(a.Params, n), fixed: true, hint: "not set"}
		if n == "placement" {
			r.value = or(r.value, "header")
			r.choices = choice([]string{"header", "query"}, r.value)
		}
		rows = append(rows, r)
	}
	return rows
}

func settingRows(s collections.SavedSettings) []row {
	number := func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	}
	flag := func(b *bool) string {
		switch {
		case b == nil:
			return "default"
		case *b:
			return "yes"
		}
		return "no"
	}
	return []row{
		{name: "timeout (ms)", value: number(s.Timeout), fixed: true, hint: "default, 120 s"},
		{name: "follow redirects", value: flag(s.FollowRedirects), fixed: true, choices: yesNo},
		{name: "max redirects", value: number(s.MaxRedirects), fixed: true, hint: "default"},
		{name: "encode URL", value: flag(s.EncodeURL), fixed: true, choices: yesNo},
	}
}

func bodyRows(b collections.SavedBody) ([]row, string) {
	kind := or(b.Type, "none")
	rows := []row{{name: "type", value: kind, fixed: true, choices: choice(bodyTypes, kind)}}
	switch kind {
	case "form-urlencoded":
		return append(rows, fromRows(b.Rows)...), "a field"
	case "multipart-form", "file":
		for i, p := range b.Parts {
			r := row{name: p.Name, value: p.Value, off: p.Off, from: i}
			if p.IsFile || kind == "file" {
				r.value = strings.Join(p.File, ", ")
			}
			rows = append(rows, r)
		}
		return rows, "a part"
	}
	return rows, ""
}

// apply returns s with the rows of a tab put in; what rows do not show (comments, kinds) stays.
func apply(t tab, s collections.Saved, rows []row) collections.Saved {
	switch t {
	case tabParams:
		s.Params = toRows(s.Params, rows, "query")
		s.URL = withQuery(s.URL, s.Params)
	case tabHeaders:
		s.Headers = toRows(s.Headers, rows, "")
	case tabVars:
		var vars []collections.Variable
		for _, r := range rows {
			v := collections.Variable{}
			if r.from >= 0 && r.from < len(s.Vars) {
				v = s.Vars[r.from]
			}
			v.Name, v.Value, v.Off = r.name, r.value, r.off
			vars = append(vars, v)
		}
		s.Vars = vars
	case tabAuth:
		s.Auth = toAuth(s.Auth, rows)
	case tabSettings:
		s.Settings = toSettings(rows)
	case tabBody:
		s.Body = toBody(s.Body, rows)
	}
	return s
}

func toRows(old []collections.Row, rows []row, kind string) []collections.Row {
	var out []collections.Row
	for _, r := range rows {
		n := collections.Row{Kind: kind}
		if r.from >= 0 && r.from < len(old) {
			n = old[r.from]
		}
		n.Name, n.Value, n.Off = r.name, r.value, r.off
		out = append(out, n)
	}
	return out
}

func toAuth(old collections.SavedAuth, rows []row) collections.SavedAuth {
	a := collections.SavedAuth{Scheme: rows[0].value}
	if a.Scheme == "none" {
		a.Scheme = ""
	}
	if a.Scheme != old.Scheme {
		return a // the parameters of another scheme mean nothing here
	}
	for _, r := range rows[1:] {
		if r.value != "" || request.Has(old.Params, r.name) {
			a.Params = append(a.Params, request.Field{Name: r.name, Value: r.value})
		}
	}
	return a
}

func toSettings(rows []row) collections.SavedSettings {
	number := func(v string) *int {
		n, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || n < 0 {
			return nil
		}
		return &n
	}
	flag := func(v string) *bool {
		yes := v == "yes"
		if v == "default" {
			return nil
		}
		return &yes
	}
	return collections.SavedSettings{Timeout: number(rows[0].value), FollowRedirects: flag(rows[1].value),
		MaxRedirects: number(rows[2].value), EncodeURL: flag(rows[3].value)}
}

func toBody(old collections.SavedBody, rows []row) collections.SavedBody {
	b := old
	b.Type = rows[0].value
	if b.Type == "none" {
		b.Type = ""
	}
	if b.Type != old.Type {
		return b
	}
	switch b.Type {
	case "form-urlencoded":
		b.Rows = toRows(old.Rows, rows[1:], "")
	case "multipart-form", "file":
		b.Parts = toParts(old.Parts, rows[1:], b.Type == "file")
	}
	return b
}

func toParts(old []collections.Part, rows []row, file bool) []collections.Part {
	var out []collections.Part
	for _, r := range rows {
		p := collections.Part{IsFile: file}
		if r.from >= 0 && r.from < len(old) {
			p = old[r.from]
		}
		p.Name, p.Off = r.name, r.off
		if p.IsFile || file {
			if strings.Join(p.File, ", ") != r.value {
				p.File = []string{r.value}
			}
		} else {
			p.Value = r.value
		}
		out = append(out, p)
	}
	return out
}
