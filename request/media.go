package request

import "strings"

// Essence returns a media type without its parameters, in lower case: application/json of Application/JSON; charset=utf-8
// (WHATWG MIME Sniffing §4.1). What is no media type is returned up to its first semicolon.
func Essence(mediaType string) string {
	essence, _, _ := strings.Cut(mediaType, ";")
	return strings.ToLower(strings.TrimSpace(essence))
}

// IsJSON reports whether a media type, with parameters or without, is one of JSON (RFC 8259 §11, RFC 6839 §3.1).
func IsJSON(mediaType string) bool {
	essence := Essence(mediaType)
	return essence == "application/json" || essence == "text/json" || strings.HasSuffix(essence, "+json")
}
