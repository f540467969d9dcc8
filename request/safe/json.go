package safe

import (
	"fmt"
	"unicode/utf8"
)

// JSON returns doc, which must be valid JSON, with every character that a terminal would obey or that hides text
// (DEL, the controls of C1, bidi controls) written as \uXXXX. encoding/json escapes those of C0
// alone. What doc means stays the same: outside of strings JSON has none of them. doc itself is not changed.
func JSON(doc []byte) []byte {
	if plain(doc) == len(doc) {
		return doc
	}
	out := make([]byte, 0, len(doc)+len(doc)/8)
	for i := 0; i < len(doc); {
		r, n := utf8.DecodeRune(doc[i:])
		switch {
		case r >= 0x7f && steers(r): // C0 within JSON is white space
			out = fmt.Appendf(out, `\u%04x`, r)
		default:
			out = append(out, doc[i:i+n]...)
		}
		i += n
	}
	return out
}
