package auth

import (
	"strings"

	"culprit/request"
)

// challengesFor returns the challenges of one scheme in the WWW-Authenticate fields, each with what follows the scheme's
// name, in the order of the server. A field may hold several, separated by the commas that their parameters have too
// (RFC 9110 §11.6.1): a challenge begins where a word stands before a blank, or alone.
func challengesFor(scheme string, header []request.Field) []string {
	var out []string
	for _, f := range header {
		if !strings.EqualFold(f.Name, "WWW-Authenticate") {
			continue
		}
		within := false
		for _, part := range atCommas(f.Value) {
			word, rest, blank := strings.Cut(part, " ")
			rest = strings.TrimLeft(rest, " ")
			switch param := strings.ContainsAny(word, `="`) || strings.HasPrefix(rest, "="); {
			case param && within:
				out[len(out)-1] += ", " + part
			case param:
			default:
				if within = strings.EqualFold(word, scheme); within {
					if !blank {
						rest = ""
					}
					out = append(out, rest)
				}
			}
		}
	}
	return out
}

// atCommas cuts a field value at the commas outside quotes, and leaves empty parts out.
func atCommas(v string) []string {
	var out []string
	quoted, from := false, 0
	put := func(to int) {
		if part := strings.TrimSpace(v[from:to]); part != "" {
			out = append(out, part)
		}
		from = to + 1
	}
	for i := 0; i < len(v); i++ {
		switch {
		case quoted && v[i] == '\\':
			i++
		case v[i] == '"':
			quoted = !quoted
		case v[i] == ',' && !quoted:
			put(i)
		}
	}
	if from < len(v) {
		put(len(v))
	}
	return out
}
