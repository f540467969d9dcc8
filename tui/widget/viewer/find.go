package viewer

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	// maxHits bounds the memory of a search: 4 MiB. The count then says "or more".
	maxHits = 1 << 18
	// overlap is how much of the next piece a regular expression may look into: a match is at most that long.
	overlap = 64 << 10
)

// A hit is a match, in bytes of the body.
type hit struct{ start, end int }

// A finder searches a body in slices. It belongs to the task that runs it.
type finder struct {
	data   []byte
	needle []byte         // for plain text
	rare   int            // index in needle of the byte to look for first
	fold   bool           // ASCII letters match whatever their case
	re     *regexp.Regexp // instead of needle
	off    int
	count  int
}

// newFinder prepares a search for what the user typed. Case counts when it holds a capital.
func newFinder(data []byte, what string, isRegexp bool) (*finder, error) {
	fold := what == strings.ToLower(what)
	ascii := true
	for i := range len(what) {
		ascii = ascii && what[i] < utf8.RuneSelf
	}
	if !isRegexp && (ascii || !fold) {
		f := &finder{data: data, needle: []byte(what), fold: fold}
		f.rare = rarest(f.needle)
		return f, nil
	}
	if !isRegexp {
		what = regexp.QuoteMeta(what)
	}
	if fold {
		what = "(?i)" + what
	}
	re, err := regexp.Compile("(?m)" + what)
	if err != nil {
		return nil, err
	}
	return &finder{data: data, re: re}, nil
}

// common lists ASCII by how often it is met in bodies, most often first; what is missing is rarer.
const common = " \"etaoinsrhld,:cumfpgwybv0123456789._-/{}[]kxjqz"

// rarest returns the index of the byte of s that is likely to be the rarest in a body.
func rarest(s []byte) int {
	best, at := -1, 0
	for i, c := range s {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		rank := strings.IndexByte(common, c)
		if rank < 0 {
			rank = len(common)
		}
		if rank > best {
			best, at = rank, i
		}
	}
	return at
}

// step searches about budget bytes more and returns what it found.
func (f *finder) step(budget int) (found []hit, done bool) {
	limit := min(len(f.data), f.off+budget)
	for f.off < limit && f.count < maxHits {
		h, ok := f.next(limit)
		if !ok {
			f.off = limit
			break
		}
		found = append(found, h)
		f.count++
		f.off = max(h.end, h.start+1)
	}
	return found, f.off >= len(f.data) || f.count >= maxHits
}

// next returns the first match that begins before limit.
func (f *finder) next(limit int) (hit, bool) {
	if f.re != nil {
		return f.nextRegexp(limit)
	}
	n := len(f.needle)
	if n == 0 {
		return hit{}, false
	}
	window := f.data[f.off:min(len(f.data), limit+n-1)]
	i := -1
	if f.fold {
		i = foldIndex(window, f.needle, f.rare)
	} else {
		i = bytes.Index(window, f.needle)
	}
	if i < 0 {
		return hit{}, false
	}
	return hit{f.off + i, f.off + i + n}, true
}

// nextRegexp skips empty matches: there is nothing to see.
func (f *finder) nextRegexp(limit int) (hit, bool) {
	for f.off < limit {
		window := f.data[f.off:min(len(f.data), limit+overlap)]
		at := f.re.FindIndex(window)
		if at == nil || f.off+at[0] >= limit {
			return hit{}, false
		}
		if at[1] > at[0] {
			return hit{f.off + at[0], f.off + at[1]}, true
		}
		_, size := utf8.DecodeRune(window[at[0]:])
		f.off += at[0] + max(1, size)
	}
	return hit{}, false
}

// foldIndex returns the first place of needle in b whatever the case of ASCII letters. It looks for the byte
// needle[rare] in both cases with memchr, and compares only there.
func foldIndex(b, needle []byte, rare int) int {
	low, up := needle[rare], needle[rare]
	if low >= 'a' && low <= 'z' {
		up = low &^ 0x20
	}
	nextLow, nextUp := -1, -1
	for i := rare; ; {
		if i > len(b) {
			return -1
		}
		nextLow = advance(b, low, nextLow, i)
		at := nextLow
		if up != low {
			nextUp = advance(b, up, nextUp, i)
			at = min(at, nextUp)
		}
		at -= rare
		if at+len(needle) > len(b) {
			return -1
		}
		if equalFold(b[at:at+len(needle)], needle) {
			return at
		}
		i = at + rare + 1
	}
}

// advance returns the first place of c in b from i on, len(b) for none; last is what it returned before.
func advance(b []byte, c byte, last, i int) int {
	if last >= i {
		return last
	}
	if n := bytes.IndexByte(b[i:], c); n >= 0 {
		return i + n
	}
	return len(b)
}

// equalFold reports whether s is needle, which has no capitals, but for the case of ASCII letters.
func equalFold(s, needle []byte) bool {
	for i, c := range s {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != needle[i] {
			return false
		}
	}
	return true
}
