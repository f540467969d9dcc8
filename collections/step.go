package collections

import (
	"slices"
	"strings"
)

// The query in the URL is what is sent; rows of kind "query" show it as a table and keep the rows that are
// switched off (FORMATS §4). These functions keep the two in step. Nothing is encoded or decoded.

// InStep returns s with the rows made to agree with the URL. Rows keep their place and description.
func InStep(s Saved) Saved {
	s.Params = rowsOf(s.URL, s.Params)
	return s
}

// WithURL returns s with another URL and the rows in step: query rows that are on follow the URL, rows that
// are off stay, path rows are made for each :name of the URL and dropped when it is gone.
func (s Saved) WithURL(url string) Saved {
	s.URL = url
	s.Params = rowsOf(url, s.Params)
	names := pathNames(url)
	s.Params = slices.DeleteFunc(slices.Clone(s.Params), func(r Row) bool {
		return r.Kind == "path" && !slices.Contains(names, r.Name)
	})
	for _, name := range names {
		if !slices.ContainsFunc(s.Params, func(r Row) bool { return r.Kind == "path" && r.Name == name }) {
			s.Params = append(s.Params, Row{Name: name, Kind: "path"})
		}
	}
	return s
}

// WithParams returns s with other rows and the URL in step: its query is the query rows that are on, in
// order. What stays is written as it was.
func (s Saved) WithParams(rows []Row) Saved {
	base, query, fragment := cutURL(s.URL)
	old := tokens(query)
	var parts []string
	for _, r := range rows {
		if r.Kind == "path" || r.Off {
			continue
		}
		text := r.Name + "=" + r.Value
		if i := slices.IndexFunc(old, func(t string) bool { n, v := cutPair(t); return n == r.Name && v == r.Value }); i >= 0 {
			text = old[i]
			old = slices.Delete(old, i, i+1)
		}
		parts = append(parts, text)
	}
	s.Params = rows
	s.URL = base
	if len(parts) > 0 {
		s.URL += "?" + strings.Join(parts, "&")
	}
	s.URL += fragment
	return s
}

// rowsOf returns rows with the enabled query rows replaced by those of the URL.
func rowsOf(url string, rows []Row) []Row {
	_, query, _ := cutURL(url)
	var fresh []Row
	used := make([]bool, len(rows))
	for _, t := range tokens(query) {
		r := Row{Kind: "query"}
		r.Name, r.Value = cutPair(t)
		for i, o := range rows {
			if !used[i] && o.Kind != "path" && !o.Off && o.Name == r.Name {
				used[i], r.About = true, o.About
				break
			}
		}
		fresh = append(fresh, r)
	}
	var out []Row
	last := 0
	for _, r := range rows {
		if r.Kind != "path" && !r.Off {
			if len(fresh) == 0 {
				continue
			}
			r, fresh = fresh[0], fresh[1:]
			last = len(out) + 1
		}
		out = append(out, r)
	}
	if last == 0 {
		last = len(out)
	}
	return slices.Insert(out, last, fresh...)
}

// pathNames returns the names of the :name segments of a URL's path, in order.
func pathNames(url string) []string {
	base, _, _ := cutURL(url)
	var names []string
	for i, seg := range strings.Split(base, "/") {
		if i > 0 && len(seg) > 1 && seg[0] == ':' && !slices.Contains(names, seg[1:]) {
			names = append(names, seg[1:])
		}
	}
	return names
}

// cutURL cuts a URL into what stands before the query, the query without "?", and the fragment with "#".
// Marks inside {{…}} do not count. query is "" also for a bare "?".
func cutURL(url string) (base, query, fragment string) {
	if i := outside(url, '#'); i >= 0 {
		url, fragment = url[:i], url[i:]
	}
	if i := outside(url, '?'); i >= 0 {
		return url[:i], url[i+1:], fragment
	}
	return url, "", fragment
}

// outside returns the index of the first c that is not inside {{…}}, -1 when there is none.
func outside(s string, c byte) int {
	for i := 0; i < len(s); i++ {
		if strings.HasPrefix(s[i:], "{{") {
			if end := strings.Index(s[i:], "}}"); end > 0 {
				i += end + 1
				continue
			}
		}
		if s[i] == c {
			return i
		}
	}
	return -1
}

// tokens cuts a query at its "&", outside {{…}}.
func tokens(query string) []string {
	var out []string
	for query != "" {
		i := outside(query, '&')
		if i < 0 {
			return append(out, query)
		}
		if i > 0 {
			out = append(out, query[:i])
		}
		query = query[i+1:]
	}
	return out
}

func cutPair(t string) (name, value string) {
	if i := outside(t, '='); i >= 0 {
		return t[:i], t[i+1:]
	}
	return t, ""
}

// Sync returns new with URL and rows in step, by what changed from old: the URL wins when both did.
func Sync(old, new Saved) Saved {
	switch {
	case old.URL != new.URL:
		return InStep(new)
	case !slices.Equal(old.Params, new.Params):
		return InStep(new.WithParams(new.Params))
	}
	return new
}
