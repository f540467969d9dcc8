//go:build unix

package screenio

import "github.com/charmbracelet/x/ansi"

// method is how the cells of a frame with this content are measured: by wcwidth, or by grapheme clusters where the
// terminal said that it does.
//
// As long as the two say the same of all that was drawn, clusters are used too. For wcwidth the library makes a table
// of 2.2 MB as soon as it is asked for a character above U+02FF, and the first frame has borders: that
// was 1.6 ms of it.
func (s *Screen) method(content string) ansi.Method {
	if s.clusters {
		return ansi.GraphemeWidth
	}
	if !s.wcwidth && (ansi.WcWidth.StringWidth("æ") != 1 || !plain(content)) { // two where East Asian widths are asked for
		s.wcwidth = true
	}
	if s.wcwidth {
		return ansi.WcWidth
	}
	return ansi.GraphemeWidth
}

// plain reports whether wcwidth and grapheme clusters measure all of s alike: letters of Latin, dashes and quotes,
// currencies, arrows, borders, blocks and signs.
func plain(s string) bool {
	for _, r := range s {
		switch {
		case r < 0x300, r >= 0x2010 && r <= 0x2027, r >= 0x2030 && r <= 0x205e, r >= 0x2070 && r <= 0x20cf, r >= 0x2100 && r <= 0x2bff:
		default:
			return false
		}
	}
	return true
}
