package safe

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

const (
	zwj         = 0x200d
	textStyle   = 0xfe0e // VS15
	emojiStyle  = 0xfe0f // VS16
	firstTone   = 0x1f3fb
	lastTone    = 0x1f3ff
	firstFlag   = 0x1f1e6 // regional indicators
	lastFlag    = 0x1f1ff
	firstEmoji  = 0x1f000
	lastEmoji   = 0x1faff
	latin1Limit = 0x100
)

// hidden reports whether r would not be seen, or would change how its neighbours are seen.
func hidden(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r < latin1Limit:
		return r < 0xa0 || r == 0xad // C1, soft hyphen
	case r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe: // noncharacters
		return true
	case r >= 0xe0000 && r <= 0xe0fff: // tags, variation selectors supplement
		return true
	case r == 0x2028, r == 0x2029:
		return true
	case r < 0x300 || r >= 0x4e00 && r < 0xac00: // letters of Latin, Han and neighbours: nothing hides there
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		prepends(r)
}

// prepends reports whether r is a letter that melts with the character after it (GCB=Prepend): a terminal
// gives the two less room than they are counted with.
func prepends(r rune) bool {
	switch r {
	case 0x0d4e, 0x111c2, 0x111c3, 0x113d1, 0x1193f, 0x11941, 0x11d46, 0x11f02:
		return true
	}
	return r >= 0x11a84 && r <= 0x11a89
}

// joins reports whether r combines with a character before it: marks, and what Unicode treats like them.
func joins(r rune) bool {
	switch { // blocks without marks, for speed: Latin, punctuation and symbols, Han
	case r < 0x300, r >= 0x2010 && r < 0x20d0, r >= 0x2100 && r < 0x2c00, r >= 0x3400 && r < 0xa000:
		return false
	}
	pair := utf8.AppendRune([]byte{'x'}, r)
	it := graphemes.FromBytes(pair)
	return it.Next() && len(it.Value()) == len(pair)
}

// trims reports whether r, after base and before next, only varies the picture of an emoji.
func trims(base, r, next rune) bool {
	switch {
	case r == zwj:
		return pictographic(base) && pictographic(next)
	case r == emojiStyle || r == textStyle:
		return pictographic(base) || base >= '0' && base <= '9' || base == '#' || base == '*'
	}
	return r >= firstTone && r <= lastTone && pictographic(base)
}

// pictographic reports whether r can be an emoji. It is wider than Unicode's property: all symbols.
func pictographic(r rune) bool {
	switch {
	case r >= firstFlag && r <= lastFlag:
		return false
	case r >= firstEmoji && r <= lastEmoji:
		return true
	case r == 0x203c, r == 0x2049, r == 0x2139, r == 0x3030, r == 0x303d, r >= 0x2190 && r <= 0x21ff:
		return true
	}
	return r >= latin1Limit && unicode.Is(unicode.So, r) || r == 0xa9 || r == 0xae
}
