package repair

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
)

// plural reports whether a name promises many.
func plural(name string) bool {
	w := lastWord(name)
	if habit.Of(name) == habit.List {
		return true
	}
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !slices.Contains([]string{"status", "address", "news", "series", "canvas", "class", "access", "notes", "comments", "details", "terms", "settings", "options", "preferences", "params", "headers", "dims", "dimensions", "bonus", "gps", "sms", "https", "credentials", "props", "days", "hours", "minutes", "seconds", "units", "points", "has", "is", "this", "business", "basis", "radius", "analysis", "chaos", "corpus", "virus", "iris", "lens", "bus", "gas", "plus", "focus", "campus", "census"}, w)
}

// hostName reports names of fields that hold a host or file, which have no scheme.
func hostName(name string) bool {
	switch lastWord(name) {
	case "host", "hostname", "domain", "server", "file", "filename", "path", "name", "fqdn", "origin", "package", "module", "key", "type":
		return true
	}
	return false
}

// mapLike reports names of objects that map keys of the sender's choice.
func mapLike(name string) bool {
	switch lastWord(name) {
	case "labels", "tags", "attributes", "properties", "values", "variables", "metrics", "annotations", "limits", "requests", "ids":
		return true
	}
	return false
}

// dictionary reports names that mostly hold an object: of keys of the sender's choice, or of conditions and settings.
func dictionary(name string) bool {
	switch lastWord(name) {
	case "attributes", "properties", "annotations", "variables", "headers", "metadata", "meta", "params", "options", "settings", "config", "selector", "filter", "context", "arguments", "env":
		return true
	}
	return false
}

// ofSender reports a member under a name of the sender's choice: a label, a variable of an environment.
func ofSender(id diagnose.ElementID) bool {
	parent := strings.TrimSuffix(string(id.Place()), "/")
	_, name, ok := diagnose.ElementID(parent).Cut()
	if !ok || name == "" {
		return false
	}
	switch strings.ToLower(parent[strings.LastIndexByte(parent, '/')+1:]) {
	case "labels", "annotations", "env", "environment", "metadata", "user_metadata", "headers":
		return true
	}
	return false
}

// properName reports names of fields that hold names, whose capitals mean something.
func properName(name string) bool {
	switch lastWord(name) {
	case "name", "firstname", "lastname", "first", "last", "city", "street", "company", "title", "subject", "author", "artist", "brand", "town", "state", "region":
		return true
	}
	return false
}

// shortest is how many characters the texts of people have at least in most schemas: names and titles of one or two are
// refused more often than those of three.
const shortest = 3

// prose knows the names of texts that people write, where a longer one is as good.
func prose(name string) bool {
	switch lastWord(name) {
	case "name", "firstname", "lastname", "title", "subject", "author", "artist", "guest", "description", "comment", "note", "text", "message", "summary", "label", "reason", "headline", "heading", "caption", "remark", "remarks", "notes", "comments":
		return true
	}
	return false
}
