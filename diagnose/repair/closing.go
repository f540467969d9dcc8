package repair

import "strings"

// opened are the closing signs of the brackets that an expression opens and does not close, and the quote that it leaves open.
// other is asked about a closing sign that is not the one which is due; it says what is open behind it, false that it is no
// expression.
func opened(v string, other func(at int, open []byte) ([]byte, bool)) (open []byte, quote byte, ok bool) {
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
		case strings.IndexByte(")]}", c) < 0:
		case len(open) > 0 && open[len(open)-1] == c:
			open = open[:len(open)-1]
		default:
			if open, ok = other(i, open); !ok {
				return nil, 0, false
			}
		}
	}
	return open, quote, true
}

// closing is what an expression lacks at its end: the brackets and the quote that it opens and does not close. "" for what
// closes all, or closes what it never opened: that is no slip at the end.
func closing(v string) string {
	open, quote, _ := opened(v, func(int, []byte) ([]byte, bool) { return nil, false })
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
	out := ""
	open, quote, ok := opened(v, func(at int, open []byte) ([]byte, bool) {
		n := len(open)
		if n < 2 || open[n-2] != v[at] || out != "" {
			return nil, false
		}
		out = v[:at] + string(open[n-1]) + v[at:]
		return open[:n-2], true
	})
	if !ok || quote != 0 || len(open) > 0 {
		return ""
	}
	return out
}
