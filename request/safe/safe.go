// Package safe turns untrusted bytes into text that can be drawn. It is the only way to the screen.
//
// Everything that did not come from our own string literals is hostile until it is a Text: bodies, header
// names and values, reason phrases, file names, collection text, error strings. The package is a leaf: it
// imports nothing of culprit.
//
// The rules (RELIABILITY §4.1), each visible on the screen so that nothing hides:
//
//   - a control character becomes its picture: ESC ␛, CR ␍, NUL ␀, DEL ␡; a tab becomes spaces
//   - C1 controls, bidi controls, invisible and tag characters, noncharacters become ‹U+202E›
//   - a byte that is not UTF-8 becomes ‹FF›
//   - a combining mark without a base gets ◌
//   - a grapheme cluster is cut at 32 bytes and says how many characters are missing: ‹+12›
//   - inside an emoji, ZWJ, variation selectors and skin tones are left out: terminals and libraries
//     disagree on the width of such clusters (TERMINAL.md), and a wrong width damages the whole line.
//     ❤️ is drawn ❤, a family as its members. Everywhere else these characters are escaped as invisible.
//
// What is drawn is not what is copied or saved: those take the raw bytes.
package safe

import (
	"strings"
)

// Text is one line that can be drawn. It is made only by this package; the zero value is the empty line.
type Text struct{ s string }

// String returns the text: valid UTF-8 without control, bidi or invisible characters.
func (t Text) String() string { return t.s }

// Line makes one line of raw; line ends in it are shown as ␊ and ␍. Printable ASCII is kept without a copy.
// The cost grows with the whole of raw: for text of unknown length use AppendLine.
func Line(raw string) Text {
	if plain(raw) == len(raw) {
		return Text{raw}
	}
	out, _ := AppendLine(make([]byte, 0, len(raw)+16), []byte(raw), -1)
	return Text{string(out)}
}

// Block makes one Text for each line of raw, split at \n and \r\n. A line end at the end starts no further
// line; "" has no lines. A lone \r stays in its line, as ␍.
func Block(raw string) []Text {
	if raw == "" {
		return nil
	}
	raw = strings.TrimSuffix(raw, "\n")
	lines := make([]Text, 0, strings.Count(raw, "\n")+1)
	for {
		line, rest, more := strings.Cut(raw, "\n")
		lines = append(lines, Line(strings.TrimSuffix(line, "\r")))
		if !more {
			return lines
		}
		raw = rest
	}
}

// Controls reports that raw holds control characters (C0 and C1 but tab and line ends, and DEL): in a clipboard they are
// keys for the terminal that they are pasted into.
func Controls(raw string) bool {
	return strings.ContainsFunc(strings.ReplaceAll(raw, "\r\n", "\n"), func(r rune) bool {
		return r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0
	})
}

// plain returns the length of the run of printable ASCII at the start of s.
func plain[T ~string | ~[]byte](s T) int {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return i
		}
	}
	return len(s)
}
