package safe

import (
	"strconv"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/clipperhouse/uax29/v2/graphemes"
)

const (
	// clusterBytes is the most that is drawn of one grapheme cluster. The longest that people write stay below
	// it once joiners are left out; a letter under a tower of marks does not.
	clusterBytes = 32
	// clusterWindow bounds the search for the end of a cluster, so that 100 MB of combining marks cost a window.
	clusterWindow = 4096
	// tabCells is the distance of tab stops. It is 4: bodies are indented deeply and screens are narrow.
	tabCells = 4
	// dotted is the base that a combining mark without one is drawn on.
	dotted   = '◌'
	pictures = 0x2400 // U+2400 + n is the picture of control character n
)

// AppendLine appends what is drawn of raw to dst, as Line does, and returns it with the number of cells that
// were added. It stops when maxCells are full and has then looked at little more than it drew, however long
// raw is. A wide character that does not fit is left out. Negative maxCells means no limit.
func AppendLine(dst, raw []byte, maxCells int) (out []byte, cells int) {
	p := painter{out: dst, max: maxCells, bare: true}
	for len(raw) > 0 && !p.full() {
		n := plain(p.window(raw))
		if n > 0 && n < len(raw) && raw[n] >= utf8.RuneSelf {
			n-- // the last letter may be the base of marks that follow
		}
		if n > 0 {
			p.ascii(raw[:n])
			raw = raw[n:]
			continue
		}
		raw = raw[p.step(raw):]
	}
	return p.out, p.cells
}

// A painter appends characters until the line is full.
type painter struct {
	out        []byte
	cells, max int
	bare       bool // nothing that a combining mark could stand on was drawn just before
	done       bool // something did not fit
}

func (p *painter) full() bool { return p.done || p.max >= 0 && p.cells > p.max }

// window returns as much of raw as can be drawn if it is ASCII, and one byte more.
func (p *painter) window(raw []byte) []byte {
	if p.max < 0 {
		return raw
	}
	return raw[:min(len(raw), p.max-p.cells+1)]
}

func (p *painter) ascii(s []byte) {
	if p.max >= 0 && len(s) > p.max-p.cells {
		s, p.done = s[:p.max-p.cells], true
	}
	p.out = append(p.out, s...)
	p.cells += len(s)
	p.bare = len(s) == 0
}

// put draws one character of w cells when it fits.
func (p *painter) put(r rune, w int) {
	if p.max >= 0 && p.cells+w > p.max {
		p.done = true
	}
	if p.done {
		return
	}
	p.out = utf8.AppendRune(p.out, r)
	p.cells += w
}

// note draws our own words between ‹ and ›. What follows cannot combine with them.
func (p *painter) note(s string) {
	p.put('‹', 1)
	for _, r := range s {
		p.put(r, 1)
	}
	p.put('›', 1)
	p.bare = true
}

func (p *painter) code(r rune) {
	hex := strconv.FormatInt(int64(r), 16)
	b := []byte("U+0000")
	if len(hex) > 4 {
		b = append(b[:2], hex...)
	} else {
		copy(b[6-len(hex):], hex)
	}
	for i := range b[2:] {
		if c := &b[2+i]; *c >= 'a' {
			*c -= 'a' - 'A'
		}
	}
	p.note(string(b))
}

// step draws what raw begins with, one control character, bad byte or cluster, and returns its length.
func (p *painter) step(raw []byte) int {
	r, size := utf8.DecodeRune(raw)
	switch {
	case r == '\t':
		for p.put(' ', 1); p.cells%tabCells != 0 && !p.done; {
			p.put(' ', 1)
		}
		p.bare = false
	case r < 0x20:
		p.put(pictures+r, 1)
		p.bare = true
	case r == 0x7f:
		p.put('␡', 1)
		p.bare = true
	case r == utf8.RuneError && size == 1:
		const digits = "0123456789ABCDEF"
		p.note(string([]byte{digits[raw[0]>>4], digits[raw[0]&15]}))
	case hidden(r):
		p.code(r)
	default:
		return p.cluster(raw[:cluster(raw)])
	}
	return size
}

// cluster returns the length of the grapheme cluster at the start of raw, or of the part of it in the window.
func cluster(raw []byte) int {
	if len(raw) > clusterWindow {
		raw = raw[:clusterWindow]
		for n := len(raw); n > clusterWindow-utf8.UTFMax; n-- {
			if r, size := utf8.DecodeLastRune(raw[:n]); r != utf8.RuneError || size != 1 {
				raw = raw[:n]
				break
			}
		}
	}
	it := graphemes.FromBytes(raw)
	if !it.Next() {
		return 1
	}
	return max(1, len(it.Value()))
}

// cluster draws one cluster, whose first character is visible, and returns how much of it. It ends before a
// character that must be escaped: what follows starts anew.
func (p *painter) cluster(c []byte) int {
	var kept int // bytes drawn
	var base rune
	for i := 0; i < len(c); {
		r, size := utf8.DecodeRune(c[i:])
		next, _ := utf8.DecodeRune(c[i+size:])
		switch {
		case base != 0 && trims(base, r, next):
		case r == utf8.RuneError && size == 1, r < 0x20, r == 0x7f, hidden(r):
			return i
		case kept+size > clusterBytes:
			p.note("+" + strconv.Itoa(utf8.RuneCount(c[i:])))
			return len(c)
		default:
			p.char(r, base == 0)
			kept += size
			if base == 0 || pictographic(r) {
				base = r
			}
		}
		i += size
	}
	return len(c)
}

// char draws a visible character. The first of a cluster decides how wide it is; marks take no room.
func (p *painter) char(r rune, first bool) {
	w := displaywidth.Rune(r)
	switch {
	case first && p.bare && (w == 0 || joins(r)):
		p.put(dotted, 1)
		w = 0
	case !first && !pictographic(r):
		w = 0
	}
	p.put(r, w)
	p.bare = p.done
}
