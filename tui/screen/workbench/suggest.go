package workbench

import (
	"strings"

	"culprit/tui/widget/input"
	"culprit/tui/widget/table"
)

// knownHeaders are request header fields that people type (IANA's registry of HTTP fields, the usual ones). Of those
// that begin alike the one that is meant most often is first.
var knownHeaders = []string{"Accept", "Authorization", "Accept-Language", "Accept-Encoding", "Accept-Charset", "Content-Type", "Cookie", "Cache-Control",
	"Content-Encoding", "Content-Language", "Content-Disposition", "Date", "Expect", "Forwarded",
	"Host", "Idempotency-Key", "If-Match", "If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "Origin", "Prefer",
	"Range", "Referer", "Traceparent", "User-Agent", "X-API-Key", "X-CSRF-Token", "X-Forwarded-For", "X-Forwarded-Proto",
	"X-Request-Id", "X-Requested-With"}

// headerValues are what is usual under a name, by its name in lower case.
var headerValues = map[string][]string{
	"accept": mediaTypes, "content-type": mediaTypes,
	"accept-encoding": {"gzip", "br", "zstd", "identity"},
	"authorization":   {"Bearer ", "Basic "},
	"cache-control":   {"no-cache", "no-store", "max-age=0"},
	"expect":          {"100-continue"},
	"prefer":          {"return=minimal", "return=representation", "respond-async"},
}

var mediaTypes = []string{"application/json", "application/problem+json", "application/xml", "application/x-www-form-urlencoded",
	"application/octet-stream", "application/pdf", "multipart/form-data", "text/plain", "text/html", "text/csv", "text/xml", "*/*"}

// What assertions are made of (OpenCollection): the usual paths, and the operators.
var (
	expressions = []string{"res.status", "res.statusText", "res.responseTime", "res.body", "res.headers['content-type']", "res.headers['']"}
	operators   = []string{"eq", "neq", "gt", "gte", "lt", "lte", "in", "notIn", "contains", "notContains", "length", "matches", "notMatches",
		"startsWith", "endsWith", "between", "isEmpty", "isNotEmpty", "isNull", "isUndefined", "isDefined", "isTruthy", "isFalsy", "isJson",
		"isNumber", "isString", "isBoolean", "isArray"}
)

// offers completes a cell of a tab: a variable after "{{", or what is usual there.
func offers(t tab, vars []Variable) func(column int, r table.Row, text string, at int) []input.Offer {
	return func(column int, r table.Row, text string, at int) []input.Offer {
		if named := variableOffers(vars, text, at); named != nil || column == table.Note || t != tabHeaders && t != tabTests {
			return named
		}
		if t == tabTests {
			return beginning(map[bool][]string{true: expressions, false: operators}[column == table.Name], text[:at])
		}
		if column == table.Name {
			return beginning(knownHeaders, text[:at])
		}
		return beginning(headerValues[strings.ToLower(r.Name)], text[:at])
	}
}

// variableOffers completes a reference that begins before the cursor and is not closed.
func variableOffers(vars []Variable, text string, at int) []input.Offer {
	from := strings.LastIndex(text[:at], "{{")
	if from < 0 || strings.Contains(text[from:at], "}}") {
		return nil
	}
	word := strings.ToLower(strings.TrimSpace(text[from+2 : at]))
	out := []input.Offer{}
	for _, v := range vars {
		if strings.HasPrefix(strings.ToLower(v.Name), word) {
			out = append(out, input.Offer{Text: "{{" + v.Name + "}}", Note: v.Value, From: from})
		}
	}
	return out
}

// beginning returns the words that begin with text, but for the one that is it.
func beginning(words []string, text string) []input.Offer {
	var out []input.Offer
	for _, w := range words {
		if len(w) > len(text) && strings.EqualFold(w[:len(text)], text) {
			out = append(out, input.Offer{Text: w})
		}
	}
	return out
}
