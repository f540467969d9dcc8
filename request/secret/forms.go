package secret

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"net/url"
	"strconv"
	"strings"
)

// forms returns the spellings in which a secret can come back: as it is, escaped for a query or a path with
// upper and lower hex digits, in JSON (three ways), in HTML, in base64 and base64url at each of the three
// offsets that it can have in a longer text, in hex, and as Go's %q. A spelling may occur twice.
func forms(value string) []string {
	all := []string{value, hex.EncodeToString([]byte(value)), strings.ToUpper(hex.EncodeToString([]byte(value)))}
	for _, s := range []string{url.QueryEscape(value), url.PathEscape(value), strings.ReplaceAll(url.QueryEscape(value), "+", "%20"), percentAll(value)} {
		all = append(all, s, lowerHex(s))
	}
	if b, err := json.Marshal(value); err == nil {
		s := string(b[1 : len(b)-1])
		plain := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(s)
		ascii := jsonASCII(value)
		all = append(all, s, plain, strings.ReplaceAll(plain, "/", `\/`), ascii, strings.ReplaceAll(ascii, "/", `\/`))
	}
	all = append(all, html.EscapeString(value), strings.NewReplacer("&#39;", "&#x27;", "&#34;", "&quot;").Replace(html.EscapeString(value)))
	q, qa := strconv.Quote(value), strconv.QuoteToASCII(value)
	all = append(all, q[1:len(q)-1], qa[1:len(qa)-1])
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for offset := range 3 {
			all = append(all, inner(enc, value, offset))
		}
	}
	return all
}

// inner returns the characters of base64 that depend on value alone when it stands offset bytes after a
// multiple of three: those shared with a neighbour are left out.
func inner(enc *base64.Encoding, value string, offset int) string {
	s := enc.EncodeToString([]byte("\x00\x00"[:offset] + value))
	first := (offset*8 + 5) / 6 // whole characters of six bits that the bytes before reach into
	last := (offset + len(value)) * 8 / 6
	return s[first:last]
}

// lowerHex writes the digits of percent escapes small.
func lowerHex(s string) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:i+3], strings.ToLower(s[i+1:i+3]))
		}
	}
	return string(b)
}

// percentAll escapes all but the unreserved characters of RFC 3986 §2.3.
func percentAll(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}

// jsonASCII writes s as the inside of a JSON string of ASCII alone, as Python and PHP do by default.
func jsonASCII(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= 0x20 && r < 0x7f:
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r > 0xffff:
			r -= 0x10000
			unit(&b, 0xd800+r>>10)
			unit(&b, 0xdc00+r&0x3ff)
		default:
			unit(&b, r)
		}
	}
	return b.String()
}

func unit(b *strings.Builder, r rune) {
	const digits = "0123456789abcdef"
	b.WriteString(`\u`)
	for shift := 12; shift >= 0; shift -= 4 {
		b.WriteByte(digits[r>>shift&15])
	}
}
