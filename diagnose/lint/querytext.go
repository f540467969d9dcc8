package lint

import (
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// queryRules are slips in the writing of a query that no client complains about.
func queryRules() []rule {
	return []rule{{"U23", 80, checkEntities}, {"U24", 50, checkSecondMark}, {"U25", 60, checkNoMark}, {"U26", 30, checkColonPairs}, {"U27", 25, checkBracketed}, {"U28", 95, checkTwoSchemes}}
}

// checkEntities is U23: a link copied from HTML, where & is written &amp;.
func checkEntities(s *scan, r rule) {
	if strings.Contains(s.u.Query, "&amp;") {
		s.hit(r, "url.query", "invalid_request_parameter", "The query was copied from HTML: &amp; stands for &.", set("url.query", strings.ReplaceAll(s.u.Query, "&amp;", "&"), .01))
	}
}

var secondMark = lazyre.New(`\?([A-Za-z_][\w.\[\]-]*=)`)

// checkSecondMark is U24: another question mark where & belongs. A value that is a URL of its own has one by right.
func checkSecondMark(s *scan, r rule) {
	if strings.Contains(s.u.Query, "://") || strings.Contains(strings.ToLower(s.u.Query), "%3a%2f%2f") || !secondMark.MatchString(s.u.Query) {
		return
	}
	s.hit(r, "url.query", "invalid_request_parameter", "There is a second question mark in the query; parameters are parted by &.", set("url.query", secondMark.ReplaceAllString(s.u.Query, "&$1"), .05))
}

var pairInPath = lazyre.New(`^([^&=;]*)&([A-Za-z_][\w.\[\]-]*=.*)$`)

// checkNoMark is U25: parameters in the path, with no question mark before them.
func checkNoMark(s *scan, r rule) {
	m := pairInPath.FindStringSubmatch(s.u.Path)
	if m == nil {
		return
	}
	query := m[2]
	if s.u.Query != "" {
		query += "&" + s.u.Query
	}
	if i := strings.Index(s.r.URL, s.u.Path); i >= 0 {
		s.hit(r, "url.path", "wrong_path", "There are parameters in the path; a question mark begins them.", set("url", s.r.URL[:i]+m[1]+"?"+query, .05))
	}
}

var colonPair = lazyre.New(`^([A-Za-z_]\w*):([^/:=]+)$`)

// checkColonPairs is U26: name:value where name=value belongs.
func checkColonPairs(s *scan, r rule) {
	parts := strings.Split(s.u.Query, "&")
	changed := false
	for i, p := range parts {
		if m := colonPair.FindStringSubmatch(p); m != nil {
			parts[i], changed = m[1]+"="+m[2], true
		}
	}
	if changed {
		s.hit(r, "url.query", "invalid_request_parameter", "A parameter has a colon where an equals sign belongs.", set("url.query", strings.Join(parts, "&"), .1))
	}
}

// checkBracketed is U27: a list written as JSON or as a program prints it.
func checkBracketed(s *scan, r rule) {
	s.pairs(func(id diagnose.ElementID, _, value string) {
		inner, _ := strings.CutPrefix(value, "[")
		inner, ok := strings.CutSuffix(inner, "]")
		if !ok || !strings.HasPrefix(value, "[") || strings.ContainsAny(inner, "{}[]") || inner == "" {
			return
		}
		plain := strings.NewReplacer(`"`, "", "'", "", ", ", ",").Replace(inner)
		s.hit(r, id, "invalid_request_parameter", "The list is written as in a program; most APIs take values with commas between them.", set(id, plain, .2))
	})
}

// checkTwoSchemes is U28: a base and a URL that both have one.
func checkTwoSchemes(s *scan, r rule) {
	low := strings.ToLower(s.u.Host)
	if (low == "http" || low == "https") && strings.HasPrefix(s.u.Path, "//") {
		s.hit(r, "url", "malformed_url", "The URL has two schemes.", set("url", s.r.URL[strings.Index(s.r.URL, "://")+3:], .02))
		s.fatal()
	}
}

// listStyle is how a parameter of that name is sent by the other requests: "[]" for brackets, "," for one with commas,
// "&" for a repeated one; "" when they do not tell.
func (s *scan) listStyle(name string) string {
	for _, x := range s.same {
		n := 0
		for _, e := range x.Elements {
			other := paramOf(e.ID)
			switch {
			case e.Group != "query":
			case other == name+"[]":
				return "[]"
			case other == name && strings.Contains(e.Text, ","):
				return ","
			case other == name:
				n++
			}
		}
		if n > 1 {
			return "&"
		}
	}
	return ""
}

// checkListStyle is the part of U15 about siblings.
func checkListStyle(s *scan, r rule) {
	styles := map[string]string{}
	seen := map[string]int{}
	for _, e := range s.x.Elements {
		if e.Group == "query" {
			name := paramOf(e.ID)
			seen[name]++
			switch {
			case strings.HasSuffix(name, "[]"):
				styles[strings.TrimSuffix(name, "[]")] = "[]"
			case strings.Contains(e.Text, ","):
				styles[name] = ","
			case seen[name] > 1:
				styles[name] = "&"
			}
		}
	}
	for _, e := range s.x.Elements {
		name := paramOf(e.ID)
		bare := strings.TrimSuffix(name, "[]")
		mine, theirs := styles[bare], ""
		if e.Group != "query" || mine == "" {
			continue
		}
		if theirs = s.listStyle(bare); theirs == "" || theirs == mine {
			continue
		}
		delete(styles, bare)
		s.hit(r, e.ID, "invalid_request_parameter", "The other requests write this list in another style.", set("url.query", s.restyled(bare, theirs), .1))
	}
}

// paramOf is the name of a parameter, without the number of a repeated one.
func paramOf(id diagnose.ElementID) string { first, _ := id.Numbered(); return first.Name() }

// restyled is the query with one list in another style.
func (s *scan) restyled(name, style string) string {
	var kept, values []string
	s.pairs(func(id diagnose.ElementID, raw, value string) {
		if strings.TrimSuffix(paramOf(id), "[]") == name {
			values = append(values, strings.Split(value, ",")...)
		} else {
			kept = append(kept, raw)
		}
	})
	for i, v := range values {
		values[i] = encodeRaw(v, true)
	}
	switch style {
	case ",":
		kept = append(kept, name+"="+strings.Join(values, ","))
	default:
		suffix := strings.TrimPrefix(style, "&")
		for _, v := range values {
			kept = append(kept, name+suffix+"="+v)
		}
	}
	return strings.Join(kept, "&")
}
