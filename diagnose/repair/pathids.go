package repair

import (
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
)

// pathIDs adds the segments of a path that identify something, for a request that only reads: an id of another form names
// another resource, and nothing must be done to that.
func (l *places) pathIDs() {
	if !l.x.Request.Safe() {
		return
	}
	path, _ := l.x.Get("url.path")
	segments := strings.Split(strings.Trim(path.Text, "/"), "/")
	for i, s := range segments {
		if i == 0 || !identifies(segments[i-1], s) {
			continue
		}
		id := diagnose.SegmentID(i)
		p := Place{Element: id, Fault: 1.5}
		add := func(to string, odds float64, why string) {
			if to != s && to != "" {
				e := edit(id, diagnose.Set, to, .5, why)
				e.Source, e.Cause, e.Weight = "transform", "invalid_request_parameter", 1
				p.Changes = append(p.Changes, Change{e, odds, .6, ""})
			}
		}
		if n, ok := habit.Spelled(s); ok {
			add(n.String(), .8, "as a number")
		}
		add(strings.Trim(s, letters), .3, "the number in it")
		add(strings.ToUpper(s), .15, "in capitals")
		add(strings.ToLower(s), .15, "in lower case")
		add("1", .5, "a number, as most identifiers are")
		add(anyUUID, .35, "a UUID")
		l.all = append(l.all, p)
	}
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_#. "

// identifies reports whether a segment looks like the id of something in the collection before it: with a digit in it, or
// after a plural.
func identifies(collection, s string) bool {
	return !version(s) && (strings.ContainsAny(s, "0123456789") || strings.HasSuffix(collection, "s") && len(collection) > 3)
}
