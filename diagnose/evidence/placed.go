package evidence

import "strings"

// placedFields reads messages by the place of what they are about, with its name behind a colon where it has one, as
// swaggest/rest has them: {"context": {"query:limit": ["…"], "header:X-Tenant": ["…"], "body": ["#/items/1: …"]}}.
func placedFields(d *doc) []issue {
	for _, key := range []string{"context", "errors", "details", "error.details"} {
		n := d.root.at(key)
		if !n.isObject() || len(n.keys) == 0 {
			continue
		}
		var out []issue
		for k, at := range n.keys {
			word, name, named := strings.Cut(at, ":")
			where, known := placeOf(word)
			if !known || named == (where == inBody) || strings.Contains(name, " ") {
				out = nil // some of it is a name that somebody chose
				break
			}
			for _, text := range n.kids[k].texts() {
				out = append(out, placedSays(where, name, text, "body "+key+"."+at)...)
			}
		}
		if len(out) > 0 {
			return out[:min(len(out), maxIssues)]
		}
	}
	return nil
}

// placedSays is what one message says of a parameter, or of the member of the body to which its pointer leads.
func placedSays(where place, name, text, source string) []issue {
	pointer, rest, ok := strings.Cut(text, ": ")
	if !ok || !strings.HasPrefix(pointer, "#") {
		pointer, rest = "", text
	}
	i := issue{segs: []string{name}, text: rest, place: where, source: source, dialect: "swaggest"}
	if where == inBody {
		i = located(strings.TrimSuffix(pointer, "/"), rest)
		i.source = source
	}
	if len(i.segs) == 0 {
		return nil
	}
	if i.class == unclear {
		i.class = classOfText(rest)
	}
	i.allowed, i.expected = allowedValues(rest), expectedType(rest)
	return []issue{i}
}
