package editor

import (
	"strings"

	"culprit/tui/widget"
)

// lexXML appends the tints of one line of XML to dst. Every line is read for itself: a comment or a tag that goes on
// from the line before is drawn as text.
func lexXML(dst []tint, s string) []tint {
	for i := 0; i < len(s); {
		at := strings.IndexByte(s[i:], '<')
		if at < 0 {
			break
		}
		i += at
		switch rest := s[i:]; {
		case strings.HasPrefix(rest, "<!--"):
			end := ends(rest, "-->")
			dst = append(dst, tint{i, i + end, widget.Muted})
			i += end
		case strings.HasPrefix(rest, "<![CDATA["):
			end := ends(rest, "]]>")
			dst = append(dst, tint{i, i + end, widget.String})
			i += end
		case strings.HasPrefix(rest, "<?"), strings.HasPrefix(rest, "<!"):
			end := ends(rest, ">")
			dst = append(dst, tint{i, i + end, widget.Muted})
			i += end
		default:
			dst, i = lexTag(dst, s, i)
		}
	}
	return dst
}

// ends is where text is over that ends with mark, or its whole length.
func ends(text, mark string) int {
	if n := strings.Index(text, mark); n >= 0 {
		return n + len(mark)
	}
	return len(text)
}

// lexTag reads the tag at i and returns where it ends: its brackets, its name, its attributes.
func lexTag(dst []tint, s string, i int) ([]tint, int) {
	start := i
	for i++; i < len(s) && s[i] == '/'; {
		i++
	}
	dst = append(dst, tint{start, i, widget.Punct})
	role := widget.Key // the first name is that of the element
	for i < len(s) {
		start = i
		switch c := s[i]; {
		case c == '>':
			return append(dst, tint{i, i + 1, widget.Punct}), i + 1
		case c == '/' || c == '=':
			i++
			dst = append(dst, tint{start, i, widget.Punct})
		case c == '"' || c == '\'':
			i += 1 + ends(s[i+1:], string(c))
			dst = append(dst, tint{start, i, widget.String})
		case c == ' ' || c == '\t':
			i++
		case c == '<': // the tag before it is not closed
			return dst, i
		default:
			for i < len(s) && strings.IndexByte(" \t=/><\"'", s[i]) < 0 {
				i++
			}
			dst = append(dst, tint{start, i, role})
			role = widget.Literal
		}
	}
	return dst, i
}
