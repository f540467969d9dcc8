package repair

import "strings"

// closing is what an expression lacks at its end: the brackets and the quote that it opens and does not close. "" for what
// closes all, or closes what it never opened: that is no slip at the end.
func closing(v string) string {
	var open []byte
	var quote byte
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' && (i == 0 || !letter(v[i-1])):
			quote = c
		case strings.IndexByte("([{", c) >= 0:
			open = append(open, ")]}"[strings.IndexByte("([{", c)])
		case strings.IndexByte(")]}", c) >= 0:
			if len(open) == 0 || open[len(open)-1] != c {
				return ""
			}
			open = open[:len(open)-1]
		}
	}
	var end strings.Builder
	if quote != 0 {
		end.WriteByte(quote)
	}
	for i := len(open) - 1; i >= 0; i-- {
		end.WriteByte(open[i])
	}
	return end.String()
}

// letter reports a letter before an apostrophe: don't opens nothing.
func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// renested is an expression in which a bracket is closed before the one inside of it, with that one closed as well:
// rate(x[5m) becomes rate(x[5m]). "" for what has no such slip, or more than one.
func renested(v string) string {
	var open []byte
	var quote byte
	out := ""
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' && (i == 0 || !letter(v[i-1])):
			quote = c
		case strings.IndexByte("([{", c) >= 0:
			open = append(open, ")]}"[strings.IndexByte("([{", c)])
		case strings.IndexByte(")]}", c) >= 0:
			n := len(open)
			if n > 1 && open[n-1] != c && open[n-2] == c && out == "" {
				out = v[:i] + string(open[n-1]) + v[i:]
				n--
			}
			if n == 0 || open[n-1] != c {
				return ""
			}
			open = open[:n-1]
		}
	}
	if quote != 0 || len(open) > 0 {
		return ""
	}
	return out
}
