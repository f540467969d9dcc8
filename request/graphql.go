package request

import (
	"encoding/json"
	"net/url"
	"strings"
)

// Reads reports whether r asks for nothing to change: its method is safe, or it is a GraphQL document of queries and
// nothing else, by POST. A query is "a read-only fetch" by GraphQL's own specification (October 2021, §2.3), whichever method
// carries it (GraphQL over HTTP); of a mutation, a subscription, a document that cannot be read, a stored one that is only
// named, and of JSON-RPC nobody promises that.
func (r Request) Reads() bool {
	if r.Safe() {
		return true
	}
	override := r
	override.Method = ""
	return r.Method == "POST" && override.Safe() && len(r.Fetches()) > 0
}

// Fetches returns the fields that the GraphQL queries in the body ask for at their root, nil where it holds anything else.
// Their names may betray a server that does in queries what belongs into mutations.
func (r Request) Fetches() []string {
	if r.Body.Kind != RawBody {
		return nil
	}
	if u, err := url.Parse(r.URL); err != nil || u.Query().Has("query") { // some servers run that one instead (express-graphql)
		return nil
	}
	kind := r.Body.Type
	if Has(r.Header, "Content-Type") {
		kind = Get(r.Header, "Content-Type")
	}
	switch Essence(kind) {
	case "application/graphql":
		return rootFields(r.Body.Text)
	case "application/json", "application/graphql+json":
	default:
		return nil
	}
	d := json.NewDecoder(strings.NewReader(r.Body.Text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	var fields []string
	for d.More() { // member by member: of two called query a server may take either
		name, err := d.Token()
		if err != nil {
			return nil
		}
		var value any
		if d.Decode(&value) != nil {
			return nil
		}
		switch document, text := value.(string); {
		case name == "query" && text && fields == nil:
			if fields = rootFields(document); fields == nil {
				return nil
			}
		case name == "operationName", name == "variables", name == "extensions":
		default:
			return nil
		}
	}
	if _, err := d.Token(); err != nil || d.More() {
		return nil
	}
	return fields
}

// rootFields returns what the queries of a GraphQL document ask for at their root. It is nil for a document that defines
// anything but queries and fragments, whose queries spread a fragment at their root, where it may ask for any field, or
// whose braces do not hold what selections do (§2.4): then it is no GraphQL.
func rootFields(document string) []string {
	var fields []string
	depth, within := 0, 0 // braces, and the parentheses or brackets of arguments inside
	before := ""
	query := true // the definition at hand; one without a word is a query
	for t, rest := token(document); t != ""; t, rest = token(rest) {
		switch {
		case t == "{" && within == 0:
			depth++
		case t == "}" && within == 0:
			if depth--; depth == 0 {
				query = true
			}
		case t == "(" || t == "[" || t == "{":
			within++
		case t == ")" || t == "]" || t == "}":
			within--
		case within > 0:
		case depth == 0 && (before == "" || before == "}"):
			if query = t == "query"; !query && t != "fragment" {
				return nil
			}
		case t == "..." && depth == 1 && query:
			return nil
		case t == "..." && depth > 0, t == "@":
		case t == ":" && depth > 0: // what stood before was another name for the field that follows
			if depth == 1 && query && len(fields) > 0 {
				fields = fields[:len(fields)-1]
			}
		case !named(t):
			return nil
		case depth == 1 && query && before != "@" && before != "..." && before != "on":
			fields = append(fields, t)
		}
		if depth < 0 || within < 0 {
			return nil
		}
		before = t
	}
	if depth != 0 || within != 0 {
		return nil
	}
	return fields
}

// token cuts the next token off a GraphQL document (§2.1.6): a name, a number or a string as one, a punctuator; "" at the
// end. Blanks, commas and comments are skipped. A string is returned as its first quote.
func token(s string) (t, rest string) {
	s = strings.TrimLeft(s, " \t\r\n,\ufeff")
	for strings.HasPrefix(s, "#") {
		end := strings.IndexAny(s, "\r\n") // either ends a line (§2.1.2)
		if end < 0 {
			return "", ""
		}
		s = strings.TrimLeft(s[end:], " \t\r\n,\ufeff")
	}
	switch {
	case s == "":
		return "", ""
	case strings.HasPrefix(s, `"""`):
		rest = s[3:]
		for in, found := `\`, true; found && strings.HasSuffix(in, `\`); { // what a backslash precedes does not end it
			in, rest, found = strings.Cut(rest, `"""`)
		}
		return `"`, rest
	case s[0] == '"':
		for i := 1; i < len(s); i++ {
			switch s[i] {
			case '\\':
				i++
			case '"':
				return `"`, s[i+1:]
			}
		}
		return `"`, ""
	case strings.HasPrefix(s, "..."):
		return "...", s[3:]
	}
	n := 0
	for n < len(s) && (s[n] == '_' || s[n] >= '0' && s[n] <= '9' || s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z') {
		n++
	}
	n = max(n, 1)
	return s[:n], s[n:]
}

// named reports whether a token is a name of GraphQL (§2.1.9).
func named(t string) bool {
	return t[0] == '_' || t[0]|0x20 >= 'a' && t[0]|0x20 <= 'z'
}
