package viewer

import (
	"sort"

	tea "charm.land/bubbletea/v2"

	"culprit/tui"
)

// A body that still arrives is given to the viewer again and again, each time with more behind what was there. Its
// index is made anew each time; a reader stays where he was, and what he looks for is looked for in the rest too.

// A stay is a reader's place until the index of what is there now knows it. What was seen is shown meanwhile, and keys
// wait: it takes a millisecond for each megabyte before the place.
type stay struct {
	top, cursor place
	left        int
	mode        mode
	view        string
	foot        Foot
	keys        []tea.KeyPressMsg
}

// Grow shows data, which begins with what was shown before, as SetContent does, and stays where it was: the prompt, what
// was searched and what is folded stay too.
func (v *Viewer) Grow(data []byte, mediaType string) tui.Intent {
	old, lines, seen, foot := *v, v.lines(), v.View(), v.Foot()
	work := v.SetContent(data, mediaType)
	v.asking = old.asking
	v.search.what, v.search.regexp = old.search.what, old.search.regexp
	if old.chosen && v.mode != old.mode {
		v.mode, v.chosen, v.index, v.reading = old.mode, true, [hex]index{}, [hex]bool{}
		work = v.read(v.mode)
		v.arrange()
	}
	if v.mode != old.mode || len(old.data) == 0 {
		return work
	}
	for _, f := range old.folds {
		if f.last < lines-1 { // it has its end
			v.folds = append(v.folds, f)
		}
	}
	v.search.keep(old.search, len(old.data))
	v.stay = &stay{old.top, old.cursor, old.left, old.mode, seen, foot, nil}
	v.follow = old.follow
	if old.stay != nil {
		*v.stay = *old.stay
	}
	answer := v.settle(work == nil)
	if work == nil {
		work = answer
	}
	if work == nil {
		work = v.searchOn()
	}
	return work
}

// Coming says that there will be more of the content that was set last: it need not be whole.
func (v *Viewer) Coming() {
	v.coming = true
	v.arrange()
}

// settle goes back to the place of before, once the index knows it, or as near as it can when no more will be known: then
// over is true. The intent is that of the keys that waited.
func (v *Viewer) settle(over bool) tui.Intent {
	s := v.stay
	if s == nil || !over && v.mode == s.mode && (v.follow || v.lines() <= s.cursor.line) {
		return nil
	}
	v.stay = nil
	if v.mode == s.mode {
		v.top, v.cursor, v.left = s.top, s.cursor, s.left
		if v.follow {
			v.cursor = v.last()
		}
	}
	v.arrange()
	var answer tui.Intent
	for _, k := range s.keys {
		v.follow = false
		if a := v.press(k); a != nil {
			answer = a
		}
		v.arrange()
	}
	return answer
}

// keep takes over what a search found in the first size bytes.
func (s *search) keep(old search, size int) {
	s.number, s.origin, s.wanted = old.number, old.origin, old.wanted && old.running
	s.from = max(0, size-overlap)
	if old.running {
		s.from = max(0, min(old.seen, size)-overlap)
	}
	n := sort.Search(len(old.found), func(i int) bool { return old.found[i].start >= s.from })
	s.found = old.found[:n:n]
	if old.at < n {
		s.at = old.at
	}
	s.more = old.what != ""
}

// searchOn looks for the same in what came since, or returns nil.
func (v *Viewer) searchOn() tui.Intent {
	s := &v.search
	if !s.more {
		return nil
	}
	s.more = false
	f, err := newFinder(v.data, s.what, s.regexp)
	if err != nil {
		return nil // it was said
	}
	f.off, f.count = s.from, len(s.found)
	if n := len(s.found); n > 0 {
		f.off = max(f.off, s.found[n-1].end)
	}
	s.number++
	s.running = true
	return Work{Name: "search", Run: findAll(f, v.gen, s.number)}
}
