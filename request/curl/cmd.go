package curl

import "strings"

// splitCmd takes apart a command for Windows: first as cmd.exe does (^ makes the next character plain, also a
// line end, but not between quotes), then as the C runtime does (quotes, and backslashes before quotes).
func splitCmd(command string) (line, error) {
	text, origin := carets(command)
	words := runtime(text, origin)
	for len(words) > 0 && (words[0].text == ">" || words[0].text == "$") {
		words = words[1:]
	}
	if len(words) == 0 || !isCurl(words[0].text) {
		return line{}, ErrNoCurl
	}
	return line{words: words}, nil
}

// forCmd reports whether a command is quoted for cmd: a caret stands before a quote or at the end of a line,
// where a POSIX shell would not be between quotes.
func forCmd(s string) bool {
	var quote byte // the open quote, 0 for none
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && quote != '\'':
			i++
		case c == '\'' && quote == 0 && i > 0 && s[i-1] == '$':
			for i++; i < len(s) && s[i] != '\''; i++ {
				if s[i] == '\\' {
					i++
				}
			}
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		case c == '^' && quote == 0:
			rest := strings.TrimLeft(s[i+1:], " \t\r")
			if strings.HasPrefix(s[i+1:], `"`) || strings.HasPrefix(rest, "\n") || rest == "" {
				return true
			}
		}
	}
	return false
}

// carets undoes what cmd.exe does to a line and returns, for each byte, where it came from. A line end that is
// not escaped ends the command.
func carets(s string) (out []byte, origin []int) {
	quoted := false
	keep := func(i int) {
		out = append(out, s[i])
		origin = append(origin, i)
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '"':
			quoted = !quoted
			keep(i)
		case c == '^' && !quoted:
			end := i + 1
			for end < len(s) && (s[end] == ' ' || s[end] == '\t') && strings.TrimLeft(s[end:], " \t\r") != "" && strings.TrimLeft(s[end:], " \t\r")[0] == '\n' {
				end++ // a blank that a copy left behind the caret
			}
			if end < len(s) && s[end] == '\r' {
				end++
			}
			if end < len(s) && s[end] == '\n' {
				// The line goes on; a line end right after it is meant as one.
				i = end
				if i+1 < len(s) && s[i+1] == '\r' {
					i++
				}
				if i+1 < len(s) && s[i+1] == '\n' {
					i++
					keep(i)
				}
				break
			}
			if i+1 < len(s) {
				i++
				keep(i)
			}
		case (c == '\n' || c == '\r') && !quoted:
			if strings.TrimSpace(string(out)) != "" {
				return out, origin
			}
		default:
			keep(i)
		}
	}
	return out, origin
}

// runtime splits a command line into arguments as Microsoft's C runtime does.
func runtime(s []byte, origin []int) []word {
	var words []word
	for i := 0; i < len(s); {
		if s[i] == ' ' || s[i] == '\t' || s[i] == '\n' {
			i++
			continue
		}
		w := word{at: origin[i]}
		var b strings.Builder
		for quoted := false; i < len(s) && (quoted || s[i] != ' ' && s[i] != '\t' && s[i] != '\n'); i++ {
			slashes := 0
			for i < len(s) && s[i] == '\\' {
				slashes++
				i++
			}
			if i == len(s) || s[i] != '"' {
				b.WriteString(strings.Repeat(`\`, slashes))
				if slashes > 0 {
					i--
					continue
				}
				b.WriteByte(s[i])
				continue
			}
			b.WriteString(strings.Repeat(`\`, slashes/2))
			switch {
			case slashes%2 == 1:
				b.WriteByte('"')
			case quoted && i+1 < len(s) && s[i+1] == '"':
				b.WriteByte('"')
				i++
			default:
				quoted = !quoted
			}
		}
		w.text = b.String()
		words = append(words, w)
	}
	return words
}
