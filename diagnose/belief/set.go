package belief

import "math/bits"

// A set is some of the worlds, by number: a bit for each, so that 64 of them are asked at once.
type set []uint64

const inWord = 64

// sets are empty ones with room for n worlds, in one piece of memory.
func sets(many, n int) []set {
	words := (n + inWord - 1) / inWord
	slab := make(set, many*words)
	out := make([]set, many)
	for i := range out {
		out[i] = slab[i*words : (i+1)*words : (i+1)*words]
	}
	return out
}

// all is the set of n worlds.
func all(n int) set {
	s := sets(1, n)[0]
	for w := range n {
		s.add(w)
	}
	return s
}

func (s set) add(w int)      { s[w/inWord] |= 1 << (w % inWord) }
func (s set) has(w int) bool { return s[w/inWord]>>(w%inWord)&1 == 1 }

func (s set) size() int { return s.shared(s) }

// shared is how many worlds are in both sets.
func (s set) shared(t set) int {
	n := 0
	for k, word := range s {
		n += bits.OnesCount64(word & t[k])
	}
	return n
}
