package viewer

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// sniffed is how much of a body decides whether it is text, as in the MIME Sniffing Standard §5.2 but longer:
// archives begin with names.
const sniffed = 4096

// sniff chooses how to show data: the declared type counts for JSON and XML, the bytes for everything else.
func sniff(data []byte, mediaType string) (mode, form) {
	kind, _, _ := strings.Cut(strings.ToLower(mediaType), ";")
	kind = strings.TrimSpace(kind)
	head := data[:min(len(data), sniffed)]
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	untold := kind == "" || kind == "text/plain"
	switch {
	case garbled(head):
		return hex, asWritten
	case len(trimmed) == 0:
		return text, asWritten
	case strings.HasSuffix(kind, "json"), strings.HasSuffix(kind, "jsonl"), strings.HasSuffix(kind, "ndjson"),
		untold && (trimmed[0] == '{' || trimmed[0] == '[') && soundJSON(head, len(data)):
		return pretty, formJSON
	case trimmed[0] == '<' && (strings.HasSuffix(kind, "/xml") || strings.HasSuffix(kind, "+xml")), untold && bytes.HasPrefix(trimmed, []byte("<?xml ")):
		return pretty, formXML
	}
	return text, asWritten
}

// soundJSON reports whether head can be the start of a JSON document of size bytes.
func soundJSON(head []byte, size int) bool {
	d := newJSONScanner(head).scan(len(head))
	return d.mistake == nil || d.mistake.Ends && size > len(head)
}

// garbled reports whether head looks like no text: a NUL, many other control characters, or mostly bytes that
// are not UTF-8. An escape sequence or some Latin-1 does not make a text binary.
func garbled(head []byte) bool {
	control, bad := 0, 0
	for i := 0; i < len(head); {
		r, n := utf8.DecodeRune(head[i:])
		switch {
		case r == 0:
			return true
		case r == utf8.RuneError && n == 1 && i+utf8.UTFMax < len(head):
			bad++
		case r < 0x20 && r != '\n' && r != '\r' && r != '\t' && r != 0x1b && r != '\f' && r != '\b':
			control++
		}
		i += n
	}
	return control*10 > len(head) || bad*3 > len(head)
}

// Check returns where data stops being a JSON document (RFC 8259), or nil. It reads about 500 MB a second.
func Check(data []byte) *Mistake {
	s := newJSONScanner(data)
	d := s.scan(len(data) + 1)
	return d.mistake
}
