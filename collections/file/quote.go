package file

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"culprit/request/lazyre"
)

// How new scalars are written (FORMATS §6.3): plain where every reader takes the text as it is, in double
// quotes otherwise, a literal block for several lines.

// number matches what YAML 1.2 core or 1.1 takes for a number, a time or a date, and a little more.
var number = lazyre.New(`^[-+.]?[0-9][0-9a-fA-FxXoO_.:,+\-TtZz ]*$|^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$`)

// words are what YAML 1.2 core or 1.1 takes for something other than text.
func isWord(s string) bool {
	switch strings.ToLower(s) {
	case "null", "~", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<":
		return true
	}
	return false
}

// plainSafe reports whether s can stand without quotes and reads back as text everywhere.
func plainSafe(s string, flow bool) bool {
	if s == "" || isWord(s) || number.MatchString(s) || !printable(s) {
		return false
	}
	if strings.ContainsAny(s[:1], "-?:,[]{}#&*!|>'\"%@` ") || strings.HasSuffix(s, " ") || strings.HasSuffix(s, ":") {
		return false
	}
	if strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasPrefix(s, "...") {
		return false
	}
	return !flow || !strings.ContainsAny(s, ",[]{}")
}

// printable reports whether s holds no control character and nothing that some reader takes for a line end.
func printable(s string) bool {
	for _, r := range s {
		if r < ' ' || r >= 0x7F && r < 0xA0 || r == 0x2028 || r == 0x2029 || r == 0xFEFF || r == 0xFFFE || r == 0xFFFF {
			return false
		}
	}
	return true
}

// plain writes s on one line, without quotes where that is safe.
func plain(s string, flow bool) string {
	if plainSafe(s, flow) {
		return s
	}
	return double(s)
}

// double writes s in double quotes.
func double(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x100 && !printable(string(r)):
			fmt.Fprintf(&b, `\x%02X`, r)
		case !printable(string(r)):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// single writes s in single quotes; "" when it cannot be.
func single(s string) string {
	if !printable(s) {
		return ""
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// literal writes s as a literal block with content at column indent+2, without a last line end;
// "" when it cannot be. indent is the column, from 0, of the block that holds it.
func literal(s string, indent int, eol string) string {
	lines := literalLines(s)
	if lines == nil {
		return ""
	}
	pad := strings.Repeat(" ", indent+2)
	var b strings.Builder
	b.WriteString(literalHeader(s))
	for _, line := range lines {
		b.WriteString(eol)
		if line != "" {
			b.WriteString(pad + line)
		}
	}
	return b.String()
}

// literalHeader returns the first line of the block for s.
func literalHeader(s string) string {
	h := "|"
	if s[0] == ' ' || s[0] == '\n' {
		h += "2" // the indentation cannot be found by looking
	}
	switch {
	case strings.HasSuffix(s, "\n\n"):
		return h + "+"
	case strings.HasSuffix(s, "\n"):
		return h
	}
	return h + "-"
}

// literalLines returns the lines of s, or nil when a literal block cannot hold it.
func literalLines(s string) []string {
	if strings.Trim(s, " \n") == "" || !utf8.ValidString(s) {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	for _, l := range lines {
		if !printable(strings.ReplaceAll(l, "\t", "")) {
			return nil
		}
	}
	return lines
}
